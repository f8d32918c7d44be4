//! Our client against Node's server, with packets written in either way.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::peer::{Server, binary, folder, npm, run_within};

/// Runs the example of the client.
pub(crate) fn run() -> Result<()> {
    npm(&folder(), "socket.io-msgpack-parser")?;
    for parser in ["json", "msgpack"] {
        let mut node = Command::new("node");
        let server = Server::start(node.current_dir(folder()).args(["node-server.mjs", parser]), "http://")?;
        let mut client = Command::new(binary("examples/against_node"));
        run_within(Duration::from_secs(100), client.args([&server.url, parser]))?;
    }
    Ok(())
}
