//! A server that echoes, and clients that speak raw HTTP and raw frames.

mod client;
mod echo;
pub(crate) mod panics;
pub(crate) mod process;
pub(crate) mod raw;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use client::Client;
pub(crate) use echo::Log;
use echo::{Echo, PlainEcho};
use parlance_socketio::server::{Config, ConfigError, Hub, Server, Service, Stats};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

/// Awaits with a deadline.
pub(crate) async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.expect("nothing came in time")
}

/// Waits until something is so, with a deadline.
#[allow(dead_code, reason = "not every test program needs it")]
pub(crate) async fn until(mut is_so: impl FnMut() -> bool) {
    let mut looks = tokio::time::interval(Duration::from_millis(2));
    soon(async {
        while !is_so() {
            looks.tick().await;
        }
    })
    .await;
}

/// Why a configuration is refused.
#[allow(dead_code, reason = "not every test program needs it")]
pub(crate) fn refused(config: Config) -> ConfigError {
    Server::try_new(Echo::new(), Hub::new(), config).err().expect("it is not refused")
}

/// A running server; it stops when this is dropped.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) hub: Hub,
    pub(crate) log: Log,
    /// What handlers of `wait` wait for.
    pub(crate) gate: Arc<Semaphore>,
    path: &'static str,
    pub(crate) stats: Stats,
    stop: Option<oneshot::Sender<()>>,
    task: tokio::task::JoinHandle<()>,
    runtime: tokio::runtime::Id,
    /// File descriptors of the process when it had been started.
    descriptors: usize,
}

impl Drop for Running {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let panics = self.panics();
            assert!(panics.is_empty(), "tasks have panicked: {panics:?}");
        }
    }
}

impl Running {
    /// With the official suites' times.
    pub(crate) async fn start() -> Self {
        Self::with(Config {
            ping_interval: Duration::from_millis(300),
            ping_timeout: Duration::from_millis(200),
            connect_timeout: Duration::from_secs(1),
            ..Config::default()
        })
        .await
    }

    pub(crate) async fn with(config: Config) -> Self {
        let hub = Hub::new();
        let echo = Echo::new();
        let (log, gate) = (Arc::clone(&echo.log), Arc::clone(&echo.gate));
        let plain = Config { path: "/engine.io/".into(), ..config.clone() };
        let server = Server::try_new(echo, hub.clone(), config).unwrap().engine(PlainEcho, plain).unwrap();
        Self::run(server, hub, log, gate)
    }

    /// Of another service, which writes into this log.
    #[allow(dead_code, reason = "not every test program needs it")]
    pub(crate) fn of<S: Service>(server: Server<S>, hub: Hub, log: Log) -> Self {
        Self::run(server, hub, log, Arc::new(Semaphore::new(0)))
    }

    fn run<S: Service>(server: Server<S>, hub: Hub, log: Log, gate: Arc<Semaphore>) -> Self {
        panics::watch();
        let listener = Server::<Echo>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let stats = server.stats();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(server.serve(listener, async {
            let _ = stopped.await;
        }));
        let runtime = tokio::runtime::Handle::current().id();
        let descriptors = process::descriptors();
        let path = "/socket.io/";
        Self { address, hub, log, gate, path, stats, stop: Some(stop), task, runtime, descriptors }
    }

    /// Panics of tasks since this was asked for. Any that are left fail the test.
    pub(crate) fn panics(&self) -> Vec<String> {
        panics::take(self.runtime)
    }

    /// The same server, spoken to as plain Engine.IO.
    pub(crate) fn plain(mut self) -> Self {
        self.path = "/engine.io/";
        self
    }

    /// Stops it; returns when every connection has ended.
    pub(crate) async fn stop(mut self) {
        let _ = self.stop.take().unwrap().send(());
        soon(&mut self.task).await.unwrap();
    }

