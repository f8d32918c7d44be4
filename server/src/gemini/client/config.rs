//! How Gemini is reached, and how long one waits for it.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use crate::gemini::model::{ErrorKind, ModelError};

/// Google's own address.
pub const GOOGLE: &str = "https://generativelanguage.googleapis.com";

/// How Gemini is reached.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Where, without `/v1beta`: `https://generativelanguage.googleapis.com`, or a gateway, or the offline Gemini.
    pub base_url: String,
    /// The key.
    pub api_key: ApiKey,
    /// The model that answers requests which name none.
    pub model: String,
    /// For a connection, TLS included. 10 s.
    pub connect_timeout: Duration,
    /// For the answer to begin, and from one piece of it to the next. There is no limit for the whole. 60 s.
    pub idle_timeout: Duration,
    /// When and how often a failed request is tried again.
    pub retry: RetryPolicy,
    /// Passes by a proxy that the environment names. Loopback addresses are never reached through one.
    pub no_proxy: bool,
    /// Of one event of the stream. 4 MiB.
    pub max_event_bytes: usize,
    /// Of one answer on the wire; it is held in memory until it is complete. 8 MiB.
    pub max_answer_bytes: usize,
}

impl ClientConfig {
    /// The defaults for an address, a key and a model.
    pub fn new(base_url: impl Into<String>, api_key: impl Into<String>, model: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api_key: ApiKey::new(api_key),
            model: model.into(),
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            no_proxy: false,
            max_event_bytes: 4 << 20,
            max_answer_bytes: 8 << 20,
        }
    }

    pub(super) fn base(&self) -> Result<Url, ConfigError> {
        let wrong = |why: String| ConfigError::BaseUrl { url: self.base_url.clone(), why };
        let url = Url::parse(&self.base_url).map_err(|error| wrong(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("it must start with http:// or https://".into()));
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err(wrong("it must have no query, fragment or user name".into()));
        }
        Ok(url)
    }
}

/// A key that does not show itself in logs.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key, without the white space around it that copying leaves.
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into().trim().to_owned())
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// A text of the host's for the log: without the key, and not too long.
    pub(super) fn redact(&self, text: &str) -> String {
        const LONGEST: usize = 600;
        let text = if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "[key]") };
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ApiKey(…)")
    }
}

/// When and how often a failed request is tried again.
#[derive(Debug, Clone)]
pub struct RetryPolicy {
    /// Tries, the first included. 3.
    pub tries: u32,
    /// The wait before the second try is at most this, and twice as long each time after. 500 ms.
    pub base: Duration,
    /// The longest wait of our own. 8 s.
    pub cap: Duration,
    /// The longest wait the host may ask for; if it asks for more, the failure is final. 60 s.
    pub longest_asked: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            tries: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            longest_asked: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// The wait after the failure of a try (from 1), `None` if it is final.
    pub(super) fn wait(&self, attempt: u32, error: &ModelError) -> Option<Duration> {
        if attempt >= self.tries || !error.is_retryable() || error.kind == ErrorKind::Cancelled {
            return None;
        }
        match error.retry_after {
            Some(asked) if asked > self.longest_asked => None,
            // Not earlier than asked for, and not everybody at the same moment.
            Some(asked) => Some(asked + jitter(asked / 5 + self.base)),
            None => {
                let doubled = self.base.saturating_mul(1u32.checked_shl(attempt - 1).unwrap_or(u32::MAX));
                Some(jitter(doubled.min(self.cap)))
            }
        }
    }
}

/// Something from nothing to `most`, evenly.
fn jitter(most: Duration) -> Duration {
    // Without a source of randomness everybody waits the whole time, which is still correct.
    let share = getrandom::u32().unwrap_or(u32::MAX);
    most.mul_f64(f64::from(share) / f64::from(u32::MAX))
}

/// Why there can be no client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The address cannot be used.
    #[error("the Gemini base URL {url:?} cannot be used: {why}")]
    BaseUrl {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The key cannot be sent.
    #[error("the Gemini API key holds characters that no key has; check how it was copied")]
    ApiKey,
    /// The model's name cannot be sent.
    #[error("{0:?} is no name of a Gemini model; one looks like gemini-3.8-flash")]
    Model(String),
    /// TLS or the resolver cannot be set up.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(String),
}

