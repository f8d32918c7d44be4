//! Whole messages out of what has been read of a websocket (RFC 6455 section 5): nearly all that a client sends.
//!
//! A message in one frame is unmasked where it lies and handed on without a copy, unless it is little of what has been read:
//! whoever keeps it would keep all of that. Everything else (control frames, fragments,
//! whatever breaks the standard) is left to a complete implementation.

use bytes::{Buf, Bytes, BytesMut};

use crate::packet::Text;

/// First bytes of a final frame with text, and of one with bytes.
const TEXT: u8 = 0x81;
const BINARY: u8 = 0x82;
/// The bit of the second byte that every client's frame has.
const MASKED: u8 = 0x80;
/// How many times its own size a message may keep in memory.
const MOST_KEPT: usize = 4;
/// Bytes that are unmasked together.
const PIECE: usize = 32;

/// What stands at the front of what has been read.
#[derive(Debug, PartialEq, Eq)]
pub enum Whole {
    /// A message.
    Text(Text),
    /// A message.
    Binary(Bytes),
    /// A message or a header of which so many bytes, at least, have not come.
    Partial(usize),
    /// Something else than a message in one frame, of which nothing has been taken.
    Other,
}

/// A text that is no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a text is not UTF-8")]
pub struct InvalidText;

/// How far the message at the front has been worked through, of which not all has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    unmasked: usize,
    /// Of a text: what is certain to be UTF-8.
    valid: usize,
    /// Bytes of the memory that messages are in, of which some may have been handed on.
    held: usize,
}

/// The header of a frame with a whole message.
struct Header {
    is_text: bool,
    mask: [u8; 4],
    /// Where the payload begins, and where it ends.
    start: usize,
    end: usize,
}

enum Front {
    Header(Header),
    Partial(usize),
    Other,
}

impl Progress {
    /// Takes the message at the front. `longest` is the longest that is let through.
    ///
    /// # Errors
    /// When a text is no UTF-8, as soon as that can be known.
    pub fn next(&mut self, data: &mut BytesMut, longest: usize) -> Result<Whole, InvalidText> {
        self.held = self.held.max(data.capacity());
        let header = match front(data, longest) {
            Front::Header(header) => header,
            Front::Partial(missing) => return Ok(Whole::Partial(missing)),
            Front::Other => return Ok(Whole::Other),
        };
        let have = data.len().min(header.end);
        if let Some(fresh) = data.get_mut(header.start + self.unmasked..have) {
            unmask(fresh, header.mask, self.unmasked);
        }
        if have < header.end {
            self.unmasked = have - header.start;
            if header.is_text {
                self.check(data.get(header.start..have).unwrap_or_default())?;
            }
            return Ok(Whole::Partial(header.end - have));
        }
        let is_last = data.len() == have;
        let payload = if have.saturating_mul(MOST_KEPT) < self.held {
            let payload = Bytes::copy_from_slice(data.get(header.start..have).unwrap_or_default());
            data.advance(have);
            payload
        } else {
            // A frame alone is handed on in the memory it is in.
            let mut frame = if is_last { std::mem::take(data) } else { data.split_to(have) };
            frame.advance(header.start);
            frame.freeze()
        };
        // What comes after the last is read into other memory.
        *self = Self { held: if is_last { 0 } else { self.held }, ..Self::default() };
        if header.is_text {
            Text::try_from(payload).map(Whole::Text).map_err(|_| InvalidText)
        } else {
            Ok(Whole::Binary(payload))
        }
    }

    /// Whether it can be a text, as far as it has come.
    fn check(&mut self, payload: &[u8]) -> Result<(), InvalidText> {
        match std::str::from_utf8(payload.get(self.valid..).unwrap_or_default()) {
            Ok(text) => self.valid += text.len(),
            Err(error) if error.error_len().is_some() => return Err(InvalidText),
            Err(error) => self.valid += error.valid_up_to(),
        }
        Ok(())
    }
}

fn front(data: &[u8], longest: usize) -> Front {
    let (is_text, second) = match *data {
        [] => return Front::Partial(1),
        [TEXT | BINARY] => return Front::Partial(1),
        [first @ (TEXT | BINARY), second, ..] if second & MASKED != 0 => (first == TEXT, second & !MASKED),
        _ => return Front::Other,
    };
    let (length, at) = match (second, data) {
        (126, &[_, _, high, low, ..]) => (u64::from(u16::from_be_bytes([high, low])), 4),
        (127, &[_, _, a, b, c, d, e, f, g, h, ..]) => (u64::from_be_bytes([a, b, c, d, e, f, g, h]), 10),
        (126, _) => return Front::Partial(4 - data.len()),
        (127, _) => return Front::Partial(10 - data.len()),
        (short, _) => (u64::from(short), 2),
    };
    let is_shortest = match at {
        4 => length >= 126,
        10 => length > u64::from(u16::MAX),
        _ => true,
    };
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if !is_shortest || length > longest {
        return Front::Other;
    }
    match data.get(at..at + 4) {
        Some(&[a, b, c, d]) => Front::Header(Header {
            is_text,
            mask: [a, b, c, d],
            start: at + 4,
            end: (at + 4).saturating_add(length),
        }),
        _ => Front::Partial(at + 4 - data.len()),
    }
}

