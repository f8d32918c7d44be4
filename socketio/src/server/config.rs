//! Every number and name that the server can be given.

use std::time::Duration;

use crate::engine::{FrameLimits, TransportName};
use crate::packet::{MAX_ATTACHMENTS, MAX_NAME, Parser};

/// What the server is given. Every bound has a default that is safe on the open internet, and none can be switched off.
#[derive(Clone, Debug)]
pub struct Config {
    /// Path of the endpoint. `/socket.io/`
    pub path: String,
    /// How packets are written; clients must be told the same. JSON
    pub parser: Parser,
    /// From one ping to the next. 25 s
    pub ping_interval: Duration,
    /// For the answer to a ping. 20 s
    pub ping_timeout: Duration,
    /// Bytes of a message, of all attachments of a packet, and of a polling body. 1,000,000
    pub max_payload: usize,
    /// For joining a first namespace; what `Service::connect` takes does not count. 10 s, where Node gives 45: stock clients ask
    /// to join as soon as they are connected
    pub connect_timeout: Duration,
    /// For an upgrade to be finished. 10 s
    pub upgrade_timeout: Duration,
    /// For the headers of a request, from the first moment of a connection on. 10 s
    pub header_timeout: Duration,
    /// Headers of a request; more are answered with 431. 100
    pub max_headers: usize,
    /// Bytes of the headers of a request; more are answered with 431. At least 8192. 16 KiB
    pub max_header_bytes: usize,
    /// Bytes of an address; a longer one is answered with 414. 8 KiB
    pub max_url: usize,
    /// For the body of a POST; a slower one is answered with 408. 15 s
    pub body_timeout: Duration,
    /// For a client to take some of an answer that it has asked for; then it is hung up on. 15 s
    pub answer_timeout: Duration,
    /// Packets of a polling body; more are answered with 400 and end the session. 10,000
    pub max_body_packets: usize,
    /// Requests of one session that wait to be looked at; more are answered with 400. 8
    pub max_pending_requests: usize,
    /// Which web pages may connect.
    pub origins: Origins,
    /// How clients may connect. Both ways
    pub transports: Transports,
    /// Messages that may wait for one connection. 4096
    pub max_queued_messages: usize,
    /// Bytes that may wait for one connection, however few the messages. 4 MiB
    pub max_queued_bytes: usize,
    /// Packets read ahead while a handler works. 64
    pub max_inbox: usize,
    /// And bytes of those; the packet that goes beyond it is the last that is read. 4 MiB
    pub max_inbox_bytes: usize,
    /// Namespaces that one connection may join. 4
    pub max_namespaces: usize,
    /// Times in a row that a connection may be refused a namespace. 100
    pub max_refused_joins: usize,
    /// Bytes of an event's name, at most 128; what is longer is nobody's event. 128
    pub max_event_name: usize,
    /// Attachments of a packet, at most 10. 10
    pub max_attachments: usize,
    /// For all attachments of a packet to come. 10 s
    pub attachment_timeout: Duration,
    /// Acknowledgements that the server may wait for of one connection; with one more, the oldest counts as not given in
    /// time. 1000
    pub max_pending_acks: usize,
    /// Whether and how long clients that were cut off may come back as who they were. They may not
    pub recovery: Option<Recovery>,
    /// Fragments of a websocket message. 1024
    pub max_fragments: u32,
    /// For a websocket message, from its first byte to its last. 30 s
    pub message_timeout: Duration,
    /// Pings and pongs of the websocket protocol that a client may send in a second. 20
    pub control_frames_per_second: u32,
    /// And at once; also packets of Engine.IO that mean nothing, like pongs that nobody has asked for, from one ping to the
    /// next. 100
    pub control_frame_burst: u32,
    /// New sessions in a second; beyond it they are answered with 503. 5000
    pub connects_per_second: u32,
    /// And at once. 20,000
    pub connect_burst: u32,
    /// Sessions at a time; beyond it new ones are answered with 503. 100,000
    pub max_connections: usize,
    /// Those of one address, where an IPv6 network of 2^64 addresses is one; beyond it new ones are answered with 429. To be
    /// set where clients reach the server themselves: behind a proxy all of them have its address. As many as of all
    pub max_connections_per_ip: Option<usize>,
    /// TCP connections at a time; beyond it they are closed as they come. 200,000
    pub max_tcp_connections: usize,
    /// For a connection that is being closed to take the reason and go. 1 s
    pub close_timeout: Duration,
    /// How long a closed polling session is still there for a GET that comes late: the client's close and its GET travel on
    /// two connections. 300 ms
    pub tombstone: Duration,
    /// The time over which clients are sent elsewhere, one by one, after the server was told to stop and before it stops: new
    /// sessions are answered with 503 meanwhile. Stock clients come back at once, so that something in front of the
    /// server must send them to another. None
    pub drain: Duration,
    /// For connections to end after the server was told to stop; then they are ended, whatever their handlers do. 5 s
    pub shutdown_timeout: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            path: "/socket.io/".into(),
            parser: Parser::default(),
            ping_interval: Duration::from_secs(25),
            ping_timeout: Duration::from_secs(20),
            max_payload: 1_000_000,
            connect_timeout: Duration::from_secs(10),
            upgrade_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            max_headers: 100,
            max_header_bytes: 16 << 10,
            max_url: 8 << 10,
            body_timeout: Duration::from_secs(15),
            answer_timeout: Duration::from_secs(15),
            max_body_packets: 10_000,
            max_pending_requests: 8,
            origins: Origins::Any,
            transports: Transports::Both,
            max_queued_messages: 4096,
            max_queued_bytes: 4 << 20,
            max_inbox: 64,
            max_inbox_bytes: 4 << 20,
            max_namespaces: 4,
            max_refused_joins: 100,
            max_event_name: MAX_NAME,
            max_attachments: MAX_ATTACHMENTS,
            attachment_timeout: Duration::from_secs(10),
            max_pending_acks: 1000,
            recovery: None,
            max_fragments: 1024,
            message_timeout: Duration::from_secs(30),
            control_frames_per_second: 20,
            control_frame_burst: 100,
            connects_per_second: 5_000,
            connect_burst: 20_000,
            max_connections: 100_000,
            max_connections_per_ip: None,
            max_tcp_connections: 200_000,
            close_timeout: Duration::from_secs(1),
            tombstone: Duration::from_millis(300),
            drain: Duration::ZERO,
            shutdown_timeout: Duration::from_secs(5),
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The path is not one of a directory.
    #[error("`path` is {0:?}; it must begin and end with `/`")]
    Path(String),
    /// A bound is out of its range.
    #[error("`{name}` is {value}; it must be {expected}")]
    Bound {
        /// The field.
        name: &'static str,
        /// What it is.
        value: String,
        /// What it must be.
        expected: &'static str,
    },
}

