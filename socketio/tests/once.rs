//! Events that have one effect however often they come, while they are handled and after their connection is gone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use parlance_socketio::client::{self, Client, Incoming, Signal, Transports};
use parlance_socketio::packet::{Args, Binary, Event, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};
use parlance_socketio::typed::{Call, ErrorCode, Memory, Refused};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.expect("nothing came in time")
}

#[derive(Clone, Copy, Debug)]
struct No;

impl ErrorCode for No {
    fn code(self) -> &'static str {
        "no"
    }

    fn message(self) -> &'static str {
        "No"
    }

    fn from_code(code: &str) -> Option<Self> {
        (code == "no").then_some(Self)
    }
}

/// What the test and the service share.
struct Shared {
    /// How often something was done.
    done: AtomicUsize,
    begun: Semaphore,
    /// Nothing is answered before there is a permit.
    gate: Semaphore,
    gone: Semaphore,
}

/// Does something once for each `id`.
struct Careful {
    memory: Memory,
    shared: Arc<Shared>,
}

impl Service for Careful {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), ConnectError> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        let refusals = Prefix::event("/", "refused");
        let call = Call::new(socket, &event, Some(&refusals));
        let Some(call) = call.once(&self.memory, "ann", "id").await else { return };
        if event.name() == "refuse-early" {
            return call.refuse("early", "Early", None);
        }
        let handler = async {
            let count = self.shared.done.fetch_add(1, SeqCst) + 1;
            self.shared.begun.add_permits(1);
            self.shared.gate.acquire().await.unwrap().forget();
            match event.name() {
                "panic" => panic!("on purpose"),
                "refuse" => Err(Refused::because(No, count)),
                _ => Ok(count),
            }
        };
        if let Some(count) = call.run::<_, No>(handler, "Internal").await {
            match event.name() {
                "unsaid" => call.returns(&vec![Binary::from(vec![7]); 11]),
                "bytes" => call.returns_args(&Args::from_list(&(count, Binary::from(vec![7]))).unwrap()),
                _ => call.reply(&Prefix::event("/", "counted"), &count),
            }
        }
    }

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {
        self.shared.gone.add_permits(1);
    }
}

struct Running {
    url: String,
    shared: Arc<Shared>,
    _task: JoinSet<()>,
}

impl Running {
    /// A service that answers so many.
    async fn start(answers: usize) -> Self {
        let closed = || Semaphore::new(0);
        let (done, gate) = (AtomicUsize::new(0), Semaphore::new(answers));
        let shared = Arc::new(Shared { done, begun: closed(), gate, gone: closed() });
        let service = Careful { memory: Memory::new(), shared: Arc::clone(&shared) };
        let server = Server::new(service, Hub::new(), Config::default());
        let listener = Server::<Careful>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut task = JoinSet::new();
        task.spawn(server.serve(listener, std::future::pending()));
        Self { url, shared, _task: task }
    }

    async fn client(&self) -> (Client, Incoming) {
        let transports = Transports::WebSocket;
        let config = client::Config { transports, ..client::Config::new(self.url.as_str()) };
        soon(Client::connect(config)).await.unwrap()
    }

    fn done(&self) -> usize {
        self.shared.done.load(SeqCst)
    }
}

async fn ask(client: &Client, event: &str, id: &str) -> Value {
    let answer = soon(client.call(&Prefix::event("/", event), Some(&json!({ "id": id })))).await.unwrap();
    serde_json::from_str(answer.get()).unwrap()
}

#[tokio::test]
async fn who_comes_while_the_first_is_handled_gets_its_answer() {
    let running = Running::start(0).await;
    let ((first, _a), (second, _b)) = tokio::join!(running.client(), running.client());
    let both = async { tokio::join!(ask(&first, "count", "x"), ask(&second, "count", "x")) };
    let open = async {
        soon(running.shared.begun.acquire()).await.unwrap().forget();
        running.shared.gate.add_permits(2);
    };
    let (answers, ()) = tokio::join!(both, open);
    assert_eq!(answers, (json!({ "data": 1 }), json!({ "data": 1 })));
    assert_eq!(running.done(), 1);
}

#[tokio::test]
async fn what_is_begun_is_done_although_its_connection_is_gone_and_answered_to_the_next() {
    let running = Running::start(0).await;
    let (first, _) = running.client().await;
    let call = tokio::spawn(async move { ask(&first, "count", "x").await });
    soon(running.shared.begun.acquire()).await.unwrap().forget();
    // The last handle goes with the call, and so does the connection.
    call.abort();
    assert!(soon(call).await.unwrap_err().is_cancelled());
    let (second, _b) = running.client().await;
    let open = async { running.shared.gate.add_permits(2) };
    let (answer, ()) = tokio::join!(ask(&second, "count", "x"), open);
    assert_eq!((answer, running.done()), (json!({ "data": 1 }), 1));
    soon(running.shared.gone.acquire()).await.unwrap().forget();
}

#[tokio::test]
async fn refusals_and_panics_are_answers_and_so_are_attachments() {
    let running = Running::start(10).await;
    let (client, mut incoming) = running.client().await;
    let refusal = |code: &str, message: &str, event: &str, details: Option<Value>| {
        let mut error = json!({ "code": code, "message": message, "event": event });
        if let Some(details) = details {
            error["details"] = details;
        }
        json!({ "error": error })
    };
    for _ in 0..2 {
        assert_eq!(ask(&client, "refuse", "x").await, refusal("no", "No", "refuse", Some(json!(1))));
    }
    for _ in 0..2 {
        assert_eq!(ask(&client, "panic", "x").await, refusal("internal", "Internal", "panic", None));
    }
    assert_eq!(running.done(), 2, "one each: they are events of their own");
    for _ in 0..2 {
        let args = Args::of(&json!({ "id": "x" })).unwrap();
        let answer = soon(client.call_args(&Prefix::event("/", "bytes"), &args)).await.unwrap();
        assert_eq!(answer.decode::<(usize, Binary)>().unwrap(), (3, vec![7].into()));
    }
    // Each time as an event, too.
    let mut events = Vec::new();
    while events.len() < 4 {
        if let Some(Signal::Event(event)) = soon(incoming.next()).await {
            events.push(event.name().to_owned());
        }
    }
    assert_eq!(events, ["refused"; 4]);
}

#[tokio::test]
async fn what_was_done_and_cannot_be_said_is_not_done_again() {
    let running = Running::start(10).await;
    let (client, _incoming) = running.client().await;
    for _ in 0..2 {
        // More attachments than a packet may have.
        assert_eq!(ask(&client, "unsaid", "x").await, json!(null));
    }
    assert_eq!(running.done(), 1);
}

#[tokio::test]
async fn what_came_to_nothing_and_what_has_no_identity_is_as_any_other() {
    let running = Running::start(10).await;
    let (client, _incoming) = running.client().await;
    for _ in 0..2 {
        assert_eq!(ask(&client, "refuse-early", "x").await["error"]["code"], "early");
    }
    assert_eq!(running.done(), 0);
    for count in 1..=2 {
        assert_eq!(ask(&client, "count", "").await, json!({ "data": count }));
    }
    for (count, payload) in
        [(3, json!(null)), (4, json!({ "id": 1 })), (5, json!([1])), (6, json!({ "other": "x" }))]
    {
        let answer = soon(client.call(&Prefix::event("/", "count"), Some(&payload))).await.unwrap();
        assert_eq!(answer.get(), json!({ "data": count }).to_string(), "{payload}");
    }
}
