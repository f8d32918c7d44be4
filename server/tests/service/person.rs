//! Somebody with a connection.

use std::collections::VecDeque;

use futures_util::FutureExt;
use parlance_socketio::client::{Client, Config, ConnectError, Incoming, Reason, Signal, Transports};
use parlance_socketio::packet::Prefix;
use serde_json::{Value, json};
use tokio::task::unconstrained;
use tokio::time::timeout;

use super::puppets::DEADLINE;

/// An event that came: its name and its payload.
pub(crate) type Heard = (String, Value);

/// Somebody with a connection, and what has come to them.
pub(crate) struct Person {
    client: Client,
    incoming: Incoming,
    heard: VecDeque<Heard>,
}

/// Connects with a token; why not, otherwise.
pub(crate) async fn connect(url: &str, token: &str) -> Result<Person, ConnectError> {
    let config = Config {
        auth: json!({ "token": token }).into(),
        transports: Transports::WebSocket,
        reconnection: None,
        connect_timeout: DEADLINE,
        ack_timeout: DEADLINE,
        ..Config::new(url)
    };
    let (client, mut incoming) = Client::connect(config).await?;
    assert!(matches!(incoming.next().await, Some(Signal::Connected { .. })));
    Ok(Person { client, incoming, heard: VecDeque::new() })
}

/// The code of a refusal.
pub(crate) fn code(refusal: &Value) -> &str {
    refusal["code"].as_str().unwrap_or("(no code)")
}

impl Person {
    /// Sends an event, and gives its acknowledgement: what is in `data`, or in `error`.
    pub(crate) async fn call(&self, event: &str, payload: Value) -> Result<Value, Value> {
        let prefix = Prefix::event("/", event);
        let payload = (!payload.is_null()).then_some(&payload);
        let answer =
            self.client.call(&prefix, payload).await.unwrap_or_else(|error| panic!("{event}: {error}"));
        let mut answer: Value = serde_json::from_str(answer.get()).unwrap();
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer.get_mut("data").unwrap_or_else(|| panic!("{event}: no data")).take()),
        }
    }

    /// Sends an event while the server may send this connection away; `None` if it has.
    pub(crate) async fn tries(&self, event: &str, payload: Value) -> Option<Result<Value, Value>> {
        let payload = (!payload.is_null()).then_some(&payload);
        let answer = self.client.call(&Prefix::event("/", event), payload).await.ok()?;
        let mut answer: Value = serde_json::from_str(answer.get()).unwrap();
        Some(match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer),
        })
    }

    /// Sends an event that must be acknowledged.
    pub(crate) async fn does(&self, event: &str, payload: Value) -> Value {
        self.call(event, payload).await.unwrap_or_else(|refusal| panic!("{event}: {refusal}"))
    }

    /// Sends an event that must be refused, and gives the code.
    pub(crate) async fn is_refused(&self, event: &str, payload: Value) -> String {
        let refusal = self.call(event, payload).await.expect_err(event);
        assert_eq!(refusal["event"], event);
        code(&refusal).to_owned()
    }

    /// Sends an event and does not wait for anything.
    pub(crate) fn emits(&self, event: &str, payload: &Value) {
        self.client.emit(&Prefix::event("/", event), Some(payload)).unwrap();
    }

    /// Says something in the session that was joined.
    pub(crate) async fn says(&self, content: &str) {
        self.does("chat:message", json!({ "content": content })).await;
    }

    /// Joins a session.
    pub(crate) async fn joins(&self, session: &str) {
        let joined = self.does("join-session", json!({ "sessionId": session })).await;
        assert_eq!(joined, json!({ "sessionId": session }));
    }

    /// What has been said so far.
    pub(crate) async fn history(&self) -> Vec<Value> {
        let mut answer = self.does("chat:get-history", Value::Null).await;
        serde_json::from_value(answer["history"].take()).unwrap()
    }

    /// Who said what, in one line for each turn; `...` where an answer was cut.
    pub(crate) async fn told(&self) -> Vec<String> {
        let line = |turn: &Value| {
            let parts = turn["parts"].as_array().unwrap().iter();
            let text: String = parts.map(|part| part["text"].as_str().unwrap_or("[...]")).collect();
            let who = turn["userId"].as_str().unwrap_or(turn["role"].as_str().unwrap());
            let cut = if turn["partial"] == true { "..." } else { "" };
            format!("{who}: {text}{cut}")
        };
        self.history().await.iter().map(line).collect()
    }

    /// The next thing that comes.
    async fn signal(&mut self) -> Option<Heard> {
        let signal = timeout(DEADLINE, self.incoming.next()).await.unwrap_or_else(|_| {
            panic!("nothing came any more, after {:?}", self.heard);
        });
        match signal {
            Some(Signal::Event(event)) => Some(heard(&event)),
            Some(Signal::Disconnected { reason, .. }) => {
                Some(("disconnect".to_owned(), json!(reason.to_string())))
            }
            Some(_) => None,
            None => panic!("the connection is closed"),
        }
    }

    /// The next event of that name; all that comes before it is passed over.
    pub(crate) async fn next(&mut self, name: &str) -> Value {
        self.until(name).await.pop().unwrap().1
    }

    /// Everything up to the next event of that name, and it.
    pub(crate) async fn until(&mut self, name: &str) -> Vec<Heard> {
        loop {
            if let Some(at) = self.heard.iter().position(|(other, _)| other == name) {
                return self.heard.drain(..=at).collect();
            }
            if let Some(heard) = self.signal().await {
                self.heard.push_back(heard);
            }
        }
    }

    /// Everything that has come until now: what the session had to tell when this was called is among it. Answers to
    /// `chat:get-history` are left out, because that is how it is found out.
    pub(crate) async fn everything(&mut self) -> Vec<Heard> {
        self.history().await;
        self.rest()
    }

    /// Everything that has come already. What was sent before the last acknowledgement is among it.
    pub(crate) fn rest(&mut self) -> Vec<Heard> {
        // Without a budget: it must not seem to be empty because a lot has come.
        while let Some(Some(Signal::Event(event))) = unconstrained(self.incoming.next()).now_or_never() {
            self.heard.push_back(heard(&event));
        }
        self.heard.drain(..).filter(|(name, _)| name != "chat:history").collect()
    }

    /// Waits until the server has sent this connection away.
    pub(crate) async fn is_sent_away(&mut self) {
        assert_eq!(self.next("disconnect").await, json!(Reason::IoServerDisconnect.to_string()));
    }

    /// Goes, without a word.
    pub(crate) async fn goes(mut self) {
        self.client.close();
        while timeout(DEADLINE, self.incoming.next()).await.expect("the connection does not close").is_some()
        {
        }
    }
}

fn heard(event: &parlance_socketio::packet::Event) -> Heard {
    let payload = event.decode::<Value>().unwrap().unwrap_or(Value::Null);
    (event.name().to_owned(), payload)
}

/// The names of events, in order.
pub(crate) fn names(heard: &[Heard]) -> Vec<&str> {
    heard.iter().map(|(name, _)| name.as_str()).collect()
}
