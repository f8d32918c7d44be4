//! Messages made of other messages: with an id that asks for an acknowledgement, or with the place in the order of packets
//! behind the arguments. The payload is copied, never serialised again.

use super::frame::begin;
use super::socket::MAX_ID;
use super::{Message, Packet, PacketType, parse_packet};

impl Message {
    /// The namespace that it is for. `/` for what is no packet of Socket.IO.
    pub fn namespace(&self) -> &str {
        let packet = self.packet();
        // Hardly any message is for another than the main namespace.
        let digits = packet.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'-').count();
        match packet.get(digits) {
            Some(b'/') => self.parsed().map_or("/", |packet| packet.namespace),
            _ => "/",
        }
    }

    fn parsed(&self) -> Option<Packet<'_>> {
        let text = std::str::from_utf8(self.packet()).ok()?;
        parse_packet(text.strip_prefix('4')?).ok()
    }

    /// The packet, if it is an event without id, and where its JSON begins.
    fn event_without_id(&self) -> Option<(Packet<'_>, usize)> {
        let packet = self.parsed()?;
        let is_event = matches!(packet.kind, PacketType::Event | PacketType::BinaryEvent);
        (is_event && packet.id.is_none()).then(|| (packet, self.packet().len() - packet.data.len()))
    }

    /// Whether it is an event without id.
    pub(crate) fn can_be_kept(&self) -> bool {
        self.event_without_id().is_some()
    }

    /// The same event, with an id under which its sender waits for an acknowledgement; `None` of what is no event, or has
    /// an id already.
    pub(crate) fn asking(&self, id: u64) -> Option<Self> {
        let (_, at) = self.event_without_id().filter(|_| id <= MAX_ID)?;
        let (head, data) = self.packet().split_at_checked(at)?;
        let mut out = begin(self.packet().len() + 16);
        out.extend_from_slice(head);
        out.extend_from_slice(id.to_string().as_bytes());
        out.extend_from_slice(data);
        Some(self.with_text(out))
    }

    /// The same event, with one more argument at the end, a string of letters and digits; `None` of what is no event, or has
    /// an id.
    pub(crate) fn ending_with(&self, word: &str) -> Option<Self> {
        let (packet, _) = self.event_without_id()?;
        // `["name"` is followed by a comma, always: an event has a name.
        packet.data.strip_suffix(']')?;
        let (rest, _) = self.packet().split_at_checked(self.packet().len() - 1)?;
        let mut out = begin(rest.len() + word.len() + 4);
        out.extend_from_slice(rest);
        out.extend_from_slice(b",\"");
        out.extend_from_slice(word.as_bytes());
        out.extend_from_slice(b"\"]");
        Some(self.with_text(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{Args, Prefix};
    use bytes::Bytes;
    use serde_json::json;

    fn text(message: &Message) -> String {
        String::from_utf8(message.packet().to_vec()).unwrap()
    }

    #[test]
    fn an_id_goes_before_the_json_and_a_word_behind_it() {
        let main = Message::event(&Prefix::event("/", "a\"1]"), &json!({ "b": "/x," })).unwrap();
        assert_eq!(main.namespace(), "/");
        assert_eq!(text(&main.asking(17).unwrap()), r#"4217["a\"1]",{"b":"/x,"}]"#);
        assert_eq!(text(&main.ending_with("z9").unwrap()), r#"42["a\"1]",{"b":"/x,"},"z9"]"#);
        let custom = Message::bare_event(&Prefix::event("/c", "x")).volatile();
        assert_eq!(custom.namespace(), "/c");
        assert_eq!(text(&custom.asking(0).unwrap()), r#"42/c,0["x"]"#);
        let ending = custom.ending_with("z9").unwrap();
        assert!(ending.is_volatile());
        assert_eq!(text(&ending), r#"42/c,["x","z9"]"#);
    }

    #[test]
    fn attachments_stay_and_what_is_no_event_stays_what_it_is() {
        let args = Args::from_list(&json!([{ "_placeholder": true, "num": 0 }])).unwrap();
        let args = args.with_attachments(vec![Bytes::from_static(&[7])]);
        let binary = Message::event_args(&Prefix::event("/c", "x"), None, &args);
        let asking = binary.asking(5).unwrap();
        assert_eq!(text(&asking), r#"451-/c,5["x",{"_placeholder":true,"num":0}]"#);
        assert_eq!((asking.namespace(), asking.packets()), ("/c", 2));
        assert_eq!(asking.size(), binary.size() + 1);
        assert!(asking.asking(6).is_none() && asking.ending_with("z").is_none(), "it has an id");
        let ack = Message::ack("/c", 1, &1).unwrap();
        assert!(ack.asking(1).is_none() && ack.ending_with("z").is_none());
        assert_eq!(ack.namespace(), "/c");
        let plain = Message::binary(&Bytes::from_static(&[1]));
        assert!(plain.asking(1).is_none());
        assert_eq!(plain.namespace(), "/");
    }
}
