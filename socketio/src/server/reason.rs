//! Why a socket is gone.

use std::fmt;

/// Why a socket is gone, in Node's words where Node has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisconnectReason {
    /// The client left the namespace.
    ClientNamespaceDisconnect,
    /// The server sent it away.
    ServerNamespaceDisconnect,
    /// The server stops.
    ServerShuttingDown,
    /// The client did not answer a ping.
    PingTimeout,
    /// The connection was closed.
    TransportClose,
    /// The connection failed.
    TransportError,
    /// What came is no Engine.IO.
    ParseError,
    /// A text that is no UTF-8.
    InvalidText,
    /// More control frames, fragments or time than allowed.
    PolicyViolation,
    /// What came is no Socket.IO.
    ForcedClose,
    /// No namespace was joined in time.
    ForcedServerClose,
    /// A message was longer than allowed.
    MessageTooLong,
    /// The client did not take what was sent to it.
    SlowConsumer,
    /// The service panicked over something of this connection.
    InternalError,
}

impl fmt::Display for DisconnectReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::ClientNamespaceDisconnect => "client namespace disconnect",
            Self::ServerNamespaceDisconnect => "server namespace disconnect",
            Self::ServerShuttingDown => "server shutting down",
            Self::PingTimeout => "ping timeout",
            Self::TransportClose => "transport close",
            Self::TransportError => "transport error",
            // Node has one word for both.
            Self::ParseError | Self::InvalidText => "parse error",
            Self::PolicyViolation => "policy violation",
            Self::ForcedClose => "forced close",
            Self::ForcedServerClose => "forced server close",
            Self::MessageTooLong => "message too long",
            Self::SlowConsumer => "slow consumer",
            Self::InternalError => "internal error",
        })
    }
}

impl DisconnectReason {
    /// The close code of the websocket (RFC 6455 section 7.4.1).
    pub(crate) fn close_code(self) -> u16 {
        match self {
            Self::ServerShuttingDown => 1001,
            Self::ParseError | Self::ForcedClose => 1002,
            Self::InvalidText => 1007,
            Self::MessageTooLong => 1009,
            Self::InternalError => 1011,
            Self::SlowConsumer | Self::PingTimeout | Self::ForcedServerClose | Self::PolicyViolation => 1008,
            _ => 1000,
        }
    }

    /// Whether its client may come back as the same socket: not when one of the two wanted the end, and not after garbage.
    pub(crate) fn is_recoverable(self) -> bool {
        match self {
            Self::TransportClose
            | Self::TransportError
            | Self::PingTimeout
            | Self::ForcedClose
            | Self::ForcedServerClose
            | Self::SlowConsumer
            | Self::ServerShuttingDown => true,
            Self::ClientNamespaceDisconnect
            | Self::ServerNamespaceDisconnect
            | Self::ParseError
            | Self::InvalidText
            | Self::PolicyViolation
            | Self::MessageTooLong
            | Self::InternalError => false,
        }
    }

    /// Whether the client did something that it must not.
    pub(crate) fn is_violation(self) -> bool {
        matches!(
            self,
            Self::ParseError
                | Self::InvalidText
                | Self::PolicyViolation
                | Self::ForcedClose
                | Self::MessageTooLong
        )
    }
}
