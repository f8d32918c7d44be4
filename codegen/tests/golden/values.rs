//! What generated types take from the wire and put on it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::str::FromStr;

use parlance_socketio::typed::private::serde::Serialize;
use parlance_socketio::typed::private::serde::de::DeserializeOwned;
use parlance_socketio::typed::{ErrorCode, Validate};
use serde_json::{Value, json};

use crate::features_client as client;
use crate::features_server as server;

/// Whether a value is decoded and keeps its constraints; it decodes but breaks them in the second case, and not at all in the third.
#[derive(Debug, PartialEq)]
enum Taken<T> {
    Valid(T),
    Invalid,
    No(String),
}

fn take<T: DeserializeOwned + Validate>(value: Value) -> Taken<T> {
    match serde_json::from_value::<T>(value) {
        Ok(taken) if taken.is_valid() => Taken::Valid(taken),
        Ok(_) => Taken::Invalid,
        Err(why) => Taken::No(why.to_string()),
    }
}

fn is_valid<T: DeserializeOwned + Validate + std::fmt::Debug>(value: Value) -> bool {
    matches!(take::<T>(value), Taken::Valid(_))
}

/// A payload of `type`, with changes; null for a change takes the field out, a nested null stays.
fn typing(changes: &[(&str, Option<Value>)]) -> Value {
    let mut payload = json!({
        "self": "x", "match": null, "2fa": [1], "camelCase": { "a": 0.5 }, "mood": "2nd",
        "inner": { "deep": "a", "shapes": [{ "kind": "circle", "radius": 1 }] },
        "anything": [null], "object": {},
    });
    let fields = payload.as_object_mut().unwrap();
    for (name, value) in changes {
        match value {
            Some(value) => fields.insert((*name).to_owned(), value.clone()),
            None => fields.remove(*name),
        };
    }
    payload
}

