//! Calls that wait for a decision: decided once, by whoever is first.

use std::time::Duration;

use serde_json::{Value, json};

use super::person::{Heard, Person, names};
use super::puppets::Asked;
use super::world::World;

/// Alice asks, the model wants `turn`, and it waits: what the request says.
async fn waiting(world: &mut World, alice: &mut Person) -> String {
    alice.says("turn it").await;
    let mut asked = world.model.next().await;
    asked.wants("turn", json!({ "what": "left" }));
    asked.finishes().await;
    let request = alice.next("gemini:tool-request").await;
    assert_eq!(request["tool"], "turn");
    assert_eq!(request["args"], json!({ "what": "left" }));
    request["callId"].as_str().unwrap().to_owned()
}

/// The model is told what came of its call, and says no more.
async fn ends(world: &mut World, told: Value) {
    let mut asked: Asked = world.model.next().await;
    assert_eq!(asked.answers(), [json!({ "name": "turn", "response": told })]);
    asked.says("So be it.").await;
    asked.finishes().await;
}

fn count(heard: &[Heard], name: &str) -> usize {
    heard.iter().filter(|(other, _)| other == name).count()
}

#[tokio::test]
async fn an_approved_call_runs_with_what_was_shown_and_everybody_sees_every_step() {
    let mut world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    let call = waiting(&mut world, &mut alice).await;
    assert!(world.tools.is_quiet(), "nothing runs unasked");
    bob.does("tool:approve", json!({ "callId": call })).await;
    let run = world.tools.next().await;
    assert_eq!(Value::Object(run.args.clone()), json!({ "what": "left" }));
    run.gives(json!({ "at": "left" }));
    ends(&mut world, json!({ "output": { "at": "left" } })).await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(
        names(&heard),
        [
            "tool:approved",
            "tool:execution-start",
            "tool:execution-complete",
            "gemini:tool-result",
            "gemini:content",
            "gemini:done"
        ]
    );
    assert_eq!(heard[0].1["approvedBy"], "bob");
    assert_eq!(heard[1].1, json!({ "name": "turn", "args": { "what": "left" }, "callId": call }));
    assert_eq!(heard[3].1, json!({ "callId": call, "result": { "at": "left" } }));
    let theirs = bob.until("gemini:done").await;
    assert_eq!(theirs[theirs.len() - heard.len()..], heard[..]);
}

#[tokio::test]
async fn approving_twice_and_late_is_acknowledged_and_changes_nothing() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    let call = json!({ "callId": waiting(&mut world, &mut alice).await });
    alice.does("tool:approve", call.clone()).await;
    alice.does("tool:approve", call.clone()).await;
    alice.does("tool:reject", call.clone()).await;
    world.tools.next().await.gives(json!(1));
    ends(&mut world, json!({ "output": 1 })).await;
    let heard = alice.until("gemini:done").await;
    alice.does("tool:approve", call).await;
    assert_eq!((count(&heard, "tool:approved"), count(&heard, "tool:rejected")), (1, 0));
    assert_eq!(names(&alice.everything().await), ["chat:typing"]);
    assert!(world.tools.is_quiet(), "it ran once");
}

#[tokio::test]
async fn of_two_approvers_at_once_one_counts_and_the_tool_runs_once() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    let call = json!({ "callId": waiting(&mut world, &mut alice).await });
    tokio::join!(alice.does("tool:approve", call.clone()), bob.does("tool:approve", call.clone()));
    world.tools.next().await.gives(json!(1));
    ends(&mut world, json!({ "output": 1 })).await;
    let heard = alice.until("gemini:done").await;
    assert_eq!((count(&heard, "tool:approved"), count(&heard, "tool:execution-start")), (1, 1));
    assert!(world.tools.is_quiet());
}

#[tokio::test]
async fn of_an_approval_and_a_rejection_at_once_the_first_counts() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    for _ in 0..5 {
        let call = json!({ "callId": waiting(&mut world, &mut alice).await });
        tokio::join!(alice.does("tool:approve", call.clone()), bob.does("tool:reject", call.clone()));
        let heard = {
            let heard = alice.until("gemini:tool-result");
            tokio::pin!(heard);
            tokio::select! {
                heard = &mut heard => heard,
                run = world.tools.next() => {
                    run.gives(json!(1));
                    heard.await
                }
            }
        };
        let (approved, rejected) = (count(&heard, "tool:approved"), count(&heard, "tool:rejected"));
        assert_eq!(approved + rejected, 1, "{heard:?}");
        assert_eq!(count(&heard, "tool:execution-start"), approved);
        let mut asked = world.model.next().await;
        asked.says("Well.").await;
        asked.finishes().await;
        alice.next("gemini:done").await;
    }
}

