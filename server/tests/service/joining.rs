//! Who is in a session, and who is not any more.

use parlance_server::store::Store;
use serde_json::{Value, json};

use super::person::{code, names};
use super::world::World;

#[tokio::test]
async fn who_comes_late_gets_what_there_is_and_everything_after_once() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("One ").await;
    asked.says("two ").await;
    alice.next("gemini:content").await;
    alice.next("gemini:content").await;
    let mut late = world.comes("alice", "engineer").await;
    late.joins(&session).await;
    asked.says("three").await;
    asked.finishes().await;
    let heard = late.until("gemini:done").await;
    assert_eq!(names(&heard), ["session-joined", "gemini:content", "gemini:content", "gemini:done"]);
    assert_eq!(heard[1].1, json!({ "text": "One two ", "accumulated": "One two " }));
    assert_eq!(heard[2].1, json!({ "text": "three", "accumulated": "One two three" }));
}

#[tokio::test]
async fn who_comes_while_the_model_speaks_misses_nothing() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("count").await;
    let mut asked = world.model.next().await;
    let mut late = world.comes("alice", "engineer").await;
    let speaking = async {
        for number in 0..300 {
            asked.says(&format!("{number} ")).await;
        }
    };
    tokio::join!(speaking, late.joins(&session));
    asked.finishes().await;
    let mut text = String::new();
    for (name, payload) in late.until("gemini:done").await {
        match name.as_str() {
            "gemini:content" => {
                text.push_str(payload["text"].as_str().unwrap());
                assert_eq!(payload["accumulated"], text.as_str());
            }
            "gemini:done" => assert_eq!(payload["fullResponse"], text.as_str()),
            _ => assert_eq!(name, "session-joined"),
        }
    }
    assert_eq!(alice.next("gemini:done").await["fullResponse"], text.as_str());
}

#[tokio::test]
async fn who_comes_late_is_asked_about_calls_that_wait() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("turn it").await;
    let mut asked = world.model.next().await;
    asked.says("Let me.").await;
    asked.wants("turn", json!({ "what": "left" }));
    asked.wants("look", json!({ "what": "right" }));
    asked.finishes().await;
    let request = alice.next("gemini:tool-request").await;
    let run = world.tools.next().await;
    let mut late = world.comes("alice", "engineer").await;
    late.joins(&session).await;
    let heard = late.everything().await;
    assert_eq!(names(&heard), ["session-joined", "gemini:content", "gemini:tool-request"]);
    assert_eq!(heard[2].1, request);
    late.does("tool:approve", json!({ "callId": request["callId"] })).await;
    assert_eq!(alice.until("tool:approved").await.last().unwrap().1["approvedBy"], "policy");
    assert_eq!(alice.next("tool:approved").await["approvedBy"], "alice");
    run.gives(json!(1));
    world.tools.next().await.gives(json!(2));
    world.model.next().await.finishes().await;
    late.next("gemini:done").await;
}

