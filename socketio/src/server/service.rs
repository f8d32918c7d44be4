//! What a server does with its sockets.

use std::any::Any;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::value::RawValue;

use super::headers::Headers;
use super::hub::Room;
use super::ids::SocketId;
use super::socket::Socket;
use crate::packet::Event;

/// What a server does with its sockets. Of one connection, at most one of these runs at a time, in the order of the packets.
pub trait Service: Send + Sync + 'static {
    /// What it keeps with each socket.
    type Data: Send + Sync + 'static;

    /// Whether there is such a namespace.
    fn serves(&self, namespace: &str) -> bool {
        namespace == "/"
    }

    /// Whether a client may join a namespace, and what is kept with its socket.
    fn connect(
        &self,
        handshake: Handshake<'_>,
    ) -> impl Future<Output = Result<Self::Data, ConnectError>> + Send;

    /// Whether a client that comes back may go on as the socket it was, with the rooms and the data it had: what it had, and
    /// what `connect` has made of the new handshake. If not, it begins anew. A service whose data says who somebody is
    /// must look at whether it is the same.
    fn may_restore(&self, before: &Self::Data, now: &Self::Data) -> bool {
        let _ = (before, now);
        true
    }

    /// What a socket goes on with that comes back: what it had before, unless this says otherwise.
    fn restore(&self, before: Arc<Self::Data>, now: Self::Data) -> Arc<Self::Data> {
        let _ = now;
        before
    }

    /// A socket has joined; its client has been told so before anything that is emitted here.
    fn connected(&self, socket: &Socket<Self::Data>) -> impl Future<Output = ()> + Send;

    /// An event has come.
    fn event(&self, socket: &Socket<Self::Data>, event: Event) -> impl Future<Output = ()> + Send;

    /// A socket is gone. It is in no room any more.
    fn disconnected(
        &self,
        socket: &Socket<Self::Data>,
        reason: DisconnectReason,
    ) -> impl Future<Output = ()> + Send;
}

/// What is known about a client that wants to join a namespace.
#[derive(Debug)]
pub struct Handshake<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The CONNECT packet's payload, an object, not parsed.
    pub auth: Option<Box<RawValue>>,
    /// The request that opened the connection.
    pub request: &'a RequestInfo,
    /// The socket that the client was before it was cut off, if it comes back in time (`Config::recovery`). Whoever is
    /// refused has lost it.
    pub recovered: Option<Recovered<'a>>,
}

/// A socket whose client has come back.
#[derive(Clone, Copy)]
pub struct Recovered<'a> {
    /// Its id, then and again.
    pub id: SocketId,
    /// The rooms it is in.
    pub rooms: &'a [Room],
    data: &'a (dyn Any + Send + Sync),
}

impl<'a> Recovered<'a> {
    pub(crate) fn new(id: SocketId, rooms: &'a [Room], data: &'a (dyn Any + Send + Sync)) -> Self {
        Self { id, rooms, data }
    }

    /// What was kept with it, if `D` is the service's data.
    pub fn data<D: 'static>(&self) -> Option<&'a D> {
        self.data.downcast_ref()
    }
}

impl fmt::Debug for Recovered<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Recovered").field("id", &self.id).field("rooms", &self.rooms).finish()
    }
}

/// The request that opened a connection.
#[derive(Debug)]
pub struct RequestInfo {
    /// Its query, as it stands in the address.
    pub query: String,
    /// Its headers.
    pub headers: Headers,
    /// Where it came from.
    pub remote: SocketAddr,
    /// When.
    pub time: SystemTime,
}

/// Why a client may not join; becomes `connect_error` on its side.
#[derive(Clone, Debug, Serialize)]
pub struct ConnectError {
    /// `error.message`.
    pub message: String,
    /// `error.data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<serde_json::Value>,
}

impl ConnectError {
    /// With a message alone.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), data: None }
    }
}

/// Why a socket is gone, in Node's words where Node has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisconnectReason {
    /// The client left the namespace.
    ClientNamespaceDisconnect,
    /// The server sent it away.
    ServerNamespaceDisconnect,
    /// The server stops.
    ServerShuttingDown,
    /// The client did not answer a ping.
    PingTimeout,
    /// The connection was closed.
    TransportClose,
    /// The connection failed.
    TransportError,
    /// What came is no Engine.IO.
    ParseError,
    /// A text that is no UTF-8.
    InvalidText,
    /// More control frames, fragments or time than allowed.
    PolicyViolation,
    /// What came is no Socket.IO.
    ForcedClose,
    /// No namespace was joined in time.
    ForcedServerClose,
    /// A message was longer than allowed.
    MessageTooLong,
    /// The client did not take what was sent to it.
    SlowConsumer,
}

impl fmt::Display for DisconnectReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ClientNamespaceDisconnect => "client namespace disconnect",
            Self::ServerNamespaceDisconnect => "server namespace disconnect",
            Self::ServerShuttingDown => "server shutting down",
            Self::PingTimeout => "ping timeout",
            Self::TransportClose => "transport close",
            Self::TransportError => "transport error",
            // Node has one word for both.
            Self::ParseError | Self::InvalidText => "parse error",
            Self::PolicyViolation => "policy violation",
            Self::ForcedClose => "forced close",
            Self::ForcedServerClose => "forced server close",
            Self::MessageTooLong => "message too long",
            Self::SlowConsumer => "slow consumer",
        })
    }
}

impl DisconnectReason {
    /// The close code of the websocket (RFC 6455 section 7.4.1).
    pub(crate) fn close_code(self) -> u16 {
        match self {
            Self::ServerShuttingDown => 1001,
            Self::ParseError | Self::ForcedClose => 1002,
            Self::InvalidText => 1007,
            Self::MessageTooLong => 1009,
            Self::SlowConsumer | Self::PingTimeout | Self::ForcedServerClose | Self::PolicyViolation => 1008,
            _ => 1000,
        }
    }

    /// Whether its client may come back as the same socket: not when one of the two wanted the end, and not after garbage.
    pub(crate) fn is_recoverable(self) -> bool {
        match self {
            Self::TransportClose
            | Self::TransportError
            | Self::PingTimeout
            | Self::ForcedClose
            | Self::ForcedServerClose
            | Self::SlowConsumer
            | Self::ServerShuttingDown => true,
            Self::ClientNamespaceDisconnect
            | Self::ServerNamespaceDisconnect
            | Self::ParseError
            | Self::InvalidText
            | Self::PolicyViolation
            | Self::MessageTooLong => false,
        }
    }

    /// Whether the client did something that it must not.
    pub(crate) fn is_violation(self) -> bool {
        matches!(
            self,
            Self::ParseError
                | Self::InvalidText
                | Self::PolicyViolation
                | Self::ForcedClose
                | Self::MessageTooLong
        )
    }
}
