//! Requests: refused, given to their session, made into a new one, or passed on to whoever else serves on this port.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::upgrade::OnUpgrade;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_util::task::TaskTracker;

use super::config::{Config, Origins};
use super::connection::Connection;
use super::hub::Hub;
use super::ids::SessionId;
use super::outbox::Outbox;
use super::polling::{Command, Polling, Reply};
use super::registry::Registry;
use super::service::{RequestInfo, Service};
use super::transport::Transport;
use super::websocket::WebSocket;
use crate::engine::{Handshake, Query, Refusal, TransportName, Upgrade};
use crate::packet::{Text, text_frame};

/// What requests are answered with.
pub type Body = Full<Bytes>;

/// Answers requests for other paths.
pub type Fallback = Arc<
    dyn Fn(Request<Incoming>, SocketAddr) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>>
        + Send
        + Sync,
>;

/// Commands that may wait for a session: a client has one GET, one POST and one upgrade at a time.
const MAX_COMMANDS: usize = 8;

/// What all requests share.
pub(crate) struct Endpoint<S: Service> {
    pub(crate) service: Arc<S>,
    pub(crate) hub: Hub,
    pub(crate) config: Arc<Config>,
    pub(crate) registry: Registry,
    pub(crate) tasks: TaskTracker,
    pub(crate) fallback: Option<Fallback>,
}

impl<S: Service> Endpoint<S> {
    /// Answers a request.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        remote: SocketAddr,
    ) -> Result<Response<Body>, Infallible> {
        if !request.uri().path().starts_with(&self.config.path) {
            return Ok(match &self.fallback {
                Some(fallback) => fallback(request, remote).await,
                None => text(StatusCode::NOT_FOUND, "Not found"),
            });
        }
        let origin = request.headers().get(header::ORIGIN).cloned();
        let is_allowed = self.config.origins.allows(origin.as_ref().map(HeaderValue::as_bytes));
        let mut response = if !is_allowed {
            tracing::warn!(%remote, origin = ?origin, "the origin is not allowed");
            refuse(Refusal::Forbidden)
        } else if request.method() == Method::OPTIONS {
            preflight(request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS))
        } else {
            Arc::clone(&self).engine(request, remote).await
        };
        if let Some(origin) = origin
            && is_allowed
        {
            let headers = response.headers_mut();
            if matches!(self.config.origins, Origins::Any) {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            } else {
                headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
                headers.append(header::VARY, HeaderValue::from_static("Origin"));
            }
        }
        Ok(response)
    }

    async fn engine(self: Arc<Self>, request: Request<Incoming>, remote: SocketAddr) -> Response<Body> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let query = match Query::parse(&query) {
            Ok(query) => query,
            Err(refusal) => return refused(refusal, remote),
        };
        let session = match query.sid {
            Some(sid) => match self.registry.find(sid) {
                Some(session) => Some(session),
                None => return refuse(Refusal::UnknownSession),
            },
            None if request.method() != Method::GET => return refused(Refusal::BadHandshakeMethod, remote),
            None => None,
        };
        if !query.is_revision_4 {
            return refused(Refusal::UnsupportedVersion, remote);
        }
        match (query.transport, session) {
            (TransportName::Websocket, session) => self.websocket(request, remote, session),
            (TransportName::Polling, None) => self.open(&request, remote).await,
            (TransportName::Polling, Some(session)) => match *request.method() {
                Method::GET => poll(session).await,
                Method::POST => self.post(request, session).await,
                _ => refuse(Refusal::BadRequest),
            },
        }
    }

    fn connection(&self, request: &Request<Incoming>, remote: SocketAddr) -> Connection<S> {
        Connection {
            service: Arc::clone(&self.service),
            hub: self.hub.clone(),
            config: Arc::clone(&self.config),
            request: RequestInfo {
                query: request.uri().query().unwrap_or_default().to_owned(),
                headers: request.headers().clone(),
                remote,
                time: SystemTime::now(),
            },
            outbox: Arc::new(Outbox::new(self.config.max_queued_messages, self.config.max_queued_bytes)),
        }
    }

    fn handshake(&self, id: SessionId, upgrades: Vec<Upgrade>) -> String {
        let millis = |duration: std::time::Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let handshake = Handshake {
            sid: id.encode(),
            upgrades,
            ping_interval: millis(self.config.ping_interval),
            ping_timeout: millis(self.config.ping_timeout),
            max_payload: self.config.max_payload as u64,
        };
        // Strings and numbers always serialise.
        format!("0{}", serde_json::to_string(&handshake).unwrap_or_default())
    }

    /// A new session over polling.
    async fn open(self: Arc<Self>, request: &Request<Incoming>, remote: SocketAddr) -> Response<Body> {
        let Ok(id) = SessionId::random() else { return refuse(Refusal::BadRequest) };
        if self.registry.len() >= self.config.max_connections {
            return text(StatusCode::SERVICE_UNAVAILABLE, "Too many connections");
        }
        let (commands, receiver) = mpsc::channel(MAX_COMMANDS);
        let open = self.handshake(id, vec![Upgrade::Websocket]);
        let connection = self.connection(request, remote);
        let polling = Polling::new(receiver, open, self.config.max_payload);
        let transport = Transport::polling(polling, Arc::clone(&connection.outbox), &self.config);
        let registered = self.registry.add(id, Arc::clone(&connection.outbox), Some(commands.clone()));
        self.tasks.spawn(async move {
            connection.run(transport).await;
            drop(registered);
        });
        poll(commands).await
    }

    async fn post(&self, request: Request<Incoming>, session: mpsc::Sender<Command>) -> Response<Body> {
        let content_type = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        if content_type.is_some_and(|name| name.starts_with(b"application/octet-stream")) {
            return refuse(Refusal::BadRequest);
        }
        let body = match Limited::new(request.into_body(), self.config.max_payload).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => return text(StatusCode::PAYLOAD_TOO_LARGE, ""),
            Err(_) => return refuse(Refusal::BadRequest),
        };
        let Ok(body) = Text::try_from(body) else { return refuse(Refusal::BadRequest) };
        let (reply, answer) = oneshot::channel();
        if session.send(Command::Post(body, reply)).await.is_err() {
            return refuse(Refusal::UnknownSession);
        }
        respond(answer.await.ok())
    }

    fn websocket(
        self: Arc<Self>,
        mut request: Request<Incoming>,
        remote: SocketAddr,
        session: Option<mpsc::Sender<Command>>,
    ) -> Response<Body> {
        let headers = request.headers();
        let has = |name: HeaderName, token: &str| {
            headers.get_all(name).iter().any(|value| {
                value
                    .to_str()
                    .is_ok_and(|list| list.split(',').any(|item| item.trim().eq_ignore_ascii_case(token)))
            })
        };
        let key = headers.get(header::SEC_WEBSOCKET_KEY);
        let (Some(key), true) = (
            key,
            has(header::UPGRADE, "websocket")
                && has(header::CONNECTION, "upgrade")
                && has(header::SEC_WEBSOCKET_VERSION, "13")
                && request.method() == Method::GET,
        ) else {
            return refused(Refusal::BadRequest, remote);
        };
        let accept = derive_accept_key(key.as_bytes());
        if session.is_none() && self.registry.len() >= self.config.max_connections {
            return text(StatusCode::SERVICE_UNAVAILABLE, "Too many connections");
        }
        let upgrade = hyper::upgrade::on(&mut request);
        let tasks = self.tasks.clone();
        tasks.spawn(async move {
            let Some(mut websocket) = self.upgraded(upgrade).await else { return };
            if let Some(session) = session {
                let _ = session.send(Command::Probe(Box::new(websocket))).await;
                return;
            }
            let Ok(id) = SessionId::random() else { return };
            websocket.push(text_frame(&self.handshake(id, Vec::new())));
            let connection = self.connection(&request, remote);
            drop(request);
            let transport = Transport::websocket(websocket, Arc::clone(&connection.outbox), &self.config);
            let registered = self.registry.add(id, Arc::clone(&connection.outbox), None);
            drop(self);
            connection.run(transport).await;
            drop(registered);
        });
        let mut response = Response::new(Body::default());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
        if let Ok(accept) = HeaderValue::from_str(&accept) {
            headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
        }
        response
    }

    async fn upgraded(&self, upgrade: OnUpgrade) -> Option<WebSocket> {
        let upgraded = upgrade.await.ok()?;
        let parts = upgraded.downcast::<TokioIo<TcpStream>>().ok()?;
        Some(WebSocket::new(parts.io.into_inner(), parts.read_buf, self.config.max_payload).await)
    }
}

