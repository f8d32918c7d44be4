//! The documents of this repository load as they are, and no text whatever brings the reader down.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use parlance_spec::cases::CaseKind;
use parlance_spec::json::{validate, validate_payload};
use parlance_spec::model::{Action, Kind, Limit, Payload, Returns, Spec, Times, To};
use parlance_spec::{cases, load};
use proptest::prelude::*;
use serde_json::json;

fn source(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn document(file: &str) -> Spec {
    load(&source(file), file).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

#[test]
fn the_chat_is_read_as_written() {
    let spec = document("gemini.yaml");
    assert_eq!(spec.client_events().count(), 15);
    assert_eq!(spec.server_events().count(), 22);
    assert_eq!((spec.types.len(), spec.scenarios.len(), spec.groups.len()), (11, 4, 5));
    assert_eq!(spec.namespaces, ["/"]);
    assert_eq!(spec.roles, ["engineer", "admin"]);
    assert_eq!(spec.message("no-session-joined"), Some("No session joined"));

    let message = spec.client_event("chat:message").unwrap();
    assert_eq!(message.needs.as_deref(), Some("in-session"));
    assert_eq!(message.limit, Some(Limit { count: 120, per_seconds: 60 }));
    assert_eq!(message.leads_to.len(), 4);
    assert_eq!(message.leads_to[0].times, Times::AnyNumber);
    assert_eq!(message.leads_to[3].any_of, ["gemini:done", "gemini:cancelled", "gemini:error"]);
    assert_eq!(message.example, Some(json!({ "content": "Hello, Gemini! How can you help me today?" })));

    let join = spec.client_event("join-session").unwrap();
    assert_eq!(join.setup, Some(json!({ "sessionId": "$session" })));
    assert_eq!(join.reply.as_deref(), Some("session-joined"));
    assert_eq!(spec.client_event("chat:cancel").unwrap().payload, Payload::None);
    assert_eq!(spec.client_event("monitoring:get-stats").unwrap().role.as_deref(), Some("admin"));
    assert!(spec.client_event("chat:typing").unwrap().addition);

    let to = |name: &str| spec.server_event(name).unwrap().to.clone();
    assert_eq!(to("system:broadcast"), To::Role("engineer".into()));
    assert_eq!(to("gemini:done"), To::Audience("session".into()));
    assert_eq!(to("error"), To::Caller);
    assert_eq!(
        spec.server_event("monitoring:event").unwrap().payload,
        Payload::Named("ActivityEvent".into())
    );

    let Payload::Fields(stats) = &spec.server_event("monitoring:stats").unwrap().payload else { panic!() };
    assert!(
        matches!(&stats.fields[1].ty.kind, Kind::Map { values } if matches!(values.kind, Kind::Integer { .. }))
    );
    let Payload::Fields(filter) = &spec.client_event("monitoring:get-events").unwrap().payload else {
        panic!()
    };
    assert_eq!(filter.fields[2].default, Some(json!(100)));

    let steps = &spec.scenarios[3].steps;
    assert_eq!(
        steps[5].action,
        Action::Gets {
            client: None,
            event: "gemini:content".into(),
            times: Times::OneOrMore,
            pattern: Some(json!({ "accumulated": "$so_far" })),
        }
    );
    assert_eq!(steps[10].action, Action::NobodyGets { event: "error".into() });
}

#[test]
fn the_votes_are_read_as_written() {
    let spec = document("../examples/tally/tally.yaml");
    assert_eq!((spec.client_events().count(), spec.server_events().count()), (5, 6));
    let asks = spec.server_event("raise-hand").unwrap().asks.as_ref().unwrap();
    assert!(matches!(&asks.returns, Returns::Type(ty) if ty.kind == Kind::Boolean));
    assert_eq!(asks.within, Duration::from_secs(2));
    assert!(spec.server_event("hovering").unwrap().volatile);
    let answering = &spec.scenarios[1].steps[4].action;
    let (client, event) = ("cho".to_owned(), "raise-hand".to_owned());
    assert_eq!(*answering, Action::Answers { client, event, answer: Some(json!(true)) });
    let Payload::Fields(fields) = &spec.server_event("board-closed").unwrap().payload else { panic!() };
    assert!(fields.fields[0].ty.nullable);
    // A code the document does not mention has its usual message.
    assert_eq!(spec.message("access-denied"), Some("Access denied"));
    let last = spec.scenarios[2].steps.last().unwrap();
    assert_eq!(last.action, Action::Refused { client: "ann".into(), code: "board-closed".into() });
}

#[test]
fn every_example_is_valid() {
    for file in ["gemini.yaml", "../examples/tally/tally.yaml"] {
        let spec = document(file);
        for (_, event) in spec.client_events() {
            validate_payload(&spec, &event.payload, event.example.as_ref(), true).unwrap();
        }
        for (_, event) in spec.server_events() {
            validate_payload(&spec, &event.payload, event.example.as_ref(), true).unwrap();
        }
        for named in &spec.types {
            validate(&spec, &named.ty, &parlance_spec::json::example(&spec, &named.ty)).unwrap();
        }
    }
}

#[test]
fn the_documents_in_the_manual_load() {
    let manual = source("../docs/spec-language.md");
    let mut blocks = manual.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let whole = blocks.next().unwrap();
    let spec = load(whole, "manual").unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    assert_eq!(spec.scenarios.len(), 1);
    for part in blocks {
        let text = format!("protocol: part\nversion: 1.0.0\ngroups: {{}}\n{part}");
        load(&text, "manual").unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    }
}

#[test]
fn bounds_may_meet_and_line_ends_may_differ() {
    let text = "\u{feff}protocol: small\nversion: 1.0.0\ngroups:\n  g:\n    client:\n      e:\n        limit: 100/h\n        \
                fields: { a: { type: integer, minimum: 3, maximum: 3 }, b: { type: string, minLength: 2, maxLength: 2 } }\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let spec = load(&text, "small").unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
        let event = spec.client_event("e").unwrap();
        assert_eq!(event.example, Some(json!({ "a": 3, "b": "xx" })));
        assert_eq!(event.limit, Some(Limit { count: 100, per_seconds: 3600 }));
    }
}

/// Reads a text, whatever it is; what loads must be usable, and what does not must be printable.
fn read(text: &str) {
    match load(text, "mutated.yaml") {
        Ok(spec) => assert!(!cases::cases(&spec).is_empty() || spec.client_events().count() == 0),
        Err(diagnostics) => {
            assert!(!diagnostics.items.is_empty());
            let shown = parlance_spec::Diagnostics { items: diagnostics.items[..1].to_vec(), ..diagnostics };
            assert!(shown.to_string().contains("error["));
        }
    }
}

/// Calls `each` with numbers spread over `0..end` until the time is up.
fn for_a_while(end: usize, mut each: impl FnMut(usize)) {
    let start = Instant::now();
    let mut at = 0;
    for _ in 0..end {
        each(at);
        // A step without a common divisor visits every number once, far from the last.
        at = (at + 7919) % end;
        if start.elapsed() > Duration::from_millis(700) {
            break;
        }
    }
}

#[test]
fn truncated_documents_are_told_apart() {
    let text = source("gemini.yaml");
    for_a_while(text.len(), |at| read(&text[..text.floor_char_boundary(at)]));
}

#[test]
fn single_wrong_bytes_bring_nothing_down() {
    let text = source("gemini.yaml");
    let wrong = b"\0\t\n -:?[]{}&*!|>'\"%@`#,~<\x7f0$aZ.";
    for_a_while(text.len(), |at| {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = wrong[at % wrong.len()];
        read(&String::from_utf8_lossy(&bytes));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_brings_the_reader_down(text in "[ -~\n\t\u{e9}\u{1f600}]{0,60}") {
        read(&text);
    }

    #[test]
    fn no_yaml_brings_the_reader_down(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "protocol: p\n", "version: 1.0.0\n", "groups:\n", " g:\n", "  client:\n", "   e:\n", "    fields: { a: T[] }\n",
            "types:\n", " T: { type: T }\n", " U: &u { fields: { t: T, u: U } }\n", " V: *u\n", "<<: *u\n", "- ", "? ", ": ", "| \n",
            "> \n", "&a ", "*a ", "!t ", "{ ", "} ", "[ ", "] ", "---\n", "...\n", "scenarios:\n", " s: { clients: [a], steps: [a emits e] }\n",
            "\u{feff}", "\r\n", "%YAML 1.1\n", "'", "\"", "\\x", "é",
        ]), 0..24)
    ) {
        read(&pieces.concat());
    }
}

