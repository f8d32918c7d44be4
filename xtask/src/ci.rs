//! What CI runs, in the order in which a mistake is cheapest to find.

use anyhow::Result;

use crate::shell::{self, cargo, target};
use crate::{edit, fuzz, interop, soak};

pub(crate) fn run() -> Result<()> {
    shell::run(&mut cargo(&["fmt", "--all", "--check"]))?;
    shell::run(&mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    shell::run(&mut cargo(&["test", "--locked", "--workspace"]))?;
    shell::run(cargo(&["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    // A workspace of its own, with the versions of this one where both have a crate.
    let fuzz = ["check", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target-dir"];
    shell::run(cargo(&fuzz).arg(target()))?;
    edit::run()?;
    interop::run(&[])?;
    soak::run(soak::SHORT)?;
    fuzz::all(fuzz::SHORT)
}
