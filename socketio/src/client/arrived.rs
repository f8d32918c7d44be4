//! How many bytes of events wait to be taken out, so that a server cannot fill the memory of who is slow with few but long ones.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use tokio::sync::Notify;

/// Shared by who puts events in and who takes them out.
#[derive(Debug)]
pub(crate) struct Arrived {
    bytes: AtomicUsize,
    most: usize,
    taken: Notify,
}

impl Arrived {
    pub(crate) fn new(most: usize) -> Self {
        Self { bytes: AtomicUsize::new(0), most, taken: Notify::new() }
    }

    /// Whether more may be read.
    pub(crate) fn has_room(&self) -> bool {
        self.bytes.load(SeqCst) < self.most.max(1)
    }

    pub(crate) fn put(&self, bytes: usize) {
        self.bytes.fetch_add(bytes, SeqCst);
    }

    pub(crate) fn take(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, SeqCst);
        self.taken.notify_one();
    }

    /// Waits until something was taken out.
    pub(crate) async fn taken(&self) {
        self.taken.notified().await;
    }
}
