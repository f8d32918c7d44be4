//! Both ends told to write packets in msgpack; and only one of them.

use parlance_socketio::client::{Client, Config, ConnectError, Parser, Reason, Signal, Transports};
use parlance_socketio::packet::{Args, Binary, Message, Prefix};
use parlance_socketio::server;
use parlance_socketio::server::Recovery;
use serde_json::{Value, json};

use crate::common::{NONE, argument, config, connected, event, next, prefix};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

const TRANSPORTS: [Transports; 3] =
    [Transports::WebSocket, Transports::Polling, Transports::PollingThenWebSocket];

async fn start() -> Running {
    Running::with(server::Config { parser: Parser::Msgpack, ..server::Config::default() }).await
}

fn packing(server: &Running, transports: Transports) -> Config {
    Config { parser: Parser::Msgpack, ..config(server, transports) }
}

#[tokio::test]
async fn everything_goes_both_ways() {
    for transports in TRANSPORTS {
        let server = start().await;
        let (client, mut incoming) = connected(packing(&server, transports)).await;
        let value = json!({ "grüße": ["\u{1f600}", null, -1.5, 9_007_199_254_740_991_u64], "e": {} });
        client.emit(&prefix("message"), Some(&value)).unwrap();
        assert_eq!(argument(&mut incoming).await, value, "{transports:?}");
        client.emit(&prefix("message"), NONE).unwrap();
        assert_eq!(event(&mut incoming).await.arguments(), "");
        let bytes: Vec<Binary> = vec![vec![1, 2].into(), vec![].into(), vec![0xff; 70_000].into()];
        client.emit(&prefix("message"), Some(&bytes)).unwrap();
        let back = event(&mut incoming).await;
        assert_eq!(back.decode::<Vec<Binary>>().unwrap(), Some(bytes), "{transports:?}");
        let answer = soon(client.call(&prefix("message-with-ack"), Some(&json!([1, "2"])))).await.unwrap();
        assert_eq!(answer.get(), r#"[1,"2"]"#);
        let args = Args::from_list(&(1, "two", [3])).unwrap();
        assert_eq!(soon(client.call_args(&prefix("message-with-ack"), &args)).await.unwrap(), args);
        for number in 0..200 {
            client.emit(&prefix("message"), Some(&number)).unwrap();
        }
        for number in 0..200 {
            assert_eq!(argument(&mut incoming).await, json!(number), "{transports:?}");
        }
        client.close();
        while soon(incoming.next()).await.is_some() {}
        assert_eq!(server.log().last().unwrap(), "gone / client namespace disconnect");
    }
}

#[tokio::test]
async fn what_the_server_asks_is_answered() {
    let server = start().await;
    let (client, mut incoming) = connected(packing(&server, Transports::WebSocket)).await;
    client.emit(&prefix("ask"), NONE).unwrap();
    let question = event(&mut incoming).await;
    client.acknowledge(&question, &Binary::from(vec![7, 8])).unwrap();
    let answer = event(&mut incoming).await;
    assert_eq!((answer.name(), answer.decode::<Binary>().unwrap()), ("answer", Some(vec![7, 8].into())));
}

#[tokio::test]
async fn who_is_refused_is_told_why() {
    for transports in TRANSPORTS {
        let server = start().await;
        let mut refused = packing(&server, transports);
        refused.auth = json!({ "token": "bad" }).into();
        match soon(Client::connect(refused)).await.unwrap_err() {
            ConnectError::Refused { message, data } => {
                assert_eq!((message.as_str(), data), ("Go away", Some(json!({ "code": "no" }))));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn two_that_were_told_different_things_do_not_understand_each_other() {
    for (ours, theirs) in [(Parser::Json, Parser::Msgpack), (Parser::Msgpack, Parser::Json)] {
        let server = Running::with(server::Config { parser: theirs, ..server::Config::default() }).await;
        let config = Config { parser: ours, ..config(&server, Transports::WebSocket) };
        let error = soon(Client::connect(config)).await.unwrap_err();
        assert!(matches!(&error, ConnectError::Ended { .. } | ConnectError::Protocol(_)), "{error:?}");
    }
}

#[tokio::test]
async fn what_was_missed_is_heard_after_coming_back() {
    for transports in TRANSPORTS {
        let recovery = Some(Recovery::default());
        let config = server::Config { recovery, parser: Parser::Msgpack, ..server::Config::default() };
        let server = Running::with(config).await;
        let proxy = Proxy::to(server.address).await;
        let mut config = packing(&server, transports);
        config.url = format!("http://{}", proxy.address);
        let (client, mut incoming) = connected(config).await;
        let sid = client.socket_id();
        let send = |value: Value| {
            server.hub.everyone("/").send(&Message::event(&Prefix::event("/", "n"), &value).unwrap());
        };
        send(json!(0));
        assert_eq!(argument(&mut incoming).await, json!(0));
        proxy.down(true);
        proxy.cut();
        loop {
            if let Signal::Disconnected { reason, .. } = next(&mut incoming).await {
                assert_ne!(reason, Reason::ParseError);
                break;
            }
        }
        send(json!({ "missed": [1] }));
        proxy.down(false);
        assert!(matches!(next(&mut incoming).await, Signal::Connected { recovered: true }), "{transports:?}");
        assert_eq!(client.socket_id(), sid);
        assert_eq!(argument(&mut incoming).await, json!({ "missed": [1] }));
    }
}
