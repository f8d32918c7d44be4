//! The Engine.IO connection as state machines: what comes in, and the time, are arguments; what is to be done is the answer.

mod closing;
mod gets;
mod handshake;
mod heartbeat;
mod pace;
mod polling;
mod posts;
mod query;
mod refusal;
mod scan;
mod upgrading;
mod whole;

pub use closing::{Ending, Tombstone};
pub use gets::{GetQueue, MAX_GET_PACKETS};
pub use handshake::{Handshake, Upgrade};
pub use heartbeat::{ClientHeartbeat, Due, Heartbeat};
pub use pace::Pace;
pub use polling::{OnGet, OnProbe, OnSaid, PollCycle};
pub use posts::{EnginePacket, MAX_POST_PACKETS, PostQueue};
pub use query::{Query, TransportName};
pub use refusal::Refusal;
pub use scan::{FrameError, FrameLimits, FrameScanner};
pub use upgrading::Upgrading;
pub use whole::{InvalidText, Progress, Whole};
