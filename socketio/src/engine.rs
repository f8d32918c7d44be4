//! The Engine.IO connection as state machines: what comes in, and the time, are arguments; what is to be done is the answer.

mod handshake;
mod heartbeat;
mod pace;
mod polling;
mod query;
mod refusal;
mod scan;
mod whole;

pub use handshake::{Handshake, Upgrade};
pub use heartbeat::{ClientHeartbeat, Due, Heartbeat};
pub use pace::Pace;
pub use polling::{OnGet, OnProbe, PollCycle};
pub use query::{Query, TransportName};
pub use refusal::Refusal;
pub use scan::{FrameError, FrameLimits, FrameScanner};
pub use whole::{InvalidText, Progress, Whole};
