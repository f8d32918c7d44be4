//! The log of activity and its counters.

use super::*;
use crate::store::records::MAX_ROWS;

fn event(kind: &str, user: Option<&str>, tool: Option<&str>, data: &str) -> NewEvent {
    NewEvent {
        timestamp: 7,
        kind: kind.into(),
        event: format!("{kind}:x"),
        user: user.map(Into::into),
        session: Some(format!("of-{}", user.unwrap_or("nobody"))),
        tool: tool.map(Into::into),
        data: data.into(),
    }
}

fn filter() -> EventFilter {
    EventFilter { user: None, session: None, limit: 100, max_bytes: usize::MAX }
}

async fn ids(store: &SqliteStore, filter: EventFilter) -> Vec<i64> {
    store.events(filter).await.unwrap().into_iter().map(|event| event.id).collect()
}

async fn filled() -> (TempDir, SqliteStore) {
    let (folder, store) = store();
    let events = vec![
        event("chat", Some("ada"), None, "{}"),
        event("tool", Some("ada"), Some("readFile"), "{ \"a\": 1 }"),
        event("chat", Some("bob"), None, "{}"),
        event("system", None, None, "{}"),
    ];
    assert_eq!(store.append_events(events).await, Ok(vec![1, 2, 3, 4]));
    (folder, store)
}

#[tokio::test]
async fn events_are_found_by_what_they_are() {
    let (_folder, store) = filled().await;
    let found = store.events(EventFilter { limit: 3, ..filter() }).await.unwrap();
    let expected = Event {
        id: 2,
        timestamp: 7,
        kind: "tool".into(),
        event: "tool:x".into(),
        user: Some("ada".into()),
        session: Some("of-ada".into()),
        data: "{ \"a\": 1 }".into(),
    };
    assert_eq!(found[0], expected);
    assert_eq!(ids(&store, filter()).await, [1, 2, 3, 4]);
    assert_eq!(ids(&store, EventFilter { limit: 2, ..filter() }).await, [3, 4]);
    assert_eq!(ids(&store, EventFilter { limit: 0, ..filter() }).await, [0; 0]);
    let ada = EventFilter { user: Some("ada".into()), ..filter() };
    assert_eq!(ids(&store, ada.clone()).await, [1, 2]);
    assert_eq!(ids(&store, EventFilter { session: Some("of-bob".into()), ..filter() }).await, [3]);
    assert_eq!(ids(&store, EventFilter { session: Some("of-bob".into()), ..ada }).await, [0; 0]);
}

#[tokio::test]
async fn an_answer_has_bounds() {
    let (_folder, store) = store();
    let event = event("chat", None, None, &"x".repeat(100));
    store.append_events(vec![event; MAX_ROWS + 5]).await.unwrap();
    let bounded = |limit, max_bytes| EventFilter { limit, max_bytes, ..filter() };
    assert_eq!(ids(&store, bounded(usize::MAX, usize::MAX)).await.len(), MAX_ROWS);
    assert_eq!(ids(&store, bounded(10, 300)).await, [1003, 1004, 1005]);
    assert_eq!(ids(&store, bounded(10, 399)).await, [1003, 1004, 1005]);
    assert_eq!(ids(&store, bounded(10, 0)).await, [1005]);
}

#[tokio::test]
async fn counters_follow_the_events() {
    let (_folder, store) = filled().await;
    store.append_events(vec![event("tool", Some("ada"), Some("readFile"), "{}")]).await.unwrap();
    let map = |pairs: &[(&str, u64)]| pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    let all = Stats {
        total: 5,
        by_kind: map(&[("chat", 2), ("tool", 2), ("system", 1)]),
        by_user: map(&[("ada", 3), ("bob", 1)]),
        by_tool: map(&[("readFile", 2)]),
    };
    assert_eq!(store.stats(None).await, Ok(all));
    let ada = Stats {
        total: 3,
        by_kind: map(&[("chat", 1), ("tool", 2)]),
        by_user: map(&[("ada", 3)]),
        by_tool: map(&[("readFile", 2)]),
    };
    assert_eq!(store.stats(Some("ada")).await, Ok(ada));
    assert_eq!(store.stats(Some("*")).await, Ok(Stats::default()));
}

#[tokio::test]
async fn the_log_stays_when_a_session_goes() {
    let (_folder, store) = filled().await;
    store.create_session(session("of-ada", "ada", 1)).await.unwrap();
    store.delete_session("of-ada").await.unwrap();
    assert_eq!(ids(&store, filter()).await, [1, 2, 3, 4]);
}