#[test]
fn answers_payloads_and_namespaces_are_what_is_written() {
    let text = "\
protocol: p
version: 1.0.0
namespaces: [/, /custom]
types: { Name: string }
groups:
  main:
    namespaces: [/]
    client:
      a: { returns: args, args: any, example: [1, two] }
      b: { returns: Name, payload: Name }
      c: { payload: 'string[]' }
  all:
    client:
      d: { payload: { fields: { x: integer } }, returns: { type: integer, minimum: 1 } }
";
    let spec = load(text, "p.yaml").unwrap();
    let namespaces: Vec<_> = spec.groups.iter().map(|group| group.namespaces.join(" ")).collect();
    assert_eq!(namespaces, ["/", "/ /custom"]);
    let event = |name: &str| spec.client_event(name).unwrap();
    assert_eq!((&event("a").payload, &event("a").returns), (&Payload::Args, &Some(Returns::Args)));
    assert_eq!(event("b").payload, Payload::Named("Name".into()));
    assert_eq!(event("b").example, Some(json!("x")));
    assert!(matches!(&event("c").payload, Payload::Type(ty) if matches!(ty.kind, Kind::Array { .. })));
    assert!(matches!(&event("d").payload, Payload::Type(ty) if matches!(ty.kind, Kind::Struct(_))));
    let minimum = Kind::Integer { minimum: Some(1), maximum: None };
    assert!(matches!(&event("d").returns, Some(Returns::Type(ty)) if ty.kind == minimum));

    let cases = cases::cases(&spec);
    let ids: Vec<String> = cases.iter().map(|case| case.id()).filter(|id| id.starts_with("a::")).collect();
    assert_eq!(ids, ["a::accepts_its_example", "a::accepts_no_payload"]);
    assert!(
        matches!(&cases[0].kind, CaseKind::Accepts { arguments, .. } if *arguments == [json!(1), json!("two")])
    );
    assert!(cases.iter().any(|case| case.id() == "d::refuses_missing_x"));
}