/// Takes the mask off bytes that begin so far behind the beginning of a payload.
fn unmask(bytes: &mut [u8], mut mask: [u8; 4], offset: usize) {
    mask.rotate_left(offset % 4);
    let mut long = [0; PIECE];
    let (repeated, _) = long.as_chunks_mut::<4>();
    repeated.fill(mask);
    let (pieces, rest) = bytes.as_chunks_mut::<PIECE>();
    for piece in pieces {
        for (byte, mask) in piece.iter_mut().zip(long) {
            *byte ^= mask;
        }
    }
    for (byte, mask) in rest.iter_mut().zip(long) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LONGEST: usize = 100_000;

    fn frame(first: u8, payload: &[u8], mask: [u8; 4]) -> Vec<u8> {
        let mut frame = vec![first];
        match payload.len() {
            length @ 0..126 => frame.push(0x80 | length as u8),
            length @ 126..65_536 => {
                frame.push(0x80 | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(0x80 | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(mask);
        frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        frame
    }

    fn next(bytes: &[u8]) -> Result<Whole, InvalidText> {
        let mut data = BytesMut::from(bytes);
        let whole = Progress::default().next(&mut data, LONGEST);
        if matches!(whole, Ok(Whole::Other)) {
            assert_eq!(data, bytes, "nothing is taken, nothing changed");
        }
        whole
    }

    proptest! {
        #[test]
        fn messages_come_out_as_they_went_in_however_they_are_cut(
            messages in prop::collection::vec((any::<bool>(), "\\PC{0,300}", 1usize..300, any::<[u8; 4]>()), 1..8),
            cut in 1usize..2000,
        ) {
            let mut sent = Vec::new();
            let mut expected = Vec::new();
            for (is_text, text, times, mask) in messages {
                let payload = text.repeat(times.min(LONGEST / text.len().max(1)));
                sent.extend(frame(if is_text { TEXT } else { BINARY }, payload.as_bytes(), mask));
                expected.push(if is_text {
                    Whole::Text(payload.into())
                } else {
                    Whole::Binary(payload.into())
                });
            }
            let (mut data, mut progress, mut came) = (BytesMut::new(), Progress::default(), Vec::new());
            for piece in sent.chunks(cut) {
                data.extend_from_slice(piece);
                loop {
                    match progress.next(&mut data, LONGEST).unwrap() {
                        Whole::Partial(missing) => break assert!(missing > 0),
                        whole => came.push(whole),
                    }
                }
            }
            prop_assert_eq!(came, expected);
            prop_assert!(data.is_empty());
        }

        #[test]
        fn anything_may_come(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = next(&bytes);
        }
    }

    #[test]
    fn what_is_no_whole_message_is_left_alone() {
        for first in [0x89, 0x8a, 0x88, 0x01, 0x00, 0x80, 0xc1, 0x83] {
            assert_eq!(next(&frame(first, b"x", [1; 4])), Ok(Whole::Other), "{first:#x}");
        }
        assert_eq!(next(b"\x81\x01x"), Ok(Whole::Other), "not masked");
        assert_eq!(next(b"\x81\xfe\x00\x7d"), Ok(Whole::Other), "a length with a byte too many");
        assert_eq!(next(&[0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff]), Ok(Whole::Other));
        assert_eq!(next(&[0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Ok(Whole::Other));
        let longest = frame(BINARY, &vec![7; LONGEST], [9, 8, 7, 6]);
        assert_eq!(next(&longest), Ok(Whole::Binary(vec![7; LONGEST].into())));
        assert_eq!(next(&frame(BINARY, &vec![7; LONGEST + 1], [9, 8, 7, 6])), Ok(Whole::Other));
    }

    #[test]
    fn who_keeps_a_short_message_does_not_keep_all_that_came_with_it() {
        let (short, long) = (frame(BINARY, b"short", [1; 4]), frame(BINARY, &[7; 20_000], [2; 4]));
        let mut data = BytesMut::with_capacity(64 << 10);
        data.extend_from_slice(&[short.clone(), long, short].concat());
        let memory = data.as_ptr() as usize..data.as_ptr() as usize + data.capacity();
        let mut progress = Progress::default();
        for is_within in [false, true, false] {
            let Ok(Whole::Binary(payload)) = progress.next(&mut data, LONGEST) else { panic!("no message") };
            assert_eq!(memory.contains(&(payload.as_ptr() as usize)), is_within, "{}", payload.len());
        }
        assert_eq!(progress.held, 0);
    }

    #[test]
    fn what_is_missing_is_said() {
        for (bytes, missing) in
            [(&b""[..], 1), (b"\x81", 1), (b"\x81\xfe", 2), (b"\x81\xff", 8), (b"\x81\x85", 4)]
        {
            assert_eq!(next(bytes), Ok(Whole::Partial(missing)), "{bytes:x?}");
        }
        assert_eq!(next(&frame(TEXT, b"hello", [1, 2, 3, 4])[..8]), Ok(Whole::Partial(3)));
    }

    #[test]
    fn a_text_that_is_none_is_known_before_its_end() {
        let frame = frame(TEXT, b"\xce\xba\xf4\x90\x80\x80 and more", [3, 1, 4, 1]);
        let mut data = BytesMut::new();
        let mut progress = Progress::default();
        let fails = frame.iter().position(|byte| {
            data.extend_from_slice(&[*byte]);
            progress.next(&mut data, LONGEST).is_err()
        });
        // The second byte of what is no character: 0xf4 0x90 is beyond the last.
        assert_eq!(fails, Some(6 + 3));
        let cut = b"\xce\xba\xce";
        assert_eq!(next(&super::tests::frame(TEXT, cut, [0; 4])), Err(InvalidText), "half a character");
        assert_eq!(
            next(&super::tests::frame(BINARY, cut, [0; 4])),
            Ok(Whole::Binary(Bytes::from_static(cut)))
        );
    }
}
