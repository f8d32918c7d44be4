//! The keys of the language are the same in the reader, in the schema for editors and in the manual.

use std::collections::BTreeSet;

use serde_json::Value;

use super::events::{CLIENT, GROUP, SERVER};
use super::scenarios::SCENARIO;
use super::types::{CONSTRAINTS, FIELD, TYPE};
use super::*;

const SCHEMA: &str = include_str!("../../event-spec.schema.json");
const MANUAL: &str = include_str!("../../../docs/spec-language.md");

#[test]
fn the_schema_for_editors_knows_the_same_keys() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let types: Vec<&str> = [TYPE, FIELD, CONSTRAINTS].concat();
    for (at, keys) in [
        ("", DOCUMENT),
        ("/$defs/group", GROUP),
        ("/$defs/clientEvent", CLIENT),
        ("/$defs/serverEvent", SERVER),
        ("/$defs/scenario", SCENARIO),
        ("/$defs/mapping", types.as_slice()),
    ] {
        let properties = schema.pointer(&format!("{at}/properties")).and_then(Value::as_object).unwrap();
        let written: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(written, keys.iter().copied().collect(), "{at}");
    }
}

#[test]
fn the_manual_names_every_key() {
    for key in [DOCUMENT, GROUP, CLIENT, SERVER, SCENARIO, TYPE, FIELD, CONSTRAINTS].concat() {
        assert!(MANUAL.contains(&format!("`{key}`")), "{key} is not in the manual");
    }
}
