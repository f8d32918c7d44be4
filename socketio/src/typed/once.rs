//! Events that have one effect however often they come: what they were answered is kept, within bounds, and said again.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::packet::{Args, Message};

/// How long an answer is kept: longer than a client tries again.
const KEPT_FOR: Duration = Duration::from_secs(10 * 60);

/// Answers that are kept for one user; an older one makes room. So nobody's can be pushed out by a single other one.
const PER_USER: usize = 256;

/// Bytes of them, for the same reason. As much as a client may be behind by: what is longer reaches nobody.
const BYTES_PER_USER: usize = 4 << 20;

/// Answers that are kept for all.
const ALL: usize = 65_536;

/// Bytes of all answers that are kept, and of the identities they are kept under.
const BYTES: usize = 32 << 20;

/// The longest identity that is looked for, in bytes; a checked document allows none that is longer.
const MAX_IDENTITY: usize = 1024;

/// What events that have one effect were answered. One for all connections of an application.
#[derive(Debug, Default)]
pub struct Memory(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// What is being handled; ready when it is not any more.
    pending: HashMap<Key, watch::Receiver<()>>,
    users: HashMap<Arc<str>, User>,
    /// Whose is the oldest.
    order: BTreeMap<u64, Arc<str>>,
    last: u64,
    bytes: usize,
}

/// Who, and which event of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    who: Arc<str>,
    which: Box<str>,
}

/// What is kept for one user, the oldest first.
#[derive(Debug, Default)]
struct User {
    kept: VecDeque<Kept>,
    bytes: usize,
}

#[derive(Debug)]
struct Kept {
    which: Box<str>,
    number: u64,
    since: Instant,
    bytes: usize,
    answered: Answered,
}

/// What an event was answered.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// The reply or the refusal, as an event.
    pub(crate) event: Option<Message>,
    /// The same, as an acknowledgement.
    pub(crate) ack: Args,
}

impl Answered {
    fn bytes(&self) -> usize {
        let attachments: usize = self.ack.attachments().iter().map(|attachment| attachment.len()).sum();
        // With attachments, it is kept as msgpack as well once it was sent so.
        let forms = |event: &Message| if event.packets() > 1 { 2 } else { 1 };
        let event = self.event.as_ref().map_or(0, |event| event.size() * forms(event));
        event + self.ack.json().len() + attachments
    }
}

/// An event that is being handled. Whoever waits for its answer goes on when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    memory: &'a Memory,
    key: Key,
    _ended: watch::Sender<()>,
}

impl Memory {
    /// That remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of an event, if it has not come before; else what it was answered, once it has been. `None` for an identity
    /// that none can be.
    pub(crate) async fn turn(
        &self,
        who: &str,
        namespace: &str,
        event: &str,
        identity: &str,
    ) -> Option<Result<Turn<'_>, Answered>> {
        if identity.is_empty() || identity.len() > MAX_IDENTITY {
            return None;
        }
        // The first two are names of the document, so that no two events are the same one.
        let which = format!("{namespace}\n{event}\n{identity}").into_boxed_str();
        let key = Key { who: who.into(), which };
        loop {
            let mut before = {
                let mut state = self.lock();
                if let Some(answered) = state.recall(&key, Instant::now()) {
                    return Some(Err(answered));
                }
                match state.pending.get(&key) {
                    Some(pending) => pending.clone(),
                    None => {
                        let (ended, pending) = watch::channel(());
                        state.pending.insert(key.clone(), pending);
                        drop(state);
                        return Some(Ok(Turn { memory: self, key, _ended: ended }));
                    }
                }
            };
            // Never changes: ends when the turn does.
            while before.changed().await.is_ok() {}
        }
    }
}

impl User {
    fn has_too_much(&self) -> bool {
        self.kept.len() > PER_USER || self.bytes > BYTES_PER_USER
    }
}

impl Turn<'_> {
    /// It was answered, which is what everybody is told from now on.
    pub(crate) fn answered(&self, Answered { event, ack }: Answered) {
        // What was taken from an event must not keep all that came with it.
        let answered = Answered { event, ack: ack.detached() };
        self.memory.lock().keep(&self.key, answered, Instant::now());
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.memory.lock().pending.remove(&self.key);
    }
}

impl State {
    fn recall(&mut self, key: &Key, now: Instant) -> Option<Answered> {
        self.forget(now);
        let kept = self.users.get(&key.who)?.kept.iter().find(|kept| kept.which == key.which)?;
        Some(kept.answered.clone())
    }

    fn keep(&mut self, key: &Key, answered: Answered, now: Instant) {
        self.last += 1;
        let bytes = answered.bytes() + key.which.len() + key.who.len();
        let kept = Kept { which: key.which.clone(), number: self.last, since: now, bytes, answered };
        self.order.insert(self.last, Arc::clone(&key.who));
        self.bytes += bytes;
        let user = self.users.entry(Arc::clone(&key.who)).or_default();
        user.kept.push_back(kept);
        user.bytes += bytes;
        while self.users.get(&key.who).is_some_and(User::has_too_much) {
            self.drop_oldest_of(&key.who);
        }
        self.forget(now);
    }

    /// Drops what is too old, and the oldest of what is too much.
    fn forget(&mut self, now: Instant) {
        while let Some((_, who)) = self.order.first_key_value() {
            let Some(oldest) = self.users.get(who).and_then(|user| user.kept.front()) else {
                self.order.pop_first();
                continue;
            };
            let is_old = now.saturating_duration_since(oldest.since) >= KEPT_FOR;
            if !is_old && self.bytes <= BYTES && self.order.len() <= ALL {
                return;
            }
            let who = Arc::clone(who);
            self.drop_oldest_of(&who);
        }
    }

