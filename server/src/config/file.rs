//! The YAML file: a mapping of keys to values, none of them unknown.

use std::fs;

use serde_yaml::{Mapping, Value};

use super::given::{Given, Source, shown};
use super::{ConfigError, Key};

/// What the file says.
pub(super) fn read(path: &str, from: &Source) -> Result<Vec<(Key, Source, Given)>, ConfigError> {
    let wrong =
        |complaint: String| ConfigError::File { path: path.to_owned(), from: from.clone(), complaint };
    let text = fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    let settings = match serde_yaml::from_str(&text) {
        Ok(Value::Mapping(settings)) => settings,
        // An empty file, or one with nothing but comments.
        Ok(Value::Null) => Mapping::new(),
        Ok(_) => return Err(wrong("must hold keys with values, like `listen: 127.0.0.1:3000`".to_owned())),
        Err(error) => return Err(wrong(format!("is not YAML: {error}"))),
    };
    let mut read = Vec::new();
    for (name, value) in settings {
        let Value::String(name) = name else {
            return Err(wrong(format!("has a key that is no name: {}", shown(&name))));
        };
        let key = Key::named(&name).ok_or_else(|| wrong(unknown(&name)))?;
        // `gemini_api_key:` with nothing behind it says nothing.
        if value != Value::Null {
            read.push((key, Source::File(path.to_owned()), Given::Yaml(value)));
        }
    }
    Ok(read)
}

fn unknown(name: &str) -> String {
    let written: String = name.chars().take(64).collect();
    match Key::nearest(name) {
        Some(key) => format!("has no key {written:?} to set; did you mean `{}`?", key.name()),
        None => {
            let all: Vec<_> = Key::ALL.iter().map(|key| key.name()).collect();
            format!("has no key {written:?} to set; there are: {}", all.join(", "))
        }
    }
}
