//! The test files of Node: the stock client and somebody else's Gemini against the servers.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::peer::{binary, folder, npm, run_within};

const SUFFIX: &str = ".test.mjs";

/// What can be run, by name.
pub(crate) fn files() -> Result<Vec<String>> {
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder()).context("tests/interop")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        files.extend(name.strip_suffix(SUFFIX).map(str::to_owned));
    }
    files.sort();
    Ok(files)
}

/// Runs these.
pub(crate) fn run(files: &[&str]) -> Result<()> {
    // The one that was added last: whoever has it has all.
    npm(&folder(), "socket.io-msgpack-parser")?;
    let mut node = Command::new("node");
    node.current_dir(folder()).args(["--test", "--test-reporter=spec"]);
    node.args(files.iter().map(|file| format!("{file}{SUFFIX}")));
    node.env("PARLANCE_BIN", binary("parlance")).env("PARLANCE_ECHO_BIN", binary("echo"));
    node.env("PARLANCE_TALLY_BIN", binary("tally"));
    node.env("PARLANCE_RECOVERING_BIN", binary("examples/recovering"));
    run_within(Duration::from_secs(180), &mut node)
}
