/// The names of the events.
#[allow(dead_code)]
pub mod names {
    /// Of what clients send.
    pub mod client {
        /// `come`.
        pub const COME: &str = "come";
        /// `names`.
        pub const NAMES: &str = "names";
        /// `shout`.
        pub const SHOUT: &str = "shout";
        /// `whisper`.
        pub const WHISPER: &str = "whisper";
        /// `whoami`.
        pub const WHOAMI: &str = "whoami";
        /// `gather`.
        pub const GATHER: &str = "gather";
        /// `picture`.
        pub const PICTURE: &str = "picture";
        /// `pass`.
        pub const PASS: &str = "pass";
        /// `spread`.
        pub const SPREAD: &str = "spread";
        /// `sleep`.
        pub const SLEEP: &str = "sleep";
        /// `which-room`.
        pub const WHICH_ROOM: &str = "which-room";
        /// `call`.
        pub const CALL: &str = "call";
    }
    /// Of what servers send.
    pub mod server {
        /// `refused`.
        pub const REFUSED: &str = "refused";
        /// `shouted`.
        pub const SHOUTED: &str = "shouted";
        /// `pictured`.
        pub const PICTURED: &str = "pictured";
        /// `bell`.
        pub const BELL: &str = "bell";
        /// `asked`.
        pub const ASKED: &str = "asked";
        /// `pulse`.
        pub const PULSE: &str = "pulse";
        /// `you`.
        pub const YOU: &str = "you";
        /// `spread`.
        pub const SPREAD: &str = "spread";
        /// `called`.
        pub const CALLED: &str = "called";
    }
}
/// The named types of the document.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod types {
    /// `Word`.
    ///
    /// ```json
    /// "here"
    /// ```
    ///
    /// Declared at tests/places.yaml:16:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct Word(::std::string::String);
    impl Word {
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
                    ty: "Word",
                    expected: "a string, at most 20 characters long",
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
    impl ::core::fmt::Display for Word {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for Word {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.0, 0u64, 20u64)
        }
    }
    /// `RoomName`.
    ///
    /// ```json
    /// "kitchen"
    /// ```
    ///
    /// Declared at tests/places.yaml:17:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct RoomName(::std::string::String);
    impl RoomName {
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
                    ty: "RoomName",
                    expected: "a string, such that it matches `^[a-z]{1,20}$`",
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
    impl ::core::fmt::Display for RoomName {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for RoomName {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_pattern(
                &self.0,
                {
                    static PATTERN: ::std::sync::LazyLock<
                        ::core::option::Option<
                            ::parlance_socketio::typed::private::Regex,
                        >,
                    > = ::std::sync::LazyLock::new(|| {
                        ::parlance_socketio::typed::private::Regex::new("^[a-z]{1,20}$")
                            .ok()
                    });
                    PATTERN.as_ref()
                },
            )
        }
    }
    /// `Few`.
    ///
    /// ```json
    /// ["ann"]
    /// ```
    ///
    /// Declared at tests/places.yaml:18:3.
    pub type Few = ::std::vec::Vec<::std::string::String>;
}
/// What clients send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod client_events {
    /// `names`.
    ///
    /// Event `names`.
    ///
    /// ```json
    /// ["ann"]
    /// ```
    ///
    /// Declared at tests/places.yaml:24:7.
    pub type Names = super::types::Few;
    /// `shout`.
    ///
    /// Event `shout`.
    ///
    /// ```json
    /// "anything"
    /// ```
    ///
    /// Declared at tests/places.yaml:25:7.
    pub type Shout = ::parlance_socketio::typed::private::serde_json::Value;
    /// `whisper`.
    ///
    /// Event `whisper`.
    ///
    /// ```json
    /// "abc"
    /// ```
    ///
    /// Declared at tests/places.yaml:26:7.
    pub type Whisper = ::core::option::Option<::std::string::String>;
    /// The value of `WhisperReturned`.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(
        crate = "::parlance_socketio::typed::private::serde",
        remote = "Self",
        deny_unknown_fields
    )]
    pub struct WhisperReturned {
        /// `heard`.
        #[serde(rename = "heard")]
        pub heard: WhisperReturnedHeard,
        /// `by`.
        #[serde(
            rename = "by",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub by: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for WhisperReturned {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            WhisperReturned::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for WhisperReturned {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            WhisperReturned::deserialize(
                ::parlance_socketio::typed::ObjectOnly(deserializer),
            )
        }
    }
    impl ::parlance_socketio::typed::Validate for WhisperReturned {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// The value of `WhisperReturnedHeard`.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[derive(Copy)]
    pub enum WhisperReturnedHeard {
        /// `well`.
        Well,
        /// `badly`.
        Badly,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for WhisperReturnedHeard {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for WhisperReturnedHeard {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::parlance_socketio::typed::from_text(deserializer)
        }
    }
    impl WhisperReturnedHeard {
        /// As it stands on the wire.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Well => "well",
                Self::Badly => "badly",
            }
        }
    }
    impl ::core::str::FromStr for WhisperReturnedHeard {
        type Err = ::parlance_socketio::typed::Invalid;
        fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
            match text {
                "well" => ::core::result::Result::Ok(Self::Well),
                "badly" => ::core::result::Result::Ok(Self::Badly),
                _ => {
                    ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                        ty: "WhisperReturnedHeard",
                        expected: "one of well, badly",
                    })
                }
            }
        }
    }
    impl ::core::fmt::Display for WhisperReturnedHeard {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(self.as_str())
        }
    }
    impl ::parlance_socketio::typed::Validate for WhisperReturnedHeard {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// Ask the crowd.
    ///
    /// Event `gather`.
    ///
    /// ```json
    /// "anything"
    /// ```
    ///
    /// Declared at tests/places.yaml:30:7.
    pub type Gather = ::parlance_socketio::typed::private::serde_json::Value;
    /// `picture`.
    ///
    /// Event `picture`.
    ///
    /// ```json
    /// {"large":{"_placeholder":true,"num":0},"tiles":[{"_placeholder":true,"num":0}]}
    /// ```
    ///
    /// Declared at tests/places.yaml:31:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(
        crate = "::parlance_socketio::typed::private::serde",
        remote = "Self",
        deny_unknown_fields
    )]
    pub struct Picture {
        /// `large`.
        #[serde(rename = "large")]
        pub large: ::parlance_socketio::typed::Binary,
        /// `small`.
        #[serde(
            rename = "small",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub small: ::core::option::Option<
            ::core::option::Option<::parlance_socketio::typed::Binary>,
        >,
        /// `tiles`.
        ///
        /// It is at most 2 items long.
        #[serde(rename = "tiles")]
        pub tiles: ::std::vec::Vec<::parlance_socketio::typed::Binary>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Picture {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Picture::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Picture {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Picture::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Picture {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::items(&self.tiles, 0u64, 2u64, |_| true)
        }
    }
    /// `pass`.
    ///
    /// Event `pass`.
    ///
    /// ```json
    /// [1,{"_placeholder":true,"num":0}]
    /// ```
    ///
    /// Declared at tests/places.yaml:46:7.
    pub type Pass = ::parlance_socketio::typed::Args;
    /// `spread`.
    ///
    /// Event `spread`.
    ///
    /// ```json
    /// ["one",{"two":2}]
    /// ```
    ///
    /// Declared at tests/places.yaml:47:7.
    pub type Spread = ::parlance_socketio::typed::Args;
    /// `call`.
    ///
    /// Event `call`.
    ///
    /// ```json
    /// "here"
    /// ```
    ///
    /// Declared at tests/places.yaml:59:7.
    pub type Call = super::types::Word;
}
/// What servers send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod server_events {
    /// `refused`.
    ///
    /// Event `refused`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"code":"x","message":"x"}
    /// ```
    ///
    /// Declared at tests/places.yaml:36:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(
        crate = "::parlance_socketio::typed::private::serde",
        remote = "Self",
        deny_unknown_fields
    )]
    pub struct Refused {
        /// `message`.
        #[serde(rename = "message")]
        pub message: ::std::string::String,
        /// `code`.
        #[serde(rename = "code")]
        pub code: ::std::string::String,
        /// `event`.
        #[serde(
            rename = "event",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub event: ::core::option::Option<::std::string::String>,
        /// `details`.
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
    impl ::parlance_socketio::typed::private::serde::Serialize for Refused {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Refused::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Refused {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Refused::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Refused {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `shouted`.
    ///
    /// Event `shouted`.
    ///
    /// Goes to the audience `crowd`.
    ///
    /// ```json
    /// "anything"
    /// ```
    ///
    /// Declared at tests/places.yaml:37:7.
    pub type Shouted = ::parlance_socketio::typed::private::serde_json::Value;
    /// `pictured`.
    ///
    /// Event `pictured`.
    ///
    /// Goes to the audience `crowd`.
    ///
    /// ```json
    /// {"tiles":{"key":{"_placeholder":true,"num":0}}}
    /// ```
    ///
    /// Declared at tests/places.yaml:38:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(
        crate = "::parlance_socketio::typed::private::serde",
        remote = "Self",
        deny_unknown_fields
    )]
    pub struct Pictured {
        /// `tiles`.
        #[serde(rename = "tiles")]
        pub tiles: ::std::collections::BTreeMap<
            ::std::string::String,
            ::parlance_socketio::typed::Binary,
        >,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Pictured {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Pictured::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Pictured {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Pictured::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Pictured {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `asked`.
    ///
    /// Event `asked`.
    ///
    /// Goes to the audience `crowd`.
    ///
    /// Asks for an answer, which is waited for 5s.
    ///
    /// Declared at tests/places.yaml:40:7.
    pub type Asked = ::parlance_socketio::typed::Args;
    /// `you`.
    ///
    /// Event `you`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"namespace":"x"}
    /// ```
    ///
    /// Declared at tests/places.yaml:42:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(
        crate = "::parlance_socketio::typed::private::serde",
        remote = "Self",
        deny_unknown_fields
    )]
    pub struct You {
        /// `namespace`.
        #[serde(rename = "namespace")]
        pub namespace: ::std::string::String,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for You {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            You::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for You {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            You::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for You {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `spread`.
    ///
    /// Event `spread`.
    ///
    /// Goes to everyone.
    ///
    /// Declared at tests/places.yaml:49:7.
    pub type Spread = ::parlance_socketio::typed::Args;
    /// `called`.
    ///
    /// Event `called`.
    ///
    /// Goes to everyone.
    ///
    /// ```json
    /// "here"
    /// ```
    ///
    /// Declared at tests/places.yaml:61:7.
    pub type Called = super::types::Word;
}
/// What client events may be refused with.
#[allow(clippy::all, clippy::pedantic, dead_code)]
pub mod errors {
    /// What `come` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ComeError {
        /// `full`: There is no room.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for ComeError {
        fn code(self) -> &'static str {
            match self {
                Self::Full => "full",
            }
        }
        fn message(self) -> &'static str {
            match self {
                Self::Full => "There is no room",
            }
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                "full" => ::core::option::Option::Some(Self::Full),
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for ComeError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for ComeError {}
    /// What `names` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NamesError {}
    impl ::parlance_socketio::typed::ErrorCode for NamesError {
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
    impl ::core::fmt::Display for NamesError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for NamesError {}
    /// What `shout` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ShoutError {}
    impl ::parlance_socketio::typed::ErrorCode for ShoutError {
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
    impl ::core::fmt::Display for ShoutError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for ShoutError {}
    /// What `whisper` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WhisperError {}
    impl ::parlance_socketio::typed::ErrorCode for WhisperError {
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
    impl ::core::fmt::Display for WhisperError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for WhisperError {}
    /// What `whoami` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WhoamiError {}
    impl ::parlance_socketio::typed::ErrorCode for WhoamiError {
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
    impl ::core::fmt::Display for WhoamiError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for WhoamiError {}
    /// What `gather` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum GatherError {}
    impl ::parlance_socketio::typed::ErrorCode for GatherError {
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
    impl ::core::fmt::Display for GatherError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for GatherError {}
    /// What `picture` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PictureError {}
    impl ::parlance_socketio::typed::ErrorCode for PictureError {
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
    impl ::core::fmt::Display for PictureError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for PictureError {}
    /// What `pass` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PassError {
        /// `full`: There is no room.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for PassError {
        fn code(self) -> &'static str {
            match self {
                Self::Full => "full",
            }
        }
        fn message(self) -> &'static str {
            match self {
                Self::Full => "There is no room",
            }
        }
        fn from_code(code: &str) -> ::core::option::Option<Self> {
            match code {
                "full" => ::core::option::Option::Some(Self::Full),
                _ => ::core::option::Option::None,
            }
        }
    }
    impl ::core::fmt::Display for PassError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for PassError {}
    /// What `spread` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SpreadError {}
    impl ::parlance_socketio::typed::ErrorCode for SpreadError {
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
    impl ::core::fmt::Display for SpreadError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for SpreadError {}
    /// What `sleep` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SleepError {}
    impl ::parlance_socketio::typed::ErrorCode for SleepError {
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
    impl ::core::fmt::Display for SleepError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for SleepError {}
    /// What `which-room` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WhichRoomError {}
    impl ::parlance_socketio::typed::ErrorCode for WhichRoomError {
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
    impl ::core::fmt::Display for WhichRoomError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for WhichRoomError {}
    /// What `call` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CallError {}
    impl ::parlance_socketio::typed::ErrorCode for CallError {
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
    impl ::core::fmt::Display for CallError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for CallError {}
}
