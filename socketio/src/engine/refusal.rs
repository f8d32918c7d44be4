//! Refused requests, with Node's numbers and words.

/// Why a request is refused. Over HTTP it is a JSON object `{"code":…,"message":…}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The transport is missing or none of `polling` and `websocket`.
    UnknownTransport,
    /// There is no such session.
    UnknownSession,
    /// A session can only be opened with GET.
    BadHandshakeMethod,
    /// Anything else that makes no sense.
    BadRequest,
    /// The Origin is not allowed.
    Forbidden,
    /// The revision is not 4.
    UnsupportedVersion,
}

impl Refusal {
    /// The number, as in Node's `connection_error`.
    pub fn code(self) -> u8 {
        match self {
            Self::UnknownTransport => 0,
            Self::UnknownSession => 1,
            Self::BadHandshakeMethod => 2,
            Self::BadRequest => 3,
            Self::Forbidden => 4,
            Self::UnsupportedVersion => 5,
        }
    }

    /// The words.
    pub fn message(self) -> &'static str {
        match self {
            Self::UnknownTransport => "Transport unknown",
            Self::UnknownSession => "Session ID unknown",
            Self::BadHandshakeMethod => "Bad handshake method",
            Self::BadRequest => "Bad request",
            Self::Forbidden => "Forbidden",
            Self::UnsupportedVersion => "Unsupported protocol version",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        if self == Self::Forbidden { 403 } else { 400 }
    }

    /// The body.
    pub fn body(self) -> String {
        format!(r#"{{"code":{},"message":"{}"}}"#, self.code(), self.message())
    }
}
