//! Counts the frames of a websocket as they pass (RFC 6455 section 5): what a reader of messages never gets to see.
//!
//! Only headers are looked at, and nothing is kept but the part of a header that has come so far. What is wrong with a frame
//! itself (reserved bits, unknown opcodes, no mask) is left to whoever reads it.

use std::time::{Duration, Instant};

use super::pace::Pace;

/// What a client may do with frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameLimits {
    /// Control frames a second.
    pub control_per_second: u32,
    /// Control frames at once.
    pub control_burst: u32,
    /// Fragments of one message.
    pub fragments: u32,
    /// From the first byte of a message to its last.
    pub message_time: Duration,
}

/// Why a connection is to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Pings and pongs, too many of them.
    #[error("more control frames than allowed")]
    Control,
    /// A message in too many pieces.
    #[error("a message in more fragments than allowed")]
    Fragments,
    /// A length was written with more bytes than it needs, or with its top bit.
    #[error("the length of a frame is not written as the standard says")]
    Length,
}

impl FrameError {
    /// Whether it is a matter of measure (1008), not of grammar (1002).
    pub fn is_policy(self) -> bool {
        self != Self::Length
    }
}

/// Follows one direction of a connection.
#[derive(Clone, Debug)]
pub struct FrameScanner {
    limits: FrameLimits,
    control: Pace,
    header: [u8; 10],
    /// Bytes of the header that have come.
    have: u8,
    /// Bytes of the frame after these, mask and payload, that have not come.
    left: u64,
    /// Fragments of the message that has begun; none between messages.
    fragments: u32,
    /// When a message was first seen unfinished.
    since: Option<Instant>,
    /// A close frame has come: nothing after it means anything.
    closed: bool,
}

impl FrameScanner {
    /// At the beginning of a connection.
    pub fn new(limits: FrameLimits, now: Instant) -> Self {
        Self {
            control: Pace::new(limits.control_per_second, limits.control_burst, now),
            limits,
            header: [0; 10],
            have: 0,
            left: 0,
            fragments: 0,
            since: None,
            closed: false,
        }
    }

    /// Follows bytes as they come, as far as the end of a frame; how many these are. After a close frame, all are. Whoever reads
    /// them so never has the beginning of what comes behind the frame that it is told of. `now` is asked only if it matters.
    ///
    /// # Errors
    /// When the client goes beyond a limit. After that, this scanner is of no use.
    pub fn scan(&mut self, all: &[u8], now: impl Fn() -> Instant) -> Result<usize, FrameError> {
        let mut bytes = all;
        while !bytes.is_empty() && !self.closed {
            if self.left > 0 {
                let skip = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
                self.left -= skip as u64;
                bytes = bytes.get(skip..).unwrap_or_default();
                // Of a frame, or of all that there is.
                break;
            }
            let Some((byte, rest)) = bytes.split_first() else { break };
            if let Some(place) = self.header.get_mut(usize::from(self.have)) {
                *place = *byte;
            }
            self.have += 1;
            bytes = rest;
            if self.have >= 2 && self.have == self.header_length() {
                self.have = 0;
                self.frame(&now)?;
                if self.left == 0 {
                    break;
                }
            }
        }
        self.unfinished(!self.closed && !self.is_between(), now);
        Ok(if self.closed { all.len() } else { all.len() - bytes.len() })
    }

    /// Whether what comes next begins a message or a control frame.
    pub fn is_between(&self) -> bool {
        self.have == 0 && self.left == 0 && self.fragments == 0
    }

    /// Whether a message has begun and not come to its end, as somebody else has seen who reads whole messages.
    pub fn unfinished(&mut self, is_unfinished: bool, now: impl Fn() -> Instant) {
        if !is_unfinished {
            self.since = None;
        } else if self.since.is_none() {
            self.since = Some(now());
        }
    }

    /// When the message that has begun must be there.
    pub fn deadline(&self) -> Option<Instant> {
        self.since.map(|since| since + self.limits.message_time)
    }

    /// Nobody was reading until now: a message that has begun gets its whole time again.
    pub fn excuse(&mut self, now: Instant) {
        if self.since.is_some() {
            self.since = Some(now);
        }
    }

    fn header_length(&self) -> u8 {
        match self.header[1] & 0x7f {
            126 => 4,
            127 => 10,
            _ => 2,
        }
    }

