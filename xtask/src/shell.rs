//! Running other programs, saying which, and stopping at the first that fails.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// The folder cargo builds into.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A cargo command in the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments);
    command
}

/// Runs it, printing what and how long; an error when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("\n$ {shown}");
    let start = Instant::now();
    let status = command.status().with_context(|| format!("could not start `{shown}`"))?;
    println!("({:.1} s) {shown}", start.elapsed().as_secs_f32());
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}

/// Runs it quietly; whether it succeeded, and everything it printed.
pub(crate) fn capture(command: &mut Command) -> Result<(bool, String)> {
    let shown = show(command);
    println!("\n$ {shown}");
    let output = command.output().with_context(|| format!("could not start `{shown}`"))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok((output.status.success(), text))
}

/// A command as it is typed.
pub(crate) fn show(command: &Command) -> String {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or(command.get_program()).to_string_lossy();
    let mut shown = name.into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}
