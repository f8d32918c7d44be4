//! Opening, opening again, and closing.

use std::fs;

use super::*;
use crate::store::NewCall;

fn refusal(folder: &Path) -> String {
    let sentence = SqliteStore::open(folder).unwrap_err().to_string();
    sentence.replace(&folder.display().to_string(), "F")
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let (folder, store) = store();
    let call = NewCall {
        session: "s".into(),
        id: "c".into(),
        tool: "t".into(),
        args: "{}".into(),
        requested_by: Some("ada".into()),
        requested_at: 2,
    };
    let event = NewEvent {
        timestamp: 1,
        kind: "chat".into(),
        event: "chat:message".into(),
        user: Some("ada".into()),
        session: Some("s".into()),
        tool: None,
        data: "{}".into(),
    };
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let last = store.append_turns("s", vec![turn("x", 1)]).await.unwrap();
    store.request_call(call).await.unwrap();
    store.append_events(vec![event.clone()]).await.unwrap();
    let filter = EventFilter { user: None, session: None, limit: 9, max_bytes: 99 };
    let look = async |store: &SqliteStore| {
        (
            store.session("s").await.unwrap().unwrap(),
            store.turns("s").await.unwrap(),
            store.call("s", "c").await.unwrap().unwrap(),
            store.events(filter.clone()).await.unwrap(),
            store.stats(None).await.unwrap(),
        )
    };
    let before = look(&store).await;
    store.close().await.unwrap();
    drop(store);
    let store = SqliteStore::open(folder.path()).unwrap();
    assert_eq!(look(&store).await, before);
    assert_eq!(store.append_events(vec![event]).await, Ok(vec![2]));
    assert!(store.append_turns("s", vec![turn("y", 1)]).await.unwrap() > last);
}

#[tokio::test]
async fn numbers_are_not_given_again_after_a_restart() {
    let (folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let last = store.append_turns("s", vec![turn("x", 1)]).await.unwrap();
    store.clear_turns("s", 1).await.unwrap();
    drop(store);
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(store.append_turns("s", vec![turn("x", 1)]).await.unwrap() > last);
}

#[tokio::test]
async fn a_folder_has_one_store() {
    let (folder, store) = store();
    assert_eq!(
        refusal(folder.path()),
        format!(
            "the data folder F is in use by another service (process {}); stop it, or choose another folder",
            std::process::id()
        )
    );
    store.close().await.unwrap();
    // Closed, though not dropped.
    SqliteStore::open(folder.path()).unwrap();
}

#[tokio::test]
async fn after_closing_there_is_nothing_but_closed() {
    let (folder, store) = store();
    let queued = store.create_session(session("s", "ada", 1));
    let closing = store.close();
    assert_eq!(queued.await, Ok(()));
    assert_eq!(closing.await, Ok(()));
    assert_eq!(store.close().await, Ok(()));
    assert_eq!(store.append_turns("s", vec![turn("x", 1)]).await, Err(StoreError::Closed));
    assert_eq!(store.session("s").await, Err(StoreError::Closed));
    let log = folder.path().join("parlance.db-wal");
    assert!(!log.exists() || fs::metadata(log).unwrap().len() == 0);
}

#[tokio::test]
async fn what_is_asked_after_closing_began_is_refused() {
    let (_folder, store) = store();
    let closing = store.close();
    let late = store.create_session(session("s", "ada", 1));
    assert_eq!(late.await, Err(StoreError::Closed));
    assert_eq!(closing.await, Ok(()));
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("parlance.db");
    fs::write(&file, "no database at all, and long enough to be looked at closely ".repeat(100)).unwrap();
    let sentence = refusal(folder.path());
    assert!(sentence.starts_with("F/parlance.db is damaged ("), "{sentence}");
    assert!(fs::read_to_string(&file).unwrap().starts_with("no database"));

    fs::remove_file(&file).unwrap();
    Connection::open(&file).unwrap().execute_batch("CREATE TABLE x (y)").unwrap();
    assert_eq!(
        refusal(folder.path()),
        "F/parlance.db was written by another program; move it away, or choose another data folder"
    );
}

#[test]
fn what_a_later_version_wrote_is_refused() {
    let (folder, store) = store();
    drop(store);
    let file = folder.path().join("parlance.db");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(
        refusal(folder.path()),
        "F/parlance.db has version 99, and this service knows versions up to 1; use the service that wrote it"
    );
}

#[test]
fn a_folder_that_cannot_be_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let sentence = refusal(&file.join("data"));
    assert!(sentence.starts_with("the data folder F cannot be made: "), "{sentence}");
}
