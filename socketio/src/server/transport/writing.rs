//! What goes: the outbox is emptied as fast as the carrier takes it.

use std::task::{Context, Poll};

use super::{Carrier, Transport};
use crate::packet::Message;
use crate::server::incoming::Incoming;
use crate::server::outbox::Item;
use crate::server::reason::DisconnectReason;

/// Bytes taken from the outbox at a time.
const WRITE_AHEAD: usize = 256 << 10;

impl Transport {
    pub(super) fn write(&mut self, cx: &mut Context<'_>) {
        loop {
            // Filled from the outbox as far as the carrier wants more.
            let wants = match &self.carrier {
                Carrier::WebSocket(websocket) => websocket.queued() < WRITE_AHEAD,
                // A client may never poll again: the end does not wait for it, and takes what is before it along.
                Carrier::Polling => self.polling.as_ref().is_some_and(|polling| {
                    polling.wants_more() || self.closing.is_none() && self.outbox.poll_ending(cx).is_ready()
                }),
                Carrier::Gone => return,
            };
            let bytes = if matches!(self.carrier, Carrier::Polling) { 1 } else { WRITE_AHEAD };
            let more = wants
                && self.closing.is_none()
                && self.closed.is_none()
                && self.outbox.poll_take(cx, bytes, &mut self.items).is_ready();
            while let Some(item) = self.items.pop_front() {
                self.item(item);
            }
            match &mut self.carrier {
                Carrier::WebSocket(websocket) => match websocket.poll_write(cx) {
                    // Room again, also if there was none before.
                    Poll::Ready(Ok(())) if more || !(wants || self.closing.is_some()) => {}
                    Poll::Ready(Ok(())) => {
                        if let Some((reason, _)) = self.closing {
                            self.closed = Some(reason);
                        }
                        return;
                    }
                    Poll::Ready(Err(_)) => {
                        self.closed =
                            Some(self.closing.map_or(DisconnectReason::TransportClose, |(reason, _)| reason));
                        return;
                    }
                    // Taken from the outbox no more until the peer reads; or until that is too late.
                    Poll::Pending if self.is_overflowed(cx) => {}
                    Poll::Pending => return,
                },
                Carrier::Polling => {
                    if more {
                        continue;
                    }
                    let Some(polling) = &mut self.polling else { return };
                    polling.answer();
                    if polling.is_flushed()
                        && let Some((reason, _)) = self.closing
                    {
                        self.closed = Some(reason);
                    }
                    if !wants && self.is_overflowed(cx) {
                        continue;
                    }
                    return;
                }
                Carrier::Gone => return,
            }
        }
    }

    /// Whether the peer is to be cut off, which is then begun; if not, the task is woken when it is.
    fn is_overflowed(&mut self, cx: &Context<'_>) -> bool {
        if self.closing.is_some() || self.closed.is_some() {
            return false;
        }
        let Poll::Ready(reason) = self.outbox.poll_cut(cx) else { return false };
        self.item(Item::Close(reason));
        self.closed.is_none()
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Message(message) => self.message(message),
            Item::Leave(id) => self.inbox.push_back(Incoming::Leave(id)),
            Item::Dismiss => self.inbox.push_back(Incoming::Dismiss),
            // Nobody is there who could be told.
            Item::Close(reason @ DisconnectReason::TransportClose) => self.closed = Some(reason),
            Item::Close(reason) => self.close(reason),
        }
    }

    fn message(&mut self, message: Message) {
        let message = if self.packs { message.packed() } else { Some(message) };
        // What cannot be said in msgpack has been complained about.
        let Some(message) = message else { return };
        match (&mut self.carrier, &mut self.polling) {
            (Carrier::WebSocket(websocket), _) => message.frames().for_each(|frame| websocket.push(frame)),
            (Carrier::Polling, Some(polling)) => polling.push(message),
            _ => {}
        }
    }
}
