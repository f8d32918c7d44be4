//! Our clients against our server, through a proxy that cuts their connections: everything must arrive once and in order.

use anyhow::Result;

use crate::shell::{self, cargo};

/// What is enough to see that it still holds.
pub(crate) const SHORT: &[&str] =
    &["--clients", "200", "--broadcasts", "60", "--seconds", "6", "--up", "3", "--down", "1"];

/// The arguments are those of `socketio/examples/soak`.
pub(crate) fn run(more: &[&str]) -> Result<()> {
    let program =
        ["run", "--quiet", "--locked", "--release", "-p", "parlance-socketio", "--example", "soak", "--"];
    shell::run(cargo(&program).args(more))
}
