//! Requests that ask for a websocket (RFC 6455 section 4.2): refused, or made into a new session or the upgrade of one.

use std::net::SocketAddr;
use std::sync::Arc;

use data_encoding::BASE64;
use hyper::body::Incoming;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::upgrade::OnUpgrade;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::answer::{Body, text};
use super::config::Config;
use super::http::{Endpoint, refused};
use super::ids::SessionId;
use super::impatient::Impatient;
use super::polling::Command;
use super::speaker::Speaker;
use super::transport::Transport;
use super::websocket::WebSocket;
use crate::engine::Refusal;
use crate::packet::text_frame;

impl<S: Speaker> Endpoint<S> {
    /// Answers with 101 what is a request for a websocket; the rest happens in a task of its own.
    pub(crate) fn websocket(
        self: Arc<Self>,
        mut request: Request<Incoming>,
        remote: SocketAddr,
        session: Option<mpsc::Sender<Command>>,
    ) -> Response<Body> {
        let accept = match agree(&request, remote) {
            Ok(accept) => accept,
            Err(refusal) => return *refusal,
        };
        // A session that there is, or room for a new one.
        let session = match session {
            Some(session) => Ok(session),
            None => match self.admit(&request, remote) {
                Ok(admitted) => Err(admitted),
                Err(refusal) => return *refusal,
            },
        };
        let upgrade = hyper::upgrade::on(&mut request);
        let tasks = self.tasks.clone();
        tasks.spawn(async move {
            let Some(mut websocket) = self.upgraded(upgrade).await else { return };
            let (request, admitted) = match session {
                Ok(session) => {
                    // One that the session has no place for is closed.
                    let _ = session.try_send(Command::Probe(Box::new(websocket)));
                    return;
                }
                Err(admitted) => admitted,
            };
            let Ok(id) = SessionId::random() else { return };
            websocket.push(text_frame(&self.handshake(id, Vec::new())));
            let peer = self.peer(request);
            let transport = Transport::websocket(websocket, &peer);
            // Not in this task, which has room for all that there was to do before.
            self.start(id, peer, transport, None, admitted);
        });
        switch(accept)
    }

    async fn upgraded(&self, upgrade: OnUpgrade) -> Option<WebSocket> {
        upgraded(upgrade, &self.config).await
    }
}

/// The websocket, once 101 has been sent.
pub(crate) async fn upgraded(upgrade: OnUpgrade, config: &Config) -> Option<WebSocket> {
    let upgraded = upgrade.await.ok()?;
    let parts = upgraded.downcast::<TokioIo<Impatient>>().ok()?;
    Some(WebSocket::new(parts.io.into_inner().into_inner(), parts.read_buf, config).await)
}

/// Whether a websocket is asked for as it should be: what to answer with, or a refusal.
pub(crate) fn agree(
    request: &Request<Incoming>,
    remote: SocketAddr,
) -> Result<HeaderValue, Box<Response<Body>>> {
    let headers = request.headers();
    let asks = request.method() == Method::GET
        && has(headers, header::UPGRADE, "websocket")
        && has(headers, header::CONNECTION, "upgrade");
    let (true, Some(accept)) = (asks, accept(headers)) else {
        return Err(refused(Refusal::BadRequest, remote).into());
    };
    let mut versions = headers.get_all(header::SEC_WEBSOCKET_VERSION).iter();
    if versions.next().is_none_or(|version| version != "13") || versions.next().is_some() {
        return Err(other_version().into());
    }
    Ok(accept)
}

/// 101.
pub(crate) fn switch(accept: HeaderValue) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    response
}

fn has(headers: &HeaderMap, name: HeaderName, token: &str) -> bool {
    headers.get_all(name).iter().any(|value| {
        value.to_str().is_ok_and(|list| list.split(',').any(|item| item.trim().eq_ignore_ascii_case(token)))
    })
}

/// The answer to the one key there is, if it is 16 bytes.
fn accept(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut keys = headers.get_all(header::SEC_WEBSOCKET_KEY).iter();
    let (Some(key), None) = (keys.next(), keys.next()) else { return None };
    let bytes = BASE64.decode(key.as_bytes()).ok()?;
    if bytes.len() != 16 {
        return None;
    }
    HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()
}

/// Section 4.4: which version it should have been.
fn other_version() -> Response<Body> {
    let mut response = text(StatusCode::UPGRADE_REQUIRED, "");
    let headers = response.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    response
}
