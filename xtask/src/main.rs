//! Commands that need more than Rust: what CI runs, stock clients, golden files, the edit test,
//! the comparison with other servers.

mod bench;
mod ci;
mod edit;
mod fuzz;
mod golden;
mod interop;
mod shell;
mod soak;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask COMMAND

  ci         everything CI runs: format, clippy, tests, docs, then the suites below, a short soak and short fuzzing
  interop    stock clients, a browser, test suites and somebody else's Gemini against release builds; names pick some;
             `protocol` alone plays its cases 40 times, `official FOLDER` the suites of a checkout of socketio/socket.io
  soak       1,000 clients whose connections are cut again and again, for a minute: nothing may be lost, doubled or
             out of order; other numbers with --clients, --broadcasts, --seconds, --up, --down
  edit       edits a copy of the YAML: the build must name what is missing, new cases must appear
  fuzz [SECONDS]
             every fuzz target with libFuzzer, a minute each or as long as is said; needs a C++ compiler
  golden     refreshes every golden file (review the diff like code)
  bench [--bench codec|wire|dispatch|fanout] [-- NAME…]
             the micro-benches, all or some; the arguments are those of `cargo bench`
  bench FOLDER [ARGUMENTS]
             runs the comparison with other servers, which is in a folder outside this repository, and puts
             the tables into docs/performance.md; the arguments are those of its `compare.py run`, as in
             `--rounds 1 --cases echo-64,stream`, or `--report FILE…` for tables of what was measured before
";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ci"] => ci::run(),
        ["interop", rest @ ..] => interop::run(rest),
        ["soak", more @ ..] => soak::run(more),
        ["edit"] => edit::run(),
        ["fuzz"] => fuzz::run(None),
        ["fuzz", seconds] => fuzz::run(Some(seconds)),
        ["golden"] => golden::run(),
        ["bench", folder, more @ ..] if !folder.starts_with('-') => bench::compare(folder, more),
        ["bench", arguments @ ..] => bench::micro(arguments),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("no such command: {}\n\n{USAGE}", other.join(" ")),
    }
}
