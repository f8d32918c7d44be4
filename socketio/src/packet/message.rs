//! Messages to clients: encoded once, as a complete websocket frame that all recipients share.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde::Serialize;

use super::binary::writing;
use super::frame::{self, BINARY, TEXT};
use super::{Args, Text, json, msgpack, payload};

/// One Socket.IO packet, ready to be written. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Message {
    frame: Bytes,
    payload_at: u8,
    /// It is no packet, but bytes: an attachment by itself, or a packet as msgpack.
    binary: bool,
    volatile: bool,
    /// What only few messages have, so that it takes no memory in all others.
    rest: Option<Arc<Rest>>,
}

/// What recipients of a message share besides its frame.
#[derive(Debug, Default)]
struct Rest {
    /// Frames of the attachments, in order.
    attachments: Box<[(Bytes, u8)]>,
    /// The packet as msgpack, once somebody wanted it; or that there is none.
    packed: OnceLock<Option<(Bytes, u8)>>,
}

/// A packet that is not framed. Cloning shares it.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// With the Engine.IO `4` in front.
    pub(crate) text: Text,
    pub(crate) attachments: Vec<Bytes>,
}

/// What stands before the payload of an event: type, namespace, name. Made once per event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(Cow<'static, str>);

impl Prefix {
    /// `42["name",` or `42/namespace,["name",`, without the comma before the payload.
    pub fn event(namespace: &str, name: &str) -> Self {
        let mut text = String::from("42");
        push_namespace(&mut text, namespace);
        text.push('[');
        text.push_str(&serde_json::Value::from(name).to_string());
        Self(text.into())
    }

    /// From the very text that [`Prefix::event`] makes, for names that are known when the program is built.
    pub const fn literal(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// A buffer with room for a payload, in which the prefix stands already; with an id if an acknowledgement is asked for.
    fn begin(&self, id: Option<u64>, room: usize) -> Vec<u8> {
        self.begin_with(0, id, room)
    }

    /// The same, of an event with attachments.
    fn begin_with(&self, attachments: usize, id: Option<u64>, room: usize) -> Vec<u8> {
        let mut out = frame::begin(self.0.len() + room);
        // The id stands before the bracket: behind the type, or behind the comma that ends the namespace.
        let at = if self.0.starts_with("42/") { self.0.find(',').map_or(2, |comma| comma + 1) } else { 2 };
        let (head, name) = self.0.split_at_checked(at).unwrap_or((&self.0, ""));
        match attachments {
            0 => out.extend_from_slice(head.as_bytes()),
            count => {
                let _ = write!(out, "45{count}-{}", head.get(2..).unwrap_or_default());
            }
        }
        if let Some(id) = id {
            let _ = write!(out, "{id}");
        }
        out.extend_from_slice(name.as_bytes());
        out
    }
}

/// A buffer with room for arguments, in which stands already what comes before them in an acknowledgement.
fn begin_ack(namespace: &str, attachments: usize, id: u64, room: usize) -> Vec<u8> {
    // The longest id is of 20 digits.
    let mut out = frame::begin(namespace.len() + room + 32);
    // Writing into memory does not fail.
    let _ = match attachments {
        0 => out.write_all(b"43"),
        count => write!(out, "46{count}-"),
    };
    let _ = match namespace {
        "/" => write!(out, "{id}["),
        other => write!(out, "{other},{id}["),
    };
    out
}

fn push_namespace(text: &mut String, namespace: &str) {
    if namespace != "/" {
        text.push_str(namespace);
        text.push(',');
    }
}

impl Message {
    /// An event with one payload.
    ///
    /// # Errors
    /// When the payload does not serialise.
    pub fn event<T: Serialize + ?Sized>(prefix: &Prefix, payload: &T) -> Result<Self, serde_json::Error> {
        Self::event_with_id(prefix, None, Some(payload))
    }

    /// An event with or without payload, and with or without an id under which the sender waits for an acknowledgement.
    ///
    /// # Errors
    /// When the payload does not serialise.
    pub fn event_with_id<T: Serialize + ?Sized>(
        prefix: &Prefix,
        id: Option<u64>,
        payload: Option<&T>,
    ) -> Result<Self, serde_json::Error> {
        let mut out = prefix.begin(id, 118);
        if let Some(payload) = payload {
            out.push(b',');
            let start = out.len();
            let (written, attachments) = writing(|| json::write(&mut out, payload));
            written?;
            if !attachments.is_empty() {
                // How many there are stands in front, and is not known before.
                let args = Args::written(out.get(start..).unwrap_or_default(), attachments);
                return Ok(Self::event_args(prefix, id, &args));
            }
        }
        out.push(b']');
        Ok(Self::text(out))
    }

