//! A headless Chromium from npm, in a page of another origin: what Node plays, and the first flow of the chat.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::peer::{binary, folder, npm, run_within};
use crate::shell::target;

/// Runs both; screenshots stay in the target folder.
pub(crate) fn run() -> Result<()> {
    npm(&folder(), "socket.io-client")?;
    let browser = folder().join("browser");
    npm(&browser, "@sparticuz/chromium")?;
    let mut node = Command::new("node");
    node.current_dir(browser).args([
        "--test",
        "--test-reporter=spec",
        "--test-concurrency=1",
        "cases.mjs",
        "browser.mjs",
    ]);
    node.env("PARLANCE_ECHO_BIN", binary("echo"))
        .env("PARLANCE_RECOVERING_BIN", binary("examples/recovering"));
    node.env("PARLANCE_BIN", binary("parlance")).env("PARLANCE_TARGET", target());
    run_within(Duration::from_secs(150), &mut node)
}
