//! The program itself: what it prints, what it refuses, and what is left when it is killed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::person::{Person, connect};
use super::world::SECRET;

/// Variables.
type Environment = &'static [(&'static str, &'static str)];

/// The program, with nothing of this machine's environment that could change it.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlance"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn output(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    program(arguments).envs(environment.iter().copied()).output().unwrap()
}

/// What it says when it does not start.
fn complaint(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = output(arguments, environment);
    assert!(!output.status.success(), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// The program while it runs. It does not outlive the test.
struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
    greeting: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(data: &Path) -> Self {
        let data = data.display().to_string();
        let arguments = ["--listen", "127.0.0.1:0", "--data", data.as_str(), "--log", "warn"];
        let mut command = program(&arguments);
        let mut child = command
            .env("PARLANCE_JWT_SECRET", SECRET)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut running = Self { child, stdout, greeting: String::new() };
        // The line to paste is the last of it.
        while !running.greeting.contains("cargo run") {
            let read = running.stdout.read_line(&mut running.greeting).unwrap();
            assert_ne!(read, 0, "it ended after: {}", running.greeting);
        }
        running
    }

    /// What stands after these words in the greeting.
    fn word(&self, before: &str) -> String {
        let (_, after) =
            self.greeting.split_once(before).unwrap_or_else(|| panic!("no {before}: {}", self.greeting));
        after.split_whitespace().next().unwrap().to_owned()
    }

    fn url(&self) -> String {
        self.word("Parlance serves on")
    }

    async fn engineer(&self) -> Person {
        let mut person = connect(&self.url(), &self.word("engineer token")).await.unwrap();
        person.joins(&self.word("session  ")).await;
        person.next("session-joined").await;
        person
    }

    /// Ends it with a signal, and gives what it has logged.
    fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }
}

#[tokio::test]
async fn the_greeting_is_all_that_a_newcomer_needs() {
    let folder = TempDir::new().unwrap();
    let running = Running::start(folder.path());
    assert!(running.word("model").starts_with("offline"), "{}", running.greeting);
    let pasted = running.greeting.lines().find(|line| line.contains("cargo run")).unwrap();
    let words: Vec<&str> = pasted.split_whitespace().collect();
    let after = |flag: &str| words[words.iter().position(|word| *word == flag).unwrap() + 1];
    assert_eq!(after("--url"), running.url());
    let mut engineer = connect(after("--url"), after("--token")).await.unwrap();
    engineer.joins(after("--session")).await;
    engineer.says("say: Hello there").await;
    assert_eq!(engineer.next("gemini:done").await["fullResponse"], "Hello there");
    let admin = connect(&running.url(), &running.word("admin token")).await.unwrap();
    assert_eq!(admin.does("monitoring:get-stats", Value::Null).await["byType"]["chat"], 2);
    admin.joins(&running.word("session  ")).await;
    assert_eq!(running.stop(), "", "nothing to warn of");
}

#[tokio::test]
async fn the_same_session_is_greeted_after_a_restart() {
    let folder = TempDir::new().unwrap();
    let first = Running::start(folder.path());
    let session = first.word("session  ");
    first.stop();
    assert_eq!(Running::start(folder.path()).word("session  "), session);
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_every_kill() {
    let folder = TempDir::new().unwrap();
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..5 {
        let mut running = Running::start(folder.path());
        let mut alice = running.engineer().await;
        let told = alice.told().await;
        let mine: Vec<&String> = told.iter().filter(|line| line.starts_with("engineer: ")).collect();
        assert_eq!(mine, acknowledged.iter().collect::<Vec<_>>(), "round {round}");
        let settled = format!("say: settled {round}");
        alice.says(&settled).await;
        acknowledged.push(format!("engineer: {settled}"));
        alice.next("gemini:done").await;
        let slow = "slow: 20\nlong: 100000";
        alice.says(slow).await;
        acknowledged.push(format!("engineer: {slow}"));
        alice.next("gemini:content").await;
        for number in 0..round {
            let waiting = format!("waits {number}");
            alice.says(&waiting).await;
            acknowledged.push(format!("engineer: {waiting}"));
        }
        running.child.kill().unwrap();
        running.child.wait().unwrap();
    }
    let running = Running::start(folder.path());
    let told = running.engineer().await.told().await;
    let answers: Vec<&String> = told.iter().filter(|line| line.starts_with("model: settled")).collect();
    assert_eq!(answers.len(), 5, "{told:?}");
    running.stop();
}

#[tokio::test]
async fn a_bad_token_is_one_line_in_the_log_and_stands_in_none() {
    let folder = TempDir::new().unwrap();
    let running = Running::start(folder.path());
    assert!(connect(&running.url(), "not.a.token").await.is_err());
    assert!(connect(&running.url(), "").await.is_err());
    let log = running.stop();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines.iter().all(|line| line.contains("refused to connect")), "{log}");
    assert!(!log.contains("not.a.token"), "{log}");
}

