//! How the service is set up: defaults, under a YAML file, under the environment, under flags.
//!
//! | key | default | |
//! |---|---|---|
//! | `listen` | `127.0.0.1:3000` | where to listen |
//! | `data` | `parlance-data` | the folder for everything that is kept |
//! | `workspace` | `workspace` in `data` | the folder that tools work in |
//! | `jwt_secret` | made once, kept in `data` | the secret for tokens, at least 32 bytes |
//! | `allowed_origins` | any | web origins that may connect |
//! | `gemini_api_key` | | the key for Gemini; without it and the next one, the offline Gemini answers |
//! | `gemini_base_url` | Google, with a key | where Gemini is |
//! | `gemini_model` | `gemini-2.5-flash` | the model that answers where a session names none |
//! | `tools` | readers `auto`, writers `ask` | by tool: `auto`, `ask` or `deny` |
//! | `approval_timeout` | 600 | seconds that a tool call waits for a decision |
//! | `queue` | 16 | messages that may wait in a session |
//! | `ping_interval_ms`, `ping_timeout_ms` | 25000, 20000 | the heartbeat |
//! | `max_payload` | 1000000 | bytes of the largest message |
//! | `log` | `info` | what is logged |
//!
//! A variable is the key in capitals after `PARLANCE_`; Gemini's three have no prefix. An empty variable is none. A flag is
//! the key with hyphens. Relative folders start where the service was started.

mod file;
mod given;
mod key;
mod secret;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

pub use given::Source;
pub use key::Key;
pub use secret::Secret;

use parlance_socketio::server::Origins;

use crate::cli::Flags;
use crate::gemini::{ClientConfig, GOOGLE};
use crate::tools::{Approval, Policy};
use given::Given;

/// How the service is set up. The [module](self) has the list.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder for everything that is kept.
    pub data: PathBuf,
    /// The folder that tools work in.
    pub workspace: PathBuf,
    /// The secret for tokens.
    pub jwt_secret: Secret,
    /// The web origins that may connect; empty: any.
    pub allowed_origins: Vec<String>,
    /// The key for Gemini.
    pub gemini_api_key: Option<Secret>,
    /// Where Gemini is, if somebody said so.
    pub gemini_base_url: Option<String>,
    /// The model that answers where a session names none.
    pub gemini_model: String,
    /// What single tools need, by name.
    pub tools: BTreeMap<String, Approval>,
    /// For how long a tool call waits for a decision.
    pub approval_timeout: Duration,
    /// How many messages may wait in a session.
    pub queue: usize,
    /// The time between heartbeats.
    pub ping_interval: Duration,
    /// For how long the answer to a heartbeat is waited for.
    pub ping_timeout: Duration,
    /// The largest message that is accepted, in bytes.
    pub max_payload: usize,
    /// What is logged, as `tracing` filters are written.
    pub log: String,
    /// What is not wrong and yet should be known: for the log, once it is set up.
    pub warnings: Vec<String>,
}

/// Why the service cannot be set up so: one sentence, for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A value that cannot be.
    #[error("{key}, from {source}, {complaint}", key = key.name(), source = from)]
    Value {
        /// Of which key.
        key: Key,
        /// Where it was said.
        from: Source,
        /// What would be right, and what came.
        complaint: String,
    },
    /// The file cannot be used.
    #[error("the configuration file {path}, from {from}, {complaint}")]
    File {
        /// Its path, as it was given.
        path: String,
        /// Where it was named.
        from: Source,
        /// What is wrong.
        complaint: String,
    },
    /// The secret cannot be kept, or what is kept cannot be used.
    #[error("the secret for tokens in {path} {complaint}")]
    Secret {
        /// Where it is.
        path: String,
        /// What is wrong.
        complaint: String,
    },
}

impl Config {
    /// Puts the layers together. Makes the data folder and the secret in it, if there is none.
    ///
    /// # Errors
    /// A value is wrong, even if another layer covers it; or the file or the secret cannot be used.
    pub fn load(flags: Flags, env: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let env = |name: &str| env(name).filter(|value| !value.is_empty());
        let mut config = Self::defaults();
        let mut own_workspace = false;
        let mut own_secret = false;
        for (key, from, given) in layers(flags, env)? {
            own_workspace |= key == Key::Workspace;
            own_secret |= key == Key::JwtSecret;
            config.set(key, given).map_err(|complaint| ConfigError::Value { key, from, complaint })?;
        }
        if !own_workspace {
            config.workspace = config.data.join("workspace");
        }
        if !own_secret {
            config.jwt_secret = secret::kept(&config.data, &mut config.warnings)?;
        }
        if config.gemini_base_url.is_some() && config.gemini_api_key.is_none() {
            config.warnings.push(
                "gemini_base_url is set and gemini_api_key is not: requests to Gemini carry an empty key"
                    .to_owned(),
            );
        }
        Ok(config)
    }

