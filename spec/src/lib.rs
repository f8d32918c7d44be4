//! The event-specification language: text to tree with spans, to checked model, and what follows from it.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod cases;
pub mod json;
pub mod model;
