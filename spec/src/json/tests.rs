//! Values against types, with the place and the words of every mismatch.

use serde_json::json;

use super::*;
use crate::model::{Field, Location, NamedType};

fn ty(kind: Kind) -> Type {
    Type { kind, doc: None, nullable: false, example: None, at: Location::default() }
}

fn text(min_length: Option<u64>, max_length: Option<u64>, pattern: Option<&str>) -> Type {
    ty(Kind::String { min_length, max_length, pattern: pattern.map(str::to_owned), date_time: false })
}

fn field(name: &str, required: bool, ty: Type) -> Field {
    Field {
        name: name.into(),
        required,
        ty,
        default: None,
        since: None,
        deprecated: None,
        grows: false,
        at: Location::default(),
    }
}

fn spec() -> Spec {
    let item = Fields { fields: vec![field("name", true, text(None, Some(3), None))], open: false };
    let list =
        Kind::Array { items: Box::new(ty(Kind::Named("Item".into()))), min_items: None, max_items: Some(2) };
    let args = Fields {
        fields: vec![
            field("items", true, ty(list)),
            field("count", false, ty(Kind::Integer { minimum: Some(1), maximum: None })),
        ],
        open: true,
    };
    let named = |name: &str, kind| NamedType { name: name.into(), ty: ty(kind), at: Location::default() };
    Spec {
        name: "test".into(),
        version: "1.0.0".into(),
        doc: None,
        namespaces: vec!["/".into()],
        roles: vec![],
        states: vec![],
        errors: vec![],
        refusals: None,
        audiences: vec![],
        fixtures: vec![],
        types: vec![named("Item", Kind::Struct(item)), named("Args", Kind::Struct(args))],
        groups: vec![],
        scenarios: vec![],
    }
}

#[track_caller]
fn refused(ty: &Type, value: Value, words: &str) {
    assert_eq!(validate(&spec(), ty, &value).unwrap_err().to_string(), words);
}

#[test]
fn a_mismatch_names_the_place() {
    let args = ty(Kind::Named("Args".into()));
    validate(&spec(), &args, &json!({ "items": [{ "name": "abc" }], "extra": 1 })).unwrap();
    refused(&args, json!({}), "items: expected an array, got nothing");
    refused(
        &args,
        json!({ "items": [{ "name": "a" }, { "name": "abcd" }] }),
        "items[1].name: expected at most 3 characters, got 4",
    );
    refused(
        &args,
        json!({ "items": [{ "name": "a", "nam": 1 }] }),
        "items[0].nam: expected no field of this name, got 1",
    );
    refused(&args, json!({ "items": [], "count": null }), "count: expected an integer, got null");
    refused(&args, json!({ "items": [{}, {}, {}] }), "items: expected at most 2 items, got 3");
    refused(&args, json!([]), "expected an object, got an array");
}

#[test]
fn strings_are_counted_in_code_points_and_searched() {
    validate(&spec(), &text(Some(2), Some(2), None), &json!("é😀")).unwrap();
    refused(&text(Some(3), None, None), json!("é😀"), "expected at least 3 characters, got 2");
    validate(&spec(), &text(None, None, Some("b+")), &json!("abbc")).unwrap();
    refused(&text(None, None, Some("^b+$")), json!("abbc"), "expected a string matching ^b+$, got \"abbc\"");
    refused(&text(None, None, Some("(")), json!("("), "expected a string matching (, got \"(\"");
}

#[test]
fn integers_are_whole_and_safe() {
    let integer = ty(Kind::Integer { minimum: None, maximum: None });
    for good in [json!(0), json!(-3), json!(2.0), json!(MAX_SAFE_INTEGER), json!(-MAX_SAFE_INTEGER)] {
        validate(&spec(), &integer, &good).unwrap();
    }
    for bad in
        [json!(1.5), json!("1"), json!(MAX_SAFE_INTEGER + 1), json!(u64::MAX), json!(1e300), json!(null)]
    {
        assert!(validate(&spec(), &integer, &bad).is_err(), "{bad}");
    }
}

#[test]
fn null_needs_permission() {
    let mut nullable = text(None, None, None);
    refused(&nullable, json!(null), "expected a string, got null");
    nullable.nullable = true;
    validate(&spec(), &nullable, &json!(null)).unwrap();
}

#[test]
fn unions_are_told_by_their_tag() {
    let fields = Fields { fields: vec![field("a", true, ty(Kind::Boolean))], open: false };
    let union = ty(Kind::Union {
        tag: "kind".into(),
        variants: vec![("one".into(), fields), ("two".into(), Fields::default())],
    });
    validate(&spec(), &union, &json!({ "kind": "one", "a": true })).unwrap();
    validate(&spec(), &union, &json!({ "kind": "two" })).unwrap();
    refused(&union, json!({ "kind": "three" }), "kind: expected one of one, two, got \"three\"");
    refused(&union, json!({ "a": true }), "kind: expected one of one, two, got nothing");
    refused(&union, json!({ "kind": "two", "a": true }), "a: expected no field of this name, got true");
}

#[test]
fn payloads_without_fields_take_nothing_null_or_an_empty_object() {
    let spec = spec();
    for good in [None, Some(json!(null)), Some(json!({}))] {
        validate_payload(&spec, &Payload::None, good.as_ref(), true).unwrap();
    }
    assert!(validate_payload(&spec, &Payload::None, Some(&json!({ "a": 1 })), true).is_err());
    assert!(validate_payload(&spec, &Payload::None, Some(&json!("a")), false).is_err());
    validate_payload(&spec, &Payload::None, Some(&json!({ "a": 1 })), false).unwrap();
}

#[test]
fn made_up_examples_are_valid() {
    let spec = spec();
    for named in &spec.types {
        let example = example(&spec, &named.ty);
        validate(&spec, &named.ty, &example).unwrap();
    }
    assert_eq!(
        payload_example(&spec, &Payload::Named("Args".into()), None),
        Some(json!({ "items": [{ "name": "x" }] }))
    );
}

#[test]
fn a_type_that_needs_itself_makes_no_endless_example() {
    let mut spec = spec();
    let pair = |name: &str| field(name, true, ty(Kind::Named("Loop".into())));
    let fields = Fields { fields: vec![pair("a"), pair("b")], open: false };
    spec.types.push(NamedType { name: "Loop".into(), ty: ty(Kind::Struct(fields)), at: Location::default() });
    assert!(example(&spec, &ty(Kind::Named("Loop".into()))).is_object());
}
