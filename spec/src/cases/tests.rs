//! The list of cases of small documents built by hand.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::model::*;

fn ty(kind: Kind) -> Type {
    Type { kind, doc: None, nullable: false, example: None, at: Location::default() }
}

fn text(max: u64, example: &str) -> Type {
    let kind = Kind::String { min_length: Some(1), max_length: Some(max), pattern: None, date_time: false };
    Type { example: Some(json!(example)), ..ty(kind) }
}

fn field(name: &str, required: bool, ty: Type, line: u32) -> Field {
    let at = Location { line, column: 11 };
    Field { name: name.into(), required, ty, default: None, since: None, deprecated: None, grows: false, at }
}

fn event(name: &str, payload: Payload) -> ClientEvent {
    ClientEvent {
        name: name.into(),
        doc: None,
        since: None,
        deprecated: None,
        addition: false,
        role: None,
        needs: None,
        enters: None,
        limit: None,
        once: None,
        payload,
        example: None,
        reply: None,
        returns: None,
        errors: vec![],
        leads_to: vec![],
        setup: None,
        at: Location { line: 7, column: 7 },
    }
}

fn document(client: Vec<ClientEvent>) -> Spec {
    let group = Group {
        name: "board".into(),
        title: "Board".into(),
        doc: None,
        namespaces: vec!["/".into()],
        client,
        server: vec![],
        at: Location::default(),
    };
    let state =
        State { name: "at-a-board".into(), doc: None, code: "no-board".into(), at: Location::default() };
    Spec {
        name: "tally".into(),
        version: "1.0.0".into(),
        doc: None,
        namespaces: vec!["/".into()],
        roles: vec!["voter".into(), "chair".into()],
        states: vec![state],
        errors: vec![],
        refusals: Some("refused".into()),
        audiences: vec![],
        fixtures: vec![],
        types: vec![],
        groups: vec![group],
        scenarios: vec![],
    }
}

fn ids(spec: &Spec) -> Vec<String> {
    cases(spec).iter().map(Case::id).collect()
}

fn vote() -> ClientEvent {
    let weight = Kind::Integer { minimum: Some(1), maximum: Some(10) };
    let weight = Type { example: Some(json!(2)), ..ty(weight) };
    let fields = vec![field("choice", true, text(64, "soup"), 9), field("weight", false, weight, 10)];
    let leads_to = vec![LeadsTo { any_of: vec!["counted".into()], times: Times::Once }];
    ClientEvent {
        role: Some("voter".into()),
        needs: Some("at-a-board".into()),
        reply: Some("voted".into()),
        leads_to,
        ..event("cast:vote", Payload::Fields(Fields { fields, open: false }))
    }
}

#[test]
fn an_event_has_every_case_that_it_implies_in_document_order() {
    let spec = document(vec![vote()]);
    assert_eq!(
        ids(&spec),
        [
            "cast_vote::accepts_its_example",
            "cast_vote::accepts_its_example_without_optional_fields",
            "cast_vote::refuses_a_missing_payload",
            "cast_vote::refuses_a_string_for_a_payload",
            "cast_vote::refuses_an_array_for_a_payload",
            "cast_vote::refuses_a_number_for_a_payload",
            "cast_vote::refuses_missing_choice",
            "cast_vote::refuses_null_for_choice",
            "cast_vote::refuses_a_number_for_choice",
            "cast_vote::refuses_too_short_choice",
            "cast_vote::refuses_too_long_choice",
            "cast_vote::refuses_null_for_weight",
            "cast_vote::refuses_a_string_for_weight",
            "cast_vote::refuses_weight_below_its_minimum",
            "cast_vote::refuses_weight_above_its_maximum",
            "cast_vote::refuses_a_fraction_for_weight",
            "cast_vote::refuses_an_unknown_field",
            "cast_vote::refuses_role_chair",
            "cast_vote::needs_state_at_a_board",
            "cast_vote::replies_as_event_and_acknowledgement",
            "cast_vote::leads_to_what_it_says",
            "protocol::refuses_an_unknown_event",
            "protocol::refuses_a_missing_token",
            "protocol::refuses_a_garbage_token",
            "protocol::survives_a_malformed_packet",
        ]
    );
}

