//! What things cost: the micro-benches, or the comparison with other servers, which builds ours as it is handed out, runs them
//! all, and puts the tables into `docs/performance.md`.
//!
//! The comparison itself, with its load generator and the other servers, is not part of this repository; it is a folder with
//! a `compare.py`, set up as its own README says. If that built its programs somewhere else than in its own `target`,
//! `BENCH_TARGET_DIR` names the folder.

mod document;
mod peers;
mod results;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use crate::shell::{self, cargo, root, target};
use peers::Peers;
use results::Results;

/// What we are called in the tables.
const NAME: &str = "parlance";

/// What is measured, unless the arguments say otherwise.
const CASES: &str = "echo-64,echo-64-w1,echo-1k,echo-16k,fanout-1x1000,fanout-100x10,stream,idle-10k";

/// How often, unless the arguments say otherwise.
const ROUNDS: &str = "3";

/// How our server is built.
const BUILD: [&str; 6] = ["build", "--locked", "--profile", "ship", "-p", "parlance-bench-server"];

/// Runs the micro-benches, all or those that the arguments of `cargo bench` say.
pub(crate) fn micro(arguments: &[&str]) -> Result<()> {
    let mut bench = cargo(&["bench", "--locked", "-p", "parlance-bench"]);
    bench.args(arguments);
    if cfg!(unix) {
        // A thousand clients and their sockets take more file descriptors than shells give to begin with.
        let mut wide = Command::new("sh");
        wide.args(["-c", r#"ulimit -S -n "$(ulimit -H -n)"; exec "$@""#, "sh"]).arg(bench.get_program());
        wide.current_dir(root()).args(bench.get_args());
        bench = wide;
    }
    shell::run(&mut bench)
}

/// Runs the comparison in `folder`, with more arguments for `compare.py run`; those that come later win over ours. Or, after
/// `--report`, makes the tables of what was measured before.
pub(crate) fn compare(folder: &str, more: &[&str]) -> Result<()> {
    let folder = Path::new(folder).canonicalize().with_context(|| format!("the folder {folder:?}"))?;
    ensure!(
        folder.join("compare.py").is_file(),
        "there is no compare.py in {}: name the folder of the comparison",
        folder.display()
    );
    let document = root().join("docs/performance.md");
    let text = std::fs::read_to_string(&document).context("docs/performance.md")?;
    // Before anything is measured for nothing.
    document::replace(&text, "")?;
    let files: Vec<PathBuf> = match more {
        ["--report", files @ ..] => {
            ensure!(!files.is_empty(), "--report needs the files that runs have left");
            files
                .iter()
                .map(|file| Path::new(file).canonicalize().context(file.to_string()))
                .collect::<Result<_>>()?
        }
        _ => vec![measure(&folder, more)?],
    };
    let results = Results::read(&files)?;
    ensure!(results.has(NAME), "nothing in there is of {NAME}");
    let tables = document::tables(&results, &|limit| report(&folder, limit, &files))?;
    std::fs::write(&document, document::replace(&text, &tables)?).context("docs/performance.md")?;
    println!("\n{}", results.summary());
    println!("the tables in docs/performance.md are new; what is said about them may not hold any more");
    let failed = results.failures(NAME);
    ensure!(failed == 0, "{failed} of our own samples failed: the tables say why");
    Ok(())
}

/// Measures; where the results are.
fn measure(folder: &Path, more: &[&str]) -> Result<PathBuf> {
    ensure!(!says(more, "--out"), "--out is not for you to say: the samples go to a new file of their own");
    let peers = Peers::find(folder)?;
    for missing in &peers.missing {
        println!("not compared with {missing}");
    }
    let start = Instant::now();
    shell::run(&mut cargo(&BUILD))?;
    let server = target().join("ship/parlance-bench-server");
    let server = server.canonicalize().with_context(|| format!("{}", server.display()))?;
    let out = target().join("comparison");
    std::fs::create_dir_all(&out).with_context(|| format!("{}", out.display()))?;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let out = out.canonicalize()?.join(format!("{seconds}.jsonl"));

    let arguments = arguments(&peers, more, &server);
    // Before, so that it is there when the run is broken off: `--report` makes tables of what there is by then.
    results::note(&out, &results::Note { arguments: &arguments, load: results::load(), build: &BUILD })?;
    let mut compare = python(folder);
    compare.args(&arguments).arg("--out").arg(&out).stdout(Stdio::null());
    shell::run(&mut compare)?;
    println!("({:.0} s with the build) the samples are in {}", start.elapsed().as_secs_f32(), out.display());
    Ok(out)
}

/// What `compare.py` is told: what was asked for, and ours for everything else.
fn arguments(peers: &Peers, more: &[&str], server: &Path) -> Vec<String> {
    let servers = [&[NAME.to_owned()], &*peers.names].concat().join(",");
    let mut arguments = vec!["run".to_owned()];
    for (name, ours) in [("--servers", &*servers), ("--cases", CASES), ("--rounds", ROUNDS)] {
        if !says(more, name) {
            arguments.extend([name.to_owned(), ours.to_owned()]);
        }
    }
    arguments.extend(more.iter().map(|argument| (*argument).to_owned()));
    arguments.extend(["--add".to_owned(), format!("{NAME}={}", server.display())]);
    arguments
}

/// Whether an option is among the arguments.
fn says(arguments: &[&str], option: &str) -> bool {
    arguments.iter().any(|argument| argument.split('=').next() == Some(option))
}

/// The tables of these files, with one of the servers as what others are compared with.
fn report(folder: &Path, limit: &str, files: &[PathBuf]) -> Result<String> {
    let mut compare = python(folder);
    let output = compare
        .args(["report", "--limit", limit])
        .args(files)
        .stderr(Stdio::inherit())
        .output()
        .context("could not start python3")?;
    if !output.status.success() {
        bail!("compare.py report failed: {}", output.status);
    }
    String::from_utf8(output.stdout).context("the tables")
}

/// `compare.py`, which looks for its own programs where they were built; ours are somewhere else.
fn python(folder: &Path) -> Command {
    let mut command = Command::new("python3");
    command.current_dir(folder).arg("compare.py");
    command.env("CARGO_TARGET_DIR", peers::target(folder));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_said_once() {
        let peers = Peers { names: vec!["other".into()], missing: vec![] };
        let all = arguments(&peers, &["--rounds", "1", "--cases=echo-64"], Path::new("server"));
        let expected = "run --servers parlance,other --rounds 1 --cases=echo-64 --add parlance=server";
        assert_eq!(all.join(" "), expected);
        let all = arguments(&peers, &[], Path::new("server")).join(" ");
        assert!(all.contains("--rounds 3") && all.contains("--cases echo-64,"), "{all}");
    }
}
