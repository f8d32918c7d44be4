//! What happens to a connection with time: heartbeats, and ends of what a client was given time for.

use tokio::time::Instant;

use std::task::Context;

use super::{Carrier, Transport};
use crate::engine::Due;
use crate::packet::text_frame;
use crate::server::reason::DisconnectReason;

impl Transport {
    pub(super) fn tick(&mut self, cx: &mut Context<'_>) {
        loop {
            let now = Instant::now();
            if let Some((reason, at)) = self.closing
                && now >= at
            {
                self.closed = Some(reason);
            }
            if self.closed.is_some() {
                return;
            }
            if let Some(reason) = self.overdue(now) {
                self.close(reason);
                // The reason is to be written now.
                self.write(cx);
                continue;
            }
            self.tick_upgrade(now);
            let due = match self.closing {
                // Nothing is sent any more, and no answer is waited for.
                Some((_, at)) => Due::At(at.into_std()),
                None => self.heartbeat.poll(now.into_std()),
            };
            let mut next = match due {
                Due::Ping => {
                    self.ping();
                    // It is to be written now.
                    self.write(cx);
                    continue;
                }
                // The peer is not being read, so that its answer cannot be known; but it takes what it is sent.
                Due::Timeout if self.stalled && self.takes() => {
                    self.heartbeat.excuse(now.into_std());
                    continue;
                }
                Due::Timeout => {
                    self.closed = Some(DisconnectReason::PingTimeout);
                    return;
                }
                Due::At(at) => Instant::from_std(at),
            };
            let acks = self.ack_deadline();
            let waits = [self.connect_deadline, self.attachment_deadline, self.message_deadline(), acks];
            let waits = if self.closing.is_none() { waits } else { [None; 4] };
            for at in waits.into_iter().chain([self.upgrade_deadline]).flatten() {
                next = next.min(at);
            }
            if self.timer.deadline() != next {
                self.timer.as_mut().reset(next);
            }
            if self.timer.as_mut().poll(cx).is_pending() {
                return;
            }
        }
    }

    /// What the client was given time for and has not done.
    fn overdue(&self, now: Instant) -> Option<DisconnectReason> {
        let is_over = |deadline: Option<Instant>| deadline.is_some_and(|at| now >= at);
        if self.closing.is_some() {
            None
        } else if is_over(self.connect_deadline) {
            Some(DisconnectReason::ForcedServerClose)
        } else if [self.attachment_deadline, self.message_deadline(), self.ack_deadline()]
            .into_iter()
            .any(is_over)
        {
            Some(DisconnectReason::PolicyViolation)
        } else {
            None
        }
    }

    /// When the websocket message that has begun must have come; not while nobody reads it.
    fn message_deadline(&self) -> Option<Instant> {
        match &self.carrier {
            Carrier::WebSocket(websocket) if !self.stalled => websocket.deadline().map(Instant::from_std),
            _ => None,
        }
    }

    /// When the attachments of an acknowledgement must have come; not while nobody reads them.
    fn ack_deadline(&self) -> Option<Instant> {
        self.acks.as_ref().filter(|_| !self.stalled).and_then(|acks| acks.deadline())
    }

    fn tick_upgrade(&mut self, now: Instant) {
        let Some(polling) = &mut self.polling else { return };
        match self.upgrade_deadline {
            None if polling.is_upgrading() => self.upgrade_deadline = Some(now + self.upgrade_timeout),
            Some(_) if !polling.is_upgrading() => self.upgrade_deadline = None,
            Some(at) if now >= at => {
                polling.abandon_upgrade();
                self.upgrade_deadline = None;
            }
            _ => {}
        }
    }

    /// Whether there is nothing to be taken by the peer, or it has taken something since it was last looked at.
    fn takes(&mut self) -> bool {
        let (left, taken) = match (&self.carrier, &self.polling) {
            (Carrier::WebSocket(websocket), _) => (websocket.queued() > 0, websocket.taken()),
            (Carrier::Polling, Some(polling)) => (!polling.is_flushed(), polling.taken()),
            _ => (false, 0),
        };
        std::mem::replace(&mut self.taken, taken) != taken || !left
    }

    fn ping(&mut self) {
        self.meaningless = 0;
        self.takes();
        // Looked at first: what is put in from now on is later than that.
        let now = Instant::now();
        let is_flushed = match (&self.carrier, &self.polling) {
            (Carrier::WebSocket(websocket), _) => websocket.queued() == 0,
            (Carrier::Polling, Some(polling)) => polling.is_flushed(),
            _ => false,
        };
        self.confirming = (!self.talks && is_flushed && self.outbox.is_empty()).then_some(now);
        match (&mut self.carrier, &mut self.polling) {
            (Carrier::WebSocket(websocket), _) => websocket.push(text_frame("2")),
            (Carrier::Polling, Some(polling)) => polling.push_control("2"),
            _ => {}
        }
    }
}