#[test]
fn a_fault_differs_from_the_example_in_one_place_and_says_where() {
    let spec = document(vec![vote()]);
    let cases = cases(&spec);
    let find = |name: &str| cases.iter().find(|case| case.name == name).unwrap();
    let arguments = |name: &str| match &find(name).kind {
        CaseKind::Malformed { arguments, .. } => arguments.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(arguments("refuses_missing_choice"), [json!({ "weight": 2 })]);
    assert_eq!(arguments("refuses_null_for_weight"), [json!({ "choice": "soup", "weight": null })]);
    assert_eq!(arguments("refuses_weight_above_its_maximum"), [json!({ "choice": "soup", "weight": 11 })]);
    assert_eq!(arguments("refuses_a_missing_payload"), [] as [Value; 0]);
    assert_eq!(find("refuses_null_for_weight").at.line, 10);
    assert_eq!(find("refuses_null_for_weight").doc, "`cast:vote` is refused when `weight` is null.");
}

/// Whether the specification's own validator agrees with what a case expects.
fn agree(spec: &Spec) {
    for case in cases(spec) {
        let (event, arguments, right) = match &case.kind {
            CaseKind::Malformed { event, arguments } => (event, arguments, false),
            CaseKind::Accepts { event, arguments } => (event, arguments, true),
            _ => continue,
        };
        let event = spec.client_event(event).unwrap();
        let verdict = crate::json::validate_payload(spec, &event.payload, arguments.first(), true);
        assert_eq!(verdict.is_ok(), right, "{}: {arguments:?} {verdict:?}", case.id());
    }
}

#[test]
fn an_event_without_payload_takes_nothing_null_and_an_empty_object() {
    let spec = document(vec![event("close", Payload::None)]);
    let ids = ids(&spec);
    assert_eq!(
        ids[..5],
        [
            "close::accepts_no_payload",
            "close::accepts_null",
            "close::accepts_an_empty_object",
            "close::refuses_a_payload",
            "close::refuses_a_string_payload"
        ]
    );
}

#[test]
fn patterns_enums_lists_unions_and_nested_objects_are_spoilt_too() {
    let pattern = Kind::String {
        min_length: None,
        max_length: None,
        pattern: Some("^[a-z!]+$".into()),
        date_time: false,
    };
    let pattern = Type { example: Some(json!("lunch")), ..ty(pattern) };
    let inner = Fields { fields: vec![field("board", true, pattern, 3)], open: true };
    let list = Kind::Array { items: Box::new(ty(Kind::Boolean)), min_items: Some(1), max_items: Some(2) };
    let union = Kind::Union { tag: "kind".into(), variants: vec![("a".into(), inner.clone())] };
    let fields = vec![
        field("place", true, ty(Kind::Struct(inner)), 2),
        field("mood", true, ty(Kind::Enum { values: vec!["good".into()], open: false }), 4),
        field("later", true, ty(Kind::Enum { values: vec!["x".into()], open: true }), 5),
        field("flags", true, ty(list), 6),
        field("either", true, ty(union), 7),
        field("whatever", true, Type { example: Some(json!(1)), ..ty(Kind::Any) }, 8),
    ];
    let spec = document(vec![event("e", Payload::Fields(Fields { fields, open: true })), vote()]);
    agree(&spec);
    let ids = ids(&spec);
    for name in [
        "refuses_missing_place_board",
        "refuses_place_board_off_its_pattern",
        "refuses_an_unknown_mood",
        "refuses_too_many_flags",
        "refuses_too_few_flags",
        "refuses_a_string_for_flags_item",
        "refuses_untagged_either",
        "refuses_an_unknown_either",
        "refuses_missing_either_a_board",
        "refuses_missing_whatever",
    ] {
        assert!(ids.contains(&format!("e::{name}")), "{name} is missing in {ids:#?}");
    }
    for name in ["refuses_an_unknown_later", "refuses_an_unknown_field", "refuses_null_for_whatever"] {
        assert!(!ids.contains(&format!("e::{name}")), "{name} should not be");
    }
}

#[test]
fn where_nothing_is_required_no_payload_is_right_too_and_keywords_stay_words() {
    let fields = vec![field("type", false, text(9, "info"), 2)];
    let ids = ids(&document(vec![event("ask", Payload::Fields(Fields { fields, open: false }))]));
    assert!(ids.contains(&"ask::accepts_no_payload".to_owned()), "{ids:#?}");
    assert!(ids.contains(&"ask::refuses_null_for_type".to_owned()), "{ids:#?}");
    assert!(!ids.contains(&"ask::refuses_a_missing_payload".to_owned()), "{ids:#?}");
}

#[test]
fn a_miss_of_a_pattern_is_found_when_the_first_guess_matches() {
    let miss = |pattern: &str| faults::off_pattern(pattern, &(0..=u64::MAX));
    assert_eq!(miss("^[a-z]+$").as_deref(), Some("!"));
    assert_eq!(miss("^[a-z!]+$").as_deref(), Some(" "));
    assert_eq!(miss(""), None, "everything matches");
}

#[test]
fn names_that_collide_get_numbers_and_ids_stay_unique() {
    let mut spec = document(vec![
        event("protocol", Payload::None),
        event("a:b", Payload::None),
        event("a-b", Payload::None),
        event("move", Payload::None),
    ]);
    let scenario = |name: &str| Scenario {
        name: name.into(),
        doc: Some("It goes.\n".into()),
        clients: vec![],
        given: vec![],
        steps: vec![],
        at: Location { line: 90, column: 3 },
    };
    spec.scenarios = vec![scenario("two-voters"), scenario("two_voters")];
    let ids = ids(&spec);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for id in [
        "protocol_2::accepts_null",
        "a_b_2::accepts_null",
        "the_move::accepts_null",
        "scenarios::two_voters_2",
    ] {
        assert!(ids.iter().any(|known| known == id), "{id} is missing in {ids:#?}");
    }
}

#[test]
fn types_that_never_end_end_here() {
    let mut spec = document(vec![event("loop", Payload::Named("A".into()))]);
    let named = |name: &str, of: Kind| NamedType { name: name.into(), ty: ty(of), at: Location::default() };
    spec.types = vec![named("A", Kind::Named("B".into())), named("B", Kind::Named("A".into()))];
    assert!(ids(&spec).iter().all(|id| id.starts_with("protocol::")));

    let next = Fields { fields: vec![field("next", true, ty(Kind::Named("Node".into())), 1)], open: false };
    let mut spec = document(vec![event("push", Payload::Named("Node".into()))]);
    spec.types = vec![named("Node", Kind::Struct(next))];
    assert!(ids(&spec).contains(&"push::refuses_missing_next".to_owned()));
}

#[test]
fn what_is_known_when_it_comes_again_is_sent_again() {
    let id = field("id", false, text(64, "x"), 11);
    let Payload::Fields(mut fields) = vote().payload else { panic!("a vote has fields") };
    fields.fields.push(id);
    let known = ClientEvent { once: Some("id".into()), payload: Payload::Fields(fields), ..vote() };
    let spec = document(vec![known]);
    let again = cases(&spec).into_iter().find(|case| matches!(case.kind, CaseKind::Once { .. })).unwrap();
    assert_eq!(again.id(), "cast_vote::has_one_effect_when_it_comes_again");
    assert_eq!(again.doc, "`cast:vote` that comes again with the same `id` has one effect and one answer.");
    assert!(!ids(&document(vec![vote()])).contains(&again.id()));
}