    /// An event without payload.
    pub fn bare_event(prefix: &Prefix) -> Self {
        let mut out = prefix.begin(None, 1);
        out.push(b']');
        Self::text(out)
    }

    /// The acknowledgement of an event, with one argument.
    ///
    /// # Errors
    /// When the argument does not serialise.
    pub fn ack<T: Serialize + ?Sized>(
        namespace: &str,
        id: u64,
        argument: &T,
    ) -> Result<Self, serde_json::Error> {
        let mut out = begin_ack(namespace, 0, id, 64);
        let start = out.len();
        let (written, attachments) = writing(|| json::write(&mut out, argument));
        written?;
        if !attachments.is_empty() {
            let args = Args::written(out.get(start..).unwrap_or_default(), attachments);
            return Ok(Self::ack_args(namespace, id, &args));
        }
        out.push(b']');
        Ok(Self::text(out))
    }

    /// An event with any arguments, with or without an id under which the sender waits for an acknowledgement.
    pub fn event_args(prefix: &Prefix, id: Option<u64>, args: &Args) -> Self {
        let json = args.json();
        let mut out = prefix.begin_with(args.attachments().len(), id, json.len() + 2);
        if !json.is_empty() {
            out.push(b',');
            out.extend_from_slice(json.as_bytes());
        }
        out.push(b']');
        Self::text(out).attached(args.attachments())
    }

    /// The acknowledgement of an event, with any arguments.
    pub fn ack_args(namespace: &str, id: u64, args: &Args) -> Self {
        let json = args.json();
        let mut out = begin_ack(namespace, args.attachments().len(), id, json.len() + 1);
        out.extend_from_slice(json.as_bytes());
        out.push(b']');
        Self::text(out).attached(args.attachments())
    }

    /// A binary message of plain Engine.IO: an attachment without a packet.
    pub fn binary(bytes: &Bytes) -> Self {
        Self::framed(frame::frame(bytes, BINARY), true)
    }

    fn framed((frame, payload_at): (Bytes, u8), binary: bool) -> Self {
        Self { frame, payload_at, binary, volatile: false, rest: None }
    }

    fn attached(mut self, attachments: &[Bytes]) -> Self {
        if !attachments.is_empty() {
            let attachments = attachments.iter().map(|binary| frame::frame(binary, BINARY)).collect();
            self.rest = Some(Arc::new(Rest { attachments, packed: OnceLock::new() }));
        }
        self
    }

    fn attachments(&self) -> &[(Bytes, u8)] {
        self.rest.as_ref().map_or(&[], |rest| &rest.attachments)
    }

    /// Any packet, as text: what follows the Engine.IO `4`.
    pub fn raw(packet: &str) -> Self {
        let mut out = frame::begin(packet.len() + 1);
        out.push(b'4');
        out.extend_from_slice(packet.as_bytes());
        Self::text(out)
    }

    /// Any packet with attachments. The text announces them; that they fit is the caller's.
    pub fn raw_binary(packet: &str, attachments: &[Bytes]) -> Self {
        Self::raw(packet).attached(attachments)
    }

