//! The judge is judged: a right server passes every case, and each wrong one fails the cases that it should.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, unreachable_pub)]

mod mutants;
mod server;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mutants::{Mutant, TABLE};
use parlance_conformance::{Failure, judge};
use parlance_spec::Spec;
use parlance_spec::cases::cases;

const FILE: &str = "board.yaml";

/// Cases that are played at a time: those of silent servers do nothing but wait.
const AT_A_TIME: usize = 8;

fn spec() -> Arc<Spec> {
    match parlance_spec::load(include_str!("board.yaml"), FILE) {
        Ok(spec) => Arc::new(spec),
        Err(problems) => panic!("{problems}"),
    }
}

fn play(spec: &Arc<Spec>, id: &str, mutant: Option<Mutant>, deadline: Duration) -> Result<(), Failure> {
    let server = spec.clone();
    judge(spec, FILE, id, deadline, || async move { Ok(server::start(server, mutant).await) })
}

/// Plays every case and gives the failures.
fn failures(mutant: Option<Mutant>, deadline: Duration) -> Vec<Failure> {
    let spec = spec();
    let ids: Vec<String> = cases(&spec).iter().map(|case| case.id()).collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = play(&spec, id, mutant, deadline) {
                        found.lock().unwrap().push(failure);
                    }
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn a_right_server_passes_every_case() {
    let failures = failures(None, Duration::from_secs(20));
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_failure_reads_like_a_sentence() {
    let spec = spec();
    let id = "close_board::refuses_role_voter";
    let failure = play(&spec, id, Some(Mutant::IgnoresRoles), Duration::from_secs(20)).unwrap_err();
    let report = format!("{failure:?}");
    let lines: Vec<&str> = report.lines().map(str::trim_end).collect();
    assert_eq!(
        lines[..4],
        [
            id,
            "  `close-board` is for the role chair, so voter is refused.",
            "  sent:     alice: 420[\"close-board\"]",
            "  expected: the refusal `access-denied`",
        ]
    );
    assert!(lines[4].starts_with("  got:      the refusal {\"code\":\"no-board-open\""), "{report}");
    let at = spec.client_event("close-board").unwrap().at;
    assert_eq!(lines[5], format!("  spec:     board.yaml:{}:{}", at.line, at.column));
    assert_eq!(lines[6], "  the last lines on the wire:");
    assert!(lines[7..].contains(&"    alice → 420[\"close-board\"]"), "{report}");
    assert!(report.contains("40{\"token\":\"…\"}") && !report.contains("token alice"), "{report}");
}

#[test]
fn a_case_that_does_not_exist_and_a_document_that_is_wrong_are_failures() {
    let failure = play(&spec(), "vote::wins", None, Duration::from_secs(1)).unwrap_err();
    assert!(format!("{failure:?}").contains("no case of that name"));
    let started = async || panic!("a wrong document needs no server");
    let failure = parlance_conformance::test("protocol: 1", "wrong.yaml", "a::b", started).unwrap_err();
    assert!(format!("{failure:?}").contains("wrong.yaml"), "{failure:?}");
}

/// What the test below does in a process of its own, where the environment names the server.
fn play_against_the_server_of_the_environment() {
    let text = include_str!("board.yaml");
    for id in ["scenarios::two_voters", "close_board::refuses_role_voter", "vote::refuses_missing_choice"] {
        let start = async || panic!("CONFORMANCE_URL names a server, so none is started");
        if let Err(failure) = parlance_conformance::test(text, FILE, id, start) {
            panic!("{failure:?}");
        }
    }
}

#[test]
fn a_server_that_runs_already_is_judged_with_tokens_from_a_command_and_never_without() {
    const CHILD: &str = "PARLANCE_JUDGE_CHILD";
    if std::env::var_os(CHILD).is_some() {
        return play_against_the_server_of_the_environment();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let target = runtime.block_on(server::start(spec(), None));
    let run = |variables: &[(&str, &str)]| {
        std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "a_server_that_runs_already_is_judged_with_tokens_from_a_command_and_never_without",
            ])
            .env(CHILD, "1")
            .env_remove("CONFORMANCE_TOKEN_COMMAND")
            .env_remove("CONFORMANCE_TOKEN_VOTER")
            .env_remove("CONFORMANCE_TIMEOUT_MS")
            .env("CONFORMANCE_URL", &target.url)
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    };
    let output = run(&[("CONFORMANCE_TOKEN_COMMAND", "echo token {user} {role}")]);
    let said = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said(&output).contains("1 passed"), "{}", said(&output));
    let output = run(&[("CONFORMANCE_TOKEN_CHAIR", "token cho chair")]);
    let said = said(&output) + &String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("CONFORMANCE_TOKEN_VOTER"), "{said}");
    let output = run(&[("CONFORMANCE_TIMEOUT_MS", "soon"), ("CONFORMANCE_TOKEN_VOTER", "token ann voter")]);
    assert!(!output.status.success(), "a deadline that is no number is no deadline");
}

#[test]
fn a_wrong_server_fails_exactly_the_cases_that_it_should() {
    let spec = spec();
    let all: Vec<String> = cases(&spec).iter().map(|case| case.id()).collect();
    let mut wrong = Vec::new();
    for (mutant, patterns) in TABLE {
        let matches = |id: &String| {
            patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
                Some(start) => id.starts_with(start),
                None => id == pattern,
            })
        };
        let expected: BTreeSet<&String> = all.iter().filter(|id| matches(id)).collect();
        let failures = failures(Some(*mutant), Duration::from_secs(5));
        let failed: BTreeSet<&String> = failures.iter().map(|failure| &failure.case).collect();
        if failed != expected || failed.is_empty() {
            wrong.push(format!(
                "{mutant:?}\n  should fail and does not: {:?}\n  fails and should not: {:?}\n{:#?}",
                expected.difference(&failed).collect::<Vec<_>>(),
                failed.difference(&expected).collect::<Vec<_>>(),
                failures
                    .iter()
                    .filter(|failure| !expected.contains(&failure.case))
                    .take(1)
                    .collect::<Vec<_>>(),
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
