//! A value as it was given, text or YAML, and how it becomes what it should be.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use reqwest::Url;
use serde_yaml::Value;
use tracing_subscriber::EnvFilter;

use super::Secret;
use crate::auth::MIN_SECRET;
use crate::tools::Approval;

/// Where a value was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In the file of this path.
    File(String),
    /// In this variable.
    Variable(&'static str),
    /// With this flag.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "the file {path}"),
            Self::Variable(name) => write!(formatter, "the variable {name}"),
            Self::Flag(name) => write!(formatter, "the flag {name}"),
        }
    }
}

/// A value as it was given.
pub(super) enum Given {
    /// By a flag or a variable.
    Text(String),
    /// In the file.
    Yaml(Value),
}

/// A value for a sentence: short, and with nothing in it that a terminal would obey.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => {
            let short: String = text.chars().take(80).collect();
            format!("{short:?}")
        }
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Tagged(_) => "a tagged value".to_owned(),
    }
}

impl Given {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => shown(&Value::String(text.clone())),
            Self::Yaml(value) => shown(value),
        }
    }

    /// The sentence about a value that is not `wanted`.
    fn wrong<T>(&self, wanted: &str) -> Result<T, String> {
        Err(format!("must be {wanted}, not {}", self.shown()))
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Yaml(Value::String(text)) => Some(text.trim()),
            Self::Yaml(_) => None,
        }
    }

    /// A list of texts, or one text with commas.
    fn list(&self) -> Option<Vec<&str>> {
        match self {
            Self::Yaml(Value::Sequence(items)) => {
                items.iter().map(|item| item.as_str().map(str::trim)).collect()
            }
            Self::Yaml(_) | Self::Text(_) => Some(self.text()?.split(',').map(str::trim).collect()),
        }
    }

    pub(super) fn address(self) -> Result<SocketAddr, String> {
        let parsed = self.text().and_then(|text| text.replacen("localhost:", "127.0.0.1:", 1).parse().ok());
        parsed.map_or_else(|| self.wrong("an address and a port, like 127.0.0.1:3000 or [::]:3000"), Ok)
    }

    pub(super) fn folder(self) -> Result<PathBuf, String> {
        match self.text() {
            Some(text) if !text.is_empty() && !text.contains('\0') => Ok(PathBuf::from(text)),
            _ => self.wrong("the path of a folder"),
        }
    }

    pub(super) fn jwt_secret(self) -> Result<Secret, String> {
        // The value itself is in no sentence.
        let Some(text) = self.text() else {
            return Err(format!("must be a text of at least {MIN_SECRET} bytes; quote it"));
        };
        if text.len() < MIN_SECRET {
            return Err(format!(
                "must have at least {MIN_SECRET} bytes, and has {}; leave it out, and one is made",
                text.len()
            ));
        }
        Ok(Secret::new(text.to_owned()))
    }

    pub(super) fn api_key(self) -> Result<Secret, String> {
        match self.text() {
            Some(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Ok(Secret::new(text.to_owned()))
            }
            Some(_) => {
                Err("must be a key without spaces and other odd characters; check how it was copied"
                    .to_owned())
            }
            None => Err("must be a text; quote it".to_owned()),
        }
    }

    pub(super) fn origins(self) -> Result<Vec<String>, String> {
        let wanted = "web origins like https://chat.example.org:8443, without a path";
        let Some(list) = self.list() else { return self.wrong(&format!("a list of {wanted}")) };
        if list.is_empty() {
            return Err("must name at least one origin; leave it out, and any may connect".to_owned());
        }
        if list.contains(&"*") {
            return Ok(Vec::new());
        }
        list.into_iter()
            .map(|item| {
                let origin = Url::parse(item).ok().filter(|url| {
                    let bare = item.trim_end_matches('/').matches('/').count() == 2;
                    bare && url.has_host() && url.username().is_empty() && url.query().is_none()
                });
                match origin {
                    // As browsers write it: without a default port, in lower case.
                    Some(url) => Ok(url.as_str().trim_end_matches('/').to_owned()),
                    None => Err(format!("must be {wanted}, not {}", shown(&Value::String(item.to_owned())))),
                }
            })
            .collect()
    }

    pub(super) fn url(self) -> Result<String, String> {
        let wanted = "an address like https://host or http://127.0.0.1:8080/gemini, without query and user";
        let url = self.text().and_then(|text| Url::parse(text).ok());
        let fits = url.is_some_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        match self.text() {
            Some(text) if fits => Ok(text.trim_end_matches('/').to_owned()),
            // What is wrong with it may be a password in it.
            _ => Err(format!("must be {wanted}")),
        }
    }

    pub(super) fn model(self) -> Result<String, String> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '@' | '/');
        match self.text() {
            Some(text) if !text.is_empty() && text.len() <= 256 && text.chars().all(allowed) => {
                Ok(text.to_owned())
            }
            _ => self.wrong("the name of a Gemini model, like gemini-2.5-flash"),
        }
    }

    pub(super) fn tools(self) -> Result<BTreeMap<String, Approval>, String> {
        let mut tools = BTreeMap::new();
        match &self {
            Self::Yaml(Value::Mapping(rules)) => {
                for (name, word) in rules {
                    let (name, rule) = rule(name, word)?;
                    tools.insert(name, rule);
                }
            }
            _ => {
                let Some(text) = self.text() else {
                    return self.wrong("a mapping of tools to auto, ask or deny");
                };
                for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                    let Some((name, word)) = item.split_once('=') else {
                        let item = shown(&Value::String(item.to_owned()));
                        return Err(format!("must be written name=ask,name=auto, and has {item}"));
                    };
                    let value = |text: &str| Value::String(text.trim().to_owned());
                    let (name, rule) = rule(&value(name), &value(word))?;
                    if tools.insert(name.clone(), rule).is_some() {
                        return Err(format!("must say one thing about each tool, and names `{name}` twice"));
                    }
                }
            }
        }
        Ok(tools)
    }

    pub(super) fn whole(self, least: u64, most: u64, unit: &str) -> Result<u64, String> {
        let number = match &self {
            Self::Yaml(Value::Number(number)) => number.as_u64(),
            // `parse` alone would take "+5".
            _ => self
                .text()
                .filter(|text| text.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|t| t.parse().ok()),
        };
        match number {
            Some(number) if (least..=most).contains(&number) => Ok(number),
            _ => self.wrong(&format!("a whole number of {unit} from {least} to {most}")),
        }
    }

    pub(super) fn count(self, least: u64, most: u64, unit: &str) -> Result<usize, String> {
        let number = self.whole(least, most, unit)?;
        usize::try_from(number).map_err(|error| error.to_string())
    }

    pub(super) fn log(self) -> Result<String, String> {
        match self.text() {
            Some(text) if !text.is_empty() && EnvFilter::try_new(text).is_ok() => Ok(text.to_owned()),
            _ => self.wrong("trace, debug, info, warn, error or off, or module=level with commas between"),
        }
    }
}

/// One tool and its rule.
fn rule(name: &Value, word: &Value) -> Result<(String, Approval), String> {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let name = match name.as_str() {
        Some(name) if (1..=128).contains(&name.len()) && name.chars().all(known) => name,
        _ => return Err(format!("must name tools like readFile, not {}", shown(name))),
    };
    let rule = match word.as_str() {
        Some("auto") => Approval::Auto,
        Some("ask") => Approval::Ask,
        Some("deny") => Approval::Deny,
        _ => return Err(format!("must be auto, ask or deny for `{name}`, not {}", shown(word))),
    };
    Ok((name.to_owned(), rule))
}
