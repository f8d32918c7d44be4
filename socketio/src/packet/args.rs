//! Any number of arguments of any kind, as they came: for events of which nothing is said but that they have some.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::binary::writing;
use super::{Packet, Text, json, reading};

/// Arguments of an event or of an acknowledgement: JSON text, and the attachments that its placeholders stand for.
/// Cloning shares both, and so does sending them on.
#[derive(Clone, Default)]
pub struct Args {
    text: Text,
    /// Where in the text they are, separated by commas, without brackets.
    range: Range<usize>,
    attachments: Vec<Bytes>,
}

/// Why arguments could not be made of values.
#[derive(Debug, thiserror::Error)]
pub enum NoArgs {
    /// They do not serialise.
    #[error("the arguments do not serialise: {0}")]
    Encode(#[from] serde_json::Error),
    /// They are something else than a list.
    #[error("arguments are a list or a tuple; of one argument, `Args::of` makes some")]
    NoList,
}

impl Args {
    /// None at all.
    pub fn none() -> Self {
        Self::default()
    }

    /// One argument.
    ///
    /// # Errors
    /// When it does not serialise.
    pub fn of<T: Serialize + ?Sized>(argument: &T) -> Result<Self, serde_json::Error> {
        let (text, attachments) = writing(|| json::to_string(argument));
        let text = text?;
        Ok(Self { range: 0..text.len(), text: text.into(), attachments })
    }

    /// The items of a list or tuple.
    ///
    /// # Errors
    /// When they do not serialise, or are no list.
    pub fn from_list<T: Serialize + ?Sized>(list: &T) -> Result<Self, NoArgs> {
        let (text, attachments) = writing(|| json::to_string(list));
        let text = text?;
        if !(text.starts_with('[') && text.ends_with(']')) {
            return Err(NoArgs::NoList);
        }
        Ok(Self { range: 1..text.len() - 1, text: text.into(), attachments })
    }

    /// With these attachments and no others; `{"_placeholder":true,"num":0}` stands for the first of them. Those of values
    /// of the type [`Binary`](super::Binary) are there already.
    #[must_use]
    pub fn with_attachments(mut self, attachments: Vec<Bytes>) -> Self {
        self.attachments = attachments;
        self
    }

    /// Of a text that has been read.
    pub(crate) fn received(text: Text, range: Range<usize>, attachments: Vec<Bytes>) -> Self {
        Self { text, range, attachments }
    }

    /// One argument that has been written.
    pub(crate) fn written(json: &[u8], attachments: Vec<Bytes>) -> Self {
        let text = Text::from(String::from_utf8_lossy(json).into_owned());
        Self { range: 0..text.len(), text, attachments }
    }

    /// Those of an acknowledgement, whose slices are of `text`; `None` if they are no JSON.
    pub(crate) fn of_ack(text: &Text, packet: &Packet<'_>, attachments: Vec<Bytes>) -> Option<Self> {
        serde_json::from_str::<Vec<&RawValue>>(packet.data).ok()?;
        // The data reaches to the end of the text, and its brackets have been seen.
        let range = text.len() - packet.data.len() + 1..text.len() - 1;
        Some(Self { text: text.clone(), range, attachments })
    }

    /// The same in memory of its own, for who keeps it: a slice keeps the whole that it is of.
    pub(crate) fn detached(&self) -> Self {
        let text = self.json().to_owned();
        let attachments = self.attachments.iter().map(|bytes| Bytes::copy_from_slice(bytes)).collect();
        Self { range: 0..text.len(), text: text.into(), attachments }
    }

    /// The arguments as JSON text, separated by commas; empty if there are none.
    pub fn json(&self) -> &str {
        self.text.get(self.range.clone()).unwrap_or_default().trim_ascii()
    }

    /// The attachments, in order.
    pub fn attachments(&self) -> &[Bytes] {
        &self.attachments
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.json().is_empty()
    }

    /// All of them, decoded into a list or a tuple.
    ///
    /// # Errors
    /// When they are none.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        reading(&self.attachments, || serde_json::from_str(&format!("[{}]", self.json())))
    }

    /// One of them, from 0, decoded; `None` if there are not as many.
    ///
    /// # Errors
    /// When it is something else.
    pub fn get<T: DeserializeOwned>(&self, index: usize) -> Result<Option<T>, serde_json::Error> {
        let all: Vec<Box<RawValue>> = self.decode()?;
        let Some(argument) = all.get(index) else { return Ok(None) };
        reading(&self.attachments, || serde_json::from_str(argument.get())).map(Some)
    }
}

impl PartialEq for Args {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json() && self.attachments == other.attachments
    }
}

impl fmt::Debug for Args {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Args([{}], {} attachments)", self.json(), self.attachments.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Binary;
    use serde_json::json;

    #[test]
    fn values_become_arguments_and_come_out_again() {
        let args = Args::from_list(&(1, "two", [3])).unwrap();
        assert_eq!(args.json(), r#"1,"two",[3]"#);
        assert_eq!(args.decode::<(u8, String, Vec<u8>)>().unwrap(), (1, "two".into(), vec![3]));
        assert_eq!(args.get::<String>(1).unwrap().as_deref(), Some("two"));
        assert_eq!(args.get::<String>(3).unwrap(), None);
        assert!(args.get::<bool>(0).is_err());
        assert_eq!(Args::of(&()).unwrap().get::<serde_json::Value>(0).unwrap(), Some(json!(null)));
        assert!(Args::none().is_empty() && Args::from_list(&json!([])).unwrap().is_empty());
        let binary = Args::of(&[Binary::from(vec![1])]).unwrap();
        assert_eq!(binary.attachments(), [&[1][..]]);
        assert_eq!(binary.get::<Vec<Binary>>(0).unwrap(), Some(vec![vec![1].into()]));
        assert_eq!(Args::of(&json!([1, 2])).unwrap().json(), "[1,2]");
        assert!(matches!(Args::from_list(&json!({ "a": [1] })), Err(NoArgs::NoList)));
    }
}
