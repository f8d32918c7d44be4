//! What waits to be written to one connection: bounded, filled from anywhere, emptied by the connection's task.

mod flush;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use bytes::Bytes;
use tokio::net::tcp::OwnedWriteHalf;

use super::ids::SocketId;
use super::reason::DisconnectReason;
use crate::packet::Message;

/// Whoever waits for room waits until no more bytes than these are queued. It is worth while to write often, as what has just
/// been encoded is still in the processor's cache then, but not for little: each write is a system call.
const EASE: usize = 128 << 10;

/// Room for more items than these is given back: a burst should not be paid for by every idle connection afterwards.
const MANY: usize = 64;

/// One thing to be done, in order.
#[derive(Debug)]
pub(crate) enum Item {
    /// Write it.
    Message(Message),
    /// Send this socket away, after everything before has been written.
    Leave(SocketId),
    /// Send all of its sockets away and close the connection, after everything before has been written.
    Dismiss,
    /// Close the connection, after everything before has been written.
    Close(DisconnectReason),
}

/// The queue of one connection.
#[derive(Debug)]
pub(crate) struct Outbox {
    state: Mutex<State>,
    /// Whether what is put in now is written now, as far as is known.
    writable: AtomicBool,
    /// Whether the connection is to be looked at before the next event of its client is handled: much waits to be written, or
    /// the end does. Beside the lock, because it is asked for each event.
    holds: AtomicBool,
    /// All of its sockets have been sent away, whether they have heard so or not.
    dismissed: AtomicBool,
    max_messages: usize,
    max_bytes: usize,
}

#[derive(Debug, Default)]
struct State {
    items: VecDeque<Item>,
    /// Of a message that somebody else has begun to write for the connection's task, which comes before all items.
    rest: Option<Bytes>,
    bytes: usize,
    closed: bool,
    /// The end of the connection is among what waits.
    ending: bool,
    /// And nothing is to be handled before it.
    breaking: bool,
    /// Where a websocket is written to.
    sink: Option<Arc<OwnedWriteHalf>>,
    /// The connection's task sleeps and has written all that it had: whatever is queued can be written by anybody.
    idle: bool,
    /// Somebody is about to.
    promised: bool,
    /// What was put in before then has arrived, as far as is known.
    confirmed: Option<Instant>,
    /// Why nothing is taken any more, although the connection has not ended.
    cut: Option<DisconnectReason>,
    /// The connection's task, while it sleeps. Taken by whoever wakes it, so that a burst wakes it once.
    reader: Option<Waker>,
    /// The connection's task, while it does not take anything because its peer does not read: it still wants to know when
    /// the peer is to be cut off.
    watcher: Option<Waker>,
    /// Handlers that wait for room.
    writers: Vec<Waker>,
}

