//! Whom the generated server sends to, and what it does to them from outside.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::Duration;

use parlance_socketio::client::Config;
use parlance_socketio::typed::SocketId;
use serde_json::json;

use crate::app::{App, serve_with, token};
use crate::features_client::{
    Client, Events, Incoming, ServerEvent, client_events, server_events as seen, types,
};
use crate::features_server::types::{DeskId, Shape};
use crate::features_server::{Connection, Emitter, Role, server_events};

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn at_desk(emit: &Emitter, url: &str, user: &str, desk: i64) -> (Client, Events, SocketId) {
    let auth = json!({ "token": token(user, "power-user") }).into();
    let (client, mut events) = Client::connect(Config { auth, ..Config::new(url) }).await.unwrap();
    client.sit(&client_events::Sit { desk: types::DeskId::new(desk).unwrap() }).await.unwrap();
    // Of sitting down, and maybe of others who do.
    assert!(matches!(next(&mut events).await, Some(ServerEvent::Moved(_))));
    let id = client.socket_id().unwrap();
    let id = emit.everyone().ids().into_iter().find(|known| known.to_string() == id).unwrap();
    (client, events, id)
}

/// The next event of the document; nothing when the connection is gone.
async fn next(events: &mut Events) -> Option<ServerEvent> {
    loop {
        match tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time") {
            Some(Incoming::Event(event)) => return Some(event),
            Some(Incoming::Disconnected { .. }) | None => return None,
            Some(_) => {}
        }
    }
}

#[tokio::test]
async fn who_is_meant_can_be_put_together_and_taken_out() {
    let (url, _stop, emit) = serve_with(Arc::default());
    let [one, two, three] = [1, 2, 3].map(|desk| DeskId::new(desk).unwrap());
    let (_ann, mut anns, ann) = at_desk(&emit, &url, "ann", 1).await;
    let (_ben, mut bens, ben) = at_desk(&emit, &url, "ben", 2).await;
    let (_cho, mut chos, cho) = at_desk(&emit, &url, "cho", 3).await;
    let moved = |radius| Shape::Circle { radius };
    // Ann is at both, and is sent it once.
    assert!(emit.join_desk(&two, ann));
    assert_eq!(emit.desk(&one).and(&two).moved(&moved(1.0)), 2);
    assert_eq!(emit.desk(&one).and(&two).and(&three).except(ben).moved(&moved(2.0)), 2);
    assert_eq!(emit.role_power_user().except_desk(&two).hint(&hint()), 1);
    for (events, radii) in [(&mut anns, vec![1.0, 2.0]), (&mut bens, vec![1.0])] {
        for radius in radii {
            assert_eq!(next(events).await, Some(ServerEvent::Moved(types::Shape::Circle { radius })));
        }
    }
    assert_eq!(next(&mut chos).await, Some(ServerEvent::Moved(types::Shape::Circle { radius: 2.0 })));
    assert!(matches!(next(&mut chos).await, Some(ServerEvent::Hint(_))));
    // Nothing else has come to anybody: this is next.
    assert_eq!(emit.everyone().alarm(&server_events::Alarm { loud: true }), 3);
    for events in [&mut anns, &mut bens, &mut chos] {
        assert_eq!(next(events).await, Some(ServerEvent::Alarm(seen::Alarm { loud: true })));
    }
    assert_eq!(emit.desk(&three).ids(), [cho]);
}

fn hint() -> server_events::Hint {
    server_events::Hint { text: "x".into(), rows: None, urgent: None }
}

#[tokio::test]
async fn sockets_are_looked_at_moved_and_sent_away_from_outside() {
    let (url, _stop, emit) = serve_with(Arc::default());
    let [one, two] = [1, 2].map(|desk| DeskId::new(desk).unwrap());
    let (_ann, mut anns, ann) = at_desk(&emit, &url, "ann", 1).await;
    let (_ben, _bens, _) = at_desk(&emit, &url, "ben", 1).await;
    assert_eq!(emit.desk(&one).join_desk(&two), 2);
    assert_eq!(emit.desk(&two).only(ann).leave_desk(&one), 1);
    let mut users: Vec<_> = emit
        .desk(&two)
        .fetch()
        .iter()
        .map(|socket| {
            let connection = socket.data::<Connection<App>>().unwrap();
            assert_eq!((connection.role(), &*socket.namespace), (Role::PowerUser, "/"));
            (connection.user().clone(), socket.rooms.len())
        })
        .collect();
    users.sort();
    // The lobby, the role, and one desk or two.
    assert_eq!(users, [("ann".to_owned(), 3), ("ben".to_owned(), 4)]);
    assert_eq!(emit.caller(ann).close(), 1);
    // That somebody else has sat down, and then that she has been sent away.
    assert!(matches!(next(&mut anns).await, Some(ServerEvent::Moved(_))));
    assert_eq!(next(&mut anns).await, None);
    assert_eq!(emit.desk(&one).disconnect(), 1);
}
