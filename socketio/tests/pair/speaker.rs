//! Socket.IO at either end: numbered events, of which each must come once and in order, and acknowledgements of them.

use std::collections::VecDeque;

use bytes::Bytes;
use parlance_socketio::packet::{Args, Event, Message, Packet, PacketType, Prefix, Text, parse_packet};

use super::network::Random;

#[derive(Debug, Default)]
pub struct Speaker {
    /// The namespace has been joined.
    pub is_joined: bool,
    /// Events that have been sent.
    pub sent: u64,
    /// Events that have come.
    pub came: u64,
    /// Acknowledgements that have not come, in the order in which they must.
    pub waiting: VecDeque<u64>,
    /// A packet of which not all attachments have come.
    partial: Option<(Text, usize, Vec<Bytes>)>,
}

impl Speaker {
    /// The next event: bare or with attachments, and perhaps asking for an acknowledgement.
    pub fn emit(&mut self, random: &mut Random) -> Message {
        let number = self.sent;
        self.sent += 1;
        let id = random.one_in(2).then_some(number);
        self.waiting.extend(id);
        let prefix = Prefix::event("/", "number");
        if random.one_in(4) {
            let list = serde_json::json!([number, {"_placeholder": true, "num": 0}]);
            let bytes = Bytes::from(number.to_be_bytes().to_vec());
            let args = Args::from_list(&list).unwrap().with_attachments(vec![bytes]);
            Message::event_args(&prefix, id, &args)
        } else {
            Message::event_with_id(&prefix, id, Some(&number)).unwrap()
        }
    }

    /// A packet has come; with what is to be answered.
    pub fn hear(&mut self, text: &str) -> Option<Message> {
        assert!(self.partial.is_none(), "{text} comes between a packet and its attachment");
        let text = Text::from(text);
        let packet = parse_packet(text.as_str()).unwrap();
        match packet.kind {
            PacketType::Connect => {
                assert!(!self.is_joined);
                self.is_joined = true;
                // The client's is empty.
                packet.data.is_empty().then(|| Message::raw(r#"0{"sid":"s"}"#))
            }
            PacketType::Ack => {
                assert_eq!(packet.id, self.waiting.pop_front(), "acknowledgements come once and in order");
                None
            }
            PacketType::Event => self.event(&text, &packet, Vec::new()),
            PacketType::BinaryEvent => {
                self.partial = Some((text.clone(), packet.attachments, Vec::new()));
                None
            }
            other => panic!("nobody sends {other:?}"),
        }
    }

    /// The same of an attachment.
    pub fn hear_binary(&mut self, bytes: Bytes) -> Option<Message> {
        let (text, count, mut attachments) = self.partial.take().expect("an attachment without a packet");
        attachments.push(bytes);
        if attachments.len() < count {
            self.partial = Some((text, count, attachments));
            return None;
        }
        let packet = parse_packet(text.as_str()).unwrap();
        self.event(&text, &packet, attachments)
    }

    fn event(&mut self, text: &Text, packet: &Packet<'_>, attachments: Vec<Bytes>) -> Option<Message> {
        let event = Event::new(text, packet, attachments).unwrap();
        let number: u64 = event.all().unwrap().first().unwrap().get().parse().unwrap();
        assert_eq!((event.name(), number), ("number", self.came), "events come once and in order");
        if let Some(attachment) = event.attachments().first() {
            assert_eq!(**attachment, number.to_be_bytes());
        }
        self.came += 1;
        event.id().map(|id| Message::ack("/", id, &number).unwrap())
    }
}
