//! A TCP connection on which a test says exactly what it wants, byte by byte.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Running, soon};

/// A connection to the server.
pub(crate) struct Raw {
    pub(crate) stream: TcpStream,
}

/// A client's frame: masked with zeroes, so that the payload can be read in the test.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
        length @ 126..65_536 => {
            frame.push(0xfe);
            frame.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
        length => {
            frame.push(0xff);
            frame.extend((length as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// A text frame.
pub(crate) fn text(text: &str) -> Vec<u8> {
    frame(0x81, text.as_bytes())
}

impl Raw {
    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        // A server that has refused may have gone already; what it said is read afterwards.
        let _ = soon(self.stream.write_all(bytes)).await;
    }

    /// Everything until the end of the connection, or until it is reset.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        let mut buffer = vec![0; 8 << 10];
        while let Ok(read @ 1..) = soon(self.stream.read(&mut buffer)).await {
            all.extend_from_slice(&buffer[..read]);
        }
        all
    }

    /// The head of an answer, to its empty line.
    pub(crate) async fn head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(soon(self.stream.read_u8()).await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    /// The next frame: its first byte and its payload.
    pub(crate) async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut head = [0; 2];
        soon(self.stream.read_exact(&mut head)).await.ok()?;
        let length = match head[1] {
            126 => u64::from(soon(self.stream.read_u16()).await.ok()?),
            127 => soon(self.stream.read_u64()).await.ok()?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        soon(self.stream.read_exact(&mut payload)).await.ok()?;
        Some((head[0], payload))
    }

    /// The next text.
    pub(crate) async fn text(&mut self) -> String {
        match self.frame().await {
            Some((0x81, payload)) => String::from_utf8(payload).unwrap(),
            other => panic!("no text: {other:?}"),
        }
    }

    /// Everything until the end; the close code and the reason, if there was a close frame.
    pub(crate) async fn closed(&mut self) -> Option<(u16, String)> {
        while let Some((first, payload)) = self.frame().await {
            if first == 0x88 {
                let code = u16::from_be_bytes(payload.get(..2)?.try_into().unwrap());
                return Some((code, String::from_utf8(payload[2..].to_vec()).unwrap()));
            }
        }
        None
    }
}

impl Running {
    /// A connection on which nothing has been said.
    pub(crate) async fn connect(&self) -> Raw {
        Raw { stream: soon(TcpStream::connect(self.address)).await.unwrap() }
    }

    /// Says something and waits for the end of the connection; what was answered.
    pub(crate) async fn raw(&self, bytes: impl AsRef<[u8]>) -> String {
        let mut raw = self.connect().await;
        raw.send(bytes.as_ref()).await;
        String::from_utf8_lossy(&raw.rest().await).into_owned()
    }

    /// A websocket on which only its handshake has been done.
    pub(crate) async fn raw_websocket(&self) -> Raw {
        let mut raw = self.connect().await;
        raw.send(upgrade("", "").as_bytes()).await;
        let head = raw.head().await;
        assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
        assert!(raw.text().await.starts_with("0{"));
        raw
    }

    /// A websocket that has joined the main namespace.
    pub(crate) async fn raw_joined(&self) -> Raw {
        let mut raw = self.raw_websocket().await;
        raw.send(&text("40")).await;
        assert!(raw.text().await.starts_with("40{"));
        assert!(raw.text().await.starts_with("42[\"auth\""));
        raw
    }

    /// Sends frames on a websocket that has joined; with what it is closed.
    pub(crate) async fn answer_to(&self, frames: &[u8]) -> Option<(u16, String)> {
        let mut raw = self.raw_joined().await;
        raw.send(frames).await;
        raw.closed().await
    }
}

/// The request for a websocket.
pub(crate) fn upgrade(query: &str, headers: &str) -> String {
    format!(
        "GET /socket.io/?EIO=4&transport=websocket{query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    )
}
