//! The way from polling to a websocket.

use parlance_socketio::client::{Client, Config, Signal, Transports};
use serde_json::json;

use crate::common::{NONE, argument, config, connected, event, next, prefix};
use crate::proxy::Proxy;
use crate::support::{Running, soon};

async fn through_proxy() -> (Running, Proxy, Config) {
    let server = Running::start().await;
    let proxy = Proxy::to(server.address).await;
    let mut config = config(&server, Transports::PollingThenWebSocket);
    config.url = format!("ws://{}", proxy.address);
    (server, proxy, config)
}

#[tokio::test]
async fn the_websocket_is_probed_and_takes_over_for_good() {
    let (_server, proxy, config) = through_proxy().await;
    let (client, mut incoming) = connected(config).await;
    proxy.until(|proxy| proxy.frames().len() >= 2).await;
    assert_eq!(proxy.frames()[..2], ["2probe", "5"]);
    assert_eq!(proxy.requests("\r\n\r\n40"), 1, "the namespace was joined over polling");
    let before = (proxy.requests("GET "), proxy.requests("POST "));
    assert_eq!(soon(client.call(&prefix("message-with-ack"), Some(&1))).await.unwrap().get(), "1");
    client.emit(&prefix("message"), Some(&2)).unwrap();
    assert_eq!(argument(&mut incoming).await, json!(2));
    assert_eq!((proxy.requests("GET "), proxy.requests("POST ")), before);
    assert!(proxy.frames().contains(&r#"42["message",2]"#.to_owned()), "{:?}", proxy.frames());
}

#[tokio::test]
async fn without_a_websocket_polling_goes_on() {
    let (_server, proxy, config) = through_proxy().await;
    proxy.no_websockets();
    let (client, mut incoming) = connected(config).await;
    proxy.until(|proxy| proxy.requests("transport=websocket") == 1).await;
    for number in 0..20 {
        client.emit(&prefix("message"), Some(&number)).unwrap();
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
    assert_eq!(proxy.requests("Upgrade: websocket") + proxy.requests("upgrade: websocket"), 1, "tried once");
}

#[tokio::test]
async fn nothing_is_lost_or_turned_around_while_it_takes_over() {
    for _ in 0..10 {
        let (_server, _proxy, config) = through_proxy().await;
        let (client, mut incoming) = connected(config).await;
        for number in 0..50 {
            client.emit(&prefix("message"), Some(&number)).unwrap();
            tokio::task::yield_now().await;
        }
        for number in 0..50 {
            assert_eq!(argument(&mut incoming).await, json!(number));
        }
    }
}

#[tokio::test]
async fn what_polling_had_brought_is_read_before_what_the_websocket_brings() {
    let (server, proxy, mut config) = through_proxy().await;
    config.max_incoming = 3;
    let held = proxy.hold_websockets().await;
    let (client, mut incoming) = soon(Client::connect(config)).await.unwrap();
    client.emit(&prefix("flood"), NONE).unwrap();
    // The GET is answered with the beginning of the flood, of which one event finds room.
    proxy.until(|proxy| proxy.requests("flood") == 1).await;
    soon(async {
        while !server.log().contains(&"flood".to_owned()) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    drop(held);
    proxy.until(|proxy| proxy.frames().contains(&"5".to_owned())).await;
    assert!(matches!(next(&mut incoming).await, Signal::Connected { .. }));
    assert_eq!(event(&mut incoming).await.name(), "auth");
    for number in 0..100 {
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
}

#[tokio::test]
async fn polling_stays_on_the_connections_it_has() {
    let (_server, proxy, mut config) = through_proxy().await;
    config.transports = Transports::Polling;
    let (client, mut incoming) = connected(config).await;
    for number in 0..5 {
        client.emit(&prefix("message"), Some(&number)).unwrap();
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
    assert_eq!(proxy.connections(), 2, "one for GET and one for POST");
    assert_eq!(proxy.requests("transport=websocket"), 0);
}

#[tokio::test]
async fn a_kept_connection_that_the_server_has_closed_is_made_anew() {
    let server = Running::with(parlance_socketio::server::Config {
        header_timeout: std::time::Duration::from_millis(50),
        ..parlance_socketio::server::Config::default()
    })
    .await;
    let proxy = Proxy::to(server.address).await;
    let mut config = config(&server, Transports::Polling);
    config.url = format!("http://{}", proxy.address);
    let (client, mut incoming) = connected(config).await;
    for number in 0..3 {
        // So long that the connection for POST is idle for longer than the server keeps it.
        client.emit(&prefix("slow"), Some(&number)).unwrap();
        client.emit(&prefix("message"), Some(&number)).unwrap();
        assert_eq!(argument(&mut incoming).await, json!(number));
    }
    assert!(proxy.connections() > 2, "it was closed and made anew");
}
