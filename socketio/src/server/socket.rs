//! One client in one namespace, as handlers see it.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use super::acks::AckError;
use super::hub::Hub;
use super::ids::SocketId;
use super::link::Link;
use super::outbox::Item;
use super::reason::DisconnectReason;
use super::request::RequestInfo;
use super::room::Room;
use super::target::{Target, Whom};
use crate::packet::{Args, Message};

/// One client in one namespace. Cloning shares it; it may be kept, and then what is sent goes nowhere once it is gone.
#[derive(Debug)]
pub struct Socket<D> {
    link: Arc<Link>,
    hub: Hub,
    data: Arc<D>,
}

impl<D> Clone for Socket<D> {
    fn clone(&self) -> Self {
        Self { link: Arc::clone(&self.link), hub: self.hub.clone(), data: Arc::clone(&self.data) }
    }
}

impl<D> Socket<D> {
    pub(crate) fn new(link: Arc<Link>, hub: Hub, data: Arc<D>) -> Self {
        Self { link, hub, data }
    }

    /// Its public id.
    pub fn id(&self) -> SocketId {
        self.link.id
    }

    /// Whether its client had been cut off and came back: same id, rooms and data, and what it missed is on its way. It is
    /// `connected` again after it was `disconnected`.
    pub fn is_recovered(&self) -> bool {
        self.link.recovered
    }

    pub(crate) fn link(&self) -> &Arc<Link> {
        &self.link
    }

    pub(crate) fn shared_data(&self) -> Arc<D> {
        Arc::clone(&self.data)
    }

    /// Its namespace.
    pub fn namespace(&self) -> &str {
        &self.link.namespace
    }

    /// The request that opened its connection.
    pub fn request(&self) -> Option<&RequestInfo> {
        self.link.request.as_deref()
    }

    /// Whether it is here: false from the moment that its connection ends or it leaves, also before it is `disconnected`. Who
    /// sends for long looks at it now and then.
    pub fn is_connected(&self) -> bool {
        !self.link.is_gone() && !self.link.outbox.is_closed()
    }

    /// The rooms it is in; in `disconnected` and afterwards, those it was in.
    pub fn rooms(&self) -> Vec<Room> {
        self.link.rooms()
    }

    /// What the service keeps with it.
    pub fn data(&self) -> &D {
        &self.data
    }

    /// All sockets of the server.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// It alone, as somebody to send to.
    pub fn target(&self) -> Target<'_> {
        Target::new(&self.hub, Whom::Link(&self.link))
    }

    /// Sends it a message. With recovery, events reach it also when it is away and comes back.
    pub fn send(&self, message: Message) {
        if self.hub.log().is_some() && message.can_be_kept() {
            self.hub.socket(self.link.id).send(&message);
        } else if !self.link.is_gone() {
            self.link.outbox.push(message);
        }
    }

    /// Sends it an event and waits for the arguments of its acknowledgement. This may be awaited in a handler of the same
    /// client: acknowledgements are read while handlers run, as long as no more than `Config::max_inbox` other packets have
    /// come before.
    ///
    /// # Errors
    /// When it does not answer in time, goes, or is asked too much meanwhile; and when the message is no event.
    pub async fn send_with_ack(&self, message: &Message, timeout: Duration) -> Result<Args, AckError> {
        self.hub.socket(self.link.id).ask_one(message, &self.link, timeout).await
    }

    /// Waits until little waits to be written, 128 KiB at most, or nothing ever will be, because the client goes: for handlers
    /// that send a lot.
    pub async fn room(&self) {
        poll_fn(|cx| self.link.outbox.poll_room(cx)).await;
    }

    /// Puts it into a room. Whether it was not there before.
    pub fn join(&self, room: &Room) -> bool {
        self.hub.join(self.link.id, room)
    }

    /// Takes it out of a room. Whether it was there.
    pub fn leave(&self, room: &Room) -> bool {
        self.hub.leave(self.link.id, room)
    }

    /// Sends it away, after what waits for it: it leaves its namespace, the connection stays. It does not come back either.
    pub fn disconnect(&self) {
        self.target().disconnect();
    }

    /// The same, and closes its connection, with all other namespaces that it has joined.
    pub fn close(&self) {
        self.target().close();
    }

    /// Closes its connection as one that broke the protocol.
    pub fn protocol_error(&self) {
        self.link.outbox.command(Item::Close(DisconnectReason::ForcedClose));
    }
}
