//! Session ids that are none, are not one's own, or are not of this kind of session.

use parlance_socketio::server::Config;
use serde_json::Value;

use crate::support::raw::upgrade;
use crate::support::{Client, Running};

tests!(
    unknown_sessions_are_all_the_same,
    a_session_id_that_is_nearly_right_is_unknown_and_its_session_goes_on,
    a_session_that_began_as_a_websocket_is_none_of_polling,
    what_others_may_see_of_a_socket_is_not_its_session_id,
);

const UNKNOWN: &str = r#"{"code":1,"message":"Session ID unknown"}"#;

/// Asks for a websocket of a session; what is answered to that.
async fn asked(server: &Running, sid: &str) -> String {
    let request =
        upgrade(&format!("&sid={sid}"), "").replace("Connection: Upgrade", "Connection: close, Upgrade");
    server.raw(request).await
}

async fn assert_unknown(server: &Running, sid: &str) {
    for method in ["GET", "POST"] {
        let query = format!("EIO=4&transport=polling&sid={sid}");
        assert_eq!(server.http(method, &query, "").await, (400, UNKNOWN.into()), "{method} {sid:.100}");
    }
    let answer = asked(server, sid).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.ends_with(UNKNOWN), "{sid:.100}: {answer}");
}

#[tokio::test]
async fn unknown_sessions_are_all_the_same() {
    // A session id is the only thing that a session is known by, so that somebody else's is one's own or unknown.
    let server = Running::start().await;
    for sid in ["nobody", "__proto__", "", "%00", "AAAAAAAAAAAAAAAAAAAAAA", &"x".repeat(4096)] {
        assert_unknown(&server, sid).await;
    }
    assert_eq!(server.stats.snapshot().unknown_sessions, 18, "somebody may be guessing");
    server.healthy().await;
}

#[tokio::test]
async fn a_session_id_that_is_nearly_right_is_unknown_and_its_session_goes_on() {
    let server = Running::with(Config::default()).await;
    let sid = server.joined_over_polling().await;
    for at in [0, 10, 20, 21] {
        let mut near = sid.clone().into_bytes();
        // The last character holds two bits that mean something; base64 that is not the shortest is none.
        near[at] = if near[at] == b'A' { b'Q' } else { b'A' };
        assert_unknown(&server, &String::from_utf8(near).unwrap()).await;
    }
    for near in [sid.to_lowercase(), format!("{sid}="), format!("{sid}A"), sid[..21].to_owned()] {
        assert_unknown(&server, &near).await;
    }
    server.tell(&sid, "42[\"message\",1]").await;
    assert_eq!(server.get(&sid).await, (200, r#"42["message-back",1]"#.into()));
    assert!(server.log().iter().all(|line| line == "message"), "{:?}", server.log());
    server.tell(&sid, "1").await;
    server.healthy().await;
}

/// Of an open packet or an answer to CONNECT, the id in it.
fn id_of(packet: &str) -> String {
    let json: Value = serde_json::from_str(packet.trim_start_matches(char::is_numeric)).expect(packet);
    json["sid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_that_began_as_a_websocket_is_none_of_polling() {
    let server = Running::with(Config::default()).await;
    let mut client = server.websocket("").await;
    let sid = id_of(&client.text().await);
    assert_unknown(&server, &sid).await;
    client.say("40").await;
    assert!(client.text().await.starts_with("40{"), "it goes on");
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn what_others_may_see_of_a_socket_is_not_its_session_id() {
    let server = Running::with(Config::default()).await;
    let joined = async |client: &mut Client, namespace: &str| {
        client.say(&format!("40{namespace}")).await;
        let socket = id_of(client.event().await.trim_start_matches("40/custom,"));
        client.event().await;
        socket
    };
    let mut client = server.websocket("").await;
    let session = id_of(&client.text().await);
    let mut ids = vec![joined(&mut client, "").await, joined(&mut client, "/custom,").await, session];
    let session = server.open().await;
    server.tell(&session, "40").await;
    let socket = id_of(server.get(&session).await.1.split('\u{1e}').next().unwrap());
    // Nor can it be used like one.
    assert_unknown(&server, &socket).await;
    server.tell(&session, "1").await;
    let shown: Vec<String> = server.hub.all().ids().iter().map(ToString::to_string).collect();
    assert!(shown.iter().all(|id| ids.contains(id)));
    ids.extend([session, socket]);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 5, "{ids:?}");
    drop(client);
    server.healthy().await;
}
