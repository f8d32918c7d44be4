//! Acknowledgements that the server asks for: of one client and of many, in time and not.

use std::time::Duration;

use parlance_socketio::packet::{Message, Prefix};
use parlance_socketio::server::{AckError, Config};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::support::raw::text;
use crate::support::{Client, Running, soon};

/// The id that a question asks to be answered under.
fn asked_id(question: &str) -> u64 {
    question.strip_prefix("42").unwrap().split('[').next().unwrap().parse().unwrap()
}

async fn question(client: &mut Client) -> u64 {
    client.say(r#"42["ask"]"#).await;
    asked_id(&client.event().await)
}

#[tokio::test]
async fn a_handler_hears_the_answer_of_its_own_client_though_events_came_before_it() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    let id = question(&mut client).await;
    for number in 0..20 {
        client.say(&format!(r#"42["message",{number}]"#)).await;
    }
    client.say(&format!(r#"43{id}["yes",{{"a":[2]}}]"#)).await;
    assert_eq!(client.event().await, r#"42["answer","yes",{"a":[2]}]"#);
    for number in 0..20 {
        assert_eq!(client.event().await, format!(r#"42["message-back",{number}]"#), "the rest follows");
    }
    // A second answer to the same question is nobody's.
    client.say(&format!("43{id}[]")).await;
    client.say(r#"42["message",0]"#).await;
    assert_eq!(client.event().await, r#"42["message-back",0]"#);
    assert_eq!(server.stats.snapshot().stray_acks, 1);
}

#[tokio::test]
async fn attachments_come_with_an_answer_and_not_without_it() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    let id = question(&mut client).await;
    client.say(&format!(r#"461-{id}[{{"_placeholder":true,"num":0}}]"#)).await;
    client.say_binary(&[1, 2]).await;
    assert_eq!(client.event().await, r#"451-["answer",{"_placeholder":true,"num":0}]"#);
    assert_eq!(client.next().await, Some(Frame::binary(vec![1, 2])));

    let id = question(&mut client).await;
    client.say(&format!(r#"461-{id}[{{"_placeholder":true,"num":0}}]"#)).await;
    client.say(r#"42["message",1]"#).await;
    assert_eq!(client.closed().await, Some(1002), "a packet within a packet");
}

#[tokio::test]
async fn a_late_answer_and_one_from_another_namespace_are_nobodys() {
    let server = Running::with(Config::default()).await;
    let mut client = server.joined().await;
    client.say("40/custom,").await;
    client.event().await;
    client.event().await;
    let id = question(&mut client).await;
    client.say(&format!("43/custom,{id}[1]")).await;
    assert_eq!(client.event().await, r#"42["answer","operation has timed out"]"#);
    client.say(&format!("43{id}[1]")).await;
    client.say(r#"42["message",0]"#).await;
    assert_eq!(client.event().await, r#"42["message-back",0]"#);
    assert_eq!(server.stats.snapshot().stray_acks, 2);
}

#[tokio::test]
async fn an_answer_that_is_no_json_breaks_the_protocol() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    let id = question(&mut client).await;
    client.say(&format!("43{id}[}}]")).await;
    assert_eq!(client.closed().await, Some(1002));
}

#[tokio::test]
async fn everybody_is_asked_under_one_id_and_who_does_not_answer_is_named() {
    let server = Running::with(Config::default()).await;
    let (mut a, mut b, mut c, mut d) =
        (server.joined().await, server.joined().await, server.joined().await, server.joined().await);
    let everyone = server.hub.everyone("/").ids();
    let hub = server.hub.clone();
    let asking = tokio::spawn(async move {
        let message = Message::event(&Prefix::event("/", "vote"), &json!({ "for": "x" })).unwrap();
        hub.everyone("/").send_with_ack(&message, Duration::from_millis(500)).await.unwrap()
    });
    let asked = a.event().await;
    let id = asked_id(&asked);
    assert_eq!(asked, format!(r#"42{id}["vote",{{"for":"x"}}]"#));
    for other in [&mut b, &mut c, &mut d] {
        assert_eq!(other.event().await, asked, "one encoding for all");
    }
    a.say(&format!("43{id}[1]")).await;
    b.say(&format!("43{id}[2]")).await;
    c.say("41").await;
    let answers = soon(asking).await.unwrap();
    let mut values: Vec<String> = answers.answers.iter().map(|(_, args)| args.json().to_owned()).collect();
    values.sort_unstable();
    assert_eq!((values, answers.missing.len()), (vec!["1".into(), "2".into()], 2));
    assert!(answers.missing.iter().all(|id| everyone.contains(id)));
}

#[tokio::test]
async fn who_goes_is_not_waited_for() {
    let server = Running::with(Config::default()).await;
    let mut client = server.joined().await;
    let hub = server.hub.clone();
    let asking = tokio::spawn(async move {
        let message = Message::bare_event(&Prefix::event("/", "x"));
        hub.all().send_with_ack(&message, Duration::from_secs(3600)).await.unwrap()
    });
    client.event().await;
    drop(client);
    assert_eq!(soon(asking).await.unwrap().missing.len(), 1);
    let message = Message::bare_event(&Prefix::event("/", "x"));
    let all = server.hub.all();
    let nobody = all.send_with_ack(&message, Duration::MAX);
    assert!(soon(nobody).await.unwrap().missing.is_empty(), "nobody to wait for");
}

#[tokio::test]
async fn what_a_client_may_owe_is_bounded() {
    let server = Running::with(Config { max_pending_acks: 2, ..Config::default() }).await;
    let mut client = server.joined().await;
    let hub = server.hub.clone();
    let asking = tokio::spawn(async move {
        let message = Message::bare_event(&Prefix::event("/", "x"));
        hub.all().send_with_ack(&message, Duration::from_secs(3600)).await
    });
    client.event().await;
    let first = question(&mut client).await;
    let message = Message::bare_event(&Prefix::event("/", "y"));
    let second = tokio::spawn({
        let hub = server.hub.clone();
        async move { hub.all().send_with_ack(&message, Duration::from_secs(3600)).await }
    });
    let second_id = asked_id(&client.event().await);
    // There is room for the second, and of those before it for one.
    assert_eq!(soon(asking).await.unwrap().unwrap().missing.len(), 1, "the oldest is given up");
    client.say(&format!("43{first}[1]")).await;
    assert_eq!(client.event().await, r#"42["answer",1]"#);
    client.say(&format!("43{second_id}[2]")).await;
    assert_eq!(soon(second).await.unwrap().unwrap().answers.len(), 1);
    let ack = Message::ack("/", 1, &1).unwrap();
    let refused = server.hub.all().send_with_ack(&ack, Duration::from_secs(1)).await;
    assert_eq!(refused.unwrap_err(), AckError::NoEvent);
}

#[tokio::test]
async fn of_1001_that_are_never_answered_the_oldest_has_timed_out() {
    let server = Running::with(Config::default()).await;
    let mut raw = server.raw_joined().await;
    raw.send(&text(r#"42["ask-patiently"]"#)).await;
    let oldest = asked_id(&raw.text().await);
    let id = server.hub.everyone("/").ids()[0];
    let ask = || {
        let (hub, message) = (server.hub.clone(), Message::bare_event(&Prefix::event("/", "x")));
        tokio::spawn(async move { hub.socket(id).send_with_ack(&message, Duration::from_secs(3600)).await })
    };
    let mut asking = Vec::new();
    for _ in 1..1000 {
        asking.push(ask());
        assert!(raw.text().await.ends_with(r#"["x"]"#));
    }
    assert!(asking.iter().all(|asking| !asking.is_finished()));
    asking.push(ask());
    assert!(raw.text().await.ends_with(r#"["x"]"#), "it is sent all the same");
    assert_eq!(raw.text().await, r#"42["answer","operation has timed out"]"#);
    // What comes for it now is nobody's, and the others wait as before.
    raw.send(&text(&format!("43{oldest}[1]"))).await;
    raw.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(raw.text().await, r#"42["message-back",1]"#);
    assert_eq!(server.stats.snapshot().stray_acks, 1);
    assert!(asking.iter().all(|asking| !asking.is_finished()));
    drop(raw);
    for asking in asking {
        assert_eq!(soon(asking).await.unwrap().unwrap().missing.len(), 1);
    }
    server.healthy().await;
}
