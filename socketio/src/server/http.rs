//! Requests: refused, given to their session, made into a new one, or passed on to whoever else serves on this port.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Instant, SystemTime};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use super::admission::{Admission, Admitted, NoRoom};
use super::answer::{Body, closing, forbid, overloaded, preflight, refuse, respond, text};
use super::config::{Config, Origins};
use super::counters::{Counters, add};
use super::headers::Headers;
use super::hub::Hub;
use super::ids::SessionId;
use super::outbox::Outbox;
use super::polling::{Command, Polling};
use super::registry::Registry;
use super::request::RequestInfo;
use super::speaker::{Peer, Speaker};
use super::stats::Stats;
use super::transport::Transport;
use crate::engine::{Handshake, Query, Refusal, TransportName, Upgrade};
use crate::packet::Text;

/// Answers requests for other paths.
pub type Fallback = Arc<
    dyn Fn(Request<Incoming>, SocketAddr) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>>
        + Send
        + Sync,
>;

/// Whether a session may begin, judged by the request that asks for it; or what is answered.
pub(crate) type Admit = Box<dyn Fn(&RequestInfo) -> Result<(), String> + Send + Sync>;

/// What all requests share.
pub(crate) struct Endpoint<S: Speaker> {
    pub(crate) speaker: Arc<S>,
    pub(crate) hub: Hub,
    pub(crate) config: Arc<Config>,
    pub(crate) registry: Registry,
    pub(crate) tasks: TaskTracker,
    pub(crate) fallback: Option<Fallback>,
    pub(crate) admission: Admission,
    pub(crate) admit: Option<Admit>,
    pub(crate) counters: Arc<Counters>,
}

impl<S: Speaker> Endpoint<S> {
    pub(crate) fn new(speaker: S, hub: Hub, config: Config) -> Self {
        Self {
            speaker: Arc::new(speaker),
            hub,
            registry: Registry::default(),
            tasks: TaskTracker::new(),
            fallback: None,
            admission: Admission::new(&config),
            admit: None,
            counters: Arc::default(),
            config: Arc::new(config),
        }
    }

    pub(crate) fn stats(&self) -> Stats {
        Stats {
            registry: self.registry.clone(),
            hub: self.hub.clone(),
            tasks: self.tasks.clone(),
            counters: Arc::clone(&self.counters),
        }
    }

    /// Lets a session begin: the request as it is remembered, and its place. If not, what is answered. Who is let in is asked
    /// no more often than sessions may begin.
    pub(crate) fn admit(
        &self,
        request: &Request<Incoming>,
        remote: SocketAddr,
    ) -> Result<(RequestInfo, Admitted), Box<Response<Body>>> {
        let admitted = self.take_place(remote).map_err(|why| Box::new(overloaded(why)))?;
        let request = RequestInfo {
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: Headers::copy(request.headers()),
            remote,
            time: SystemTime::now(),
        };
        if let Some(admit) = &self.admit
            && let Err(why) = admit(&request)
        {
            add(&self.counters.refused);
            tracing::debug!(%remote, why, "a session is not admitted");
            return Err(forbid(&why).into());
        }
        Ok((request, admitted))
    }

    /// Room for one more session, if there is any and they do not come too fast.
    fn take_place(&self, remote: SocketAddr) -> Result<Admitted, NoRoom> {
        let is_ending = self.counters.draining.load(Ordering::Relaxed) || self.registry.is_closed();
        let admitted = match is_ending {
            true => Err(NoRoom::Server),
            false => self.admission.take(remote.ip()),
        };
        if admitted.is_err() {
            add(&self.counters.refused);
        }
        admitted
    }

