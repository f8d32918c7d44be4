//! The way from polling to a websocket.

use parlance_socketio::client::{Config, Transports};
use serde_json::json;

use crate::common::{argument, config, connected, prefix};
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
    assert_eq!(proxy.requests("40"), 1, "the namespace was joined over polling");
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
