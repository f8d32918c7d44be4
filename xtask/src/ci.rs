//! What CI runs, in the order in which a mistake is cheapest to find.

use anyhow::Result;

use crate::shell::{self, cargo};
use crate::{edit, interop, soak};

pub(crate) fn run() -> Result<()> {
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    shell::run(&mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    shell::run(&mut cargo(&["test", "--locked", "--workspace"]))?;
    shell::run(cargo(&["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    edit::run()?;
    interop::run(&[])?;
    soak::run(soak::SHORT)
}
