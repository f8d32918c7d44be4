//! The serialiser: punctuation and texts here, numbers by `serde_json`.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Error;

use super::compound::{self, Compound};
use super::escape::quoted;

/// The name under which `serde_json` serialises JSON that is written as it is.
pub(in crate::packet) const RAW: &str = "$serde_json::private::RawValue";

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A value.
    Value,
    /// The key of a map, which must be a text or is made one.
    Key,
    /// A text which is JSON already.
    Raw,
}

/// Writes one value after the other into a buffer.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) place: Place,
}

impl<'a> Writer<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, place: Place::Value }
    }

    /// A number or so: in quotes if it is a key.
    fn scalar<T: Serialize>(&mut self, value: T) -> Result<(), Error> {
        let quote = match self.place {
            Place::Value => return value.serialize(&mut serde_json::Serializer::new(&mut *self.out)),
            Place::Key => b'"',
            Place::Raw => return Err(Error::custom("raw JSON is a text")),
        };
        self.out.push(quote);
        value.serialize(&mut serde_json::Serializer::new(&mut *self.out))?;
        self.out.push(quote);
        Ok(())
    }

    /// Something that is no key.
    fn value(&self) -> Result<(), Error> {
        if self.place == Place::Value { Ok(()) } else { Err(Error::custom("key must be a string")) }
    }

    fn null(&mut self) -> Result<(), Error> {
        self.value()?;
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn open(&mut self, open: u8, close: &'static [u8]) -> Result<Compound<'_, 'a>, Error> {
        self.value()?;
        self.out.push(open);
        Ok(Compound::new(self, close))
    }

    /// `{"variant":` and then what is in it.
    fn variant(&mut self, name: &str) -> Result<(), Error> {
        self.value()?;
        self.out.push(b'{');
        quoted(self.out, name);
        self.out.push(b':');
        Ok(())
    }
}

impl<'w, 'a> Serializer for &'w mut Writer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Compound<'w, 'a>;
    type SerializeTuple = Compound<'w, 'a>;
    type SerializeTupleStruct = Compound<'w, 'a>;
    type SerializeTupleVariant = Compound<'w, 'a>;
    type SerializeMap = Compound<'w, 'a>;
    type SerializeStruct = Compound<'w, 'a>;
    type SerializeStructVariant = Compound<'w, 'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_i128(self, value: i128) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.scalar(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        if self.place == Place::Key && !value.is_finite() {
            return Err(Error::custom("float key must be finite (got NaN or +/-inf)"));
        }
        self.scalar(value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        if self.place == Place::Key && !value.is_finite() {
            return Err(Error::custom("float key must be finite (got NaN or +/-inf)"));
        }
        self.scalar(value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        match self.place {
            Place::Value | Place::Key => quoted(self.out, value),
            Place::Raw => self.out.extend_from_slice(value.as_bytes()),
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.value()?;
        serde_json::Serializer::new(&mut *self.out).serialize_bytes(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.null()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.null()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.variant(variant)?;
        value.serialize(&mut *self)?;
        self.out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w, 'a>, Error> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'w, 'a>, Error> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 'a>, Error> {
        self.open(b'[', b"]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'a>, Error> {
        self.variant(variant)?;
        self.open(b'[', b"]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w, 'a>, Error> {
        self.open(b'{', b"}")
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'w, 'a>, Error> {
        if name == RAW {
            self.value()?;
            return Ok(compound::Compound::raw(self));
        }
        self.open(b'{', b"}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 'a>, Error> {
        self.variant(variant)?;
        self.open(b'{', b"}}")
    }
}
