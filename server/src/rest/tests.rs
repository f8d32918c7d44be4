//! The API as its clients see it: over a real socket, behind a real Socket.IO server, with a real store.

mod access;
mod browsers;
mod everyday;
mod faults;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Mutex;
use std::time::Duration;

use parlance_socketio::packet::Event;
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::store::SqliteStore;

const SECRET: &[u8; 32] = b"a secret of exactly 32 bytes ...";

/// What the rest of the service heard.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Observer for Heard {
    fn created(&self, session: &Session, user: &str) {
        self.0.lock().unwrap().push(format!("{user} created {}", session.id));
    }

    fn deleted(&self, session_id: &str, user: &str) {
        self.0.lock().unwrap().push(format!("{user} deleted {session_id}"));
    }
}

/// Socket.IO, with nobody there.
struct Nobody;

impl Service for Nobody {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), ConnectError> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, _: &Socket<()>, _: Event) {}

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

/// A running server.
struct World {
    url: String,
    http: reqwest::Client,
    store: Arc<SqliteStore>,
    tokens: Arc<Tokens>,
    heard: Arc<Heard>,
    _folder: TempDir,
}

impl World {
    async fn new() -> Self {
        Self::with(Origins::Any).await
    }

    async fn with(origins: Origins) -> Self {
        let folder = TempDir::new().unwrap();
        let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
        let tokens = Arc::new(Tokens::new(SECRET).unwrap());
        let heard = Arc::new(Heard::default());
        let rest = Rest::new(store.clone(), tokens.clone(), heard.clone(), origins);
        let server = Server::new(Nobody, Hub::default(), Config::default()).fallback(rest.into_fallback());
        let listener = Server::<Nobody>::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        // It ends with the test's runtime.
        drop(tokio::spawn(server.serve(listener, std::future::pending())));
        // What hangs fails.
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        Self { url, http, store, tokens, heard, _folder: folder }
    }

    /// A request without a token.
    fn bare(&self, method: &str, path: &str) -> RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}{path}", self.url))
    }

    /// A request of a user; `root` is the admin.
    fn request(&self, user: &str, method: &str, path: &str) -> RequestBuilder {
        let role = if user == "root" { "admin" } else { "engineer" };
        let token = self.tokens.issue(user, role, Duration::from_secs(60)).unwrap();
        self.bare(method, path).bearer_auth(token)
    }

    async fn get(&self, user: &str, path: &str) -> (u16, Value) {
        said(self.request(user, "GET", path)).await
    }

    async fn post(&self, user: &str, path: &str, body: &Value) -> (u16, Value) {
        said(self.request(user, "POST", path).body(body.to_string())).await
    }

    async fn delete(&self, user: &str, path: &str) -> (u16, Value) {
        said(self.request(user, "DELETE", path)).await
    }

    /// The path of a new session.
    async fn session(&self, owner: &str, members: &[&str]) -> String {
        let (status, session) = self.post(owner, "/api/sessions", &json!({ "members": members })).await;
        assert_eq!(status, 201, "{session}");
        format!("/api/sessions/{}", session["id"].as_str().unwrap())
    }

    /// What the rest of the service has heard since somebody asked.
    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.0.lock().unwrap())
    }
}

/// Status and JSON of an answer; null for none.
async fn said(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}

/// What a refusal without details says.
fn refusal(code: &str, message: &str) -> Value {
    json!({ "error": { "code": code, "message": message } })
}

/// What a refusal with details says.
fn because(code: &str, message: &str, details: impl Into<Value>) -> Value {
    json!({ "error": { "code": code, "message": message, "details": details.into() } })
}
