//! Each promise of the port, kept on a real disk.

mod calls;
mod commits;
mod log;
mod opening;
mod sessions;

use tempfile::TempDir;

use super::*;
use crate::store::TurnKind;

/// A store in a folder of its own.
fn store() -> (TempDir, SqliteStore) {
    let folder = TempDir::new().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    (folder, store)
}

fn session(id: &str, owner: &str, updated: i64) -> Session {
    Session {
        id: id.into(),
        owner: owner.into(),
        members: Vec::new(),
        title: None,
        model: None,
        created: updated,
        updated,
    }
}

fn turn(parts: &str, timestamp: i64) -> NewTurn {
    NewTurn { kind: TurnKind::User, parts: parts.into(), user: Some("ada".into()), timestamp, partial: false }
}

async fn parts(store: &SqliteStore, session: &str) -> Vec<String> {
    store.turns(session).await.unwrap().into_iter().map(|turn| turn.parts).collect()
}