    /// A header is complete.
    fn frame(&mut self, now: impl Fn() -> Instant) -> Result<(), FrameError> {
        let [first, second, extended @ ..] = self.header;
        let (length, least) = match second & 0x7f {
            126 => (u64::from(u16::from_be_bytes([extended[0], extended[1]])), 126),
            127 => (u64::from_be_bytes(extended), 1 << 16),
            short => (u64::from(short), 0),
        };
        if length < least {
            return Err(FrameError::Length);
        }
        // A length that no message has is refused by whoever reads it, as too long.
        self.left = length.saturating_add(if second & 0x80 == 0 { 0 } else { 4 });
        let (is_final, opcode) = (first & 0x80 != 0, first & 0x0f);
        if opcode >= 8 {
            self.closed = opcode == 8;
            return if self.control.take(now()) { Ok(()) } else { Err(FrameError::Control) };
        }
        self.fragments = self.fragments.saturating_add(1);
        if self.fragments > self.limits.fragments {
            return Err(FrameError::Fragments);
        }
        if is_final {
            self.fragments = 0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: FrameLimits = FrameLimits {
        control_per_second: 20,
        control_burst: 100,
        fragments: 4,
        message_time: Duration::from_secs(30),
    };

    /// A masked frame; the mask is zero.
    fn frame(first: u8, length: usize) -> Vec<u8> {
        let mut frame = vec![first];
        match length {
            0..126 => frame.push(0x80 | u8::try_from(length).unwrap()),
            126..65_536 => {
                frame.push(0xfe);
                frame.extend(u16::try_from(length).unwrap().to_be_bytes());
            }
            _ => {
                frame.push(0xff);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        // What looks like headers and is none.
        frame.extend(std::iter::repeat_n(0x89, length));
        frame
    }

    fn scan(frames: &[Vec<u8>], chunk: usize) -> (Result<(), FrameError>, FrameScanner) {
        let start = Instant::now();
        let mut scanner = FrameScanner::new(LIMITS, start);
        let bytes = frames.concat();
        let result = bytes.chunks(chunk).try_for_each(|bytes| scan_all(&mut scanner, bytes, start));
        (result, scanner)
    }

    fn scan_all(scanner: &mut FrameScanner, mut bytes: &[u8], now: Instant) -> Result<(), FrameError> {
        while !bytes.is_empty() {
            let count = scanner.scan(bytes, || now)?;
            assert!(count > 0);
            bytes = &bytes[count..];
        }
        Ok(())
    }

    #[test]
    fn payloads_are_passed_over_however_they_are_cut() {
        let frames =
            [frame(0x81, 5), frame(0x82, 300), frame(0x81, 70_000), frame(0x89, 125), frame(0x81, 0)];
        for chunk in [1, 2, 7, 1000, usize::MAX] {
            let (result, scanner) = scan(&frames, chunk);
            assert_eq!((result, scanner.deadline()), (Ok(()), None), "{chunk}");
        }
    }

    #[test]
    fn control_frames_and_fragments_are_counted() {
        let pings = |count| vec![frame(0x89, 0); count];
        assert_eq!(scan(&pings(100), 8192).0, Ok(()));
        assert_eq!(scan(&pings(101), 8192).0, Err(FrameError::Control));
        let pieces = |count: usize| {
            let mut frames = vec![frame(0x01, 1)];
            frames.extend(vec![frame(0x00, 0); count - 2]);
            frames.push(frame(0x80, 1));
            frames
        };
        assert_eq!(scan(&[pieces(4), pieces(4)].concat(), 3).0, Ok(()), "counted per message");
        assert_eq!(scan(&pieces(5), 3).0, Err(FrameError::Fragments));
    }

    #[test]
    fn it_stops_behind_each_frame() {
        let frames = [
            frame(0x81, 5),
            frame(0x89, 0),
            frame(0x01, 3),
            frame(0x89, 2),
            frame(0x80, 4),
            frame(0x82, 0),
            // Without a mask and without a payload: what reads it complains.
            vec![0x89, 0],
            frame(0x81, 300),
        ];
        let bytes = frames.concat();
        let start = Instant::now();
        let mut scanner = FrameScanner::new(LIMITS, start);
        let (mut at, mut stops, mut between) = (0, Vec::new(), Vec::new());
        while at < bytes.len() {
            let count = scanner.scan(&bytes[at..], || start).unwrap();
            stops.push(count);
            between.push(scanner.is_between());
            at += count;
        }
        assert_eq!(stops, frames.each_ref().map(Vec::len));
        assert_eq!(between, [true, true, false, false, true, true, true, true], "not within a message");
    }

    #[test]
    fn lengths_take_as_few_bytes_as_they_need() {
        let long = |bytes: &[u8]| scan(&[[&[0x81], bytes].concat()], 64).0;
        assert_eq!(long(&[0xfe, 0, 125]), Err(FrameError::Length));
        assert_eq!(long(&[0xfe, 0, 126]), Ok(()));
        assert_eq!(long(&[0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff]), Err(FrameError::Length));
        assert_eq!(long(&[0xff, 0, 0, 0, 0, 0, 1, 0, 0]), Ok(()));
        assert_eq!(long(&[0xff; 9]), Ok(()), "left to whoever knows the longest message");
    }

    #[test]
    fn an_unfinished_message_has_a_deadline_and_nothing_counts_after_a_close() {
        let start = Instant::now();
        let mut scanner = FrameScanner::new(LIMITS, start);
        let message = frame(0x81, 10);
        scanner.scan(&message[..9], || start).unwrap();
        assert_eq!(scanner.deadline(), Some(start + LIMITS.message_time));
        scanner.excuse(start + Duration::from_secs(5));
        assert_eq!(scanner.deadline(), Some(start + Duration::from_secs(35)));
        scanner.scan(&message[9..], || start).unwrap();
        assert_eq!(scanner.deadline(), None);
        scanner.scan(&frame(0x01, 1), || start).unwrap();
        assert!(scanner.deadline().is_some(), "a fragment is no message");
        let closing = [vec![frame(0x88, 0)], vec![frame(0x89, 0); 500]].concat();
        assert_eq!(scan(&closing, 8192).0, Ok(()));
    }
}
