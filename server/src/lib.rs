//! The service: handlers, sessions, the Gemini client, tools and the store behind the chat protocol.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod auth;
pub mod cli;
pub mod config;
pub mod gemini;
mod handlers;
pub mod moment;
pub mod monitoring;
pub mod protocol;
pub mod rest;
pub mod service;
pub mod session;
pub mod store;
pub mod tools;
