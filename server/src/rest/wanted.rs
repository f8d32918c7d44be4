//! What bodies and queries may say, and what is said of those that say something else.

use parlance_socketio::typed::{Field, Fields, Shape};
use serde::Deserialize;
use serde_json::Value;

use super::failure::Failure;
use crate::auth::MAX_NAME;
use crate::store::records::MAX_MEMBERS;

/// The most characters of a title.
const MAX_TITLE: u64 = 200;

/// The most characters of the name of a model.
const MAX_MODEL: u64 = 256;

const USER: Shape = text(MAX_NAME as u64);
static MEMBER: Shape = USER;
static SESSION: Shape = Shape::Struct(&Fields {
    fields: &[
        Field { name: "title", required: false, shape: text(MAX_TITLE) },
        Field { name: "model", required: false, shape: text(MAX_MODEL) },
        Field {
            name: "members",
            required: false,
            shape: Shape::Array { items: &MEMBER, least: 0, most: MAX_MEMBERS as u64 },
        },
    ],
    open: false,
});
static ONE_MEMBER: Shape =
    Shape::Struct(&Fields { fields: &[Field { name: "user", required: true, shape: USER }], open: false });

const fn text(most: u64) -> Shape {
    Shape::String { least: 1, most, pattern: None, date_time: false }
}

/// A session, as whoever wants one describes it.
#[derive(Debug, Default, PartialEq, Deserialize)]
pub(super) struct NewSession {
    pub(super) title: Option<String>,
    pub(super) model: Option<String>,
    #[serde(default)]
    pub(super) members: Vec<String>,
}

#[derive(Deserialize)]
struct NewMember {
    user: String,
}

/// The session that a body describes; an empty one describes a session too.
pub(super) fn session(body: &[u8]) -> Result<NewSession, Failure> {
    if body.trim_ascii().is_empty() {
        return Ok(NewSession::default());
    }
    let wanted: NewSession = decode(body, &SESSION)?;
    if let Some(title) = wanted.title.as_deref().filter(|title| !is_name(title)) {
        return Err(Failure::invalid("title", "a title in one line, not blank", shown(title)));
    }
    if let Some(model) = wanted.model.as_deref().filter(|model| !is_model(model)) {
        let expected = "the name of a Gemini model, like gemini-2.5-flash";
        return Err(Failure::invalid("model", expected, shown(model)));
    }
    for (index, member) in wanted.members.iter().enumerate() {
        user(&format!("members[{index}]"), member)?;
    }
    Ok(wanted)
}

/// The user that a body names.
pub(super) fn member(body: &[u8]) -> Result<String, Failure> {
    let NewMember { user: name } = decode(body, &ONE_MEMBER)?;
    user("user", &name)?;
    Ok(name)
}

/// Whether a query asks for the sessions of all.
pub(super) fn all(query: Option<&str>) -> Result<bool, Failure> {
    match query {
        None | Some("" | "all=false") => Ok(false),
        Some("all=true") => Ok(true),
        Some(other) => Err(Failure::invalid("query", "`all=true`, `all=false` or nothing", shown(other))),
    }
}

fn decode<T: for<'de> Deserialize<'de>>(body: &[u8], shape: &Shape) -> Result<T, Failure> {
    let broken = |error: serde_json::Error| Failure::invalid("", "a JSON object", error.to_string());
    let value: Value = serde_json::from_slice(body).map_err(broken)?;
    shape.check(&value).map_err(Failure::Invalid)?;
    serde_json::from_value(value).map_err(broken)
}

/// A name that no token can hold would be a member that can never come.
fn user(path: &str, name: &str) -> Result<(), Failure> {
    if is_name(name) {
        return Ok(());
    }
    Err(Failure::invalid(path, "a user, not blank and without control characters", shown(name)))
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

/// Whether it can be a part of the path of a request to Gemini, alone or after a collection.
fn is_model(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '@');
    name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed))
}

