//! Plays one case.

use parlance_spec::cases::{Case, CaseKind};
use parlance_spec::model::{Action, ClientEvent, LeadsTo, Spec, Times};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::exchange::{Answer, Client, PROBE};
use crate::failure::Trouble;
use crate::pattern::Variables;
use crate::scenario;
use crate::stage::Stage;
use crate::target::Target;
use crate::transcript::{Transcript, cut};

/// Text frames that are no packets, or packets of nothing that a client may send.
const MALFORMED: &[&str] = &["42[\"", "42{}", "42[]", "42[null]", "4", "49", "45-[\"x\"]", "x"];

/// Plays a case against a server until it is decided or the deadline has come.
pub(crate) async fn play(
    spec: &Spec,
    case: &Case,
    target: &Target,
    transcript: &Transcript,
    deadline: Instant,
) -> Result<(), Trouble> {
    let mut stage = Stage::new(spec, target, transcript, deadline);
    match &case.kind {
        CaseKind::Accepts { event, .. }
        | CaseKind::Malformed { event, .. }
        | CaseKind::Role { event, .. }
        | CaseKind::State { event, .. }
        | CaseKind::Reply { event, .. }
        | CaseKind::Once { event, .. }
        | CaseKind::LeadsTo { event, .. } => stage.go_to(&[event]),
        CaseKind::Scenario { name } => {
            let scenario = spec.scenarios.iter().find(|scenario| scenario.name == *name);
            let steps = scenario.map_or(&[][..], |scenario| &scenario.steps);
            let events = steps.iter().filter_map(|step| match &step.action {
                Action::Emits { event, .. } | Action::Gets { event, .. } => Some(event.as_str()),
                _ => None,
            });
            stage.go_to(&events.collect::<Vec<_>>());
        }
        _ => {}
    }
    match &case.kind {
        CaseKind::Accepts { event, arguments } => {
            let (event, mut client, arguments) = ready(&mut stage, event, arguments).await?;
            accepted(event, &mut client, &arguments).await?;
            client.settle().await
        }
        CaseKind::Malformed { event, arguments } => {
            // The payload stays as wrong as it is: fixtures could put it right.
            let (event, mut client, _) = ready(&mut stage, event, &[]).await?;
            refused(&mut client, &event.name, arguments, "invalid-message-format").await
        }
        CaseKind::Role { event, role, arguments } => {
            let mut client = stage.connect("alice", role).await?;
            refused(&mut client, event, arguments, "access-denied").await
        }
        CaseKind::State { event, code, arguments } => {
            let declared = declared(spec, event)?;
            let role = declared.role.as_deref().unwrap_or(stage.default_role());
            let mut client = stage.connect("alice", role).await?;
            refused(&mut client, event, arguments, code).await
        }
        CaseKind::Reply { event, arguments } => reply(&mut stage, event, arguments).await,
        CaseKind::Once { event, arguments } => once(&mut stage, event, arguments).await,
        CaseKind::LeadsTo { event, arguments } => leads_to(&mut stage, event, arguments).await,
        CaseKind::Scenario { name } => scenario::play(&mut stage, name).await,
        CaseKind::UnknownEvent => {
            let role = stage.default_role();
            let mut client = stage.connect("alice", role).await?;
            refused(&mut client, PROBE, &[json!({ "any": "thing" })], "unknown-event").await
        }
        CaseKind::MissingToken => {
            no_entry(&stage, None).await?;
            no_entry(&stage, Some(json!({}))).await
        }
        CaseKind::GarbageToken => {
            no_entry(&stage, Some(json!({ "token": "garbage" }))).await?;
            no_entry(&stage, Some(json!({ "token": 42 }))).await?;
            // Looks like a token, but nobody has signed it.
            let unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMH0.";
            no_entry(&stage, Some(json!({ "token": unsigned }))).await
        }
        CaseKind::MalformedPacket => malformed_packets(&mut stage).await,
    }
}

fn declared<'a>(spec: &'a Spec, event: &str) -> Result<&'a ClientEvent, Trouble> {
    let missing = || Trouble::new(format!("the client event `{event}` in the document"), "no such event");
    spec.client_event(event).ok_or_else(missing)
}

