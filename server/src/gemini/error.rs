//! From what the model's host says went wrong to what a person and the retry loop need to know.

use std::time::Duration;

use super::model::{ErrorKind, ModelError};
use super::wire::ApiError;

/// The error for an answer with an error status, or for an error inside a stream.
///
/// `status` is that of HTTP; `retry_after` that of the header. The error's `detail` still has to be cleaned of the key.
pub(super) fn from_api(status: u16, error: ApiError, retry_after: Option<Duration>) -> ModelError {
    let details = error.details.unwrap_or_default();
    let message = error.message.unwrap_or_default();
    let reason = details.iter().find_map(|detail| detail.reason.clone());
    let delay = details.iter().find_map(|detail| parse_delay(detail.retry_delay.as_deref()?));
    let delay = delay.or_else(|| delay_in_words(&message)).max(retry_after);
    let is_daily = |id: &str| id.contains("PerDay") || id.contains("Daily");
    let daily = message.contains("limit: 0")
        || details
            .iter()
            .flat_map(|detail| detail.violations.iter().flatten())
            .any(|violation| violation.quota_id.as_deref().is_some_and(is_daily));

    let kind = match status {
        _ if reason.as_deref() == Some("API_KEY_INVALID") => ErrorKind::Unauthorized,
        401 | 403 => ErrorKind::Unauthorized,
        404 => ErrorKind::UnknownModel,
        429 if daily => ErrorKind::QuotaExhausted,
        429 => ErrorKind::RateLimited,
        408 | 499 | 500..=599 => ErrorKind::Unavailable,
        400..=498 => ErrorKind::InvalidRequest,
        _ => ErrorKind::Protocol,
    };
    let sentence = match kind {
        ErrorKind::InvalidRequest if status == 413 || message.contains("token count") => {
            "The conversation is too long for the model."
        }
        kind => sentence(kind),
    };
    let word = reason.or_else(|| error.status.clone());
    let mut mapped = ModelError::new(kind, sentence)
        .with_detail(format!("{status} {}: {message}", error.status.unwrap_or_default()));
    mapped.reason = word;
    mapped.retry_after = delay;
    mapped
}

/// The error inside a stream: its own code, or the one its status stands for.
pub(super) fn in_stream(error: ApiError) -> ModelError {
    let named = || match error.status.as_deref()? {
        "INVALID_ARGUMENT" | "FAILED_PRECONDITION" | "OUT_OF_RANGE" => Some(400),
        "UNAUTHENTICATED" => Some(401),
        "PERMISSION_DENIED" => Some(403),
        "NOT_FOUND" => Some(404),
        "RESOURCE_EXHAUSTED" => Some(429),
        "CANCELLED" => Some(499),
        "DEADLINE_EXCEEDED" => Some(504),
        _ => None,
    };
    let status = error.code.filter(|code| (400..600).contains(code)).or_else(named).unwrap_or(500);
    from_api(status, error, None)
}

/// What a person reads about an error of the host.
pub(super) fn sentence(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Unavailable => "The model cannot be reached at the moment.",
        ErrorKind::RateLimited => "The model has too much to do at the moment. Please try again later.",
        ErrorKind::QuotaExhausted => "The quota of this server at the model's host is used up.",
        ErrorKind::Unauthorized => "The model's host does not accept the key of this server.",
        ErrorKind::UnknownModel => "The model's host does not know the model.",
        ErrorKind::InvalidRequest => "The model's host refused the request.",
        ErrorKind::Blocked => "The model's host refused to answer this message.",
        ErrorKind::Stopped => "The model stopped before the answer was complete.",
        ErrorKind::MalformedCall => "The model tried to use a tool and failed to say how.",
        ErrorKind::Interrupted => "The answer broke off.",
        ErrorKind::Empty => "The model gave an empty answer.",
        ErrorKind::Protocol => "The model's host sent something that is not an answer.",
        ErrorKind::Cancelled => "The request was cancelled.",
    }
}

/// The error for an answer that ended for a reason that makes it no good; `None` for a reason nobody has heard of.
pub(super) fn from_finish(reason: &str) -> Option<ModelError> {
    let sentence = match reason {
        "SAFETY" | "IMAGE_SAFETY" => "The model stopped because the answer might be unsafe.",
        "RECITATION" | "IMAGE_RECITATION" => "The model stopped because the answer would recite a source.",
        "LANGUAGE" => "The model does not support the language of the answer.",
        "BLOCKLIST" | "PROHIBITED_CONTENT" | "IMAGE_PROHIBITED_CONTENT" => {
            "The model stopped because the answer held forbidden content."
        }
        "SPII" => "The model stopped because the answer might hold personal data.",
        "TOO_MANY_TOOL_CALLS" => "The model stopped after too many tool calls.",
        "OTHER" | "IMAGE_OTHER" | "NO_IMAGE" => "The model stopped without giving a reason.",
        "MALFORMED_FUNCTION_CALL" | "UNEXPECTED_TOOL_CALL" => {
            let kind = ErrorKind::MalformedCall;
            return Some(ModelError::new(kind, self::sentence(kind)).with_reason(reason));
        }
        _ => return None,
    };
    Some(ModelError::new(ErrorKind::Stopped, sentence).with_reason(reason))
}

