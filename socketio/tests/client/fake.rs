//! A server of websockets that says what the test wants it to.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use parlance_socketio::client::{Backoff, Config, Transports};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{WebSocketStream, accept_async};

use crate::support::soon;

/// A server that does nothing by itself.
pub(crate) struct Fake {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
}

/// One connection of it.
pub(crate) struct Peer(pub(crate) WebSocketStream<TcpStream>);

impl Fake {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { listener, address }
    }

    pub(crate) fn config(&self) -> Config {
        let wait = Duration::from_millis(10);
        Config {
            transports: Transports::WebSocket,
            reconnection: Some(Backoff { first: wait, cap: wait, jitter: 0.5, attempts: None }),
            ..Config::new(format!("http://{}", self.address))
        }
    }

    /// The next connection, opened with this heartbeat, and what it joins with.
    pub(crate) async fn accept(&self, ping_interval: u64, ping_timeout: u64) -> (Peer, String) {
        let (stream, _) = soon(self.listener.accept()).await.unwrap();
        let mut peer = Peer(soon(accept_async(stream)).await.unwrap());
        peer.say(&format!(
            r#"0{{"sid":"a","upgrades":[],"pingInterval":{ping_interval},"pingTimeout":{ping_timeout},"maxPayload":100}}"#
        ))
        .await;
        let connect = peer.text().await;
        (peer, connect)
    }

    /// The next connection, which is let in.
    pub(crate) async fn let_in(&self) -> Peer {
        let (mut peer, connect) = self.accept(25_000, 20_000).await;
        assert_eq!(connect, "40");
        peer.say(r#"40{"sid":"b"}"#).await;
        peer
    }
}

impl Peer {
    pub(crate) async fn say(&mut self, text: &str) {
        soon(self.0.send(Frame::text(text.to_owned()))).await.unwrap();
    }

    pub(crate) async fn say_binary(&mut self, binary: &'static [u8]) {
        soon(self.0.send(Frame::binary(binary))).await.unwrap();
    }

    pub(crate) async fn binary(&mut self) -> Vec<u8> {
        match soon(self.0.next()).await {
            Some(Ok(Frame::Binary(binary))) => binary.to_vec(),
            other => panic!("no binary: {other:?}"),
        }
    }

    pub(crate) async fn text(&mut self) -> String {
        match soon(self.0.next()).await {
            Some(Ok(Frame::Text(text))) => text.as_str().to_owned(),
            other => panic!("no text: {other:?}"),
        }
    }
}