/// A client that may send the event, in the state that it needs, and the arguments with the values of fixtures.
async fn ready<'a>(
    stage: &mut Stage<'a>,
    event: &str,
    arguments: &[Value],
) -> Result<(&'a ClientEvent, Client<'a>, Vec<Value>), Trouble> {
    let event = declared(stage.spec, event)?;
    let entrance = event.needs.as_deref().and_then(|state| stage.entrance(state));
    let role = event.role.as_deref().or_else(|| entrance?.role.as_deref()).unwrap_or(stage.default_role());
    let fixtures = match event.needs.is_some() || !arguments.is_empty() {
        true => stage.fixtures("alice", role).await?,
        false => Variables::new(),
    };
    let mut client = stage.connect("alice", role).await?;
    if let Some(state) = &event.needs {
        stage.enter(&mut client, state, &fixtures).await?;
        client.settle().await?;
        // What entering the state led to is not what the case is about.
        client.stream.clear();
    }
    let at_home = |argument: &Value| stage.at_home(&event.payload, argument.clone(), &fixtures);
    let mut arguments: Vec<Value> = arguments.iter().map(at_home).collect();
    if let Some((field, Value::Object(payload))) = event.once.as_ref().zip(arguments.first_mut()) {
        // The example's own may have been used already, by whoever was judged before with the same token.
        payload.entry(field).and_modify(|identity| *identity = stage.identity().into());
    }
    Ok((event, client, arguments))
}

/// Sends the event, which succeeds or is refused for a reason of its own; success gives the answer's data.
async fn accepted(
    event: &ClientEvent,
    client: &mut Client<'_>,
    arguments: &[Value],
) -> Result<Option<Value>, Trouble> {
    match client.ask(&event.name, arguments).await? {
        Answer::Data(data) => Ok(Some(data)),
        answer if event.errors.iter().any(|code| Some(code.as_str()) == answer.code()) => Ok(None),
        answer => {
            let or = match event.errors.is_empty() {
                true => String::new(),
                false => format!(", or a refusal with one of its own codes ({})", event.errors.join(", ")),
            };
            Err(Trouble::new(format!("success{or}"), answer.describe()).sent(&client.last_sent))
        }
    }
}

/// Like [`accepted`], for cases that say something only about success.
async fn succeeded(
    event: &ClientEvent,
    client: &mut Client<'_>,
    arguments: &[Value],
) -> Result<Value, Trouble> {
    let answer = client.ask(&event.name, arguments).await?;
    match answer {
        Answer::Data(data) => Ok(data),
        Answer::Refused(_) => {
            let expected =
                format!("the example of `{}` to succeed, as the case is about what follows", event.name);
            Err(Trouble::new(expected, answer.describe()).sent(&client.last_sent))
        }
    }
}

async fn refused(
    client: &mut Client<'_>,
    event: &str,
    arguments: &[Value],
    code: &str,
) -> Result<(), Trouble> {
    let answer = client.ask(event, arguments).await?;
    if answer.code() != Some(code) {
        return Err(Trouble::new(format!("the refusal `{code}`"), answer.describe()).sent(&client.last_sent));
    }
    client.settle().await
}

async fn reply(stage: &mut Stage<'_>, event: &str, arguments: &[Value]) -> Result<(), Trouble> {
    let (event, mut client, arguments) = ready(stage, event, arguments).await?;
    let reply = event.reply.as_deref().unwrap_or_default();
    let data = succeeded(event, &mut client, &arguments).await?;
    client.settle().await?;
    let expected = format!("`{reply}` once, with what the acknowledgement said: {}", cut(&data.to_string()));
    let replies: Vec<&Value> =
        client.stream.iter().filter(|seen| seen.name == reply).map(|seen| &seen.payload).collect();
    match replies.as_slice() {
        [payload] if **payload == data || (payload.is_null() && data == json!({})) => Ok(()),
        [] => Err(Trouble::new(expected, format!("no `{reply}`")).sent(&client.last_sent)),
        [payload] => Err(Trouble::new(expected, cut(&payload.to_string())).sent(&client.last_sent)),
        many => Err(Trouble::new(expected, format!("{} of them", many.len())).sent(&client.last_sent)),
    }
}

