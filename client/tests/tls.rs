//! The client over TLS, against our server behind a small proxy that speaks it: `tls/localhost.pem` is for this test and nothing else.
#![cfg(feature = "tls")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use parlance_socketio::client::{Backoff, Client, Config, ConnectError, Signal, Transports};
use parlance_socketio::packet::{Event, Message, Prefix};
use parlance_socketio::server::{
    self, ConnectError as Refusal, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const CERTIFICATE: &str = include_str!("tls/localhost.pem");

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future).await.expect("nothing came in time")
}

/// Acknowledges with what came.
struct Echo;

impl Service for Echo {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, socket: &Socket<()>, event: Event) {
        if let (Some(id), Some(args)) = (event.id(), event.args()) {
            socket.send(Message::ack_args(socket.namespace(), id, &args));
        }
    }

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

/// A server behind a proxy that speaks TLS; both stop when this is dropped.
struct Behind {
    port: u16,
    cut: Arc<Notify>,
    /// Connections over which both ends agreed on keys.
    secured: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Behind {
    async fn start() -> Self {
        let listener = Server::<Echo>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let server = listener.local_addr().unwrap();
        let mut tasks = JoinSet::new();
        let service = Server::new(Echo, Hub::new(), server::Config::default());
        tasks.spawn(service.serve(listener, std::future::pending()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, secured) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
        let (cuts, count) = (Arc::clone(&cut), Arc::clone(&secured));
        tasks.spawn(async move {
            let acceptor = acceptor();
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    accepted = listener.accept() => {
                        let (client, _) = accepted.unwrap();
                        connections.spawn(carry(acceptor.clone(), client, server, Arc::clone(&count)));
                    }
                    () = cuts.notified() => connections.shutdown().await,
                }
            }
        });
        Self { port, cut, secured, _tasks: tasks }
    }

    fn config(&self, scheme: &str, host: &str, transports: Transports) -> Config {
        let wait = Duration::from_millis(10);
        Config {
            roots: Some(CERTIFICATE.into()),
            transports,
            reconnection: Some(Backoff { first: wait, cap: wait, jitter: 0.0, attempts: None }),
            ..Config::new(format!("{scheme}://{host}:{}", self.port))
        }
    }
}

fn acceptor() -> TlsAcceptor {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/localhost.key")).unwrap();
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let mut config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    // As in front of most servers.
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

async fn carry(acceptor: TlsAcceptor, client: TcpStream, server: SocketAddr, secured: Arc<AtomicUsize>) {
    let Ok(mut client) = acceptor.accept(client).await else { return };
    assert_eq!(client.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    secured.fetch_add(1, SeqCst);
    let mut server = TcpStream::connect(server).await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

async fn echoes(client: &Client) {
    let (prefix, large) = (Prefix::event("/", "echo"), "ü".repeat(200_000));
    let answer = soon(client.call(&prefix, Some(&large))).await.unwrap();
    assert_eq!(serde_json::from_str::<String>(answer.get()).unwrap(), large);
}

#[tokio::test]
async fn every_transport_works_and_comes_back() {
    for (scheme, transports) in [
        ("https", Transports::Polling),
        ("wss", Transports::WebSocket),
        ("https", Transports::PollingThenWebSocket),
    ] {
        let behind = Behind::start().await;
        let (client, mut incoming) =
            soon(Client::connect(behind.config(scheme, "localhost", transports))).await.unwrap();
        assert!(matches!(soon(incoming.next()).await, Some(Signal::Connected { .. })));
        echoes(&client).await;
        let before = behind.secured.load(SeqCst);
        behind.cut.notify_one();
        assert!(matches!(soon(incoming.next()).await, Some(Signal::Disconnected { will_retry: true, .. })));
        assert!(matches!(soon(incoming.next()).await, Some(Signal::Connected { .. })), "{transports:?}");
        echoes(&client).await;
        assert!(behind.secured.load(SeqCst) > before);
    }
}

async fn failure(config: Config) -> String {
    match soon(Client::connect(config)).await.map(drop) {
        // The second where a system believes nobody.
        Err(
            ConnectError::Tls(why)
            | ConnectError::Url(why)
            | ConnectError::Unreachable(why)
            | ConnectError::Protocol(why),
        ) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_is_not_vouched_for_or_is_somebody_else_is_not_spoken_to() {
    let behind = Behind::start().await;
    for transports in [Transports::Polling, Transports::WebSocket] {
        let nobody = Config { roots: None, ..behind.config("https", "localhost", transports) };
        let why = failure(nobody).await;
        assert!(why.contains("certificate"), "{why}");
        let why = failure(behind.config("https", "127.0.0.1", transports)).await;
        assert!(why.contains("not valid for name"), "{why}");
    }
    let plain = Config { roots: None, ..behind.config("http", "localhost", Transports::WebSocket) };
    failure(plain).await;
    assert_eq!(behind.secured.load(SeqCst), 0);
}

#[tokio::test]
async fn a_server_without_tls_is_told_from_one_with() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let mut server = JoinSet::new();
    server.spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        // Until the client has gone.
        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    });
    let config = Config { roots: Some(CERTIFICATE.into()), ..Config::new(url) };
    let why = failure(config).await;
    assert!(why.contains("no TLS connection"), "{why}");
}
