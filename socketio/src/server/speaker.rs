//! Who speaks over a connection once Engine.IO has made it: Socket.IO, or something that is plainly messages.

use std::sync::Arc;

use super::acks::Pending;
use super::config::Config;
use super::connection::Connection;
use super::counters::Counters;
use super::hub::Hub;
use super::outbox::Outbox;
use super::request::RequestInfo;
use super::service::Service;
use super::transport::Transport;

/// The other end of a connection, as far as it is known before it has said anything.
pub(crate) struct Peer {
    pub(crate) config: Arc<Config>,
    pub(crate) request: RequestInfo,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) counters: Arc<Counters>,
}

/// Who speaks over a connection.
pub(crate) trait Speaker: Send + Sync + 'static {
    /// Lives as long as the connection.
    fn speak(self: Arc<Self>, peer: Peer, transport: Box<Transport>) -> impl Future<Output = ()> + Send;
}

/// Speaks Socket.IO.
pub(crate) struct SocketIo<S> {
    pub(crate) service: Arc<S>,
    pub(crate) hub: Hub,
}

impl<S: Service> Speaker for SocketIo<S> {
    async fn speak(self: Arc<Self>, peer: Peer, transport: Box<Transport>) {
        let Peer { config, request, outbox, counters } = peer;
        let (service, hub) = (Arc::clone(&self.service), self.hub.clone());
        drop(self);
        let pending = Arc::new(Pending::new(config.max_pending_acks));
        let request = Arc::new(request);
        Connection { pending, service, hub, config, request, outbox, counters }.run(transport).await;
    }
}