/// `{base}/v1beta/models/{model}{method}`; `None` if the model's name has no such form.
pub(super) fn method_url(base: &Url, model: &str, method: &str) -> Option<Url> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '@');
    let is_segment = |part: &str| !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed);
    if model.len() > 256 || !model.split('/').all(is_segment) {
        return None;
    }
    // `models/x` and `tunedModels/x` are how the host itself names them.
    let collection = if model.contains('/') { "" } else { "models/" };
    let mut url = base.clone();
    url.set_path(&format!("{}/v1beta/{collection}{model}{method}", base.path().trim_end_matches('/')));
    Some(url)
}

pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(base: &str, model: &str) -> Option<String> {
        method_url(&Url::parse(base).unwrap(), model, ":x").map(String::from)
    }

    #[test]
    fn a_base_may_have_a_path_and_a_model_its_collection() {
        assert_eq!(url("https://a.b", "m-1.5").unwrap(), "https://a.b/v1beta/models/m-1.5:x");
        assert_eq!(
            url("http://a.b:1/gemini/", "tunedModels/m").unwrap(),
            "http://a.b:1/gemini/v1beta/tunedModels/m:x"
        );
        for model in ["", "../x", "a/../b", "a b", "a?b", "a//b", "ü"] {
            assert_eq!(url("https://a.b", model), None, "{model}");
        }
    }

    #[test]
    fn wrong_configuration_is_refused_with_a_sentence() {
        let error = |base: &str, key: &str, model: &str| {
            crate::gemini::Client::new(ClientConfig::new(base, key, model)).unwrap_err().to_string()
        };
        assert_eq!(
            error("ftp://a", "k", "m"),
            r#"the Gemini base URL "ftp://a" cannot be used: it must start with http:// or https://"#
        );
        assert_eq!(
            error("nowhere", "k", "m"),
            r#"the Gemini base URL "nowhere" cannot be used: relative URL without a base"#
        );
        assert_eq!(
            error("https://a", "k\n2", "m"),
            "the Gemini API key holds characters that no key has; check how it was copied"
        );
        assert_eq!(
            error("https://a", "k", "a b"),
            r#""a b" is no name of a Gemini model; one looks like gemini-3.8-flash"#
        );
    }

    #[test]
    fn the_key_shows_nowhere() {
        let config = ClientConfig::new("https://a", " secret-key\n", "m");
        assert!(!format!("{config:?}").contains("secret"));
        let client = crate::gemini::Client::new(config.clone()).unwrap();
        assert!(!format!("{client:?}").contains("secret"));
        assert_eq!(config.api_key.redact("bad key secret-key!"), "bad key [key]!");
        assert_eq!(config.api_key.redact(&"ü".repeat(1000)).chars().count(), 601);
    }

    #[test]
    fn waits_grow_to_a_cap_and_are_never_shorter_than_asked() {
        let policy = RetryPolicy { tries: 100, ..RetryPolicy::default() };
        let error = ModelError::new(ErrorKind::Unavailable, "");
        for attempt in 1..99 {
            let most = Duration::from_millis(500 << attempt.min(10)) / 2;
            assert!(policy.wait(attempt, &error).unwrap() <= most.min(policy.cap), "{attempt}");
        }
        let asked = ModelError { retry_after: Some(Duration::from_secs(22)), ..error.clone() };
        let wait = policy.wait(1, &asked).unwrap();
        assert!(wait >= Duration::from_secs(22) && wait <= Duration::from_secs(27), "{wait:?}");
        let asked = ModelError { retry_after: Some(Duration::from_secs(61)), ..error.clone() };
        assert_eq!(policy.wait(1, &asked), None);
        assert_eq!(RetryPolicy::default().wait(3, &error), None);
        assert_eq!(policy.wait(1, &ModelError::new(ErrorKind::InvalidRequest, "")), None);
    }

    #[test]
    fn loopback_is_recognised() {
        for (base, expected) in [
            ("http://127.0.0.1:1", true),
            ("http://[::1]", true),
            ("http://localhost", true),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(base).unwrap()), expected, "{base}");
        }
    }
}
