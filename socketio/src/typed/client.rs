//! The generated client's half: calls whose answers are typed, and what arrives decoded.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::present;
use super::identity::NoIdentity;
use super::outgoing::Outgoing;
use super::prefixes::Prefixed;
use super::refusal::ErrorCode;
use crate::client;
use crate::packet::{Args, ArgsError, Event, Prefix, reading};

/// How much of an unusable answer is shown, in characters.
const SHOWN: usize = 200;

/// Why a call has no reply.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CallError<E> {
    /// It was refused with one of the errors that the event declares.
    Refused {
        /// Which.
        error: E,
        /// More about it.
        details: Option<Value>,
    },
    /// It was refused with a code that every event may be refused with, or one that this document does not know.
    Denied {
        /// The code.
        code: String,
        /// Its message.
        message: String,
        /// More about it.
        details: Option<Value>,
    },
    /// The answer did not come in time. If the call had not been sent, it is not sent any more.
    Timeout,
    /// The connection was lost before the answer: if the call had been sent, whether it had an effect is not known.
    Disconnected,
    /// As many calls as may be buffered are waiting.
    Full,
    /// The client is closed, or has given up; the call was not sent.
    Closed,
    /// The server takes no message as long as this; the call was not sent.
    TooLong {
        /// Of the longest part: the text, or an attachment, as it would be sent.
        bytes: usize,
        /// What the server has said that it takes.
        most: usize,
    },
    /// The payload does not serialise; the call was not sent.
    Encode(String),
    /// The answer is none that the document allows: what is wrong with it.
    Unexpected(String),
}

impl<E: ErrorCode> fmt::Display for CallError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, message, details) = match self {
            Self::Refused { error, details } => (error.code(), error.message(), details),
            Self::Denied { code, message, details } => (code.as_str(), message.as_str(), details),
            Self::Timeout => return client::CallError::Timeout.fmt(formatter),
            Self::Disconnected => return client::CallError::Disconnected.fmt(formatter),
            Self::Full => return client::CallError::Full.fmt(formatter),
            Self::Closed => return client::CallError::Closed.fmt(formatter),
            Self::TooLong { bytes, most } => {
                return client::CallError::TooLong { bytes: *bytes, most: *most }.fmt(formatter);
            }
            Self::Encode(why) => return write!(formatter, "the payload does not serialise: {why}"),
            Self::Unexpected(why) => return write!(formatter, "the server's answer is unusable: {why}"),
        };
        write!(formatter, "{message} ({code})")?;
        details.as_ref().map_or(Ok(()), |details| write!(formatter, ": {details}"))
    }
}

impl<E: ErrorCode> std::error::Error for CallError<E> {}

impl<E> From<NoIdentity> for CallError<E> {
    fn from(error: NoIdentity) -> Self {
        Self::Encode(error.to_string())
    }
}

impl<E> From<client::CallError> for CallError<E> {
    fn from(error: client::CallError) -> Self {
        match error {
            client::CallError::Timeout => Self::Timeout,
            client::CallError::Disconnected => Self::Disconnected,
            client::CallError::Full => Self::Full,
            client::CallError::Closed => Self::Closed,
            client::CallError::TooLong { bytes, most } => Self::TooLong { bytes, most },
            client::CallError::Encode(error) => Self::Encode(error.to_string()),
        }
    }
}

/// `{"data": …}` or `{"error": {…}}`; what else is in it is passed over.
#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    data: Option<&'a RawValue>,
    #[serde(default)]
    error: Option<Failure>,
}

/// `{"error": {…}}` and nothing else, in the place of a value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    error: Failure,
}

#[derive(Deserialize)]
struct Failure {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Option<Value>,
}

impl<E: ErrorCode> From<Failure> for CallError<E> {
    fn from(Failure { code, message, details }: Failure) -> Self {
        match E::from_code(&code) {
            Some(error) => Self::Refused { error, details },
            None => Self::Denied { code, message, details },
        }
    }
}

/// Sends an event and waits for its reply.
///
/// # Errors
/// When it is refused, or no usable answer comes.
pub async fn call<R: DeserializeOwned, E: ErrorCode>(
    client: &client::Client,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
) -> Result<R, CallError<E>> {
    let (answer, attachments) = answer(client, prefix, payload).await?;
    let data = data(&answer)?;
    reading(&attachments, || serde_json::from_str(data.get()))
        .map_err(|why| unexpected(&why.to_string(), data))
}

