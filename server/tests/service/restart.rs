//! What is there after the service was stopped.

use parlance_server::store::{CallState, NewCall, Store};
use serde_json::{Value, json};

use super::world::World;

#[tokio::test]
async fn stopping_in_the_middle_of_an_answer_keeps_what_was_said() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("one").await;
    alice.says("two").await;
    let mut asked = world.model.next().await;
    asked.says("as far as ").await;
    asked.says("this").await;
    alice.next("gemini:content").await;
    alice.next("gemini:content").await;
    let mut world = world.restarts().await;
    asked.is_given_up().await;
    let mut alice = world.member("alice", &session).await;
    assert_eq!(alice.told().await, ["alice: one", "alice: two", "model: as far as this..."]);
    assert!(world.model.is_quiet(), "nobody asks for what was not answered");
    alice.says("three").await;
    let mut asked = world.model.next().await;
    assert_eq!(asked.texts(), ["one", "as far as this", "twothree"]);
    asked.says("good").await;
    asked.finishes().await;
    alice.next("gemini:done").await;
    // Once more: the answer still belongs to its message.
    let mut world = world.restarts().await;
    let alice = world.member("alice", &session).await;
    alice.says("four").await;
    assert_eq!(world.model.next().await.texts(), ["one", "as far as this", "twothree", "good", "four"]);
}

#[tokio::test]
async fn an_answer_that_failed_takes_no_other_answers_place() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("one").await;
    drop(world.model.next().await);
    alice.next("gemini:error").await;
    alice.says("two").await;
    let mut asked = world.model.next().await;
    asked.says("second").await;
    asked.finishes().await;
    alice.next("gemini:done").await;
    let mut world = world.restarts().await;
    let alice = world.member("alice", &session).await;
    assert_eq!(alice.told().await, ["alice: one", "alice: two", "model: second"]);
    alice.says("three").await;
    assert_eq!(world.model.next().await.texts(), ["onetwo", "second", "three"]);
}

#[tokio::test]
async fn a_call_that_waited_is_rejected_and_one_that_ran_does_not_run_again() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("do both").await;
    let mut asked = world.model.next().await;
    asked.says("Both.").await;
    asked.wants("turn", json!({ "what": "left" }));
    asked.wants("look", json!({ "what": "right" }));
    asked.finishes().await;
    let waiting = alice.next("gemini:tool-request").await["callId"].as_str().unwrap().to_owned();
    let running = alice.next("gemini:tool-request").await["callId"].as_str().unwrap().to_owned();
    let _run = world.tools.next().await;
    let mut world = world.restarts().await;
    let alice = world.member("alice", &session).await;
    alice.does("tool:approve", json!({ "callId": waiting })).await;
    assert!(world.tools.is_quiet());
    assert_eq!(alice.told().await[..2], ["alice: do both", "model: Both.[...][...]..."]);
    alice.says("and now?").await;
    let asked = world.model.next().await;
    let told = serde_json::to_value(&asked.request.contents[2]).unwrap();
    let errors: Vec<&str> = told["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["functionResponse"]["response"]["error"].as_str().unwrap())
        .collect();
    assert_eq!(
        errors,
        ["The service was restarted.", "What came of it is not known. The service was restarted."]
    );
    drop(alice);
    let store = world.stopped_store().await;
    let state = |call: &str| {
        let (store, call) = (&store, call.to_owned());
        let session = session.as_str();
        async move { store.call(session, &call).await.unwrap().unwrap().state }
    };
    assert_eq!(state(&waiting).await, CallState::Rejected);
    assert_eq!(state(&running).await, CallState::Failed);
}

/// As a process leaves it that is killed between the decision and the run.
#[tokio::test]
async fn a_call_that_was_approved_and_not_begun_stays_so() {
    let world = World::new().await;
    let (alice, session) = world.alone().await;
    drop(alice);
    let folder = std::sync::Arc::clone(&world.folder);
    let store = world.stopped_store().await;
    let call = NewCall {
        session: session.clone(),
        id: "call_1".to_owned(),
        tool: "turn".to_owned(),
        args: r#"{"what":"left"}"#.to_owned(),
        requested_by: None,
        requested_at: 1,
    };
    store.request_call(call).await.unwrap();
    let decision = parlance_server::store::Decision {
        approved: true,
        by: "alice".to_owned(),
        reason: String::new(),
        at: 2,
    };
    store.decide_call(&session, "call_1", decision).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let mut world = World::again(folder).await;
    let mut alice = world.member("alice", &session).await;
    alice.does("tool:approve", json!({ "callId": "call_1" })).await;
    assert_eq!(alice.everything().await, []);
    assert!(world.tools.is_quiet());
    let store = world.stopped_store().await;
    assert_eq!(store.call(&session, "call_1").await.unwrap().unwrap().state, CallState::Approved);
}

#[tokio::test]
async fn figures_and_the_log_go_on_where_they_were() {
    let world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.does("tool:execute", json!({ "name": "listDirectory" })).await;
    alice.next("tool:execution-complete").await;
    let root = world.comes("root", "admin").await;
    let before = root.does("monitoring:get-events", Value::Null).await;
    let world = world.restarts().await;
    let root = world.comes("root", "admin").await;
    let after = root.does("monitoring:get-events", Value::Null).await;
    let (before, after) = (before["events"].as_array().unwrap(), after["events"].as_array().unwrap());
    assert_eq!(after[..before.len()], before[..]);
    let what: Vec<&str> =
        after[before.len()..].iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(what, ["disconnect", "disconnect", "connect"], "both were still there when it stopped");
    let stats = root.does("monitoring:get-stats", Value::Null).await;
    assert_eq!(stats["toolUsage"], json!({ "listDirectory": 1 }));
}
