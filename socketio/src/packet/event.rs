//! One received event: the frame it came in, and where in it the name and the arguments are.

use std::ops::Range;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::socket::{Packet, PacketType};
use super::{Args, Text, json, reading};

/// The longest event name, in bytes.
pub const MAX_NAME: usize = 128;

/// What a name that is too long ends with. No document has an event with a space in its name.
const MARK: &str = " …";

/// Names that Socket.IO keeps to itself: an event of such a name is a protocol error.
const RESERVED: [&str; 6] =
    ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

/// An event as it came, owning its frame. The arguments are not parsed before somebody asks.
#[derive(Clone, Debug)]
pub struct Event {
    text: Text,
    places: Places,
    attachments: Vec<Bytes>,
    /// The last argument has been taken off.
    is_cut: bool,
    /// The only argument may be an offset, and no argument of the event.
    is_offset_alone: bool,
    /// Of an event that a client got: the number of the connection that it came on.
    connection: u64,
}

/// Where in a text the parts of an event are.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// Where the JSON array begins, which reaches to the end.
    data_at: usize,
    name: Name,
    /// The arguments without the brackets, perhaps with white space around.
    arguments: Range<usize>,
    id: Option<u64>,
}

#[derive(Clone, Debug)]
enum Name {
    /// A slice of the frame.
    Slice(Range<usize>),
    /// It was written with escapes.
    Decoded(Box<str>),
    /// The beginning of one that is too long.
    Cut(Box<str>),
}

/// Why the data of an EVENT is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// It does not begin with a name.
    #[error("an event must begin with its name")]
    Name,
    /// The name is one of Socket.IO's own.
    #[error("the event has one of Socket.IO's own names")]
    Reserved,
    /// There is something other than a comma after the name.
    #[error("the event's name and arguments are not separated by commas")]
    Separator,
}

/// Why the arguments could not be decoded.
#[derive(Debug)]
pub enum ArgsError {
    /// They are not even JSON: a protocol error.
    Syntax(serde_json::Error),
    /// They are something other than asked for.
    Data(serde_json::Error),
    /// There are more than asked for.
    Surplus,
}

impl Places {
    /// Of a parsed EVENT or BINARY_EVENT, whose slices are of `text`; see [`Event::new`].
    pub(crate) fn find(text: &str, packet: &Packet<'_>) -> Result<Self, EventError> {
        debug_assert!(matches!(packet.kind, PacketType::Event | PacketType::BinaryEvent));
        // The data reaches to the end of the text; both brackets have been seen by the packet parser.
        let data_at = text.len() - packet.data.len();
        let inner = packet.data.get(1..packet.data.len() - 1).unwrap_or_default();
        let open = inner.len() - inner.trim_ascii_start().len();
        let quoted = inner.get(open..).and_then(|rest| rest.strip_prefix('"')).ok_or(EventError::Name)?;
        // Names hardly ever have escapes, and then they are a slice.
        let special =
            quoted.bytes().position(|byte| byte == b'"' || byte == b'\\').ok_or(EventError::Name)?;
        let (name, after) = if quoted.as_bytes().get(special) == Some(&b'"') {
            let start = data_at + 1 + open + 1;
            (Name::Slice(start..start + special), open + 1 + special + 1)
        } else {
            let mut names = serde_json::Deserializer::from_str(inner).into_iter::<Box<str>>();
            let name = names.next().and_then(Result::ok).ok_or(EventError::Name)?;
            (Name::Decoded(name), names.byte_offset())
        };
        let rest = inner.get(after..).unwrap_or_default();
        let trimmed = rest.trim_ascii_start();
        let skipped = rest.len() - trimmed.len();
        let from = match trimmed.as_bytes().first() {
            None => after + skipped,
            Some(b',') => after + skipped + 1,
            Some(_) => return Err(EventError::Separator),
        };
        let base = data_at + 1;
        let mut places = Self { data_at, name, arguments: base + from..base + inner.len(), id: packet.id };
        if RESERVED.contains(&places.name(text)) {
            return Err(EventError::Reserved);
        }
        places.cut_name(text, MAX_NAME);
        Ok(places)
    }

    /// Keeps of a name that is longer than so many bytes the beginning and a mark.
    pub(crate) fn cut_name(&mut self, text: &str, most: usize) {
        let name = self.name(text);
        if name.len() > most {
            let end = name.floor_char_boundary(most.saturating_sub(MARK.len()));
            self.name = Name::Cut(format!("{}{MARK}", name.get(..end).unwrap_or_default()).into());
        }
    }

    pub(crate) fn is_name_cut(&self) -> bool {
        matches!(self.name, Name::Cut(_))
    }

    /// The event that they are of, with its text: handed over, as a clone of it would be its second owner, and the first of
    /// these costs an allocation.
    pub(crate) fn event(self, text: Text, attachments: Vec<Bytes>) -> Event {
        Event { text, places: self, attachments, is_cut: false, is_offset_alone: false, connection: 0 }
    }

