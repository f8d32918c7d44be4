//! Servers that are silent, talk nonsense, or want something.

use std::time::Duration;

use parlance_socketio::client::{Client, Config, ConnectError, Incoming, Reason, Signal, Transports};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::common::{event, next};
use crate::fake::{Fake, Peer};
use crate::support::soon;

async fn both(fake: &Fake) -> (Client, Incoming, Peer) {
    let (client, peer) = tokio::join!(Client::connect(fake.config()), fake.let_in());
    let (client, mut incoming) = client.unwrap();
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    (client, incoming, peer)
}

async fn lost(incoming: &mut Incoming) -> (Reason, bool) {
    match next(incoming).await {
        Signal::Disconnected { reason, will_retry, .. } => (reason, will_retry),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up_after_interval_and_timeout() {
    let fake = Fake::start().await;
    let serve = async {
        let (mut peer, _) = fake.accept(200, 100).await;
        peer.say(r#"40{"sid":"b"}"#).await;
        peer
    };
    let (client, mut peer) = tokio::join!(Client::connect(fake.config()), serve);
    let (client, mut incoming) = client.unwrap();
    assert_eq!(client.socket_id().as_deref(), Some("b"));
    next(&mut incoming).await;
    peer.say("2").await;
    assert_eq!(peer.text().await, "3");
    assert_eq!(lost(&mut incoming).await, (Reason::PingTimeout, true));
}

#[tokio::test]
async fn what_is_no_packet_ends_the_connection() {
    for (text, reason) in [
        ("4", Reason::ParseError),
        ("49", Reason::ParseError),
        ("42[1]", Reason::ParseError),
        (r#"42["connect"]"#, Reason::ParseError),
        ("431[x]", Reason::ParseError),
        ("x", Reason::TransportError),
        ("", Reason::TransportError),
        ("1", Reason::TransportClose),
    ] {
        let fake = Fake::start().await;
        let (_client, mut incoming, mut peer) = both(&fake).await;
        peer.say(text).await;
        assert_eq!(lost(&mut incoming).await, (reason, true), "{text:?}");
    }
}

#[tokio::test]
async fn attachments_come_where_they_are_due_and_nowhere_else() {
    let header = r#"452-["x",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#;
    let fake = Fake::start().await;
    let (_client, mut incoming, mut peer) = both(&fake).await;
    peer.say(header).await;
    peer.say_binary(&[1, 2]).await;
    peer.say("2").await;
    peer.say_binary(&[3]).await;
    let whole = event(&mut incoming).await;
    assert_eq!((whole.name(), whole.attachments().len()), ("x", 2));
    assert_eq!(whole.attachments()[1].as_ref(), [3]);
    peer.say_binary(&[1]).await;
    assert_eq!(lost(&mut incoming).await, (Reason::ParseError, true));

    let fake = Fake::start().await;
    let (_client, mut incoming, mut peer) = both(&fake).await;
    peer.say(header).await;
    peer.say(r#"42["x"]"#).await;
    assert_eq!(lost(&mut incoming).await, (Reason::ParseError, true));

    let fake = Fake::start().await;
    let mut small = fake.config();
    small.max_payload = 1000;
    let (client, mut peer) = tokio::join!(Client::connect(small), fake.let_in());
    let (_client, mut incoming) = client.unwrap();
    next(&mut incoming).await;
    peer.say(header).await;
    peer.say_binary(&[0; 600]).await;
    peer.say_binary(&[0; 600]).await;
    assert_eq!(lost(&mut incoming).await, (Reason::ParseError, true));
}

#[tokio::test]
async fn a_message_longer_than_agreed_is_not_taken() {
    let fake = Fake::start().await;
    let mut small = fake.config();
    small.max_payload = 1000;
    let (client, mut peer) = tokio::join!(Client::connect(small), fake.let_in());
    let (_client, mut incoming) = client.unwrap();
    next(&mut incoming).await;
    peer.say(&format!(r#"42["x","{}"]"#, "y".repeat(1000))).await;
    assert_eq!(lost(&mut incoming).await, (Reason::TransportError, true));
}

#[tokio::test]
async fn a_server_that_asks_is_acknowledged() {
    let fake = Fake::start().await;
    let (client, mut incoming, mut peer) = both(&fake).await;
    peer.say(r#"427["ask",1]"#).await;
    let asked = event(&mut incoming).await;
    assert_eq!((asked.id(), asked.decode::<Value>().unwrap()), (Some(7), Some(json!(1))));
    client.acknowledge(&asked, &json!({"yes": true})).unwrap();
    assert_eq!(peer.text().await, r#"437[{"yes":true}]"#);
}

#[tokio::test]
async fn who_is_refused_on_the_way_back_stays_away() {
    let fake = Fake::start().await;
    let (client, mut incoming, peer) = both(&fake).await;
    drop(peer);
    assert_eq!(lost(&mut incoming).await, (Reason::TransportClose, true));
    let (mut peer, _) = fake.accept(1000, 1000).await;
    peer.say(r#"44{"message":"expired","data":{"code":1}}"#).await;
    match next(&mut incoming).await {
        Signal::Refused { message, data } => {
            assert_eq!((message.as_str(), data), ("expired", Some(json!({"code": 1}))));
        }
        other => panic!("{other:?}"),
    }
    assert!(soon(incoming.next()).await.is_none());
    assert_eq!(client.socket_id(), None);
}

#[tokio::test]
async fn a_connection_that_cannot_be_made_says_why() {
    let fake = Fake::start().await;
    let serve = async {
        let (mut peer, _) = fake.accept(1000, 1000).await;
        peer.say("40").await;
        peer
    };
    let (old, _peer) = tokio::join!(Client::connect(fake.config()), serve);
    assert!(old.unwrap_err().to_string().contains("older Socket.IO"));
    for transports in [Transports::Polling, Transports::WebSocket] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config {
            transports,
            connect_timeout: Duration::from_millis(50),
            ..Config::new(format!("http://{address}"))
        };
        let silent = soon(Client::connect(config.clone())).await.unwrap_err();
        assert!(
            matches!(&silent, ConnectError::Timeout { url, .. } if url.ends_with(&address.to_string())),
            "{silent:?}"
        );
        let answer = async {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = [0; 1024];
                // The connection that was given up before is still in the backlog.
                if matches!(stream.read(&mut request).await, Ok(1..))
                    && stream
                        .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nnope!")
                        .await
                        .is_ok()
                {
                    let _ = stream.read(&mut request).await;
                }
            }
        };
        let patient = Config { connect_timeout: Duration::from_secs(10), ..config };
        let wrong = tokio::select! {
            wrong = Client::connect(patient.clone()) => wrong.unwrap_err().to_string(),
            () = answer => unreachable!(),
        };
        assert!(wrong.contains("404 Not Found"), "{wrong}");
        drop(listener);
        let nobody = soon(Client::connect(patient)).await.unwrap_err();
        assert!(
            matches!(&nobody, ConnectError::Unreachable(why) if why.contains(&address.to_string())),
            "{nobody}"
        );
    }
}

#[tokio::test]
async fn a_first_packet_that_is_no_handshake_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = Config {
        transports: Transports::Polling,
        ..Config::new(format!("http://{}", listener.local_addr().unwrap()))
    };
    let answer = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 1024];
        let _ = stream.read(&mut request).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<html").await.unwrap();
        stream
    };
    let (refused, _stream) = soon(async { tokio::join!(Client::connect(config), answer) }).await;
    assert!(refused.unwrap_err().to_string().contains("no Engine.IO payload"));
}
