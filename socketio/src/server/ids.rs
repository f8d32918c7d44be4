//! Ids from the system's source of randomness, 128 bits each.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use data_encoding::BASE64URL_NOPAD;

/// Bytes of randomness in an id.
const BYTES: usize = 16;

/// The public id of a socket: what events and other users may see. Not the session id, which is a secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SocketId([u8; BYTES]);

/// The Engine.IO session id: whoever knows it is the client.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SessionId([u8; BYTES]);

/// Something by the ids of sockets. They are random, and nobody but us makes those that are put in: they need no hashing to be
/// spread, not even against somebody who would rather have them in one place.
pub(crate) type BySocket<T> = HashMap<SocketId, T, BuildHasherDefault<FirstBytes>>;

/// Takes the first bytes of an id for its hash.
#[derive(Default)]
pub(crate) struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Of nothing but ids, which write a number; of anything else, everything counts somehow.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

impl Hash for SocketId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        state.write_u64(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
    }
}

impl SocketId {
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        random().map(Self)
    }

    /// Two of them, written one after the other.
    pub(crate) fn parse_pair(text: &str) -> Option<(Self, Self)> {
        let (first, second) = text.split_at_checked(22)?;
        let parse = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self);
        Some((parse(first)?, parse(second)?))
    }
}

impl SessionId {
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        random().map(Self)
    }

    /// From the query of a request; `None` if it is none of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    pub(crate) fn encode(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }
}

fn random() -> Result<[u8; BYTES], getrandom::Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

impl fmt::Display for SocketId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl fmt::Debug for SocketId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_id_survives_the_query() {
        let id = SessionId::random().unwrap();
        assert!(SessionId::parse(&id.encode()) == Some(id));
        assert!(SessionId::parse("").is_none() && SessionId::parse("../../etc").is_none());
        assert_ne!(SocketId::random().unwrap(), SocketId::random().unwrap());
    }

    #[test]
    fn sockets_are_found_by_their_ids_alone() {
        let ids: Vec<_> = (0..1000).map(|_| SocketId::random().unwrap()).collect();
        // The same first bytes are the same hash, and yet not the same id.
        let mut twin = ids[0].0;
        twin[BYTES - 1] ^= 1;
        let mut map: BySocket<usize> = ids.iter().copied().zip(0..).collect();
        assert_eq!(map.get(&SocketId(twin)), None);
        map.insert(SocketId(twin), 7);
        assert!(ids.iter().zip(0..).all(|(id, at)| map[id] == at) && map.len() == 1001);
    }

    #[test]
    fn a_million_ids_are_all_different_and_random_in_every_bit() {
        const COUNT: u32 = 1_000_000;
        let mut seen = std::collections::HashSet::with_capacity(COUNT as usize);
        let mut ones = [0u32; 8 * BYTES];
        for _ in 0..COUNT {
            let bytes = random().unwrap();
            for (at, ones) in ones.iter_mut().enumerate() {
                *ones += u32::from(bytes[at / 8] >> (at % 8) & 1);
            }
            assert!(seen.insert(bytes));
        }
        // Each bit is one half of the time; seven standard deviations from that are once in 10^9 runs of all bits.
        let deviation = f64::from(COUNT).sqrt() / 2.0;
        for ones in ones {
            assert!((f64::from(ones) - f64::from(COUNT) / 2.0).abs() < 7.0 * deviation, "{ones} of {COUNT}");
        }
    }
}
