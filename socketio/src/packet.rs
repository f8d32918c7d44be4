//! Packets as bytes, without I/O: parsing borrows from what came in, encoding happens once per message.

mod args;
mod binary;
mod derived;
mod engine;
mod event;
mod frame;
mod growing;
mod json;
mod message;
mod msgpack;
mod payload;
mod placeholders;
mod socket;

pub use args::{Args, NoArgs};
pub use binary::Binary;
pub use engine::{EngineError, EngineType, parse_engine};
pub use event::{ArgsError, Event, EventError, MAX_NAME};
pub use growing::Growing;
pub use message::{Message, Prefix};
pub use msgpack::{MsgpackError, Parser, pack, unpack};
pub use payload::{Payload, PayloadError, PayloadPacket, RECORD_SEPARATOR};
pub use placeholders::check_placeholders;
pub use socket::{MAX_ATTACHMENTS, Packet, PacketError, PacketType, parse_packet};

pub(crate) use binary::reading;
pub(crate) use event::Places;
pub(crate) use frame::{binary_frame, close_frame, text_frame};
pub(crate) use message::Parts;
pub(crate) use payload::push_binary;

/// Text that is known to be UTF-8 and cheap to clone, as tungstenite hands it out.
pub type Text = tokio_tungstenite::tungstenite::Utf8Bytes;
