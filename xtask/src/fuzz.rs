//! Every fuzz target with libFuzzer, on stable Rust: without a sanitizer, which safe code has little use for.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, cargo, root, target};

/// For each target, in seconds: what is enough to see that they run and find nothing at once.
pub(crate) const SHORT: u32 = 2;

/// By default.
const LONG: u32 = 60;

/// An input may take so many seconds, on a machine that has other things to do as well.
const TIMEOUT: u32 = 5;

/// What it was tried with.
const VERSION: &str = "0.13.2";

/// For so many seconds each.
pub(crate) fn run(seconds: Option<&str>) -> Result<()> {
    let seconds = seconds.map_or(Ok(LONG), str::parse).context("a number of seconds for each target")?;
    all(seconds)
}

pub(crate) fn all(seconds: u32) -> Result<()> {
    let tools = target().join("fuzz-tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.exists() {
        let install = ["install", "cargo-fuzz", "--locked", "--version", VERSION, "--root"];
        shell::run(cargo(&install).arg(&tools))?;
    }
    let folder = target().join("fuzz");
    let command = |name: &str| {
        let mut command = Command::new(&program);
        // The flags of rustc that it uses are not stable ones.
        command.current_dir(root()).env("RUSTC_BOOTSTRAP", "1");
        command.args(["fuzz", name, "--sanitizer", "none", "--target-dir"]).arg(&folder);
        command
    };
    shell::run(&mut command("build"))?;
    let mut report = String::new();
    for name in targets()? {
        let time = format!("-max_total_time={seconds}");
        let arguments = ["--", &time, &format!("-timeout={TIMEOUT}"), "-print_final_stats=1"];
        let (succeeded, output) = shell::capture(command("run").arg(&name).args(arguments))?;
        if !succeeded {
            bail!("{output}\n`{name}` has failed");
        }
        // `Done 3315386 runs in 11 second(s)`
        let done = output.lines().find(|line| line.starts_with("Done ")).unwrap_or("it says nothing");
        report.push_str(&format!("{name}: {done}\n"));
    }
    print!("\n{report}");
    Ok(())
}

/// The names of the programs.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in root().join("fuzz/fuzz_targets").read_dir()? {
        names.extend(entry?.path().file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort_unstable();
    Ok(names)
}
