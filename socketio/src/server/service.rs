//! What a server does with its sockets.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::ids::SocketId;
use super::reason::DisconnectReason;
use super::request::RequestInfo;
use super::room::Room;
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

    /// An event has come. One whose name is longer than allowed comes under the beginning of that name and ` …`, which is the
    /// name of none, so that it is refused like all that are unknown.
    fn event(&self, socket: &Socket<Self::Data>, event: Event) -> impl Future<Output = ()> + Send;

    /// A socket is gone. It is in no room any more; [`Socket::rooms`] says where it was. Of sockets whose handlers are not done
    /// when a server that stops has waited long enough (`Config::shutdown_timeout`), nothing is said.
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