    /// Answers a request.
    pub(crate) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        remote: SocketAddr,
    ) -> Result<Response<Body>, Infallible> {
        let url = request.uri();
        if url.path().len() + url.query().map_or(0, str::len) > self.config.max_url {
            return Ok(closing(text(StatusCode::URI_TOO_LONG, "")));
        }
        if header_bytes(&request) > self.config.max_header_bytes {
            return Ok(closing(text(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "")));
        }
        if !url.path().starts_with(&self.config.path) {
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
        if !self.config.transports.offer(query.transport) {
            return refused(Refusal::UnknownTransport, remote);
        }
        let session = match query.sid {
            Some(sid) => match self.registry.find(sid) {
                Some(session) => Some(session),
                None => {
                    add(&self.counters.unknown_sessions);
                    return refused(Refusal::UnknownSession, remote);
                }
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
                Method::POST => self.post(request, remote, session).await,
                _ => refuse(Refusal::BadRequest),
            },
        }
    }

    pub(crate) fn peer(&self, request: RequestInfo) -> Peer {
        Peer {
            config: Arc::clone(&self.config),
            request,
            outbox: Arc::new(Outbox::new(self.config.max_queued_messages, self.config.max_queued_bytes)),
            counters: Arc::clone(&self.counters),
        }
    }

    pub(crate) fn handshake(&self, id: SessionId, upgrades: Vec<Upgrade>) -> String {
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
        let (request, admitted) = match self.admit(request, remote) {
            Ok(admitted) => admitted,
            Err(refusal) => return *refusal,
        };
        let (commands, receiver) = mpsc::channel(self.config.max_pending_requests);
        let upgrades = match self.config.transports.offer(TransportName::Websocket) {
            true => vec![Upgrade::Websocket],
            false => Vec::new(),
        };
        let open = self.handshake(id, upgrades);
        let peer = self.peer(request);
        let polling = Polling::new(receiver, open, &self.config);
        let transport = Transport::polling(polling, &peer);
        self.start(id, peer, transport, Some(commands.clone()), admitted);
        poll(commands).await
    }

    /// A session begins, in a task of its own.
    pub(crate) fn start(
        &self,
        id: SessionId,
        peer: Peer,
        transport: Box<Transport>,
        commands: Option<mpsc::Sender<Command>>,
        admitted: Admitted,
    ) {
        let registered = self.registry.add(id, Arc::clone(&peer.outbox), commands);
        let speaker = Arc::clone(&self.speaker);
        let task = self.tasks.spawn(async move {
            speaker.speak(peer, transport).await;
            drop(registered);
            drop(admitted);
        });
        self.registry.runs(id, task.abort_handle());
    }

    async fn post(
        &self,
        request: Request<Incoming>,
        remote: SocketAddr,
        session: mpsc::Sender<Command>,
    ) -> Response<Body> {
        let content_type = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
        if content_type.is_some_and(|name| name.starts_with(b"application/octet-stream")) {
            return refuse(Refusal::BadRequest);
        }
        let limit = self.config.max_payload;
        // What says that it will be too long is not read at all.
        if request.body().size_hint().lower() > limit as u64 {
            return self.too_long(remote);
        }
        // A place is taken before the body is read, so that a session has no more bodies in memory than places.
        let place = match session.try_reserve_owned() {
            Ok(place) => place,
            Err(TrySendError::Full(_)) => return closing(refuse(Refusal::BadRequest)),
            Err(TrySendError::Closed(_)) => return closing(refuse(Refusal::UnknownSession)),
        };
        let body = Limited::new(request.into_body(), limit).collect();
        let body = match tokio::time::timeout(self.config.body_timeout, body).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return self.too_long(remote),
            Ok(Err(_)) => return closing(refuse(Refusal::BadRequest)),
            Err(_) => return closing(text(StatusCode::REQUEST_TIMEOUT, "")),
        };
        let Ok(body) = Text::try_from(body) else { return refuse(Refusal::BadRequest) };
        let (reply, answer) = oneshot::channel();
        // Only the session's task may keep the session: a waiting request does not.
        drop(place.send(Command::Post(body, reply, Instant::now())));
        respond(answer.await.ok())
    }

    /// Stock clients tell nobody why a body of theirs was lost, so that it must be seen here.
    fn too_long(&self, remote: SocketAddr) -> Response<Body> {
        add(&self.counters.oversized_bodies);
        tracing::debug!(%remote, limit = self.config.max_payload, "a body is longer than a message may be");
        closing(text(StatusCode::PAYLOAD_TOO_LARGE, ""))
    }
}

/// Bytes of the headers, as they were on the wire: a colon, a space and the end of the line go with each.
fn header_bytes(request: &Request<Incoming>) -> usize {
    request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

async fn poll(session: mpsc::Sender<Command>) -> Response<Body> {
    let (reply, answer) = oneshot::channel();
    match session.try_send(Command::Get(reply, Instant::now())) {
        Ok(()) => {}
        Err(TrySendError::Full(_)) => return refuse(Refusal::BadRequest),
        Err(TrySendError::Closed(_)) => return refuse(Refusal::UnknownSession),
    }
    // Only the session's task may keep the session: a waiting GET does not.
    drop(session);
    respond(answer.await.ok())
}

pub(crate) fn refused(refusal: Refusal, remote: SocketAddr) -> Response<Body> {
    tracing::debug!(%remote, reason = refusal.message(), "a request makes no sense");
    refuse(refusal)
}
