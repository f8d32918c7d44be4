//! Two voters and a chair, with the client that is made of the same document.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::time::Duration;

use parlance_socketio::client::Config;
use parlance_socketio::typed::{CallError, JoinError};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The client's half of the document.
mod protocol {
    parlance_codegen::client!("tally.yaml");
}

use protocol::types::{BoardName, Choice, Question, VoteId};
use protocol::{Asked, Client, Events, Incoming, ServerEvent, client_events, errors, server_events};

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn serve() -> (String, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(tally::serve(listener, async {
        let _ = stopped.await;
    }));
    (url, stop)
}

fn config(url: &str, token: &str) -> Config {
    Config { auth: json!({ "token": token }).into(), ..Config::new(url) }
}

/// Somebody at the board `lunch`, who has seen it open.
async fn at_lunch(url: &str, token: &str) -> (Client, Events, server_events::BoardOpened) {
    let (client, mut events) = Client::connect(config(url, token)).await.unwrap();
    let board = BoardName::new("lunch").unwrap();
    let opened = client.open_board(&client_events::OpenBoard { board }).await.unwrap();
    assert_eq!(next(&mut events).await, ServerEvent::BoardOpened(opened.clone()));
    (client, events, opened)
}

/// The next event of the document.
async fn next(events: &mut Events) -> ServerEvent {
    loop {
        match tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time") {
            Some(Incoming::Event(event)) => return event,
            Some(Incoming::Connected { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

fn vote(choice: &str, weight: i64) -> client_events::Vote {
    client_events::Vote { choice: Choice::new(choice).unwrap(), weight, id: None }
}

fn counted(choice: &str, count: i64) -> ServerEvent {
    ServerEvent::Counted(server_events::Counted { choice: Choice::new(choice).unwrap(), count })
}

#[tokio::test]
async fn two_voters_see_both_counts_and_latecomers_the_sum() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, opened) = at_lunch(&url, "ann:voter").await;
    assert_eq!(opened.counts, BTreeMap::new());
    let (ben, mut bens, _) = at_lunch(&url, "ben:voter").await;
    ann.vote(&vote("soup", 1)).await.unwrap();
    ben.vote(&vote("soup", 2)).await.unwrap();
    ben.vote(&vote("cake", 1)).await.unwrap();
    for events in [&mut anns, &mut bens] {
        for expected in [counted("soup", 1), counted("soup", 3), counted("cake", 1)] {
            assert_eq!(next(events).await, expected);
        }
    }
    let (_cho, _chos, opened) = at_lunch(&url, "cho:voter").await;
    assert_eq!(opened.counts, BTreeMap::from([("cake".into(), 1), ("soup".into(), 3)]));
}

#[tokio::test]
async fn a_vote_that_is_sent_again_counts_once_wherever_it_comes_from() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, _) = at_lunch(&url, "ann:voter").await;
    let id = VoteId::new("first").ok();
    let first = client_events::Vote { id, ..vote("soup", 1) };
    ann.vote(&first).await.unwrap();
    ann.vote(&first).await.unwrap();
    // She has lost her connection and is at no board yet: the answer is that of the vote that counted.
    let (again, _events) = Client::connect(config(&url, "ann:voter")).await.unwrap();
    again.with_retries(2).vote(&first).await.unwrap();
    assert!(again.vote(&vote("soup", 1)).await.is_err(), "another vote needs a board");
    ann.vote(&vote("soup", 1)).await.unwrap();
    assert_eq!(next(&mut anns).await, counted("soup", 1));
    assert_eq!(next(&mut anns).await, counted("soup", 2));
    let (ben, mut bens, _) = at_lunch(&url, "ben:voter").await;
    ben.vote(&first).await.unwrap();
    assert_eq!(next(&mut bens).await, counted("soup", 3), "ben's is another vote");
}

