//! Binary values in payloads: placeholders in the JSON, attachments behind it (Socket.IO protocol, "Sending binary").
//!
//! A value does not know the packet that it comes in or goes out with. While a payload is read or written, which is in one go
//! on one thread, the attachments of that packet are kept where the values find them.

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use serde::de::Error as _;
use serde::ser::{Error as _, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::socket::MAX_ATTACHMENTS;

/// Bytes in a payload: an attachment of its packet. Cloning shares them.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary(pub Bytes);

thread_local! {
    /// Of the packet that is being read.
    static READING: RefCell<Vec<Bytes>> = const { RefCell::new(Vec::new()) };
    /// Of the packet that is being written.
    static WRITING: RefCell<Option<Vec<Bytes>>> = const { RefCell::new(None) };
}

/// Puts back what was there, also if the payload's own code panics.
struct Restore<F: FnMut()>(F);

impl<F: FnMut()> Drop for Restore<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Reads something whose placeholders stand for these.
pub(crate) fn reading<R>(attachments: &[Bytes], read: impl FnOnce() -> R) -> R {
    if attachments.is_empty() {
        return read();
    }
    let mut before = READING.replace(attachments.to_vec());
    let _restore = Restore(|| _ = READING.replace(std::mem::take(&mut before)));
    read()
}

/// Writes something; gives the attachments that its placeholders stand for.
pub(crate) fn writing<R>(write: impl FnOnce() -> R) -> (R, Vec<Bytes>) {
    let mut before = WRITING.replace(Some(Vec::new()));
    let _restore = Restore(|| _ = WRITING.replace(before.take()));
    let written = write();
    (written, WRITING.take().unwrap_or_default())
}

/// Whether the payload of a packet is being written.
pub(super) fn is_writing() -> bool {
    WRITING.with_borrow(Option::is_some)
}

/// What stands for an attachment.
#[derive(Deserialize)]
struct Placeholder {
    #[serde(rename = "_placeholder")]
    is: bool,
    num: usize,
}

impl<'de> Deserialize<'de> for Binary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let place = Placeholder::deserialize(deserializer)?;
        let found = READING.with_borrow(|attachments| attachments.get(place.num).cloned());
        found.filter(|_| place.is).map(Self).ok_or_else(|| D::Error::custom("expected binary data"))
    }
}

impl Serialize for Binary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = WRITING.with_borrow_mut(|attachments| {
            let attachments =
                attachments.as_mut().ok_or("binary data can only be written into the payload of a packet")?;
            if attachments.len() >= MAX_ATTACHMENTS {
                return Err("a packet has at most 10 attachments");
            }
            attachments.push(self.0.clone());
            Ok(attachments.len() - 1)
        });
        let mut place = serializer.serialize_struct("Placeholder", 2)?;
        place.serialize_field("_placeholder", &true)?;
        place.serialize_field("num", &number.map_err(S::Error::custom)?)?;
        place.end()
    }
}

impl fmt::Debug for Binary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Binary({} bytes)", self.0.len())
    }
}

impl<T: Into<Bytes>> From<T> for Binary {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::packet::check_placeholders;

    /// Anything that a payload may be.
    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(untagged)]
    enum Tree {
        Binary(Binary),
        Number(i64),
        Text(String),
        List(Vec<Tree>),
        Map(BTreeMap<String, Tree>),
        Nothing(()),
    }

    fn tree() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..20).prop_map(|bytes| Tree::Binary(bytes.into())),
            any::<i64>().prop_map(Tree::Number),
            ".{0,10}".prop_map(Tree::Text),
            Just(Tree::Nothing(())),
        ];
        leaf.prop_recursive(8, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
                proptest::collection::btree_map("num|[a-z\"\\\\]{0,4}", inner, 0..5).prop_map(Tree::Map),
            ]
        })
    }

    fn count(tree: &Tree) -> usize {
        match tree {
            Tree::Binary(_) => 1,
            Tree::List(list) => list.iter().map(count).sum(),
            Tree::Map(map) => map.values().map(count).sum(),
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn bytes_keep_their_place_however_deep_it_is(tree in tree()) {
            let (json, attachments) = writing(|| serde_json::to_string(&tree));
            let many = count(&tree);
            prop_assert_eq!(json.is_ok(), many <= MAX_ATTACHMENTS);
            if let Ok(json) = json {
                prop_assert_eq!(attachments.len(), many);
                prop_assert!(check_placeholders(&json, many).is_ok());
                let back = reading(&attachments, || serde_json::from_str::<Tree>(&json)).unwrap();
                prop_assert_eq!(back, tree);
            }
        }
    }

    #[test]
    fn values_are_written_as_places_and_read_from_them() {
        let values = [Binary::from(&b"ab"[..]), Binary::from(&b""[..])];
        let (json, attachments) = writing(|| serde_json::to_string(&values).unwrap());
        assert_eq!(json, r#"[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]"#);
        assert_eq!(attachments, [&b"ab"[..], b""]);
        let back = || serde_json::from_str::<Vec<Binary>>(&json).ok();
        assert_eq!(reading(&attachments, back), Some(values.to_vec()));
        assert_eq!(reading(&attachments[..1], back), None, "there is no second one");
        assert_eq!(back(), None, "nothing is left of the packet before");
        assert!(serde_json::to_string(&values).is_err(), "nor is there any to write to");
    }

    #[test]
    fn a_packet_has_no_more_than_ten() {
        let many =
            |count: usize| writing(|| serde_json::to_string(&vec![Binary::default(); count]).is_ok()).0;
        assert!(many(10) && !many(11));
    }

    #[test]
    fn a_payload_that_panics_leaves_nothing_behind() {
        struct Bad;
        impl Serialize for Bad {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                panic!("on purpose")
            }
        }
        let caught = std::panic::catch_unwind(|| writing(|| serde_json::to_string(&Bad).is_ok()));
        assert!(caught.is_err());
        assert!(serde_json::to_string(&Binary::default()).is_err());
    }
}
