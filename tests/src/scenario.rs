//! Plays a scenario: several clients, steps, and what each of them must see.

use std::collections::BTreeMap;

use parlance_spec::model::{Action, Returns, Scenario, ServerEvent, Step, Times};
use serde_json::Value;

use crate::exchange::{Answer, Client, Seen};
use crate::failure::Trouble;
use crate::pattern::{Variables, about_something_else, differences, fill};
use crate::stage::{Stage, arguments};
use crate::transcript::cut;

/// Plays a scenario of the document.
pub(crate) async fn play(stage: &mut Stage<'_>, name: &str) -> Result<(), Trouble> {
    let Some(scenario) = stage.spec.scenarios.iter().find(|scenario| scenario.name == name) else {
        return Err(Trouble::new(format!("the scenario `{name}` in the document"), "no such scenario"));
    };
    let mut play = Play { scenario, variables: Variables::new(), actors: BTreeMap::new() };
    for (fixture, clients) in &scenario.given {
        let Some(made_by) = stage.spec.fixtures.iter().find(|known| known.name == *fixture) else {
            let expected = format!("the fixture `{fixture}` in the document");
            return Err(Trouble::new(expected, "no such fixture").at(scenario.at));
        };
        let clients: Vec<(&str, &str)> =
            clients.iter().map(|client| (client.as_str(), play.role(client))).collect();
        let value = stage.make(made_by, &clients).await?;
        play.variables.insert(fixture.clone(), value);
    }
    for (client, _) in &scenario.clients {
        play.connect(stage, client).await.map_err(|trouble| trouble.at(scenario.at))?;
    }
    for (index, step) in scenario.steps.iter().enumerate() {
        play.step(stage, index, step).await.map_err(|trouble| trouble.at(step.at))?;
    }
    for actor in play.actors.values_mut() {
        actor.conclude().await?;
        actor.client.settle().await?;
    }
    Ok(())
}

/// A connected client and how far its stream has been matched.
struct Actor<'a> {
    client: Client<'a>,
    /// Events that were passed over: no step has asked for them.
    passed: Vec<Seen>,
    /// After `gets X+`, more of X may follow before what comes next.
    more: Option<More<'a>>,
    /// How the last event was answered.
    answer: Option<Answer>,
    /// The last event, while its answer is still waited for: what answers depend on comes first.
    begun: Option<Begun<'a>>,
}

/// An event that has been emitted.
struct Begun<'a> {
    id: u64,
    event: &'a str,
    /// Whether the script says that it is refused.
    foretold: bool,
    /// What was sent.
    sent: String,
}

/// What may still follow of `X+` or `X*`.
#[derive(Clone)]
struct More<'a> {
    event: &'a ServerEvent,
    pattern: Value,
    /// What the variables were when the step began: everything else is captured anew each time.
    before: Variables,
}

struct Play<'a> {
    scenario: &'a Scenario,
    variables: Variables,
    actors: BTreeMap<String, Actor<'a>>,
}

