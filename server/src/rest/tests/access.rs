//! Who may do what, and what everybody else is told.

use jsonwebtoken::{EncodingKey, Header};

use super::*;

#[tokio::test]
async fn to_others_a_session_does_not_exist() {
    let world = World::new().await;
    let real = world.session("alice", &["bob"]).await;
    world.heard();
    let invented = "/api/sessions/session_1_00000000000000000000000000000000".to_owned();
    let impossible = "/api/sessions/nonsense".to_owned();
    for path in [real, invented, impossible] {
        let members = format!("{path}/members");
        let expected = (404, refusal("session-not-found", "Session not found"));
        assert_eq!(world.get("mallory", &path).await, expected);
        assert_eq!(world.delete("mallory", &path).await, expected);
        assert_eq!(world.post("mallory", &members, &json!({ "user": "mallory" })).await, expected);
        // What is wrong with the body would tell that there is a session.
        assert_eq!(world.post("mallory", &members, &json!({})).await, expected);
    }
    assert_eq!(world.heard(), [""; 0]);
}

#[tokio::test]
async fn members_neither_share_nor_delete() {
    let world = World::new().await;
    let path = world.session("alice", &["bob"]).await;
    world.heard();
    let share = json!({ "user": "mallory" });
    let owner = because("access-denied", "Access denied", "this is for the owner of the session");
    assert_eq!(world.post("bob", &format!("{path}/members"), &share).await, (403, owner.clone()));
    assert_eq!(world.post("root", &format!("{path}/members"), &share).await, (403, owner));
    let details = "this is for the owner of the session, and for admins";
    let expected = because("access-denied", "Access denied", details);
    assert_eq!(world.delete("bob", &path).await, (403, expected));
    assert_eq!(world.heard(), [""; 0]);
    assert_eq!(world.get("alice", &path).await.1["members"], json!(["alice", "bob"]));
}

#[tokio::test]
async fn only_admins_list_everything() {
    let world = World::new().await;
    let expected = because("access-denied", "Access denied", "this is for admins");
    assert_eq!(world.get("alice", "/api/sessions?all=true").await, (403, expected));
}

#[tokio::test]
async fn only_the_role_admin_is_one() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    for role in ["Admin", "administrator", "engineer"] {
        let token = world.tokens.issue("eve", role, Duration::from_secs(60)).unwrap();
        assert_eq!(said(world.bare("GET", &path).bearer_auth(token)).await.0, 404, "{role}");
    }
}

#[tokio::test]
async fn without_a_token_that_counts_nothing_is_told() {
    let world = World::new().await;
    let path = world.session("alice", &[]).await;
    let members = format!("{path}/members");
    let expired = jsonwebtoken::encode(
        &Header::default(),
        &json!({ "sub": "alice", "exp": 1 }),
        &EncodingKey::from_secret(SECRET),
    );
    let foreign = Tokens::new(&[7; 32]).unwrap().issue("alice", "admin", Duration::from_secs(60)).unwrap();
    let tokens = [None, Some("nonsense".to_owned()), Some(expired.unwrap()), Some(foreign)];
    let calls = [
        ("GET", "/api/sessions"),
        ("POST", "/api/sessions"),
        ("GET", &path),
        ("DELETE", &path),
        ("POST", &members),
    ];
    world.heard();
    for token in tokens {
        for (method, path) in calls {
            let mut request = world.bare(method, path);
            if let Some(token) = &token {
                request = request.bearer_auth(token);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{method} {path} {token:?}");
            assert_eq!(response.headers()["www-authenticate"], "Bearer");
            let details = "send `Authorization: Bearer TOKEN` with a token that is valid";
            let expected = because("authentication-failed", "Authentication failed", details);
            assert_eq!(response.json::<Value>().await.unwrap(), expected);
        }
    }
    assert_eq!(world.heard(), [""; 0]);
    assert_eq!(world.get("alice", &path).await.0, 200);
}
