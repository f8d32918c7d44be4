//! Accepting connections until told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::config::{Config, ConfigError};
use super::counters::add;
use super::drain::drain;
use super::http::{Endpoint, Fallback};
use super::hub::Hub;
use super::impatient::Impatient;
use super::plain::{EngineService, Plain};
use super::reason::DisconnectReason;
use super::recovery::Log;
use super::request::RequestInfo;
use super::service::Service;
use super::speaker::{SocketIo, Speaker};
use super::stats::Stats;
use crate::packet::Parser;

/// Connections that the kernel may hold until they are accepted.
const BACKLOG: u32 = 4096;

/// From one look at who does not come back any more to the next.
const SWEEP: Duration = Duration::from_secs(5);

/// A server that has not started to serve.
pub struct Server<S: Service> {
    endpoint: Endpoint<SocketIo<S>>,
    /// Make endpoints of plain Engine.IO, which pass on what is for none of them.
    plain: Vec<MakeFallback>,
}

/// Makes what requests are passed on to of what that itself passes them on to.
type MakeFallback = Box<dyn FnOnce(Option<Fallback>) -> Fallback + Send>;

impl<S: Service> Server<S> {
    /// Of a service. The hub is where it sends from. A configuration with a bound that is none is not used, and the defaults
    /// are; [`Server::try_new`] refuses it.
    pub fn new(service: S, hub: Hub, config: Config) -> Self {
        let config = match config.validate() {
            Ok(()) => config,
            Err(error) => {
                tracing::error!(%error, "the configuration of the wire is not usable: the defaults are taken");
                Config {
                    path: config.path,
                    parser: config.parser,
                    origins: config.origins,
                    transports: config.transports,
                    ..Config::default()
                }
            }
        };
        Self::with(service, hub, config)
    }

    /// Of a service, with a configuration that somebody wrote.
    ///
    /// # Errors
    /// When one of its bounds is none.
    pub fn try_new(service: S, hub: Hub, config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        Ok(Self::with(service, hub, config))
    }

    fn with(service: S, hub: Hub, config: Config) -> Self {
        if let Some(recovery) = &config.recovery {
            hub.keep(Log::new(recovery.clone(), config.ping_interval + config.ping_timeout));
        }
        if config.parser == Parser::Msgpack {
            hub.pack();
        }
        let speaker = SocketIo { service: Arc::new(service), hub: hub.clone() };
        Self { endpoint: Endpoint::new(speaker, hub, config), plain: Vec::new() }
    }

    /// Serves plain Engine.IO as well, at the path of a configuration of its own, of which the bounds of sessions count; those
    /// of TCP connections and of the end are the server's.
    ///
    /// # Errors
    /// When one of its bounds is none.
    pub fn engine<P: EngineService>(mut self, service: P, config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        let mut endpoint = Endpoint::new(Plain(service), Hub::new(), config);
        // What holds on until everything has ended must know of everything.
        endpoint.registry = self.endpoint.registry.clone();
        endpoint.tasks = self.endpoint.tasks.clone();
        endpoint.counters = Arc::clone(&self.endpoint.counters);
        self.plain.push(Box::new(|next| {
            endpoint.fallback = next;
            let endpoint = Arc::new(endpoint);
            Arc::new(move |request, remote| {
                let endpoint = Arc::clone(&endpoint);
                Box::pin(async move {
                    let Ok(response) = endpoint.answer(request, remote).await;
                    response
                })
            })
        }));
        Ok(self)
    }

    /// Lets sessions begin that this lets in, judged by the request that asks for one; who is not gets 403 with code 4 and
    /// these words, over polling and websocket alike, and there is no session. It is not asked again when a session
    /// goes on, and not for plain Engine.IO. It runs between requests and must not block.
    #[must_use]
    pub fn admit(
        mut self,
        admit: impl Fn(&RequestInfo) -> Result<(), String> + Send + Sync + 'static,
    ) -> Self {
        self.endpoint.admit = Some(Box::new(admit));
        self
    }

    /// Looks at what it holds, also while it serves.
    pub fn stats(&self) -> Stats {
        self.endpoint.stats()
    }

    /// Requests for other paths go there.
    #[must_use]
    pub fn fallback(mut self, fallback: Fallback) -> Self {
        self.endpoint.fallback = Some(fallback);
        self
    }

    /// Listens, with a backlog that a storm of clients does not fill.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Otherwise a restart within a minute finds its own address taken.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    }