impl<'a> Play<'a> {
    fn role(&self, client: &str) -> &'a str {
        self.scenario.clients.iter().find(|(name, _)| name == client).map_or("", |(_, role)| role.as_str())
    }

    async fn connect(&mut self, stage: &mut Stage<'a>, name: &str) -> Result<(), Trouble> {
        let mut client = stage.connect(name, self.role(name)).await?;
        // What is answered, and when, the steps say.
        client.is_polite = false;
        let actor = Actor { client, passed: Vec::new(), more: None, answer: None, begun: None };
        self.actors.insert(name.to_owned(), actor);
        Ok(())
    }

    /// Waits for the answers to what was emitted, unless somebody is being asked something first: that may be what they
    /// depend on.
    async fn conclude(&mut self) -> Result<(), Trouble> {
        if self.actors.values().any(|actor| actor.client.owes_answers()) {
            return Ok(());
        }
        for actor in self.actors.values_mut() {
            actor.conclude().await?;
        }
        Ok(())
    }

    fn actor(&mut self, name: &str) -> Result<&mut Actor<'a>, Trouble> {
        let missing = || Trouble::new(format!("{name} to be connected"), "not connected at this step");
        self.actors.get_mut(name).ok_or_else(missing)
    }

    async fn step(&mut self, stage: &mut Stage<'a>, index: usize, step: &'a Step) -> Result<(), Trouble> {
        match &step.action {
            Action::Emits { client, event, payload } => {
                let payload = payload.as_ref().map(|payload| fill(payload, &self.variables)).transpose();
                let payload = payload.map_err(|name| {
                    Trouble::new(format!("a value for ${name}"), "no step and no fixture gave it one")
                })?;
                let refusal = self.foretold(index, client);
                let arguments = match stage.spec.client_event(event) {
                    Some(event) => arguments(event, payload),
                    None => payload.into_iter().collect(),
                };
                self.conclude().await?;
                let waits = !self.is_answered_meanwhile(index, client);
                let actor = self.actor(client)?;
                actor.emit(event, &arguments, refusal).await?;
                if waits { actor.conclude().await } else { Ok(()) }
            }
            Action::Gets { client, event, times, pattern } => {
                let Some(event) = stage.spec.server_event(event) else {
                    return Err(Trouble::new(format!("the server event `{event}` in the document"), "none"));
                };
                let pattern = pattern.clone().unwrap_or_else(|| Value::Object(Default::default()));
                let names = match client {
                    Some(client) => vec![client.clone()],
                    None => self.actors.keys().cloned().collect(),
                };
                let before = self.variables.clone();
                for name in names {
                    let mut variables = std::mem::take(&mut self.variables);
                    let want = More { event, pattern: pattern.clone(), before: before.clone() };
                    let got = match self.actor(&name) {
                        Ok(actor) => actor.gets(want, *times, &mut variables).await,
                        Err(trouble) => Err(trouble),
                    };
                    self.variables = variables;
                    got?;
                }
                Ok(())
            }
            Action::Answers { client, event, answer } => {
                let answer = fill(answer.as_ref().unwrap_or(&Value::Null), &self.variables);
                let answer = answer.map_err(|name| {
                    Trouble::new(format!("a value for ${name}"), "no step and no fixture gave it one")
                })?;
                let asks = stage.spec.server_event(event).and_then(|event| event.asks.as_ref());
                let arguments = match (asks.map(|asks| &asks.returns), answer) {
                    (Some(Returns::Args), Value::Array(arguments)) => arguments,
                    (_, answer) => vec![answer],
                };
                self.actor(client)?.client.answer(event, &arguments).await
            }
            Action::Refused { client, code } => {
                let refusals = stage.spec.refusals.as_deref();
                self.actor(client)?.was_refused(code, refusals).await
            }
            Action::NobodyGets { event } => {
                for actor in self.actors.values_mut() {
                    actor.has_not_got(event).await?;
                }
                Ok(())
            }
            Action::Disconnects { client } => {
                self.actor(client)?.conclude().await?;
                self.actor(client)?.client.settle().await?;
                match self.actors.remove(client) {
                    Some(actor) => actor.client.leave().await,
                    None => Ok(()),
                }
            }
            Action::Connects { client } => self.connect(stage, client).await,
        }
    }

    /// Whether somebody answers something before the script comes back to what the client emits at this step: its
    /// handler may be waiting for that.
    fn is_answered_meanwhile(&self, index: usize, name: &str) -> bool {
        let later = self.scenario.steps.iter().skip(index + 1);
        let mut decisive = later.filter_map(|step| match &step.action {
            Action::Answers { .. } => Some(true),
            Action::Refused { client, .. }
            | Action::Emits { client, .. }
            | Action::Disconnects { client }
                if client == name =>
            {
                Some(false)
            }
            _ => None,
        });
        decisive.next() == Some(true)
    }

    /// Whether the script says that what the client emits at this step is refused.
    fn foretold(&self, index: usize, name: &str) -> bool {
        let later = self.scenario.steps.iter().skip(index + 1);
        let its = later.filter_map(|step| match &step.action {
            Action::Refused { client, .. } if client == name => Some(true),
            Action::Emits { client, .. } | Action::Disconnects { client } if client == name => Some(false),
            _ => None,
        });
        its.take(1).any(|refused| refused)
    }
}

impl<'a> Actor<'a> {
    /// Emits, after what was emitted before has been answered.
    async fn emit(&mut self, event: &'a str, arguments: &[Value], foretold: bool) -> Result<(), Trouble> {
        self.conclude().await?;
        let id = self.client.begin(event, arguments).await?;
        self.begun = Some(Begun { id, event, foretold, sent: self.client.last_sent.clone() });
        Ok(())
    }

    /// Waits for the answer, so that the order of steps is the order of what happens.
    async fn conclude(&mut self) -> Result<(), Trouble> {
        let Some(Begun { id, event, foretold, sent }) = self.begun.take() else { return Ok(()) };
        let answer = self.client.answer_to(id, event).await?;
        if !foretold && matches!(answer, Answer::Refused(_)) {
            return Err(Trouble::new("success", answer.describe()).sent(&sent));
        }
        self.answer = Some(answer);
        Ok(())
    }

