//! Connections that are tried again, what is said when they are made, and what waits until the application is ready.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use parlance_socketio::client::{
    Auth, CallError, Client, Config, ConnectError, Signal, Transports, WhenRefused,
};
use serde_json::json;

use crate::common::{NONE, any, argument, config, event, next, prefix};
use crate::fake::Fake;
use crate::proxy::Proxy;
use crate::requests::Requests;
use crate::support::{Running, soon};

#[tokio::test]
async fn a_first_connection_is_tried_again_and_what_is_sent_meanwhile_waits() {
    for transports in [Transports::Polling, Transports::WebSocket] {
        let server = Running::start().await;
        let proxy = Proxy::to(server.address).await;
        proxy.down(true);
        let url = format!("http://{}", proxy.address);
        let (client, mut incoming) = Client::start(Config { url, ..config(&server, transports) }).unwrap();
        client.emit(&prefix("message"), Some(&1)).unwrap();
        for number in 1..=2 {
            match any(&mut incoming).await {
                Signal::Failed { attempt, why, next: Some(_), .. } => {
                    assert_eq!(attempt, number);
                    assert!(matches!(why, ConnectError::Unreachable(_)), "{why:?}");
                }
                other => panic!("{other:?}"),
            }
        }
        assert!(!client.is_connected());
        proxy.down(false);
        assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
        assert!(client.is_connected());
        assert_eq!(event(&mut incoming).await.name(), "auth");
        assert_eq!(argument(&mut incoming).await, json!(1), "{transports:?}");
    }
}

#[tokio::test]
async fn without_reconnection_there_is_one_attempt() {
    let mut server = Requests::start().await;
    let (client, mut incoming) = Client::start(Config { reconnection: None, ..server.config() }).unwrap();
    client.emit(&prefix("x"), NONE).unwrap();
    server.next("GET").await.answer("404 Not Found", "", "nothing here");
    match any(&mut incoming).await {
        Signal::Failed { attempt: 1, why: ConnectError::Status { status: 404, .. }, next: None, .. } => {}
        other => panic!("{other:?}"),
    }
    assert!(soon(incoming.next()).await.is_none());
    assert_eq!(soon(client.closed()).await, 1);
}

#[tokio::test]
async fn a_server_that_says_when_is_not_asked_before() {
    for transports in [Transports::Polling, Transports::WebSocket] {
        let mut server = Requests::start().await;
        let (client, mut incoming) = Client::start(Config { transports, ..server.config() }).unwrap();
        server.next("GET").await.answer("503 Service Unavailable", "Retry-After: 7\r\n", "");
        match any(&mut incoming).await {
            Signal::Failed { why: ConnectError::Status { status: 503, .. }, next: Some(next), .. } => {
                assert_eq!(next, Duration::from_secs(7), "{transports:?}");
            }
            other => panic!("{other:?}"),
        }
        client.close();
        assert!(soon(incoming.next()).await.is_none());
    }
}

