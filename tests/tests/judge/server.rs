//! A server of `board.yaml`, written by hand and right, unless it is told to be wrong in one way.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{SinkExt, StreamExt};
use parlance_conformance::Target;
use parlance_spec::Spec;
use parlance_spec::json::validate_payload;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::mutants::Mutant;

/// Starts a server on a port of its own; it ends with the runtime that it was started in.
pub async fn start(spec: Arc<Spec>, mutant: Option<Mutant>) -> Target {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Arc::new(Server { spec, mutant, hall: Mutex::default(), next: AtomicU64::new(1) });
    let accepting = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(server.clone(), stream));
        }
    });
    Target::new(url, |user, role| format!("token {user} {role}"), Accepting(accepting))
}

/// Ends the accepting task when it is dropped.
struct Accepting(tokio::task::JoinHandle<()>);

impl Drop for Accepting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

type Outbox = mpsc::UnboundedSender<Message>;

#[derive(Default)]
struct Hall {
    boards: BTreeMap<String, Board>,
    /// Every connection, the board it has opened, and the way to it.
    people: BTreeMap<u64, (Option<String>, Outbox)>,
    /// What was answered to whom, by the identity of the event.
    answered: BTreeMap<(String, String), Result<Value, Refusal>>,
}

#[derive(Default)]
struct Board {
    counts: BTreeMap<String, u64>,
    closed: bool,
}

struct Server {
    spec: Arc<Spec>,
    mutant: Option<Mutant>,
    hall: Mutex<Hall>,
    next: AtomicU64,
}

async fn serve(server: Arc<Server>, mut stream: TcpStream) {
    let mut head = [0; 5];
    while stream.peek(&mut head).await.is_ok_and(|count| (1..head.len()).contains(&count)) {}
    if head.starts_with(b"POST ") {
        return make_board(&server, &mut stream).await;
    }
    stream.set_nodelay(true).unwrap();
    let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let (mut sink, mut frames) = socket.split();
    let (outbox, mut outgoing) = mpsc::unbounded_channel();
    let writer = tokio::spawn(async move {
        while let Some(frame) = outgoing.recv().await {
            if sink.send(frame).await.is_err() {
                return;
            }
        }
        _ = sink.close().await;
    });
    let id = server.next.fetch_add(1, Ordering::Relaxed);
    let open = json!({ "sid": id.to_string(), "upgrades": [], "pingInterval": 25000, "pingTimeout": 20000, "maxPayload": 1000000 });
    _ = outbox.send(Message::text(format!("0{open}")));
    // A heartbeat at once: whoever does not answer it is let go.
    _ = outbox.send(Message::text("2"));
    let mut person = Person {
        server: server.clone(),
        id,
        role: None,
        user: String::new(),
        alive: false,
        outbox,
        asking: BTreeMap::new(),
        asked: 0,
    };
    while let Some(Ok(frame)) = frames.next().await {
        let goes_on = match frame {
            Message::Text(text) if text.as_str() == "3" => {
                person.alive = true;
                true
            }
            Message::Text(text) => person.packet(&text),
            Message::Close(_) => false,
            _ => true,
        };
        if !goes_on {
            break;
        }
    }
    server.hall().people.remove(&id);
    drop(person);
    _ = writer.await;
}

async fn make_board(server: &Server, stream: &mut TcpStream) {
    let mut request = Vec::new();
    let body = loop {
        let mut piece = [0; 1024];
        let count = stream.read(&mut piece).await.unwrap_or_default();
        request.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let body = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str::<Value>(body).ok());
        if body.is_some() || count == 0 {
            break body.filter(|_| text.starts_with("POST /api/boards ") && text.contains("Bearer token "));
        }
    };
    let members = body.as_ref().and_then(|body| body["members"].as_array()).map_or(0, Vec::len);
    let (status, answer) = match members {
        0 => ("400 Bad Request", json!({ "error": "members and a token are needed" })),
        _ => {
            let name = format!("board-{}", server.next.fetch_add(1, Ordering::Relaxed));
            server.hall().boards.insert(name.clone(), Board::default());
            ("201 Created", json!({ "board": name }))
        }
    };
    let answer = answer.to_string();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{answer}", answer.len());
    _ = stream.write_all(answer.as_bytes()).await;
}

