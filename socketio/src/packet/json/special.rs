//! What JSON does not let stand in a text as it is: where such bytes are, many looked at together.

use wide::u8x16;

/// Bytes that fit into a register.
const PIECE: usize = 16;
/// Bytes whose bits fit into a word.
pub(super) const BLOCK: usize = 64;

/// Of each byte, whether it is special.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = true;
        byte += 1;
    }
    special[b'"' as usize] = true;
    special[b'\\' as usize] = true;
    special
};

fn is_special(byte: u8) -> bool {
    SPECIAL.get(usize::from(byte)).is_some_and(|special| *special)
}

fn in_piece(piece: &[u8; PIECE]) -> u32 {
    let bytes = u8x16::new(*piece);
    let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
    let quote = bytes.simd_eq(u8x16::splat(b'"'));
    let backslash = bytes.simd_eq(u8x16::splat(b'\\'));
    (control | quote | backslash).to_bitmask()
}

/// A bit for each byte, the lowest for the first.
pub(super) fn in_block(block: &[u8; BLOCK]) -> u64 {
    let (pieces, _) = block.as_chunks::<PIECE>();
    pieces.iter().rev().fold(0, |bits, piece| bits << PIECE | u64::from(in_piece(piece)))
}

/// How many bytes there are before the first.
pub(super) fn before_special(bytes: &[u8]) -> usize {
    let (pieces, rest) = bytes.as_chunks::<PIECE>();
    for (passed, piece) in pieces.iter().enumerate() {
        let found = in_piece(piece);
        if found != 0 {
            return passed * PIECE + found.trailing_zeros() as usize;
        }
    }
    let passed = pieces.len() * PIECE;
    match bytes.last_chunk() {
        // Some of it has been looked at, which is faster than one byte after the other.
        Some(piece) => {
            let found = in_piece(piece) >> (PIECE - rest.len());
            passed + if found == 0 { rest.len() } else { found.trailing_zeros() as usize }
        }
        None => passed + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len()),
    }
}