/// A duration as Google writes it: `22s`, `0.5s`.
fn parse_delay(delay: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(delay.trim().strip_suffix('s')?.parse().ok()?).ok()
}

/// `… Please retry in 12.5s. …`
fn delay_in_words(message: &str) -> Option<Duration> {
    let (_, rest) = message.split_once("retry in ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = rest.split_at(end);
    let seconds: f64 = number.parse().ok()?;
    let seconds = if unit.starts_with("ms") { seconds / 1000.0 } else { seconds };
    Duration::try_from_secs_f64(seconds).ok()
}

/// The header `Retry-After`: seconds, or a date. A date in the past is no wait at all.
pub(super) fn parse_retry_after(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(at.duration_since(jiff::Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn mapped(status: u16, error: Value) -> ModelError {
        from_api(status, serde_json::from_value(error).unwrap(), None)
    }

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (400, ErrorKind::InvalidRequest),
            (401, ErrorKind::Unauthorized),
            (403, ErrorKind::Unauthorized),
            (404, ErrorKind::UnknownModel),
            (413, ErrorKind::InvalidRequest),
            (429, ErrorKind::RateLimited),
            (499, ErrorKind::Unavailable),
            (500, ErrorKind::Unavailable),
            (503, ErrorKind::Unavailable),
            (302, ErrorKind::Protocol),
        ] {
            assert_eq!(mapped(status, json!({})).kind, kind, "{status}");
        }
    }

    #[test]
    fn a_wrong_key_is_told_by_its_reason_not_by_its_status() {
        let error = mapped(
            400,
            json!({ "status": "INVALID_ARGUMENT", "details": [{ "reason": "API_KEY_INVALID" }] }),
        );
        assert_eq!((error.kind, error.reason.as_deref()), (ErrorKind::Unauthorized, Some("API_KEY_INVALID")));
    }

    #[test]
    fn the_quota_of_a_day_is_not_waited_for() {
        let violations = json!([{ "quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }]);
        assert_eq!(
            mapped(429, json!({ "details": [{ "violations": violations }] })).kind,
            ErrorKind::QuotaExhausted
        );
        assert_eq!(
            mapped(429, json!({ "message": "exceeded, limit: 0, model" })).kind,
            ErrorKind::QuotaExhausted
        );
        let violations = json!([{ "quotaId": "GenerateRequestsPerMinutePerProjectPerModel" }]);
        assert_eq!(
            mapped(429, json!({ "details": [{ "violations": violations }] })).kind,
            ErrorKind::RateLimited
        );
    }

    #[test]
    fn the_longest_wait_that_anybody_asks_for_counts() {
        let wait =
            |error: Value, header| from_api(429, serde_json::from_value(error).unwrap(), header).retry_after;
        let seconds = Duration::from_secs;
        assert_eq!(
            wait(json!({ "details": [{ "retryDelay": "22s" }] }), Some(seconds(3))),
            Some(seconds(22))
        );
        assert_eq!(wait(json!({ "details": [{ "retryDelay": "2s" }] }), Some(seconds(3))), Some(seconds(3)));
        assert_eq!(
            wait(json!({ "message": "Please retry in 1.5s." }), None),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(
            wait(json!({ "message": "Please retry in 250ms." }), None),
            Some(Duration::from_millis(250))
        );
        assert_eq!(wait(json!({ "details": [{ "retryDelay": "-1e99s" }] }), None), None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(parse_retry_after(" 7 "), Some(Duration::from_secs(7)));
        assert_eq!(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert!(parse_retry_after("Wed, 06 Nov 2999 08:49:37 GMT").unwrap() > Duration::from_secs(1_000_000));
        assert_eq!(parse_retry_after("soon"), None);
    }

    #[test]
    fn an_error_in_a_stream_counts_by_code_or_by_name() {
        let kind = |error: Value| in_stream(serde_json::from_value(error).unwrap()).kind;
        assert_eq!(kind(json!({ "code": 503 })), ErrorKind::Unavailable);
        assert_eq!(kind(json!({ "status": "RESOURCE_EXHAUSTED" })), ErrorKind::RateLimited);
        assert_eq!(kind(json!({ "code": 8, "status": "NOT_FOUND" })), ErrorKind::UnknownModel);
        assert_eq!(kind(json!({})), ErrorKind::Unavailable);
    }
}