    pub(crate) fn name<'a>(&'a self, text: &'a str) -> &'a str {
        match &self.name {
            Name::Slice(range) => text.get(range.clone()).unwrap_or_default(),
            Name::Decoded(name) | Name::Cut(name) => name,
        }
    }
}

impl Event {
    /// From a parsed EVENT or BINARY_EVENT, whose slices are of `text`. Of a name that is longer than [`MAX_NAME`] only the
    /// beginning is kept, and a mark that makes it one that no event has: so it is unknown to everybody, and nobody repeats all of it.
    ///
    /// # Errors
    /// When there is no usable name.
    pub fn new(text: &Text, packet: &Packet<'_>, attachments: Vec<Bytes>) -> Result<Self, EventError> {
        Ok(Places::find(text, packet)?.event(text.clone(), attachments))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.places.name(&self.text)
    }

    /// Whether its name was too long: then [`name`](Self::name) is the beginning, and a mark.
    pub fn is_name_cut(&self) -> bool {
        self.places.is_name_cut()
    }

    /// The arguments as JSON text, comma-separated, not validated; empty if there are none.
    pub fn arguments(&self) -> &str {
        self.text.get(self.places.arguments.clone()).unwrap_or_default().trim_ascii()
    }

    /// The id under which the sender waits for an acknowledgement.
    pub fn id(&self) -> Option<u64> {
        self.places.id
    }

    /// The attachments, in order.
    pub fn attachments(&self) -> &[Bytes] {
        &self.attachments
    }

    /// The one argument, decoded straight from the frame; `None` if there is none.
    ///
    /// # Errors
    /// When it is no JSON, no `T`, or not alone.
    pub fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<Option<T>, ArgsError> {
        let arguments = self.arguments();
        if arguments.is_empty() {
            return Ok(None);
        }
        if let Some(value) = reading(&self.attachments, || json::read(arguments)) {
            return Ok(Some(value));
        }
        let mut stream = serde_json::Deserializer::from_str(arguments);
        let value = reading(&self.attachments, || T::deserialize(&mut stream)).map_err(ArgsError::of)?;
        match stream.end() {
            Ok(()) => Ok(Some(value)),
            // After a value there is either a comma, or it is no JSON.
            Err(error) => Err(match self.all() {
                Ok(_) => ArgsError::Surplus,
                Err(_) => ArgsError::Syntax(error),
            }),
        }
    }

    /// The arguments, whatever they are; `None` if they are no JSON. Of a binary event, a server has seen before that each
    /// attachment has its place.
    pub fn args(&self) -> Option<Args> {
        self.all().ok()?;
        Some(Args::received(self.text.clone(), self.places.arguments.clone(), self.attachments.clone()))
    }

    /// All arguments.
    ///
    /// # Errors
    /// When they are no JSON.
    pub fn all(&self) -> Result<Vec<&RawValue>, serde_json::Error> {
        let mut all: Vec<&RawValue> =
            serde_json::from_str(self.text.get(self.places.data_at..).unwrap_or_default())?;
        all.remove(0); // the name, which has been found before
        if self.is_cut {
            all.pop();
        }
        Ok(all)
    }

    /// Says which of a client's connections it came on.
    pub(crate) fn came_on(&mut self, connection: u64) {
        self.connection = connection;
    }

    /// Which of a client's connections it came on.
    pub(crate) fn connection(&self) -> u64 {
        self.connection
    }

    /// Bytes that it holds.
    pub(crate) fn size(&self) -> usize {
        self.text.len() + self.attachments.iter().map(Bytes::len).sum::<usize>()
    }

    /// Whether the only argument may be an offset, and no argument of the event.
    pub(crate) fn is_offset_alone(&self) -> bool {
        self.is_offset_alone
    }

    /// The last argument, if it is a string; once. It is taken off, unless it is the only one.
    pub(crate) fn take_offset(&mut self) -> Option<String> {
        let arguments = self.text.get(self.places.arguments.clone())?;
        let inner =
            arguments.trim_ascii_end().strip_suffix('"').filter(|_| !self.is_cut && !self.is_offset_alone)?;
        let quote = inner.rfind('"')?;
        let before = inner.get(..quote)?.trim_ascii_end();
        let word = inner.get(quote + 1..)?;
        // Where there is an escape the quote may be within the string.
        let (word, at) = if !word.contains('\\') && (before.is_empty() || before.ends_with(',')) {
            (word.to_owned(), before.len())
        } else {
            let last = self.all().ok()?.pop()?.get();
            let at = arguments.trim_ascii_end().len() - last.len();
            (serde_json::from_str(last).ok()?, arguments.get(..at)?.trim_ascii_end().len())
        };
        if at == 0 {
            self.is_offset_alone = true;
        } else {
            self.places.arguments.end = self.places.arguments.start + at.saturating_sub(1);
        }
        self.is_cut = at > 0;
        Some(word)
    }
}

