//! Messages, answers, and what comes between.

use parlance_server::gemini::{ErrorKind, ModelError};
use serde_json::{Value, json};

use super::person::{Heard, names};
use super::world::World;

fn texts(heard: &[Heard], event: &str, field: &str) -> Vec<String> {
    let of = heard.iter().filter(|(name, _)| name == event);
    of.map(|(_, payload)| payload[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn messages_wait_their_turn_and_are_answered_in_order() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    alice.says("one").await;
    let mut one = world.model.next().await;
    bob.says("two").await;
    alice.says("three").await;
    assert!(world.model.is_quiet(), "one at a time");
    one.says("first").await;
    one.finishes().await;
    let mut two = world.model.next().await;
    assert_eq!(two.texts(), ["one", "first", "two"], "a message that waits is not shown");
    two.says("second").await;
    two.finishes().await;
    let mut three = world.model.next().await;
    assert_eq!(three.texts(), ["one", "first", "two", "second", "three"]);
    three.says("third").await;
    three.finishes().await;
    for answer in ["first", "second", "third"] {
        assert_eq!(alice.next("gemini:done").await["fullResponse"], answer);
    }
    assert_eq!(
        alice.told().await,
        ["alice: one", "bob: two", "alice: three", "model: first", "model: second", "model: third"]
    );
}

#[tokio::test]
async fn a_full_queue_says_busy_and_stores_nothing() {
    let mut world = World::with(|config| config.queue = 2).await;
    let (mut alice, _) = world.alone().await;
    for message in ["one", "two", "three"] {
        alice.says(message).await;
    }
    assert_eq!(alice.is_refused("chat:message", json!({ "content": "four" })).await, "busy");
    assert_eq!(alice.told().await, ["alice: one", "alice: two", "alice: three"]);
    world.model.next().await.fails(ModelError::new(ErrorKind::Blocked, "No.")).await;
    alice.next("gemini:error").await;
    world.model.next().await;
    alice.says("four").await;
}

#[tokio::test]
async fn two_members_hear_the_same_in_the_same_order() {
    let mut world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    for round in 0..5 {
        let (a, b) = (format!("a{round}"), format!("b{round}"));
        tokio::join!(alice.says(&a), bob.says(&b), async {
            alice.emits("chat:typing", &json!({ "typing": true }));
            bob.emits("chat:typing", &json!({ "typing": false }));
        });
        for _ in 0..2 {
            let mut asked = world.model.next().await;
            asked.thinks("Hm", "Let me see.").await;
            asked.says("some ").await;
            asked.says("words").await;
            asked.finishes().await;
        }
    }
    let mut both = Vec::new();
    for person in [&mut alice, &mut bob] {
        let mut heard = Vec::new();
        while names(&heard).iter().filter(|name| **name == "gemini:done").count() < 10 {
            heard.extend(person.until("gemini:done").await);
        }
        heard.extend(person.everything().await);
        both.push(heard);
    }
    assert!(both[0].len() > 60, "{both:?}");
    assert_eq!(both[0], both[1]);
}

#[tokio::test]
async fn text_accumulates_over_steps_and_thoughts_are_shown_apart() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.thinks("Greeting", "The user says hello.").await;
    asked.says("Hel").await;
    asked.says("lo").await;
    asked.finishes().await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(
        heard[..4],
        [
            ("chat:typing".to_owned(), json!({ "userId": "alice", "typing": true })),
            (
                "gemini:thought".to_owned(),
                json!({ "summary": "Greeting", "thought": "The user says hello." })
            ),
            ("gemini:content".to_owned(), json!({ "text": "Hel", "accumulated": "Hel" })),
            ("gemini:content".to_owned(), json!({ "text": "lo", "accumulated": "Hello" })),
        ]
    );
    assert_eq!(heard[4].1["fullResponse"], "Hello");
    assert_eq!(
        alice.everything().await,
        [("chat:typing".to_owned(), json!({ "userId": "alice", "typing": false }))]
    );
}

#[tokio::test]
async fn going_is_not_cancelling() {
    let mut world = World::new().await;
    let (alice, session) = world.alone().await;
    alice.says("hello").await;
    let mut asked = world.model.next().await;
    asked.says("Still ").await;
    alice.goes().await;
    asked.says("here").await;
    assert!(!asked.cancel.is_cancelled());
    asked.finishes().await;
    let mut again = world.member("alice", &session).await;
    if again.told().await.len() < 2 {
        again.next("gemini:done").await;
    }
    assert_eq!(again.told().await, ["alice: hello", "model: Still here"]);
}

#[tokio::test]
async fn another_member_cancels_what_was_said_stays_and_the_next_message_is_answered() {
    let mut world = World::new().await;
    let (mut alice, bob, _) = world.two().await;
    alice.says("one").await;
    alice.says("two").await;
    let mut one = world.model.next().await;
    one.says("half an ").await;
    alice.next("gemini:content").await;
    bob.does("chat:cancel", Value::Null).await;
    one.is_given_up().await;
    one.says("answer").await;
    let heard = alice.until("gemini:cancelled").await;
    assert_eq!(heard.last().unwrap().1, json!({ "message": "Request cancelled by user" }));
    let mut two = world.model.next().await;
    assert_eq!(two.texts(), ["one", "half an ", "two"]);
    two.says("whole").await;
    two.finishes().await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(texts(&heard, "gemini:content", "text"), ["whole"], "nothing comes late");
    assert_eq!(texts(&heard, "gemini:done", "fullResponse"), ["whole"]);
    assert_eq!(alice.told().await, ["alice: one", "alice: two", "model: half an ...", "model: whole"]);
}

#[tokio::test]
async fn cancelling_nothing_is_acknowledged_and_silent() {
    let world = World::new().await;
    let (mut alice, _) = world.alone().await;
    assert_eq!(alice.does("chat:cancel", Value::Null).await, json!({}));
    assert_eq!(alice.everything().await, []);
}

#[tokio::test]
async fn clearing_ends_the_answer_and_the_queue() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("one").await;
    alice.says("two").await;
    let mut one = world.model.next().await;
    one.says("gone").await;
    alice.next("gemini:content").await;
    alice.does("chat:clear", Value::Null).await;
    one.is_given_up().await;
    let heard = alice.everything().await;
    assert_eq!(names(&heard), ["gemini:cancelled", "chat:typing", "chat:cleared"]);
    assert!(alice.told().await.is_empty());
    assert!(world.model.is_quiet(), "what waited is forgotten");
    alice.says("anew").await;
    assert_eq!(world.model.next().await.texts(), ["anew"]);
}