#[tokio::test]
async fn a_rejection_with_its_reason_reaches_the_model_and_cannot_be_undone() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    let call = waiting(&mut world, &mut alice).await;
    bob.does("tool:reject", json!({ "callId": call, "reason": "Security concern" })).await;
    alice.does("tool:approve", json!({ "callId": call })).await;
    ends(&mut world, json!({ "error": "The call was rejected by bob: Security concern" })).await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(names(&heard), ["tool:rejected", "gemini:tool-result", "gemini:content", "gemini:done"]);
    assert_eq!(heard[0].1["rejectedBy"], "bob");
    assert_eq!(heard[0].1["reason"], "Security concern");
    assert!(world.tools.is_quiet());
}

#[tokio::test]
async fn nobody_decides_in_time() {
    let mut world = World::with(|config| config.approval_timeout = Duration::from_millis(20)).await;
    let (mut alice, _) = world.alone().await;
    let call = waiting(&mut world, &mut alice).await;
    let rejected = alice.next("tool:rejected").await;
    assert_eq!(
        (&rejected["rejectedBy"], &rejected["reason"]),
        (&json!("policy"), &json!("Nobody decided in time"))
    );
    alice.does("tool:approve", json!({ "callId": call })).await;
    ends(&mut world, json!({ "error": "The call was rejected: Nobody decided in time" })).await;
    alice.next("gemini:done").await;
    assert!(world.tools.is_quiet());
}

#[tokio::test]
async fn a_cancelled_answer_takes_its_calls_with_it() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    let call = waiting(&mut world, &mut alice).await;
    bob.does("chat:cancel", Value::Null).await;
    alice.does("tool:approve", json!({ "callId": call })).await;
    let heard = alice.everything().await;
    assert_eq!(names(&heard), ["tool:rejected", "gemini:cancelled", "chat:typing"]);
    assert!(world.tools.is_quiet());
    alice.says("and now?").await;
    let asked = world.model.next().await;
    let told: Vec<Value> =
        asked.request.contents.iter().map(|turn| serde_json::to_value(turn).unwrap()).collect();
    assert_eq!(
        told[2]["parts"][0]["functionResponse"]["response"],
        json!({ "error": "Request cancelled by user" }),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_running_tool_of_a_cancelled_answer_is_told_and_ends_as_failed() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("look").await;
    let mut asked = world.model.next().await;
    asked.wants("look", json!({ "what": "there" }));
    asked.finishes().await;
    let run = world.tools.next().await;
    alice.does("chat:cancel", Value::Null).await;
    super::puppets::within(run.cancel.cancelled()).await;
    run.gives(json!("too late"));
    let heard = alice.until("tool:execution-error").await;
    assert!(names(&heard).contains(&"gemini:cancelled"));
    assert_eq!(heard.last().unwrap().1["error"], "The call was cancelled");
    assert!(world.model.is_quiet(), "the model does not go on");
}

#[tokio::test]
async fn nobody_knows_such_a_call() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    waiting(&mut world, &mut alice).await;
    for event in ["tool:approve", "tool:reject"] {
        assert_eq!(alice.is_refused(event, json!({ "callId": "call_1_1" })).await, "unknown-call");
    }
}

#[tokio::test]
async fn a_call_of_another_session_is_unknown() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    let call = waiting(&mut world, &mut alice).await;
    let elsewhere = world.session(&["bob"]).await;
    let bob = world.member("bob", &elsewhere).await;
    assert_eq!(bob.is_refused("tool:approve", json!({ "callId": call })).await, "unknown-call");
    assert!(world.tools.is_quiet());
}

#[tokio::test]
async fn a_member_who_came_later_approves() {
    let mut world = World::new().await;
    let session = world.session(&["alice", "bob"]).await;
    let mut alice = world.member("alice", &session).await;
    let call = waiting(&mut world, &mut alice).await;
    alice.goes().await;
    let mut bob = world.member("bob", &session).await;
    assert_eq!(bob.next("gemini:tool-request").await["callId"], call.as_str());
    bob.does("tool:approve", json!({ "callId": call })).await;
    world.tools.next().await.gives(json!(1));
    ends(&mut world, json!({ "output": 1 })).await;
    bob.next("gemini:done").await;
}
