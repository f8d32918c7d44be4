//! Events that clients are to answer: sent, waited for, and each answer held to the document.

use std::time::Duration;

use futures_util::future::join_all;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::outgoing::Outgoing;
use super::prefixes::Prefixed;
use super::shape::Shape;
use crate::packet::Args;
use crate::server::{AckError, SocketId, Target};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AskError {
    /// The client did not answer in time, or was asked so much since (`Config::max_pending_acks`) that this is not waited for
    /// any more. It may still do what it was asked for.
    #[error("the client did not answer in time")]
    Timeout,
    /// The client has gone, or went before it answered.
    #[error("the client has gone")]
    Disconnected,
    /// The payload does not serialise; nobody was asked.
    #[error("the payload does not serialise: {0}")]
    Encode(String),
    /// The answer is none that the document allows: what is wrong with it.
    #[error("the client's answer is unusable: {0}")]
    Unexpected(String),
}

impl From<AckError> for AskError {
    fn from(error: AckError) -> Self {
        match error {
            AckError::Timeout => Self::Timeout,
            AckError::Disconnected => Self::Disconnected,
            AckError::NoEvent => Self::Encode(error.to_string()),
        }
    }
}

/// What became of an event that many were to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers<T> {
    /// Who answered, and what; in the order of the answers.
    pub answers: Vec<(SocketId, T)>,
    /// Whose answer is none that the document allows, and what is wrong with it.
    pub unusable: Vec<(SocketId, String)>,
    /// Who did not answer in time, has gone, or was asked too much since.
    pub missing: Vec<SocketId>,
}

impl<T> Default for Answers<T> {
    fn default() -> Self {
        Self { answers: Vec::new(), unusable: Vec::new(), missing: Vec::new() }
    }
}

/// What an answer has to be.
pub trait Expected {
    /// What it becomes.
    type Answer;

    /// Reads the arguments of an acknowledgement.
    ///
    /// # Errors
    /// When they are not what is expected: what is wrong, and where.
    fn read(&self, args: Args) -> Result<Self::Answer, String>;
}

/// One value of a type, or nothing where `null` is one.
#[derive(Debug)]
pub struct OneOf<T> {
    /// What it looks like.
    pub shape: &'static Shape,
    /// Whether it is within the bounds that its Rust type does not know.
    pub is_valid: fn(&T) -> bool,
}

/// Any arguments.
#[derive(Debug)]
pub struct AnyArgs;

impl<T: DeserializeOwned> Expected for OneOf<T> {
    type Answer = T;

    fn read(&self, args: Args) -> Result<T, String> {
        let all: Vec<Value> = args.decode().map_err(|why| why.to_string())?;
        if all.len() > 1 {
            return Err(format!("one argument was expected, not {}", all.len()));
        }
        let value = all.into_iter().next().unwrap_or_default();
        self.shape.check(&value).map_err(|mismatch| mismatch.to_string())?;
        // Once more, as attachments are in the place of their values.
        let read = args.get::<T>(0).and_then(|read| match read {
            Some(value) => Ok(value),
            None => serde_json::from_value(value),
        });
        let value = read.map_err(|why| why.to_string())?;
        if (self.is_valid)(&value) { Ok(value) } else { Err("it is not within its bounds".to_owned()) }
    }
}

impl Expected for AnyArgs {
    type Answer = Args;

    fn read(&self, args: Args) -> Result<Args, String> {
        Ok(args)
    }
}

/// Sends an event to one client and waits for its answer.
///
/// # Errors
/// When there is none, or none that can be used.
pub async fn ask<E: Expected>(
    target: &Target<'_>,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
    within: Duration,
    expected: &E,
) -> Result<E::Answer, AskError> {
    // One socket is in one namespace.
    let namespaces = target.namespaces();
    let prefix =
        namespaces.iter().find_map(|namespace| prefix.of(namespace)).ok_or(AskError::Disconnected)?;
    let message = payload.message(&prefix, None).map_err(|why| AskError::Encode(why.to_string()))?;
    let args = target.ask(&message, within).await?;
    expected.read(args).map_err(AskError::Unexpected)
}

/// Sends an event to all of a target and waits until each has answered, or it has taken too long.
///
/// # Errors
/// When the payload does not serialise.
pub async fn ask_all<E: Expected>(
    target: &Target<'_>,
    prefix: &impl Prefixed,
    payload: impl Outgoing,
    within: Duration,
    expected: &E,
) -> Result<Answers<E::Answer>, AskError> {
    let mut messages = Vec::new();
    for namespace in target.namespaces() {
        if let Some(prefix) = prefix.of(&namespace) {
            let message = payload.message(&prefix, None).map_err(|why| AskError::Encode(why.to_string()))?;
            messages.push(message);
        }
    }
    let asked = join_all(messages.iter().map(|message| target.send_with_ack(message, within))).await;
    let mut all = Answers::default();
    for responses in asked {
        let responses = responses?;
        all.missing.extend(responses.missing);
        for (socket, args) in responses.answers {
            match expected.read(args) {
                Ok(answer) => all.answers.push((socket, answer)),
                Err(why) => all.unusable.push((socket, why)),
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Binary;
    use serde_json::json;

    static SMALL: Shape = Shape::Integer { minimum: Some(1), maximum: Some(9) };
    static BYTES: Shape = Shape::Binary;

    fn read(args: &Value) -> Result<i64, String> {
        let expected = OneOf { shape: &SMALL, is_valid: |value: &i64| (1..=9).contains(value) };
        expected.read(Args::from_list(args).unwrap())
    }

    #[test]
    fn an_answer_is_one_value_of_its_type() {
        assert_eq!(read(&json!([7])), Ok(7));
        assert!(read(&json!([70])).unwrap_err().contains("70"), "{:?}", read(&json!([70])));
        assert!(read(&json!(["7"])).is_err());
        assert!(read(&json!([])).is_err(), "nothing is `null`");
        assert_eq!(read(&json!([7, 8])), Err("one argument was expected, not 2".to_owned()));
    }

    #[test]
    fn attachments_are_read_in_their_places() {
        let expected = OneOf { shape: &BYTES, is_valid: |_: &Binary| true };
        let sent = Binary::from(vec![1, 2]);
        assert_eq!(expected.read(Args::of(&sent).unwrap()), Ok(sent));
    }
}
