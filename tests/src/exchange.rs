//! One client of the server under test: what it asks, what it is answered, and what it sees meanwhile.
//!
//! Whatever arrives is held against the document at once: an event that it does not name, a payload
//! that its type does not allow or an acknowledgement of the wrong shape is a failure whoever sees it.

use std::collections::{BTreeMap, VecDeque};

use parlance_spec::json::{example, validate, validate_payload};
use parlance_spec::model::{ClientEvent, Payload, Returns, ServerEvent, Spec};
use serde_json::{Value, json};

use crate::connection::{Connection, Incoming};
use crate::failure::Trouble;
use crate::transcript::cut;
use crate::wire::{self, Packet};

/// An event of no document: that it is refused proves that everything before it has been answered.
pub(crate) const PROBE: &str = "conformance:no-such-event";

/// Events that one client may be sent within one case.
const MAX_EVENTS: usize = 100_000;

/// How the server answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// `{data: …}`, or what stands in its place where an event `returns` something.
    Data(Value),
    /// `{error: …}`.
    Refused(Value),
}

impl Answer {
    /// The code of a refusal.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Answer::Refused(error) => error.get("code").and_then(Value::as_str),
            Answer::Data(_) => None,
        }
    }

    /// In words, for a report.
    pub(crate) fn describe(&self) -> String {
        match self {
            Answer::Data(data) => cut(&format!("success, {data}")),
            Answer::Refused(error) => cut(&format!("the refusal {error}")),
        }
    }
}

/// A server event that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) name: String,
    /// The payload; null when there was none.
    pub(crate) payload: Value,
}

/// A connected client.
pub(crate) struct Client<'a> {
    /// Name in the case.
    pub(crate) name: String,
    /// Events that nobody has asked for yet, in order.
    pub(crate) stream: VecDeque<Seen>,
    /// What was sent last.
    pub(crate) last_sent: String,
    spec: &'a Spec,
    connection: Connection,
    next_id: u64,
    asked: BTreeMap<u64, String>,
    answers: BTreeMap<u64, Answer>,
    /// What the server waits for an answer to, in order: the event, and the id to answer under.
    owed: VecDeque<(&'a ServerEvent, u64)>,
    /// Whether that is answered by itself, with examples.
    pub(crate) is_polite: bool,
    /// Refusals as events, and as acknowledgements: in the end they are the same.
    refused: Vec<Value>,
    acknowledged: Vec<Value>,
}

