//! What does not fit, what is too much, and what fails.

use std::io::{self, Write};

use tokio::sync::oneshot;

use super::*;
use crate::store::Health;
use crate::store::records::MAX_MEMBERS;

#[tokio::test]
async fn unknown_paths_are_not_found() {
    let world = World::new().await;
    for path in ["/api", "/api/sessions/", "/healthz/", "/favicon.ico", "/api/sessions/session_1/turns"] {
        for method in ["GET", "POST", "OPTIONS"] {
            let found = said(world.bare(method, path)).await;
            assert_eq!(found, (404, refusal("not-found", "Not found")), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn wrong_methods_are_told_the_right_ones() {
    let world = World::new().await;
    for (method, path, allow) in [
        ("POST", "/", "GET, HEAD, OPTIONS"),
        ("DELETE", "/healthz", "GET, HEAD, OPTIONS"),
        ("DELETE", "/api/sessions", "GET, HEAD, POST, OPTIONS"),
        ("PATCH", "/api/sessions/session_1", "GET, HEAD, DELETE, OPTIONS"),
        ("POST", "/api/sessions/session_1", "GET, HEAD, DELETE, OPTIONS"),
        ("PUT", "/api/sessions/session_1/members", "POST, OPTIONS"),
    ] {
        let response = world.bare(method, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert_eq!(response.headers()["allow"], allow, "{method} {path}");
        let expected = because("method-not-allowed", "Method not allowed", format!("allowed here: {allow}"));
        assert_eq!(response.json::<Value>().await.unwrap(), expected, "{method} {path}");
    }
    // Nor may a HEAD do what only a GET could tell.
    let head = world.bare("HEAD", "/api/sessions/session_1/members").send().await.unwrap();
    assert_eq!(head.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn what_is_malformed_is_named() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    world.heard();
    let (code, message) = ("invalid-message-format", "Invalid message format");
    let wrong = |path: &str, expected: &str, got: &str| {
        because(code, message, json!({ "path": path, "expected": expected, "got": got }))
    };
    let found = world.post("alice", "/api/sessions", &json!({ "title": 3 })).await;
    assert_eq!(found, (400, wrong("title", "a string", "3")));
    let found = world.post("alice", "/api/sessions", &json!({ "users": [] })).await;
    let expected = wrong("", "no field but `title`, `model`, `members`", "a field `users`");
    assert_eq!(found, (400, expected));
    let found = world.post("alice", &format!("{path}/members"), &json!({ "user": "" })).await;
    assert_eq!(found, (400, wrong("user", "a string of 1 to 128 characters", "0 characters")));
    let found = world.get("alice", "/api/sessions?limit=3").await;
    assert_eq!(found, (400, wrong("query", "`all=true`, `all=false` or nothing", "\"limit=3\"")));
    let (status, found) = said(world.request("alice", "POST", "/api/sessions").body("{")).await;
    assert_eq!((status, &found["error"]["details"]["expected"]), (400, &json!("a JSON object")));
    assert_eq!(world.heard(), [""; 0]);
}

#[tokio::test]
async fn what_is_too_large_is_refused() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    let expected = because("too-large", "Request too large", "a body may have 262144 bytes");
    for path in ["/api/sessions", &format!("{path}/members")] {
        let fits = world.request("alice", "POST", path).body(" ".repeat(body::MAX_BODY));
        assert_ne!(said(fits).await.0, 413, "{path}");
        let large = world.request("alice", "POST", path).body(" ".repeat(body::MAX_BODY + 1));
        assert_eq!(said(large).await, (413, expected.clone()), "{path}");
    }
}

#[tokio::test]
async fn a_session_has_a_last_member() {
    let world = World::new().await;
    let users: Vec<String> = (1..MAX_MEMBERS - 1).map(|number| format!("user{number}")).collect();
    let users: Vec<&str> = users.iter().map(String::as_str).collect();
    let members = format!("{}/members", world.session("alice", &users).await);
    assert_eq!(world.post("alice", &members, &json!({ "user": "last" })).await.0, 200);
    let full = (409, because("too-many-members", "Too many members", "a session has at most 256 members"));
    assert_eq!(world.post("alice", &members, &json!({ "user": "one more" })).await, full);
    let users = (0..MAX_MEMBERS).map(|number| number.to_string());
    let body = json!({ "members": users.collect::<Vec<_>>() });
    assert_eq!(world.post("alice", "/api/sessions", &body).await, full);
}

/// The lines of the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_store_that_fails_is_an_answer_and_a_line_of_the_log() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    world.heard();
    world.store.close().await.unwrap();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    // The server runs on this very thread.
    let _guard = tracing::subscriber::set_default(subscriber);
    let unavailable = because(
        "unavailable",
        "Service unavailable",
        "the store does not do what it should; try again later",
    );
    let none = json!({});
    let members = format!("{path}/members");
    for (answer, call) in [
        (world.get("alice", "/api/sessions").await, "list"),
        (world.post("alice", "/api/sessions", &none).await, "create"),
        (world.get("alice", &path).await, "show"),
        (world.delete("alice", &path).await, "delete"),
        (world.post("alice", &members, &none).await, "share"),
    ] {
        assert_eq!(answer, (503, unavailable.clone()), "{call}");
    }
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("parlance::rest")).collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(
        lines.iter().all(|line| line.contains("ERROR") && line.contains("the store is closed")),
        "{text}"
    );
    assert_eq!(world.heard(), [""; 0]);
}

#[tokio::test]
async fn a_store_that_keeps_nothing_is_bad_health() {
    use http_body_util::BodyExt;
    let response = about::health(Health::Degraded("the disk is full".into()));
    assert_eq!(response.status(), hyper::StatusCode::SERVICE_UNAVAILABLE);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let said: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(said, json!({ "status": "degraded", "reason": "the disk is full" }));
}

#[tokio::test]
async fn a_change_is_carried_out_to_its_end_whoever_goes_away() {
    let (go, gate) = oneshot::channel::<()>();
    let (done, heard) = oneshot::channel();
    let asked = tokio::spawn(sessions::to_the_end(async move {
        gate.await.unwrap();
        done.send("done").unwrap();
        Err(Failure::NotFound)
    }));
    // It runs up to the gate.
    tokio::task::yield_now().await;
    asked.abort();
    assert!(asked.await.unwrap_err().is_cancelled());
    go.send(()).unwrap();
    assert_eq!(heard.await, Ok("done"));
}

#[tokio::test]
async fn an_observer_that_panics_costs_one_answer() {
    let answer = sessions::to_the_end(async { panic!("the observer is broken") }).await;
    assert!(matches!(answer, Err(Failure::Internal)));
}

#[test]
fn codes_that_the_chat_protocol_has_too_mean_the_same() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/gemini.yaml");
    let document: serde_yaml::Value =
        serde_yaml::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    let place = parlance_socketio::typed::Mismatch::new("a", "b");
    for failure in
        [Failure::Token, Failure::Denied(""), Failure::NoSession, Failure::Invalid(place), Failure::Internal]
    {
        let (_, code, message) = failure.said();
        assert_eq!(document["errors"][code].as_str(), Some(message), "{code}");
    }
}