#[tokio::test]
async fn a_second_join_leaves_the_first_session() {
    let mut world = World::new().await;
    let first = world.session(&["alice", "bob"]).await;
    let second = world.session(&["alice"]).await;
    let mut alice = world.member("alice", &first).await;
    let bob = world.member("bob", &first).await;
    bob.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("One").await;
    alice.next("gemini:content").await;
    alice.joins(&second).await;
    alice.next("session-joined").await;
    asked.says("Two").await;
    asked.finishes().await;
    bob.does("chat:typing", json!({ "typing": true })).await;
    assert_eq!(alice.everything().await, [], "nothing of the first comes after the answer");
    assert!(alice.told().await.is_empty(), "and the second is the one that is asked");
    alice.says("here").await;
    let asked = world.model.next().await;
    assert_eq!(asked.texts(), ["here"]);
    assert_eq!(names(&alice.everything().await), ["chat:typing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_the_first_session_comes_after_the_second_was_joined() {
    let mut world = World::new().await;
    let first = world.session(&["alice", "bob"]).await;
    let second = world.session(&["alice"]).await;
    let bob = world.member("bob", &first).await;
    bob.says("talk").await;
    let mut asked = world.model.next().await;
    for _ in 0..10 {
        let mut alice = world.member("alice", &first).await;
        let speaking = async {
            for _ in 0..100 {
                asked.says("bla ").await;
            }
        };
        tokio::join!(speaking, alice.joins(&second));
        bob.history().await;
        let heard = alice.everything().await;
        let joined = heard.iter().position(|(name, _)| name == "session-joined").unwrap();
        assert_eq!(names(&heard[joined..]), ["session-joined"]);
        alice.goes().await;
    }
}

#[tokio::test]
async fn joining_the_same_again_answers_again_and_doubles_nothing() {
    let mut world = World::new().await;
    let (mut alice, session) = world.alone().await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("One").await;
    alice.next("gemini:content").await;
    alice.joins(&session).await;
    asked.says("Two").await;
    asked.finishes().await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(names(&heard), ["session-joined", "gemini:content", "gemini:done"]);
    assert_eq!(heard[1].1, json!({ "text": "Two", "accumulated": "OneTwo" }));
}

#[tokio::test]
async fn a_session_of_others_and_one_that_is_not_are_the_same() {
    let world = World::new().await;
    let theirs = world.session(&["bob"]).await;
    let (alice, _) = world.alone().await;
    let refusal = |session: &str| {
        let payload = json!({ "sessionId": session });
        let alice = &alice;
        async move { alice.call("join-session", payload).await.unwrap_err() }
    };
    let (foreign, unknown) = (refusal(&theirs).await, refusal("session_1_nowhere").await);
    assert_eq!(foreign, unknown);
    assert_eq!(foreign["code"], "session-not-found");
    assert_eq!(foreign["message"], "Session not found");
    assert!(alice.history().await.is_empty(), "a refused join does not leave the session that was joined");
}

#[tokio::test]
async fn whoever_has_joined_nothing_is_told_so() {
    let world = World::new().await;
    let alice = world.comes("alice", "engineer").await;
    assert_eq!(alice.is_refused("chat:message", json!({ "content": "hello" })).await, "no-session-joined");
    assert_eq!(alice.is_refused("chat:cancel", Value::Null).await, "no-session-joined");
    assert!(alice.does("tool:list", Value::Null).await["tools"].as_array().unwrap().len() > 2);
}

#[tokio::test]
async fn the_members_of_a_deleted_session_are_sent_away_and_nothing_of_it_is_left() {
    let mut world = World::new().await;
    let (mut alice, mut bob, session) = world.two().await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("half").await;
    bob.next("gemini:content").await;
    world.deletes("alice", &session).await;
    alice.is_sent_away().await;
    bob.is_sent_away().await;
    asked.is_given_up().await;
    let again = world.comes("alice", "engineer").await;
    assert_eq!(again.is_refused("join-session", json!({ "sessionId": session })).await, "session-not-found");
    let store = world.stopped_store().await;
    assert_eq!(store.session(&session).await.unwrap(), None);
    assert_eq!(store.turns(&session).await.unwrap(), []);
}

/// The session is taken away behind the service's back, so that its task does not know yet.
#[tokio::test]
async fn what_is_asked_of_a_session_that_is_no_more_is_refused_as_such() {
    let world = World::new().await;
    let (alice, session) = world.alone().await;
    // Nothing is being written when two write to the same file.
    let root = world.comes("root", "admin").await;
    root.does("monitoring:get-stats", Value::Null).await;
    world.loses(&session);
    for (event, payload) in [
        ("chat:message", json!({ "content": "hello" })),
        ("chat:clear", Value::Null),
        ("tool:execute", json!({ "name": "look", "args": { "what": "x" } })),
    ] {
        assert_eq!(alice.is_refused(event, payload).await, "session-not-found", "{event}");
    }
}

#[tokio::test]
async fn a_join_that_meets_a_deletion_is_sent_away_or_refused() {
    let world = World::new().await;
    for _ in 0..20 {
        let session = world.session(&["alice"]).await;
        let mut alice = world.comes("alice", "engineer").await;
        let payload = json!({ "sessionId": session });
        let (joined, ()) =
            tokio::join!(alice.call("join-session", payload), world.deletes("alice", &session));
        match joined {
            Ok(_) => alice.is_sent_away().await,
            Err(refusal) => assert_eq!(refusal["code"], "session-not-found"),
        }
    }
}

#[tokio::test]
async fn what_is_asked_while_the_session_is_deleted_is_done_refused_or_cut_off_and_never_our_fault() {
    let world = World::new().await;
    for round in 0..30 {
        let (mut alice, session) = world.alone().await;
        let (event, payload) = match round % 5 {
            0 => ("chat:message", json!({ "content": "hello" })),
            1 => ("chat:typing", json!({ "typing": true })),
            2 => ("chat:get-history", Value::Null),
            3 => ("tool:execute", json!({ "name": "listDirectory" })),
            _ => ("chat:clear", Value::Null),
        };
        let asking = async {
            while let Some(answer) = alice.tries(event, payload.clone()).await {
                if let Err(refusal) = answer {
                    assert!(
                        ["session-not-found", "rate-limited", "busy"].contains(&code(&refusal)),
                        "{refusal}"
                    );
                }
            }
        };
        tokio::join!(asking, world.deletes("alice", &session));
        alice.is_sent_away().await;
    }
}
