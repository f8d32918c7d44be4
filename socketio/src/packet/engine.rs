//! Engine.IO packets: one digit that says what it is, then the data.

/// What an Engine.IO packet is (Engine.IO protocol, "Packet types").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineType {
    /// `0`: the handshake, from the server.
    Open,
    /// `1`: this connection can be closed.
    Close,
    /// `2`: heartbeat, from the server; or `2probe` from an upgrading client.
    Ping,
    /// `3`: the answer to it.
    Pong,
    /// `4`: a Socket.IO packet.
    Message,
    /// `5`: the upgrade is complete.
    Upgrade,
    /// `6`: releases a pending poll.
    Noop,
}

/// Why a text is no Engine.IO packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// There is not even a type.
    #[error("an Engine.IO packet is empty")]
    Empty,
    /// The first character is none of `0` to `6`.
    #[error("an Engine.IO packet begins with {0:?}, which is no packet type (0 to 6)")]
    Type(char),
}

/// The type of a packet, and its data.
///
/// # Errors
/// When the first character is none of `0` to `6`.
pub fn parse_engine(text: &str) -> Result<(EngineType, &str), EngineError> {
    let kind = match text.as_bytes().first() {
        Some(b'0') => EngineType::Open,
        Some(b'1') => EngineType::Close,
        Some(b'2') => EngineType::Ping,
        Some(b'3') => EngineType::Pong,
        Some(b'4') => EngineType::Message,
        Some(b'5') => EngineType::Upgrade,
        Some(b'6') => EngineType::Noop,
        Some(_) => return Err(EngineError::Type(text.chars().next().unwrap_or_default())),
        None => return Err(EngineError::Empty),
    };
    Ok((kind, text.get(1..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_character_is_the_type() {
        assert_eq!(parse_engine("4hello"), Ok((EngineType::Message, "hello")));
        assert_eq!(parse_engine("2probe"), Ok((EngineType::Ping, "probe")));
        assert_eq!(parse_engine("6"), Ok((EngineType::Noop, "")));
        assert_eq!(parse_engine(""), Err(EngineError::Empty));
        assert_eq!(parse_engine("7"), Err(EngineError::Type('7')));
        assert_eq!(parse_engine("ü"), Err(EngineError::Type('ü')));
    }
}
