//! Reading ahead without a buffer per connection: what the kernel has is taken at once into a buffer of the thread, and only
//! what cannot be handed on right away is kept.
//!
//! Idle connections are most of them, and a buffer for each is most of their memory; small reads instead would be a
//! system call for each piece of a long message.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, ReadBuf};

/// Bytes taken from the kernel at a time.
const AT_ONCE: usize = 64 << 10;

thread_local! {
    static BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; AT_ONCE].into_boxed_slice());
}

/// What has been read of one connection and not been handed on.
#[derive(Debug, Default)]
pub(crate) struct ReadAhead(Bytes);

impl ReadAhead {
    /// Fills the buffer from what is there, or else from the stream.
    pub(crate) fn poll_read(
        &mut self,
        stream: &mut (impl AsyncRead + Unpin),
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return BUFFER.with_borrow_mut(|buffer| {
                let mut whole = ReadBuf::new(buffer);
                ready!(Pin::new(stream).poll_read(cx, &mut whole))?;
                let (now, later) = whole.filled().split_at(whole.filled().len().min(into.remaining()));
                into.put_slice(now);
                if !later.is_empty() {
                    self.0 = Bytes::copy_from_slice(later);
                }
                Poll::Ready(Ok(()))
            });
        }
        let count = self.0.len().min(into.remaining());
        into.put_slice(self.0.get(..count).unwrap_or_default());
        self.0.advance(count);
        if self.0.is_empty() {
            self.0 = Bytes::new();
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Waker;

    #[test]
    fn everything_arrives_once_and_in_order() {
        let sent: Vec<u8> = (0..200_000u32).map(|number| number as u8).collect();
        let mut stream = sent.as_slice();
        let mut ahead = ReadAhead::default();
        let mut received = Vec::new();
        let mut cx = Context::from_waker(Waker::noop());
        for size in (1..3000).cycle() {
            let mut piece = vec![0; size];
            let mut buffer = ReadBuf::new(&mut piece);
            assert!(ahead.poll_read(&mut stream, &mut cx, &mut buffer).is_ready());
            if buffer.filled().is_empty() {
                break;
            }
            received.extend_from_slice(buffer.filled());
        }
        assert_eq!(received, sent);
    }
}
