//! The cases of the Autobahn test suite, but for those of compression, which is not offered.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::peer::{Server, folder, run_within};
use super::python;
use crate::shell::target;

/// Runs them against the raw websocket of the echo server; the reports stay in the target folder.
pub(crate) fn run() -> Result<()> {
    let programs = python::installed()?;
    let reports = target().join("interop-autobahn");
    std::fs::create_dir_all(&reports).context("the folder of the reports")?;
    // Section 9 has messages of 16 MiB, and of as many fragments as fit.
    let echo = Server::echo_raw(&["--raw-port", "0", "--max-payload", "67108864"])?;
    let mut suite = Command::new(programs.join("kosoku"));
    suite.current_dir(folder()).args([&*echo.url, "-p", "2", "-x", "12.*", "-x", "13.*", "-o"]).arg(&reports);
    run_within(Duration::from_secs(90), &mut suite)
}