impl Config {
    /// Whether every bound is one: no zero, and nothing that means "unlimited".
    ///
    /// # Errors
    /// When one is not; the first of them.
    pub fn validate(&self) -> Result<(), ConfigError> {
        if !(self.path.starts_with('/') && self.path.ends_with('/')) {
            return Err(ConfigError::Path(self.path.clone()));
        }
        let most = 1 << 30;
        for (name, value, least, most, expected) in [
            ("max_payload", self.max_payload, 1, most, COUNT),
            ("max_headers", self.max_headers, 1, 1000, "from 1 to 1,000"),
            ("max_header_bytes", self.max_header_bytes, 8192, 1 << 20, "from 8,192 to 2^20"),
            ("max_url", self.max_url, 1, 65_534, "from 1 to 65,534"),
            ("max_body_packets", self.max_body_packets, 1, most, COUNT),
            ("max_pending_requests", self.max_pending_requests, 1, 1000, "from 1 to 1,000"),
            ("max_queued_messages", self.max_queued_messages, 1, most, COUNT),
            ("max_queued_bytes", self.max_queued_bytes, 1, most, COUNT),
            ("max_inbox", self.max_inbox, 1, most, COUNT),
            ("max_inbox_bytes", self.max_inbox_bytes, 1, most, COUNT),
            ("max_namespaces", self.max_namespaces, 1, most, COUNT),
            ("max_refused_joins", self.max_refused_joins, 1, most, COUNT),
            ("max_event_name", self.max_event_name, 1, MAX_NAME, "from 1 to 128"),
            ("max_attachments", self.max_attachments, 1, MAX_ATTACHMENTS, "from 1 to 10"),
            ("max_pending_acks", self.max_pending_acks, 1, most, COUNT),
            ("max_fragments", self.max_fragments as usize, 1, most, COUNT),
            ("control_frames_per_second", self.control_frames_per_second as usize, 1, most, COUNT),
            ("control_frame_burst", self.control_frame_burst as usize, 1, most, COUNT),
            ("connects_per_second", self.connects_per_second as usize, 1, most, COUNT),
            ("connect_burst", self.connect_burst as usize, 1, most, COUNT),
            ("max_connections", self.max_connections, 1, most, COUNT),
            ("max_connections_per_ip", self.max_connections_per_ip.unwrap_or(1), 1, most, COUNT),
            ("max_tcp_connections", self.max_tcp_connections, 1, most, COUNT),
        ] {
            if !(least..=most).contains(&value) {
                return Err(ConfigError::Bound { name, value: value.to_string(), expected });
            }
        }
        if self.drain > Duration::from_secs(86_400) {
            let (name, value) = ("drain", format!("{:?}", self.drain));
            return Err(ConfigError::Bound { name, value, expected: "at most a day" });
        }
        if let Some(recovery) = &self.recovery {
            recovery.validate()?;
        }
        for (name, value) in [
            ("ping_interval", self.ping_interval),
            ("ping_timeout", self.ping_timeout),
            ("connect_timeout", self.connect_timeout),
            ("upgrade_timeout", self.upgrade_timeout),
            ("header_timeout", self.header_timeout),
            ("body_timeout", self.body_timeout),
            ("answer_timeout", self.answer_timeout),
            ("attachment_timeout", self.attachment_timeout),
            ("message_timeout", self.message_timeout),
            ("close_timeout", self.close_timeout),
            ("tombstone", self.tombstone),
            ("shutdown_timeout", self.shutdown_timeout),
        ] {
            if value.is_zero() || value > Duration::from_secs(86_400) {
                let value = format!("{value:?}");
                return Err(ConfigError::Bound {
                    name,
                    value,
                    expected: "more than nothing and at most a day",
                });
            }
        }
        Ok(())
    }

