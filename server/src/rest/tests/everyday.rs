//! What works: sessions are made, listed, shown, shared and deleted, and the service tells how it is.

use super::*;

#[tokio::test]
async fn anybody_may_know_what_this_is_and_how_it_is() {
    let world = World::new().await;
    let (status, health) = said(world.bare("GET", "/healthz")).await;
    assert_eq!((status, health), (200, json!({ "status": "ok" })));
    let root = world.bare("GET", "/").send().await.unwrap();
    assert_eq!(root.status(), StatusCode::OK);
    assert_eq!(root.headers()["content-type"], "text/plain; charset=utf-8");
    let text = root.text().await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].contains("Parlance") && lines[1].contains("/socket.io/") && lines[2].contains("README"));
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    for path in ["/", "/healthz", "/api/sessions", &path] {
        let get = world.request("alice", "GET", path).send().await.unwrap();
        let head = world.request("alice", "HEAD", path).send().await.unwrap();
        assert_eq!(head.status(), StatusCode::OK, "{path}");
        assert_eq!(head.headers()["content-length"], get.headers()["content-length"], "{path}");
        assert_eq!(head.text().await.unwrap(), "", "{path}");
    }
}

#[tokio::test]
async fn socket_io_keeps_its_path() {
    let world = World::new().await;
    let open = world.bare("GET", "/socket.io/?EIO=4&transport=polling").send().await.unwrap();
    assert!(open.text().await.unwrap().starts_with("0{\"sid\""));
}

#[tokio::test]
async fn a_session_is_made() {
    let world = World::new().await;
    let body = json!({ "title": "Plans", "model": "gemini-2.5-pro", "members": ["bob", "alice", "bob"] });
    let request = world.request("alice", "POST", "/api/sessions").body(body.to_string());
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let session: Value = response.json().await.unwrap();
    let id = session["id"].as_str().unwrap();
    assert!(super::id::is_valid(id), "{id}");
    assert_eq!(location, format!("/api/sessions/{id}"));
    let at = session["createdAt"].as_str().unwrap();
    assert_eq!(at.len(), "2026-01-02T03:04:05.678Z".len(), "{at}");
    assert!(at.parse::<jiff::Timestamp>().is_ok(), "{at}");
    let expected = json!({
        "id": id, "title": "Plans", "model": "gemini-2.5-pro", "owner": "alice", "members": ["alice", "bob"],
        "createdAt": at, "updatedAt": at,
    });
    assert_eq!(session, expected);
    assert_eq!(world.heard(), [format!("alice created {id}")]);
    for user in ["alice", "bob", "root"] {
        assert_eq!(world.get(user, &location).await, (200, expected.clone()), "{user}");
    }
    assert_eq!(world.heard(), [""; 0]);
}

#[tokio::test]
async fn a_session_needs_no_body() {
    let world = World::new().await;
    let (status, session) = said(world.request("alice", "POST", "/api/sessions")).await;
    assert_eq!(status, 201);
    let mut keys: Vec<&str> = session.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["createdAt", "id", "members", "owner", "updatedAt"]);
    assert_eq!(session["members"], json!(["alice"]));
}

#[tokio::test]
async fn everybody_lists_their_own_and_admins_all() {
    let world = World::new().await;
    let first = world.session("alice", &[]).await;
    let second = world.session("bob", &["alice"]).await;
    let third = world.session("root", &[]).await;
    let listed = async |user: &str, path: &str| {
        let (status, list) = world.get(user, path).await;
        assert_eq!(status, 200, "{list}");
        let ids = list["sessions"].as_array().unwrap().iter().map(|session| session["id"].as_str().unwrap());
        ids.map(|id| format!("/api/sessions/{id}")).collect::<Vec<_>>()
    };
    assert_eq!(listed("alice", "/api/sessions").await, [&*second, &first]);
    assert_eq!(listed("bob", "/api/sessions?all=false").await, [&*second]);
    assert_eq!(listed("carol", "/api/sessions").await, [""; 0]);
    assert_eq!(listed("root", "/api/sessions").await, [&*third]);
    assert_eq!(listed("root", "/api/sessions?all=true").await, [&*third, &second, &first]);
    let (_, one) = world.get("bob", &second).await;
    let (_, list) = world.get("bob", "/api/sessions").await;
    assert_eq!(list, json!({ "sessions": [one] }));
}

#[tokio::test]
async fn the_owner_shares_a_session() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    assert_eq!(world.get("bob", &path).await.0, 404);
    for _ in 0..2 {
        let (status, session) =
            world.post("alice", &format!("{path}/members"), &json!({ "user": "bob" })).await;
        assert_eq!((status, &session["members"]), (200, &json!(["alice", "bob"])));
    }
    assert_eq!(world.get("bob", &path).await.0, 200);
}

#[tokio::test]
async fn a_session_is_deleted_by_its_owner_or_an_admin() {
    let world = World::new().await;
    for (user, members) in [("alice", &["bob"][..]), ("root", &[])] {
        let path = world.session("alice", members).await;
        let id = path.strip_prefix("/api/sessions/").unwrap();
        world.heard();
        let response = world.request(user, "DELETE", &path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(response.text().await.unwrap(), "");
        assert_eq!(world.heard(), [format!("{user} deleted {id}")]);
        let gone = (404, refusal("session-not-found", "Session not found"));
        assert_eq!(world.get(user, &path).await, gone);
        assert_eq!(world.delete(user, &path).await, gone);
        assert_eq!(world.heard(), [""; 0]);
    }
}