#[tokio::test]
async fn an_error_before_the_first_word_leaves_nothing() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("one").await;
    world.model.next().await.fails(ModelError::new(ErrorKind::Unavailable, "The model is away.")).await;
    let heard = alice.until("gemini:error").await;
    assert_eq!(heard.last().unwrap().1, json!({ "error": "The model is away." }));
    assert_eq!(alice.told().await, ["alice: one"]);
    alice.says("two").await;
    assert_eq!(world.model.next().await.texts(), ["onetwo"], "one turn for two messages in a row");
}

#[tokio::test]
async fn an_error_after_some_words_keeps_them_marked() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("one").await;
    let mut asked = world.model.next().await;
    asked.says("As I was ").await;
    asked.fails(ModelError::new(ErrorKind::Interrupted, "The answer broke off.")).await;
    alice.next("gemini:error").await;
    assert_eq!(alice.told().await, ["alice: one", "model: As I was ..."]);
}

#[tokio::test]
async fn a_model_that_stops_without_an_end_has_failed() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("one").await;
    let mut asked = world.model.next().await;
    asked.says("As I").await;
    drop(asked);
    assert_eq!(alice.next("gemini:error").await, json!({ "error": "The answer broke off." }));
    assert_eq!(alice.told().await, ["alice: one", "model: As I..."]);
}

#[tokio::test]
async fn retrying_is_shown_nowhere() {
    let mut world = World::new().await;
    let (mut alice, _) = world.alone().await;
    alice.says("one").await;
    let mut asked = world.model.next().await;
    asked.retries(ModelError::new(ErrorKind::RateLimited, "Slow down.")).await;
    asked.says("Fine.").await;
    asked.finishes().await;
    let heard = alice.until("gemini:done").await;
    assert_eq!(names(&heard), ["chat:typing", "gemini:content", "gemini:done"]);
    assert!(!format!("{heard:?}").contains("Slow down"));
}

#[tokio::test]
async fn typing_is_told_to_the_session_and_to_nobody_else() {
    let world = World::new().await;
    let (mut alice, mut bob, _) = world.two().await;
    let elsewhere = world.session(&["carol"]).await;
    let mut carol = world.member("carol", &elsewhere).await;
    bob.does("chat:typing", json!({ "typing": true })).await;
    bob.does("chat:typing", json!({ "typing": false })).await;
    let expected =
        [true, false].map(|typing| ("chat:typing".to_owned(), json!({ "userId": "bob", "typing": typing })));
    assert_eq!(alice.everything().await, expected);
    assert_eq!(bob.everything().await, expected, "a client passes over its own");
    assert_eq!(carol.everything().await, []);
}
