//! Writing what is queued for a task that sleeps, without waking it.

use std::cell::RefCell;
use std::collections::VecDeque;

use bytes::{Buf, Bytes};
use tokio::net::tcp::OwnedWriteHalf;

use super::{Item, MANY, Outbox, State};
use crate::packet::Message;

/// Messages that are written together for a task that sleeps.
const MAX_JOINED: usize = 16 << 10;

thread_local! {
    /// Where messages are put behind one another, as each is written at once.
    static JOINED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Outbox {
    /// Writes what is queued, for a task that sleeps; wakes it if it is needed.
    pub(crate) fn flush(&self) {
        let mut state = self.lock();
        state.promised = false;
        if state.items.is_empty() || !state.idle {
            // Taken by the task meanwhile, which has been woken by something else.
            return;
        }
        let State { items, sink, .. } = &*state;
        let Some(written) = sink.as_deref().and_then(|sink| write_now(sink, items)) else {
            return Self::wake(state);
        };
        let mut left = written;
        while let Some(Item::Message(message)) = state.items.front() {
            let size = message.size();
            if left < size {
                break;
            }
            left -= size;
            state.bytes = state.bytes.saturating_sub(size);
            state.items.pop_front();
        }
        if left > 0
            && let Some(Item::Message(message)) = state.items.pop_front()
        {
            state.bytes = state.bytes.saturating_sub(left);
            state.rest = Some(rest(message, left));
            // From now on, nobody writes but the task.
            state.idle = false;
        }
        if state.items.is_empty() && state.rest.is_none() {
            if state.items.capacity() > MANY {
                state.items = VecDeque::new();
            }
            self.ease(state);
        } else {
            Self::wake(state);
        }
    }
}

/// Writes messages as far as one system call takes them; how many bytes these were. Nothing is said if there is anything but
/// a few messages, or the peer is gone: that is for the connection's own task.
fn write_now(sink: &OwnedWriteHalf, items: &VecDeque<Item>) -> Option<usize> {
    if let (Some(Item::Message(message)), 1) = (items.front(), items.len())
        && let Some(frame) = message.only_frame()
    {
        return sink.try_write(frame).ok();
    }
    JOINED.with_borrow_mut(|joined| {
        join(items, joined)?;
        sink.try_write(joined).ok()
    })
}

/// Messages behind one another, if they are short.
fn join(items: &VecDeque<Item>, joined: &mut Vec<u8>) -> Option<()> {
    joined.clear();
    for item in items {
        let Item::Message(message) = item else { return None };
        if joined.len() + message.size() > MAX_JOINED {
            return None;
        }
        message.frame_slices().for_each(|frame| joined.extend_from_slice(frame));
    }
    Some(())
}

/// What is left of a message of which so many bytes have been written. A frame alone stays shared by all its recipients.
pub(super) fn rest(message: Message, mut written: usize) -> Bytes {
    let is_alone = message.only_frame().is_some();
    let mut left = Vec::new();
    for mut frame in message.frames() {
        let passed = written.min(frame.len());
        written -= passed;
        frame.advance(passed);
        if is_alone {
            return frame;
        }
        left.extend_from_slice(&frame);
    }
    left.into()
}
