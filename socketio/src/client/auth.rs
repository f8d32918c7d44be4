//! What is said to the server at CONNECT: a value, or one that is asked for before every attempt, as tokens expire.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde_json::Value;

/// What goes along with CONNECT.
#[derive(Clone, Default)]
pub enum Auth {
    /// Nothing.
    #[default]
    None,
    /// The same object every time.
    Value(Value),
    /// An object that is asked for before every CONNECT; see [`Auth::ask`].
    Ask(Ask),
}

type Asked = Pin<Box<dyn Future<Output = Result<Value, String>> + Send>>;

/// Who is asked.
#[derive(Clone)]
pub struct Ask(Arc<dyn Fn() -> Asked + Send + Sync>);

impl Auth {
    /// Asks before every CONNECT, at first and after every loss. The answer is an object, or `null` for nothing. If there is none, the
    /// attempt has failed, for the reason that is given, and the next one asks again. The time for connecting includes
    /// the asking.
    pub fn ask<F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Value, String>> + Send + 'static,
    {
        Self::Ask(Ask(Arc::new(move || Box::pin(ask()))))
    }

    /// What is said this time.
    pub(crate) async fn get(&self) -> Result<Option<Value>, String> {
        match self {
            Self::None => Ok(None),
            Self::Value(value) => Ok(Some(value.clone()).filter(|value| !value.is_null())),
            Self::Ask(ask) => match (ask.0)().await? {
                Value::Null => Ok(None),
                Value::Object(object) => Ok(Some(Value::Object(object))),
                _ => Err("what was answered is no object".into()),
            },
        }
    }
}

impl From<Value> for Auth {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl From<Option<Value>> for Auth {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::None, Self::Value)
    }
}

impl fmt::Debug for Auth {
    /// Without what is said, as that is a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Value(_) => "Value(…)",
            Self::Ask(_) => "Ask(…)",
        })
    }
}

impl fmt::Debug for Ask {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Ask(…)")
    }
}
