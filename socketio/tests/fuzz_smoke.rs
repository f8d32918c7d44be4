//! The fuzz targets on stable Rust: a corpus of what has been wrong somewhere, its mutations, and random bytes from a fixed seed.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(unreachable_pub, reason = "the targets are shared with a crate of their own")]

mod targets {
    include!("../../fuzz/targets.rs");
}

/// Random inputs of each target.
const INPUTS: usize = 20_000;

/// xorshift64*: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }
}

/// Every seed, then seeds with a few bytes changed, inserted, taken out or repeated, and bytes that mean nothing.
fn smoke(target: fn(&[u8]), seeds: &[&[u8]]) {
    seeds.iter().for_each(|seed| target(seed));
    let alphabet = b"0123456789[]{}\",-/:b\\_=&\x1e\x00\x7f\x80\x81\x88\x89\xfe\xff num";
    let mut random = Random(0x5eed_0000_0000_0001);
    for _ in 0..INPUTS {
        let mut input = seeds[random.below(seeds.len())].to_vec();
        for _ in 0..=random.below(6) {
            let at = random.below(input.len() + 1);
            let byte = alphabet[random.below(alphabet.len())];
            match random.below(4) {
                0 if at < input.len() => input[at] = byte,
                1 if at < input.len() => drop(input.remove(at)),
                2 => {
                    let piece = input[at..].iter().take(16).copied().collect::<Vec<_>>();
                    input.extend(piece);
                }
                _ => input.insert(at, byte),
            }
        }
        target(&input);
    }
}

#[test]
fn polling_payload() {
    smoke(
        targets::polling_payload,
        &[
            b"",
            b"40",
            b"\x1e\x1e\x1e\x1e",
            b"42[\"message\",1]\x1e452-[\"x\",{\"_placeholder\":true,\"num\":0}]\x1ebAQIDBA==\x1e3",
            b"b",
            b"b*",
            "4\u{fc}\u{1e}4\u{1f980}".as_bytes(),
        ],
    );
}

#[test]
fn packet() {
    smoke(
        targets::packet,
        &[
            b"0",
            b"0/custom,{\"token\":\"x\"}",
            b"2[\"message\",{\"a\":[1,2,3]}]",
            b"2/a?b=c,12[\"a\\u0062\\\"\",1 , [2,3]]",
            b"51-/custom,12[\"message\",{\"_placeholder\":true,\"num\":0}]",
            b"5451000000-[\"x\"]",
            b"39007199254740991[]",
            b"2[",
            b"2]",
            b"4\"",
            "2[\"\u{fc}\",\"\u{1f980}\"]".as_bytes(),
        ],
    );
}

#[test]
fn msgpack() {
    smoke(
        targets::msgpack,
        &[
            b"",
            b"\x83\xa4type\x00\xa4data\xd4\0\0\xa3nsp\xa1/",
            b"\x85\xa4type\x02\xa4data\x93\xa1x\xc4\x01a\x82\xac_placeholder\xc3\xa3num\0\xa7options\x80\xa2id\x03\xa3nsp\xa2/a",
            b"\x84\xa4type\x03\xa4data\x97\xcb\x3f\xf8\0\0\0\0\0\0\xd3\xff\xff\xff\xff\0\0\0\0\xd7\0\0\0\x01\x8b\xcf\xe5\x68\x7b\xc7\x02\0\x09\x08\xd6\xff\0\0\0\x01\xd9\x01\"\xdc\0\x01\xc0\xa3nsp\xa1/\xa2id\xcd\x01\x2c",
            b"\x83\xa4type\x04\xa4data\x81\xa7message\xa2no\xa3nsp\xa1/",
            b"\x81\xa4data\xdd\xff\xff\xff\xff\xdf\xff\xff\xff\xff",
        ],
    );
}

#[test]
fn frame_stream() {
    smoke(
        targets::frame_stream,
        &[
            b"\x81\x85\0\0\0\0hello\x89\x80\0\0\0\0\x88\x82\0\0\0\0\x03\xe8",
            b"\x01\x81\0\0\0\0a\x00\x80\0\0\0\0\x80\x81\0\0\0\0b",
            b"\x81\xfe\x00\x7e\0\0\0\0",
            b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff",
            b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0",
        ],
    );
}

#[test]
fn handshake_query() {
    smoke(
        targets::handshake_query,
        &[
            b"EIO=4&transport=polling",
            b"sid=AAAAAAAAAAAAAAAAAAAAAA&transport=websocket&EIO=4",
            b"&&==&",
            b"transport[]=x",
        ],
    );
}
