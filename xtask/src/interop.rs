//! Other people's clients, servers, browser and test suites, against release builds of ours.

mod autobahn;
mod browser;
mod load;
mod node;
mod node_server;
mod peer;
mod protocol;
mod python;
mod rust_client;

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::shell::{self, cargo};

/// What is played.
struct Suite {
    name: &'static str,
    run: fn() -> Result<()>,
}

/// All but the test files of Node, which are found by name.
const SUITES: &[Suite] = &[
    Suite { name: "protocol", run: || protocol::run(protocol::FEW) },
    Suite { name: "python", run: python::run },
    Suite { name: "rust-client", run: rust_client::run },
    Suite { name: "node-server", run: node_server::run },
    Suite { name: "browser", run: browser::run },
    Suite { name: "autobahn", run: autobahn::run },
];

/// `only` names suites and test files (`flows`, `python`, …); none means all. `protocol` alone is played more often.
pub(crate) fn run(only: &[&str]) -> Result<()> {
    match only {
        ["official", checkout] => {
            build()?;
            return protocol::official(Path::new(checkout), protocol::MANY);
        }
        ["official", ..] => bail!("`official` needs one folder: a checkout of socketio/socket.io"),
        ["protocol"] => {
            build()?;
            return protocol::run(protocol::MANY);
        }
        _ => {}
    }
    let files = node::files()?;
    let known: Vec<&str> =
        files.iter().map(String::as_str).chain(SUITES.iter().map(|suite| suite.name)).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(name)) {
        bail!("there is no suite `{unknown}`; there are {}", known.join(", "));
    }
    let wanted = |name: &str| only.is_empty() || only.contains(&name);
    let files: Vec<&str> = files.iter().map(String::as_str).filter(|file| wanted(file)).collect();
    let suites: Vec<&Suite> = SUITES.iter().filter(|suite| wanted(suite.name)).collect();

    build()?;
    let mut took = Vec::new();
    let mut timed = |name: String, run: &dyn Fn() -> Result<()>| -> Result<()> {
        println!("\n== interop: {name}");
        let start = Instant::now();
        run()?;
        took.push(format!("{:>6.1} s  {name}", start.elapsed().as_secs_f32()));
        Ok(())
    };
    if !files.is_empty() {
        timed(files.join(", "), &|| node::run(&files))?;
    }
    for suite in suites {
        timed(suite.name.to_owned(), &suite.run)?;
    }
    println!("\nall of it passed:\n{}", took.join("\n"));
    Ok(())
}

fn build() -> Result<()> {
    // Always both, as other features of what they share would be another build of it.
    shell::run(&mut cargo(&[
        "build",
        "--locked",
        "--release",
        "-p",
        "parlance-server",
        "-p",
        "echo",
        "-p",
        "tally",
    ]))?;
    let examples = ["--example", "recovering", "--example", "against_node"];
    shell::run(cargo(&["build", "--locked", "--release", "-p", "parlance-socketio"]).args(examples))?;
    Ok(())
}