impl<'a> Client<'a> {
    /// The document that this client holds the server to.
    pub(crate) fn spec(&self) -> &'a Spec {
        self.spec
    }

    /// Joins the namespace; a refusal is given back as what the server said.
    pub(crate) async fn join(
        spec: &'a Spec,
        name: &str,
        mut connection: Connection,
        auth: Option<&Value>,
    ) -> Result<Result<Client<'a>, Value>, Trouble> {
        // Reports end up in logs, and tokens of real users do not belong there.
        let hidden = auth.map(|auth| match auth.get("token") {
            Some(Value::String(_)) => json!({ "token": "…" }),
            _ => auth.clone(),
        });
        let request = wire::connect(connection.namespace(), hidden.as_ref());
        connection.send_shown_as(wire::connect(connection.namespace(), auth), &request).await?;
        let awaited = || "an answer to the request to connect".to_owned();
        match connection.receive(awaited).await.map_err(|trouble| trouble.sent(&request))? {
            Incoming::Packet(Packet::Connected) => {}
            Incoming::Packet(Packet::ConnectError(error)) => return Ok(Err(error)),
            other => return Err(Trouble::new(awaited(), format!("{other:?}")).sent(&request)),
        }
        Ok(Ok(Client {
            name: name.to_owned(),
            stream: VecDeque::new(),
            last_sent: request,
            spec,
            connection,
            next_id: 0,
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            owed: VecDeque::new(),
            is_polite: true,
            refused: Vec::new(),
            acknowledged: Vec::new(),
        }))
    }

    /// Sends an event and waits for its acknowledgement.
    pub(crate) async fn ask(&mut self, event: &str, arguments: &[Value]) -> Result<Answer, Trouble> {
        let id = self.begin(event, arguments).await?;
        self.answer_to(id, event).await
    }

    /// Sends an event; the id under which it is acknowledged.
    pub(crate) async fn begin(&mut self, event: &str, arguments: &[Value]) -> Result<u64, Trouble> {
        let id = self.next_id;
        self.next_id += 1;
        let (text, attachments) = wire::event(self.connection.namespace(), id, event, arguments);
        self.last_sent = cut(&format!("{}: {text}", self.name));
        self.asked.insert(id, event.to_owned());
        self.send(text, attachments).await?;
        Ok(id)
    }

    /// Waits for the acknowledgement of an event that has been sent.
    pub(crate) async fn answer_to(&mut self, id: u64, event: &str) -> Result<Answer, Trouble> {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return Ok(answer);
            }
            self.pump(|| format!("the acknowledgement of `{event}`")).await?;
        }
    }

    async fn send(&mut self, text: String, attachments: usize) -> Result<(), Trouble> {
        self.connection.send(text).await?;
        for _ in 0..attachments {
            self.connection.send_attachment(vec![1, 2, 3]).await?;
        }
        Ok(())
    }

    /// Answers the oldest event of a name that the server waits for an answer to, which may still have to come.
    pub(crate) async fn answer(&mut self, event: &str, arguments: &[Value]) -> Result<(), Trouble> {
        loop {
            let Some(at) = self.owed.iter().position(|(owed, _)| owed.name == event) else {
                self.pump(|| format!("`{event}`, to answer it")).await?;
                continue;
            };
            let Some((_, id)) = self.owed.remove(at) else { continue };
            let (text, attachments) = wire::ack(self.connection.namespace(), id, arguments);
            self.last_sent = cut(&format!("{}: {text}", self.name));
            return self.send(text, attachments).await;
        }
    }

    /// Whether the server waits for an answer.
    pub(crate) fn owes_answers(&self) -> bool {
        !self.owed.is_empty()
    }

    /// Answers everything that is waited for with examples, as who is asked politely does.
    async fn oblige(&mut self) -> Result<(), Trouble> {
        while let Some((event, id)) = self.owed.pop_front() {
            let arguments = match event.asks.as_ref().map(|asks| &asks.returns) {
                Some(Returns::Type(ty)) => vec![example(self.spec, ty)],
                Some(Returns::Args) | None => Vec::new(),
            };
            let (text, attachments) = wire::ack(self.connection.namespace(), id, &arguments);
            self.send(text, attachments).await?;
        }
        Ok(())
    }

    /// Sends a text frame that may be anything.
    pub(crate) async fn send_raw(&mut self, text: &str) -> Result<(), Trouble> {
        self.last_sent = cut(&format!("{}: {text}", self.name));
        self.connection.send(text.to_owned()).await
    }

    /// The next event; it stays in nobody's way.
    pub(crate) async fn next(&mut self, awaited: impl Fn() -> String) -> Result<Seen, Trouble> {
        loop {
            if let Some(seen) = self.stream.pop_front() {
                return Ok(seen);
            }
            self.pump(&awaited).await?;
        }
    }

    /// Proves by a round trip that everything sent so far is answered and everything received is right:
    /// in particular, that each refusal came as acknowledgement and as event, and none came unasked.
    pub(crate) async fn settle(&mut self) -> Result<(), Trouble> {
        let said_before = self.last_sent.clone();
        let outcome = self.probe_until_balanced().await;
        self.last_sent = said_before;
        outcome.map_err(|trouble| trouble.sent(&self.last_sent))?;
        let Some(refusals) = self.spec.refusals.as_deref() else {
            return Ok(());
        };
        for refusal in std::mem::take(&mut self.refused) {
            match self.acknowledged.iter().position(|known| *known == refusal) {
                Some(index) => _ = self.acknowledged.remove(index),
                None => {
                    let expected = match self.acknowledged.first() {
                        Some(known) => format!("`{refusals}` to say what the acknowledgement said: {known}"),
                        None => format!("no `{refusals}`"),
                    };
                    return Err(
                        Trouble::new(expected, format!("`{refusals}` {refusal}")).sent(&self.last_sent)
                    );
                }
            }
        }
        self.forget_probe(refusals.to_owned());
        Ok(())
    }

    /// Asks for a refusal. Should events be missing after its acknowledgement, another one tells whether
    /// they only come after acknowledgements or not at all: by then all but its own have had to come.
    async fn probe_until_balanced(&mut self) -> Result<(), Trouble> {
        for _ in 0..2 {
            let answer = self.ask(PROBE, &[]).await?;
            if answer.code() != Some("unknown-event") {
                let expected =
                    "the refusal of an unknown event, `unknown-event`, and a connection that lives on";
                return Err(Trouble::new(expected, answer.describe()));
            }
            if self.spec.refusals.is_none() || self.refused.len() >= self.acknowledged.len() {
                return Ok(());
            }
        }
        let refusals = self.spec.refusals.as_deref().unwrap_or_default();
        let awaited = || format!("`{refusals}` with what the acknowledgement of a refusal said");
        if self.refused.len() + 1 < self.acknowledged.len() {
            let got = format!("{} of {}", self.refused.len(), self.acknowledged.len());
            return Err(Trouble::new(awaited(), got));
        }
        while self.refused.len() < self.acknowledged.len() {
            self.pump(awaited).await?;
        }
        Ok(())
    }

    /// The probe's own refusal is nobody's event.
    fn forget_probe(&mut self, refusals: String) {
        self.stream.retain(|seen| {
            seen.name != refusals || seen.payload.get("event").and_then(Value::as_str) != Some(PROBE)
        });
    }

    /// Whether the connection survives whatever was sent raw: `false` when the server closed it.
    pub(crate) async fn lives(&mut self) -> Result<bool, Trouble> {
        let (text, _) = wire::event(self.connection.namespace(), self.next_id, PROBE, &[]);
        let id = self.next_id;
        self.next_id += 1;
        // A connection that is closed already cannot be sent to; receiving says so below.
        _ = self.connection.send(text).await;
        loop {
            let awaited = || "the refusal of what was malformed, or the end of the connection".to_owned();
            match self.connection.receive(awaited).await.map_err(|trouble| trouble.sent(&self.last_sent))? {
                Incoming::Closed(_) => return Ok(false),
                Incoming::Packet(Packet::Ack { id: answered, .. }) if answered == id => return Ok(true),
                Incoming::Packet(_) => {}
                Incoming::Garbage(problem) => {
                    return Err(Trouble::new("packets of the protocol", problem).sent(&self.last_sent));
                }
            }
        }
    }

    /// Closes the connection and waits for the server to do so.
    pub(crate) async fn leave(self) -> Result<(), Trouble> {
        self.connection.close().await
    }

    /// Takes in one thing that came.
    async fn pump(&mut self, awaited: impl Fn() -> String) -> Result<(), Trouble> {
        let incoming = self.connection.receive(&awaited).await;
        let wrong = match incoming.map_err(|trouble| trouble.sent(&self.last_sent))? {
            Incoming::Packet(Packet::Event { name, id, arguments, .. }) => self.event(name, id, arguments),
            Incoming::Packet(Packet::Ack { id, arguments, .. }) => self.acknowledgement(id, arguments),
            Incoming::Packet(other) => Err(Trouble::new(awaited(), format!("{other:?}"))),
            Incoming::Garbage(problem) => Err(Trouble::new("packets of the protocol", problem)),
            Incoming::Closed(reason) => Err(Trouble::new(awaited(), format!("{}: {reason}", self.name))),
        };
        wrong.map_err(|trouble| trouble.sent(&self.last_sent))?;
        if self.is_polite { self.oblige().await } else { Ok(()) }
    }

    fn event(&mut self, name: String, id: Option<u64>, mut arguments: Vec<Value>) -> Result<(), Trouble> {
        let Some(event) = self.spec.server_event(&name) else {
            let got = format!("{} received `{name}`", self.name);
            return Err(Trouble::new("only server events that the document names", got));
        };
        match (&event.asks, id) {
            (Some(_), Some(id)) => self.owed.push_back((event, id)),
            (None, None) => {}
            (Some(_), None) => {
                let expected = format!("`{name}` with an id, to be answered under");
                return Err(Trouble::new(expected, "none").at(event.at));
            }
            (None, Some(id)) => {
                let expected = format!("`{name}` without a wish for an answer, as it returns nothing");
                return Err(Trouble::new(expected, format!("the id {id}")).at(event.at));
            }
        }
        if event.payload != Payload::Args && arguments.len() > 1 {
            let expected = format!("`{name}` with at most one argument");
            return Err(Trouble::new(expected, format!("{}", Value::Array(arguments))).at(event.at));
        }
        if let Err(mismatch) = validate_payload(self.spec, &event.payload, arguments.first(), true) {
            let got = cut(&format!("{mismatch}, in {}", Value::Array(arguments)));
            return Err(
                Trouble::new(format!("a payload of `{name}` as the document has it"), got).at(event.at)
            );
        }
        if self.stream.len() >= MAX_EVENTS {
            return Err(Trouble::new("an end of the events", format!("{MAX_EVENTS} that nobody asked for")));
        }
        let payload = match event.payload {
            Payload::Args => Value::Array(arguments),
            _ if arguments.is_empty() => Value::Null,
            _ => arguments.swap_remove(0),
        };
        if self.spec.refusals.as_deref() == Some(name.as_str()) {
            self.refused.push(payload.clone());
        }
        self.stream.push_back(Seen { name, payload });
        Ok(())
    }

    fn acknowledgement(&mut self, id: u64, mut arguments: Vec<Value>) -> Result<(), Trouble> {
        let Some(event) = self.asked.remove(&id) else {
            return Err(Trouble::new(
                "one acknowledgement for each event",
                format!("another one of the id {id}"),
            ));
        };
        let declared = self.spec.client_event(&event);
        if let Some((declared, returns)) = declared.and_then(|event| Some((event, event.returns.as_ref()?)))
            && !is_refusal(&arguments)
        {
            self.answers.insert(id, returned(self.spec, declared, returns, arguments)?);
            return Ok(());
        }
        let got = cut(&Value::Array(arguments.clone()).to_string());
        let argument = if arguments.len() == 1 { arguments.pop() } else { None };
        let mut only = match argument {
            Some(Value::Object(object)) if object.len() == 1 => object,
            _ => {
                let expected =
                    format!("the acknowledgement of `{event}` to be [{{\"data\":…}}] or [{{\"error\":…}}]");
                return Err(Trouble::new(expected, got));
            }
        };
        let answer = match (only.remove("data"), only.remove("error")) {
            (Some(data), None) => self.data(&event, data)?,
            (None, Some(error)) => self.refusal(&event, error)?,
            _ => {
                let expected = format!("the acknowledgement of `{event}` to have `data` or `error`");
                return Err(Trouble::new(expected, got));
            }
        };
        self.answers.insert(id, answer);
        Ok(())
    }

    fn data(&self, event: &str, data: Value) -> Result<Answer, Trouble> {
        let declared = self.spec.client_event(event);
        let reply = declared.and_then(|event| event.reply.as_deref());
        match reply.and_then(|reply| self.spec.server_event(reply)) {
            Some(reply) => {
                if let Err(mismatch) = validate_payload(self.spec, &reply.payload, Some(&data), true) {
                    let expected =
                        format!("`data` of the acknowledgement of `{event}` to be that of `{}`", reply.name);
                    return Err(Trouble::new(expected, cut(&format!("{mismatch}, in {data}"))).at(reply.at));
                }
            }
            None if declared.is_some() && data != json!({}) => {
                let expected =
                    format!("`data` of the acknowledgement of `{event}` to be {{}}, as it has no reply");
                return Err(Trouble::new(expected, cut(&data.to_string())));
            }
            None => {}
        }
        Ok(Answer::Data(data))
    }

    fn refusal(&mut self, event: &str, error: Value) -> Result<Answer, Trouble> {
        let text = |key: &str| error.get(key).and_then(Value::as_str);
        let wrong = |expected: String| Trouble::new(expected, cut(&format!("`error` {error}")));
        let Some(code) = text("code") else {
            return Err(wrong(format!("a code in the refusal of `{event}`")));
        };
        let Some(message) = self.spec.message(code) else {
            return Err(wrong(format!("a code that the document declares in the refusal of `{event}`")));
        };
        if text("message") != Some(message) {
            return Err(wrong(format!("the message of `{code}`, {message:?}")));
        }
        if text("event") != Some(event) {
            return Err(wrong(format!("the refusal to name its event, {event:?}")));
        }
        let refusals = self.spec.refusals.as_deref().and_then(|name| self.spec.server_event(name));
        if let Some(refusals) = refusals
            && let Err(mismatch) = validate_payload(self.spec, &refusals.payload, Some(&error), true)
        {
            return Err(wrong(format!("a refusal like `{}` ({mismatch})", refusals.name)).at(refusals.at));
        }
        self.acknowledged.push(error.clone());
        Ok(Answer::Refused(error))
    }
}

/// Whether an acknowledgement says no. Of an event that returns any value this may be one, which nobody can tell.
fn is_refusal(arguments: &[Value]) -> bool {
    let [Value::Object(only)] = arguments else { return false };
    only.len() == 1 && only.get("error").is_some_and(|error| error.get("code").is_some_and(Value::is_string))
}

/// The acknowledgement of an event that returns something.
fn returned(
    spec: &Spec,
    event: &ClientEvent,
    returns: &Returns,
    mut arguments: Vec<Value>,
) -> Result<Answer, Trouble> {
    let Returns::Type(ty) = returns else { return Ok(Answer::Data(Value::Array(arguments))) };
    let all = cut(&Value::Array(arguments.clone()).to_string());
    let wrong = |got: String| {
        let expected = format!("the acknowledgement of `{}` to be what the event returns", event.name);
        Trouble::new(expected, got).at(ty.at)
    };
    match (arguments.pop(), arguments.is_empty()) {
        (Some(value), true) => match validate(spec, ty, &value) {
            Ok(()) => Ok(Answer::Data(value)),
            Err(mismatch) => Err(wrong(format!("{mismatch}, in {all}"))),
        },
        _ => Err(wrong(format!("not one argument, but {all}"))),
    }
}
