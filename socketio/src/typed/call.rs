//! One client event being handled: decoded, answered or refused.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::check::Validate;
use super::once::{Answered, Memory, Turn};
use super::outgoing::Outgoing;
use super::prefixes::{Named, Prefixed};
use super::refusal::{ErrorCode, Refusal, Refused};
use super::shape::{Mismatch, Shape};
use crate::packet::{Args, ArgsError, Event, Message, Prefix};
use crate::server::{Socket, Target};

/// One client event being handled.
#[derive(Debug)]
pub struct Call<'a, D> {
    socket: &'a Socket<D>,
    event: &'a Event,
    refusals: Option<&'a dyn Named>,
    once: Option<Once<'a>>,
}

/// Of an event that has one effect however often it comes.
#[derive(Debug)]
struct Once<'a> {
    turn: Turn<'a>,
    /// Whether it may have had an effect: only then its answer is that to all that come again.
    is_handled: AtomicBool,
}

#[derive(Serialize)]
struct Answer<'a, T: ?Sized> {
    data: &'a T,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a Refusal<'a>,
}

/// An empty object.
#[derive(Serialize)]
struct Nothing {}

impl<'a, D> Call<'a, D> {
    /// Of an event; `refusals` is the event that carries refusals.
    pub fn new(socket: &'a Socket<D>, event: &'a Event, refusals: Option<&'a dyn Named>) -> Self {
        Self { socket, event, refusals, once: None }
    }

    /// Of an event that has one effect however often it comes, as long as it has the same text in this field. If it has been
    /// handled before, or is being handled, this waits for the answer, gives that, and there is nothing left to do.
    ///
    /// It comes before everything that could refuse the event: that it may not be sent any more does not undo it.
    pub async fn once(mut self, memory: &'a Memory, who: &str, field: &str) -> Option<Self> {
        let fields = self.event.decode::<BTreeMap<String, &RawValue>>().ok().flatten();
        let identity = fields.as_ref().and_then(|fields| fields.get(field));
        let identity = identity.and_then(|text| serde_json::from_str::<String>(text.get()).ok());
        let Some(identity) = identity else { return Some(self) };
        match memory.turn(who, self.socket.namespace(), self.event.name(), &identity).await {
            None => {}
            Some(Ok(turn)) => self.once = Some(Once { turn, is_handled: AtomicBool::new(false) }),
            Some(Err(answered)) => {
                tracing::debug!(event = self.event.name(), socket = %self.socket.id(), "came again");
                self.give(answered);
                return None;
            }
        }
        Some(self)
    }

    /// Tells the client that the event is refused: as an event, and as the acknowledgement if it asked for one. One line of log.
    pub fn refuse(&self, code: &str, message: &str, details: Option<Value>) {
        let name: &str = self.event.name();
        tracing::warn!(
            event = name,
            code,
            details = details.as_ref().map(tracing::field::display),
            socket = %self.socket.id(),
            "refused"
        );
        let refusal = Refusal { message, code, event: name, details };
        let prefix = self.refusals.and_then(|refusals| refusals.of(self.socket.namespace()));
        let event = prefix.map(|prefix| Message::event(&prefix, &refusal));
        self.answer(event, &Failure { error: &refusal });
    }

    /// Decodes the payload; refuses the event and gives `None` if it is not what the document says.
    pub fn decode<T>(&self, shape: &Shape, message: &str) -> Option<T>
    where
        T: Deserialize<'a> + Validate,
    {
        self.decode_if(shape, message, T::is_valid)
    }

    /// The same for a type that does not know its own bounds.
    pub fn decode_if<T>(&self, shape: &Shape, message: &str, is_valid: impl Fn(&T) -> bool) -> Option<T>
    where
        T: Deserialize<'a>,
    {
        let nothing = shape.nothing();
        match self.event.decode::<T>() {
            Ok(Some(payload)) if is_valid(&payload) => return Some(payload),
            // Nothing is the same as an object without fields, where there could be one, or else as `null`.
            Ok(None) => {
                if let Ok(payload) = serde_json::from_str::<T>(nothing)
                    && is_valid(&payload)
                {
                    return Some(payload);
                }
            }
            _ => {}
        }
        match self.diagnose(shape) {
            // `null` is nothing, too.
            Ok(()) => match serde_json::from_str::<T>(nothing) {
                Ok(payload) if is_valid(&payload) && self.event.arguments() == "null" => Some(payload),
                _ => {
                    self.malformed(&Mismatch::new("a payload as described", "something else"), message);
                    None
                }
            },
            Err(Some(mismatch)) => {
                self.malformed(&mismatch, message);
                None
            }
            Err(None) => {
                self.socket.protocol_error();
                None
            }
        }
    }

