//! The REST API: sessions are made, shared and deleted over HTTP, and whoever watches the service asks how it is.
//!
//! Socket.IO has the port; what is not for it comes here through its [`Fallback`]. `docs/rest.md` shows every call.
//!
//! A session exists for its members and for admins, and for nobody else: others are told what they would be told if it did
//! not exist. What is wrong is answered with `{"error":{"code","message","details"?}}`, in the words of the chat protocol
//! where it has some.

mod about;
mod body;
mod caller;
mod cors;
mod failure;
mod id;
mod reply;
mod route;
mod sessions;
mod wanted;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header;
use hyper::{Method, Request, Response};
use parlance_socketio::server::{Body, Fallback, Origins};

use crate::auth::Tokens;
use crate::store::{Session, Store};
use caller::Caller;
use failure::Failure;
use route::Route;

/// What the rest of the service hears of this API.
///
/// Both are called once per change, after the store has it and before it is answered, even if whoever asked has gone
/// meanwhile. They are called on a worker thread of the runtime: they must not block, and should hand on what takes time.
pub trait Observer: Send + Sync {
    /// `user` has made a session. For the log of activity: no actor runs for it until somebody joins.
    fn created(&self, session: &Session, user: &str);

    /// `user`, its owner or an admin, has deleted a session. Its actor is to be stopped and its sockets are to leave: the
    /// store refuses whatever they would still write with [`NoSuchSession`](crate::store::StoreError::NoSuchSession).
    fn deleted(&self, session_id: &str, user: &str);
}

/// A new id for a session made at `now` (Unix ms); `None` if the system has no random numbers.
pub fn session_id(now: i64) -> Option<String> {
    id::random(now).ok()
}

/// The REST API.
pub struct Rest {
    shared: Arc<Shared>,
}

/// What all requests share.
struct Shared {
    store: Arc<dyn Store>,
    tokens: Arc<Tokens>,
    observer: Arc<dyn Observer>,
    origins: Origins,
}

impl Rest {
    /// Over a store. Web pages of other origins than these are refused, as they are by Socket.IO.
    pub fn new(
        store: Arc<dyn Store>,
        tokens: Arc<Tokens>,
        observer: Arc<dyn Observer>,
        origins: Origins,
    ) -> Self {
        Self { shared: Arc::new(Shared { store, tokens, observer, origins }) }
    }

    /// For [`Server::fallback`](parlance_socketio::server::Server::fallback).
    pub fn into_fallback(self) -> Fallback {
        let shared = self.shared;
        Arc::new(move |request, remote| {
            let shared = Arc::clone(&shared);
            Box::pin(async move { shared.answer(request, remote).await })
        })
    }
}

impl fmt::Debug for Rest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rest").field("origins", &self.shared.origins).finish_non_exhaustive()
    }
}

impl Shared {
    async fn answer(self: Arc<Self>, request: Request<Incoming>, remote: SocketAddr) -> Response<Body> {
        let origin = request.headers().get(header::ORIGIN).cloned();
        let is_allowed = self.origins.allows(origin.as_ref().map(|origin| origin.as_bytes()));
        let answer = if is_allowed {
            Arc::clone(&self).route(request, remote).await
        } else {
            tracing::warn!(target: "parlance::rest", %remote, ?origin, "the origin is not allowed");
            Err(Failure::Origin)
        };
        let mut response = answer.unwrap_or_else(Failure::into_response);
        cors::mark(&self.origins, origin.filter(|_| is_allowed), response.headers_mut());
        response
    }

    async fn route(
        self: Arc<Self>,
        request: Request<Incoming>,
        remote: SocketAddr,
    ) -> Result<Response<Body>, Failure> {
        let path = request.uri().path().to_owned();
        let route = Route::of(&path).ok_or(Failure::NotFound)?;
        // The body of an answer to HEAD is left out by hyper.
        let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
        match (route, method) {
            (route, Method::OPTIONS) => Ok(cors::options(route)),
            (Route::Root, Method::GET) => Ok(about::root()),
            (Route::Health, Method::GET) => Ok(about::health(self.store.health())),
            (route, method) if route.has(&method) => {
                let caller = Caller::of(request.headers(), &self.tokens, remote)?;
                self.sessions(request, caller, route, method).await
            }
            (route, _) => Err(Failure::Method(route.allow())),
        }
    }

    async fn sessions(
        self: Arc<Self>,
        request: Request<Incoming>,
        caller: Caller,
        route: Route<'_>,
        method: Method,
    ) -> Result<Response<Body>, Failure> {
        match (route, method) {
            (Route::Sessions, Method::GET) => sessions::list(&self, &caller, request.uri().query()).await,
            (Route::Sessions, Method::POST) => {
                let body = body::read(request.into_body(), body::MAX_BODY, body::PATIENCE).await?;
                sessions::create(self, caller, &body).await
            }
            (Route::Session(id), Method::GET) => sessions::show(&self, &caller, id).await,
            (Route::Session(id), Method::DELETE) => sessions::delete(self, caller, id).await,
            (Route::Members(id), Method::POST) => {
                let body = body::read(request.into_body(), body::MAX_BODY, body::PATIENCE).await?;
                sessions::add_member(&self, &caller, id, &body).await
            }
            (route, _) => Err(Failure::Method(route.allow())),
        }
    }
}

#[cfg(test)]
mod tests;