#[tokio::test]
async fn a_token_that_was_printed_lets_in() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().display().to_string();
    let running = Running::start(folder.path());
    let environment = [("PARLANCE_JWT_SECRET", SECRET)];
    let printed =
        output(&["token", "--user", "ada", "--role", "admin", "--ttl", "5m", "--data", &data], &environment);
    assert!(printed.status.success());
    assert!(printed.stderr.is_empty());
    let token = String::from_utf8(printed.stdout).unwrap();
    let ada = connect(&running.url(), token.trim_end()).await.unwrap();
    ada.does("monitoring:broadcast", json!({ "message": "hello", "type": "info" })).await;
    running.stop();
}

#[test]
fn a_token_and_a_service_find_the_same_secret() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().display().to_string();
    let token = || output(&["token", "--user", "ada", "--data", &data], &[]);
    assert!(token().status.success());
    let kept: Vec<_> = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept.len(), 1, "the secret, and nothing else: {kept:?}");
    assert!(token().status.success());
}

#[test]
fn wrong_flags_are_refused_with_what_would_be_right() {
    let cases: [(&[&str], &str); 6] = [
        (&["--lisen", "x"], "'--listen"),
        (&["srve"], "serve"),
        (&["token"], "--user"),
        (&["token", "--user", "a", "--role", "king"], "[possible values: engineer, admin]"),
        (&["token", "--user", "a", "--ttl", "soon"], "like 30m, 24h or 7d"),
        (&["token", "--user", "a", "--ttl", "0"], "at least one second"),
    ];
    for (arguments, expected) in cases {
        let said = complaint(arguments, &[]);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn a_wrong_configuration_is_one_sentence_that_says_where_it_stands() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().display().to_string();
    let file = folder.path().join("parlance.yaml");
    std::fs::write(&file, "queu: 3\n").unwrap();
    let file = file.display().to_string();
    let cases: [(&[&str], Environment, &[&str]); 5] = [
        (&["--listen", "nowhere", "--data", &data], &[], &["listen", "--listen", "nowhere"]),
        (&["--queue", "0", "--data", &data], &[], &["queue", "--queue"]),
        (
            &["--data", &data],
            &[("PARLANCE_JWT_SECRET", "short")],
            &["jwt_secret", "PARLANCE_JWT_SECRET", "32"],
        ),
        (&["--data", &data, "--config", &file], &[], &["queu", "queue"]),
        (&["--data", &data, "--tool", "writeFile=maybe"], &[], &["tools", "auto"]),
    ];
    for (arguments, environment, expected) in cases {
        let said = complaint(arguments, environment);
        assert!(said.starts_with("parlance: ") && said.lines().count() == 1, "{said}");
        assert!(!said.contains("short"), "a secret is not repeated: {said}");
        for word in expected {
            assert!(said.contains(word), "{word} is not in: {said}");
        }
    }
}

#[tokio::test]
async fn a_second_service_on_the_same_folder_or_port_says_what_is_in_its_way() {
    let folder = TempDir::new().unwrap();
    let running = Running::start(folder.path());
    let data = folder.path().display().to_string();
    let said = complaint(&["--listen", "127.0.0.1:0", "--data", &data], &[]);
    assert!(
        said.contains("is in use by another service") && said.contains(&running.child.id().to_string()),
        "{said}"
    );
    let other = TempDir::new().unwrap();
    let data = other.path().display().to_string();
    let address = running.url().replace("http://", "");
    let said = complaint(&["--listen", &address, "--data", &data], &[]);
    assert!(said.contains(&address) && said.contains("choose another with --listen"), "{said}");
}