    /// Of an event without payload: nothing, `null` or `{}`; refuses it and gives `None` otherwise.
    pub fn nothing(&self, message: &str) -> Option<()> {
        match self.event.decode::<Value>() {
            Ok(None | Some(Value::Null)) => Some(()),
            Ok(Some(Value::Object(map))) if map.is_empty() => Some(()),
            Ok(Some(_)) | Err(ArgsError::Data(_) | ArgsError::Surplus) => {
                self.malformed(&Mismatch::new("no payload", "one"), message);
                None
            }
            Err(ArgsError::Syntax(_)) => {
                self.socket.protocol_error();
                None
            }
        }
    }

    /// Any arguments at all, as long as they are JSON.
    pub fn args(&self) -> Option<Args> {
        let args = self.event.args();
        if args.is_none() {
            self.socket.protocol_error();
        }
        args
    }

    /// What is wrong with the payload; `Err(None)` if it is not even JSON.
    fn diagnose(&self, shape: &Shape) -> Result<(), Option<Mismatch>> {
        match self.event.decode::<Value>() {
            // What can be an object takes `null` for an empty one.
            Ok(None | Some(Value::Null)) => shape.check(&shape.empty()).map_err(Some),
            Ok(Some(value)) => shape.check(&value).map_err(Some),
            Err(ArgsError::Surplus) => Err(Some(Mismatch::new("one argument", "more"))),
            // A `Value` takes all JSON, except what is nested too deeply.
            Err(ArgsError::Data(why)) => Err(Some(Mismatch::new("JSON", why.to_string()))),
            Err(ArgsError::Syntax(_)) => Err(None),
        }
    }

    fn malformed(&self, mismatch: &Mismatch, message: &str) {
        self.refuse("invalid-message-format", message, serde_json::to_value(mismatch).ok());
    }

    /// Runs a handler. A panic, and a failure of the server's own, are refused as `internal`; the log knows more.
    pub async fn run<R, E: ErrorCode>(
        &self,
        handler: impl Future<Output = Result<R, Refused<E>>>,
        internal: &str,
    ) -> Option<R> {
        if let Some(once) = &self.once {
            once.is_handled.store(true, Relaxed);
        }
        // What the handler has touched is the application's; its locks are poisoned if they protect something half-done.
        match AssertUnwindSafe(handler).catch_unwind().await {
            Ok(Ok(reply)) => Some(reply),
            Ok(Err(Refused::Declared { error, details })) => {
                self.refuse(error.code(), error.message(), details);
                None
            }
            Ok(Err(Refused::Internal(why))) => {
                tracing::error!(event = self.event.name(), error = why, "a handler failed");
                self.refuse("internal", internal, None);
                None
            }
            Err(_) => {
                tracing::error!(event = self.event.name(), "a handler panicked");
                self.refuse("internal", internal, None);
                None
            }
        }
    }

    /// Answers with a reply: as an event, and as the acknowledgement if the client asked for one.
    pub fn reply<T: Serialize + ?Sized>(&self, prefix: &impl Prefixed, reply: &T) {
        let event = prefix.of(self.socket.namespace()).map(|prefix| Message::event(&prefix, reply));
        self.answer(event, &Answer { data: reply });
    }

    /// Answers with a reply that carries nothing.
    pub fn reply_bare(&self, prefix: &impl Prefixed) {
        let event = prefix.of(self.socket.namespace()).map(|prefix| Ok(Message::bare_event(&prefix)));
        self.answer(event, &Answer { data: &Nothing {} });
    }

    /// Answers an event that has no reply: with an empty acknowledgement, if the client asked for one.
    pub fn done(&self) {
        self.answer(None, &Answer { data: &Nothing {} });
    }

    /// Answers an event that returns a value: with it alone, if the client asked for an acknowledgement.
    pub fn returns<T: Serialize + ?Sized>(&self, value: &T) {
        self.answer(None, value);
    }

