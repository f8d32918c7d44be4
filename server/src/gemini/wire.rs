//! The JSON of Gemini's REST interface, `v1beta`, as far as this service uses it.
//!
//! Requests are written exactly; answers are read leniently: every field may be missing or `null`, words of enumerations stay
//! strings, and what is unknown is passed over. Gateways and stand-ins differ from the original in all of these.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::content::Content;
use super::model::{FunctionDeclaration, Request, Usage};

/// Body of `streamGenerateContent` and `generateContent`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GenerateContent<'a> {
    contents: &'a [Content],
    #[serde(skip_serializing_if = "Option::is_none")]
    system_instruction: Option<Instruction<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Tools<'a>>,
    generation_config: GenerationConfig,
}

#[derive(Debug, Serialize)]
struct Instruction<'a> {
    parts: [Text<'a>; 1],
}

#[derive(Debug, Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tools<'a> {
    function_declarations: &'a [FunctionDeclaration],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct GenerationConfig {
    thinking_config: ThinkingConfig,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ThinkingConfig {
    include_thoughts: bool,
}

impl<'a> GenerateContent<'a> {
    /// The body for a request.
    pub fn new(request: &'a Request) -> Self {
        let tools = match request.tools.as_slice() {
            [] => Vec::new(),
            function_declarations => vec![Tools { function_declarations }],
        };
        Self {
            contents: &request.contents,
            system_instruction: request.system.as_deref().map(|text| Instruction { parts: [Text { text }] }),
            tools,
            generation_config: GenerationConfig {
                thinking_config: ThinkingConfig { include_thoughts: true },
            },
        }
    }
}

/// One event of the answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Chunk {
    /// The answers; only the first is ever asked for.
    pub candidates: Option<Vec<Candidate>>,
    /// What Gemini thinks of the prompt.
    pub prompt_feedback: Option<PromptFeedback>,
    /// Tokens so far, cumulative.
    pub usage_metadata: Option<UsageMetadata>,
    /// Which model answers.
    pub model_version: Option<String>,
    /// An error may come inside a stream that began with status 200.
    pub error: Option<ApiError>,
}

/// One answer, or a piece of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Candidate {
    /// The piece.
    pub content: Option<Piece>,
    /// Why it ended, if it did.
    pub finish_reason: Option<String>,
    /// The same in words.
    pub finish_message: Option<String>,
}

/// A piece of a turn.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Piece {
    /// Its parts, byte for byte.
    pub parts: Option<Vec<Box<RawValue>>>,
}

/// What Gemini thinks of a prompt.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PromptFeedback {
    /// Why it is not answered.
    pub block_reason: Option<String>,
}

/// Tokens. Some gateways send `null` for what they do not know.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UsageMetadata {
    prompt_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
    cached_content_token_count: Option<u64>,
    total_token_count: Option<u64>,
}

impl From<UsageMetadata> for Usage {
    fn from(wire: UsageMetadata) -> Self {
        Self {
            prompt_tokens: wire.prompt_token_count.unwrap_or(0),
            answer_tokens: wire.candidates_token_count.unwrap_or(0),
            thought_tokens: wire.thoughts_token_count.unwrap_or(0),
            cached_tokens: wire.cached_content_token_count.unwrap_or(0),
            total_tokens: wire.total_token_count.unwrap_or(0),
        }
    }
}

/// An error as Google's interfaces send it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ApiError {
    /// The HTTP status. Some gateways send it as a string, which is passed over.
    #[serde(deserialize_with = "number_or_nothing")]
    pub code: Option<u16>,
    /// In words.
    pub message: Option<String>,
    /// For example `RESOURCE_EXHAUSTED`.
    pub status: Option<String>,
    /// Typed details.
    pub details: Option<Vec<Detail>>,
}

