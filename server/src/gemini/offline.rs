//! The offline Gemini: a stand-in on loopback that speaks Gemini's wire, for when there is no key.
//!
//! The service has one way to talk to a model, the [`Client`](super::Client); without a key it is pointed here. What is
//! answered is scripted by the last message itself, see `docs/offline-gemini.md`. What a request has to look like is checked as
//! strictly as the original does, signatures included, so that a fault in what is replayed shows before there is a key.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use http::State;

mod check;
mod failures;
mod http;
mod json;
mod part;
mod play;
mod refusal;
mod reply;
mod script;
mod seal;

/// Connections at one time. Who comes then waits to be accepted.
const MAX_CONNECTIONS: usize = 256;
/// After a connection could not be accepted, for example because there are too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A running offline Gemini. It stops when this is dropped.
#[derive(Debug)]
pub struct Offline {
    url: String,
    tasks: TaskTracker,
    _stop: DropGuard,
}

/// Starts one, on a free port of the loopback address.
///
/// # Errors
/// When it cannot listen.
pub async fn start() -> io::Result<Offline> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(accept(listener, tasks.clone(), stop.clone()));
    Ok(Offline { url, tasks, _stop: stop.drop_guard() })
}

impl Offline {
    /// Where it is, for [`ClientConfig::base_url`](super::ClientConfig::base_url): `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops, breaks off what is being answered, and waits until nothing is left.
    pub async fn stop(self) {
        let Self { tasks, _stop, .. } = self;
        drop(_stop);
        tasks.close();
        tasks.wait().await;
    }
}

async fn accept(listener: TcpListener, tasks: TaskTracker, stop: CancellationToken) {
    let state = Arc::new(State::default());
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let next = async {
            // Only fails when the semaphore is closed, which nobody does.
            let slot = Arc::clone(&slots).acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((listener.accept().await?.0, slot))
        };
        let next = tokio::select! {
            () = stop.cancelled() => return,
            next = next => next,
        };
        match next {
            Ok((stream, slot)) => {
                let (state, stop) = (Arc::clone(&state), stop.clone());
                tasks.spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = connection(stream, state) => {}
                    }
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::debug!(target: "parlance::gemini", %error, "the offline Gemini could not accept a connection");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Chunks are small and meant to be seen one by one.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request| http::answer(Arc::clone(&state), request));
    let served =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    if let Err(error) = served.await {
        // A client that went away, or `cut`.
        tracing::debug!(target: "parlance::gemini", %error, "a connection to the offline Gemini broke");
    }
}

#[cfg(test)]
mod tests;
