//! The comparison with other servers: builds ours as it is handed out, runs them all, and puts the tables into
//! `docs/performance.md`.
//!
//! The comparison itself, with its load generator and the other servers, is not part of this repository; it is a folder with
//! a `compare.py`, set up as its own README says. If that built its programs somewhere else than in its own `target`,
//! `BENCH_TARGET_DIR` names the folder.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::shell::{self, cargo, root, target};

/// What we are called in the tables.
const NAME: &str = "parlance";

/// Whom we are compared with, unless the arguments say otherwise.
const SERVERS: &str = "parlance,node20-ws,socketioxide,raw-tungstenite";

/// What is measured, unless the arguments say otherwise.
const CASES: &str = "echo-64,echo-64-w1,echo-1k,echo-16k,fanout-1x1000,fanout-100x10,stream,idle-10k";

/// Between these lines stand the tables.
const BEGIN: &str = "<!-- tables: begin -->";
const END: &str = "<!-- tables: end -->";

/// Runs the comparison in `folder`, with more arguments for `compare.py run`. Those that come later win over ours.
pub(crate) fn run(folder: &str, more: &[&str]) -> Result<()> {
    let folder = Path::new(folder).canonicalize().with_context(|| format!("the folder {folder:?}"))?;
    ensure!(
        folder.join("compare.py").is_file(),
        "there is no compare.py in {}: name the folder of the comparison",
        folder.display()
    );
    let document = root().join("docs/performance.md");
    let text = std::fs::read_to_string(&document).context("docs/performance.md")?;
    // Before anything is measured for nothing.
    replace(&text, "")?;
    shell::run(&mut cargo(&["build", "--locked", "--profile", "ship", "-p", "parlance-bench-server"]))?;
    let server = target().join("ship/parlance-bench-server");
    let server = server.canonicalize().with_context(|| format!("{}", server.display()))?;
    let mut compare = Command::new("python3");
    compare.current_dir(&folder).args(["compare.py", "run", "--servers", SERVERS, "--cases", CASES]);
    compare.arg("--add").arg(format!("{NAME}={}", server.display())).args(more);
    // Where its own programs are; ours are somewhere else.
    match std::env::var_os("BENCH_TARGET_DIR") {
        Some(target) => compare.env("CARGO_TARGET_DIR", target),
        None => compare.env_remove("CARGO_TARGET_DIR"),
    };
    let output = compare.stderr(Stdio::inherit()).output().context("could not start python3")?;
    if !output.status.success() {
        bail!("compare.py failed: {}", output.status);
    }
    let tables = String::from_utf8(output.stdout).context("the tables")?;
    ensure!(tables.contains(NAME), "compare.py has printed no tables with {NAME} in them");
    std::fs::write(&document, replace(&text, &tables)?).context("docs/performance.md")?;
    println!("\nthe tables in docs/performance.md are new; what is said about them may not hold any more");
    Ok(())
}

/// The document with other tables.
fn replace(document: &str, tables: &str) -> Result<String> {
    let (before, rest) = document
        .split_once(BEGIN)
        .with_context(|| format!("docs/performance.md has no line {BEGIN:?}: put it where the tables go"))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("docs/performance.md has no line {END:?} after {BEGIN:?}"))?;
    Ok(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", tables.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_lines_changes() -> Result<()> {
        let document = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let replaced = replace(&document, "\nnew\n")?;
        assert_eq!(replaced, format!("a\n{BEGIN}\n\nnew\n\n{END}\nb\n"));
        assert_eq!(replace(&replaced, "new")?, replaced);
        assert!(replace("no lines", "new").is_err());
        assert!(replace(&format!("{END}{BEGIN}"), "new").is_err());
        Ok(())
    }
}
