//! A chat in the terminal: each line that is typed is sent, and the answer is shown as it comes.

mod options;
mod screen;

use std::collections::VecDeque;
use std::process::ExitCode;
use std::time::Duration;

use options::{Options, USAGE};
use parlance_client::types::CallId;
use parlance_client::{CallError, Client, Config, ErrorCode, Incoming, ServerEvent, client_events};
use screen::Screen;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// How long a decision by policy may take to come, before people are asked.
const POLICY: Duration = Duration::from_millis(300);

/// Lines that may wait to be shown or taken.
const WAITING: usize = 64;

const COMMANDS: &str = "/cancel  /clear  /history  /tools  /quit";

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1), |name| std::env::var(name).ok()) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(why) => {
            eprintln!("{why}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match chat(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// A tool call that nobody has decided about.
struct Undecided {
    call_id: CallId,
    what: String,
    ask_at: Instant,
    asked: bool,
}

struct Chat {
    client: Client,
    options: Options,
    screen: Screen,
    undecided: VecDeque<Undecided>,
    /// Messages whose answers have not ended.
    unanswered: usize,
    /// Whether the connection has been lost since the session was joined.
    lost: bool,
    /// Sentences from calls that go on while other things happen.
    said: mpsc::Sender<Said>,
}

/// What comes of a call.
enum Said {
    Line(String),
    /// A message was not taken, so that no answer comes.
    NotSent(String),
    History(Vec<parlance_client::types::Turn>),
}

async fn chat(options: Options) -> Result<(), String> {
    let auth = json!({ "token": options.token }).into();
    let config = Config { auth, ..Config::new(&options.url) };
    let (client, mut events) =
        Client::connect(config).await.map_err(|why| format!("{} cannot be joined: {why}", options.url))?;
    // Before anything else is sent: whoever is in no session may not speak.
    let session_id = options.session.clone();
    let joining = client.join_session(&client_events::JoinSession { session_id }).await;
    joining.map_err(|why| format!("{} cannot be joined: {why}", options.session))?;
    let (said, mut sayings) = mpsc::channel(WAITING);
    let mut lines = typed_lines();
    let mut chat = Chat {
        client,
        options,
        screen: Screen::new(),
        undecided: VecDeque::new(),
        unanswered: 0,
        lost: false,
        said,
    };
    chat.screen.line(&format!("You are in {}.  {COMMANDS}", chat.options.session));
    let mut typing = true;
    // Whoever pipes a message in wants the answer to it.
    while typing || chat.unanswered > 0 {
        let next = chat.undecided.iter().find(|call| !call.asked).map(|call| call.ask_at);
        tokio::select! {
            incoming = events.next() => match incoming {
                Some(incoming) => chat.arrived(incoming),
                None => return Err("The connection has ended.".into()),
            },
            line = lines.recv(), if typing => match line.as_deref().map(str::trim) {
                None => typing = false,
                Some("/quit") => break,
                Some(line) => chat.typed(line),
            },
            Some(said) = sayings.recv() => match said {
                Said::Line(line) => chat.screen.line(&line),
                Said::NotSent(line) => {
                    chat.unanswered = chat.unanswered.saturating_sub(1);
                    chat.screen.line(&line);
                }
                Said::History(turns) => turns.iter().for_each(|turn| chat.screen.turn(turn)),
            },
            () = sleep_until(next.unwrap_or_else(Instant::now)), if next.is_some() => chat.ask(),
        }
    }
    chat.client.close();
    // What waits is sent before the end.
    while events.next().await.is_some() {}
    Ok(())
}

/// Lines of standard input. A thread reads them, since nothing else waits for a terminal without keeping a runtime from its end.
fn typed_lines() -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel(WAITING);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    lines
}

impl Chat {
    fn arrived(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Event(event) => {
                self.screen.show(&event);
                self.decided(&event);
            }
            Incoming::Connected { recovered: false } if self.lost => self.join_again(),
            Incoming::Disconnected { reason, will_retry: true, .. } => {
                self.lost = true;
                self.screen.line(&format!("The connection is lost ({reason}); trying again."));
            }
            Incoming::Refused { message, .. } => self.screen.line(&format!("The server says: {message}")),
            Incoming::Malformed { event, why } => {
                self.screen.line(&format!("`{event}` is unreadable: {why}"))
            }
            _ => {}
        }
    }

    /// Keeps account of which tools wait for a decision.
    fn decided(&mut self, event: &ServerEvent) {
        let done = match event {
            ServerEvent::GeminiToolRequest(request) => {
                let args = serde_json::Value::Object(request.args.clone());
                self.undecided.push_back(Undecided {
                    call_id: request.call_id.clone(),
                    what: format!("{} {args}", request.tool),
                    ask_at: Instant::now() + POLICY,
                    asked: false,
                });
                return;
            }
            ServerEvent::ToolApproved(approved) => &approved.call_id,
            ServerEvent::ToolRejected(rejected) => &rejected.call_id,
            ServerEvent::GeminiToolResult(result) => &result.call_id,
            ServerEvent::GeminiDone(_) | ServerEvent::GeminiCancelled(_) | ServerEvent::GeminiError(_) => {
                self.undecided.clear();
                self.unanswered = self.unanswered.saturating_sub(1);
                return;
            }
            _ => return,
        };
        self.undecided.retain(|call| call.call_id != *done);
    }

    /// Asks about tools that policy has not decided about.
    fn ask(&mut self) {
        let now = Instant::now();
        for call in self.undecided.iter_mut().filter(|call| !call.asked && call.ask_at <= now) {
            call.asked = true;
            self.screen.line(&format!("Gemini wants to run {}. Allow it? y/n", call.what));
        }
    }

    fn typed(&mut self, line: &str) {
        let client = self.client.clone();
        if self.undecided.front().is_some_and(|call| call.asked) && matches!(line, "y" | "n") {
            let Some(Undecided { call_id, .. }) = self.undecided.pop_front() else { return };
            if line == "y" {
                let payload = client_events::ToolApprove { call_id };
                self.call("Approving", async move { client.tool_approve(&payload).await }, |()| None);
            } else {
                let payload = client_events::ToolReject { call_id, reason: None };
                self.call("Rejecting", async move { client.tool_reject(&payload).await }, |()| None);
            }
            return;
        }
        match line {
            "" => {}
            "/cancel" => self.call("Cancelling", async move { client.chat_cancel().await }, |()| None),
            "/clear" => self.call("Clearing", async move { client.chat_clear().await }, |()| None),
            "/history" => {
                let call = async move { client.chat_get_history().await };
                self.call("Reading the history", call, |reply| Some(Said::History(reply.history)));
            }
            "/tools" => self.call("Listing tools", async move { client.tool_list().await }, |reply| {
                let line =
                    |tool: &parlance_client::types::Tool| format!("{}: {}", tool.name, tool.description);
                Some(Said::Line(reply.tools.iter().map(line).collect::<Vec<_>>().join("\n")))
            }),
            _ if line.starts_with('/') => self.screen.line(&format!("There is no {line}, but {COMMANDS}")),
            _ => {
                self.unanswered += 1;
                let (said, content) = (self.said.clone(), line.to_owned());
                tokio::spawn(async move {
                    if let Err(why) = client.chat_message(&client_events::ChatMessage { content }).await {
                        let _ = said.send(Said::NotSent(format!("Sending has failed: {why}"))).await;
                    }
                });
            }
        }
    }

    /// A new connection is in no session, and answers to what was sent before do not come to it.
    fn join_again(&mut self) {
        self.lost = false;
        self.unanswered = 0;
        self.undecided.clear();
        let (client, session_id) = (self.client.clone(), self.options.session.clone());
        let payload = client_events::JoinSession { session_id };
        self.call("Joining again", async move { client.join_session(&payload).await }, |reply| {
            Some(Said::Line(format!("You are in {} again.", reply.session_id)))
        });
    }

    /// Does something while everything else goes on; what came of it is said when it is there.
    fn call<T: Send, E: ErrorCode + 'static>(
        &self,
        what: &'static str,
        call: impl Future<Output = Result<T, CallError<E>>> + Send + 'static,
        show: impl FnOnce(T) -> Option<Said> + Send + 'static,
    ) {
        let said = self.said.clone();
        tokio::spawn(async move {
            let line = match call.await {
                Ok(reply) => show(reply),
                Err(why) => Some(Said::Line(format!("{what} has failed: {why}"))),
            };
            if let Some(line) = line {
                // Nobody listens any more once the chat has ended.
                let _ = said.send(line).await;
            }
        });
    }
}
