//! Watching, and telling everybody something.

use serde_json::{Value, json};

use super::person::{Person, names};
use super::world::World;

async fn events(root: &Person, filter: Value) -> Vec<Value> {
    root.does("monitoring:get-events", filter).await["events"].as_array().unwrap().clone()
}

fn ids(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn the_figures_come_first_and_then_every_event_in_order_until_it_is_enough() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    let mut root = world.comes("root", "admin").await;
    let stats = root.does("monitoring:subscribe", Value::Null).await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("Hi").await;
    asked.finishes().await;
    alice.next("gemini:done").await;
    let everything = events(&root, json!({ "limit": 1000 })).await;
    let mut heard = root.rest();
    assert_eq!(heard.remove(0), ("monitoring:stats".to_owned(), stats.clone()));
    heard.retain(|(name, _)| name != "monitoring:events");
    assert!(heard.iter().all(|(name, _)| name == "monitoring:event"), "{:?}", names(&heard));
    let live: Vec<Value> = heard.into_iter().map(|(_, event)| event).collect();
    let before = usize::try_from(stats["totalEvents"].as_u64().unwrap()).unwrap();
    assert_eq!(live, everything[before..], "no gap and no duplicate");
    assert!(ids(&live).is_sorted_by(|a, b| a < b));
    let chat: Vec<&Value> = live.iter().filter(|event| event["type"] == "chat").collect();
    assert_eq!(chat[0]["event"], "chat:message");
    assert_eq!(chat[0]["data"], json!({ "userMessage": "hello" }));
    assert_eq!((&chat[0]["userId"], &chat[0]["sessionId"]), (&json!("alice"), &json!(session)));
    assert_eq!(chat[1]["data"], json!({ "userMessage": "hello", "response": "Hi" }));
    root.does("monitoring:unsubscribe", Value::Null).await;
    alice.does("tool:execute", json!({ "name": "listDirectory" })).await;
    alice.next("tool:execution-complete").await;
    assert!(ids(&events(&root, json!({})).await).last() > ids(&live).last());
    assert_eq!(names(&root.rest()), ["monitoring:events"]);
}

/// Some are busy all the time while others subscribe.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_falls_between_the_figures_and_the_first_event() {
    let world = World::new().await;
    let mut busy = Vec::new();
    let mut watching = Vec::new();
    for _ in 0..8 {
        busy.push(world.comes("root", "admin").await);
        watching.push(world.comes("root", "admin").await);
    }
    for _ in 0..50 {
        for person in &busy {
            person.emits("monitoring:broadcast", &json!({ "message": "hello", "type": "info" }));
        }
    }
    let subscribing = watching.iter().map(|person| person.does("monitoring:subscribe", Value::Null));
    let stats = futures_util::future::join_all(subscribing).await;
    for (mut root, stats) in watching.into_iter().zip(stats) {
        let everything = events(&root, json!({ "limit": 1000 })).await;
        let live: Vec<Value> = root
            .rest()
            .into_iter()
            .filter_map(|(name, event)| (name == "monitoring:event").then_some(event))
            .collect();
        let before = usize::try_from(stats["totalEvents"].as_u64().unwrap()).unwrap();
        // More may have happened since.
        let logged = ids(&everything[before..]);
        assert_eq!(ids(&live)[..logged.len()], logged, "no gap and no duplicate");
    }
}

#[tokio::test]
async fn filters_combine_and_the_newest_come_last() {
    let mut world = World::new().await;
    let (mut alice, bob, session) = world.two().await;
    for name in ["alice", "bob"] {
        let person = if name == "bob" { &bob } else { &alice };
        person.says(&format!("{name} was here")).await;
        world.model.next().await.finishes().await;
        alice.next("gemini:done").await;
    }
    let root = world.comes("root", "admin").await;
    let of_bob = events(&root, json!({ "userId": "bob", "sessionId": session })).await;
    let what: Vec<&str> = of_bob.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(what, ["join-session", "chat:message", "gemini:done"]);
    let last = events(&root, json!({ "userId": "bob", "sessionId": session, "limit": 2 })).await;
    assert_eq!(last, of_bob[1..]);
    assert!(events(&root, json!({ "userId": "nobody" })).await.is_empty());
    assert!(events(&root, Value::Null).await.len() > of_bob.len(), "nothing is no filter");
    assert_eq!(
        root.is_refused("monitoring:get-events", json!({ "limit": 0 })).await,
        "invalid-message-format"
    );
}