    /// Serves until `stop` is ready; then sends clients elsewhere for as long as `Config::drain` says, tells those who are left, and waits for a moment until all are gone.
    pub async fn serve(mut self, listener: TcpListener, stop: impl Future<Output = ()>) {
        for make in self.plain {
            self.endpoint.fallback = Some(make(self.endpoint.fallback.take()));
        }
        let endpoint = Arc::new(self.endpoint);
        let _flushing = endpoint.hub.start_flushing();
        let ending = Ending::default();
        let places =
            Arc::new(Semaphore::new(endpoint.config.max_tcp_connections.min(Semaphore::MAX_PERMITS)));
        accept_until(&endpoint, &ending, &places, &listener, stop).await;
        if !endpoint.config.drain.is_zero() {
            let drain = drain(&endpoint, endpoint.config.drain);
            accept_until(&endpoint, &ending, &places, &listener, drain).await;
        }
        drop(listener);
        ending.stopping.cancel();
        endpoint.tasks.close();
        let timeout = endpoint.config.shutdown_timeout;
        endpoint.registry.close_all(DisconnectReason::ServerShuttingDown);
        if tokio::time::timeout(timeout, endpoint.tasks.wait()).await.is_err() {
            tracing::warn!(connections = endpoint.registry.len(), "not all connections ended in time");
            ending.aborting.cancel();
            endpoint.registry.abort_all();
            // Only what blocks a thread outlives this.
            let _ = tokio::time::timeout(timeout, endpoint.tasks.wait()).await;
        }
        if let Some(log) = endpoint.hub.log() {
            log.clear();
        }
    }
}

/// Accepts connections until something has happened.
async fn accept_until<S: Speaker>(
    endpoint: &Arc<Endpoint<S>>,
    ending: &Ending,
    places: &Arc<Semaphore>,
    listener: &TcpListener,
    stop: impl Future<Output = ()>,
) {
    let mut stop = std::pin::pin!(stop);
    let mut is_failing = false;
    let mut sweep = tokio::time::interval(SWEEP);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = sweep.tick() => {
                if let Some(log) = endpoint.hub.log() {
                    log.sweep(std::time::Instant::now());
                }
                continue;
            }
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, remote)) => {
                is_failing = false;
                match Arc::clone(places).try_acquire_owned() {
                    Ok(place) => accept(endpoint, ending, stream, remote, place),
                    // Closed as it is dropped.
                    Err(_) => add(&endpoint.counters.refused),
                }
            }
            // Who has gone before anybody looked is no trouble of ours.
            Err(error) if is_of_peer(&error) => {}
            Err(error) => {
                // Usually there are no file descriptors left; some will be. Said once, not twenty times a second.
                if !is_failing {
                    tracing::warn!(%error, "connections cannot be accepted");
                }
                is_failing = true;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Whether it was the one connection that failed, and not accepting.
fn is_of_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// How the server ends: first it asks.
#[derive(Clone, Default)]
struct Ending {
    stopping: CancellationToken,
    aborting: CancellationToken,
}

fn accept<S: Speaker>(
    endpoint: &Arc<Endpoint<S>>,
    ending: &Ending,
    stream: TcpStream,
    remote: SocketAddr,
    place: OwnedSemaphorePermit,
) {
    // Without it small messages wait for acknowledgements of earlier ones. A connection that has gone already fails here.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    // Room for the longest address before the headers, so that which of the two is too long can be told apart.
    let head = endpoint.config.max_header_bytes + endpoint.config.max_url;
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(endpoint.config.header_timeout)
        .max_headers(endpoint.config.max_headers)
        .max_buf_size(head);
    let shared = Arc::clone(endpoint);
    let service = service_fn(move |request| Arc::clone(&shared).answer(request, remote));
    let stream = Impatient::new(stream, endpoint.config.answer_timeout);
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let ending = ending.clone();
    endpoint.tasks.spawn(async move {
        let _place = place;
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            ended = connection.as_mut() => {
                // What a peer does to its connection is its own affair, and common.
                if let Err(error) = ended {
                    tracing::debug!(%remote, %error, "a connection has failed");
                }
                return;
            }
            () = ending.stopping.cancelled() => {}
        }
        connection.as_mut().graceful_shutdown();
        tokio::select! {
            _ = connection => {}
            () = ending.aborting.cancelled() => {}
        }
    });
}
