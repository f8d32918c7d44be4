//! The cases of both protocols, again and again, on a quiet and on a busy machine; also the official suites themselves.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::browser;
use super::load::Busy;
use super::peer::{Server, folder, npm, run_within};

/// Of each kind, when all suites are run.
pub(crate) const FEW: u32 = 3;
/// Of each kind, when this one is asked for.
pub(crate) const MANY: u32 = 20;

/// One run takes some 8 s.
const RUN: Duration = Duration::from_secs(60);
/// All runs of a kind must be done within this for each.
const MEAN: Duration = Duration::from_secs(20);

/// Plays our own cases this often on a quiet machine, and as often with every core busy.
pub(crate) fn run(runs: u32) -> Result<()> {
    npm(&folder(), "ws")?;
    let cases = folder().join("protocol");
    run_within(Duration::from_secs(30), Command::new("node").current_dir(&cases).arg("wrong.mjs"))?;
    let echo = Server::strict_echo(0)?;
    repeat(runs, || run_within(RUN, Command::new("node").current_dir(&cases).arg("play.mjs").arg(&echo.url)))
}

/// Plays the official suites, which are in a checkout of their repository; they know no port but 3000.
pub(crate) fn official(checkout: &Path, runs: u32) -> Result<()> {
    let suites = suites(checkout)?;
    let _echo = Server::strict_echo(3000)?;
    // Once, and before the many runs, as what Chromium needs may have to be fetched.
    browser::official(&suites)?;
    repeat(runs, || {
        for suite in &suites {
            let mut mocha = Command::new("node");
            mocha.current_dir(suite).arg("node_modules/mocha/bin/mocha");
            // It would wait for websockets that its last case leaves open.
            run_within(RUN, mocha.args(["--exit", "--reporter", "dot", "test-suite.js"]))?;
        }
        Ok(())
    })
}

/// The folders of both suites.
fn suites(checkout: &Path) -> Result<[PathBuf; 2]> {
    let checkout = std::path::absolute(checkout)?;
    let find = |protocol: &str, suite: &str| -> Result<PathBuf> {
        let places = [format!("docs/{protocol}/{suite}"), format!("{protocol}/{suite}"), protocol.to_owned()];
        let mut places = places.iter().map(|place| checkout.join(place));
        let Some(found) = places.find(|place| place.join("test-suite.js").is_file()) else {
            bail!("{} is no checkout of socketio/socket.io: no docs/{protocol}/{suite}", checkout.display());
        };
        if !found.join("node_modules/mocha").is_dir() {
            bail!("`npm ci` has not been run in {}", found.display());
        }
        Ok(found)
    };
    Ok([find("engine.io-protocol", "v4-test-suite")?, find("socket.io-protocol", "v5-test-suite")?])
}

/// Goes on when a run fails, to say how many do.
fn repeat(runs: u32, mut play: impl FnMut() -> Result<()>) -> Result<()> {
    let mut failed = Vec::new();
    for (machine, is_busy) in [("quiet", false), ("busy", true)] {
        let _busy = is_busy.then(Busy::start);
        let start = Instant::now();
        for run in 1..=runs {
            if start.elapsed() > MEAN * runs {
                bail!(
                    "{} runs on a {machine} machine took longer than {} s",
                    run - 1,
                    (MEAN * runs).as_secs()
                );
            }
            let outcome = play();
            println!(
                "{machine} machine, run {run} of {runs}: {}",
                if outcome.is_ok() { "passed" } else { "FAILED" }
            );
            failed.extend(outcome.err().map(|why| format!("{machine} machine, run {run}: {why}")));
        }
    }
    if !failed.is_empty() {
        bail!("{} of {} runs failed:\n{}", failed.len(), 2 * runs, failed.join("\n"));
    }
    println!("{} runs of {} passed", 2 * runs, 2 * runs);
    Ok(())
}