    /// What a websocket's frames are measured with.
    pub(crate) fn frame_limits(&self) -> FrameLimits {
        FrameLimits {
            control_per_second: self.control_frames_per_second,
            control_burst: self.control_frame_burst,
            fragments: self.max_fragments,
            message_time: self.message_timeout,
        }
    }
}

/// What is kept for clients that were cut off, in all namespaces together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// How long a client may be away. Packets are kept a little longer. 2 min
    pub window: Duration,
    /// Packets that are kept; who missed more starts anew. 10,000
    pub max_packets: usize,
    /// Bytes of packets that are kept. 16 MiB
    pub max_bytes: usize,
    /// Clients that may be away at a time; beyond it, who has been away longest starts anew. 10,000
    pub max_sessions: usize,
}

impl Default for Recovery {
    fn default() -> Self {
        Self {
            window: Duration::from_secs(120),
            max_packets: 10_000,
            max_bytes: 16 << 20,
            max_sessions: 10_000,
        }
    }
}

impl Recovery {
    fn validate(&self) -> Result<(), ConfigError> {
        for (name, value) in [
            ("recovery.max_packets", self.max_packets),
            ("recovery.max_bytes", self.max_bytes),
            ("recovery.max_sessions", self.max_sessions),
        ] {
            if !(1..=1 << 30).contains(&value) {
                return Err(ConfigError::Bound { name, value: value.to_string(), expected: COUNT });
            }
        }
        if self.window.is_zero() || self.window > Duration::from_secs(86_400) {
            let (name, value) = ("recovery.window", format!("{:?}", self.window));
            return Err(ConfigError::Bound { name, value, expected: "more than nothing and at most a day" });
        }
        Ok(())
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

/// How clients may connect. A transport that is switched off is unknown to them, as in Node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transports {
    /// Over polling or a websocket, and from the one to the other.
    #[default]
    Both,
    /// Over polling alone.
    Polling,
    /// Over a websocket alone.
    Websocket,
}

impl Transports {
    pub(crate) fn offer(self, name: TransportName) -> bool {
        match name {
            TransportName::Polling => self != Self::Websocket,
            TransportName::Websocket => self != Self::Polling,
        }
    }
}

const COUNT: &str = "from 1 to 2^30";

#[cfg(test)]
mod tests;