    async fn was_refused(&mut self, code: &str, refusals: Option<&str>) -> Result<(), Trouble> {
        self.conclude().await?;
        let wrong = |got: String| Trouble::new(format!("the refusal `{code}`"), got);
        let error = match self.answer.take() {
            Some(Answer::Refused(error)) if error.get("code").and_then(Value::as_str) == Some(code) => error,
            Some(answer) => return Err(wrong(answer.describe()).sent(&self.client.last_sent)),
            None => return Err(wrong(format!("{} has emitted nothing", self.client.name))),
        };
        self.client.settle().await?;
        // The refusal has been asked for now, as an event too.
        let stream = &mut self.client.stream;
        let event =
            stream.iter().position(|seen| Some(seen.name.as_str()) == refusals && seen.payload == error);
        event.and_then(|index| stream.remove(index));
        Ok(())
    }

    /// Matches the next event that the step is about.
    async fn gets(&mut self, want: More<'a>, times: Times, variables: &mut Variables) -> Result<(), Trouble> {
        if times == Times::AnyNumber {
            self.more = Some(want);
            return Ok(());
        }
        let name = &want.event.name;
        // Of several occurrences each captures for itself; of one, everybody sees the same.
        let repeats = times == Times::OneOrMore;
        let mut nearest = String::new();
        let awaited = |nearest: &str, client: &str| match nearest {
            "" => format!("{client} to get `{name}` with {}", cut(&want.pattern.to_string())),
            nearest => format!("{client} to get `{name}` with {} (one differs in {nearest})", want.pattern),
        };
        loop {
            let client = self.client.name.clone();
            let seen = self.client.next(|| awaited(&nearest, &client)).await?;
            if seen.name != *name {
                self.more_or_other(seen, variables)?;
                continue;
            }
            let mut captured = if repeats { want.before.clone() } else { variables.clone() };
            let found = differences(&want.pattern, &seen.payload, &mut captured);
            if found.is_empty() {
                variables.append(&mut captured);
                self.more = repeats.then_some(want);
                return Ok(());
            }
            if self.is_more(&seen, variables) {
                continue;
            }
            if !about_something_else(self.client.spec(), &want.event.payload, &found) {
                let places: Vec<String> = found.iter().map(|difference| difference.describe()).collect();
                let got = format!("{} in {}", places.join(", "), cut(&seen.payload.to_string()));
                return Err(Trouble::new(awaited("", &client), got).sent(&self.client.last_sent));
            }
            nearest = found.first().map(|difference| difference.describe()).unwrap_or_default();
            self.passed.push(seen);
        }
    }

    /// An event of another name than the step's: more of the step before, or something in between.
    fn more_or_other(&mut self, seen: Seen, variables: &mut Variables) -> Result<(), Trouble> {
        let Some(more) = self.more.as_ref().filter(|more| more.event.name == seen.name) else {
            self.passed.push(seen);
            return Ok(());
        };
        let mut captured = more.before.clone();
        let found = differences(&more.pattern, &seen.payload, &mut captured);
        if found.is_empty() {
            variables.append(&mut captured);
        } else if about_something_else(self.client.spec(), &more.event.payload, &found) {
            self.passed.push(seen);
        } else {
            let places: Vec<String> = found.iter().map(|difference| difference.describe()).collect();
            let expected = format!("more of `{}` with {}", seen.name, cut(&more.pattern.to_string()));
            return Err(Trouble::new(expected, places.join(", ")).sent(&self.client.last_sent));
        }
        Ok(())
    }

    /// Whether an event that is not what the step wants is more of the step before.
    fn is_more(&self, seen: &Seen, variables: &mut Variables) -> bool {
        let Some(more) = self.more.as_ref().filter(|more| more.event.name == seen.name) else {
            return false;
        };
        let mut captured = more.before.clone();
        let is = differences(&more.pattern, &seen.payload, &mut captured).is_empty();
        if is {
            variables.append(&mut captured);
        }
        is
    }

    async fn has_not_got(&mut self, event: &str) -> Result<(), Trouble> {
        self.client.settle().await?;
        let mut all = self.passed.iter().chain(&self.client.stream);
        match all.find(|seen| seen.name == event) {
            None => Ok(()),
            Some(seen) => {
                let expected = format!("no `{event}` that no step has asked for");
                let got = format!("{} got it with {}", self.client.name, cut(&seen.payload.to_string()));
                Err(Trouble::new(expected, got).sent(&self.client.last_sent))
            }
        }
    }
}
