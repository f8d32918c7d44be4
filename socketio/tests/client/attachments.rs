//! Bytes in what the client says and in what it is answered.

use std::time::Duration;

use parlance_socketio::client::{Client, Config, SendError, Signal, Transports};
use parlance_socketio::packet::{Args, Binary};
use serde::{Deserialize, Serialize};

use crate::common::{NONE, argument, config, connected, event, next, prefix};
use crate::fake::Fake;
use crate::support::{Running, soon};

const ALL: [Transports; 3] = [Transports::Polling, Transports::WebSocket, Transports::PollingThenWebSocket];

/// Bytes at several depths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Album {
    cover: Binary,
    pages: Vec<Page>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Page {
    title: String,
    picture: Option<Binary>,
}

fn album() -> Album {
    let page = |title: &str, picture| Page { title: title.into(), picture };
    let pages = vec![
        page("a", Some(vec![0, 255, 30].into())),
        page("b", None),
        page("c", Some(Binary::default())),
        page("d", Some(vec![7; 100_000].into())),
    ];
    Album { cover: vec![1, 2].into(), pages }
}

#[tokio::test]
async fn they_go_out_and_come_back_as_event_and_as_acknowledgement() {
    for transports in ALL {
        let server = Running::start().await;
        let (client, mut incoming) = connected(config(&server, transports)).await;
        client.emit(&prefix("message"), Some(&album())).unwrap();
        client.emit(&prefix("message"), Some(&"plain")).unwrap();
        let back = event(&mut incoming).await;
        assert_eq!(back.attachments().len(), 4);
        assert_eq!(back.decode::<Album>().unwrap(), Some(album()), "{transports:?}");
        assert_eq!(argument(&mut incoming).await, "plain", "what follows is not mixed up with it");
        let args = Args::from_list(&(1, album(), Binary::from(vec![9]))).unwrap();
        let answer = soon(client.call_args(&prefix("message-with-ack"), &args)).await.unwrap();
        assert_eq!(answer.decode::<(u8, Album, Binary)>().unwrap(), (1, album(), vec![9].into()));
        client.emit_args(&prefix("message"), &Args::of(&album()).unwrap()).unwrap();
        assert_eq!(event(&mut incoming).await.decode::<Album>().unwrap(), Some(album()));
    }
}

#[tokio::test]
async fn more_than_a_packet_may_have_are_refused_where_they_are_sent() {
    let server = Running::start().await;
    let (client, mut incoming) = connected(config(&server, Transports::WebSocket)).await;
    let many = vec![Binary::from(vec![1]); 11];
    assert!(matches!(client.emit(&prefix("message"), Some(&many)), Err(SendError::Encode(_))));
    client.emit(&prefix("message"), Some(&many[1..])).unwrap();
    assert_eq!(event(&mut incoming).await.attachments().len(), 10);
}

#[tokio::test]
async fn they_are_sent_again_with_their_packet_and_acknowledged_with() {
    let fake = Fake::start().await;
    let config = Config { retries: 1, ack_timeout: Duration::from_secs(600), ..fake.config() };
    let (peer, connected) = tokio::join!(fake.let_in(), Client::connect(config));
    let (client, mut incoming) = connected.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    client.emit(&prefix("x"), Some(&Binary::from(vec![5]))).unwrap();
    let mut last = Some(peer);
    for _ in 0..2 {
        let mut peer = match last.take() {
            Some(peer) => peer,
            None => fake.let_in().await,
        };
        assert_eq!(peer.text().await, r#"451-0["x",{"_placeholder":true,"num":0}]"#);
        assert_eq!(peer.binary().await, [5]);
        drop(peer);
    }
    let mut peer = fake.let_in().await;
    peer.say(r#"423["question"]"#).await;
    let question = loop {
        if let Signal::Event(event) = next(&mut incoming).await {
            break event;
        }
    };
    client.acknowledge_args(&question, &Args::from_list(&(1, Binary::from(vec![6]))).unwrap()).unwrap();
    assert_eq!(peer.text().await, r#"461-3[1,{"_placeholder":true,"num":0}]"#);
    assert_eq!(peer.binary().await, [6]);
    client.with_retries(0).emit(&prefix("end"), NONE).unwrap();
    assert_eq!(peer.text().await, r#"42["end"]"#, "there was no third try");
}