impl Server {
    fn hall(&self) -> MutexGuard<'_, Hall> {
        self.hall.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }
}

/// One connection.
struct Person {
    server: Arc<Server>,
    id: u64,
    role: Option<String>,
    user: String,
    alive: bool,
    outbox: Outbox,
    /// What is acknowledged when the answer to a question comes: the id of the event, by that of the question.
    asking: BTreeMap<u64, String>,
    /// Questions so far.
    asked: u64,
}

/// A refusal: the code, and more about it.
type Refusal = (String, Option<String>);

/// What a handler does: data of the acknowledgement, and events for the caller or else the board.
type Outcome = Result<(Value, Vec<(Option<String>, &'static str, Value)>), Refusal>;

impl Person {
    /// Handles a frame; `false` ends the connection.
    fn packet(&mut self, text: &str) -> bool {
        let Some(packet) = text.strip_prefix('4') else { return false };
        if let Some(auth) = packet.strip_prefix('0') {
            self.connect(auth);
            return true;
        }
        if let Some(answer) = packet.strip_prefix('3') {
            return self.answered(answer);
        }
        let rest = packet.strip_prefix('2').filter(|_| self.role.is_some() && self.alive);
        let event = rest.and_then(|rest| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let mut array: Vec<Value> = serde_json::from_str(&rest[digits..]).ok()?;
            let name = if array.is_empty() { None } else { array.remove(0).as_str().map(str::to_owned) };
            Some((rest[..digits].to_owned(), name?, array))
        });
        match event {
            Some((id, name, arguments)) if name == "ask-mood" && self.check(&name, &arguments).is_ok() => {
                self.ask(id);
            }
            Some((id, name, arguments)) => self.event(&id, &name, &arguments),
            None => {
                if self.server.is(Mutant::OneMalformedPacketEndsAll) {
                    for (_, outbox) in self.server.hall().people.values() {
                        _ = outbox.send(Message::Close(None));
                    }
                }
                return false;
            }
        }
        true
    }

    /// Asks for a mood; the rest is done when the answer has come.
    fn ask(&mut self, id: String) {
        if self.server.is(Mutant::AsksWithoutAnId) {
            _ = self.outbox.send(Message::text(r#"42["how-are-you"]"#));
            return self.told(&id, &json!("glad"));
        }
        self.asked += 1;
        self.asking.insert(self.asked, id);
        _ = self.outbox.send(Message::text(format!(r#"42{}["how-are-you"]"#, self.asked)));
    }

    /// An answer has come; `false` if nothing was asked.
    fn answered(&mut self, answer: &str) -> bool {
        let digits = answer.bytes().take_while(u8::is_ascii_digit).count();
        let id = answer[..digits].parse().ok().and_then(|asked| self.asking.remove(&asked));
        let arguments: Option<[Value; 1]> = serde_json::from_str(&answer[digits..]).ok();
        let (Some(id), Some([mood])) = (id, arguments) else { return false };
        let mood = if self.server.is(Mutant::HearsWhatItLikes) { json!("glad") } else { mood };
        self.told(&id, &mood);
        true
    }

    fn told(&self, id: &str, mood: &Value) {
        _ = self.outbox.send(Message::text(format!(r#"43{id}[{{"data":{{}}}}]"#)));
        self.emit(None, "mood-told", &json!({ "mood": mood }));
    }

    fn connect(&mut self, auth: &str) {
        let auth: Value = serde_json::from_str(auth).unwrap_or_default();
        let words: Vec<&str> = auth["token"].as_str().unwrap_or_default().split(' ').collect();
        self.user = words.get(1).copied().unwrap_or_default().to_owned();
        self.role = match words.as_slice() {
            ["token", _, role] => Some((*role).to_owned()),
            _ if self.server.is(Mutant::BelievesAnyToken) && auth["token"].is_string() => {
                Some("voter".to_owned())
            }
            _ => None,
        };
        let answer = match self.role {
            Some(_) => {
                self.server.hall().people.insert(self.id, (None, self.outbox.clone()));
                format!("40{}", json!({ "sid": self.id.to_string() }))
            }
            None => {
                let data = json!({ "code": "authentication-failed" });
                format!("44{}", json!({ "message": "Authentication failed", "data": data }))
            }
        };
        _ = self.outbox.send(Message::text(answer));
    }

    fn event(&self, id: &str, name: &str, arguments: &[Value]) {
        let server = self.server.clone();
        if server.is(Mutant::NeverAnswersARecount) && name == "recount" {
            return;
        }
        let acknowledge =
            |answer: Value| _ = self.outbox.send(Message::text(format!("43{id}{}", json!([answer]))));
        match self.handle_once(name, arguments) {
            Ok((greeting, _)) if name == "greet" => {
                let arguments = match server.mutant {
                    Some(Mutant::ReturnsAnEnvelope) => json!([{ "data": greeting }]),
                    Some(Mutant::ReturnsNothing) => json!([]),
                    Some(Mutant::ReturnsAnotherType) => json!([""]),
                    _ => json!([greeting]),
                };
                _ = self.outbox.send(Message::text(format!("43{id}{arguments}")));
            }
            Ok((data, events)) => {
                let data = if server.is(Mutant::AcknowledgesWithoutData) {
                    json!("ok")
                } else {
                    json!({ "data": data })
                };
                acknowledge(data.clone());
                if server.is(Mutant::AcknowledgesTwice) && name == "vote" {
                    acknowledge(data);
                }
                for (board, event, payload) in events {
                    self.emit(board.as_deref(), event, &payload);
                }
            }
            Err((code, details)) => {
                let message = match server.spec.message(&code) {
                    Some(_) if server.is(Mutant::InventsMessages) => "Oh no",
                    Some(message) => message,
                    None => "undeclared",
                };
                let mut error = json!({ "code": code, "message": message, "event": name });
                if let Some(details) = details {
                    error["details"] = json!(details);
                }
                if !server.is(Mutant::RefusesInTheAcknowledgementOnly) {
                    self.emit(None, "refused", &error);
                }
                acknowledge(json!({ "error": error }));
            }
        }
    }

    /// Sends an event to the caller, or to everybody at a board.
    fn emit(&self, board: Option<&str>, event: &str, payload: &Value) {
        // What need not be answered has no id.
        let id = if self.server.is(Mutant::AsksWhatReturnsNothing) && event == "counted" { "7" } else { "" };
        let frame = Message::text(format!("42{id}{}", json!([event, payload])));
        let send = |outbox: &Outbox| _ = outbox.send(frame.clone());
        match board {
            Some(board) if !self.server.is(Mutant::TellsTheCallerOnly) => {
                let everybody = self.server.is(Mutant::TellsEverybody);
                for (at, outbox) in self.server.hall().people.values() {
                    if everybody || at.as_deref() == Some(board) {
                        send(outbox);
                    }
                }
            }
            _ => send(&self.outbox),
        }
    }

    /// Whether the event may be handled, by what the document says of it.
    fn check(&self, name: &str, arguments: &[Value]) -> Result<Option<String>, Refusal> {
        let server = &self.server;
        let event = server.spec.client_event(name).ok_or(("unknown-event".to_owned(), None))?;
        if event.role.is_some() && event.role != self.role && !server.is(Mutant::IgnoresRoles) {
            return Err(("access-denied".to_owned(), None));
        }
        let board = server.hall().people.get(&self.id).and_then(|(board, _)| board.clone());
        if event.needs.is_some() && board.is_none() && !server.is(Mutant::IgnoresStates) {
            return Err(("no-board-open".to_owned(), None));
        }
        let strict = !server.is(Mutant::TakesUnknownFields);
        let verdict = validate_payload(&server.spec, &event.payload, arguments.first(), strict);
        if !server.is(Mutant::SkipsValidation) {
            verdict.map_err(|mismatch| ("invalid-message-format".to_owned(), Some(mismatch.to_string())))?;
        }
        Ok(board)
    }

    /// Handles an event, unless it has come before: then it is answered as it was.
    fn handle_once(&self, name: &str, arguments: &[Value]) -> Outcome {
        let server = &self.server;
        let identity =
            arguments.first().and_then(|payload| payload["id"].as_str()).filter(|_| name == "vote");
        let Some(identity) = identity else { return self.handle(name, arguments) };
        let who = match server.is(Mutant::KnowsConnectionsOnly) {
            true => self.id.to_string(),
            false => self.user.clone(),
        };
        let key = (who, identity.to_owned());
        let before = server.hall().answered.get(&key).cloned();
        if let Some(before) = before.filter(|_| !server.is(Mutant::DoesEverythingAgain)) {
            return match before {
                Ok(_) if server.is(Mutant::RefusesWhatCameBefore) => Err(("board-closed".to_owned(), None)),
                before => before.map(|data| (data, Vec::new())),
            };
        }
        let outcome = self.handle(name, arguments);
        let answer = outcome.as_ref().map(|(data, _)| data.clone()).map_err(Clone::clone);
        let declared = |code: &String| code == "board-closed";
        if answer.as_ref().map_or_else(|(code, _)| declared(code), |_| true) {
            server.hall().answered.insert(key, answer);
        }
        outcome
    }

    fn handle(&self, name: &str, arguments: &[Value]) -> Outcome {
        let at = self.check(name, arguments)?;
        let payload = arguments.first().cloned().unwrap_or_default();
        let server = self.server.clone();
        let mut hall = server.hall();
        let at_name = at.clone().unwrap_or_default();
        match name {
            "open-board" => {
                let wanted = payload["board"].as_str().unwrap_or_default().to_owned();
                let board = hall.boards.get(&wanted).ok_or(("no-such-board".to_owned(), None))?;
                let opened = json!({ "board": wanted, "counts": board.counts });
                if let Some((at, _)) = hall.people.get_mut(&self.id) {
                    *at = Some(wanted);
                }
                let mut event = opened.clone();
                if server.is(Mutant::DropsAFieldOfAReply) {
                    event.as_object_mut().unwrap().remove("counts");
                }
                let mut data = opened;
                if server.is(Mutant::RepliesAndAcknowledgesDifferently) {
                    data["counts"] = json!({ "soup": 99 });
                }
                Ok((data, vec![(None, "board-opened", event)]))
            }
            "greet" => Ok((json!("hello"), Vec::new())),
            "vote" => {
                let board = hall.boards.entry(at_name).or_default();
                if board.closed && !server.is(Mutant::TakesVotesForEver) {
                    return Err(("board-closed".to_owned(), None));
                }
                let choice = payload["choice"].as_str().unwrap_or("nothing").to_owned();
                let count = board.counts.entry(choice.clone()).or_default();
                *count += payload["weight"].as_u64().unwrap_or(1);
                let mood = payload["mood"].as_str().unwrap_or("glad");
                let shown = if server.is(Mutant::CountsWrongly) { *count + 1 } else { *count };
                let event = (at, "counted", json!({ "choice": choice, "count": shown, "mood": mood }));
                let mut events = vec![event.clone()];
                if server.is(Mutant::TellsTwice) {
                    events.push(event);
                }
                if server.is(Mutant::SaysWhatNobodyHasDeclared) {
                    events.push((None, "by-the-way", json!({})));
                }
                if server.is(Mutant::RefusesUnasked) {
                    let error =
                        json!({ "code": "board-closed", "message": "The board is closed", "event": "vote" });
                    events.push((None, "refused", error));
                }
                Ok((json!({}), events))
            }
            "recount" => {
                let counts = &hall.boards.entry(at_name).or_default().counts;
                let mut total = 0;
                let mut events = vec![(at.clone(), "counting", json!({ "so-far": 0 }))];
                for count in counts.values() {
                    total += count;
                    events.push((at.clone(), "counting", json!({ "so-far": total })));
                }
                events.push((at, "recounted", json!({ "total": total })));
                if server.is(Mutant::SaysTheResultFirst) {
                    events.reverse();
                }
                Ok((json!({}), events))
            }
            _ => {
                let board = hall.boards.entry(at_name).or_default();
                board.closed = true;
                let winner = board.counts.iter().max_by_key(|(_, count)| **count).map(|(choice, _)| choice);
                let event = (at, "board-closed", json!({ "winner": winner }));
                Ok((json!({}), vec![event]))
            }
        }
    }
}