impl Outbox {
    pub(crate) fn new(max_messages: usize, max_bytes: usize) -> Self {
        Self {
            state: Mutex::default(),
            writable: AtomicBool::new(true),
            holds: AtomicBool::new(false),
            dismissed: AtomicBool::new(false),
            max_messages,
            max_bytes,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the connection takes what is put in: it has written all it had, or has a request to answer.
    pub(crate) fn set_writable(&self, writable: bool) {
        self.writable.store(writable, Ordering::Relaxed);
    }

    /// Queues a message. A volatile one is dropped if it could not be written now. Over the bounds, any other cuts the connection off: a client that
    /// does not take what it is sent must come back and catch up, not be sent something with holes.
    pub(crate) fn push(&self, message: Message) {
        if let Some(state) = self.queue(message) {
            Self::wake(state);
        }
    }

    /// The same; whether nobody has been woken, so that the caller must have it flushed.
    pub(crate) fn push_for_flush(&self, message: Message) -> bool {
        let Some(mut state) = self.queue(message) else { return false };
        if !(state.idle && state.sink.is_some()) {
            Self::wake(state);
            return false;
        }
        !std::mem::replace(&mut state.promised, true)
    }

    fn queue(&self, message: Message) -> Option<MutexGuard<'_, State>> {
        let mut state = self.lock();
        if state.closed || state.cut.is_some() {
            return None;
        }
        let full = state.items.len() >= self.max_messages || state.bytes >= self.max_bytes;
        if message.is_volatile() && (full || !self.writable.load(Ordering::Relaxed)) {
            return None;
        }
        if full {
            self.cut_off(state, DisconnectReason::SlowConsumer);
            return None;
        }
        state.bytes += message.size();
        state.items.push_back(Item::Message(message));
        if !self.has_ease(&state) {
            self.holds.store(true, Ordering::Relaxed);
        }
        Some(state)
    }

    /// Has the connection's task write what is queued.
    pub(crate) fn rouse(&self) {
        let mut state = self.lock();
        state.promised = false;
        Self::wake(state);
    }

    /// Ends the connection now, whatever waits.
    pub(crate) fn cut(&self, reason: DisconnectReason) {
        let state = self.lock();
        if !state.closed && state.cut.is_none() {
            self.cut_off(state, reason);
        }
    }

    fn cut_off(&self, mut state: MutexGuard<'_, State>, reason: DisconnectReason) {
        state.cut = Some(reason);
        self.holds.store(true, Ordering::Relaxed);
        state.items = VecDeque::from([Item::Close(reason)]);
        // What has been begun is ended all the same: what is said at the end would else be taken for it.
        state.bytes = state.rest.as_ref().map_or(0, Bytes::len);
        // Who waits for room waits for nothing any more.
        let writers = std::mem::take(&mut state.writers);
        Self::wake(state);
        writers.into_iter().for_each(Waker::wake);
    }

    /// Whether that many more messages, of so many bytes together, leave room for others.
    pub(crate) fn has_room(&self, messages: usize, bytes: usize) -> bool {
        let state = self.lock();
        state.items.len() + messages < self.max_messages && state.bytes + bytes < self.max_bytes
    }

    /// Queues something else than a message.
    pub(crate) fn command(&self, item: Item) {
        if matches!(item, Item::Dismiss) {
            self.dismissed.store(true, Ordering::Relaxed);
        }
        let mut state = self.lock();
        if !state.closed && state.cut.is_none() {
            state.ending |= matches!(item, Item::Close(_) | Item::Dismiss);
            if matches!(item, Item::Close(_)) {
                state.breaking = true;
                self.holds.store(true, Ordering::Relaxed);
            }
            state.items.push_back(item);
            Self::wake(state);
        }
    }

    fn wake(mut state: MutexGuard<'_, State>) {
        let reader = state.reader.take();
        let watcher = if state.cut.is_some() || state.ending { state.watcher.take() } else { None };
        drop(state);
        reader.into_iter().chain(watcher).for_each(Waker::wake);
    }

    /// Takes the oldest items, as many as have `bytes` together, and one at least; registers the task if there is none.
    pub(crate) fn poll_take(&self, cx: &Context<'_>, bytes: usize, into: &mut VecDeque<Item>) -> Poll<()> {
        let mut state = self.lock();
        if state.items.is_empty() {
            if !state.reader.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
                state.reader = Some(cx.waker().clone());
            }
            return Poll::Pending;
        }
        let mut taken = 0;
        while let Some(item) = state.items.pop_front() {
            if let Item::Message(message) = &item {
                taken += message.size();
            }
            into.push_back(item);
            if taken >= bytes {
                break;
            }
        }
        if state.items.is_empty() && state.items.capacity() > MANY {
            state.items = VecDeque::new();
        }
        state.bytes = state.bytes.saturating_sub(taken);
        self.ease(state);
        Poll::Ready(())
    }

    /// Lets those go on who wait for room.
    fn ease(&self, mut state: MutexGuard<'_, State>) {
        let has_ease = self.has_ease(&state);
        let writers = if has_ease { std::mem::take(&mut state.writers) } else { Vec::new() };
        if has_ease && !state.breaking && self.holds() {
            self.holds.store(false, Ordering::Relaxed);
        }
        drop(state);
        writers.into_iter().for_each(Waker::wake);
    }

