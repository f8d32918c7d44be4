//! Stock clients from npm, and somebody else's Gemini endpoint, against the release server.

use std::process::Command;

use anyhow::{Context, Result};

use crate::shell::{self, cargo, root, target};

/// `only` names test files (`flows`, `gemini`, …); none means all.
pub(crate) fn run(only: &[&str]) -> Result<()> {
    let folder = root().join("tests/interop");
    shell::run(&mut cargo(&["build", "--locked", "--release", "-p", "parlance-server"]))?;
    let example = ["build", "--locked", "--release", "-p", "parlance-socketio", "--example", "recovering"];
    shell::run(&mut cargo(&example))?;
    if !folder.join("node_modules/socket.io-client").exists() {
        let mut install = Command::new("npm");
        install.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        shell::run(&mut install)?;
    }
    let mut files: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&folder).context("tests/interop")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let wanted = only.is_empty() || only.iter().any(|test| name.starts_with(test));
        if name.ends_with(".test.mjs") && wanted {
            files.push(name);
        }
    }
    files.sort();
    let mut node = Command::new("node");
    node.current_dir(&folder).args(["--test", "--test-reporter=spec"]).args(&files);
    node.env("PARLANCE_BIN", target().join("release/parlance"));
    shell::run(node.env("PARLANCE_RECOVERING_BIN", target().join("release/examples/recovering")))
}
