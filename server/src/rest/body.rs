//! Bodies: read to their end, within bounds.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Body;
use tokio::time::timeout;

use super::failure::Failure;

/// The most bytes of a body. As many members as there may be fit, with the longest names there may be.
pub(super) const MAX_BODY: usize = 256 << 10;

/// How many bytes of a body that is too long are taken and thrown away, so that whoever is still sending gets to read the
/// answer instead of a broken connection.
const MAX_DISCARDED: usize = 1 << 20;

/// For how long a body is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The whole body.
pub(super) async fn read<B>(body: B, most: usize, patience: Duration) -> Result<Vec<u8>, Failure>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Display,
{
    timeout(patience, collect(body, most)).await.unwrap_or(Err(Failure::TooSlow))
}

async fn collect<B>(mut body: B, most: usize) -> Result<Vec<u8>, Failure>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Display,
{
    let mut kept = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Failure::invalid("", "a whole body", error.to_string()))?;
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= most {
            kept.extend_from_slice(&data);
        } else if length > most.saturating_add(MAX_DISCARDED) {
            break;
        }
    }
    if length > most { Err(Failure::TooLarge(most)) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{StreamExt, stream};
    use http_body_util::StreamBody;
    use hyper::body::Frame;
    use std::io;

    fn body(chunks: Vec<io::Result<&'static [u8]>>) -> impl Body<Data = Bytes, Error = io::Error> + Unpin {
        let frames = chunks.into_iter().map(|chunk| chunk.map(|data| Frame::data(Bytes::from_static(data))));
        StreamBody::new(stream::iter(frames.collect::<Vec<_>>()))
    }

    #[tokio::test]
    async fn as_long_as_allowed_and_no_longer() {
        assert_eq!(read(body(vec![Ok(b"ab"), Ok(b"cd")]), 4, PATIENCE).await.unwrap(), b"abcd");
        let long = read(body(vec![Ok(b"ab"), Ok(b"cd"), Ok(b"e")]), 4, PATIENCE).await;
        assert!(matches!(long, Err(Failure::TooLarge(4))), "{long:?}");
    }

    #[tokio::test]
    async fn what_never_ends_is_not_read_forever() {
        let chunk = Bytes::from(vec![0; 1 << 16]);
        let endless = stream::repeat_with(move || Ok::<_, io::Error>(Frame::data(chunk.clone())));
        let long = read(StreamBody::new(endless), 4, PATIENCE).await;
        assert!(matches!(long, Err(Failure::TooLarge(4))), "{long:?}");
    }

    #[tokio::test]
    async fn what_never_comes_is_not_waited_for_forever() {
        let stuck = StreamBody::new(stream::pending::<io::Result<Frame<Bytes>>>().boxed());
        let slow = read(stuck, 4, Duration::from_millis(1)).await;
        assert!(matches!(slow, Err(Failure::TooSlow)), "{slow:?}");
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_not_taken_for_a_whole_one() {
        let broken = read(body(vec![Ok(b"{}"), Err(io::Error::other("reset"))]), 4, PATIENCE).await;
        assert!(matches!(broken, Err(Failure::Invalid(_))), "{broken:?}");
    }
}
