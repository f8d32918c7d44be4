//! The samples of runs: files with a line of JSON for each, and beside each file a note on how it came to be.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::shell::root;

/// How a run was made.
pub(super) struct Note<'a> {
    /// What `compare.py` was told.
    pub(super) arguments: &'a [String],
    /// How busy the machine was before.
    pub(super) load: Option<String>,
    /// What `cargo` was told.
    pub(super) build: &'a [&'a str],
}

/// Writes it beside the samples.
pub(super) fn note(samples: &Path, note: &Note<'_>) -> Result<()> {
    let arguments: Vec<_> = note.arguments.iter().map(|argument| shown(argument)).collect();
    let text = json!({
        "build": format!("cargo {}", note.build.join(" ")),
        "run": format!("compare.py {}", arguments.join(" ")),
        "load": note.load,
        "commit": commit(),
    });
    let path = samples.with_extension("note.json");
    std::fs::write(&path, text.to_string()).with_context(|| format!("{}", path.display()))
}

/// An argument as others can read it: where a program is on this machine is nothing to them.
fn shown(argument: &str) -> String {
    match argument.split_once("=/") {
        Some((name, path)) => format!("{name}=…/{}", path.rsplit('/').next().unwrap_or_default()),
        None => argument.to_owned(),
    }
}

/// How many programs wanted the processor in the last 1, 5 and 15 minutes.
pub(super) fn load() -> Option<String> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    Some(text.split_whitespace().take(3).collect::<Vec<_>>().join(", "))
}

/// What was built.
fn commit() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git").current_dir(root()).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    // The tables themselves change nothing that is built.
    let changes = git(&["status", "--porcelain", "--untracked-files=no", "--", ":!docs"])?;
    Some(if changes.is_empty() { commit } else { format!("{commit}, changed") })
}

/// Samples.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// Who took part.
    servers: BTreeSet<String>,
    cases: BTreeSet<String>,
    rounds: BTreeSet<String>,
    samples: usize,
    /// Of each sample that could not be had, the server.
    failed: Vec<String>,
    /// One of each file that has one.
    pub(super) notes: Vec<Value>,
}

impl Results {
    /// Of files.
    pub(super) fn read(files: &[PathBuf]) -> Result<Self> {
        let mut results = Self::default();
        for file in files {
            let text = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
            for (number, line) in text.lines().enumerate() {
                let entry: Value = serde_json::from_str(line)
                    .with_context(|| format!("{}, line {}", file.display(), number + 1))?;
                results.add(&entry);
            }
            if let Ok(note) = std::fs::read_to_string(file.with_extension("note.json")) {
                results.notes.push(serde_json::from_str(&note).context("a note beside the samples")?);
            }
        }
        Ok(results)
    }

    fn add(&mut self, entry: &Value) {
        let (Some(server), Some(case), Some(round)) =
            (entry["server"].as_str(), entry["case"].as_str(), entry["round"].as_str())
        else {
            // What the machine is.
            return;
        };
        self.servers.insert(server.into());
        self.cases.insert(case.into());
        self.rounds.insert(round.into());
        self.samples += 1;
        if !entry["error"].is_null() {
            self.failed.push(server.into());
        }
    }

    /// Whether a server took part.
    pub(super) fn has(&self, server: &str) -> bool {
        self.servers.contains(server)
    }

    /// Who took part.
    pub(super) fn servers(&self) -> impl Iterator<Item = &str> {
        self.servers.iter().map(String::as_str)
    }

    /// How many samples of a server could not be had.
    pub(super) fn failures(&self, server: &str) -> usize {
        self.failed.iter().filter(|failed| *failed == server).count()
    }

    /// What was done, in one line.
    pub(super) fn summary(&self) -> String {
        format!(
            "{} samples, of which {} failed; rounds: {}; cases: {}; servers: {}",
            self.samples,
            self.failed.len(),
            self.rounds.len(),
            join(&self.cases),
            join(&self.servers)
        )
    }
}

fn join(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_this_machine_is_not_shown() {
        assert_eq!(shown("--add"), "--add");
        assert_eq!(shown("a=/home/b/c"), "a=…/c");
    }

    #[test]
    fn samples_are_counted_and_those_that_failed_are_known() {
        let mut results = Results::default();
        results.add(&json!({ "facts": {} }));
        results.add(&json!({ "server": "a", "case": "x", "round": "1/0", "result": {} }));
        results.add(&json!({ "server": "b", "case": "x", "round": "1/0", "error": "no" }));
        assert!(results.has("a") && !results.has("c"));
        assert_eq!((results.failures("a"), results.failures("b")), (0, 1));
        assert_eq!(results.summary(), "2 samples, of which 1 failed; rounds: 1; cases: x; servers: a, b");
    }
}
