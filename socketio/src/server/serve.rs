//! Accepting connections until told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::config::Config;
use super::http::{Endpoint, Fallback};
use super::hub::Hub;
use super::registry::Registry;
use super::service::{DisconnectReason, Service};

/// Connections that the kernel may hold until they are accepted.
const BACKLOG: u32 = 4096;

/// A server that has not started to serve.
pub struct Server<S: Service> {
    endpoint: Endpoint<S>,
}

impl<S: Service> Server<S> {
    /// Of a service. The hub is where it sends from.
    pub fn new(service: S, hub: Hub, config: Config) -> Self {
        Self {
            endpoint: Endpoint {
                service: Arc::new(service),
                hub,
                config: Arc::new(config),
                registry: Registry::default(),
                tasks: TaskTracker::new(),
                fallback: None,
            },
        }
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

    /// Serves until `stop` is ready; then tells every client, and waits for a moment until all are gone.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let endpoint = Arc::new(self.endpoint);
        let stopping = CancellationToken::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => break,
            };
            match accepted {
                Ok((stream, remote)) => accept(&endpoint, &stopping, stream, remote),
                Err(error) => {
                    // Usually there are no file descriptors left; some will be.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(listener);
        stopping.cancel();
        endpoint.tasks.close();
        let timeout = endpoint.config.shutdown_timeout;
        endpoint.registry.close_all(DisconnectReason::ServerShuttingDown);
        if tokio::time::timeout(timeout, endpoint.tasks.wait()).await.is_err() {
            tracing::warn!(connections = endpoint.registry.len(), "not all connections ended in time");
        }
    }
}

fn accept<S: Service>(
    endpoint: &Arc<Endpoint<S>>,
    stopping: &CancellationToken,
    stream: TcpStream,
    remote: SocketAddr,
) {
    // Without it small messages wait for acknowledgements of earlier ones. A connection that has gone already fails here.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(endpoint.config.header_timeout)
        .max_headers(100)
        .max_buf_size(16 << 10);
    let shared = Arc::clone(endpoint);
    let service = service_fn(move |request| Arc::clone(&shared).answer(request, remote));
    let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
    let stopping = stopping.clone();
    endpoint.tasks.spawn(async move {
        let mut connection = std::pin::pin!(connection);
        tokio::select! {
            // What a peer does to its connection is its own affair.
            _ = connection.as_mut() => return,
            () = stopping.cancelled() => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    });
}
