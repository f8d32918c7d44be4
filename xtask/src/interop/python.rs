//! python-socketio's client, and the folder that Python's packages go to.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::peer::{binary, folder, run_within};
use crate::shell;

/// Runs its checks, which start the server themselves.
pub(crate) fn run() -> Result<()> {
    let programs = installed()?;
    for parser in ["json", "msgpack"] {
        let mut python = Command::new(programs.join("python"));
        python.current_dir(folder()).arg("python_client.py").arg(binary("echo")).arg(parser);
        run_within(Duration::from_secs(100), &mut python)?;
    }
    Ok(())
}

/// The programs of a virtual environment that holds `requirements.txt` as it is now.
pub(crate) fn installed() -> Result<PathBuf> {
    let environment = folder().join(".venv");
    let programs = environment.join("bin");
    let wanted = std::fs::read_to_string(folder().join("requirements.txt")).context("requirements.txt")?;
    // Written last, so that what was broken off is begun again.
    let installed = environment.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
        return Ok(programs);
    }
    let mut create = Command::new("python3");
    shell::run(create.current_dir(folder()).args(["-m", "venv", "--clear", ".venv"]))?;
    let mut install = Command::new(programs.join("python"));
    install.current_dir(folder()).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    shell::run(install.args(["-r", "requirements.txt"]))?;
    std::fs::write(&installed, wanted).context("could not write down what is installed")?;
    Ok(programs)
}
