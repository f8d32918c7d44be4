/// The names of the events.
#[allow(dead_code)]
pub mod names {
    /// Of what clients send.
    pub mod client {
        /// `open-board`.
        pub const OPEN_BOARD: &str = "open-board";
        /// `vote`.
        pub const VOTE: &str = "vote";
        /// `close-board`.
        pub const CLOSE_BOARD: &str = "close-board";
        /// `show-hands`.
        pub const SHOW_HANDS: &str = "show-hands";
        /// `hover`.
        pub const HOVER: &str = "hover";
    }
    /// Of what servers send.
    pub mod server {
        /// `raise-hand`.
        pub const RAISE_HAND: &str = "raise-hand";
        /// `hovering`.
        pub const HOVERING: &str = "hovering";
        /// `board-opened`.
        pub const BOARD_OPENED: &str = "board-opened";
        /// `counted`.
        pub const COUNTED: &str = "counted";
        /// `board-closed`.
        pub const BOARD_CLOSED: &str = "board-closed";
        /// `refused`.
        pub const REFUSED: &str = "refused";
    }
}
/// The named types of the document.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod types {
    /// Names a board.
    ///
    /// ```json
    /// "lunch"
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:27:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct BoardName(::std::string::String);
    impl BoardName {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "BoardName",
                    expected: "a string, such that it matches `^[a-z][a-z0-9-]{0,31}$`",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            Self(value.into())
        }
        /// The text.
        pub fn as_str(&self) -> &str {
            &self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> ::std::string::String {
            self.0
        }
    }
    impl ::core::fmt::Display for BoardName {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for BoardName {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_pattern(
                &self.0,
                {
                    static PATTERN: ::std::sync::LazyLock<
                        ::core::option::Option<
                            ::parlance_socketio::typed::private::Regex,
                        >,
                    > = ::std::sync::LazyLock::new(|| {
                        ::parlance_socketio::typed::private::Regex::new(
                                "^[a-z][a-z0-9-]{0,31}$",
                            )
                            .ok()
                    });
                    PATTERN.as_ref()
                },
            )
        }
    }
    /// Tells a vote from all others of the same voter.
    ///
    /// ```json
    /// "7c1f"
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:28:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct VoteId(::std::string::String);
    impl VoteId {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "VoteId",
                    expected: "a string, at least 1 characters long and at most 64 characters long",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            Self(value.into())
        }
        /// The text.
        pub fn as_str(&self) -> &str {
            &self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> ::std::string::String {
            self.0
        }
    }
    impl ::core::fmt::Display for VoteId {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for VoteId {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.0, 1u64, 64u64)
        }
    }
    /// What is voted for.
    ///
    /// ```json
    /// "soup"
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:29:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct Choice(::std::string::String);
    impl Choice {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "Choice",
                    expected: "a string, at least 1 characters long and at most 64 characters long",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            Self(value.into())
        }
        /// The text.
        pub fn as_str(&self) -> &str {
            &self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> ::std::string::String {
            self.0
        }
    }
    impl ::core::fmt::Display for Choice {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for Choice {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.0, 1u64, 64u64)
        }
    }
    /// Has a yes or a no for an answer.
    ///
    /// ```json
    /// "Soup again?"
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:31:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct Question(::std::string::String);
    impl Question {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "Question",
                    expected: "a string, at least 1 characters long and at most 200 characters long",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            Self(value.into())
        }
        /// The text.
        pub fn as_str(&self) -> &str {
            &self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> ::std::string::String {
            self.0
        }
    }
    impl ::core::fmt::Display for Question {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for Question {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.0, 1u64, 200u64)
        }
    }
}
/// What clients send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod client_events {
    /// Open a board, which is made when it does not exist.
    ///
    /// Event `open-board`.
    ///
    /// Answered by `board-opened`.
    ///
    /// ```json
    /// {"board":"lunch"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct OpenBoard {
        /// `board`.
        #[serde(rename = "board")]
        pub board: super::types::BoardName,
    }
    impl ::parlance_socketio::typed::Validate for OpenBoard {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.board)
        }
    }
    /// Vote for a choice. Everybody at the board sees the new count. A vote that is sent again counts once.
    ///
    /// Event `vote`.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// ```json
    /// {"choice":"soup","id":"7c1f","weight":2}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct Vote {
        /// `choice`.
        #[serde(rename = "choice")]
        pub choice: super::types::Choice,
        /// `weight`.
        ///
        /// It is at least 1 and at most 10.
        ///
        /// `1` when absent.
        ///
        /// Example: `2`
        #[serde(rename = "weight", default = "default_vote_weight")]
        pub weight: i64,
        /// `id`.
        #[serde(
            rename = "id",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub id: ::core::option::Option<super::types::VoteId>,
    }
    impl ::parlance_socketio::typed::Validate for Vote {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.choice)
                && ::parlance_socketio::typed::is_integer(
                    *(&self.weight),
                    ::core::option::Option::Some(1i64),
                    ::core::option::Option::Some(10i64),
                )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.id),
                    |value| ::parlance_socketio::typed::Validate::is_valid(value),
                )
        }
    }
    fn default_vote_weight() -> i64 {
        ::parlance_socketio::typed::private::serde_json::from_str("1")
            .unwrap_or_else(|_| ::core::unreachable!())
    }
    /// Ask everybody at the board, and be told what they say.
    ///
    /// Event `show-hands`.
    ///
    /// Needs the role `chair`.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// ```json
    /// {"question":"Soup again?"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct ShowHands {
        /// `question`.
        #[serde(rename = "question")]
        pub question: super::types::Question,
    }
    impl ::parlance_socketio::typed::Validate for ShowHands {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.question)
        }
    }
    /// The value of `ShowHandsReturned`.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct ShowHandsReturned {
        /// `for`.
        ///
        /// It is at least 0.
        ///
        /// Example: `2`
        #[serde(rename = "for")]
        pub r#for: i64,
        /// `against`.
        ///
        /// It is at least 0.
        ///
        /// Example: `1`
        #[serde(rename = "against")]
        pub against: i64,
        /// Who did not answer in time.
        ///
        /// It is at least 0.
        ///
        /// Example: `0`
        #[serde(rename = "silent")]
        pub silent: i64,
    }
    impl ::parlance_socketio::typed::Validate for ShowHandsReturned {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.r#for),
                ::core::option::Option::Some(0i64),
                ::core::option::Option::None,
            )
                && ::parlance_socketio::typed::is_integer(
                    *(&self.against),
                    ::core::option::Option::Some(0i64),
                    ::core::option::Option::None,
                )
                && ::parlance_socketio::typed::is_integer(
                    *(&self.silent),
                    ::core::option::Option::Some(0i64),
                    ::core::option::Option::None,
                )
        }
    }
    /// Show the others what one is about to vote for.
    ///
    /// Event `hover`.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// ```json
    /// {"choice":"soup"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct Hover {
        /// `choice`.
        #[serde(rename = "choice")]
        pub choice: super::types::Choice,
    }
    impl ::parlance_socketio::typed::Validate for Hover {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.choice)
        }
    }
}
/// What servers send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod server_events {
    /// For or against?
    ///
    /// Event `raise-hand`.
    ///
    /// Goes to the audience `board`.
    ///
    /// Asks for an answer, which is waited for 2s.
    ///
    /// ```json
    /// {"question":"Soup again?"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:78:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct RaiseHand {
        /// `question`.
        #[serde(rename = "question")]
        pub question: super::types::Question,
    }
    impl ::parlance_socketio::typed::Validate for RaiseHand {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.question)
        }
    }
    /// Somebody is about to vote for a choice. It is not worth waiting for.
    ///
    /// Event `hovering`.
    ///
    /// Goes to the audience `board`.
    ///
    /// Dropped for whoever cannot take it at once.
    ///
    /// ```json
    /// {"choice":"soup"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:85:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct Hovering {
        /// `choice`.
        #[serde(rename = "choice")]
        pub choice: super::types::Choice,
    }
    impl ::parlance_socketio::typed::Validate for Hovering {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.choice)
        }
    }
    /// The board as it stands.
    ///
    /// Event `board-opened`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"board":"lunch","counts":{"soup":3}}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:90:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct BoardOpened {
        /// `board`.
        #[serde(rename = "board")]
        pub board: super::types::BoardName,
        /// `counts`.
        ///
        /// Example: `{"soup":3}`
        #[serde(rename = "counts")]
        pub counts: ::std::collections::BTreeMap<::std::string::String, i64>,
    }
    impl ::parlance_socketio::typed::Validate for BoardOpened {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.board)
                && ::parlance_socketio::typed::values(
                    &self.counts,
                    |value| ::parlance_socketio::typed::is_integer(
                        *(value),
                        ::core::option::Option::None,
                        ::core::option::Option::None,
                    ),
                )
        }
    }
    /// A choice has a new count.
    ///
    /// Event `counted`.
    ///
    /// Goes to the audience `board`.
    ///
    /// ```json
    /// {"choice":"soup","count":4}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:96:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct Counted {
        /// `choice`.
        #[serde(rename = "choice")]
        pub choice: super::types::Choice,
        /// `count`.
        ///
        /// It is at least 0.
        ///
        /// Example: `4`
        #[serde(rename = "count")]
        pub count: i64,
    }
    impl ::parlance_socketio::typed::Validate for Counted {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.choice)
                && ::parlance_socketio::typed::is_integer(
                    *(&self.count),
                    ::core::option::Option::Some(0i64),
                    ::core::option::Option::None,
                )
        }
    }
    /// No more votes are taken.
    ///
    /// Event `board-closed`.
    ///
    /// Goes to the audience `board`.
    ///
    /// ```json
    /// {"winner":"soup"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:102:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct BoardClosed {
        /// The choice with most votes, the first to get there when several have.
        ///
        /// Example: `"soup"`
        #[serde(
            rename = "winner",
            deserialize_with = "::parlance_socketio::typed::nullable"
        )]
        pub winner: ::core::option::Option<::std::string::String>,
    }
    impl ::parlance_socketio::typed::Validate for BoardClosed {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// A client event was refused.
    ///
    /// Event `refused`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"code":"board-closed","details":{"path":"weight"},"event":"vote","message":"The board is closed"}
    /// ```
    ///
    /// Declared at examples/tally/tally.yaml:107:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde")]
    pub struct Refused {
        /// `message`.
        ///
        /// Example: `"The board is closed"`
        #[serde(rename = "message")]
        pub message: ::std::string::String,
        /// `code`.
        ///
        /// Example: `"board-closed"`
        #[serde(rename = "code")]
        pub code: ::std::string::String,
        /// `event`.
        ///
        /// Example: `"vote"`
        #[serde(
            rename = "event",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub event: ::core::option::Option<::std::string::String>,
        /// `details`.
        ///
        /// Example: `{"path":"weight"}`
        #[serde(
            rename = "details",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub details: ::core::option::Option<
            ::parlance_socketio::typed::private::serde_json::Value,
        >,
    }
    impl ::parlance_socketio::typed::Validate for Refused {
        fn is_valid(&self) -> bool {
            true
        }
    }
}
/// What client events may be refused with.
#[allow(clippy::all, clippy::pedantic, dead_code)]
pub mod errors {
    /// Every code that the document knows.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Code {
        /// `no-board-open`: No board is open.
        NoBoardOpen,
        /// `board-closed`: The board is closed.
        BoardClosed,
        /// `full`: There is no room for more.
        Full,
        /// `authentication-failed`: Authentication failed.
        AuthenticationFailed,
        /// `access-denied`: Access denied.
        AccessDenied,
        /// `unknown-event`: Unknown event.
        UnknownEvent,
        /// `invalid-message-format`: Invalid message format.
        InvalidMessageFormat,
        /// `rate-limited`: Too many requests.
        RateLimited,
        /// `internal`: Internal error.
        Internal,
    }
    impl ::parlance_socketio::typed::ErrorCode for Code {
        fn code(self) -> &'static str {
            match self {
                Self::NoBoardOpen => "no-board-open",
                Self::BoardClosed => "board-closed",
                Self::Full => "full",
                Self::AuthenticationFailed => "authentication-failed",
                Self::AccessDenied => "access-denied",
                Self::UnknownEvent => "unknown-event",
                Self::InvalidMessageFormat => "invalid-message-format",
                Self::RateLimited => "rate-limited",
                Self::Internal => "internal",
            }
        }
        fn message(self) -> &'static str {
            match self {
                Self::NoBoardOpen => "No board is open",
                Self::BoardClosed => "The board is closed",
                Self::Full => "There is no room for more",
                Self::AuthenticationFailed => "Authentication failed",
                Self::AccessDenied => "Access denied",
                Self::UnknownEvent => "Unknown event",
                Self::InvalidMessageFormat => "Invalid message format",
                Self::RateLimited => "Too many requests",
                Self::Internal => "Internal error",
            }
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                "no-board-open" => ::core::option::Option::Some(Self::NoBoardOpen),
                "board-closed" => ::core::option::Option::Some(Self::BoardClosed),
                "full" => ::core::option::Option::Some(Self::Full),
                "authentication-failed" => {
                    ::core::option::Option::Some(Self::AuthenticationFailed)
                }
                "access-denied" => ::core::option::Option::Some(Self::AccessDenied),
                "unknown-event" => ::core::option::Option::Some(Self::UnknownEvent),
                "invalid-message-format" => {
                    ::core::option::Option::Some(Self::InvalidMessageFormat)
                }
                "rate-limited" => ::core::option::Option::Some(Self::RateLimited),
                "internal" => ::core::option::Option::Some(Self::Internal),
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for Code {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for Code {}
    /// What `open-board` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum OpenBoardError {
        /// `full`: There is no room for more.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for OpenBoardError {
        fn code(self) -> &'static str {
            match self {
                Self::Full => "full",
            }
        }
        fn message(self) -> &'static str {
            match self {
                Self::Full => "There is no room for more",
            }
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                "full" => ::core::option::Option::Some(Self::Full),
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for OpenBoardError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for OpenBoardError {}
    /// What `vote` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum VoteError {
        /// `board-closed`: The board is closed.
        BoardClosed,
        /// `full`: There is no room for more.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for VoteError {
        fn code(self) -> &'static str {
            match self {
                Self::BoardClosed => "board-closed",
                Self::Full => "full",
            }
        }
        fn message(self) -> &'static str {
            match self {
                Self::BoardClosed => "The board is closed",
                Self::Full => "There is no room for more",
            }
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                "board-closed" => ::core::option::Option::Some(Self::BoardClosed),
                "full" => ::core::option::Option::Some(Self::Full),
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for VoteError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for VoteError {}
    /// What `close-board` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CloseBoardError {}
    impl ::parlance_socketio::typed::ErrorCode for CloseBoardError {
        fn code(self) -> &'static str {
            match self {}
        }
        fn message(self) -> &'static str {
            match self {}
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for CloseBoardError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for CloseBoardError {}
    /// What `show-hands` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ShowHandsError {}
    impl ::parlance_socketio::typed::ErrorCode for ShowHandsError {
        fn code(self) -> &'static str {
            match self {}
        }
        fn message(self) -> &'static str {
            match self {}
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for ShowHandsError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for ShowHandsError {}
    /// What `hover` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum HoverError {}
    impl ::parlance_socketio::typed::ErrorCode for HoverError {
        fn code(self) -> &'static str {
            match self {}
        }
        fn message(self) -> &'static str {
            match self {}
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for HoverError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for HoverError {}
}
