//! Who gets in, and for how long.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header, encode};
use parlance_socketio::client::ConnectError;
use serde_json::{Value, json};

use super::person::connect;
use super::world::{SECRET, World};

/// Seconds from now; past ones are negative.
fn moment(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    i64::try_from(now).unwrap() + seconds
}

/// A token with just these claims.
fn token(claims: &Value, secret: &str) -> String {
    encode(&Header::default(), claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

#[tokio::test]
async fn who_has_no_role_is_an_engineer() {
    let world = World::new().await;
    let mut ada = connect(&world.service.url(), &token(&json!({ "sub": "ada", "exp": moment(60) }), SECRET))
        .await
        .unwrap();
    assert_eq!(ada.is_refused("monitoring:get-stats", Value::Null).await, "access-denied");
    let root = world.comes("root", "admin").await;
    root.does("monitoring:broadcast", json!({ "message": "hello", "type": "info" })).await;
    assert_eq!(ada.next("system:broadcast").await["from"], "root");
}

#[tokio::test]
async fn a_user_id_will_do_in_the_place_of_a_subject() {
    let world = World::new().await;
    let session = world.session(&["ada"]).await;
    let token = token(&json!({ "userId": "ada", "role": "engineer", "exp": moment(60) }), SECRET);
    connect(&world.service.url(), &token).await.unwrap().joins(&session).await;
}

#[tokio::test]
async fn every_bad_token_gets_the_same_answer() {
    let world = World::new().await;
    let good = json!({ "sub": "ada", "exp": moment(60) });
    let bad = [
        String::new(),
        "garbage".to_owned(),
        "a.b.c".to_owned(),
        "x".repeat(9000),
        token(&good, "a secret that somebody else has made up for this"),
        token(&json!({ "sub": "ada", "exp": moment(-60) }), SECRET),
        token(&json!({ "sub": "ada" }), SECRET),
        token(&json!({ "exp": moment(60) }), SECRET),
        token(&json!({ "sub": "ada", "role": "king", "exp": moment(60) }), SECRET),
    ];
    for token in bad {
        match connect(&world.service.url(), &token).await {
            Err(ConnectError::Refused { message, data }) => {
                assert_eq!(message, "Authentication failed");
                assert_eq!(data, Some(json!({ "code": "authentication-failed" })));
            }
            Err(other) => panic!("{token}: {other}"),
            Ok(_) => panic!("{token} was let in"),
        }
    }
    connect(&world.service.url(), &token(&good, SECRET)).await.unwrap();
}

/// The token is over, and still within what clocks may differ: it is let in, and shown out.
#[tokio::test]
async fn a_connection_ends_with_its_token() {
    let world = World::new().await;
    let session = world.session(&["ada"]).await;
    let old = token(&json!({ "sub": "ada", "exp": moment(-5) }), SECRET);
    connect(&world.service.url(), &old).await.unwrap().is_sent_away().await;
    let mut other = world.member("ada", &session).await;
    assert!(other.everything().await.is_empty(), "another connection of theirs stays");
}

/// Nothing happens to the connection but time.
#[tokio::test]
async fn a_connection_that_was_good_ends_soon_after_its_token() {
    let world = World::new().await;
    let exp = moment(-2);
    let mut ada =
        connect(&world.service.url(), &token(&json!({ "sub": "ada", "exp": exp }), SECRET)).await.unwrap();
    assert!(
        ada.does("tool:list", Value::Null).await["tools"].is_array(),
        "it is let in, and stays for a moment"
    );
    ada.is_sent_away().await;
    let since =
        SystemTime::now().duration_since(UNIX_EPOCH + Duration::from_secs(exp.unsigned_abs())).unwrap();
    assert!(since >= Duration::from_secs(3), "{since:?}");
}
