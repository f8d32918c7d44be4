//! Every number and name that the server can be given.

use std::time::Duration;

/// What the server is given. Every bound has a default that is safe on the open internet.
#[derive(Clone, Debug)]
pub struct Config {
    /// Path of the endpoint. `/socket.io/`
    pub path: String,
    /// From one ping to the next. 25 s
    pub ping_interval: Duration,
    /// For the answer to a ping. 20 s
    pub ping_timeout: Duration,
    /// Bytes of a message and of a polling body. 1,000,000
    pub max_payload: usize,
    /// For joining a first namespace. 45 s
    pub connect_timeout: Duration,
    /// For an upgrade to be finished. 10 s
    pub upgrade_timeout: Duration,
    /// For the headers of a request. 10 s
    pub header_timeout: Duration,
    /// Which web pages may connect.
    pub origins: Origins,
    /// Messages that may wait for one connection. 4096
    pub max_queued_messages: usize,
    /// Bytes that may wait for one connection, however few the messages. 16 MiB
    pub max_queued_bytes: usize,
    /// Packets read ahead while a handler works. 64
    pub max_inbox: usize,
    /// Namespaces that one connection may join. 4
    pub max_namespaces: usize,
    /// Connections at a time. 100,000
    pub max_connections: usize,
    /// For connections to end after the server was told to stop. 5 s
    pub shutdown_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            path: "/socket.io/".into(),
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            max_payload: 1_000_000,
            connect_timeout: Duration::from_secs(45),
            upgrade_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            origins: Origins::Any,
            max_queued_messages: 4096,
            max_queued_bytes: 16 << 20,
            max_inbox: 64,
            max_namespaces: 4,
            max_connections: 100_000,
            shutdown_timeout: Duration::from_secs(5),
        }
    }
}

/// Which web pages may connect, judged by the `Origin` of the request, over polling and websocket alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// All of them. Safe where a token is sent in the CONNECT packet, as no browser adds that by itself.
    Any,
    /// Exactly these, for example `https://chat.example.com`; and requests without an Origin, which no browser sends.
    Only(Vec<String>),
}

impl Origins {
    /// Whether a request with this Origin may go on.
    pub fn allows(&self, origin: Option<&[u8]>) -> bool {
        match (self, origin) {
            (Self::Any, _) | (_, None) => true,
            (Self::Only(list), Some(origin)) => list.iter().any(|allowed| allowed.as_bytes() == origin),
        }
    }
}
