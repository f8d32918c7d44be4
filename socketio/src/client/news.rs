//! What is to be told of the connection before anything else that comes over it. It waits here, and not for whoever should
//! take it out: meanwhile the connection is served, or made again.

use std::collections::VecDeque;

use super::signal::Signal;

/// What waits to be told, which is never more than [`MAX_NEWS`].
#[derive(Debug, Default)]
pub(crate) struct News {
    waiting: VecDeque<Signal>,
    /// A connection that was not recovered came and went before it was told.
    begun_anew: bool,
}

/// The first connection, its loss, an attempt that failed, the connection that is there now, and its loss for good.
pub(crate) const MAX_NEWS: usize = 5;

impl News {
    /// Puts it behind what waits. Losses that nobody has been told of become one.
    pub(crate) fn push(&mut self, signal: Signal) {
        match (signal, self.waiting.back()) {
            (signal @ Signal::Failed { .. }, Some(Signal::Failed { .. })) => {
                self.waiting.pop_back();
                self.waiting.push_back(signal);
            }
            (Signal::Disconnected { will_retry: true, .. }, Some(Signal::Connected { recovered }))
                if self.waiting.len() > 1 =>
            {
                self.begun_anew |= !recovered;
                self.waiting.pop_back();
            }
            (Signal::Connected { recovered }, _) => {
                let recovered = recovered && !std::mem::take(&mut self.begun_anew);
                self.waiting.push_back(Signal::Connected { recovered });
            }
            (signal, _) => self.waiting.push_back(signal),
        }
        debug_assert!(self.waiting.len() <= MAX_NEWS);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The next.
    pub(crate) fn pop(&mut self) -> Option<Signal> {
        self.waiting.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::ending::{Detail, Reason};
    use crate::client::error::ConnectError;

    fn lost(will_retry: bool) -> Signal {
        Signal::Disconnected { reason: Reason::TransportClose, detail: Detail::default(), will_retry }
    }

    fn failed(attempt: u32) -> Signal {
        Signal::Failed { attempt, why: ConnectError::Auth(String::new()), next: None }
    }

    #[test]
    fn losses_that_nobody_heard_of_become_one_and_hide_no_new_beginning() {
        let mut news = News::default();
        news.push(Signal::Connected { recovered: false });
        for recovered in [true, false, true, true] {
            news.push(lost(true));
            (1..100).for_each(|attempt| news.push(failed(attempt)));
            news.push(Signal::Connected { recovered });
        }
        news.push(lost(false));
        assert!(news.waiting.len() <= MAX_NEWS);
        assert!(matches!(news.pop(), Some(Signal::Connected { recovered: false })));
        assert!(matches!(news.pop(), Some(Signal::Disconnected { will_retry: true, .. })));
        assert!(matches!(news.pop(), Some(Signal::Failed { attempt: 99, .. })));
        assert!(matches!(news.pop(), Some(Signal::Connected { recovered: false })));
        assert!(matches!(news.pop(), Some(Signal::Disconnected { will_retry: false, .. })));
        assert!(news.is_empty());
        news.push(Signal::Connected { recovered: true });
        assert!(matches!(news.pop(), Some(Signal::Connected { recovered: true })), "that was told");
    }
}
