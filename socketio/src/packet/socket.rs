//! Socket.IO packets: type, attachments, namespace, acknowledgement id, JSON.

/// The most attachments that a packet may announce, as in Node's parser.
pub const MAX_ATTACHMENTS: usize = 10;

/// The longest namespace.
const MAX_NAMESPACE: usize = 256;

/// The greatest acknowledgement id: what JavaScript counts to exactly, 2^53 − 1.
pub(super) const MAX_ID: u64 = (1 << 53) - 1;

/// What a Socket.IO packet is (Socket.IO protocol, "Packet types").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// `0`: joins a namespace, or says that it is joined.
    Connect,
    /// `1`: leaves a namespace.
    Disconnect,
    /// `2`: an event.
    Event,
    /// `3`: the acknowledgement of an event.
    Ack,
    /// `4`: the namespace was not joined.
    ConnectError,
    /// `5`: an event with attachments.
    BinaryEvent,
    /// `6`: an acknowledgement with attachments.
    BinaryAck,
}

impl PacketType {
    /// Whether attachments follow it.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::BinaryEvent | Self::BinaryAck)
    }
}

/// A packet, as slices of the text it was parsed from. The JSON has not been looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// What it is.
    pub kind: PacketType,
    /// How many binary messages follow.
    pub attachments: usize,
    /// The namespace, `/` if none is given.
    pub namespace: &'a str,
    /// The acknowledgement id.
    pub id: Option<u64>,
    /// The JSON; empty if there is none.
    pub data: &'a str,
}

/// Why a text is no Socket.IO packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PacketError {
    /// The first character is none of `0` to `6`.
    #[error("the packet has no type (0 to 6)")]
    Type,
    /// The number of attachments is missing, or none of 1 to 10.
    #[error("a binary packet must announce 1 to {MAX_ATTACHMENTS} attachments")]
    Attachments,
    /// The namespace is longer than 256 bytes.
    #[error("the namespace is longer than {MAX_NAMESPACE} bytes")]
    Namespace,
    /// The acknowledgement id is greater than 2^53 − 1.
    #[error("the acknowledgement id is greater than 2^53 - 1")]
    Id,
    /// The places of the attachments in the JSON do not match what was announced.
    #[error("the JSON does not have one place for each attachment")]
    Placeholder,
    /// The JSON is not of the kind that such a packet has.
    #[error("the data of the packet is not {0}")]
    Data(&'static str),
}

/// Parses the text of a packet: what follows the Engine.IO `4`.
///
/// # Errors
/// When it breaks the grammar. Of the JSON only the first and last character are looked at.
pub fn parse_packet(text: &str) -> Result<Packet<'_>, PacketError> {
    let mut bytes = text.bytes();
    let kind = match bytes.next() {
        Some(b'0') => PacketType::Connect,
        Some(b'1') => PacketType::Disconnect,
        Some(b'2') => PacketType::Event,
        Some(b'3') => PacketType::Ack,
        Some(b'4') => PacketType::ConnectError,
        Some(b'5') => PacketType::BinaryEvent,
        Some(b'6') => PacketType::BinaryAck,
        _ => return Err(PacketError::Type),
    };
    let mut rest = text.get(1..).unwrap_or_default();
    let mut attachments = 0;
    if kind.is_binary() {
        let (count, after) = rest.split_once('-').ok_or(PacketError::Attachments)?;
        attachments = match count.parse() {
            Ok(count @ 1..=MAX_ATTACHMENTS) if is_digits(count_digits(rest)) => count,
            _ => return Err(PacketError::Attachments),
        };
        rest = after;
    }
    let mut namespace = "/";
    if rest.starts_with('/') {
        (namespace, rest) = rest.split_once(',').unwrap_or((rest, ""));
        if namespace.len() > MAX_NAMESPACE {
            return Err(PacketError::Namespace);
        }
    }
    let digits = count_digits(rest);
    let id = match rest.get(..digits) {
        None | Some("") => None,
        Some(id) => Some(id.parse().ok().filter(|id| *id <= MAX_ID).ok_or(PacketError::Id)?),
    };
    let data = rest.get(digits..).unwrap_or_default();
    let within = |open: char, close: char| data.starts_with(open) && data.ends_with(close);
    match kind {
        PacketType::Connect if !(data.is_empty() || within('{', '}')) => Err(PacketError::Data("an object")),
        PacketType::Disconnect if !data.is_empty() => Err(PacketError::Data("absent")),
        PacketType::ConnectError if !(within('{', '}') || within('"', '"')) => {
            Err(PacketError::Data("an object or a string"))
        }
        PacketType::Event | PacketType::Ack | PacketType::BinaryEvent | PacketType::BinaryAck
            if !within('[', ']') =>
        {
            Err(PacketError::Data("an array"))
        }
        _ => Ok(Packet { kind, attachments, namespace, id, data }),
    }
}

