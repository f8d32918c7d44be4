//! A client that speaks websocket frames.

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::soon;

/// One end of a websocket.
pub(crate) struct Client {
    pub(crate) inner: WebSocketStream<TcpStream>,
}

impl Client {
    pub(crate) async fn say(&mut self, text: &str) {
        soon(self.inner.send(Frame::text(text.to_owned()))).await.unwrap();
    }

    pub(crate) async fn say_binary(&mut self, binary: &'static [u8]) {
        soon(self.inner.send(Frame::binary(binary))).await.unwrap();
    }

    pub(crate) async fn next(&mut self) -> Option<Frame> {
        soon(self.inner.next()).await.and_then(Result::ok)
    }

    /// The next frame, which must be text.
    pub(crate) async fn text(&mut self) -> String {
        match self.next().await {
            Some(Frame::Text(text)) => text.as_str().to_owned(),
            other => panic!("no text: {other:?}"),
        }
    }

    /// The next text that is no ping; pings are answered.
    pub(crate) async fn event(&mut self) -> String {
        loop {
            match self.text().await.as_str() {
                "2" => self.say("3").await,
                text => return text.to_owned(),
            }
        }
    }

    /// Everything until the end; the close code, if there was a close frame.
    pub(crate) async fn closed(&mut self) -> Option<u16> {
        loop {
            match self.next().await {
                Some(Frame::Close(frame)) => return frame.map(|frame| frame.code.into()),
                Some(_) => {}
                None => return None,
            }
        }
    }
}
