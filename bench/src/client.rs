//! A client that costs next to nothing: it writes frames that were made before, and splits what it is sent at their lengths.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The request for a websocket.
const REQUEST: &str = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n\
    Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// What the payloads of frames are masked with.
const MASK: [u8; 4] = [0x12, 0x34, 0x56, 0x78];

/// Whole texts in one final frame each, as a client sends them (RFC 6455 section 5.2).
pub fn masked(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match text.len() {
        length @ 0..=125 => frame.push(0x80 | u8::try_from(length).unwrap_or_default()),
        length => match u16::try_from(length) {
            Ok(length) => {
                frame.push(0x80 | 126);
                frame.extend_from_slice(&length.to_be_bytes());
            }
            Err(_) => {
                frame.push(0x80 | 127);
                frame.extend_from_slice(&(length as u64).to_be_bytes());
            }
        },
    }
    frame.extend_from_slice(&MASK);
    frame.extend(text.bytes().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    frame
}

/// A client that has joined the main namespace over a websocket.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    unread: BytesMut,
}

impl Client {
    /// Connects and joins.
    ///
    /// # Errors
    /// When the connection fails, or the server says something else than it should.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut client = Self { stream, unread: BytesMut::with_capacity(4096) };
        client.send(REQUEST.as_bytes()).await?;
        let end = loop {
            if let Some(at) = client.unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at;
            }
            client.read().await?;
        };
        if !client.unread.starts_with(b"HTTP/1.1 101 ") {
            return Err(unexpected(&client.unread));
        }
        client.unread.advance(end + 4);
        client.expect(b"0{").await?;
        client.send(&masked("40")).await?;
        client.expect(b"40{").await?;
        Ok(client)
    }

    /// Sends frames.
    ///
    /// # Errors
    /// When the connection has failed.
    pub async fn send(&mut self, frames: &[u8]) -> io::Result<()> {
        self.stream.write_all(frames).await
    }

    /// The payload of the next frame.
    ///
    /// # Errors
    /// When the connection has failed or was closed.
    pub async fn next(&mut self) -> io::Result<Bytes> {
        loop {
            if let Some(payload) = take(&mut self.unread) {
                return Ok(payload);
            }
            self.read().await?;
        }
    }

    /// The next frame, which must begin like this.
    ///
    /// # Errors
    /// When it does not, or the connection has failed.
    pub async fn expect(&mut self, start: &[u8]) -> io::Result<()> {
        let payload = self.next().await?;
        if payload.starts_with(start) { Ok(()) } else { Err(unexpected(&payload)) }
    }

    async fn read(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.unread).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

/// The payload of the frame at the front, if all of it is there. Servers do not mask.
fn take(unread: &mut BytesMut) -> Option<Bytes> {
    let (start, length) = match *unread.get(1)? {
        126 => (4, usize::from(u16::from_be_bytes(unread.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(unread.get(2..10)?.try_into().ok()?)).ok()?),
        length => (2, usize::from(length)),
    };
    if unread.len() < start + length {
        return None;
    }
    unread.advance(start);
    Some(unread.split_to(length).freeze())
}

fn unexpected(got: &[u8]) -> io::Error {
    let got = String::from_utf8_lossy(got);
    io::Error::new(ErrorKind::InvalidData, format!("the server said {:?}", got.get(..200).unwrap_or(&got)))
}