async fn poll(session: mpsc::Sender<Command>) -> Response<Body> {
    let (reply, answer) = oneshot::channel();
    if session.send(Command::Get(reply)).await.is_err() {
        return refuse(Refusal::UnknownSession);
    }
    // Only the session's task may keep the session: a waiting GET does not.
    drop(session);
    respond(answer.await.ok())
}

fn respond(reply: Option<Reply>) -> Response<Body> {
    match reply {
        Some(Reply::Payload(payload)) => {
            let mut response = text(StatusCode::OK, payload);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Some(Reply::Ok) => text(StatusCode::OK, "ok"),
        Some(Reply::Refused(refusal)) => refuse(refusal),
        // The session has ended meanwhile.
        None => refuse(Refusal::UnknownSession),
    }
}

fn refused(refusal: Refusal, remote: SocketAddr) -> Response<Body> {
    tracing::debug!(%remote, reason = refusal.message(), "a request makes no sense");
    refuse(refusal)
}

fn refuse(refusal: Refusal) -> Response<Body> {
    let mut response = Response::new(Body::from(refusal.body()));
    *response.status_mut() = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn text(status: StatusCode, body: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Body::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

fn preflight(wanted: Option<&HeaderValue>) -> Response<Body> {
    let mut response = text(StatusCode::NO_CONTENT, "");
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET,POST"));
    if let Some(wanted) = wanted {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    response
}
