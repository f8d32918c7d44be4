//! Refreshes every golden file of the workspace: expansions, diagnostics, lists.

use anyhow::Result;

use crate::shell::{self, cargo};

pub(crate) fn run() -> Result<()> {
    let mut command = cargo(&["test", "-p", "parlance-spec", "-p", "parlance-codegen"]);
    shell::run(command.env("UPDATE_GOLDEN", "1").env("TRYBUILD", "overwrite"))?;
    println!("\nrefreshed; read `git diff` before you commit it");
    Ok(())
}
