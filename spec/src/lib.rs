//! The event-specification language: text to tree with spans, to checked model, and what follows from it.

pub mod model;
