//! One answer as it builds up from the chunks of its stream.

use serde_json::value::RawValue;

use super::content::{Content, FunctionCall, Part, Speaker, view};
use super::error;
use super::model::{ErrorKind, FinishReason, Finished, ModelError, Update, Usage};
use super::wire::Chunk;

/// An answer in the making.
#[derive(Debug, Default)]
pub(super) struct Turn {
    parts: Vec<Box<RawValue>>,
    calls: Vec<FunctionCall>,
    /// Thought text that may go on in the next part.
    thought: String,
    said_something: bool,
    finish_reason: Option<String>,
    finish_message: Option<String>,
    block_reason: Option<String>,
    usage: Usage,
    model_version: Option<String>,
}

impl Turn {
    /// Takes the data of one event; appends what is to be shown to `updates`.
    pub(super) fn chunk(&mut self, data: &str, updates: &mut Vec<Update>) -> Result<(), ModelError> {
        // Gateways that speak other protocols as well end with this.
        if data.trim() == "[DONE]" {
            return Ok(());
        }
        let chunk: Chunk = serde_json::from_str(data).map_err(|error| malformed(&error))?;
        if let Some(error) = chunk.error {
            return Err(error::in_stream(error));
        }
        // Cumulative: the last one counts.
        if let Some(usage) = chunk.usage_metadata {
            self.usage = usage.into();
        }
        self.model_version = chunk.model_version.or(self.model_version.take());
        self.block_reason =
            chunk.prompt_feedback.and_then(|feedback| feedback.block_reason).or(self.block_reason.take());
        let Some(candidate) = chunk.candidates.and_then(|candidates| candidates.into_iter().next()) else {
            return Ok(());
        };
        for part in candidate.content.and_then(|content| content.parts).unwrap_or_default() {
            self.part(part, updates)?;
        }
        if let Some(reason) = candidate.finish_reason {
            self.finish_reason = Some(reason);
            self.finish_message = candidate.finish_message;
        }
        Ok(())
    }

    fn part(&mut self, raw: Box<RawValue>, updates: &mut Vec<Update>) -> Result<(), ModelError> {
        let part = view(&raw).map_err(|error| malformed(&error))?;
        self.parts.push(raw);
        match part {
            Part { function_call: Some(call), .. } => {
                self.end_thought(updates);
                self.calls.push(call);
            }
            Part { text: Some(text), thought: true, .. } => self.thought(&text, updates),
            Part { text: Some(text), .. } if !text.is_empty() => {
                self.end_thought(updates);
                self.said_something = true;
                updates.push(Update::Text(text));
            }
            _ => {}
        }
        Ok(())
    }

    /// Gemini sends each thought whole, with a headline and line ends after it. Others cut thoughts into pieces:
    /// those are put together until something else begins.
    fn thought(&mut self, text: &str, updates: &mut Vec<Update>) {
        if text.starts_with("**") && split_thought(&self.thought).is_some() {
            self.end_thought(updates);
        }
        self.thought.push_str(text);
        if self.thought.ends_with('\n') && split_thought(&self.thought).is_some() {
            self.end_thought(updates);
        }
    }

    fn end_thought(&mut self, updates: &mut Vec<Update>) {
        let text = std::mem::take(&mut self.thought);
        let (summary, thought) =
            split_thought(&text).unwrap_or_else(|| (String::new(), text.trim().to_owned()));
        if !summary.is_empty() || !thought.is_empty() {
            updates.push(Update::Thought { summary, thought });
        }
    }

    /// Whether nothing but the end of the stream may follow. There may still be an event with the usage.
    pub(super) fn has_ended(&self) -> bool {
        self.finish_reason.is_some() || self.block_reason.is_some()
    }

    /// The stream has ended: the last updates, or why the answer is no good. Thoughts come in any case.
    pub(super) fn end(mut self, updates: &mut Vec<Update>) -> Result<(), ModelError> {
        self.end_thought(updates);
        if self.parts.is_empty()
            && let Some(reason) = self.block_reason
        {
            let sentence =
                format!("{} ({reason})", error::sentence(ErrorKind::Blocked).trim_end_matches('.'));
            return Err(ModelError::new(ErrorKind::Blocked, sentence + ".").with_reason(reason));
        }
        let finish_reason = match self.finish_reason {
            Some(reason) => FinishReason(reason),
            // Some gateways never send one; a call says clearly enough that it is the user's turn.
            None if !self.calls.is_empty() => FinishReason(FinishReason::STOP.into()),
            None => {
                return Err(ModelError::new(ErrorKind::Interrupted, error::sentence(ErrorKind::Interrupted)));
            }
        };
        if !finish_reason.is_good() {
            let known = error::from_finish(&finish_reason.0);
            // A word of another vocabulary, such as FUNCTION_CALL, is not held against a call.
            if known.is_some() || self.calls.is_empty() {
                let mut error = known.unwrap_or_else(|| {
                    ModelError::new(ErrorKind::Stopped, error::sentence(ErrorKind::Stopped))
                        .with_reason(finish_reason.0)
                });
                error.detail = self.finish_message;
                return Err(error);
            }
        } else if self.calls.is_empty() && !self.said_something {
            let sentence = match finish_reason.0.as_str() {
                FinishReason::MAX_TOKENS => "The model used up its output limit before it said anything.",
                _ => error::sentence(ErrorKind::Empty),
            };
            return Err(ModelError::new(ErrorKind::Empty, sentence).with_reason(finish_reason.0));
        }
        updates.extend(self.calls.into_iter().map(Update::Call));
        updates.push(Update::Finished(Finished {
            content: Content { role: Speaker::Model, parts: self.parts },
            finish_reason,
            usage: self.usage,
            model_version: self.model_version,
        }));
        Ok(())
    }
}

/// Headline and rest of a thought: the first bold part, and what is around it. `None` if nothing is bold.
fn split_thought(text: &str) -> Option<(String, String)> {
    let (before, rest) = text.split_once("**")?;
    let (headline, after) = rest.split_once("**")?;
    let thought = format!("{}\n{}", before.trim(), after.trim());
    Some((headline.trim().to_owned(), thought.trim().to_owned()))
}

fn malformed(error: &serde_json::Error) -> ModelError {
    ModelError::new(ErrorKind::Protocol, error::sentence(ErrorKind::Protocol))
        .with_detail(format!("an event is not a chunk of an answer: {error}"))
}

#[cfg(test)]
mod tests;