/// A detail of an error: the union of the types that matter here.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Detail {
    /// Of `ErrorInfo`: for example `API_KEY_INVALID`.
    pub reason: Option<String>,
    /// Of `RetryInfo`: for example `22s`.
    pub retry_delay: Option<String>,
    /// Of `QuotaFailure`.
    pub violations: Option<Vec<Violation>>,
}

/// A quota that is used up.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Violation {
    /// For example `GenerateRequestsPerDayPerProjectPerModel-FreeTier`.
    pub quota_id: Option<String>,
}

/// The body of an error: an object, or an array of one where the stream was asked for as an array.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum ErrorBody {
    /// `{"error": …}`
    One {
        /// The error.
        error: ApiError,
    },
    /// `[{"error": …}]`
    Many(Vec<OneError>),
}

/// `{"error": …}`
#[derive(Debug, Deserialize)]
pub struct OneError {
    /// The error.
    pub error: ApiError,
}

impl ErrorBody {
    /// Reads the body of an answer with an error status. `None` if it is something else, for example a page of a proxy.
    pub fn parse(body: &[u8]) -> Option<ApiError> {
        match serde_json::from_slice(body).ok()? {
            Self::One { error } => Some(error),
            Self::Many(errors) => errors.into_iter().next().map(|one| one.error),
        }
    }
}

fn number_or_nothing<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_u64().and_then(|code| u16::try_from(code).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_request_is_written_as_gemini_wants_it() {
        let request = Request {
            model: None,
            system: Some("Be kind.".into()),
            contents: vec![Content::user_text("hi")],
            tools: vec![FunctionDeclaration {
                name: "readFile".into(),
                description: "Reads.".into(),
                parameters_json_schema: json!({ "type": "object" }),
            }],
        };
        assert_eq!(
            serde_json::to_value(GenerateContent::new(&request)).unwrap(),
            json!({
                "contents": [{ "role": "user", "parts": [{ "text": "hi" }] }],
                "systemInstruction": { "parts": [{ "text": "Be kind." }] },
                "tools": [{ "functionDeclarations": [{
                    "name": "readFile", "description": "Reads.", "parametersJsonSchema": { "type": "object" },
                }]}],
                "generationConfig": { "thinkingConfig": { "includeThoughts": true } },
            })
        );
    }

    #[test]
    fn a_bare_request_has_no_empty_fields() {
        let request = Request { contents: vec![Content::user_text("hi")], ..Request::default() };
        let body = serde_json::to_value(GenerateContent::new(&request)).unwrap();
        assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), ["contents", "generationConfig"]);
    }

    #[test]
    fn every_shape_seen_in_the_wild_is_read() {
        for chunk in [
            r#"{}"#,
            r#"{"candidates":null,"usageMetadata":{"promptTokenCount":null,"totalTokenCount":3}}"#,
            r#"{"candidates":[]}"#,
            r#"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#,
            r#"{"candidates":[{"content":{"role":"model"},"finishReason":null,"safetyRatings":[]}]}"#,
            r#"{"candidates":[{"content":{"parts":[],"role":"model"},"index":0}]}"#,
            r#"{"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"FUNCTION_CALL"}]}"#,
            r#"{"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[]}}"#,
            r#"{"error":{"code":"x","message":null,"details":null}}"#,
        ] {
            serde_json::from_str::<Chunk>(chunk).unwrap_or_else(|error| panic!("{chunk}: {error}"));
        }
    }

    #[test]
    fn an_error_body_may_be_an_array() {
        let one = br#"{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"@type":"x","retryDelay":"22s"}]}}"#;
        let many = [b"[".as_slice(), one, b"]"].concat();
        for body in [one.as_slice(), &many] {
            let error = ErrorBody::parse(body).unwrap();
            assert_eq!(error.code, Some(429));
            assert_eq!(error.details.unwrap()[0].retry_delay.as_deref(), Some("22s"));
        }
        assert!(ErrorBody::parse(b"<html>502 Bad Gateway</html>").is_none());
    }
}
