//! What has come over a connection and is to be worked through.

use bytes::Bytes;

use super::ids::SocketId;
use crate::packet::Text;

/// What the Socket.IO half gets to see.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A Socket.IO packet, with the Engine.IO `4` in front.
    Text(Text),
    /// An attachment.
    Binary(Bytes),
    /// What came is no packet, for this reason.
    Malformed(Box<str>),
    /// This socket was sent away.
    Leave(SocketId),
    /// All of the connection's sockets were.
    Dismiss,
}

impl Incoming {
    /// Bytes of the client's that it holds.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(binary) => binary.len(),
            Self::Malformed(_) | Self::Leave(_) | Self::Dismiss => 0,
        }
    }
}