    /// Where to write to when the connection's task sleeps.
    pub(crate) fn set_sink(&self, sink: Option<Arc<OwnedWriteHalf>>) {
        self.lock().sink = sink;
    }

    /// The task goes to sleep and has nothing to write: others may.
    pub(crate) fn doze(&self) {
        let mut state = self.lock();
        state.idle = state.items.is_empty();
    }

    /// The task is awake: pushing need not wake it. The rest of a frame that somebody else has begun to write, which comes
    /// before whatever the task writes by itself.
    pub(crate) fn awake(&self) -> Option<Bytes> {
        let mut state = self.lock();
        state.idle = false;
        state.reader = None;
        state.watcher = None;
        let rest = state.rest.take()?;
        state.bytes = state.bytes.saturating_sub(rest.len());
        self.ease(state);
        Some(rest)
    }

    /// Ready when the connection is to end at once: for a task that cannot take anything now.
    pub(crate) fn poll_cut(&self, cx: &Context<'_>) -> Poll<DisconnectReason> {
        let mut state = self.lock();
        if let Some(reason) = state.cut {
            return Poll::Ready(reason);
        }
        state.watcher = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Ready when the end of the connection waits: for a task whose peer is not there to take anything.
    pub(crate) fn poll_ending(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if state.ending && !state.items.is_empty() {
            return Poll::Ready(());
        }
        state.watcher = Some(cx.waker().clone());
        Poll::Pending
    }

    /// Whether more may be queued without need.
    fn has_ease(&self, state: &State) -> bool {
        state.bytes <= EASE.min(self.max_bytes / 2) && state.items.len() <= self.max_messages / 2
    }

    /// Ready when little of the room is used, or nothing will ever be written again.
    pub(crate) fn poll_room(&self, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.lock();
        if self.has_ease(&state) || state.closed || state.cut.is_some() {
            return Poll::Ready(());
        }
        Self::wait(&mut state, cx)
    }

    /// Whether the connection is to be looked at before the next event of its client is handled.
    pub(crate) fn holds(&self) -> bool {
        self.holds.load(Ordering::Relaxed)
    }

    /// Ready when the next event may be handled.
    pub(crate) fn poll_held(&self, cx: &Context<'_>) -> Poll<()> {
        if !self.holds() {
            return Poll::Ready(());
        }
        let mut state = self.lock();
        // Under the lock: whoever changes it wakes those who wait.
        if !self.holds() {
            return Poll::Ready(());
        }
        Self::wait(&mut state, cx)
    }

    fn wait(state: &mut State, cx: &Context<'_>) -> Poll<()> {
        if !state.writers.iter().any(|waker| waker.will_wake(cx.waker())) {
            state.writers.push(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Whether all of its sockets have been sent away.
    pub(crate) fn is_dismissed(&self) -> bool {
        self.dismissed.load(Ordering::Relaxed)
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        let state = self.lock();
        state.items.is_empty() && state.rest.is_none()
    }

    /// The client has everything that was put in before then; or nothing is known of that.
    pub(crate) fn confirm(&self, at: Option<Instant>) {
        self.lock().confirmed = at;
    }

    /// What was put in before then has arrived, if anything is known of that.
    pub(crate) fn confirmed(&self) -> Option<Instant> {
        self.lock().confirmed
    }

    /// Whether nothing is taken any more.
    pub(crate) fn is_closed(&self) -> bool {
        let state = self.lock();
        state.closed || state.cut.is_some()
    }

    /// Nothing will be written any more.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        self.holds.store(false, Ordering::Relaxed);
        state.sink = None;
        state.items = VecDeque::new();
        state.rest = None;
        state.reader = None;
        state.watcher = None;
        let writers = std::mem::take(&mut state.writers);
        drop(state);
        writers.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests;
