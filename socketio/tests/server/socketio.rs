//! Socket.IO: namespaces, events, acknowledgements, attachments.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{Config, ConfigError};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::support::Running;

#[tokio::test]
async fn namespaces_are_joined_with_and_without_payload() {
    let server = Running::start().await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say(r#"40{"token":"123"}"#).await;
    assert!(client.text().await.starts_with(r#"40{"sid":""#));
    assert_eq!(client.text().await, r#"42["auth",{"token":"123"}]"#);
    client.say("40/custom,").await;
    assert!(client.text().await.starts_with(r#"40/custom,{"sid":""#));
    assert_eq!(client.text().await, r#"42/custom,["auth",{}]"#);
}

#[tokio::test]
async fn who_may_not_join_is_told_why_and_may_try_again() {
    let server = Running::start().await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("40/random").await;
    assert_eq!(client.text().await, r#"44/random,{"message":"Invalid namespace"}"#);
    client.say(r#"40{"token":"bad"}"#).await;
    assert_eq!(client.text().await, r#"44{"message":"Go away","data":{"code":"no"}}"#);
    client.say("40").await;
    assert!(client.text().await.starts_with("40{"));
}

#[tokio::test]
async fn leaving_one_namespace_leaves_the_other() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say("40/custom").await;
    client.event().await;
    client.event().await;
    client.say("41/custom").await;
    client.say(r#"42["message",1]"#).await;
    assert_eq!(client.event().await, r#"42["message-back",1]"#);
    client.say("41").await;
    assert_eq!(client.text().await, "2", "the connection stays");
    assert_eq!(
        server.log(),
        ["gone /custom client namespace disconnect", "message", "gone / client namespace disconnect"]
    );
}

#[tokio::test]
async fn events_right_behind_connect_wait_for_it() {
    let server = Running::start().await;
    let mut client = server.websocket("").await;
    client.text().await;
    client.say("40").await;
    client.say(r#"42["message",1]"#).await;
    assert!(client.text().await.starts_with("40{"));
    client.text().await;
    assert_eq!(client.text().await, r#"42["message-back",1]"#);
}

#[tokio::test]
async fn acknowledgements_and_attachments() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say(r#"42456["message-with-ack",1,"2",{"3":[false]}]"#).await;
    assert_eq!(client.event().await, r#"43456[1,"2",{"3":[false]}]"#);
    client.say(r#"452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#).await;
    client.say_binary(&[1, 2, 3]).await;
    client.say_binary(&[4, 5]).await;
    assert_eq!(
        client.event().await,
        r#"452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#
    );
    assert_eq!(client.next().await, Some(Frame::binary(vec![1, 2, 3])));
    assert_eq!(client.next().await, Some(Frame::binary(vec![4, 5])));
}

/// Says so when it is dropped.
struct Enough(Arc<AtomicBool>);

impl Drop for Enough {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_comes_between_a_packet_and_its_attachments() {
    // Pings, and what others send meanwhile: rust_socketio's client takes either for the attachment.
    let config = Config { ping_interval: Duration::from_millis(1), ..Config::default() };
    let server = Running::with(config).await;
    let mut client = server.websocket("").await;
    client.say("40").await;
    for beginning in ["0{", "40{", "42[\"auth\""] {
        assert!(client.event().await.starts_with(beginning));
    }
    let place = |number| format!(r#"{{"_placeholder":true,"num":{number}}}"#);
    let packet = format!(r#"53-["b",{},{},{}]"#, place(0), place(1), place(2));
    let is_enough = Arc::new(AtomicBool::new(false));
    // However this ends, or the senders would be waited for.
    let enough = Enough(Arc::clone(&is_enough));
    let mut tasks = tokio::task::JoinSet::new();
    for sender in 0..4u8 {
        let (hub, packet, is_enough) = (server.hub.clone(), packet.clone(), Arc::clone(&is_enough));
        tasks.spawn_blocking(move || {
            let message = Message::raw_binary(&packet, &vec![vec![sender].into(); 3]);
            let other = Message::bare_event(&Prefix::event("/", "other"));
            while !is_enough.load(Ordering::Relaxed) {
                hub.everyone("/").send(&message);
                hub.everyone("/").send(&other);
                // So that pings find their way through, and their answers.
                std::thread::sleep(Duration::from_micros(50));
            }
        });
    }
    let (mut groups, mut pings, mut others) = (0, 0, 0);
    while groups < 500 || pings < 20 || others < 500 {
        match client.text().await.as_str() {
            "2" => {
                pings += 1;
                client.say("3").await;
            }
            r#"42["other"]"# => others += 1,
            header => {
                assert_eq!(header, format!("4{packet}"));
                let first = client.next().await.unwrap();
                assert!(first.is_binary(), "{first:?}");
                assert_eq!(
                    (client.next().await.unwrap(), client.next().await.unwrap()),
                    (first.clone(), first)
                );
                groups += 1;
            }
        }
    }
    drop(enough);
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
}

#[tokio::test]
async fn stray_attachments_and_texts_between_them_close() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say_binary(&[1]).await;
    assert_eq!(client.closed().await, Some(1002));
    let mut client = server.joined().await;
    client.say(r#"451-["message",{"_placeholder":true,"num":0}]"#).await;
    client.say(r#"42["message",1]"#).await;
    assert_eq!(client.closed().await, Some(1002));
}

#[tokio::test]
async fn events_keep_their_order() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    for number in 0..500 {
        client.say(&format!(r#"42["message",{number}]"#)).await;
    }
    for number in 0..500 {
        assert_eq!(client.event().await, format!(r#"42["message-back",{number}]"#));
    }
}

#[tokio::test]
async fn a_socket_that_is_sent_away_gets_everything_before() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say(r#"42["message",1]"#).await;
    client.say(r#"42["leave"]"#).await;
    assert_eq!(client.event().await, r#"42["message-back",1]"#);
    assert_eq!(client.event().await, "41");
    assert_eq!(client.text().await, "2", "the connection stays");
    assert_eq!(server.hub.len(), 0);
    assert_eq!(server.log().last().unwrap(), "gone / server namespace disconnect");
}

#[test]
fn a_bound_that_is_none_is_refused() {
    let refused = crate::support::refused(Config { max_inbox: 0, ..Config::default() });
    let (value, expected) = ("0".into(), "from 1 to 2^30");
    assert_eq!(refused, ConfigError::Bound { name: "max_inbox", value, expected });
}
