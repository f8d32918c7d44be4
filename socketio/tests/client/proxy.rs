//! A TCP proxy between client and server that can be cut, that can be down, and that has seen what the client said.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::support::soon;

/// A running proxy; it stops when this is dropped.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    _task: JoinSet<()>,
}

#[derive(Default)]
struct Shared {
    down: AtomicBool,
    no_websockets: AtomicBool,
    /// While somebody has it, websockets are held up.
    websockets: tokio::sync::Mutex<()>,
    cut: Notify,
    /// Connections that are there when this changes fall silent.
    silence: tokio::sync::watch::Sender<()>,
    /// What the client said, connection by connection.
    said: Mutex<Vec<Vec<u8>>>,
    more: Notify,
}

impl Proxy {
    pub(crate) async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared::default());
        let mut task = JoinSet::new();
        let within = Arc::clone(&shared);
        task.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    accepted = listener.accept() => {
                        let (client, _) = accepted.unwrap();
                        if !within.down.load(SeqCst) {
                            connections.spawn(carry(client, server, Arc::clone(&within)));
                        }
                    }
                    () = within.cut.notified() => connections.shutdown().await,
                }
            }
        });
        Self { address, shared, _task: task }
    }

    /// Cuts every connection; those that come later pass, unless it is down.
    pub(crate) fn cut(&self) {
        self.shared.cut.notify_one();
    }

    /// Nothing passes on any connection that there is any more, and neither end is told; those that come later pass.
    pub(crate) fn fall_silent(&self) {
        self.shared.silence.send_replace(());
    }

    /// From now on every connection is cut at once, or not.
    pub(crate) fn down(&self, down: bool) {
        self.shared.down.store(down, SeqCst);
    }

    /// From now on websockets are cut at once.
    pub(crate) fn no_websockets(&self) {
        self.shared.no_websockets.store(true, SeqCst);
    }

    /// Holds websockets up until what this gives is dropped.
    pub(crate) async fn hold_websockets(&self) -> impl Drop {
        self.shared.websockets.lock().await
    }

    /// How often the client has said something like this over HTTP.
    pub(crate) fn requests(&self, like: &str) -> usize {
        let said = self.shared.said.lock().unwrap();
        said.iter().map(|said| String::from_utf8_lossy(said).matches(like).count()).sum()
    }

    /// How many connections the client has made.
    pub(crate) fn connections(&self) -> usize {
        self.shared.said.lock().unwrap().len()
    }

    /// The texts of the frames of all websockets.
    pub(crate) fn frames(&self) -> Vec<String> {
        let said = self.shared.said.lock().unwrap();
        let sockets = said.iter().filter(|said| said.windows(19).any(|part| part == b"transport=websocket"));
        sockets.flat_map(|said| frames(said)).collect()
    }

    /// Waits until this is true of what the client said.
    pub(crate) async fn until(&self, is_true: impl Fn(&Self) -> bool) {
        soon(async {
            while !is_true(self) {
                self.shared.more.notified().await;
            }
        })
        .await;
    }
}

async fn carry(mut client: TcpStream, server: SocketAddr, shared: Arc<Shared>) {
    let place = {
        let mut said = shared.said.lock().unwrap();
        said.push(Vec::new());
        said.len() - 1
    };
    let mut silence = shared.silence.subscribe();
    let mut server = TcpStream::connect(server).await.unwrap();
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let up = async {
        let mut buffer = vec![0; 4096];
        while let Ok(read @ 1..) = from_client.read(&mut buffer).await {
            let is_websocket = {
                let mut said = shared.said.lock().unwrap();
                said[place].extend_from_slice(&buffer[..read]);
                said[place].windows(19).any(|part| part == b"transport=websocket")
            };
            if is_websocket {
                drop(shared.websockets.lock().await);
            }
            if is_websocket && shared.no_websockets.load(SeqCst)
                || to_server.write_all(&buffer[..read]).await.is_err()
            {
                break;
            }
            shared.more.notify_one();
        }
    };
    let down = tokio::io::copy(&mut from_server, &mut to_client);
    tokio::select! {
        () = up => return,
        _ = down => return,
        _ = silence.changed() => {}
    }
    tokio::join!(swallow(client), swallow(server));
}

/// Takes what comes, and the end, and says nothing.
async fn swallow(mut stream: TcpStream) {
    let mut buffer = vec![0; 4096];
    while let Ok(1..) = stream.read(&mut buffer).await {}
}

/// The texts of short masked frames behind a request.
fn frames(said: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let Some(at) = said.windows(4).position(|part| part == b"\r\n\r\n") else { return texts };
    let mut rest = &said[at + 4..];
    while let [_, length, a, b, c, d, after @ ..] = rest {
        assert_eq!(length & 0x80, 0x80, "a client's frames are masked");
        let length = usize::from(length & 0x7f);
        if length >= 126 || after.len() < length {
            break;
        }
        let key = [a, b, c, d];
        let text: Vec<u8> =
            after[..length].iter().zip((0..4).cycle()).map(|(byte, at)| byte ^ key[at]).collect();
        texts.push(String::from_utf8_lossy(&text).into_owned());
        rest = &after[length..];
    }
    texts
}