    /// How Gemini is reached; `None` if the offline Gemini is to answer.
    pub fn gemini(&self) -> Option<ClientConfig> {
        let key = self.gemini_api_key.as_ref().map(Secret::expose);
        let base = match (&self.gemini_base_url, key) {
            (Some(base), _) => base.as_str(),
            (None, Some(_)) => GOOGLE,
            (None, None) => return None,
        };
        Some(ClientConfig::new(base, key.unwrap_or_default(), &self.gemini_model))
    }

    /// What tool calls need before they are carried out.
    pub fn policy(&self) -> Policy {
        Policy { tools: self.tools.clone(), ..Policy::default() }
    }

    /// The pages that may connect, as Socket.IO and the REST API judge them.
    pub fn origins(&self) -> Origins {
        match self.allowed_origins.as_slice() {
            [] => Origins::Any,
            list => Origins::Only(list.to_vec()),
        }
    }

    fn defaults() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            data: PathBuf::from("parlance-data"),
            workspace: PathBuf::new(),
            jwt_secret: Secret::new(String::new()),
            allowed_origins: Vec::new(),
            gemini_api_key: None,
            gemini_base_url: None,
            gemini_model: "gemini-2.5-flash".to_owned(),
            tools: BTreeMap::new(),
            approval_timeout: Duration::from_secs(600),
            queue: 16,
            ping_interval: Duration::from_millis(25_000),
            ping_timeout: Duration::from_millis(20_000),
            max_payload: 1_000_000,
            log: "info".to_owned(),
            warnings: Vec::new(),
        }
    }

    /// Puts a value where it belongs, or says what would be right.
    fn set(&mut self, key: Key, given: Given) -> Result<(), String> {
        match key {
            Key::Listen => self.listen = given.address()?,
            Key::Data => self.data = given.folder()?,
            Key::Workspace => self.workspace = given.folder()?,
            Key::JwtSecret => self.jwt_secret = given.jwt_secret()?,
            Key::AllowedOrigins => self.allowed_origins = given.origins()?,
            Key::GeminiApiKey => self.gemini_api_key = Some(given.api_key()?),
            Key::GeminiBaseUrl => self.gemini_base_url = Some(given.url()?),
            Key::GeminiModel => self.gemini_model = given.model()?,
            Key::Tools => self.tools.extend(given.tools()?),
            Key::ApprovalTimeout => {
                self.approval_timeout = Duration::from_secs(given.whole(1, 86_400, "seconds")?);
            }
            Key::Queue => self.queue = given.count(1, 1000, "messages")?,
            Key::PingIntervalMs => {
                self.ping_interval = Duration::from_millis(given.whole(10, 3_600_000, "milliseconds")?);
            }
            Key::PingTimeoutMs => {
                self.ping_timeout = Duration::from_millis(given.whole(10, 3_600_000, "milliseconds")?);
            }
            Key::MaxPayload => self.max_payload = given.count(1024, 100_000_000, "bytes")?,
            Key::Log => self.log = given.log()?,
        }
        Ok(())
    }
}

/// Everything that was said, the weakest first.
fn layers(
    mut flags: Flags,
    env: impl Fn(&str) -> Option<String>,
) -> Result<Vec<(Key, Source, Given)>, ConfigError> {
    const VARIABLE: &str = "PARLANCE_CONFIG";
    let mut layers = match (flags.config.take(), env(VARIABLE)) {
        (Some(path), _) => file::read(&path, &Source::Flag("--config"))?,
        (None, Some(path)) => file::read(&path, &Source::Variable(VARIABLE))?,
        (None, None) => Vec::new(),
    };
    layers.extend(Key::ALL.into_iter().filter_map(|key| {
        let value = env(key.variable())?;
        Some((key, Source::Variable(key.variable()), Given::Text(value)))
    }));
    layers.extend(Key::ALL.into_iter().filter_map(|key| {
        let value = key.take(&mut flags)?;
        Some((key, Source::Flag(key.flag()), value))
    }));
    Ok(layers)
}

#[cfg(test)]
mod tests;
