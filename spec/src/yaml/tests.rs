//! Trees, their spans, and what is refused.

use serde_json::json;

use super::*;

fn tree(source: &str) -> Node {
    let mut problems = Problems::default();
    let node = parse(source, &mut problems);
    assert!(problems.is_empty(), "{}", problems.into_diagnostics("test", source));
    node.unwrap()
}

fn refused(source: &str) -> String {
    let mut problems = Problems::default();
    parse(source, &mut problems);
    assert!(!problems.is_empty(), "{source} was accepted");
    let items = problems.into_diagnostics("test", source).items;
    items
        .iter()
        .map(|item| format!("{}:{} {}", item.at.at.line, item.at.at.column, item.message))
        .collect::<Vec<_>>()
        .join("\n")
}

fn entries(node: &Node) -> &[Entry] {
    match &node.content {
        Content::Mapping(entries) => entries,
        other => panic!("{other:?}"),
    }
}

#[test]
fn spans_are_bytes_after_wide_characters_and_line_ends() {
    for source in ["é: '😀' # ü\nkey: [one, {two: 3}]\n", "é: '😀' # ü\r\nkey: [one, {two: 3}]\r\n"] {
        let root = tree(source);
        let [first, second] = entries(&root) else { panic!() };
        assert_eq!(&source[first.key_span.start..first.key_span.end], "é");
        assert_eq!(&source[first.value.span.start..first.value.span.end], "'😀'");
        assert_eq!(&source[second.key_span.start..second.key_span.end], "key");
        assert_eq!((second.key_span.at.line, second.key_span.at.column), (2, 1));
        let Content::Sequence(items) = &second.value.content else { panic!() };
        assert_eq!(&source[items[0].span.start..items[0].span.end], "one");
        assert_eq!((items[1].span.at.line, items[1].span.at.column), (2, 12));
        assert_eq!(root.to_value(), json!({ "é": "😀", "key": ["one", { "two": 3 }] }));
    }
}

#[test]
fn aliases_and_merges_stand_for_what_they_name() {
    let root = tree("base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }\nlist: [*base]\n");
    assert_eq!(
        root.to_value(),
        json!({ "base": { "a": 1, "b": 2 }, "more": { "b": 3, "a": 1 }, "list": [{ "a": 1, "b": 2 }] })
    );
}

#[test]
fn what_a_document_has_no_use_for_is_refused_with_its_place() {
    assert_eq!(refused("a: 1\nb: 2\na: 3\n"), "3:1 `a` is written twice");
    assert!(refused("a: !thing 1\n").contains("has no meaning here"));
    assert!(refused("a: 1\n---\nb: 2\n").contains("second document"));
    assert!(refused("").contains("empty"));
    assert!(refused("a: [1\n").contains("not YAML"));
    assert!(refused("a: &x [*x]\n").contains("alias"));
    assert!(refused("? [1]\n: 2\n").contains("key must be text"));
    assert!(refused("a: { <<: 1 }\n").contains("merged"));
    assert!(refused(&"[".repeat(100)).contains("deep"));
}

#[test]
fn duplicates_and_tags_are_all_found_in_one_run() {
    assert_eq!(refused("a: 1\na: !x 2\nb: { c: 1, c: 2 }\n").lines().count(), 3);
}

#[test]
fn aliases_make_no_bomb() {
    let mut source = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        source.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    assert!(refused(&source).contains("more than"));
}
