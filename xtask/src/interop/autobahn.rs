//! The cases of the Autobahn test suite, but for those of compression, which is not offered.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::peer::{Server, folder, run_within};
use super::python;
use crate::shell::target;

/// All that are played.
const CASES: usize = 301;

/// What nobody can be held to: a ping after a close, and codes of closing that no standard gives a meaning.
const INFORMATIONAL: [&str; 3] = ["7.1.6", "7.13.1", "7.13.2"];

/// Runs them against the raw websocket of the echo server; the reports stay in the target folder.
pub(crate) fn run() -> Result<()> {
    let programs = python::installed()?;
    let reports = target().join("interop-autobahn");
    if reports.exists() {
        std::fs::remove_dir_all(&reports).context("the reports of the last run")?;
    }
    std::fs::create_dir_all(&reports).context("the folder of the reports")?;
    // Section 9 has messages of 16 MiB, and of as many fragments as fit.
    let echo = Server::echo_raw(&["--raw-port", "0", "--max-payload", "67108864"])?;
    let mut suite = Command::new(programs.join("kosoku"));
    suite.current_dir(folder()).args([&*echo.url, "-p", "2", "-x", "12.*", "-x", "13.*", "-o"]).arg(&reports);
    run_within(Duration::from_secs(90), &mut suite)?;
    judge(&reports)
}

/// The suite itself is content with what is not strict.
fn judge(reports: &Path) -> Result<()> {
    let text = std::fs::read_to_string(reports.join("index.json")).context("the report")?;
    let servers: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_str(&text)?;
    let cases: Vec<_> = servers.into_values().flatten().collect();
    let mut ok = 0;
    let mut wrong = Vec::new();
    for (case, report) in &cases {
        let behaviors = [&report["behavior"], &report["behaviorClose"]];
        if behaviors.iter().all(|behavior| *behavior == "OK") {
            ok += 1;
        } else if !INFORMATIONAL.contains(&case.as_str())
            || behaviors.iter().any(|behavior| *behavior == "FAILED")
        {
            wrong.push(format!("{case}: {} and {}", behaviors[0], behaviors[1]));
        }
    }
    println!("{ok} of {} are OK, {} are not strict or failed", cases.len(), wrong.len());
    if !wrong.is_empty() || cases.len() != CASES {
        bail!(
            "of the {CASES} cases {} were played, and these are not OK:\n{}",
            cases.len(),
            wrong.join("\n")
        );
    }
    Ok(())
}
