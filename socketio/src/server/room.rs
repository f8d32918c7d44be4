//! Rooms, by name.

use std::sync::Arc;

/// The name of a room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room(Arc<str>);

impl Room {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Of a name.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }
}
