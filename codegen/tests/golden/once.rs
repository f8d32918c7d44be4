//! Events that have one effect however often they come.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use parlance_socketio::client::Config;
use parlance_socketio::typed::CallError;
use serde_json::json;

use crate::app::{serve, token};
use crate::features_client::{Client, Events, Incoming, ServerEvent, client_events, errors};

async fn connect(url: &str, user: &str) -> (Client, Events) {
    let auth = json!({ "token": token(user, "power-user") }).into();
    Client::connect(Config { auth, retries: 3, ..Config::new(url) }).await.unwrap()
}

fn order(ticket: &str, what: &str) -> client_events::Order {
    client_events::Order { ticket: ticket.into(), what: what.into() }
}

/// How many hints have come before an event that says nothing but where to stop.
async fn hints(client: &Client, events: &mut Events) -> Vec<String> {
    client.order(&order("", "the end")).await.unwrap();
    let mut hints = Vec::new();
    // What came before the acknowledgement waits already.
    while let Ok(Some(incoming)) = tokio::time::timeout(std::time::Duration::ZERO, events.next()).await {
        if let Incoming::Event(ServerEvent::Hint(hint)) = incoming {
            hints.push(hint.text);
        }
    }
    hints
}

#[tokio::test]
async fn what_comes_again_is_answered_as_before_also_over_another_connection_and_beyond_its_limit() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    for _ in 0..10 {
        assert_eq!(ann.order(&order("a", "tea")).await, Ok(1));
    }
    let (again, _events) = connect(&url, "ann").await;
    assert_eq!(again.order(&order("a", "something else")).await, Ok(1));
    assert_eq!(hints(&ann, &mut anns).await, ["x1", "x2"], "and that of the end");
}

#[tokio::test]
async fn a_refusal_is_an_answer_too() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    let refused = CallError::Refused { error: errors::OrderError::Full, details: Some(json!(1)) };
    for _ in 0..3 {
        assert_eq!(ann.order(&order("a", "nothing")).await.unwrap_err(), refused);
    }
    assert_eq!(hints(&ann, &mut anns).await, ["x1", "x2"]);
}

#[tokio::test]
async fn what_was_refused_before_it_was_handled_is_judged_anew() {
    let (url, _stop) = serve();
    let (ann, _anns) = connect(&url, "ann").await;
    for number in 1..=5 {
        assert_eq!(ann.order(&order("", "tea")).await, Ok(number), "every one has a ticket of its own");
    }
    let limited = ann.order(&order("a", "tea")).await.unwrap_err();
    assert!(matches!(limited, CallError::Denied { code, .. } if code == "rate-limited"));
    let (again, _events) = connect(&url, "ann").await;
    assert_eq!(again.order(&order("a", "tea")).await, Ok(6));
    assert_eq!(ann.order(&order("a", "tea")).await, Ok(6), "what was answered is beyond the limit");
}

#[tokio::test]
async fn tickets_are_those_of_a_user() {
    let (url, _stop) = serve();
    let (ann, _anns) = connect(&url, "ann").await;
    let (ben, _bens) = connect(&url, "ben").await;
    assert_eq!(ann.order(&order("a", "tea")).await, Ok(1));
    assert_eq!(ben.order(&order("a", "tea")).await, Ok(2));
    assert_eq!(ann.order(&order("a", "tea")).await, Ok(1));
}