impl ArgsError {
    fn of(error: serde_json::Error) -> Self {
        match error.classify() {
            serde_json::error::Category::Data => Self::Data(error),
            _ => Self::Syntax(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::parse_packet;
    use serde_json::{Value, json};

    fn event(text: &str) -> Result<Event, EventError> {
        let text = Text::from(text.to_owned());
        let packet = parse_packet(text.as_str()).unwrap();
        Event::new(&text, &packet, Vec::new())
    }

    #[test]
    fn the_last_string_is_taken_off_whatever_is_in_it_unless_it_is_alone() {
        for (text, word, rest) in [
            (r#"2["x",{"a":","},"1f"]"#, Some("1f"), r#"{"a":","}"#),
            (r#"2["x" , "1f" ]"#, Some("1f"), r#""1f""#),
            (r#"2["x",1,"a\\","b,\\"]"#, Some(r"b,\"), r#"1,"a\\""#),
            (r#"2["x","a,\"b"]"#, Some(r#"a,"b"#), r#""a,\"b""#),
            (r#"2["x",["a"]]"#, None, r#"["a"]"#),
            (r#"2["x"]"#, None, ""),
        ] {
            let mut event = event(text).unwrap();
            assert_eq!(event.take_offset().as_deref(), word, "{text}");
            assert_eq!(event.take_offset(), None, "once");
            assert_eq!(event.arguments(), rest, "{text}");
            assert_eq!(event.all().unwrap().is_empty(), rest.is_empty(), "{text}");
        }
    }

    #[test]
    fn name_and_arguments_are_found() {
        let plain = event(r#"212["chat:message",{"content":"hi"}]"#).unwrap();
        assert_eq!(
            (plain.name(), plain.arguments(), plain.id()),
            ("chat:message", r#"{"content":"hi"}"#, Some(12))
        );
        assert_eq!(plain.decode::<Value>().unwrap(), Some(json!({"content": "hi"})));
        let bare = event(r#"2[ "chat:cancel" ]"#).unwrap();
        assert_eq!((bare.name(), bare.arguments().trim()), ("chat:cancel", ""));
        let escaped = event(r#"2["a\u0062\"",1 , [2,3]]"#).unwrap();
        assert_eq!(escaped.name(), "ab\"");
        let raws: Vec<&str> = escaped.all().unwrap().into_iter().map(RawValue::get).collect();
        assert_eq!(raws, ["1", "[2,3]"]);
    }

    #[test]
    fn what_has_no_usable_name_is_refused() {
        assert_eq!(event("2[]").unwrap_err(), EventError::Name);
        assert_eq!(event("2[null]").unwrap_err(), EventError::Name);
        assert_eq!(event(r#"2["open]"#).unwrap_err(), EventError::Name);
        assert_eq!(event(r#"2["connect"]"#).unwrap_err(), EventError::Reserved);
        assert_eq!(event(r#"2["a" 1]"#).unwrap_err(), EventError::Separator);
    }

    #[test]
    fn a_name_that_is_too_long_is_nobodys() {
        let named = |name: &str| event(&format!(r#"27["{name}",1]"#)).unwrap();
        let whole = named(&"n".repeat(128));
        assert_eq!((whole.name().len(), whole.is_name_cut()), (128, false));
        for long in ["n".repeat(129), "ü".repeat(65), r"\u0000".repeat(129), "n".repeat(100_000)] {
            let mut cut = named(&long);
            assert!(
                cut.is_name_cut() && cut.name().len() <= MAX_NAME && cut.name().ends_with(" …"),
                "{cut:?}"
            );
            assert_eq!((cut.id(), cut.decode::<u8>().unwrap()), (Some(7), Some(1)));
            cut.places.cut_name(&cut.text, 10);
            assert!(cut.name().len() <= 10 && cut.is_name_cut(), "{cut:?}");
        }
        let mut short = named("message");
        short.places.cut_name(&short.text, 7);
        assert!(!short.is_name_cut());
        short.places.cut_name(&short.text, 6);
        assert_eq!(short.name(), "me …");
    }

    #[test]
    fn no_json_is_told_from_the_wrong_json() {
        let decode = |text: &str| event(text).unwrap().decode::<u8>().map(Option::unwrap);
        assert_eq!(decode(r#"2["a",7]"#).unwrap(), 7);
        assert!(matches!(decode(r#"2["a","x"]"#), Err(ArgsError::Data(_))));
        assert!(matches!(decode(r#"2["a",{]"#), Err(ArgsError::Syntax(_) | ArgsError::Data(_))));
        assert!(matches!(decode(r#"2["a",7,8]"#), Err(ArgsError::Surplus)));
        assert!(matches!(decode(r#"2["a",7 8]"#), Err(ArgsError::Syntax(_))));
        assert!(matches!(decode(r#"2["a",7,]"#), Err(ArgsError::Syntax(_))));
    }
}