/// Sends an event that has no reply, or one that carries nothing, and waits until it is done.
///
/// # Errors
/// When it is refused, or no usable answer comes.
pub async fn done<E: ErrorCode>(
    client: &client::Client,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
) -> Result<(), CallError<E>> {
    let (answer, _) = answer(client, prefix, payload).await?;
    data(&answer).map(|_| ())
}

/// Sends an event whose acknowledgement is a value alone, and waits for that.
///
/// # Errors
/// When it is refused, or no usable answer comes.
pub async fn returned<R: DeserializeOwned, E: ErrorCode>(
    client: &client::Client,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
) -> Result<R, CallError<E>> {
    let (answer, attachments) = answer(client, prefix, payload).await?;
    if let Ok(Refusal { error }) = serde_json::from_str(answer.get()) {
        return Err(error.into());
    }
    reading(&attachments, || serde_json::from_str(answer.get()))
        .map_err(|why| unexpected(&why.to_string(), &answer))
}

/// Sends an event whose acknowledgement is any arguments, and waits for those.
///
/// # Errors
/// When it is refused, or no usable answer comes.
pub async fn returned_args<E: ErrorCode>(
    client: &client::Client,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
) -> Result<Args, CallError<E>> {
    let prefix = here(client, prefix)?;
    let answer = client.request(|id| payload.message(&prefix, Some(id))).await?;
    match answer.decode::<[Refusal; 1]>() {
        Ok([Refusal { error }]) => Err(error.into()),
        Err(_) => Ok(answer),
    }
}

/// The first argument of the acknowledgement, `null` if there is none; and the attachments of all.
async fn answer<E>(
    client: &client::Client,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
) -> Result<(Box<RawValue>, Vec<Bytes>), CallError<E>> {
    let prefix = here(client, prefix)?;
    let answer = client.request(|id| payload.message(&prefix, Some(id))).await?;
    // What came has been read, so that there is nothing it could fail for.
    let first = answer.get::<Box<RawValue>>(0).ok().flatten();
    let first = first.unwrap_or_else(|| RawValue::NULL.to_owned());
    Ok((first, answer.attachments().to_vec()))
}

/// The prefix of an event in the namespace that was joined; without one, the server would say no.
fn here<'p, E>(client: &client::Client, prefix: &'p impl Prefixed) -> Result<Cow<'p, Prefix>, CallError<E>> {
    prefix.of(client.namespace()).ok_or_else(|| CallError::Denied {
        code: "unknown-event".to_owned(),
        message: format!("There is no such event in the namespace {}", client.namespace()),
        details: None,
    })
}

/// The data of an acknowledgement, or what its error says.
fn data<E: ErrorCode>(answer: &RawValue) -> Result<&RawValue, CallError<E>> {
    let parsed: Answer<'_> =
        serde_json::from_str(answer.get()).map_err(|why| unexpected(&why.to_string(), answer))?;
    match (parsed.error, parsed.data) {
        (Some(failure), _) => Err(failure.into()),
        (None, Some(data)) => Ok(data),
        (None, None) => Err(unexpected("it has neither `data` nor `error`", answer)),
    }
}

fn unexpected<E>(why: &str, answer: &RawValue) -> CallError<E> {
    // What the decoder says may quote the answer, too.
    CallError::Unexpected(format!("{}, in {}", shorten(why), shorten(answer.get())))
}

/// The beginning of what a server sent, short enough for a line of log.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The payload of an event that arrived; nothing and `null` are the same, and of a struct an object without fields. A text that
/// is the only argument and no such payload may be the offset that a server with recovery adds; then there was nothing.
///
/// # Errors
/// When it is none, in words.
pub fn decode_event<T: DeserializeOwned>(event: &Event) -> Result<T, String> {
    if matches!(event.arguments(), "" | "null") {
        return nothing();
    }
    match event.decode() {
        Ok(Some(payload)) => Ok(payload),
        Ok(None) => Err("no payload".to_owned()),
        Err(ArgsError::Data(_)) if event.is_offset_alone() => nothing(),
        Err(ArgsError::Syntax(why) | ArgsError::Data(why)) => Err(shorten(&why.to_string())),
        Err(ArgsError::Surplus) => Err("more than one argument".to_owned()),
    }
}

/// What can be `null` is; a struct cannot.
fn nothing<T: DeserializeOwned>() -> Result<T, String> {
    serde_json::from_str("null")
        .or_else(|_| serde_json::from_str("{}"))
        .map_err(|why| format!("no payload: {why}"))
}

/// The arguments of an event that arrived, whatever they are.
///
/// # Errors
/// When they are no JSON.
pub fn decode_args(event: &Event) -> Result<Args, String> {
    event.args().ok_or_else(|| "the arguments are no JSON".to_owned())
}
