//! Tools run by hand.

use parlance_server::tools::Approval;
use serde_json::{Value, json};

use super::person::names;
use super::world::World;

#[tokio::test]
async fn a_chosen_id_is_used_and_everybody_sees_the_run() {
    let world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    let payload = json!({ "name": "readFile", "args": { "path": "/workspace/file.txt" }, "callId": "mine" });
    assert_eq!(alice.does("tool:execute", payload).await, json!({}));
    for person in [&mut alice, &mut bob] {
        let heard = person.until("tool:execution-complete").await;
        assert_eq!(names(&heard), ["tool:execution-start", "tool:execution-complete"]);
        assert_eq!(heard[0].1["callId"], "mine");
        assert_eq!(heard[0].1["args"], json!({ "path": "/workspace/file.txt" }));
        let complete = &heard[1].1;
        assert_eq!(complete["callId"], "mine");
        assert!(complete["result"].to_string().contains("Hello from the workspace"), "{complete}");
        assert!(complete["executionTime"].is_u64(), "{complete}");
    }
    assert_eq!(alice.everything().await, [], "nothing goes to the model");
}

#[tokio::test]
async fn without_an_id_one_is_made_of_name_time_and_number() {
    let world = World::new().await;
    let (mut alice, _) = world.alone().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        alice.does("tool:execute", json!({ "name": "listDirectory" })).await;
        let id = alice.next("tool:execution-complete").await["callId"].as_str().unwrap().to_owned();
        let rest: Vec<&str> = id.strip_prefix("listDirectory-").unwrap().split('-').collect();
        assert!(rest.len() == 2 && rest.iter().all(|part| part.parse::<u64>().is_ok()), "{id}");
        ids.push(id);
    }
    assert_ne!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_tool_that_asks_runs_because_the_caller_may_approve() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.does("tool:execute", json!({ "name": "turn", "args": { "what": "left" } })).await;
    world.tools.next().await.gives(json!("turned"));
    let heard = alice.until("tool:execution-complete").await;
    assert_eq!(names(&heard), ["tool:execution-start", "tool:execution-complete"]);
    assert_eq!(heard[1].1["result"], "turned");
}

#[tokio::test]
async fn what_cannot_be_run_is_refused_and_says_why() {
    let world = World::with(|config| {
        config.tools.insert("writeFile".to_owned(), Approval::Deny);
    })
    .await;
    let (mut alice, _) = world.alone().await;
    let cases = [
        (json!({ "name": "fly" }), "unknown-tool", ""),
        (json!({ "name": "look", "args": {} }), "tool-execution-failed", "the argument `what` is missing"),
        (
            json!({ "name": "writeFile", "args": { "path": "a", "content": "b" } }),
            "tool-execution-failed",
            "The policy of this server denies the tool",
        ),
        (json!({ "name": "look", "args": [] }), "invalid-message-format", "args"),
    ];
    for (payload, code, sentence) in cases {
        let refusal = alice.call("tool:execute", payload).await.unwrap_err();
        assert_eq!(refusal["code"], code, "{refusal}");
        assert!(refusal["details"].to_string().contains(sentence), "{refusal}");
    }
    let heard = alice.everything().await;
    assert_eq!(names(&heard), ["error"; 4], "and as the event that clients of the original listen to");
}

#[tokio::test]
async fn an_id_is_used_once() {
    let mut world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    let payload = json!({ "name": "look", "args": { "what": "up" }, "callId": "mine" });
    alice.does("tool:execute", payload.clone()).await;
    let refusal = bob.call("tool:execute", payload).await.unwrap_err();
    assert_eq!(refusal["code"], "tool-execution-failed");
    assert_eq!(refusal["details"], "there is a call `mine` already");
    world.tools.next().await.gives(json!(1));
    alice.next("tool:execution-complete").await;
    bob.next("tool:execution-complete").await;
    assert!(world.tools.is_quiet());
    alice.does("tool:approve", json!({ "callId": "mine" })).await;
    assert_eq!(bob.everything().await, [], "it was decided when it was called");
}

#[tokio::test]
async fn a_failing_tool_and_one_that_panics_say_so() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice
        .does("tool:execute", json!({ "name": "readFile", "args": { "path": "nowhere" }, "callId": "a" }))
        .await;
    let error = alice.next("tool:execution-error").await;
    assert_eq!((&error["name"], &error["callId"]), (&json!("readFile"), &json!("a")));
    assert_eq!(error["error"], "No such file: /workspace/nowhere");
    alice.does("tool:execute", json!({ "name": "look", "args": { "what": "up" } })).await;
    world.tools.next().await.panics();
    assert_eq!(alice.next("tool:execution-error").await["error"], "The tool failed");
}

#[tokio::test]
async fn so_many_at_a_time_and_no_more() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    let payload = json!({ "name": "look", "args": { "what": "up" } });
    let mut runs = Vec::new();
    for _ in 0..8 {
        alice.does("tool:execute", payload.clone()).await;
        runs.push(world.tools.next().await);
    }
    assert_eq!(alice.is_refused("tool:execute", payload.clone()).await, "busy");
    runs.pop().unwrap().gives(json!(1));
    alice.next("tool:execution-complete").await;
    alice.does("tool:execute", payload).await;
}

#[tokio::test]
async fn a_tool_run_by_hand_outlives_a_cancelled_answer() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("hello").await;
    let asked = world.model.next().await;
    alice.does("tool:execute", json!({ "name": "look", "args": { "what": "up" } })).await;
    let run = world.tools.next().await;
    alice.does("chat:cancel", Value::Null).await;
    asked.is_given_up().await;
    assert!(!run.cancel.is_cancelled());
    run.gives(json!("sky"));
    assert_eq!(alice.next("tool:execution-complete").await["result"], "sky");
}
