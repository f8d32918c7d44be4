//! Upgrades that are begun, doubled, broken off or never finished.

use std::time::Duration;

use parlance_socketio::server::Config;

use crate::support::Running;
use crate::support::raw::{text, upgrade};

tests!(
    an_upgrade_that_is_not_finished_is_given_up,
    a_second_upgrade_leaves_the_first_as_it_is,
    a_websocket_is_probed_once,
    nothing_is_said_over_polling_after_the_upgrade,
    a_reset_while_upgrading_leaves_polling_as_it_was,
    a_reset_of_an_upgrade_that_is_refused_leaves_nothing,
);

const BACK: &str = r#"42["message-back",1]"#;
const MESSAGE: &str = r#"42["message",1]"#;

async fn patient() -> Running {
    Running::with(Config::default()).await
}

#[tokio::test]
async fn an_upgrade_that_is_not_finished_is_given_up() {
    let config = Config { upgrade_timeout: Duration::from_millis(100), ..Config::default() };
    let server = Running::with(config).await;
    let (sid, mut client) = server.probed().await;
    server.tell(&sid, MESSAGE).await;
    assert_eq!(client.closed().await, None, "after its time");
    assert_eq!(server.body(&sid).await, BACK);
    drop(client);
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn a_second_upgrade_leaves_the_first_as_it_is() {
    let server = patient().await;
    let (sid, mut first) = server.probed().await;
    // While it goes on, and when it is done.
    for _ in 0..2 {
        let mut second = server.websocket(&format!("&sid={sid}")).await;
        assert_eq!(second.closed().await, None, "accepted, and closed");
    }
    first.say("5").await;
    first.say(MESSAGE).await;
    assert_eq!(first.event().await, BACK);
    let mut second = server.websocket(&format!("&sid={sid}")).await;
    assert_eq!(second.closed().await, None, "accepted, and closed");
    first.say(MESSAGE).await;
    assert_eq!(first.event().await, BACK);
    drop((first, second));
    server.healthy().await;
}

#[tokio::test]
async fn a_websocket_is_probed_once() {
    let server = patient().await;
    // Each would be answered, and whoever reads no answer lets them pile up.
    let (sid, mut client) = server.probed().await;
    client.say("2probe").await;
    assert_eq!(client.closed().await, None);
    drop(client);
    server.tell(&sid, MESSAGE).await;
    assert_eq!(server.body(&sid).await, BACK, "polling goes on");
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn nothing_is_said_over_polling_after_the_upgrade() {
    let server = patient().await;
    let sid = server.open().await;
    let mut client = server.websocket(&format!("&sid={sid}")).await;
    client.say("2probe").await;
    client.text().await;
    client.say("5").await;
    client.say("40").await;
    client.text().await;
    for method in ["GET", "POST"] {
        let query = format!("EIO=4&transport=polling&sid={sid}");
        let (status, body) = server.http(method, &query, "40").await;
        assert_eq!((status, body.as_str()), (400, r#"{"code":3,"message":"Bad request"}"#), "{method}");
    }
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn a_reset_while_upgrading_leaves_polling_as_it_was() {
    let server = patient().await;
    let sid = server.joined_over_polling().await;
    let request = [upgrade(&format!("&sid={sid}"), "").into_bytes(), text("2probe")].concat();
    for length in 0..=request.len() {
        let mut raw = server.connect().await;
        raw.send(&request[..length]).await;
        raw.stream.set_zero_linger().unwrap();
    }
    server.tell(&sid, MESSAGE).await;
    assert_eq!(server.body(&sid).await, BACK);
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn a_reset_of_an_upgrade_that_is_refused_leaves_nothing() {
    let server = patient().await;
    // Of a session that there is not, and with a key that is none: the client goes while it is being told so.
    let unknown = upgrade("&sid=AAAAAAAAAAAAAAAAAAAAAA", "");
    for request in [unknown, upgrade("", "").replace("dGhlIHNhbXBsZSBub25jZQ==", "none")] {
        let request = [request.into_bytes(), text("2probe")].concat();
        for length in 0..=request.len() {
            let mut raw = server.connect().await;
            raw.send(&request[..length]).await;
            raw.stream.set_zero_linger().unwrap();
        }
    }
    assert_eq!(server.stats.snapshot().connections, 0);
    server.healthy().await;
}
