//! WebSocket frames of a server (RFC 6455 section 5.2): never masked, so that one copy serves all recipients.

use std::cell::Cell;

use bytes::Bytes;

/// Room for the longest header of a server's frame.
pub(crate) const HEADER_ROOM: usize = 10;

/// Opcode of a text frame, with FIN.
pub(crate) const TEXT: u8 = 0x81;
/// Opcode of a binary frame, with FIN.
pub(crate) const BINARY: u8 = 0x82;
/// Opcode of a close frame, with FIN.
const CLOSE: u8 = 0x88;

/// Frames up to this size are copied out of a buffer that is used again, into just the memory they need: one allocation
/// instead of one for each time that the buffer grows.
const MAX_REUSED: usize = 64 << 10;

thread_local! {
    static REUSED: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A buffer whose first [`HEADER_ROOM`] bytes are kept free.
pub(crate) fn begin(capacity: usize) -> Vec<u8> {
    let mut buffer = REUSED.take();
    buffer.clear();
    buffer.reserve(HEADER_ROOM + capacity);
    buffer.resize(HEADER_ROOM, 0);
    buffer
}

/// Writes the header before the payload of a buffer that begins with [`HEADER_ROOM`] free bytes; the frame, and where
/// in it the payload begins.
pub(crate) fn finish(mut buffer: Vec<u8>, opcode: u8) -> (Bytes, u8) {
    let length = buffer.len().saturating_sub(HEADER_ROOM);
    let mut header = [0u8; HEADER_ROOM];
    let used = match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short), _) if short < 126 => {
            header[..2].copy_from_slice(&[opcode, short]);
            2
        }
        (_, Ok(middle)) => {
            header[..2].copy_from_slice(&[opcode, 126]);
            header[2..4].copy_from_slice(&middle.to_be_bytes());
            4
        }
        _ => {
            header[..2].copy_from_slice(&[opcode, 127]);
            header[2..10].copy_from_slice(&(length as u64).to_be_bytes());
            10
        }
    };
    let start = HEADER_ROOM - used;
    buffer[start..HEADER_ROOM].copy_from_slice(&header[..used]);
    let frame = if buffer.capacity() <= MAX_REUSED {
        let frame = Bytes::copy_from_slice(buffer.get(start..).unwrap_or_default());
        REUSED.set(buffer);
        frame
    } else {
        Bytes::from(buffer).slice(start..)
    };
    #[allow(clippy::cast_possible_truncation)]
    (frame, used as u8)
}

/// A frame of a payload.
pub(crate) fn frame(payload: &[u8], opcode: u8) -> (Bytes, u8) {
    let mut buffer = begin(payload.len());
    buffer.extend_from_slice(payload);
    finish(buffer, opcode)
}

/// A text frame.
pub(crate) fn text_frame(text: &str) -> Bytes {
    frame(text.as_bytes(), TEXT).0
}

/// A binary frame.
pub(crate) fn binary_frame(bytes: &[u8]) -> Bytes {
    frame(bytes, BINARY).0
}

/// A close frame; the reason is cut to the 123 bytes there is room for.
pub(crate) fn close_frame(code: u16, reason: &str) -> Bytes {
    let mut end = reason.len().min(123);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    let mut payload = code.to_be_bytes().to_vec();
    payload.extend_from_slice(reason.get(..end).unwrap_or_default().as_bytes());
    frame(&payload, CLOSE).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_takes_one_three_or_nine_bytes() {
        for (length, header) in [(0usize, 2usize), (125, 2), (126, 4), (65_535, 4), (65_536, 10)] {
            let (frame, at) = frame(&vec![b'x'; length], TEXT);
            assert_eq!((frame.len(), usize::from(at)), (header + length, header), "{length}");
        }
        assert_eq!(text_frame("hi").as_ref(), b"\x81\x02hi");
        assert_eq!(close_frame(1009, "big").as_ref(), b"\x88\x05\x03\xf1big");
        assert_eq!(close_frame(1000, &"ü".repeat(100)).len(), 2 + 2 + 122);
    }
}
