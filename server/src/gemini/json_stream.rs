//! Takes a stream of JSON objects apart: one object, several, or an array of them, in chunks of any size.
//!
//! Only braces and strings are looked at; whether an object is good JSON is for whoever reads it.

use super::sse::DecodeError;

/// Splits top-level objects.
#[derive(Debug)]
pub(super) struct JsonStream {
    limit: usize,
    /// The object so far.
    object: Vec<u8>,
    /// Open braces of it.
    depth: usize,
    in_string: bool,
    escaped: bool,
    in_array: bool,
}

impl JsonStream {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, object: Vec::new(), depth: 0, in_string: false, escaped: false, in_array: false }
    }

    /// Whether the bytes so far are complete.
    pub(super) fn is_complete(&self) -> bool {
        self.depth == 0 && !self.in_array
    }

    pub(super) fn push(&mut self, chunk: &[u8], objects: &mut Vec<String>) -> Result<(), DecodeError> {
        for &byte in chunk {
            if self.depth == 0 {
                self.between(byte)?;
                continue;
            }
            if self.object.len() >= self.limit {
                return Err(DecodeError::TooLong { limit: self.limit });
            }
            self.object.push(byte);
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' => self.depth += 1,
                b'}' => self.depth -= 1,
                _ => {}
            }
            if self.depth == 0 {
                let object = std::mem::take(&mut self.object);
                objects.push(String::from_utf8(object).map_err(|_| DecodeError::NotUtf8)?);
            }
        }
        Ok(())
    }

    fn between(&mut self, byte: u8) -> Result<(), DecodeError> {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'{' => {
                self.depth = 1;
                self.object.push(byte);
            }
            b'[' if !self.in_array => self.in_array = true,
            b']' if self.in_array => self.in_array = false,
            b',' if self.in_array => {}
            _ => return Err(DecodeError::NotEvents),
        }
        Ok(())
    }
}
