//! Lists, maps and structs: what is between and behind their parts.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::Error;

use super::escape::quoted;
use super::writer::{Place, Writer};

/// Something with parts, of which some have been written.
pub(super) struct Compound<'w, 'a> {
    writer: &'w mut Writer<'a>,
    close: &'static [u8],
    is_first: bool,
    is_raw: bool,
}

impl<'w, 'a> Compound<'w, 'a> {
    /// Which has been opened.
    pub(super) fn new(writer: &'w mut Writer<'a>, close: &'static [u8]) -> Self {
        Self { writer, close, is_first: true, is_raw: false }
    }

    /// Of one field, which is JSON and takes the place of the whole.
    pub(super) fn raw(writer: &'w mut Writer<'a>) -> Self {
        Self { writer, close: b"", is_first: true, is_raw: true }
    }

    fn comma(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.out.push(b',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        if self.is_raw {
            return self.at(Place::Raw, value);
        }
        self.comma();
        quoted(self.writer.out, key);
        self.writer.out.push(b':');
        value.serialize(&mut *self.writer)
    }

    /// Writes something that is no value.
    fn at<T: Serialize + ?Sized>(&mut self, place: Place, value: &T) -> Result<(), Error> {
        self.writer.place = place;
        let written = value.serialize(&mut *self.writer);
        self.writer.place = Place::Value;
        written
    }

    fn close(self) -> Result<(), Error> {
        self.writer.out.extend_from_slice(self.close);
        Ok(())
    }
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        self.at(Place::Key, key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.out.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

/// Those whose parts have no names.
macro_rules! lists {
    ($($list:ident $part:ident,)*) => {$(
        impl $list for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn $part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

/// Those whose parts have names.
macro_rules! structs {
    ($($structure:ident,)*) => {$(
        impl $structure for Compound<'_, '_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(key, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close()
            }
        }
    )*};
}

structs! {
    SerializeStruct,
    SerializeStructVariant,
}
