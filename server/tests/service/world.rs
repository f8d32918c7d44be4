//! A service, with a model and tools that do what the test says.

use std::sync::Arc;
use std::time::Duration;

use parlance_server::cli::Flags;
use parlance_server::config::Config;
use parlance_server::service::Parlance;
use parlance_server::store::SqliteStore;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::person::{Person, connect};
use super::puppets::{self, Questions, Runs};

/// The secret for tokens, the same over restarts.
pub(crate) const SECRET: &str = "a secret that is long enough for HS256, and stays";

/// A service, and everything that a test needs to play with it.
pub(crate) struct World {
    pub(crate) service: Parlance,
    pub(crate) model: Questions,
    pub(crate) tools: Runs,
    pub(crate) folder: Arc<TempDir>,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    /// With a configuration of its own.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::in_folder(Arc::new(TempDir::new().unwrap()), change).await
    }

    async fn in_folder(folder: Arc<TempDir>, change: impl FnOnce(&mut Config)) -> Self {
        let flags = Flags {
            listen: Some("127.0.0.1:0".to_owned()),
            data: Some(folder.path().display().to_string()),
            jwt_secret: Some(SECRET.to_owned()),
            ..Flags::default()
        };
        let mut config = Config::load(flags, |_| None).unwrap();
        change(&mut config);
        let (model, questions) = puppets::model();
        let (tools, runs) = puppets::tools();
        let service = Parlance::start_with(config, Arc::new(model), |registry| {
            tools.into_iter().for_each(|tool| registry.add(tool))
        })
        .await
        .unwrap();
        Self { service, model: questions, tools: runs, folder }
    }

    /// Stops, and starts again with what is in the folder.
    pub(crate) async fn restarts(self) -> Self {
        let Self { service, folder, .. } = self;
        service.stop().await;
        Self::again(folder).await
    }

    /// With what is in a folder.
    pub(crate) async fn again(folder: Arc<TempDir>) -> Self {
        Self::in_folder(folder, |_| ()).await
    }

    /// A token for a user.
    pub(crate) fn token(&self, user: &str, role: &str) -> String {
        self.service.tokens().issue(user, role, Duration::from_secs(600)).unwrap()
    }

    /// Somebody who has not joined anything.
    pub(crate) async fn comes(&self, user: &str, role: &str) -> Person {
        connect(&self.service.url(), &self.token(user, role)).await.unwrap()
    }

    /// A new session of these users; the first is its owner.
    pub(crate) async fn session(&self, users: &[&str]) -> String {
        let body = json!({ "members": users });
        let (status, session) = self.http(Method::POST, "/api/sessions", users[0], Some(body)).await;
        assert_eq!(status, StatusCode::CREATED, "{session}");
        session["id"].as_str().unwrap().to_owned()
    }

    /// Deletes a session.
    pub(crate) async fn deletes(&self, user: &str, session: &str) {
        let (status, body) = self.http(Method::DELETE, &format!("/api/sessions/{session}"), user, None).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    }

    /// Asks the REST API.
    pub(crate) async fn http(
        &self,
        method: Method,
        path: &str,
        user: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.service.url());
        let mut request =
            reqwest::Client::new().request(method, url).bearer_auth(self.token(user, "engineer"));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.unwrap();
        let status = response.status();
        (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null))
    }

    /// An engineer who has joined a session, and has heard of that.
    pub(crate) async fn member(&self, user: &str, session: &str) -> Person {
        let mut person = self.comes(user, "engineer").await;
        person.joins(session).await;
        person.next("session-joined").await;
        person
    }

    /// Alice, in a session of her own.
    pub(crate) async fn alone(&self) -> (Person, String) {
        let session = self.session(&["alice"]).await;
        (self.member("alice", &session).await, session)
    }

    /// Alice and Bob in one session.
    pub(crate) async fn two(&self) -> (Person, Person, String) {
        let session = self.session(&["alice", "bob"]).await;
        (self.member("alice", &session).await, self.member("bob", &session).await, session)
    }

    /// Takes a session away behind the service's back.
    pub(crate) fn loses(&self, session: &str) {
        let database = rusqlite::Connection::open(self.database()).unwrap();
        database.busy_timeout(puppets::DEADLINE).unwrap();
        database.pragma_update(None, "foreign_keys", true).unwrap();
        assert_eq!(database.execute("DELETE FROM session WHERE id = ?1", [session]).unwrap(), 1);
    }

    fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("parlance.db")
    }

    /// Stops, and opens what is left.
    pub(crate) async fn stopped_store(self) -> SqliteStore {
        self.service.stop().await;
        SqliteStore::open(self.folder.path()).unwrap()
    }
}
