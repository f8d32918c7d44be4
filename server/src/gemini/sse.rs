//! A push decoder of server-sent events, for the answers of a model.
//!
//! Bytes go in as they arrive, in chunks of any size; the data of whole events comes out. Lines end with LF, CRLF or CR. An event
//! that the end of the stream leaves unfinished is handed out too, as the tail: Gemini sends no end mark, and some gateways no
//! last blank line. A body that is no event stream but JSON — an error, or the array that Gemini streams without
//! `alt=sse` — is taken apart into its objects, which is what the module `json_stream` is for.

use super::json_stream::JsonStream;

/// Decoder of one answer.
#[derive(Debug)]
pub struct Decoder {
    limit: usize,
    state: State,
    /// The line so far, without its end.
    line: Vec<u8>,
    /// Data of the event so far; `None` if it has no data line yet.
    data: Option<Vec<u8>>,
    /// The last line ended with CR; an LF right after it belongs to it.
    after_cr: bool,
}

#[derive(Debug)]
enum State {
    /// Nothing but white space has arrived.
    Start,
    Events,
    Json(JsonStream),
}

/// Why bytes are no event stream of Gemini.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A line or an event is longer than allowed.
    #[error("an event is longer than {limit} bytes")]
    TooLong {
        /// What is allowed.
        limit: usize,
    },
    /// The data of an event is no UTF-8.
    #[error("an event is not UTF-8")]
    NotUtf8,
    /// It is neither events nor JSON, for example a page of a proxy.
    #[error("the answer is neither an event stream nor JSON")]
    NotEvents,
}

impl Decoder {
    /// A decoder that accepts lines and events up to `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, state: State::Start, line: Vec::new(), data: None, after_cr: false }
    }

    /// Takes the next bytes and appends the data of every event that they complete to `events`.
    ///
    /// # Errors
    /// See [`DecodeError`]. Nothing useful comes of the decoder after one.
    pub fn push(&mut self, mut chunk: &[u8], events: &mut Vec<String>) -> Result<(), DecodeError> {
        loop {
            match &mut self.state {
                State::Start => {
                    let Some(start) = self.start(chunk)? else { return Ok(()) };
                    chunk = start;
                }
                State::Json(json) => return json.push(chunk, events),
                State::Events => {
                    let Some(rest) = self.take_line(chunk, events)? else { return Ok(()) };
                    chunk = rest;
                }
            }
        }
    }

    /// The stream has ended: the data of an event that was not completed by a blank line, whole or cut off.
    /// What is not even UTF-8 is an event cut off, and left out.
    pub fn finish(mut self) -> Tail {
        if let State::Json(json) = &self.state {
            return if json.is_complete() { Tail::None } else { Tail::Cut };
        }
        if !self.line.is_empty() && self.field().is_err() {
            return Tail::Cut;
        }
        match self.data.map(String::from_utf8) {
            None => Tail::None,
            Some(Ok(data)) => Tail::Event(data),
            Some(Err(_)) => Tail::Cut,
        }
    }

    /// Looks at the first bytes that say anything. Returns what follows the white space before them.
    fn start<'a>(&mut self, chunk: &'a [u8]) -> Result<Option<&'a [u8]>, DecodeError> {
        const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
        for (at, byte) in chunk.iter().enumerate() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                byte if BYTE_ORDER_MARK.contains(byte) => continue,
                b'{' | b'[' => self.state = State::Json(JsonStream::new(self.limit)),
                b'<' => return Err(DecodeError::NotEvents),
                _ => self.state = State::Events,
            }
            return Ok(chunk.get(at..));
        }
        Ok(None)
    }

    /// Takes bytes up to the end of a line, and what the line means. Returns what follows, `None` if the line goes on.
    fn take_line<'a>(
        &mut self,
        chunk: &'a [u8],
        events: &mut Vec<String>,
    ) -> Result<Option<&'a [u8]>, DecodeError> {
        let chunk = match chunk {
            [b'\n', rest @ ..] if self.after_cr => {
                self.after_cr = false;
                rest
            }
            other => other,
        };
        if chunk.is_empty() {
            return Ok(None);
        }
        self.after_cr = false;
        if self.line.is_empty() && chunk[0] == b'{' {
            // An error that a gateway put between the events as it was.
            self.state = State::Json(JsonStream::new(self.limit));
            return Ok(Some(chunk));
        }
        let end = chunk.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let (piece, rest) = chunk.split_at(end.unwrap_or(chunk.len()));
        if self.line.len() + piece.len() > self.limit {
            return Err(DecodeError::TooLong { limit: self.limit });
        }
        self.line.extend_from_slice(piece);
        let Some((end, rest)) = rest.split_first() else { return Ok(None) };
        self.after_cr = *end == b'\r';
        if self.line.is_empty() {
            if let Some(data) = self.data.take() {
                events.push(String::from_utf8(data).map_err(|_| DecodeError::NotUtf8)?);
            }
        } else {
            self.field()?;
        }
        Ok(Some(rest))
    }

    /// Interprets the line as a field and clears it.
    fn field(&mut self) -> Result<(), DecodeError> {
        let line = std::mem::take(&mut self.line);
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (&line[..], &[][..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        if name == b"data" {
            match &mut self.data {
                None => self.data = Some(value.to_vec()),
                Some(data) => {
                    if data.len() + 1 + value.len() > self.limit {
                        return Err(DecodeError::TooLong { limit: self.limit });
                    }
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
            }
        } else if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            // Other fields are to be ignored. A name like `<p>Bad gateway</p>` or `upstream error` is no field.
            return Err(DecodeError::NotEvents);
        }
        // Keeps the buffer, so that a stream of lines does not allocate for each.
        self.line = line;
        self.line.clear();
        Ok(())
    }
}

/// What the end of a stream leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tail {
    /// Nothing: the last event was complete.
    None,
    /// The data of an event without the blank line after it. It may be cut off.
    Event(String),
    /// The stream was cut within an event.
    Cut,
}

#[cfg(test)]
mod tests;
