//! Reading ahead without a buffer per connection: what the kernel has is taken at once into a buffer of the thread, and only
//! what has come is kept.
//!
//! Idle connections are most of them, and a buffer for each is most of their memory; small reads instead would be a
//! system call for each piece of a long message.

use std::cell::RefCell;
use std::io;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use tokio::io::AsyncRead;
use tokio_util::io::poll_read_buf;

/// Bytes taken from the kernel at a time.
const AT_ONCE: usize = 128 << 10;

/// From here on, what has come is not copied out of the buffer that it came into. Shorter pieces are: whoever keeps one
/// would keep all of the buffer.
const MUCH: usize = AT_ONCE / 4;

thread_local! {
    static BUFFER: RefCell<BytesMut> = RefCell::default();
}

/// Reads behind what is there of a message, of which so many bytes are missing; how many have come, none at the end.
pub(crate) fn poll_fill(
    stream: &mut (impl AsyncRead + Unpin),
    cx: &mut Context<'_>,
    data: &mut BytesMut,
    missing: usize,
) -> Poll<io::Result<usize>> {
    if !data.is_empty() {
        // Not all of it at once: a length is only a promise.
        data.reserve(missing.clamp(64, AT_ONCE.max(data.len())));
        return poll_read_buf(std::pin::Pin::new(stream), cx, data);
    }
    BUFFER.with_borrow_mut(|buffer| {
        buffer.reserve(AT_ONCE);
        let count = ready!(poll_read_buf(std::pin::Pin::new(stream), cx, buffer))?;
        if count < MUCH {
            *data = BytesMut::from(buffer.as_ref());
            buffer.clear();
        } else {
            *data = buffer.split();
        }
        Poll::Ready(Ok(count))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Buf;
    use std::task::Waker;

    #[test]
    fn everything_arrives_once_and_in_order() {
        let sent: Vec<u8> = (0..2_000_000u32).map(|number| number as u8).collect();
        let mut stream = sent.as_slice();
        let mut cx = Context::from_waker(Waker::noop());
        let (mut data, mut received) = (BytesMut::new(), Vec::new());
        for taken in (1..3000).cycle() {
            match poll_fill(&mut stream, &mut cx, &mut data, taken) {
                Poll::Ready(Ok(0)) => break,
                Poll::Ready(Ok(_)) => {}
                other => panic!("{other:?}"),
            }
            // Sometimes all of it, sometimes a part.
            let taken = if taken % 3 == 0 { data.len() } else { taken.min(data.len()) };
            received.extend_from_slice(&data[..taken]);
            data.advance(taken);
        }
        received.extend_from_slice(&data);
        assert_eq!(received, sent);
    }

    #[test]
    fn what_is_kept_of_little_is_little() {
        let mut cx = Context::from_waker(Waker::noop());
        let mut data = BytesMut::new();
        assert!(poll_fill(&mut &b"hello"[..], &mut cx, &mut data, 1).is_ready());
        assert_eq!((data.as_ref(), data.capacity()), (&b"hello"[..], 5));
    }
}