    /// Waits until it holds nothing any more: no session, socket, room or task.
    pub(crate) async fn idle(&self) {
        let idle = async {
            while !self.stats.snapshot().is_idle() {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let outcome = tokio::time::timeout(PATIENCE, idle).await;
        assert!(outcome.is_ok(), "something is left: {:?}", self.stats);
    }

    /// Waits until it holds nothing any more, and then still serves; and where a process has but one test, it is as it was.
    pub(crate) async fn healthy(mut self) {
        self.idle().await;
        // Also of one that is spoken to as plain Engine.IO: Socket.IO is beside it.
        self.path = "/socket.io/";
        let mut client = self.joined().await;
        client.say(r#"42["message",1]"#).await;
        assert!(client.event().await.starts_with(r#"42["message-back",1"#));
        drop(client);
        self.idle().await;
        process::is_as_before(self.descriptors);
    }

    /// A request; status and body.
    pub(crate) async fn http(&self, method: &str, query: &str, body: &str) -> (u16, String) {
        let (head, body) = self.request(method, query, "", body).await;
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
    }

    /// A request with more headers; head and body.
    pub(crate) async fn request(
        &self,
        method: &str,
        query: &str,
        headers: &str,
        body: &str,
    ) -> (String, String) {
        let mut stream = self.send(method, query, headers, body).await;
        let mut answer = String::new();
        soon(stream.read_to_string(&mut answer)).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a whole answer");
        (head.to_owned(), body.to_owned())
    }

    /// A request whose answer nobody has waited for.
    pub(crate) async fn send(&self, method: &str, query: &str, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!(
            "{method} {}?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            self.path,
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// Opens a polling session; its id.
    pub(crate) async fn open(&self) -> String {
        let (status, body) = self.http("GET", "EIO=4&transport=polling", "").await;
        assert_eq!(status, 200, "{body}");
        let open: Value = serde_json::from_str(body.strip_prefix('0').unwrap()).unwrap();
        open["sid"].as_str().unwrap().to_owned()
    }

    /// GET of a session.
    pub(crate) async fn get(&self, sid: &str) -> (u16, String) {
        self.http("GET", &format!("EIO=4&transport=polling&sid={sid}"), "").await
    }

    /// POST to a session.
    pub(crate) async fn post(&self, sid: &str, body: &str) -> (u16, String) {
        self.http("POST", &format!("EIO=4&transport=polling&sid={sid}"), body).await
    }

    /// POST to a session, which is taken.
    pub(crate) async fn tell(&self, sid: &str, body: &str) {
        assert_eq!(self.post(sid, body).await, (200, "ok".into()), "{body:.100}");
    }

    /// A session over polling that has joined the main namespace.
    pub(crate) async fn joined_over_polling(&self) -> String {
        let sid = self.open().await;
        self.tell(&sid, "40").await;
        let (status, body) = self.get(&sid).await;
        assert!(status == 200 && body.starts_with("40{"), "{status} {body}");
        sid
    }

    /// GETs until there is no such session any more.
    pub(crate) async fn ends(&self, sid: &str) {
        soon(async { while self.get(sid).await.0 == 200 {} }).await;
    }

    /// The next answer to a GET that is more than a noop, which lets a GET go while a websocket is there.
    pub(crate) async fn body(&self, sid: &str) -> String {
        soon(async {
            loop {
                match self.get(sid).await {
                    (200, body) if body == "6" => {}
                    (status, body) => {
                        assert_eq!(status, 200, "{body}");
                        return body;
                    }
                }
            }
        })
        .await
    }

    /// A websocket, of a session or a new one.
    pub(crate) async fn websocket(&self, query: &str) -> Client {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let request = hyper::Request::builder()
            .uri(format!("ws://{}{}?EIO=4&transport=websocket{query}", self.address, self.path))
            .header("Host", "x")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", generate_key())
            .body(())
            .unwrap();
        let (inner, _) = soon(client_async(request, stream)).await.unwrap();
        Client { inner }
    }

    /// A websocket that has joined the main namespace.
    pub(crate) async fn joined(&self) -> Client {
        let mut client = self.websocket("").await;
        client.text().await;
        client.say("40").await;
        assert!(client.text().await.starts_with("40{\"sid\":"));
        // With recovery there is an offset behind it.
        assert!(client.text().await.starts_with(r#"42["auth",{}"#));
        client
    }

    /// A session over polling that has joined, and a websocket that has been probed for it.
    pub(crate) async fn probed(&self) -> (String, Client) {
        let sid = self.joined_over_polling().await;
        let mut client = self.websocket(&format!("&sid={sid}")).await;
        client.say("2probe").await;
        assert_eq!(client.text().await, "3probe");
        (sid, client)
    }

    /// Stops it, and says whether this had happened.
    pub(crate) async fn stop_log_contains(self, entry: &str) {
        let log = Arc::clone(&self.log);
        self.stop().await;
        let log = log.lock().unwrap();
        assert!(log.iter().any(|line| line == entry), "{entry:?} is not in {log:?}");
    }

    /// What happened so far.
    pub(crate) fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}

/// The status of a GET, of a server that may be ending.
#[allow(dead_code, reason = "not every test program needs it")]
pub(crate) async fn status(address: SocketAddr, query: &str) -> u16 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /socket.io/?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}