/// The same again, over the same connection and over another of the same user: one effect, and the same answer.
async fn once(stage: &mut Stage<'_>, event: &str, arguments: &[Value]) -> Result<(), Trouble> {
    let (event, mut client, mut arguments) = ready(stage, event, arguments).await?;
    if let Some((field, Value::Object(payload))) = event.once.as_ref().zip(arguments.first_mut()) {
        payload.insert(field.clone(), stage.identity().into());
    }
    let first = client.ask(&event.name, &arguments).await?;
    let is_refusal = first.code().is_some();
    if is_refusal && !event.errors.iter().any(|code| Some(code.as_str()) == first.code()) {
        let expected = "success, or a refusal with one of its own codes".to_owned();
        return Err(Trouble::new(expected, first.describe()).sent(&client.last_sent));
    }
    let mut seen = Vec::new();
    if !is_refusal {
        required(event, &mut client, &mut seen).await?;
    }
    let same = |again: Answer, client: &Client<'_>, which: &str| {
        if again == first {
            return Ok(());
        }
        let expected = format!("{which} to be answered as the first time: {}", first.describe());
        Err(Trouble::new(expected, again.describe()).sent(&client.last_sent))
    };
    let again = client.ask(&event.name, &arguments).await?;
    same(again, &client, "the same event")?;
    client.settle().await?;
    // Only now: the state may be one of which a user has but one.
    let (_, mut other, _) = ready(stage, &event.name, &arguments).await?;
    let again = other.ask(&event.name, &arguments).await?;
    same(again, &other, "the same event over another connection of the same user")?;
    other.settle().await?;
    // What the first led to has come: whatever comes here is of the last.
    let once = |name: &String| {
        event.leads_to.iter().any(|clause| clause.times == Times::Once && clause.any_of.contains(name))
    };
    if let Some(surplus) = other.stream.iter().find(|seen| once(&seen.name)) {
        let expected = format!("no `{}` again", surplus.name);
        return Err(Trouble::new(expected, cut(&surplus.payload.to_string())).sent(&other.last_sent));
    }
    client.settle().await?;
    seen.extend(client.stream.drain(..).map(|seen| seen.name));
    no_more_than_once(event, &client, &seen)
}

/// Required clauses are kept in their order; what may come any number of times may come anywhere.
async fn leads_to(stage: &mut Stage<'_>, event: &str, arguments: &[Value]) -> Result<(), Trouble> {
    let (event, mut client, arguments) = ready(stage, event, arguments).await?;
    succeeded(event, &mut client, &arguments).await?;
    let mut seen = Vec::new();
    required(event, &mut client, &mut seen).await?;
    client.settle().await?;
    seen.extend(client.stream.drain(..).map(|seen| seen.name));
    no_more_than_once(event, &client, &seen)
}

fn names(clause: &LeadsTo) -> String {
    clause.any_of.join("` or `")
}

/// Waits for what must come.
async fn required(
    event: &ClientEvent,
    client: &mut Client<'_>,
    seen: &mut Vec<String>,
) -> Result<(), Trouble> {
    for clause in event.leads_to.iter().filter(|clause| clause.times != Times::AnyNumber) {
        loop {
            let arrived = client.next(|| format!("`{}`", names(clause))).await?;
            let is_it = clause.any_of.contains(&arrived.name);
            seen.push(arrived.name);
            if is_it {
                break;
            }
        }
    }
    Ok(())
}

/// Holds what came to what may come once.
fn no_more_than_once(event: &ClientEvent, client: &Client<'_>, seen: &[String]) -> Result<(), Trouble> {
    for clause in event.leads_to.iter().filter(|clause| clause.times == Times::Once) {
        // A name that stands in several clauses may come once for each of them.
        let shared = |name: &String| {
            event.leads_to.iter().filter(|other| *other != clause).any(|other| other.any_of.contains(name))
        };
        let count = seen.iter().filter(|name| clause.any_of.contains(name) && !shared(name)).count();
        if count > 1 {
            let expected = format!("`{}` once", names(clause));
            return Err(Trouble::new(expected, format!("{count} of them")).sent(&client.last_sent));
        }
    }
    Ok(())
}

async fn no_entry(stage: &Stage<'_>, auth: Option<Value>) -> Result<(), Trouble> {
    let spec = stage.spec;
    let connection = stage.open("mallory").await?;
    let sent = auth.as_ref().map_or("no token".to_owned(), |auth| format!("the token of {auth}"));
    let message = spec.message("authentication-failed").unwrap_or_default();
    let right = json!({ "message": message, "data": { "code": "authentication-failed" } });
    let wrong =
        |got: String| Trouble::new(format!("the connection to be refused with {right}"), got).sent(&sent);
    match Client::join(spec, "mallory", connection, auth.as_ref()).await? {
        Ok(_) => Err(wrong("it was accepted".to_owned())),
        Err(error) => {
            let says = |pointer: &str| error.pointer(pointer) == right.pointer(pointer);
            let right = says("/message") && says("/data/code");
            if right { Ok(()) } else { Err(wrong(cut(&error.to_string()))) }
        }
    }
}

async fn malformed_packets(stage: &mut Stage<'_>) -> Result<(), Trouble> {
    let role = stage.default_role();
    let mut bystander = stage.connect("bob", role).await?;
    for text in MALFORMED {
        let mut client = stage.connect("mallory", role).await?;
        client.send_raw(text).await?;
        // Closed or refused, both are right; silence for ever and harm to others are not.
        client.lives().await?;
        bystander.settle().await.map_err(|trouble| trouble.sent(&client.last_sent))?;
    }
    Ok(())
}
