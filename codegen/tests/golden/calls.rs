//! The generated client and the generated server, speaking to each other.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use parlance_socketio::client::{Config, ConnectError};
use parlance_socketio::typed::{CallError, JoinError};
use serde_json::json;

use crate::app::{serve, token};
use crate::features_client::types::{DeskId, Node, OpenMood, Shape};
use crate::features_client::{Client, Events, Incoming, ServerEvent, client_events, errors, server_events};

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn connect(url: &str, user: &str, role: &str) -> (Client, Events) {
    let auth = json!({ "token": token(user, role) }).into();
    Client::connect(Config { auth, ..Config::new(url) }).await.unwrap()
}

/// The next event of the document.
async fn next(events: &mut Events) -> ServerEvent {
    loop {
        match tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time") {
            Some(Incoming::Event(event)) => return event,
            Some(Incoming::Connected { recovered: false }) => {}
            other => panic!("{other:?}"),
        }
    }
}

fn sit(desk: i64) -> client_events::Sit {
    client_events::Sit { desk: DeskId::new(desk).unwrap() }
}

fn typing() -> client_events::Type {
    client_events::Type {
        self_: "x".into(),
        r#ref: false,
        r#fn: None,
        r#match: None,
        _2fa: vec![1],
        camel_case: std::collections::BTreeMap::new(),
        mood: crate::features_client::types::Mood::SoSo,
        inner: client_events::TypeInner { deep: client_events::TypeInnerDeep::B, shapes: Vec::new() },
        anything: json!(null),
        object: serde_json::Map::new(),
    }
}

#[tokio::test]
async fn what_needs_a_state_is_held_until_the_state_is_made() {
    let (url, _stop) = serve();
    let auth = json!({ "token": token("ann", "guest") }).into();
    let config = Config { auth, hold_until_ready: true, ..Config::new(url) };
    let (client, mut events) = Client::start(config).unwrap();
    let waiting = client.clone();
    let call = tokio::spawn(async move { waiting.r#type(&typing()).await });
    let first = tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time");
    assert!(matches!(first, Some(Incoming::Connected { recovered: false })), "{first:?}");
    assert!(client.is_connected());
    let ahead = client.ahead();
    ahead.sit(&sit(7)).await.unwrap();
    ahead.ready();
    let typed = tokio::time::timeout(PATIENCE, call).await.expect("nothing came in time").unwrap();
    typed.unwrap();
    client.close();
    assert_eq!(client.closed().await, 0);
}

#[tokio::test]
async fn replies_refusals_and_events_have_their_types() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann", "guest").await;
    let typing = typing();
    let early = ann.r#type(&typing).await.unwrap_err();
    let (code, message) = ("no-desk".to_owned(), "Sit down first".to_owned());
    assert_eq!(early, CallError::Denied { code, message, details: None });
    assert!(matches!(next(&mut anns).await, ServerEvent::Refused(refused) if refused.code == "no-desk"));

    let full = CallError::Refused { error: errors::SitError::Full, details: Some(json!({ "desk": 99 })) };
    assert_eq!(ann.sit(&sit(99)).await, Err(full));
    assert!(matches!(next(&mut anns).await, ServerEvent::Refused(refused) if refused.code == "full"));

    ann.sit(&sit(7)).await.unwrap();
    assert_eq!(next(&mut anns).await, ServerEvent::Moved(Shape::Rect { width: 1.0, height: 2.0 }));
    let typed = ann.r#type(&typing).await.unwrap();
    assert_eq!(typed.mood, OpenMood::Other("so-so".into()));
    assert_eq!(next(&mut anns).await, ServerEvent::Typed(typed));
}

#[tokio::test]
async fn events_go_to_whom_the_document_says() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann", "guest").await;
    let (ben, mut bens) = connect(&url, "ben", "power-user").await;
    ann.queue().await.unwrap();
    assert_eq!(next(&mut anns).await, ServerEvent::Queued);
    let noticed = server_events::Noticed { what: "ann".into() };
    assert_eq!(next(&mut bens).await, ServerEvent::Noticed(noticed), "the lobby except ann");

    let denied = ann.whole(&Node { value: 1, next: None, children: Vec::new() }).await.unwrap_err();
    assert!(matches!(denied, CallError::Denied { code, .. } if code == "access-denied"));
    assert!(matches!(next(&mut anns).await, ServerEvent::Refused(_)));

    ben.queue().await.unwrap();
    assert_eq!(next(&mut bens).await, ServerEvent::Queued);
    assert!(matches!(next(&mut anns).await, ServerEvent::Noticed(_)));
    ben.whole(&Node { value: 1, next: None, children: Vec::new() }).await.unwrap();
    assert!(matches!(next(&mut bens).await, ServerEvent::Hint(hint) if hint.urgent == Some(None)));
    // Had the hint gone to ann as well, it would come before this.
    let optional = client_events::EverythingOptional { limit: 5, filter: None, few: None, code: None };
    ben.everything_optional(&optional).await.unwrap();
    let alarm = ServerEvent::Alarm(server_events::Alarm { loud: true });
    assert_eq!((next(&mut anns).await, next(&mut bens).await), (alarm.clone(), alarm));
}

#[tokio::test]
async fn a_server_checks_what_a_client_does_not_and_tells_no_more_than_it_should() {
    let (url, _stop) = serve();
    let (ben, _bens) = connect(&url, "ben", "power-user").await;
    let limit = client_events::EverythingOptional { limit: 11, filter: None, few: None, code: None };
    let Err(CallError::Denied { code, details, .. }) = ben.everything_optional(&limit).await else {
        panic!()
    };
    assert_eq!(code, "invalid-message-format");
    assert_eq!(details.unwrap()["path"], json!("limit"));
    ben.queue().await.unwrap();
    let broken = ben.whole(&Node { value: -1, next: None, children: Vec::new() }).await.unwrap_err();
    assert_eq!(broken.to_string(), "Internal error (internal)", "the cause is for the log alone");
    ben.result().await.unwrap();
    ben.new().await.unwrap();
}

#[tokio::test]
async fn whoever_may_not_connect_is_told_why() {
    let (url, _stop) = serve();
    let refused = Client::connect(Config::new(&url)).await.map(|_| ()).unwrap_err();
    assert_eq!(refused.to_string(), "the server refused the namespace: Authentication failed");
    let JoinError::Refused { code, message, data } = refused else { panic!("{refused}") };
    assert_eq!(code, Some(errors::Code::AuthenticationFailed));
    assert_eq!(
        (message.as_str(), data),
        ("Authentication failed", Some(json!({ "code": "authentication-failed" })))
    );
    let unknown = Config { namespace: "/elsewhere".into(), ..Config::new(&url) };
    let refused = Client::connect(unknown).await.map(|_| ()).unwrap_err();
    assert!(matches!(refused, JoinError::Refused { code: None, .. }), "{refused}");
    let wrong = Client::connect(Config::new("nowhere")).await.map(|_| ()).unwrap_err();
    assert!(matches!(wrong, JoinError::Other(ConnectError::Url(_))), "{wrong}");
}