fn count_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn is_digits(count: usize) -> bool {
    // `+3` parses as a number and is none on the wire.
    count > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packet(kind: PacketType, attachments: usize, namespace: &str, id: Option<u64>, data: &str) -> String {
        let digit = b'0' + kind as u8;
        let mut text = String::from(char::from(digit));
        if kind.is_binary() {
            text += &format!("{attachments}-");
        }
        if namespace != "/" {
            text += &format!("{namespace},");
        }
        if let Some(id) = id {
            text += &id.to_string();
        }
        text + data
    }

    #[test]
    fn each_part_is_a_slice() {
        let parsed = parse_packet(r#"51-/custom,12["message",{"_placeholder":true,"num":0}]"#).unwrap();
        assert_eq!(
            parsed,
            Packet {
                kind: PacketType::BinaryEvent,
                attachments: 1,
                namespace: "/custom",
                id: Some(12),
                data: r#"["message",{"_placeholder":true,"num":0}]"#,
            }
        );
        let bare = parse_packet("0/custom").unwrap();
        assert_eq!((bare.kind, bare.namespace, bare.data), (PacketType::Connect, "/custom", ""));
        assert_eq!(parse_packet("0").unwrap().namespace, "/");
        assert_eq!(parse_packet(r#"2/a?b=c,["x"]"#).unwrap().namespace, "/a?b=c");
    }

    #[test]
    fn what_breaks_the_grammar_is_named() {
        for (text, error) in [
            ("", PacketError::Type),
            ("abc", PacketError::Type),
            ("7", PacketError::Type),
            ("2{}", PacketError::Data("an array")),
            ("2abc[]", PacketError::Data("an array")),
            ("2", PacketError::Data("an array")),
            ("31", PacketError::Data("an array")),
            ("1{}", PacketError::Data("absent")),
            ("0[]", PacketError::Data("an object")),
            ("4", PacketError::Data("an object or a string")),
            ("5[]", PacketError::Attachments),
            ("50-[]", PacketError::Attachments),
            ("511-[]", PacketError::Attachments),
            ("5+1-[]", PacketError::Attachments),
            ("29007199254740992[]", PacketError::Id),
        ] {
            assert_eq!(parse_packet(text), Err(error), "{text}");
        }
        let long = format!("0/{}", "n".repeat(256));
        assert_eq!(parse_packet(&long), Err(PacketError::Namespace));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            kind in prop::sample::select(vec![PacketType::Event, PacketType::Ack, PacketType::BinaryEvent, PacketType::BinaryAck]),
            attachments in 1usize..=10,
            namespace in "(/[a-z?=]{0,20})|/",
            id in prop::option::of(0u64..=MAX_ID),
            inner in "[^\u{0}]{0,40}",
        ) {
            let attachments = if kind.is_binary() { attachments } else { 0 };
            let data = format!("[{inner}]");
            let text = packet(kind, attachments, &namespace, id, &data);
            prop_assert_eq!(parse_packet(&text), Ok(Packet { kind, attachments, namespace: &namespace, id, data: &data }));
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,64}") {
            let _ = parse_packet(&text);
        }
    }
}
