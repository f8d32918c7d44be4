//! The names of each setting: in the file, in the environment, on the command line.

use super::given::Given;
use crate::cli::Flags;

macro_rules! keys {
    ($($variant:ident $name:literal $variable:literal $flag:literal $field:ident;)*) => {
        /// A setting. The list with defaults and meanings is in the [module](super) above.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Key {
            $(#[doc = concat!("`", $name, "`.")] $variant,)*
        }

        impl Key {
            /// All of them.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// As it stands in the file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The variable in the environment.
            pub const fn variable(self) -> &'static str {
                match self { $(Self::$variant => $variable,)* }
            }

            /// The flag on the command line.
            pub const fn flag(self) -> &'static str {
                match self { $(Self::$variant => $flag,)* }
            }

            /// What the command line says about it.
            pub(super) fn take(self, flags: &mut Flags) -> Option<Given> {
                match self { $(Self::$variant => Flagged::given(&mut flags.$field),)* }
            }
        }
    };
}

keys! {
    Listen "listen" "PARLANCE_LISTEN" "--listen" listen;
    Data "data" "PARLANCE_DATA" "--data" data;
    Workspace "workspace" "PARLANCE_WORKSPACE" "--workspace" workspace;
    JwtSecret "jwt_secret" "PARLANCE_JWT_SECRET" "--jwt-secret" jwt_secret;
    AllowedOrigins "allowed_origins" "PARLANCE_ALLOWED_ORIGINS" "--allowed-origin" allowed_origins;
    GeminiApiKey "gemini_api_key" "GEMINI_API_KEY" "--gemini-api-key" gemini_api_key;
    GeminiBaseUrl "gemini_base_url" "GEMINI_BASE_URL" "--gemini-base-url" gemini_base_url;
    GeminiModel "gemini_model" "GEMINI_MODEL" "--gemini-model" gemini_model;
    Tools "tools" "PARLANCE_TOOLS" "--tool" tools;
    ApprovalTimeout "approval_timeout" "PARLANCE_APPROVAL_TIMEOUT" "--approval-timeout" approval_timeout;
    Queue "queue" "PARLANCE_QUEUE" "--queue" queue;
    PingIntervalMs "ping_interval_ms" "PARLANCE_PING_INTERVAL_MS" "--ping-interval-ms" ping_interval_ms;
    PingTimeoutMs "ping_timeout_ms" "PARLANCE_PING_TIMEOUT_MS" "--ping-timeout-ms" ping_timeout_ms;
    MaxPayload "max_payload" "PARLANCE_MAX_PAYLOAD" "--max-payload" max_payload;
    Log "log" "PARLANCE_LOG" "--log" log;
}

impl Key {
    /// The key of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The key that somebody who wrote `name` may have meant.
    pub(super) fn nearest(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('-', "_");
        Self::ALL
            .into_iter()
            .map(|key| (distance(key.name(), &name), key))
            .filter(|(distance, key)| *distance <= key.name().len() / 3)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, key)| key)
    }
}

/// A flag that may be given once, or many times.
trait Flagged {
    fn given(&mut self) -> Option<Given>;
}

impl Flagged for Option<String> {
    fn given(&mut self) -> Option<Given> {
        self.take().map(Given::Text)
    }
}

impl Flagged for Vec<String> {
    fn given(&mut self) -> Option<Given> {
        if self.is_empty() { None } else { Some(Given::Text(self.join(","))) }
    }
}

/// How many characters have to be put in, taken out or replaced to come from one to the other.
fn distance(one: &str, other: &str) -> usize {
    // A key of a file may be as long as the file; nothing that long is near to anything.
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, a) in one.chars().enumerate() {
        let mut left = above + 1;
        let mut diagonal = above;
        for (cell, b) in row.iter_mut().skip(1).zip(&other) {
            let here = (diagonal + usize::from(a != *b)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = here;
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted() {
        for (a, b, n) in
            [("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(a, b), n, "{a} {b}");
        }
    }

    #[test]
    fn what_is_near_is_found_and_what_is_not_is_not() {
        for (name, key) in [
            ("lisen", Some(Key::Listen)),
            ("Listen", Some(Key::Listen)),
            ("ping-interval-ms", Some(Key::PingIntervalMs)),
            ("allowed_origin", Some(Key::AllowedOrigins)),
            ("approval_timeout_s", Some(Key::ApprovalTimeout)),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(Key::nearest(name), key, "{name}");
        }
        assert_eq!(Key::nearest(&"x".repeat(100_000)), None);
    }
}
