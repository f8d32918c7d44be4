//! Golden expansions, formatted, each part in its own file; `codegen/tests/golden.rs` compiles them.

use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};

use crate::input::Source;
use crate::plan::{Plan, Side};
use crate::rust;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn source(file: &str) -> Source {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let spec = parlance_spec::load(&text, file).unwrap_or_else(|problems| panic!("{problems}"));
    Source {
        spec,
        file: file.trim_start_matches("../").to_owned(),
        path: format!("../../../{file}"),
        span: Span::call_site(),
        target: Some(syn::parse_quote!(crate::start)),
    }
}

fn check(folder: &str, part: &str, tokens: TokenStream) {
    let file: syn::File = syn::parse2(tokens).unwrap();
    let text = prettyplease::unparse(&file);
    let path = root().join("tests/golden").join(folder).join(format!("{part}.rs"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    if golden == text {
        return;
    }
    let line = golden.lines().zip(text.lines()).take_while(|(old, new)| old == new).count();
    panic!(
        "{} is not what is generated now, from line {}:\n  golden: {}\n  now:    {}\n\nrefresh with `cargo xtask golden`, and review",
        path.display(),
        line + 1,
        golden.lines().nth(line).unwrap_or("(its end)"),
        text.lines().nth(line).unwrap_or("(its end)"),
    );
}

fn check_all(folder: &str, file: &str) {
    let mut source = source(file);
    if folder == "places" {
        source.target = Some(syn::parse_quote!(crate::places::start));
    }
    let plan = Plan::new(&source, Side::Server).unwrap();
    check(folder, "server_types", rust::types(&plan));
    check(folder, "server", rust::server(&plan));
    let plan = Plan::new(&source, Side::Client).unwrap();
    check(folder, "client_types", rust::types(&plan));
    check(folder, "client", rust::client(&plan));
    let include = source.include();
    let tests = rust::tests(&source).unwrap();
    check(folder, "tests", quote::quote!(#include #tests));
}

#[test]
fn a_small_document() {
    check_all("tally", "../examples/tally/tally.yaml");
}

#[test]
fn every_feature_and_every_odd_name() {
    check_all("features", "tests/features.yaml");
}

#[test]
fn the_chat_protocol_can_be_generated_for_both_sides() {
    let source = source("../spec/gemini.yaml");
    for side in [Side::Server, Side::Client] {
        let refused = Plan::new(&source, side).err().map(|error| error.to_string());
        assert_eq!(refused, None, "{side:?}");
    }
}

#[test]
fn several_namespaces_and_bare_answers() {
    check_all("places", "tests/places.yaml");
}

fn refusal(text: &str, side: Side) -> String {
    let spec = parlance_spec::load(text, "p.yaml").unwrap_or_else(|problems| panic!("{problems}"));
    let (file, path) = ("p.yaml".to_owned(), "p.yaml".to_owned());
    let source = Source { spec, file, path, span: Span::call_site(), target: None };
    Plan::new(&source, side).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn names_that_collide_are_refused() {
    let text = "protocol: p\nversion: 1.0.0\ngroups:\n  g:\n    client:\n      a-b: { doc: One. }\n      a:b: { doc: Two. }\n";
    let both = "p.yaml:7:7: `a:b` and `a-b` both become `a_b` in Rust; rename one";
    assert_eq!(refusal(text, Side::Server), both);
    assert_eq!(refusal(text, Side::Client), both);
}

#[test]
fn names_that_the_generator_needs_are_refused() {
    let text = "\
protocol: p
version: 1.0.0
states:
  user: { code: no-user }
errors:
  no-user: Nobody
audiences:
  user: {}
  new: {}
types:
  VoteHow: string
  Way: { enum: [by-foot, ByFoot], example: by-foot }
groups:
  g:
    client:
      vote:
        enters: user
        fields: { how: { enum: [a, b], example: a } }
      vote-how: { fields: { why: string } }
    server:
      join_user: { to: user, fields: { x: string } }
      news: { to: caller }
";
    let server = refusal(text, Side::Server);
    let expected = [
        "p.yaml:12:3: `Way.ByFoot` and `Way.by-foot` both become `ByFoot` in Rust; rename one",
        "p.yaml:18:19: `vote.how` and `vote-how` both become `VoteHow` in Rust; rename one",
        "p.yaml:4:3: `the state user` and the generated `user` both become `user` in Rust; rename one",
        "p.yaml:8:3: `the audience user` and `the state user` both become `leave_user` in Rust; rename one",
        "p.yaml:9:3: `the audience new` and the generated `new` both become `new` in Rust; rename one",
        "p.yaml:21:7: `join_user` and `the audience user` both become `join_user` in Rust; rename one",
    ];
    assert_eq!(server, expected.join("\n"));
}

#[test]
fn what_is_returned_has_a_name_of_its_own() {
    let text = "protocol: p\nversion: 1.0.0\ngroups:\n  g:\n    client:\n      vote: { returns: { enum: [ok] } }\n      vote-returned: { payload: any }\n";
    let expected =
        "p.yaml:6:7: `vote returns` and `vote-returned` both become `VoteReturned` in Rust; rename one";
    assert_eq!(refusal(text, Side::Server), expected);
}

#[test]
fn aliases_that_hold_themselves_are_refused() {
    let text = "protocol: p\nversion: 1.0.0\ntypes:\n  Deep: { type: array, items: Deep, example: [] }\n  Flat: 'string[]'\ngroups:\n  g: { client: { e: {} } }\n";
    let expected =
        "p.yaml:4:3: `Deep` holds itself with no object in between, for which no code can be generated";
    assert_eq!(refusal(text, Side::Client), expected);
}
