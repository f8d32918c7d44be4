//! What this process holds. That is only a test's own where nothing else runs in the process.

use std::sync::{Mutex, PoisonError};

/// Says to this program that it is to run the test of that name, and nothing else.
pub(crate) const ALONE: &str = "PARLANCE_TEST_ALONE";

/// Resident bytes at the end of each test that has run here, while its server still served.
static MEMORY: Mutex<Vec<u64>> = Mutex::new(Vec::new());

/// File descriptors; none where the system does not say.
pub(crate) fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Resident bytes; none where the system does not say.
pub(crate) fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() << 10
}

/// A test is over, and its server holds nothing any more. Before, it had so many descriptors.
pub(crate) fn is_as_before(open: usize) {
    if std::env::var_os(ALONE).is_some() {
        assert_eq!(descriptors(), open, "file descriptors");
        MEMORY.lock().unwrap_or_else(PoisonError::into_inner).push(memory());
    }
}

/// What was seen since this was asked for.
pub(crate) fn seen() -> Vec<u64> {
    std::mem::take(&mut *MEMORY.lock().unwrap_or_else(PoisonError::into_inner))
}