/// What came, quoted and cut.
fn shown(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{:?}…", text.get(..end).unwrap_or_default()),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Invalid(mismatch)) => mismatch.to_string(),
            other => panic!("{other:?}"),
        }
    }

    fn of(value: &Value) -> Result<NewSession, Failure> {
        session(value.to_string().as_bytes())
    }

    #[test]
    fn a_session_needs_no_description() {
        for body in [&b""[..], b" \r\n", b"{}"] {
            assert_eq!(session(body).unwrap(), NewSession::default());
        }
        let all = json!({"title": "Plans", "model": "models/gemini-2.5-pro", "members": ["bob", "zoë w."]});
        let wanted = of(&all).unwrap();
        assert_eq!(wanted.title.as_deref(), Some("Plans"));
        assert_eq!(wanted.model.as_deref(), Some("models/gemini-2.5-pro"));
        assert_eq!(wanted.members, ["bob", "zoë w."]);
    }

    #[test]
    fn the_largest_description_fits_into_a_body() {
        let members: Vec<String> = (0..MAX_MEMBERS).map(|_| "\u{1F600}".repeat(MAX_NAME)).collect();
        let largest = json!({"title": "\u{1F600}".repeat(200), "model": "m".repeat(256), "members": members});
        assert!(largest.to_string().len() <= super::super::body::MAX_BODY);
        assert!(of(&largest).is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_session_is_named() {
        for (value, expected) in [
            (json!([]), "the payload: expected an object, got an array"),
            (json!(null), "the payload: expected an object, got null"),
            (json!({"title": 3}), "title: expected a string, got 3"),
            (json!({"title": null}), "title: expected a string, got null"),
            (json!({"title": ""}), "title: expected a string of 1 to 200 characters, got 0 characters"),
            (json!({"title": "a\nb"}), "title: expected a title in one line, not blank, got \"a\\nb\""),
            (
                json!({"title": "x".repeat(201)}),
                "title: expected a string of 1 to 200 characters, got 201 characters",
            ),
            (
                json!({"model": "../../x"}),
                "model: expected the name of a Gemini model, like gemini-2.5-flash, got \"../../x\"",
            ),
            (
                json!({"model": "x".repeat(257)}),
                "model: expected a string of 1 to 256 characters, got 257 characters",
            ),
            (json!({"members": "bob"}), "members: expected an array, got \"bob\""),
            (json!({"members": ["bob", 1]}), "members[1]: expected a string, got 1"),
            (
                json!({"members": ["bob", " "]}),
                "members[1]: expected a user, not blank and without control characters, got \" \"",
            ),
            (
                json!({"members": vec!["x"; 257]}),
                "members: expected an array of at most 256 items, got 257 items",
            ),
            (
                json!({"name": "x"}),
                "the payload: expected no field but `title`, `model`, `members`, got a field `name`",
            ),
        ] {
            assert_eq!(wrong(of(&value)), expected);
        }
        assert!(wrong(session(b"{\"title\":")).starts_with("the payload: expected a JSON object, got EOF"));
        assert!(wrong(session(b"\xff")).starts_with("the payload: expected a JSON object"));
    }

    #[test]
    fn a_member_is_one_user() {
        assert_eq!(member(br#"{"user":"bob"}"#).unwrap(), "bob");
        for (body, expected) in [
            (&b"{}"[..], "user: expected a string, got nothing"),
            (br#"{"user":""}"#, "user: expected a string of 1 to 128 characters, got 0 characters"),
            (
                br#"{"user":"a\u0000"}"#,
                "user: expected a user, not blank and without control characters, got \"a\\0\"",
            ),
            (br#"{"user":"a","role":"b"}"#, "the payload: expected no field but `user`, got a field `role`"),
        ] {
            assert_eq!(wrong(member(body)), expected);
        }
        assert!(wrong(member(b"")).starts_with("the payload: expected a JSON object, got EOF"));
    }

    #[test]
    fn a_query_says_all_or_nothing() {
        assert!(all(Some("all=true")).unwrap());
        for query in [None, Some(""), Some("all=false")] {
            assert!(!all(query).unwrap());
        }
        let long = "a".repeat(50);
        assert_eq!(
            wrong(all(Some(&long))),
            format!("query: expected `all=true`, `all=false` or nothing, got \"{}\"…", "a".repeat(40))
        );
    }
}