fn put<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn defaults_stand_in_for_what_is_absent() {
    let Taken::Valid(taken) = take::<server::client_events::EverythingOptional>(json!({})) else { panic!() };
    assert_eq!((taken.limit, taken.filter), (5, None));
    let Taken::Valid(taken) = take::<server::client_events::Type>(typing(&[])) else { panic!() };
    assert!(taken.r#ref, "its default is true");
    assert_eq!(put(&taken)["ref"], json!(true));
    assert!(!is_valid::<server::client_events::EverythingOptional>(json!({ "limit": null })));
}

#[test]
fn what_grows_is_a_text_on_the_wire() {
    let mut written = server::server_events::Written { text: "a".into(), notes: None };
    assert_eq!(put(&written), json!({ "text": "a" }));
    written.text.push_str("b");
    written.notes = Some("c".into());
    assert_eq!(put(&written), json!({ "text": "ab", "notes": "c" }));
    let Taken::Valid(read) = take::<client::server_events::Written>(put(&written)) else {
        panic!("not taken")
    };
    assert_eq!((read.text.as_str(), read.notes.as_deref()), ("ab", Some("c")));
    assert!(!is_valid::<client::client_events::Order>(json!({ "ticket": "x", "what": 1 })));
}

#[test]
fn optional_is_not_nullable_and_nullable_is_not_optional() {
    type Type = server::client_events::Type;
    let field = |changes: &[(&str, Option<Value>)]| match take::<Type>(typing(changes)) {
        Taken::Valid(taken) => Some((taken.r#fn, taken.r#match)),
        _ => None,
    };
    assert_eq!(field(&[]), Some((None, None)));
    // Optional and nullable: absent, null and a text are three things.
    assert_eq!(field(&[("fn", Some(Value::Null))]), Some((Some(None), None)));
    assert_eq!(field(&[("fn", Some(json!("f")))]), Some((Some(Some("f".into())), None)));
    assert_eq!(field(&[("match", Some(json!("m")))]), Some((None, Some("m".into()))));
    assert_eq!(field(&[("match", None)]), None, "nullable, but not optional");
    assert_eq!(field(&[("ref", Some(Value::Null))]), None, "optional, but not nullable");

    for urgent in [None, Some(None), Some(Some(true))] {
        let hint = server::server_events::Hint { text: "x".into(), rows: None, urgent };
        let expected = match urgent {
            None => json!({ "text": "x" }),
            Some(urgent) => json!({ "text": "x", "urgent": urgent }),
        };
        assert_eq!(put(&hint), expected);
        assert_eq!(take::<server::server_events::Hint>(expected), Taken::Valid(hint));
    }
}

#[test]
fn servers_refuse_unknown_fields_and_clients_tolerate_them() {
    let desk = json!({ "desk": 7, "chair": 1 });
    let Taken::No(why) = take::<server::client_events::Sit>(desk.clone()) else { panic!() };
    assert!(why.contains("unknown field `chair`"), "{why}");
    assert!(is_valid::<client::client_events::Sit>(desk));
    let shape = json!({ "kind": "circle", "radius": 1, "colour": "red" });
    assert!(!is_valid::<server::types::Shape>(shape.clone()));
    assert!(is_valid::<client::types::Shape>(shape));
    let inner = typing(&[("inner", Some(json!({ "deep": "a", "shapes": [], "more": 1 })))]);
    assert!(!is_valid::<server::client_events::Type>(inner.clone()), "nested");
    assert!(is_valid::<client::client_events::Type>(inner));
    let typed = json!({ "at": "2026-01-02T03:04:05Z", "mood": "calm", "more": 1 });
    assert!(is_valid::<server::server_events::Typed>(typed), "additionalProperties: true");
}

#[test]
fn nothing_but_objects_and_strings_is_read_as_such() {
    assert!(!is_valid::<server::client_events::Sit>(json!([7])));
    assert!(!is_valid::<server::client_events::EverythingOptional>(json!([])));
    assert!(!is_valid::<server::client_events::Type>(typing(&[("inner", Some(json!(["a", []])))])), "nested");
    assert!(!is_valid::<server::types::Shape>(json!(["circle", 1])));
    assert!(!is_valid::<server::types::Node>(json!({ "value": 1, "children": [[2, null, []]] })));
    assert!(!is_valid::<server::types::Mood>(json!({ "good": null })));
}

#[test]
fn newtypes_refuse_bad_values() {
    use server::types::{DeskId, Name, Ratio, When};
    assert_eq!(DeskId::new(7).unwrap().get(), 7);
    let error = DeskId::new(100).unwrap_err().to_string();
    assert_eq!(error, "no DeskId: it must be an integer, at least 1 and at most 99");
    assert_eq!(Name::new("ann").unwrap().as_str(), "ann");
    for bad in ["", "Ann", "ann1", &"a".repeat(21)] {
        assert!(Name::new(bad).is_err(), "{bad:?}");
        assert!(!is_valid::<Name>(json!(bad)), "{bad:?}");
    }
    assert!(Ratio::new(1.0).is_ok() && Ratio::new(1.01).is_err() && Ratio::new(f64::NAN).is_err());
    assert!(When::new("2026-01-02T03:04:05+01:00").is_ok() && When::new("2026-01-02").is_err());
    assert_eq!(put(&DeskId::new(7).unwrap()), json!(7), "transparent");
    assert_eq!(Name::new("ann").unwrap().to_string(), "ann");
}

#[test]
fn open_enums_keep_unknown_values_and_closed_ones_refuse_them() {
    use server::types::{Mood, OpenMood};
    let Taken::Valid(furious) = take::<OpenMood>(json!("furious")) else { panic!() };
    assert_eq!(furious, OpenMood::Other("furious".into()));
    assert_eq!(put(&furious), json!("furious"));
    assert_eq!(take::<OpenMood>(json!("wild")), Taken::Valid(OpenMood::Wild));
    assert_eq!(OpenMood::from_str("wild"), Ok(OpenMood::Wild));
    assert!(!is_valid::<Mood>(json!("furious")));
    assert_eq!(take::<Mood>(json!("2nd")), Taken::Valid(Mood::_2nd));
    assert_eq!(
        Mood::from_str("furious").unwrap_err().to_string(),
        "no Mood: it must be one of good, so-so, 2nd"
    );
    for mood in [Mood::Good, Mood::SoSo, Mood::_2nd] {
        assert_eq!(put(&mood), json!(mood.as_str()));
    }
}

#[test]
fn recursion_goes_as_deep_as_it_is_and_is_checked_all_the_way() {
    use server::types::Node;
    let leaf = json!({ "value": 3, "children": [] });
    let tree = json!({ "value": 1, "next": leaf.clone(), "children": [leaf.clone(), leaf] });
    let Taken::Valid(node) = take::<Node>(tree.clone()) else { panic!() };
    assert_eq!((node.next.as_ref().unwrap().value, node.children.len()), (3, 2));
    assert_eq!(put(&node), tree);
    let many = vec![json!({ "value": 1, "children": [] }); 4];
    let crowded = json!({ "value": 1, "children": many });
    assert_eq!(take::<Node>(crowded.clone()), Taken::Invalid);
    assert_eq!(
        take::<Node>(json!({ "value": 1, "children": [{ "value": 2, "next": crowded, "children": [] }] })),
        Taken::Invalid
    );
}

#[test]
fn unions_are_told_apart_by_their_tag() {
    use server::types::Shape;
    assert_eq!(
        take::<Shape>(json!({ "kind": "circle", "radius": 2 })),
        Taken::Valid(Shape::Circle { radius: 2.0 })
    );
    let rect = Shape::Rect { width: 1.0, height: 2.0 };
    assert_eq!(put(&rect), json!({ "kind": "rect", "width": 1.0, "height": 2.0 }));
    assert_eq!(take::<Shape>(put(&rect)), Taken::Valid(rect));
    assert_eq!(take::<Shape>(json!({ "kind": "circle", "radius": -1 })), Taken::Invalid);
    for bad in [
        json!({ "radius": 2 }),
        json!({ "kind": "oval", "radius": 2 }),
        json!({ "kind": "rect", "width": 1 }),
        json!({ "kind": "circle", "radius": 2, "width": 1 }),
    ] {
        assert!(matches!(take::<Shape>(bad.clone()), Taken::No(_)), "{bad}");
    }
}

#[test]
fn every_constraint_is_checked_where_it_stands() {
    type Type = server::client_events::Type;
    type Optional = server::client_events::EverythingOptional;
    assert!(is_valid::<Type>(typing(&[])));
    for (field, bad) in [
        ("2fa", json!([])),
        ("2fa", json!([1, 2, 3])),
        ("2fa", json!([1_u64 << 60])),
        ("camelCase", json!({ "a": 0.5, "b": 2 })),
        ("inner", json!({ "deep": "a", "shapes": [{ "kind": "circle", "radius": -1 }] })),
    ] {
        assert_eq!(take::<Type>(typing(&[(field, Some(bad.clone()))])), Taken::Invalid, "{field}: {bad}");
    }
    for (good, bad) in [
        (json!({ "limit": 10 }), json!({ "limit": 11 })),
        (json!({ "filter": ["ann", "ben", "cho"] }), json!({ "filter": ["ann", "Ben"] })),
        (json!({ "few": ["ann", "ben"] }), json!({ "few": ["ann", "ben", "cho"] })),
        (json!({ "few": [] }), json!({ "few": ["Ann"] })),
        (json!({ "code": "12" }), json!({ "code": "twelve" })),
    ] {
        assert!(is_valid::<Optional>(good.clone()), "{good}");
        assert_eq!(take::<Optional>(bad.clone()), Taken::Invalid, "{bad}");
    }
    assert!(is_valid::<server::server_events::Hint>(json!({ "text": "x", "rows": [{ "cell": null }] })));
    assert_eq!(take::<server::server_events::Hint>(json!({ "text": "y" })), Taken::Invalid);
}

#[test]
fn errors_and_roles_have_their_names_of_the_document() {
    let full = server::errors::SitError::Full;
    assert_eq!(
        (full.code(), full.message(), full.to_string()),
        ("full", "There is no room", "There is no room".into())
    );
    assert_eq!(server::errors::SitError::from_code("full"), Some(full));
    assert_eq!(server::errors::SitError::from_code("no-desk"), None);
    assert_eq!(server::errors::QueueError::from_code("full"), None);
    for role in server::Role::ALL {
        assert_eq!(server::Role::from_name(role.name()), Some(*role));
    }
    assert_eq!((server::Role::default(), server::Role::from_name("king")), (server::Role::Guest, None));
}
