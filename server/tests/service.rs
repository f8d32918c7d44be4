//! The whole service, in-process, as its clients see it: every test has a server, a store and a scripted model of its own.
//!
//! Nothing here waits for time to pass. A test decides when the model says what and when a tool ends; whether something does *not*
//! come is seen by asking the session something whose answer comes after it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod service {
    mod approvals;
    mod binary;
    mod calls;
    mod chat;
    mod execute;
    mod joining;
    mod monitoring;
    mod person;
    mod puppets;
    mod restart;
    mod tokens;
    mod world;
}
