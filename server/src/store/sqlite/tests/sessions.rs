//! Sessions, members and turns.

use super::*;
use crate::store::records::{MAX_MEMBERS, MAX_ROWS};
use crate::store::{Turn, TurnKind};

#[tokio::test]
async fn a_session_is_kept_with_its_owner_as_first_member() {
    let (_folder, store) = store();
    let given = Session {
        members: vec!["bob".into(), "ada".into(), "bob".into()],
        title: Some("Tea".into()),
        model: Some("m".into()),
        ..session("s", "ada", 5)
    };
    store.create_session(given.clone()).await.unwrap();
    let expected = Session { members: vec!["ada".into(), "bob".into()], ..given.clone() };
    assert_eq!(store.session("s").await, Ok(Some(expected)));
    assert_eq!(store.session("t").await, Ok(None));
    assert_eq!(store.create_session(given).await, Err(StoreError::SessionExists("s".into())));
}

#[tokio::test]
async fn sessions_are_listed_by_member_the_latest_first() {
    let (_folder, store) = store();
    for (id, owner, updated) in [("a", "ada", 1), ("b", "bob", 3), ("c", "ada", 2)] {
        store.create_session(session(id, owner, updated)).await.unwrap();
    }
    let listed = async |user: Option<&str>, limit| -> Vec<String> {
        store.sessions(user, limit).await.unwrap().into_iter().map(|session| session.id).collect()
    };
    assert_eq!(listed(None, 10).await, ["b", "c", "a"]);
    assert_eq!(listed(None, 2).await, ["b", "c"]);
    assert_eq!(listed(Some("ada"), 10).await, ["c", "a"]);
    assert_eq!(listed(Some("ada"), 1).await, ["c"]);
    assert_eq!(listed(Some("eve"), usize::MAX).await, Vec::<String>::new());
    store.append_turns("a", vec![turn("x", 9)]).await.unwrap();
    assert_eq!(listed(None, 10).await, ["a", "b", "c"]);
    // What happens late does not make a session older.
    store.append_turns("a", vec![turn("x", 2)]).await.unwrap();
    assert_eq!(store.session("a").await.unwrap().unwrap().updated, 9);
}

#[tokio::test]
async fn no_list_is_longer_than_the_most_rows() {
    let (_folder, store) = store();
    let all = (0..=MAX_ROWS).map(|n| store.create_session(session(&n.to_string(), "ada", 1)));
    futures_util::future::try_join_all(all).await.unwrap();
    assert_eq!(store.sessions(None, usize::MAX).await.unwrap().len(), MAX_ROWS);
    assert_eq!(store.sessions(Some("ada"), usize::MAX).await.unwrap().len(), MAX_ROWS);
}

#[tokio::test]
async fn members_are_added_once_and_up_to_a_limit() {
    let (_folder, store) = store();
    assert_eq!(store.add_member("s", "bob").await, Err(StoreError::NoSuchSession("s".into())));
    store.create_session(session("s", "ada", 1)).await.unwrap();
    assert_eq!(store.add_member("s", "bob").await, Ok(true));
    assert_eq!(store.add_member("s", "bob").await, Ok(false));
    assert_eq!(store.add_member("s", "ada").await, Ok(false));
    let found = store.session("s").await.unwrap().unwrap();
    assert_eq!(found.members, ["ada", "bob"]);
    assert!(found.updated > 1);

    let members: Vec<_> = (1..MAX_MEMBERS).map(|n| n.to_string()).collect();
    store.create_session(Session { members: members.clone(), ..session("full", "ada", 1) }).await.unwrap();
    assert_eq!(store.add_member("full", "bob").await, Err(StoreError::TooManyMembers));
    assert_eq!(store.add_member("full", "1").await, Ok(false));
    // The refusal changed nothing.
    assert_eq!(store.session("full").await.unwrap().unwrap().updated, 1);
    let members = members.into_iter().chain(["bob".into()]).collect();
    let more = Session { members, ..session("more", "ada", 1) };
    assert_eq!(store.create_session(more).await, Err(StoreError::TooManyMembers));
    assert_eq!(store.session("more").await, Ok(None));
}

#[tokio::test]
async fn turns_keep_their_bytes_and_their_order() {
    let (_folder, store) = store();
    assert_eq!(store.append_turns("s", vec![turn("x", 1)]).await, Err(StoreError::NoSuchSession("s".into())));
    store.create_session(session("s", "ada", 1)).await.unwrap();
    let odd = "[ {\"text\" : \"\\u00fc\u{0}ü\" ,\"n\":1.0} ]";
    let model =
        NewTurn { kind: TurnKind::Model, parts: "[]".into(), user: None, timestamp: 3, partial: true };
    let function = NewTurn { kind: TurnKind::Function, ..model.clone() };
    let last = store.append_turns("s", vec![turn(odd, 2), model.clone(), function]).await.unwrap();
    let turns = store.turns("s").await.unwrap();
    assert_eq!(
        turns.iter().map(|turn| turn.kind).collect::<Vec<_>>(),
        [TurnKind::User, TurnKind::Model, TurnKind::Function]
    );
    assert_eq!(turns[0].parts, odd);
    let expected = Turn {
        sequence: turns[1].sequence,
        kind: TurnKind::Model,
        parts: "[]".into(),
        user: None,
        timestamp: 3,
        partial: true,
    };
    assert_eq!(turns[1], expected);
    assert!(turns[0].sequence < turns[1].sequence && turns[1].sequence < turns[2].sequence);
    assert_eq!(turns[2].sequence, last);
    assert_eq!(store.append_turns("s", Vec::new()).await, Ok(last));
    assert_eq!(store.turns("t").await, Ok(Vec::new()));
}

#[tokio::test]
async fn clearing_leaves_other_sessions_alone_and_numbers_go_on() {
    let (_folder, store) = store();
    for id in ["a", "b"] {
        store.create_session(session(id, "ada", 1)).await.unwrap();
        store.append_turns(id, vec![turn("x", 2), turn("y", 3)]).await.unwrap();
    }
    let last = store.turns("b").await.unwrap()[1].sequence;
    assert_eq!(store.clear_turns("b", 7).await, Ok(2));
    assert_eq!(store.clear_turns("b", 8).await, Ok(0));
    assert_eq!(store.turns("b").await, Ok(Vec::new()));
    assert_eq!(parts(&store, "a").await, ["x", "y"]);
    assert_eq!(store.session("b").await.unwrap().unwrap().updated, 8);
    assert!(store.append_turns("b", vec![turn("z", 9)]).await.unwrap() > last);
    assert_eq!(store.clear_turns("c", 1).await, Err(StoreError::NoSuchSession("c".into())));
}

#[tokio::test]
async fn deleting_takes_turns_and_members_along() {
    let (_folder, store) = store();
    store.create_session(session("s", "ada", 1)).await.unwrap();
    store.append_turns("s", vec![turn("x", 2)]).await.unwrap();
    assert_eq!(store.delete_session("s").await, Ok(true));
    assert_eq!(store.delete_session("s").await, Ok(false));
    assert_eq!(store.turns("s").await, Ok(Vec::new()));
    assert_eq!(store.sessions(Some("ada"), 10).await, Ok(Vec::new()));
    store.create_session(session("s", "bob", 1)).await.unwrap();
    assert_eq!(store.turns("s").await, Ok(Vec::new()));
    assert_eq!(store.session("s").await.unwrap().unwrap().members, ["bob"]);
}
