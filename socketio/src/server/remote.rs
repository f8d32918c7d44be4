//! A socket as it is seen from outside.

use std::fmt;
use std::sync::{Arc, Weak};

use super::ids::SocketId;
use super::link::Link;
use super::request::RequestInfo;
use super::room::Room;
use super::session::AnyData;

/// What is known of a socket from outside.
#[derive(Clone)]
pub struct RemoteSocket {
    /// Its public id.
    pub id: SocketId,
    /// Its namespace.
    pub namespace: Arc<str>,
    /// The rooms it is in.
    pub rooms: Vec<Room>,
    /// The request that opened its connection.
    pub request: Option<Arc<RequestInfo>>,
    data: Option<AnyData>,
}

impl RemoteSocket {
    /// Called with none of the hub's locks: a link's rooms are changed under the link's own, which is taken before.
    pub(super) fn of(link: &Link) -> Self {
        Self {
            id: link.id,
            namespace: Arc::clone(&link.namespace),
            rooms: link.rooms(),
            request: link.request.clone(),
            data: link.data.get().and_then(Weak::upgrade),
        }
    }

    /// What the service keeps with it, if it was here still and `D` is the service's data.
    pub fn data<D: Send + Sync + 'static>(&self) -> Option<Arc<D>> {
        Arc::clone(self.data.as_ref()?).downcast().ok()
    }
}

impl fmt::Debug for RemoteSocket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, namespace, rooms, request, data: _ } = self;
        let mut debug = formatter.debug_struct("RemoteSocket");
        debug.field("id", id).field("namespace", namespace).field("rooms", rooms).field("request", request);
        debug.finish_non_exhaustive()
    }
}
