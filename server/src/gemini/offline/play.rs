//! Plays a reply: chunk by chunk, in one of the three framings of the wire.

use std::future::pending;
use std::io;
use std::vec;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;
use hyper::body::Frame;
use serde_json::json;
use tokio::task::yield_now;
use tokio::time::sleep;

use super::reply::{Ending, Piece, Reply};

/// How chunks stand in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// `streamGenerateContent?alt=sse`
    Events,
    /// `streamGenerateContent`: one array.
    Array,
    /// `generateContent`: one object.
    One,
}

/// What every chunk says besides its parts.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) model: String,
    pub(super) response_id: String,
    pub(super) prompt_bytes: usize,
}

struct Playback {
    chunks: vec::IntoIter<Vec<Piece>>,
    reply: Reply,
    framing: Framing,
    header: Header,
    /// Lengths so far, of the answer and of thoughts.
    said: usize,
    thought: usize,
    has_begun: bool,
    is_over: bool,
}

/// The body of a reply.
pub(super) fn play(
    mut reply: Reply,
    framing: Framing,
    header: Header,
) -> impl Stream<Item = io::Result<Frame<Bytes>>> + Send {
    let mut chunks = std::mem::take(&mut reply.chunks);
    if framing == Framing::One {
        chunks = vec![chunks.into_iter().flatten().collect()];
    } else if reply.blocked || (chunks.is_empty() && reply.ending == Ending::Stop) {
        // Something has to carry the end.
        chunks.push(Vec::new());
    }
    let playback = Playback {
        chunks: chunks.into_iter(),
        reply,
        framing,
        header,
        said: 0,
        thought: 0,
        has_begun: false,
        is_over: false,
    };
    unfold(playback, |mut playback| async move {
        let frame = playback.next().await?;
        Some((frame.map(Frame::data), playback))
    })
}

impl Playback {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        if self.is_over {
            return None;
        }
        // Gives what was sent so far the time to leave: a cut would take it along, and chunks would come in one.
        yield_now().await;
        if self.has_begun && !self.reply.pause.is_zero() {
            sleep(self.reply.pause).await;
        }
        let Some(chunk) = self.chunks.next() else { return self.end().await };
        let is_last = self.chunks.len() == 0 && self.reply.ending == Ending::Stop;
        let object = self.object(&chunk, is_last);
        let before = match (self.framing, self.has_begun) {
            (Framing::Events, _) => "data: ",
            (Framing::Array, false) => "[",
            (Framing::Array, true) => ",\r\n",
            (Framing::One, _) => "",
        };
        self.has_begun = true;
        Some(Ok(match (self.framing, self.reply.ending) {
            (Framing::Events, _) => format!("{before}{object}\r\n\r\n").into(),
            (Framing::One, Ending::Cut | Ending::Stall) => Bytes::from(object).split_to(self.said.max(1)),
            _ => format!("{before}{object}").into(),
        }))
    }

    async fn end(&mut self) -> Option<io::Result<Bytes>> {
        self.is_over = true;
        match self.reply.ending {
            Ending::Stop if self.framing == Framing::Array => Some(Ok(Bytes::from_static(b"]"))),
            Ending::Stop => None,
            Ending::Cut => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            Ending::Stall => pending().await,
        }
    }

    /// One chunk as JSON. Parts stand in it as they are.
    fn object(&mut self, chunk: &[Piece], is_last: bool) -> String {
        for piece in chunk {
            match piece.is_thought {
                true => self.thought += piece.length,
                false => self.said += piece.length,
            }
        }
        let tokens = |bytes: usize| bytes.div_ceil(4);
        let (prompt, said, thought) =
            (tokens(self.header.prompt_bytes), tokens(self.said), tokens(self.thought));
        let mut usage = json!({ "promptTokenCount": prompt, "totalTokenCount": prompt + said + thought });
        for (name, count) in [("candidatesTokenCount", said), ("thoughtsTokenCount", thought)] {
            if count > 0 {
                usage[name] = count.into();
            }
        }
        let rest = format!(
            r#""usageMetadata": {usage},"modelVersion": {},"responseId": {}"#,
            json!(self.header.model),
            json!(self.header.response_id)
        );
        if self.reply.blocked {
            return format!(r#"{{"promptFeedback": {{"blockReason": "SAFETY"}},{rest}}}"#);
        }
        let parts: Vec<&str> = chunk.iter().map(|piece| piece.json.as_str()).collect();
        let finish = if is_last { r#","finishReason": "STOP""# } else { "" };
        format!(
            r#"{{"candidates": [{{"content": {{"parts": [{}],"role": "model"}}{finish},"index": 0}}],{rest}}}"#,
            parts.join(",")
        )
    }
}
