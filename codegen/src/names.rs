//! Rust names from names on the wire.

use proc_macro2::{Ident, Span};

/// The words of a name: `chat:get-history`, `byUser` and `HTTPServer` have three, two and two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut before = ' ';
    let letters: Vec<char> = name.chars().collect();
    for (index, &letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            fresh = true;
            before = letter;
            continue;
        }
        let next_is_lower = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let hump = letter.is_uppercase() && (!before.is_uppercase() || next_is_lower);
        if fresh || (hump && before.is_alphanumeric()) {
            words.push(String::new());
            fresh = false;
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}

/// `chat:get-history` → `ChatGetHistory`.
pub(crate) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in words(name) {
        let mut letters = word.chars();
        pascal.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        pascal.extend(letters);
    }
    leading(pascal)
}

/// `chat:get-history` → `chat_get_history`.
pub(crate) fn snake(name: &str) -> String {
    leading(words(name).join("_"))
}

/// `chat:get-history` → `CHAT_GET_HISTORY`.
pub(crate) fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

/// A name may be made of signs alone, or begin with a digit.
fn leading(name: String) -> String {
    match name.chars().next() {
        None => "Unnamed".into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// Methods that a client has whatever the document says.
const CLIENT: [&str; 12] = [
    "ahead",
    "close",
    "closed",
    "connect",
    "emit",
    "is_connected",
    "ready",
    "socket_id",
    "start",
    "volatile",
    "with_ack_timeout",
    "with_retries",
];

/// Methods that all have whom an emitter sends to.
const TARGET: [&str; 8] = ["and", "close", "disconnect", "except", "fetch", "ids", "of", "only"];

/// The method of a client that sends an event.
pub(crate) fn client_method(event: &str) -> String {
    apart(event, &CLIENT)
}

/// The method that sends an event to somebody.
pub(crate) fn target_method(event: &str) -> String {
    apart(event, &TARGET)
}

/// With an underscore if the name is taken: a protocol can rarely rename its events for our sake.
fn apart(event: &str, taken: &[&str]) -> String {
    let name = snake(event);
    if taken.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// An identifier, raw if it is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    match name {
        // These cannot be raw.
        "self" | "Self" | "super" | "crate" | "_" => Ident::new(&format!("{name}_"), Span::call_site()),
        _ if syn::parse_str::<Ident>(name).is_ok() => Ident::new(name, Span::call_site()),
        _ if name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') => {
            Ident::new_raw(name, Span::call_site())
        }
        _ => Ident::new("unnamed", Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_words() {
        for (name, in_pascal, in_snake) in [
            ("join-session", "JoinSession", "join_session"),
            ("chat:get-history", "ChatGetHistory", "chat_get_history"),
            ("byUser", "ByUser", "by_user"),
            ("HTTPServer", "HttpServer", "http_server"),
            ("2fa", "_2fa", "_2fa"),
            ("über", "Über", "über"),
            ("user2Id", "User2Id", "user2_id"),
        ] {
            assert_eq!((pascal(name).as_str(), snake(name).as_str()), (in_pascal, in_snake));
        }
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("plain").to_string(), "plain");
    }
}
