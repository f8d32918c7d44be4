//! The handlers, a file per group of the document.

mod chat;
mod monitoring;
mod session;
mod tool;
