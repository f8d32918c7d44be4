//! The log of activity: kept, counted, and shown live to whoever subscribed.

use std::sync::Arc;

use serde_json::{Map, Value};
use tokio::sync::{mpsc, oneshot};

use crate::moment::timestamp;
use crate::protocol::{Emitter, types};
use crate::store::{Event, EventFilter, NewEvent, Stats, Store, StoreError, now};

/// Entries that may wait to be written. Beyond that whoever has something to log waits.
const QUEUE: usize = 1024;

/// Entries written together.
const BATCH: usize = 128;

/// Bytes of data that one answer carries: below what a client takes by default.
const MAX_ANSWER: usize = 512 << 10;

/// Where activity is told to. Cloning shares it.
#[derive(Clone)]
pub struct Monitor {
    entries: mpsc::Sender<Entry>,
    store: Arc<dyn Store>,
}

enum Entry {
    Event(Box<NewEvent>),
    /// Everything told before has been written.
    Flush(oneshot::Sender<()>),
    /// Somebody wants the counters, and everything that is not in them yet.
    Subscribe(oneshot::Sender<Subscription>),
}

/// The counters, and what is dropped when everything else may be shown.
type Subscription = (Result<Stats, StoreError>, oneshot::Sender<()>);

impl Monitor {
    /// Starts the task that writes. It ends when the last monitor is gone.
    pub fn start(store: Arc<dyn Store>, emitter: Emitter) -> Self {
        let (entries, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(write(receiver, Arc::clone(&store), emitter));
        Self { entries, store }
    }

    /// Tells of something that has happened.
    pub async fn record(&self, activity: Activity<'_>) {
        // The task lives as long as somebody can tell it something.
        let _ = self.entries.send(Entry::Event(Box::new(activity.into_event()))).await;
    }

    /// Tells of something that has happened, without waiting: in order with what was told before, unless the queue is full.
    pub fn tell(&self, activity: Activity<'_>) {
        if let Err(full) = self.entries.try_send(Entry::Event(Box::new(activity.into_event()))) {
            let entries = self.entries.clone();
            tokio::spawn(async move {
                let _ = entries.send(full.into_inner()).await;
            });
        }
    }

    /// The counters for somebody who is shown everything from there on. Nothing is shown to anybody before what comes with them
    /// is dropped: until then, and not for long, somebody joins the subscribers.
    ///
    /// # Errors
    /// What the store says.
    pub async fn subscribe(&self) -> Result<(Stats, oneshot::Sender<()>), StoreError> {
        let (reply, subscription) = oneshot::channel();
        let _ = self.entries.send(Entry::Subscribe(reply)).await;
        let (stats, joined) = subscription.await.map_err(|_| StoreError::Closed)?;
        Ok((stats?, joined))
    }

    /// Waits until everything told so far has been written.
    pub async fn flush(&self) {
        let (done, flushed) = oneshot::channel();
        if self.entries.send(Entry::Flush(done)).await.is_ok() {
            let _ = flushed.await;
        }
    }

    /// The counters, of all or of one user.
    ///
    /// # Errors
    /// What the store says.
    pub async fn stats(&self, user: Option<&str>) -> Result<Stats, StoreError> {
        self.flush().await;
        self.store.stats(user).await
    }

    /// The newest entries that fit, oldest first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn events(
        &self,
        user: Option<String>,
        session: Option<String>,
        limit: usize,
    ) -> Result<Vec<types::ActivityEvent>, StoreError> {
        self.flush().await;
        let filter = EventFilter { user, session, limit, max_bytes: MAX_ANSWER };
        Ok(self.store.events(filter).await?.into_iter().map(shown).collect())
    }
}

/// Something that has happened.
#[derive(Debug, Clone)]
pub struct Activity<'a> {
    /// What kind.
    pub kind: types::Activity,
    /// What; usually the name of an event.
    pub event: &'a str,
    /// Whose doing.
    pub user: Option<&'a str>,
    /// Where.
    pub session: Option<&'a str>,
    /// The tool whose use it counts as.
    pub tool: Option<&'a str>,
    /// What is known about it.
    pub data: Value,
}

impl Activity<'_> {
    fn into_event(self) -> NewEvent {
        NewEvent {
            timestamp: now(),
            kind: self.kind.as_str().to_owned(),
            event: self.event.to_owned(),
            user: self.user.map(str::to_owned),
            session: self.session.map(str::to_owned),
            tool: self.tool.map(str::to_owned),
            data: if self.data.is_object() { self.data.to_string() } else { "{}".into() },
        }
    }
}

async fn write(mut entries: mpsc::Receiver<Entry>, store: Arc<dyn Store>, emitter: Emitter) {
    let mut batch = Vec::new();
    while entries.recv_many(&mut batch, BATCH).await > 0 {
        let mut events = Vec::new();
        for entry in batch.drain(..) {
            match entry {
                Entry::Event(event) => events.push(*event),
                Entry::Flush(done) => {
                    keep(std::mem::take(&mut events), &store, &emitter).await;
                    let _ = done.send(());
                }
                Entry::Subscribe(reply) => {
                    keep(std::mem::take(&mut events), &store, &emitter).await;
                    let (joining, joined) = oneshot::channel();
                    if reply.send((store.stats(None).await, joining)).is_ok() {
                        let _ = joined.await;
                    }
                }
            }
        }
        keep(events, &store, &emitter).await;
    }
}

/// Writes events down, and shows them.
async fn keep(events: Vec<NewEvent>, store: &Arc<dyn Store>, emitter: &Emitter) {
    if events.is_empty() {
        return;
    }
    match store.append_events(events.clone()).await {
        Ok(ids) => {
            for (id, event) in ids.into_iter().zip(events) {
                emitter.subscribers().monitoring_event(&shown(kept(id, event)));
            }
        }
        Err(error) => tracing::error!(%error, lost = events.len(), "activity could not be logged"),
    }
}

fn kept(id: i64, event: NewEvent) -> Event {
    let NewEvent { timestamp, kind, event, user, session, data, .. } = event;
    Event { id, timestamp, kind, event, user, session, data }
}

fn shown(event: Event) -> types::ActivityEvent {
    types::ActivityEvent {
        id: event.id,
        r#type: event.kind.parse().unwrap_or(types::Activity::System),
        event: event.event,
        user_id: event.user.map(types::UserId::trusted),
        session_id: event.session.map(types::SessionId::trusted),
        data: serde_json::from_str::<Map<String, Value>>(&event.data).unwrap_or_default(),
        timestamp: timestamp(event.timestamp),
    }
}