    /// Answers an event that returns any arguments: with them, if the client asked for an acknowledgement.
    pub fn returns_args(&self, args: &Args) {
        let answered = Answered { event: None, ack: args.clone() };
        if let Some(once) = self.remembered() {
            once.turn.answered(answered.clone());
        }
        self.give(answered);
    }

    /// Answers: as an event, if there is one for it, and as the acknowledgement if the client asked for one.
    fn answer<T: Serialize + ?Sized>(&self, event: Option<Result<Message, serde_json::Error>>, argument: &T) {
        let event = event.and_then(|event| self.sound(event));
        let Some(once) = self.remembered() else {
            if let Some(event) = event {
                self.socket.send(event);
            }
            let ack = self.event.id().map(|id| Message::ack(self.socket.namespace(), id, argument));
            if let Some(ack) = ack.and_then(|ack| self.sound(ack)) {
                self.socket.send(ack);
            }
            return;
        };
        // Also of one that asked for none: who comes again may. What cannot be written is nothing, as it was done all the same.
        let ack = self.sound(Args::of(argument)).unwrap_or_default();
        let answered = Answered { event, ack };
        once.turn.answered(answered.clone());
        self.give(answered);
    }

    /// Whether this is an answer for all that come again.
    fn remembered(&self) -> Option<&Once<'a>> {
        self.once.as_ref().filter(|once| once.is_handled.load(Relaxed))
    }

    /// Sends an answer.
    fn give(&self, Answered { event, ack }: Answered) {
        if let Some(event) = event {
            self.socket.send(event);
        }
        if let Some(id) = self.event.id() {
            self.socket.send(Message::ack_args(self.socket.namespace(), id, &ack));
        }
    }

    /// What was written, if it could be.
    fn sound<T>(&self, written: Result<T, serde_json::Error>) -> Option<T> {
        written
            .inspect_err(|error| {
                tracing::error!(event = self.event.name(), %error, "an answer does not serialise");
            })
            .ok()
    }
}

/// Sends an event to a target, encoded once; how many it was queued for.
pub fn send<T: Serialize + ?Sized>(target: &Target<'_>, prefix: &impl Prefixed, payload: &T) -> usize {
    match prefix.deliver(target, |prefix| Message::event(prefix, payload)) {
        Ok(count) => count,
        Err(error) => {
            tracing::error!(?prefix, %error, "an event does not serialise");
            0
        }
    }
}

/// Sends an event that carries nothing to a target, encoded once; how many it was queued for.
pub fn send_bare(target: &Target<'_>, prefix: &impl Prefixed) -> usize {
    let Ok(count) = prefix.deliver(target, |prefix| Ok::<_, Infallible>(Message::bare_event(prefix)));
    count
}

/// Sends an event with any arguments to a target, encoded once; how many it was queued for.
pub fn send_args(target: &Target<'_>, prefix: &impl Prefixed, args: &Args) -> usize {
    let Ok(count) =
        prefix.deliver(target, |prefix| Ok::<_, Infallible>(Message::event_args(prefix, None, args)));
    count
}

/// Sends an event that is dropped for whoever cannot take it at once, encoded once; how many could be meant.
pub fn send_volatile(target: &Target<'_>, prefix: &impl Prefixed, payload: impl Outgoing) -> usize {
    let encode = |prefix: &Prefix| payload.message(prefix, None).map(Message::volatile);
    match prefix.deliver(target, encode) {
        Ok(count) => count,
        Err(error) => {
            tracing::error!(?prefix, %error, "an event does not serialise");
            0
        }
    }
}

/// What a handler wants to be done right after its reply has been queued.
#[derive(Default)]
pub struct After(Mutex<Vec<Pin<Box<dyn Future<Output = ()> + Send>>>>);

impl After {
    /// Adds something.
    pub fn add(&self, action: impl Future<Output = ()> + Send + 'static) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Box::pin(action));
    }

    /// Does it all, in order. The next event of the connection waits until all of it is done.
    pub async fn run(self) {
        for action in self.0.into_inner().unwrap_or_else(PoisonError::into_inner) {
            if AssertUnwindSafe(action).catch_unwind().await.is_err() {
                tracing::error!("what was to be done after a reply panicked");
            }
        }
    }
}