#[tokio::test]
async fn who_is_refused_stays_away_unless_told_otherwise() {
    let fake = Fake::start().await;
    let (client, mut incoming) = Client::start(fake.config()).unwrap();
    let (mut peer, _) = fake.accept(25_000, 20_000).await;
    peer.say(r#"44{"message":"expired"}"#).await;
    match any(&mut incoming).await {
        Signal::Refused { message, data: None } => assert_eq!(message, "expired"),
        other => panic!("{other:?}"),
    }
    assert!(soon(incoming.next()).await.is_none());
    assert_eq!(soon(client.closed()).await, 0);
}

#[tokio::test]
async fn auth_is_asked_for_every_time_and_may_fail() {
    let asked = Arc::new(AtomicUsize::new(0));
    let ask = move || {
        let number = asked.fetch_add(1, SeqCst);
        async move {
            if number == 1 { Err("the token service is away".into()) } else { Ok(json!({ "token": number })) }
        }
    };
    let fake = Fake::start().await;
    let config = Config { auth: Auth::ask(ask), ..fake.config() };
    let serve = async {
        let (mut peer, connect) = fake.accept(25_000, 20_000).await;
        assert_eq!(connect, r#"40{"token":0}"#);
        peer.say(r#"40{"sid":"b"}"#).await;
    };
    let ((), connected) = tokio::join!(serve, Client::connect(config));
    let (_client, mut incoming) = connected.unwrap();
    next(&mut incoming).await;
    assert!(matches!(any(&mut incoming).await, Signal::Disconnected { .. }));
    match any(&mut incoming).await {
        Signal::Failed { why: ConnectError::Auth(why), .. } => assert_eq!(why, "the token service is away"),
        other => panic!("{other:?}"),
    }
    let (_peer, connect) = fake.accept(25_000, 20_000).await;
    assert_eq!(connect, r#"40{"token":2}"#);
}

#[tokio::test]
async fn what_is_asked_for_must_be_an_object() {
    let fake = Fake::start().await;
    let auth = Auth::ask(|| async { Ok(json!("token")) });
    let wrong = soon(Client::connect(Config { auth, ..fake.config() })).await.unwrap_err();
    assert!(matches!(&wrong, ConnectError::Auth(why) if why.contains("object")), "{wrong}");
}

#[tokio::test]
async fn who_is_refused_may_try_again_and_keeps_what_waits() {
    let fake = Fake::start().await;
    let when_refused = WhenRefused::TryAgain;
    let (client, mut incoming) = Client::start(Config { when_refused, ..fake.config() }).unwrap();
    client.emit(&prefix("kept"), NONE).unwrap();
    let (mut peer, _) = fake.accept(25_000, 20_000).await;
    peer.say(r#"44{"message":"expired"}"#).await;
    match any(&mut incoming).await {
        Signal::Failed { attempt: 1, why: ConnectError::Refused { message, .. }, next: Some(_), .. } => {
            assert_eq!(message, "expired");
        }
        other => panic!("{other:?}"),
    }
    let mut peer = fake.let_in().await;
    assert_eq!(peer.text().await, r#"42["kept"]"#);
}

#[tokio::test]
async fn what_waits_is_held_until_the_application_has_made_its_state_again() {
    let fake = Fake::start().await;
    let config = Config { hold_until_ready: true, ..fake.config() };
    let (client, mut incoming) = Client::start(config).unwrap();
    for round in 0..2 {
        client.emit(&prefix("waits"), Some(&round)).unwrap();
        let mut peer = fake.let_in().await;
        assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
        let ahead = client.ahead();
        let joining = ahead.clone();
        let join = tokio::spawn(async move { joining.call(&prefix("join"), Some(&round)).await });
        let asked = peer.text().await;
        let id = asked.strip_prefix("42").unwrap().split('[').next().unwrap();
        assert_eq!(asked, format!(r#"42{id}["join",{round}]"#), "before what waits");
        peer.say(&format!("43{id}[]")).await;
        soon(join).await.unwrap().unwrap();
        ahead.ready();
        assert_eq!(peer.text().await, format!(r#"42["waits",{round}]"#));
        drop(peer);
        assert!(matches!(next(&mut incoming).await, Signal::Disconnected { .. }));
        assert!(matches!(soon(ahead.call(&prefix("join"), NONE)).await, Err(CallError::Disconnected)));
    }
}

#[tokio::test]
async fn headers_and_query_go_with_every_request() {
    let server = Running::start().await;
    let proxy = Proxy::to(server.address).await;
    let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    let config = Config {
        url: format!("http://{}", proxy.address),
        headers: pair("x-token", "abc"),
        query: pair("room", "a b"),
        path: "/socket.io".into(),
        ..config(&server, Transports::PollingThenWebSocket)
    };
    let (_client, _incoming) = crate::common::connected(config).await;
    proxy.until(|proxy| proxy.frames().contains(&"5".to_owned())).await;
    let requests = proxy.requests("HTTP/1.1\r\n");
    assert!(requests >= 3, "GET, POST and a websocket");
    assert_eq!(proxy.requests("x-token: abc\r\n"), requests);
    assert_eq!(proxy.requests("&room=a%20b HTTP/1.1\r\n"), requests);
}

#[tokio::test]
async fn what_is_volatile_is_not_kept() {
    let fake = Fake::start().await;
    let (client, mut incoming) = Client::start(fake.config()).unwrap();
    client.volatile().emit(&prefix("dropped"), NONE).unwrap();
    let mut peer = fake.let_in().await;
    next(&mut incoming).await;
    client.emit(&prefix("kept"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"42["kept"]"#);
    // Nothing is on its way any more once the answer to a call has come.
    let call = async { client.call(&prefix("call"), NONE).await };
    let serve = async {
        assert_eq!(peer.text().await, r#"420["call"]"#);
        peer.say("430[]").await;
    };
    soon(async { tokio::join!(call, serve) }).await.0.unwrap();
    client.volatile().emit(&prefix("now"), Some(&1)).unwrap();
    client.volatile().emit(&prefix("behind it"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"42["now",1]"#);
    client.emit(&prefix("end"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"42["end"]"#);
}

#[tokio::test]
async fn cookies_go_back_if_they_are_to_be_kept() {
    for keep_cookies in [true, false] {
        let mut server = Requests::start().await;
        let (_client, _incoming) = Client::start(Config { keep_cookies, ..server.config() }).unwrap();
        let cookie = "cookie: AWSALB=one";
        let first = server.next("GET").await;
        assert!(!first.head.contains(cookie), "{}", first.head);
        first.answer("503 Service Unavailable", "Set-Cookie: AWSALB=one; Path=/\r\n", "");
        assert_eq!(server.next("GET").await.head.contains(cookie), keep_cookies, "also after it was lost");
    }
}
