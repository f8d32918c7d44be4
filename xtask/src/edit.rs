//! The edit test (filled in when the handlers stand).

use anyhow::Result;

pub(crate) fn run() -> Result<()> {
    Ok(())
}
