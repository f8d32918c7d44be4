//! What waits for the GETs of a session over polling, and how much of it one GET is answered with.

use std::collections::VecDeque;

use crate::packet::{Message, RECORD_SEPARATOR};

/// Packets of one GET: python-socketio's client fails on more.
pub const MAX_GET_PACKETS: usize = 16;

/// What waits for the next GET, in order.
#[derive(Debug)]
pub struct GetQueue {
    messages: VecDeque<Message>,
    /// Engine.IO packets, before the messages.
    control: VecDeque<&'static str>,
    open: Option<String>,
    /// The packet after which nothing comes.
    last: Option<&'static str>,
    max_payload: usize,
}

impl GetQueue {
    /// Of a new session: `open` is the packet that the first GET is answered with.
    pub fn new(open: String, max_payload: usize) -> Self {
        Self {
            messages: VecDeque::new(),
            control: VecDeque::new(),
            open: Some(open),
            last: None,
            max_payload,
        }
    }

    /// Puts a message behind those that wait.
    pub fn push(&mut self, message: Message) {
        self.messages.push_back(message);
    }

    /// Puts an Engine.IO packet before all messages.
    pub fn push_control(&mut self, packet: &'static str) {
        self.control.push_back(packet);
    }

    /// Puts a packet behind all messages, after which nothing comes.
    pub fn push_last(&mut self, packet: &'static str) {
        self.last = Some(packet);
    }

    /// Drops the messages: the client does not take them.
    pub fn discard(&mut self) {
        self.messages = VecDeque::new();
    }

    /// Whether the next GET would not take all of them, were there one more.
    pub fn is_full(&self) -> bool {
        self.messages.len() >= MAX_GET_PACKETS
    }

    /// Whether nothing waits but, perhaps, the open packet.
    pub fn is_flushed(&self) -> bool {
        self.messages.is_empty() && self.control.is_empty() && self.last.is_none()
    }

    /// Whether there is something to answer a GET with.
    pub fn is_ready(&self) -> bool {
        self.open.is_some() || !self.is_flushed()
    }

    /// What has not been sent yet, for the websocket that the session goes on over.
    pub fn take_rest(&mut self) -> (VecDeque<&'static str>, VecDeque<Message>) {
        (std::mem::take(&mut self.control), std::mem::take(&mut self.messages))
    }

    /// The answer to a GET: at most [`MAX_GET_PACKETS`], and no more bytes than the client was told unless a single message is
    /// longer.
    pub fn body(&mut self) -> String {
        let mut body = self.open.take().unwrap_or_default();
        let mut packets = usize::from(!body.is_empty());
        let room = self.control.len().min(MAX_GET_PACKETS - packets);
        for packet in self.control.drain(..room) {
            separate(&mut body);
            body.push_str(packet);
            packets += 1;
        }
        while let Some(message) = self.messages.front() {
            let fits = packets + message.packets() <= MAX_GET_PACKETS
                && body.len() + message.size() <= self.max_payload;
            if packets > 0 && !fits {
                break;
            }
            separate(&mut body);
            message.push_to(&mut body);
            packets += message.packets();
            self.messages.pop_front();
        }
        if self.messages.is_empty()
            && packets < MAX_GET_PACKETS
            && let Some(packet) = self.last.take()
        {
            separate(&mut body);
            body.push_str(packet);
        }
        body
    }
}

fn separate(body: &mut String) {
    if !body.is_empty() {
        body.push(RECORD_SEPARATOR);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn a_get_takes_what_comes_first_and_leaves_what_is_too_much() {
        let mut queue = GetQueue::new("0{}".into(), 1000);
        assert!(queue.is_ready() && queue.is_flushed());
        assert_eq!(queue.body(), "0{}");
        assert!(!queue.is_ready());
        (0..20).for_each(|id| queue.push(Message::raw(&format!("3{id}[]"))));
        queue.push_control("2");
        queue.push_last("1");
        assert!(queue.is_full() && !queue.is_flushed());
        let first = queue.body();
        assert!(first.starts_with("2\u{1e}430[]\u{1e}431[]"), "{first}");
        assert_eq!(first.split(RECORD_SEPARATOR).count(), MAX_GET_PACKETS);
        assert_eq!(queue.body(), "4315[]\u{1e}4316[]\u{1e}4317[]\u{1e}4318[]\u{1e}4319[]\u{1e}1");
        assert!(queue.is_flushed() && !queue.is_ready());
    }

    #[test]
    fn the_last_packet_waits_for_the_next_get_where_sixteen_come_before_it() {
        for (waiting, expected) in [(15, &[16][..]), (16, &[16, 1]), (17, &[16, 2])] {
            let mut queue = GetQueue::new(String::new(), 1000);
            (0..waiting - 1).for_each(|id| queue.push(Message::raw(&format!("3{id}[]"))));
            queue.push(Message::raw("1"));
            queue.push_last("1");
            let bodies: Vec<String> = std::iter::from_fn(|| queue.is_ready().then(|| queue.body())).collect();
            let packets: Vec<usize> =
                bodies.iter().map(|body| body.split(RECORD_SEPARATOR).count()).collect();
            assert_eq!(packets, expected, "{waiting}");
            assert!(bodies.last().is_some_and(|body| body.ends_with('1')));
        }
    }

    #[test]
    fn attachments_are_never_apart_from_their_packet() {
        let mut queue = GetQueue::new(String::new(), 10_000);
        (0..10).for_each(|id| queue.push(Message::raw(&format!("3{id}[]"))));
        let bytes = vec![Bytes::from_static(b"x"); 9];
        queue.push(Message::raw_binary("59-[\"x\"]", &bytes));
        queue.push_control("2");
        let sizes = |body: String| body.split(RECORD_SEPARATOR).count();
        assert_eq!(
            (sizes(queue.body()), sizes(queue.body())),
            (11, 10),
            "sixteen would have been in the middle of it"
        );
    }

    #[test]
    fn one_message_is_sent_however_long_it_is() {
        let mut queue = GetQueue::new(String::new(), 10);
        queue.push(Message::raw(&"x".repeat(100)));
        queue.push(Message::raw("y"));
        queue.body();
        assert_eq!(queue.body(), "4y");
    }
}