    /// `40{"sid":"…"}`: the namespace is joined; with a `pid` if the client may come back with it.
    pub(crate) fn connect(namespace: &str, sid: &str, pid: Option<&str>) -> Self {
        let mut text = String::from("0");
        push_namespace(&mut text, namespace);
        let _ = match pid {
            None => write!(text, r#"{{"sid":"{sid}"}}"#),
            Some(pid) => write!(text, r#"{{"sid":"{sid}","pid":"{pid}"}}"#),
        };
        Self::raw(&text)
    }

    /// `44{"message":…,"data":…}`: it is not.
    pub(crate) fn connect_error(namespace: &str, error: &impl Serialize) -> Result<Self, serde_json::Error> {
        let mut text = String::from("4");
        // `4/random,{…}`: the comma belongs there even though clients may leave it out.
        push_namespace(&mut text, namespace);
        text.push_str(&serde_json::to_string(error)?);
        Ok(Self::raw(&text))
    }

    /// `41`: the namespace is left.
    pub(crate) fn disconnect(namespace: &str) -> Self {
        let mut text = String::from("1");
        push_namespace(&mut text, namespace);
        Self::raw(&text)
    }

    fn text(out: Vec<u8>) -> Self {
        Self::framed(frame::finish(out, TEXT), false)
    }

    /// The same with another text, of a buffer that was begun here.
    pub(super) fn with_text(&self, out: Vec<u8>) -> Self {
        let rest = self.rest.as_ref().map(|rest| {
            // What was packed is another text.
            Arc::new(Rest { attachments: rest.attachments.clone(), packed: OnceLock::new() })
        });
        Self { volatile: self.volatile, rest, ..Self::text(out) }
    }

    /// May be dropped when the recipient is slow.
    #[must_use]
    pub fn volatile(mut self) -> Self {
        self.volatile = true;
        self
    }

    /// Whether it may be dropped when the recipient is slow.
    pub fn is_volatile(&self) -> bool {
        self.volatile
    }

    /// Bytes on a websocket.
    pub fn size(&self) -> usize {
        self.frame.len() + self.attachments().iter().map(|(frame, _)| frame.len()).sum::<usize>()
    }

    /// Packets in a polling payload.
    pub(crate) fn packets(&self) -> usize {
        1 + self.attachments().len()
    }

    /// The frames of a server's websocket, in order.
    pub fn frames(self) -> impl Iterator<Item = Bytes> {
        let Self { frame, rest, .. } = self;
        let mut next = 0..;
        let attachments = std::iter::from_fn(move || {
            let (frame, _) = rest.as_ref()?.attachments.get(next.next()?)?;
            Some(frame.clone())
        });
        std::iter::once(frame).chain(attachments)
    }

    /// The frames, in order, one after the other.
    pub(crate) fn frame_slices(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.frame.as_ref()).chain(self.attachments().iter().map(|(frame, _)| frame.as_ref()))
    }

    /// The frame, if there is one alone.
    pub(crate) fn only_frame(&self) -> Option<&[u8]> {
        self.attachments().is_empty().then_some(self.frame.as_ref())
    }

    /// The packet as text, with the Engine.IO `4`; empty if it is none.
    pub(crate) fn packet(&self) -> &[u8] {
        if self.binary { &[] } else { self.payload() }
    }

    fn payload(&self) -> &[u8] {
        self.frame.get(usize::from(self.payload_at)..).unwrap_or_default()
    }

    /// Lets all clones that are made from now on share what [`Message::packed`] makes.
    #[must_use]
    pub(crate) fn shared(mut self) -> Self {
        self.rest.get_or_insert_default();
        self
    }

    /// The same packet as msgpack, one binary message; `None` of what cannot be said in it.
    pub(crate) fn packed(self) -> Option<Self> {
        let packed = match &self.rest {
            None => self.pack(),
            Some(rest) => rest.packed.get_or_init(|| self.pack()).clone(),
        };
        Some(Self::framed(packed?, true))
    }

    fn pack(&self) -> Option<(Bytes, u8)> {
        let attachments = self.attachments().iter();
        let attachments: Vec<_> =
            attachments.map(|(frame, at)| frame.get(usize::from(*at)..).unwrap_or_default()).collect();
        let mut out = frame::begin(self.frame.len() + 32);
        let packed = match std::str::from_utf8(self.packet()) {
            Ok(text) => msgpack::pack_into(&mut out, text, &attachments),
            Err(_) => Err(msgpack::MsgpackError::Utf8(0)),
        };
        match packed {
            Ok(()) => Some(frame::finish(out, BINARY)),
            Err(why) => {
                tracing::error!(%why, "a message cannot be sent as msgpack, and is not sent");
                None
            }
        }
    }

    /// The packet as text and bytes that share the buffers, for a client, whose frames are masked and so made anew.
    pub(crate) fn into_parts(self) -> Parts {
        let payload = |frame: &Bytes, at: u8| frame.slice(usize::from(at).min(frame.len())..);
        // What was encoded here is UTF-8.
        let text = Text::try_from(payload(&self.frame, self.payload_at)).unwrap_or_default();
        Parts {
            text,
            attachments: self.attachments().iter().map(|(frame, at)| payload(frame, *at)).collect(),
        }
    }

    /// Appends it to a polling payload. What was encoded here is UTF-8.
    pub(crate) fn push_to(&self, body: &mut String) {
        if self.binary {
            payload::push_binary(body, self.payload());
        } else {
            body.push_str(&String::from_utf8_lossy(self.packet()));
        }
        for (frame, at) in self.attachments() {
            body.push(payload::RECORD_SEPARATOR);
            payload::push_binary(body, frame.get(usize::from(*at)..).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests;