    fn drop_oldest_of(&mut self, who: &Arc<str>) {
        let Some(user) = self.users.get_mut(who) else { return };
        if let Some(kept) = user.kept.pop_front() {
            self.order.remove(&kept.number);
            self.bytes -= kept.bytes;
            user.bytes -= kept.bytes;
        }
        if user.kept.is_empty() {
            self.users.remove(who);
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn key(who: &str, which: usize) -> Key {
        Key { who: who.into(), which: which.to_string().into() }
    }

    fn answered(text: &str) -> Answered {
        Answered { event: None, ack: Args::of(text).unwrap() }
    }

    fn said(state: &mut State, key: &Key, now: Instant) -> Option<String> {
        state.recall(key, now).map(|answered| answered.ack.json().to_owned())
    }

    #[test]
    fn answers_are_kept_for_a_while_and_apart() {
        let (mut state, now) = (State::default(), Instant::now());
        state.keep(&key("ann", 1), answered("a"), now);
        state.keep(&key("ben", 1), answered("b"), now + Duration::from_secs(1));
        assert_eq!(said(&mut state, &key("ann", 1), now).as_deref(), Some("\"a\""));
        assert_eq!(said(&mut state, &key("ben", 1), now).as_deref(), Some("\"b\""));
        assert_eq!(said(&mut state, &key("ann", 2), now), None);
        assert_eq!(said(&mut state, &key("ann", 1), now + KEPT_FOR), None);
        assert!(said(&mut state, &key("ben", 1), now + KEPT_FOR).is_some());
        assert!(said(&mut state, &key("ben", 1), now + KEPT_FOR * 2).is_none());
        assert!(state.users.is_empty() && state.order.is_empty() && state.bytes == 0);
    }

    #[test]
    fn who_says_much_pushes_out_their_own() {
        let (mut state, now) = (State::default(), Instant::now());
        state.keep(&key("ann", 0), answered("a"), now);
        for number in 0..=PER_USER {
            state.keep(&key("ben", number), answered("b"), now);
        }
        assert!(said(&mut state, &key("ann", 0), now).is_some());
        assert!(said(&mut state, &key("ben", 0), now).is_none());
        assert!(said(&mut state, &key("ben", PER_USER), now).is_some());
        assert_eq!(state.order.len(), PER_USER + 1);
    }

    #[test]
    fn who_gets_long_answers_pushes_out_their_own() {
        let (mut state, now) = (State::default(), Instant::now());
        state.keep(&key("ann", 0), answered("a"), now);
        let long = "x".repeat(BYTES_PER_USER / 4);
        for number in 0..100 {
            state.keep(&key("ben", number), answered(&long), now);
        }
        assert!(said(&mut state, &key("ann", 0), now).is_some());
        assert!(said(&mut state, &key("ben", 99), now).is_some() && state.order.len() == 4);
        // What is too long for anybody is not kept, and nobody's answer makes room for it.
        state.keep(&key("cho", 0), answered(&"x".repeat(BYTES)), now);
        assert!(!state.users.contains_key("cho") && state.order.len() == 4);
    }

    #[tokio::test]
    async fn a_part_of_an_event_that_is_answered_does_not_keep_the_whole() {
        let memory = Memory::new();
        let frame = Bytes::from(vec![7; 1 << 20]);
        let ack = Args::of("a").unwrap().with_attachments(vec![frame.slice(..1)]);
        let turn = memory.turn("ann", "/", "vote", "1").await.unwrap().unwrap();
        turn.answered(Answered { event: None, ack });
        assert!(frame.is_unique());
        drop(turn);
        let kept = memory.turn("ann", "/", "vote", "1").await.unwrap().unwrap_err();
        assert_eq!((kept.ack.json(), kept.ack.attachments()), ("\"a\"", &[Bytes::from_static(&[7])][..]));
    }

    #[test]
    fn all_together_have_a_bound_in_bytes_and_in_number() {
        let (mut state, now) = (State::default(), Instant::now());
        let large = "x".repeat(BYTES / 16);
        for number in 0..17 {
            state.keep(&key(&number.to_string(), 0), answered(&large), now);
        }
        assert!(state.bytes <= BYTES && state.order.len() == 15, "{}", state.order.len());
        assert!(
            said(&mut state, &key("16", 0), now).is_some() && said(&mut state, &key("1", 0), now).is_none()
        );
        for number in 0..ALL + 10 {
            state.keep(&key(&format!("u{number}"), 0), answered(""), now);
        }
        assert_eq!((state.order.len(), state.users.len()), (ALL, ALL));
    }

    #[tokio::test]
    async fn who_comes_while_it_is_handled_waits_for_the_answer_or_for_a_turn() {
        let memory = Memory::new();
        let turn = |identity: &'static str| memory.turn("ann", "/", "vote", identity);
        let first = turn("1").await.unwrap().unwrap();
        let (second, ()) = tokio::join!(turn("1"), async {
            first.answered(answered("a"));
            drop(first);
        });
        assert_eq!(second.unwrap().unwrap_err().ack.json(), "\"a\"");
        let first = turn("2").await.unwrap().unwrap();
        let (second, ()) = tokio::join!(turn("2"), async { drop(first) });
        assert!(second.unwrap().is_ok(), "what came to nothing is not kept");
        assert!(memory.lock().pending.is_empty());
        assert!(turn("").await.is_none() && memory.turn("", "", "", &"x".repeat(2000)).await.is_none());
    }
}