#[tokio::test]
async fn figures_are_by_user_and_by_tool() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    for of_bob in [false, false, true] {
        let person = if of_bob { &bob } else { &alice };
        person.does("tool:execute", json!({ "name": "listDirectory" })).await;
        alice.next("tool:execution-complete").await;
    }
    bob.says("look").await;
    let mut asked = world.model.next().await;
    asked.wants("look", json!({ "what": "up" }));
    asked.finishes().await;
    world.tools.next().await.gives(json!(1));
    world.model.next().await.finishes().await;
    alice.next("gemini:done").await;
    let root = world.comes("root", "admin").await;
    let all = root.does("monitoring:get-stats", Value::Null).await;
    assert_eq!(all["toolUsage"], json!({ "listDirectory": 3, "look": 1 }));
    let sum: u64 = all["byType"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(all["totalEvents"], sum);
    let of_bob = root.does("monitoring:get-stats", json!({ "userId": "bob" })).await;
    assert_eq!(of_bob["toolUsage"], json!({ "listDirectory": 1, "look": 1 }), "who asked is who used it");
    assert_eq!(of_bob["byUser"], json!({ "bob": of_bob["totalEvents"] }));
    assert_eq!(of_bob["byType"]["chat"], 2);
}

#[tokio::test]
async fn a_call_of_a_cancelled_answer_counts_as_the_askers() {
    let mut world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    alice.says("look").await;
    bob.says("and me").await;
    let mut asked = world.model.next().await;
    asked.wants("look", json!({ "what": "up" }));
    asked.finishes().await;
    let _run = world.tools.next().await;
    bob.does("chat:cancel", Value::Null).await;
    alice.next("tool:execution-error").await;
    bob.everything().await;
    let root = world.comes("root", "admin").await;
    let stats = root.does("monitoring:get-stats", json!({ "userId": "alice" })).await;
    assert_eq!(stats["toolUsage"], json!({ "look": 1 }));
}

#[tokio::test]
async fn engineers_hear_broadcasts_and_nobody_else() {
    let world = World::new().await;
    let (mut alice, _) = world.alone().await;
    let mut stranger = world.comes("stranger", "engineer").await;
    let mut root = world.comes("root", "admin").await;
    root.does("monitoring:broadcast", json!({ "message": "Down in 10 minutes", "type": "warning" })).await;
    for engineer in [&mut alice, &mut stranger] {
        let mut broadcast = engineer.next("system:broadcast").await;
        assert!(broadcast.as_object_mut().unwrap().remove("timestamp").is_some());
        assert_eq!(broadcast, json!({ "message": "Down in 10 minutes", "type": "warning", "from": "root" }));
    }
    let logged = events(&root, json!({ "userId": "root" })).await;
    assert_eq!(logged.last().unwrap()["event"], "monitoring:broadcast");
    assert_eq!(names(&root.rest()), ["monitoring:events"]);
}

#[tokio::test]
async fn engineers_do_not_watch() {
    let world = World::new().await;
    let (alice, _) = world.alone().await;
    for event in
        ["monitoring:subscribe", "monitoring:unsubscribe", "monitoring:get-events", "monitoring:get-stats"]
    {
        assert_eq!(alice.is_refused(event, Value::Null).await, "access-denied");
    }
    let payload = json!({ "message": "hear me", "type": "info" });
    assert_eq!(alice.is_refused("monitoring:broadcast", payload).await, "access-denied");
}

#[tokio::test]
async fn sessions_and_connections_are_logged_in_the_order_in_which_they_happened() {
    let world = World::new().await;
    let (mut alice, session) = world.alone().await;
    world.deletes("alice", &session).await;
    alice.is_sent_away().await;
    let root = world.comes("root", "admin").await;
    let logged = events(&root, json!({ "sessionId": session })).await;
    let what: Vec<&str> = logged.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(what, ["session-created", "join-session", "session-deleted"]);
}
