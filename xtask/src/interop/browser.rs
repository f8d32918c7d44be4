//! A headless Chromium from npm, in a page of another origin: what Node plays, and the first flow of the chat.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::peer::{binary, folder, npm, run_within};
use crate::shell::target;

/// Plays these official suites against port 3000.
pub(crate) fn official(suites: &[PathBuf]) -> Result<()> {
    let mut node = ready()?;
    node.arg("official.mjs").args(suites);
    run_within(Duration::from_secs(150), &mut node)
}

/// Node in the folder, with Chromium there.
fn ready() -> Result<Command> {
    npm(&folder(), "socket.io-client")?;
    let browser = folder().join("browser");
    npm(&browser, "@sparticuz/chromium")?;
    let mut node = Command::new("node");
    node.current_dir(browser).env("PARLANCE_TARGET", target());
    Ok(node)
}

/// Runs both; screenshots stay in the target folder.
pub(crate) fn run() -> Result<()> {
    let mut node = ready()?;
    // One after the other, as the first unpacks Chromium.
    node.args(["--test", "--test-reporter=spec", "--test-concurrency=1", "cases.mjs", "browser.mjs"]);
    node.env("PARLANCE_ECHO_BIN", binary("echo"))
        .env("PARLANCE_RECOVERING_BIN", binary("examples/recovering"));
    run_within(Duration::from_secs(150), node.env("PARLANCE_BIN", binary("parlance")))
}
