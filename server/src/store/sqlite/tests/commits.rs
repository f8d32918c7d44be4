//! Group commit: order, errors among neighbours, a full disk, many at once.

use std::sync::mpsc as blocking;

use futures_util::future::join_all;

use super::*;

/// Keeps the writing thread busy until the sender that it gives is dropped.
fn stall(store: &SqliteStore) -> (blocking::Sender<()>, Stored<'_, ()>) {
    let (go, wait) = blocking::channel::<()>();
    let busy = store.write(move |_| {
        let _ = wait.recv();
        Ok(())
    });
    (go, busy)
}

#[tokio::test]
async fn writes_are_in_the_order_of_calls_whatever_the_order_of_polls() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let (go, busy) = stall(&store);
    let names: Vec<_> = (0..500).map(|n| n.to_string()).collect();
    let mut writes: Vec<_> = names.iter().map(|n| store.append_turns("s", vec![turn(n, 1)])).collect();
    drop(go);
    busy.await.unwrap();
    writes.reverse();
    let mut sequences: Vec<_> = join_all(writes).await.into_iter().map(Result::unwrap).collect();
    sequences.reverse();
    assert!(sequences.is_sorted());
    assert_eq!(parts(&store, "s").await, names);
}

#[tokio::test]
async fn an_error_does_no_harm_to_its_neighbours() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let (go, busy) = stall(&store);
    let before = store.append_turns("s", vec![turn("before", 1)]);
    let failing = store.write(|connection| {
        write::append_turns(connection, "s", &[turn("lost", 1)])?;
        Err::<(), _>(StoreError::Storage("on purpose".into()))
    });
    let unknown = store.append_turns("t", vec![turn("x", 1)]);
    let after = store.append_turns("s", vec![turn("after", 1)]);
    drop(go);
    let (_, before, failing, unknown, after) = tokio::join!(busy, before, failing, unknown, after);
    assert!(before.is_ok() && after.is_ok());
    assert_eq!(failing, Err(StoreError::Storage("on purpose".into())));
    assert_eq!(unknown, Err(StoreError::NoSuchSession("t".into())));
    assert_eq!(parts(&store, "s").await, ["before", "after"]);
    assert_eq!(store.health(), Health::Ok);
}

#[tokio::test]
async fn a_full_disk_is_said_and_gets_over() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let pages = |sql: &'static str| store.write(move |c| Ok(c.query_row(sql, (), |_| Ok(()))?));
    pages("PRAGMA max_page_count = 30").await.unwrap();
    let big = "x".repeat(1 << 20);
    let (go, busy) = stall(&store);
    let full = store.append_turns("s", vec![turn(&big, 1)]);
    drop(go);
    let _ = busy.await;
    assert_eq!(full.await, Err(StoreError::Full));
    assert!(matches!(store.health(), Health::Degraded(why) if why.contains("full")));
    // Reading goes on, and nothing of the write is there.
    assert_eq!(parts(&store, "s").await, [""; 0]);
    pages("PRAGMA max_page_count = 1000000").await.unwrap();
    store.append_turns("s", vec![turn(&big, 1)]).await.unwrap();
    assert_eq!(store.health(), Health::Ok);
    assert_eq!(parts(&store, "s").await, [big]);
}

#[tokio::test]
async fn a_disk_that_failed_is_not_trusted_again() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let failed = || StoreError::ReadOnly("on purpose".into());
    let (go, busy) = stall(&store);
    let neighbour = store.append_turns("s", vec![turn("x", 1)]);
    let failing = store.write(move |_| Err::<(), _>(failed()));
    let after = store.append_turns("s", vec![turn("y", 1)]);
    drop(go);
    let (_, neighbour, failing, after) = tokio::join!(busy, neighbour, failing, after);
    assert_eq!(neighbour, Err(failed()));
    assert_eq!(failing, Err(failed()));
    assert_eq!(after, Err(failed()));
    assert_eq!(store.append_turns("s", vec![turn("z", 1)]).await, Err(failed()));
    assert!(matches!(store.health(), Health::Degraded(_)));
    assert_eq!(parts(&store, "s").await, [""; 0]);
}

#[tokio::test]
async fn a_write_whose_future_is_dropped_is_written() {
    let (_folder, store) = store();
    drop(store.create_session(session("s", "ada", 1)));
    // Comes after it, because it is called after it.
    assert_eq!(store.add_member("s", "bob").await, Ok(true));
}

#[tokio::test]
async fn a_full_queue_makes_callers_wait_and_loses_nothing() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let (go, busy) = stall(&store);
    let writes: Vec<_> = (0..WRITES + 100).map(|_| store.append_turns("s", vec![turn("x", 1)])).collect();
    drop(go);
    busy.await.unwrap();
    assert!(join_all(writes).await.iter().all(Result::is_ok));
    assert_eq!(parts(&store, "s").await.len(), WRITES + 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_write_and_read_at_once() {
    let (_folder, store) = store();
    let store = Arc::new(store);
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let id = format!("s{n}");
                store.create_session(session(&id, "ada", 1)).await.unwrap();
                for m in 0..20 {
                    store.append_turns(&id, vec![turn(&m.to_string(), 1)]).await.unwrap();
                    // Who was answered finds what was written.
                    assert_eq!(store.turns(&id).await.unwrap().len(), m + 1);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(store.sessions(Some("ada"), 100).await.unwrap().len(), 16);
}
