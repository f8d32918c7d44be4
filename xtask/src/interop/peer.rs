//! The processes of a suite: servers that are stopped when it ends, and players that must end in time.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell::{self, root, target};

/// For a server to say where it listens.
const STARTING: Duration = Duration::from_secs(20);

/// The folder of the suites.
pub(crate) fn folder() -> PathBuf {
    root().join("tests/interop")
}

/// A release binary of the workspace.
pub(crate) fn binary(name: &str) -> PathBuf {
    target().join("release").join(name)
}

/// A server that is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts it, and waits for the URL of this scheme that it prints.
    pub(crate) fn start(command: &mut Command, scheme: &'static str) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start `{program}`"))?;
        let output = child.stdout.take();
        let mut server = Self { child, url: String::new() };
        let (found, url) = mpsc::channel();
        // Reads on to the end, so that the server is never held up by what it prints.
        thread::spawn(move || {
            for line in output.into_iter().flat_map(|output| BufReader::new(output).lines()) {
                let Ok(line) = line else { break };
                if let Some(at) = line.find(scheme) {
                    let _ = found.send(line[at..].split_whitespace().next().unwrap_or_default().to_owned());
                }
            }
        });
        server.url = url
            .recv_timeout(STARTING)
            .with_context(|| format!("`{program}` did not say where it listens"))?;
        Ok(server)
    }

    /// `examples/echo` on a free port. Its heartbeats are slow, so that a busy machine changes nothing.
    pub(crate) fn echo(flags: &[&str]) -> Result<Self> {
        Self::start(&mut Self::slow_echo(flags), "http://")
    }

    /// The same, at the address of its plain websockets.
    pub(crate) fn echo_raw(flags: &[&str]) -> Result<Self> {
        Self::start(&mut Self::slow_echo(flags), "ws://")
    }

    /// The same with heartbeats so fast that many fit into a test, and time for the answers.
    pub(crate) fn beating_echo() -> Result<Self> {
        let mut command = Command::new(binary("echo"));
        command.args(["--port", "0", "--ping-interval", "150", "--ping-timeout", "1000"]);
        Self::start(&mut command, "http://")
    }

    /// The same with the heartbeats and bounds that the suites of the protocols are written for, on this port.
    pub(crate) fn strict_echo(port: u16) -> Result<Self> {
        let mut command = Command::new(binary("echo"));
        command.args(["--ping-interval", "300", "--ping-timeout", "200", "--connect-timeout", "1400"]);
        Self::start(command.args(["--max-payload", "1000000", "--port", &port.to_string()]), "http://")
    }

    fn slow_echo(flags: &[&str]) -> Command {
        let mut command = Command::new(binary("echo"));
        command.args(["--port", "0", "--ping-interval", "25000", "--ping-timeout", "20000"]).args(flags);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs it as [`shell::run`] does, but not for longer than this.
pub(crate) fn run_within(limit: Duration, command: &mut Command) -> Result<()> {
    let shown = shell::show(command);
    println!("\n$ {shown}");
    let mut child = command.spawn().with_context(|| format!("could not start `{shown}`"))?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            bail!("`{shown}` took longer than {} s", limit.as_secs());
        }
        thread::sleep(Duration::from_millis(20));
    };
    if !status.success() {
        bail!("`{shown}` failed: {status}");
    }
    Ok(())
}

/// What npm's lock file names, unless it is there.
pub(crate) fn npm(folder: &std::path::Path, package: &str) -> Result<()> {
    if folder.join("node_modules").join(package).exists() {
        return Ok(());
    }
    let mut install = Command::new("npm");
    install.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    shell::run(&mut install)
}
