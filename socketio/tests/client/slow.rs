//! Applications that take signals out slowly, or not at all: the connection is served all the same.

use std::time::Duration;

use futures_util::StreamExt;
use parlance_socketio::client::{Client, Config, Incoming, Signal};
use serde_json::json;

use crate::common::{NONE, any, argument, next, prefix};
use crate::fake::{Fake, Peer};
use crate::support::soon;

/// Milliseconds from ping to ping, and for the answer: who reads nothing says every 50 ms that it lives, and who reads is not in a hurry.
const BEAT: (u64, u64) = (10_000, 100);

/// A client of whom nothing is taken out.
async fn pair(fake: &Fake, config: Config) -> (Peer, Client, Incoming) {
    let serve = async {
        let (mut peer, _) = fake.accept(BEAT.0, BEAT.1).await;
        peer.say(r#"40{"sid":"b"}"#).await;
        peer
    };
    let (peer, connected) = tokio::join!(serve, Client::connect(config));
    let (client, incoming) = connected.unwrap();
    (peer, client, incoming)
}

async fn pongs(peer: &mut Peer, count: usize) {
    for _ in 0..count {
        assert_eq!(peer.text().await, "3");
    }
}

#[tokio::test]
async fn a_slow_but_steady_reader_is_no_silent_one() {
    let fake = Fake::start().await;
    let (mut peer, _client, mut incoming) = pair(&fake, Config { max_incoming: 1, ..fake.config() }).await;
    for number in 0..200 {
        peer.say(&format!(r#"42["n",{number}]"#)).await;
    }
    let read = async {
        // Oftener than it says that it lives.
        let mut pace = tokio::time::interval(Duration::from_millis(10));
        for _ in 0..200 {
            pace.tick().await;
            next(&mut incoming).await;
        }
        std::future::pending().await
    };
    tokio::select! {
        () = pongs(&mut peer, 3) => {}
        () = read => {}
    }
}

#[tokio::test]
async fn who_takes_nothing_out_comes_back_and_is_kept() {
    let fake = Fake::start().await;
    let (peer, client, mut incoming) = pair(&fake, Config { max_incoming: 1, ..fake.config() }).await;
    drop(peer);
    let (mut peer, connect) = fake.accept(BEAT.0, BEAT.1).await;
    assert_eq!(connect, "40");
    peer.say(r#"40{"sid":"c"}"#).await;
    pongs(&mut peer, 3).await;
    client.emit(&prefix("x"), NONE).unwrap();
    while peer.text().await != r#"42["x"]"# {}
    peer.say(r#"42["n",1]"#).await;
    assert!(matches!(any(&mut incoming).await, Signal::Connected { recovered: false }));
    assert!(matches!(any(&mut incoming).await, Signal::Disconnected { will_retry: true, .. }));
    assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: false }));
    assert_eq!(argument(&mut incoming).await, json!(1));
    assert!(client.is_connected());
}

#[tokio::test]
async fn what_was_acknowledged_while_nothing_was_read_is_not_sent_again() {
    let fake = Fake::start().await;
    let ack_timeout = Duration::from_millis(500);
    let config = Config { max_incoming: 1, retries: 5, ack_timeout, ..fake.config() };
    let (mut peer, client, mut incoming) = pair(&fake, config).await;
    client.emit(&prefix("a"), NONE).unwrap();
    while peer.text().await != r#"420["a"]"# {}
    peer.say(r#"42["n",1]"#).await;
    peer.say("430[]").await;
    // A second at least, in which it is not sent again.
    pongs(&mut peer, 20).await;
    next(&mut incoming).await;
    assert_eq!(argument(&mut incoming).await, json!(1));
    client.emit(&prefix("b"), NONE).unwrap();
    loop {
        match peer.text().await.as_str() {
            "3" => {}
            other => break assert_eq!(other, r#"421["b"]"#),
        }
    }
}

#[tokio::test]
async fn no_more_bytes_are_read_than_may_wait_and_none_are_lost() {
    let fake = Fake::start().await;
    let (mut peer, client, mut incoming) =
        pair(&fake, Config { max_incoming_bytes: 1000, ..fake.config() }).await;
    for number in 0..100 {
        peer.say(&format!(r#"42["n",[{number},"{}"]]"#, "x".repeat(50))).await;
    }
    pongs(&mut peer, 1).await;
    let mut numbers = Vec::new();
    while numbers.len() < 100 {
        // As a stream.
        if let Some(Signal::Event(event)) = soon(StreamExt::next(&mut incoming)).await {
            numbers.push(event.decode::<(usize, String)>().unwrap().unwrap().0);
        }
    }
    assert_eq!(numbers, (0..100).collect::<Vec<_>>());
    client.close();
    assert_eq!(soon(client.closed()).await, 0);
}
