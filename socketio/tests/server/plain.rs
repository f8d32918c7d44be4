//! Plain Engine.IO beside Socket.IO: messages come back as they are.

use std::time::Duration;

use parlance_socketio::server::Config;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::support::Running;

#[tokio::test]
async fn messages_come_back_over_polling_in_order() {
    let server = Running::start().await.plain();
    let sid = server.open().await;
    let body = "4hello\u{1e}bAQIDBA==\u{1e}4\u{1e}b\u{1e}4\u{fc}";
    assert_eq!(server.post(&sid, body).await, (200, "ok".into()));
    assert_eq!(server.get(&sid).await, (200, body.into()));
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn messages_come_back_over_websockets() {
    let server = Running::start().await.plain();
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("4hello").await;
    assert_eq!(client.text().await, "4hello");
    client.say_binary(&[1, 2, 3]).await;
    assert_eq!(client.next().await, Some(Frame::binary(&[1, 2, 3][..])));
    client.say("4host").await;
    assert_eq!(client.text().await, "4x", "the request that opened it is known");
    client.say("4close").await;
    assert_eq!(client.closed().await, Some(1000));
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn what_was_sent_over_polling_comes_over_the_websocket_after_an_upgrade() {
    let server = Running::start().await.plain();
    let sid = server.open().await;
    let mut client = server.websocket(&format!("&sid={sid}")).await;
    client.say("2probe").await;
    assert_eq!(client.text().await, "3probe");
    client.say("5").await;
    client.say("4hello").await;
    assert_eq!(client.event().await, "4hello");
    assert_eq!(server.get(&sid).await.0, 400);
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn nobody_need_join_a_namespace() {
    let server = Running::with(Config {
        ping_interval: Duration::from_millis(100),
        ping_timeout: Duration::from_secs(5),
        connect_timeout: Duration::from_millis(50),
        ..Config::default()
    });
    let server = server.await.plain();
    let mut client = server.websocket("").await;
    client.text().await;
    // The first ping comes after the time in which Socket.IO would have had to be spoken.
    assert_eq!(client.text().await, "2");
    client.say("3").await;
    client.say("4still here").await;
    assert_eq!(client.event().await, "4still here");
    // What is no Engine.IO is none here either.
    client.say("abc").await;
    assert_eq!(client.closed().await, Some(1002));
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn socket_io_is_where_it_was() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say("42[\"message\",1]").await;
    assert_eq!(client.text().await, "42[\"message-back\",1]");
    drop(client);
    server.healthy().await;
}

#[tokio::test]
async fn a_service_that_panics_costs_the_connection() {
    let server = Running::with(Config::default()).await.plain();
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("4panic").await;
    client.say("4behind").await;
    assert_eq!(client.closed().await, Some(1011));
    server.idle().await;
    assert_eq!(server.panics().len(), 1);
}
