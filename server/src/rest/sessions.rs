//! Sessions: made, listed, shown, shared and deleted.

use std::sync::Arc;

use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};
use parlance_socketio::server::Body;
use serde::Serialize;

use super::caller::Caller;
use super::failure::Failure;
use super::reply::{self, Shown};
use super::wanted::{self, NewSession};
use super::{Shared, id};
use crate::store::records::MAX_ROWS;
use crate::store::{Session, now};

type Answer = Result<Response<Body>, Failure>;

#[derive(Serialize)]
struct List<'a> {
    sessions: Vec<Shown<'a>>,
}

/// The caller's sessions, or everybody's.
pub(super) async fn list(shared: &Shared, caller: &Caller, query: Option<&str>) -> Answer {
    let all = wanted::all(query)?;
    if all && !caller.is_admin {
        return Err(Failure::Denied("admins"));
    }
    let user = (!all).then_some(caller.user.as_str());
    let sessions = shared.store.sessions(user, MAX_ROWS).await.map_err(Failure::of_store)?;
    Ok(reply::json(StatusCode::OK, &List { sessions: sessions.iter().map(Shown::from).collect() }))
}

/// A new one, of the caller.
pub(super) async fn create(shared: Arc<Shared>, caller: Caller, body: &[u8]) -> Answer {
    let session = new_session(caller.user, wanted::session(body)?)?;
    to_the_end(async move {
        shared.store.create_session(session.clone()).await.map_err(Failure::of_store)?;
        shared.observer.created(&session, &session.owner);
        let mut response = reply::json(StatusCode::CREATED, &Shown::from(&session));
        if let Ok(location) = HeaderValue::try_from(format!("/api/sessions/{}", session.id)) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    })
    .await
}

/// One of them.
pub(super) async fn show(shared: &Shared, caller: &Caller, id: &str) -> Answer {
    let session = find(shared, caller, id).await?;
    Ok(reply::json(StatusCode::OK, &Shown::from(&session)))
}

/// One less.
pub(super) async fn delete(shared: Arc<Shared>, caller: Caller, id: &str) -> Answer {
    let session = find(&shared, &caller, id).await?;
    if !caller.owns(&session) && !caller.is_admin {
        return Err(Failure::Denied("the owner of the session, and for admins"));
    }
    to_the_end(async move {
        // Somebody else may have been faster.
        if !shared.store.delete_session(&session.id).await.map_err(Failure::of_store)? {
            return Err(Failure::NoSession);
        }
        shared.observer.deleted(&session.id, &caller.user);
        Ok(reply::empty(StatusCode::NO_CONTENT))
    })
    .await
}

/// Another who may join.
pub(super) async fn add_member(shared: &Shared, caller: &Caller, id: &str, body: &[u8]) -> Answer {
    let session = find(shared, caller, id).await?;
    if !caller.owns(&session) {
        return Err(Failure::Denied("the owner of the session"));
    }
    let user = wanted::member(body)?;
    shared.store.add_member(&session.id, &user).await.map_err(Failure::of_store)?;
    show(shared, caller, id).await
}

/// The session, if there is one as far as the caller is concerned.
async fn find(shared: &Shared, caller: &Caller, id: &str) -> Result<Session, Failure> {
    if !id::is_valid(id) {
        return Err(Failure::NoSession);
    }
    let session = shared.store.session(id).await.map_err(Failure::of_store)?;
    session.filter(|session| caller.sees(session)).ok_or(Failure::NoSession)
}

/// The session as the store will keep it: the owner is the first member, and nobody is one twice.
fn new_session(owner: String, wanted: NewSession) -> Result<Session, Failure> {
    let mut members = vec![owner.clone()];
    for member in wanted.members {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    let now = now();
    let NewSession { title, model, .. } = wanted;
    Ok(Session { id: id::random(now)?, owner, members, title, model, created: now, updated: now })
}

/// Carries out what must not stop half-way: hyper drops the answer to whoever goes away, and then the store would have a
/// change that the observer never hears of.
pub(super) async fn to_the_end(work: impl Future<Output = Answer> + Send + 'static) -> Answer {
    tokio::spawn(work).await.unwrap_or_else(|error| {
        tracing::error!(target: "parlance::rest", %error, "a request could not be carried out to its end");
        Err(Failure::Internal)
    })
}
