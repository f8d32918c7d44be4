//! A server of long-polling that answers each request when the test wants it to, and with what.

use std::net::SocketAddr;
use std::time::Duration;

use parlance_socketio::client::{Backoff, Config, Transports};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::support::soon;

/// A running server; it stops when this is dropped.
pub(crate) struct Requests {
    pub(crate) address: SocketAddr,
    asked: mpsc::UnboundedReceiver<Request>,
    /// Those that were not looked for yet.
    others: Vec<Request>,
    _task: JoinSet<()>,
}

/// A request that waits for its answer; its connection is closed when it is dropped.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: String,
    answer: oneshot::Sender<String>,
}

impl Requests {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, asked) = mpsc::unbounded_channel();
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, sender.clone()));
            }
        });
        Self { address, asked, others: Vec::new(), _task: task }
    }

    pub(crate) fn config(&self) -> Config {
        let wait = Duration::from_millis(10);
        Config {
            transports: Transports::Polling,
            reconnection: Some(Backoff { first: wait, cap: wait, jitter: 0.5, attempts: None }),
            ..Config::new(format!("http://{}", self.address))
        }
    }

    /// The next request that begins like this; others are kept.
    pub(crate) async fn next(&mut self, method: &str) -> Request {
        if let Some(at) = self.others.iter().position(|request| request.head.starts_with(method)) {
            return self.others.remove(at);
        }
        loop {
            let request = soon(self.asked.recv()).await.unwrap();
            if request.head.starts_with(method) {
                return request;
            }
            self.others.push(request);
        }
    }

    /// Opens a session and lets it into the namespace.
    pub(crate) async fn let_in(&mut self) {
        let open = loop {
            let get = self.next("GET").await;
            if !get.head.contains("sid=") {
                break get;
            }
        };
        open.ok(r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100}"#);
        let join = self.next("POST").await;
        assert!(join.body.starts_with("40"), "{}", join.body);
        join.ok("ok");
        self.next("GET").await.ok(r#"40{"sid":"b"}"#);
    }
}

impl Request {
    pub(crate) fn ok(self, body: &str) {
        self.answer("200 OK", "", body);
    }

    /// With a status, and headers that each end with a line end.
    pub(crate) fn answer(self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        let answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}");
        // The client may have gone.
        let _ = self.answer.send(answer);
    }
}

async fn serve(mut stream: TcpStream, asked: mpsc::UnboundedSender<Request>) {
    let (mut said, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let end = said.windows(4).position(|part| part == b"\r\n\r\n").map(|at| at + 4);
        let head = end.map(|end| String::from_utf8_lossy(&said[..end]).to_lowercase());
        let length: usize = head
            .as_deref()
            .and_then(|head| head.split("content-length: ").nth(1))
            .map_or(0, |rest| rest.split('\r').next().unwrap().parse().unwrap());
        let Some(end) = end.filter(|end| said.len() >= end + length) else {
            match stream.read(&mut buffer).await {
                Ok(read @ 1..) => said.extend_from_slice(&buffer[..read]),
                _ => return,
            }
            continue;
        };
        let rest = said.split_off(end + length);
        let head = String::from_utf8_lossy(&said[..end]).into_owned();
        let body = String::from_utf8_lossy(&said[end..]).into_owned();
        said = rest;
        let (answer, answered) = oneshot::channel();
        let _ = asked.send(Request { head, body, answer });
        let Ok(answer) = answered.await else { return };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
