//! From polling to websocket.

use std::time::Duration;

use parlance_socketio::server::Config;

use crate::support::Running;

#[tokio::test]
async fn a_session_moves_and_loses_nothing() {
    let server = Running::with(Config::default()).await;
    let (sid, mut client) = server.probed().await;
    assert_eq!(server.get(&sid).await, (200, "6".into()));
    server.tell(&sid, "42[\"message\",1]").await;
    client.say("5").await;
    assert_eq!(client.text().await, r#"42["message-back",1]"#);
    client.say("42[\"message\",2]").await;
    assert_eq!(client.text().await, r#"42["message-back",2]"#);
    assert_eq!(server.get(&sid).await.0, 400);
    assert_eq!(server.post(&sid, "42[\"message\",3]").await.0, 400);

    let mut second = server.websocket(&format!("&sid={sid}")).await;
    assert_eq!(second.closed().await, None);
    client.say("42[\"message\",4]").await;
    assert_eq!(client.text().await, r#"42["message-back",4]"#);
    drop((client, second));
    server.healthy().await;
}

#[tokio::test]
async fn a_pending_get_is_let_go_by_the_probe() {
    let server = Running::with(Config::default()).await;
    let sid = server.joined_over_polling().await;
    let mut client = server.websocket(&format!("&sid={sid}")).await;
    let (get, ()) = tokio::join!(server.get(&sid), async {
        client.say("2probe").await;
        assert_eq!(client.text().await, "3probe");
    });
    assert_eq!(get, (200, "6".into()));
    drop(client);
    server.tell(&sid, "1").await;
    server.healthy().await;
}

#[tokio::test]
async fn polling_goes_on_when_the_upgrade_does_not_happen() {
    let server =
        Running::with(Config { upgrade_timeout: Duration::from_millis(50), ..Config::default() }).await;
    for way in ["leaves", "nonsense", "nothing"] {
        let sid = server.joined_over_polling().await;
        let mut client = server.websocket(&format!("&sid={sid}")).await;
        match way {
            "leaves" => {
                client.say("2probe").await;
                client.text().await;
                drop(client);
            }
            "nonsense" => {
                client.say("4hello").await;
                client.closed().await;
            }
            _ => {
                client.closed().await;
            }
        }
        server.tell(&sid, "42[\"message\",1]").await;
        assert_eq!(server.body(&sid).await, r#"42["message-back",1]"#, "{way}");
        server.tell(&sid, "1").await;
    }
    server.healthy().await;
}

#[tokio::test]
async fn abandoned_sessions_leave_nothing_behind() {
    let server = Running::start().await;
    for _ in 0..50 {
        server.open().await;
        drop(server.websocket("").await);
    }
    // All of them end by themselves, each at its time.
    server.healthy().await;
}