#[tokio::test]
async fn the_chair_closes_and_a_later_vote_is_a_typed_error() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, _) = at_lunch(&url, "ann:voter").await;
    let (cho, mut chos, _) = at_lunch(&url, "cho:chair").await;
    let denied = ann.close_board().await.unwrap_err();
    assert!(matches!(denied, CallError::Denied { code, .. } if code == "access-denied"));
    assert!(
        matches!(next(&mut anns).await, ServerEvent::Refused(refused) if refused.code == "access-denied")
    );

    ann.vote(&vote("cake", 1)).await.unwrap();
    cho.close_board().await.unwrap();
    for events in [&mut anns, &mut chos] {
        assert_eq!(next(events).await, counted("cake", 1));
        let closed = server_events::BoardClosed { winner: Some("cake".into()) };
        assert_eq!(next(events).await, ServerEvent::BoardClosed(closed));
    }
    let late = ann.vote(&vote("soup", 1)).await;
    assert_eq!(late, Err(CallError::Refused { error: errors::VoteError::BoardClosed, details: None }));
}

#[tokio::test]
async fn whoever_moves_to_another_board_hears_nothing_of_the_first() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, _) = at_lunch(&url, "ann:voter").await;
    let (ben, _bens, _) = at_lunch(&url, "ben:voter").await;
    let board = BoardName::new("dinner").unwrap();
    ann.open_board(&client_events::OpenBoard { board }).await.unwrap();
    assert!(matches!(next(&mut anns).await, ServerEvent::BoardOpened(_)));
    ben.vote(&vote("soup", 1)).await.unwrap();
    ann.vote(&vote("stew", 1)).await.unwrap();
    assert_eq!(next(&mut anns).await, counted("stew", 1), "not that of lunch");
}

#[tokio::test]
async fn tokens_that_name_nobody_are_refused() {
    let (url, _stop) = serve().await;
    for token in ["", "ann", ":voter", "ann:king"] {
        let refused = Client::connect(config(&url, token)).await.map(|_| ()).unwrap_err();
        let JoinError::Refused { code, message, data } = refused else { panic!("{token}: {refused}") };
        assert_eq!(code, Some(errors::Code::AuthenticationFailed), "{token}");
        assert_eq!(message, "Authentication failed", "{token}");
        assert_eq!(data, Some(json!({ "code": "authentication-failed" })), "{token}");
    }
}

#[tokio::test]
async fn the_chair_counts_hands_and_who_says_nothing() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, _) = at_lunch(&url, "ann:voter").await;
    let (ben, bens, _) = at_lunch(&url, "ben:voter").await;
    let (cho, mut chos, _) = at_lunch(&url, "cho:chair").await;
    let question = client_events::ShowHands { question: Question::new("Soup again?").unwrap() };
    let answering = async {
        for (events, answer) in [(&mut anns, true), (&mut chos, false)] {
            let asked = tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time");
            let Some(Incoming::Asked(Asked::RaiseHand(asked, hand))) = asked else { panic!("{asked:?}") };
            assert_eq!(asked.question.as_str(), "Soup again?");
            hand.send(&answer).unwrap();
        }
        // He has been asked as well: what the board is told now is behind that.
        drop((ben, bens));
    };
    let (hands, ()) = tokio::join!(cho.show_hands(&question), answering);
    let hands = hands.unwrap();
    assert_eq!((hands.r#for, hands.against, hands.silent), (1, 1, 1));
    let denied = ann.show_hands(&question).await.unwrap_err();
    assert!(matches!(denied, CallError::Denied { code, .. } if code == "access-denied"));
}

#[tokio::test]
async fn others_see_what_somebody_is_about_to_vote_for() {
    let (url, _stop) = serve().await;
    let (ann, mut anns, _) = at_lunch(&url, "ann:voter").await;
    let (ben, mut bens, _) = at_lunch(&url, "ben:voter").await;
    let choice = Choice::new("soup").unwrap();
    ann.emit().hover(&client_events::Hover { choice: choice.clone() }).unwrap();
    assert_eq!(next(&mut bens).await, ServerEvent::Hovering(server_events::Hovering { choice }));
    ben.vote(&vote("soup", 1)).await.unwrap();
    assert_eq!(next(&mut anns).await, counted("soup", 1), "she knows what she is about to do");
}
