//! Panics of tasks, which nobody else would notice: tokio catches them, and what they were for ends as if its peer had gone.

use std::sync::{Mutex, Once, PoisonError};

use tokio::runtime::{Handle, Id};

/// Where and why, each with the runtime that it happened in: every test has its own.
static PANICS: Mutex<Vec<(Id, String)>> = Mutex::new(Vec::new());

/// Notes them from now on. A test that panics itself is in no task, and fails by itself.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if let (Some(_), Ok(runtime)) = (tokio::task::try_id(), Handle::try_current()) {
                let mut panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
                panics.push((runtime.id(), panic.to_string()));
            }
            before(panic);
        }));
    });
}

/// Those in a runtime, which are then forgotten.
pub(crate) fn take(runtime: Id) -> Vec<String> {
    let mut panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    panics.extract_if(.., |(other, _)| *other == runtime).map(|(_, panic)| panic).collect()
}
