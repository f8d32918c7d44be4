//! `rust_socketio`, in a workspace of its own.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::peer::{Server, folder, run_within};
use crate::shell::{self, target};

/// Builds it and runs its checks.
pub(crate) fn run() -> Result<()> {
    let built = target().join("interop-rust-client");
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(folder().join("rust-client")).env("CARGO_TARGET_DIR", &built);
    shell::run(build.args(["build", "--locked", "--quiet"]))?;
    let (echo, beating) = (Server::echo(&[])?, Server::beating_echo()?);
    let mut client = Command::new(built.join("debug/interop-rust-client"));
    run_within(Duration::from_secs(60), client.args([&echo.url, &beating.url]))
}
