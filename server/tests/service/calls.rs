//! What the model calls: side by side, wrongly, and without end.

use serde_json::{Value, json};

use super::person::{Heard, names};
use super::world::World;
use parlance_server::tools::Approval;

fn of<'a>(heard: &'a [Heard], event: &str) -> Vec<&'a Value> {
    heard.iter().filter(|(name, _)| name == event).map(|(_, payload)| payload).collect()
}

#[tokio::test]
async fn calls_side_by_side_are_answered_together_in_the_models_order() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("turn both").await;
    let mut asked = world.model.next().await;
    for what in ["first", "second", "third"] {
        asked.wants("turn", json!({ "what": what }));
    }
    asked.finishes().await;
    let mut calls = Vec::new();
    for _ in 0..3 {
        calls.push(alice.next("gemini:tool-request").await["callId"].clone());
    }
    alice.does("tool:approve", json!({ "callId": calls[2] })).await;
    let third = world.tools.next().await;
    alice.does("tool:reject", json!({ "callId": calls[1], "reason": "no" })).await;
    alice.does("tool:approve", json!({ "callId": calls[0] })).await;
    let first = world.tools.next().await;
    assert_eq!((&third.args["what"], &first.args["what"]), (&json!("third"), &json!("first")));
    third.gives(json!(3));
    alice.next("tool:execution-complete").await;
    assert!(world.model.is_quiet(), "one is still running");
    first.fails("It is stuck");
    let asked = world.model.next().await;
    assert_eq!(
        asked.answers(),
        [
            json!({ "name": "turn", "response": { "error": "It is stuck" } }),
            json!({ "name": "turn", "response": { "error": "The call was rejected by alice: no" } }),
            json!({ "name": "turn", "response": { "output": 3 } }),
        ]
    );
    assert_eq!(alice.next("tool:execution-error").await["error"], "It is stuck");
    asked.finishes().await;
    alice.next("gemini:done").await;
}

#[tokio::test]
async fn a_tool_that_needs_no_approval_is_shown_approved_by_the_policy_and_run() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("look").await;
    let mut asked = world.model.next().await;
    asked.says("Looking. ").await;
    asked.wants("look", json!({ "what": "up" }));
    asked.finishes().await;
    let run = world.tools.next().await;
    assert_eq!(run.tool, "look");
    run.gives(json!("sky"));
    let mut asked = world.model.next().await;
    assert_eq!(asked.answers(), [json!({ "name": "look", "response": { "output": "sky" } })]);
    asked.says("Sky.").await;
    asked.finishes().await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(
        names(&heard),
        [
            "chat:typing",
            "gemini:content",
            "gemini:tool-request",
            "tool:approved",
            "tool:execution-start",
            "tool:execution-complete",
            "gemini:tool-result",
            "gemini:content",
            "gemini:done"
        ]
    );
    assert_eq!(heard[3].1["approvedBy"], "policy");
    assert_eq!(heard[8].1["fullResponse"], "Looking. Sky.");
    let history = alice.history().await;
    assert_eq!(history[1]["parts"][1]["functionCall"]["name"], "look");
    assert_eq!(history[2]["parts"][0]["functionResponse"]["response"], json!({ "output": "sky" }));
}

#[tokio::test]
async fn what_cannot_be_called_is_refused_with_a_sentence_and_shown() {
    let mut world = World::with(|config| {
        config.tools.insert("writeFile".to_owned(), Approval::Deny);
    })
    .await;
    let (mut alice, _) = world.alone().await;
    alice.says("try").await;
    let mut asked = world.model.next().await;
    assert!(asked.request.tools.iter().all(|tool| tool.name != "writeFile"), "what is denied is not offered");
    asked.wants("fly", json!({}));
    asked.wants("look", json!({ "what": 7 }));
    asked.wants("writeFile", json!({ "path": "a", "content": "b" }));
    asked.wants("not a name!", json!({}));
    asked.finishes().await;
    let asked = world.model.next().await;
    let errors: Vec<Value> =
        asked.answers().iter().map(|answer| answer["response"]["error"].clone()).collect();
    assert_eq!(errors[0], "There is no tool `fly`");
    assert!(errors[1].as_str().unwrap().starts_with("look: "), "{errors:?}");
    assert_eq!(errors[2], "The policy of this server denies the tool");
    assert_eq!(errors[3], "There is no tool `not a name!`");
    asked.finishes().await;
    let heard = alice.until("gemini:done").await;
    let requests = of(&heard, "gemini:tool-request");
    assert_eq!(requests.len(), 4);
    assert_eq!(of(&heard, "tool:rejected").len(), 4);
    assert_eq!(of(&heard, "gemini:tool-result").len(), 4);
    assert!(of(&heard, "tool:execution-start").is_empty());
    // Clients approve whatever they see.
    for request in requests {
        alice.does("tool:approve", json!({ "callId": request["callId"] })).await;
    }
    assert!(world.tools.is_quiet());
}

#[tokio::test]
async fn a_model_that_calls_without_end_is_stopped() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("look").await;
    alice.says("next").await;
    let mut steps = 0;
    let after = loop {
        let mut asked = world.model.next().await;
        if asked.texts().last().is_some_and(|text| text == "next") {
            break asked;
        }
        steps += 1;
        asked.wants("look", json!({ "what": "again" }));
        asked.finishes().await;
        world.tools.next().await.gives(json!(1));
    };
    assert_eq!(steps, 26, "the first step, and 25 more");
    let error = alice.next("gemini:error").await;
    assert_eq!(error["error"], "The model called tools too often for one answer.");
    after.finishes().await;
    alice.next("gemini:done").await;
}

#[tokio::test]
async fn too_many_calls_at_a_time_are_refused_one_by_one() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("look").await;
    let mut asked = world.model.next().await;
    for number in 0..20 {
        asked.wants("look", json!({ "what": number.to_string() }));
    }
    asked.finishes().await;
    for number in 0..16 {
        let run = world.tools.next().await;
        assert_eq!(run.args["what"], number.to_string());
        run.gives(json!(number));
    }
    let asked = world.model.next().await;
    let answers = asked.answers();
    assert_eq!(answers.len(), 20);
    assert_eq!(answers[15]["response"], json!({ "output": 15 }));
    assert_eq!(answers[16]["response"], json!({ "error": "Too many calls at a time" }));
    assert!(world.tools.is_quiet());
    asked.finishes().await;
    alice.next("gemini:done").await;
}

#[tokio::test]
async fn a_tool_that_panics_has_failed() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("look").await;
    let mut asked = world.model.next().await;
    asked.wants("look", json!({ "what": "up" }));
    asked.finishes().await;
    world.tools.next().await.panics();
    let asked = world.model.next().await;
    assert_eq!(asked.answers()[0]["response"], json!({ "error": "The tool failed" }));
    asked.finishes().await;
    alice.next("gemini:done").await;
}
