//! Telling what there is to be told while something else goes on, and noticing that nobody wants it any more.

use super::news::News;
use super::queue::Phase;
use super::session::Session;

impl Session {
    /// Whether there is somebody to serve.
    pub(super) fn is_wanted(&self) -> bool {
        self.queue.phase() == Phase::Open && !(self.queue.is_abandoned() && self.signals.is_closed())
    }

    /// Waits for something, and tells meanwhile what is to be told.
    pub(super) async fn telling<F: Future>(&self, news: &mut News, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        loop {
            tokio::select! {
                output = &mut future => return output,
                Ok(permit) = self.signals.reserve(), if !news.is_empty() => {
                    if let Some(signal) = news.pop() {
                        permit.send(signal);
                    }
                }
            }
        }
    }

    /// The same, unless nobody wants it any more.
    pub(super) async fn unless_unwanted<F: Future>(&self, news: &mut News, future: F) -> Option<F::Output> {
        let unwanted = async {
            while self.is_wanted() {
                if self.signals.is_closed() {
                    self.queue.wake.notified().await;
                } else {
                    tokio::select! {
                        () = self.queue.wake.notified() => {}
                        () = self.signals.closed() => {}
                    }
                }
            }
        };
        self.telling(news, async {
            tokio::select! {
                () = unwanted => None,
                output = future => Some(output),
            }
        })
        .await
    }

    /// Tells what is left, when there is room for it.
    pub(super) async fn tell(&self, mut news: News) {
        while let Some(signal) = news.pop() {
            // Nobody may be listening, and then nobody misses it.
            if self.is_wanted() {
                let _ = self.unless_unwanted(&mut News::default(), self.signals.send(signal)).await;
            } else {
                let _ = self.signals.try_send(signal);
            }
        }
    }
}
