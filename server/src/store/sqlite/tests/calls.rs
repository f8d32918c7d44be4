//! Tool calls: one decision, one start.

use super::*;
use crate::store::CallState;

fn request(id: &str) -> NewCall {
    NewCall {
        session: "s".into(),
        id: id.into(),
        tool: "writeFile".into(),
        args: "{ \"path\" : \"a\" }".into(),
        requested_by: None,
        requested_at: 10,
    }
}

fn decision(approved: bool, by: &str) -> Decision {
    Decision { approved, by: by.into(), reason: String::new(), at: 11 }
}

async fn with_session() -> (TempDir, SqliteStore) {
    let (folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    (folder, store)
}

fn state(call: &str, state: CallState, wanted: CallState) -> StoreError {
    StoreError::CallState { call: call.into(), state, wanted }
}

#[tokio::test]
async fn a_call_goes_its_way() {
    let (_folder, store) = with_session().await;
    store.request_call(request("c")).await.unwrap();
    let mut expected = Call {
        session: "s".into(),
        id: "c".into(),
        tool: "writeFile".into(),
        args: "{ \"path\" : \"a\" }".into(),
        requested_by: None,
        requested_at: 10,
        state: CallState::Pending,
        decision: None,
        started_at: None,
        finished_at: None,
    };
    assert_eq!(store.call("s", "c").await, Ok(Some(expected.clone())));
    expected.state = CallState::Approved;
    expected.decision = Some(decision(true, "ada"));
    assert_eq!(store.decide_call("s", "c", decision(true, "ada")).await, Ok((expected.clone(), true)));
    store.start_call("s", "c", 12).await.unwrap();
    store.finish_call("s", "c", Outcome::Failed, 13).await.unwrap();
    expected.state = CallState::Failed;
    expected.started_at = Some(12);
    expected.finished_at = Some(13);
    assert_eq!(store.call("s", "c").await, Ok(Some(expected)));
}

#[tokio::test]
async fn the_first_decision_wins() {
    let (_folder, store) = with_session().await;
    store.request_call(request("c")).await.unwrap();
    let (first, second) = tokio::join!(
        store.decide_call("s", "c", decision(false, "ada")),
        store.decide_call("s", "c", decision(true, "bob"))
    );
    let (call, counts) = first.unwrap();
    assert!(counts && call.state == CallState::Rejected);
    let (call, counts) = second.unwrap();
    assert!(!counts);
    assert_eq!((call.state, call.decision), (CallState::Rejected, Some(decision(false, "ada"))));
    assert_eq!(store.start_call("s", "c", 1).await, Err(state("c", CallState::Rejected, CallState::Started)));
}

#[tokio::test]
async fn a_call_is_carried_out_once_over_restarts_too() {
    let (folder, store) = with_session().await;
    store.request_call(request("c")).await.unwrap();
    assert_eq!(store.start_call("s", "c", 1).await, Err(state("c", CallState::Pending, CallState::Started)));
    store.decide_call("s", "c", decision(true, "policy")).await.unwrap();
    assert_eq!(
        store.finish_call("s", "c", Outcome::Succeeded, 1).await,
        Err(state("c", CallState::Approved, CallState::Succeeded))
    );
    store.start_call("s", "c", 1).await.unwrap();
    drop(store);
    let store = SqliteStore::open(folder.path()).unwrap();
    let again = store.start_call("s", "c", 2).await.unwrap_err();
    assert_eq!(again, state("c", CallState::Started, CallState::Started));
    assert_eq!(again.to_string(), "the call `c` is started, and so it cannot be started");
    assert_eq!(store.call("s", "c").await.unwrap().unwrap().started_at, Some(1));
}

#[tokio::test]
async fn what_is_open_is_listed_in_order() {
    let (_folder, store) = with_session().await;
    for id in ["5", "4", "3", "2", "1"] {
        store.request_call(request(id)).await.unwrap();
    }
    for (id, approved) in [("4", true), ("3", true), ("2", false), ("1", true)] {
        store.decide_call("s", id, decision(approved, "ada")).await.unwrap();
    }
    for id in ["3", "1"] {
        store.start_call("s", id, 1).await.unwrap();
    }
    store.finish_call("s", "1", Outcome::Succeeded, 2).await.unwrap();
    let open: Vec<_> =
        store.open_calls("s").await.unwrap().into_iter().map(|call| (call.id, call.state)).collect();
    let expected = [("5", CallState::Pending), ("4", CallState::Approved), ("3", CallState::Started)];
    assert_eq!(open, expected.map(|(id, state)| (id.to_owned(), state)));
    assert_eq!(store.open_calls("t").await, Ok(Vec::new()));
}

#[tokio::test]
async fn calls_belong_to_their_session() {
    let (_folder, store) = with_session().await;
    store.request_call(request("c")).await.unwrap();
    assert_eq!(store.request_call(request("c")).await, Err(StoreError::CallExists("c".into())));
    let elsewhere = NewCall { session: "t".into(), ..request("c") };
    assert_eq!(store.request_call(elsewhere.clone()).await, Err(StoreError::NoSuchSession("t".into())));
    store.create_session(session("t", "ada", 1)).await.unwrap();
    store.request_call(elsewhere).await.unwrap();
    let unknown = || StoreError::NoSuchCall("x".into());
    assert_eq!(store.decide_call("s", "x", decision(true, "ada")).await, Err(unknown()));
    assert_eq!(store.start_call("s", "x", 1).await, Err(unknown()));
    assert_eq!(store.finish_call("s", "x", Outcome::Failed, 1).await, Err(unknown()));
    assert_eq!(store.call("s", "x").await, Ok(None));
    store.delete_session("s").await.unwrap();
    assert_eq!(store.call("s", "c").await, Ok(None));
    assert!(store.call("t", "c").await.unwrap().is_some());
}
