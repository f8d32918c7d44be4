/// The names of the events.
#[allow(dead_code)]
pub mod names {
    /// Of what clients send.
    pub mod client {
        /// `sit`.
        pub const SIT: &str = "sit";
        /// `queue`.
        pub const QUEUE: &str = "queue";
        /// `type`.
        pub const TYPE: &str = "type";
        /// `whole`.
        pub const WHOLE: &str = "whole";
        /// `everything-optional`.
        pub const EVERYTHING_OPTIONAL: &str = "everything-optional";
        /// `order`.
        pub const ORDER: &str = "order";
        /// `Result`.
        pub const RESULT: &str = "Result";
        /// `close`.
        pub const CLOSE: &str = "close";
        /// `new`.
        pub const NEW: &str = "new";
        /// `survey`.
        pub const SURVEY: &str = "survey";
    }
    /// Of what servers send.
    pub mod server {
        /// `queued`.
        pub const QUEUED: &str = "queued";
        /// `typed`.
        pub const TYPED: &str = "typed";
        /// `moved`.
        pub const MOVED: &str = "moved";
        /// `noticed`.
        pub const NOTICED: &str = "noticed";
        /// `alarm`.
        pub const ALARM: &str = "alarm";
        /// `hint`.
        pub const HINT: &str = "hint";
        /// `refused`.
        pub const REFUSED: &str = "refused";
        /// `only`.
        pub const ONLY: &str = "only";
        /// `written`.
        pub const WRITTEN: &str = "written";
        /// `which-desk`.
        pub const WHICH_DESK: &str = "which-desk";
        /// `raise-hands`.
        pub const RAISE_HANDS: &str = "raise-hands";
        /// `nod`.
        pub const NOD: &str = "nod";
        /// `blink`.
        pub const BLINK: &str = "blink";
    }
}
/// The named types of the document.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod types {
    /// Numbers a desk. See \[x\] and \<y\>.
    ///
    /// ```json
    /// 7
    /// ```
    ///
    /// Declared at tests/features.yaml:27:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct DeskId(i64);
    impl DeskId {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<i64>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "DeskId",
                    expected: "an integer, at least 1 and at most 99",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(value: impl ::core::convert::Into<i64>) -> Self {
            Self(value.into())
        }
        /// The number.
        pub fn get(&self) -> i64 {
            self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> i64 {
            self.0
        }
    }
    impl ::core::fmt::Display for DeskId {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for DeskId {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.0),
                ::core::option::Option::Some(1i64),
                ::core::option::Option::Some(99i64),
            )
        }
    }
    /// `Ratio`.
    ///
    /// ```json
    /// 0.5
    /// ```
    ///
    /// Declared at tests/features.yaml:28:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct Ratio(f64);
    impl Ratio {
        /// Of a value that fits.
        ///
        /// # Errors
        /// When it does not.
        pub fn new(
            value: impl ::core::convert::Into<f64>,
        ) -> ::core::result::Result<Self, ::parlance_socketio::typed::Invalid> {
            let value = Self(value.into());
            if ::parlance_socketio::typed::Validate::is_valid(&value) {
                ::core::result::Result::Ok(value)
            } else {
                ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                    ty: "Ratio",
                    expected: "a number, at least 0 and at most 1",
                })
            }
        }
        /// Of a value that is known to fit: it is not checked.
        pub fn trusted(value: impl ::core::convert::Into<f64>) -> Self {
            Self(value.into())
        }
        /// The number.
        pub fn get(&self) -> f64 {
            self.0
        }
        /// The value itself.
        pub fn into_inner(self) -> f64 {
            self.0
        }
    }
    impl ::core::fmt::Display for Ratio {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for Ratio {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_within(
                *(&self.0),
                ::core::option::Option::Some(0f64),
                ::core::option::Option::Some(1f64),
            )
        }
    }
    /// `Name`.
    ///
    /// ```json
    /// "ann"
    /// ```
    ///
    /// Declared at tests/features.yaml:29:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct Name(::std::string::String);
    impl Name {
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
                    ty: "Name",
                    expected: "a string, at least 1 characters long and at most 20 characters long and such that it matches `^[a-z]+$`",
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
    impl ::core::fmt::Display for Name {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for Name {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.0, 1u64, 20u64)
                && ::parlance_socketio::typed::is_pattern(
                    &self.0,
                    {
                        static PATTERN: ::std::sync::LazyLock<
                            ::core::option::Option<
                                ::parlance_socketio::typed::private::Regex,
                            >,
                        > = ::std::sync::LazyLock::new(|| {
                            ::parlance_socketio::typed::private::Regex::new("^[a-z]+$")
                                .ok()
                        });
                        PATTERN.as_ref()
                    },
                )
        }
    }
    /// `When`.
    ///
    /// ```json
    /// "2026-01-02T03:04:05Z"
    /// ```
    ///
    /// Declared at tests/features.yaml:30:3.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[derive(PartialOrd, Ord, Eq, Hash)]
    #[serde(crate = "::parlance_socketio::typed::private::serde", transparent)]
    pub struct When(::std::string::String);
    impl When {
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
                    ty: "When",
                    expected: "a date and time (RFC 3339)",
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
    impl ::core::fmt::Display for When {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Display::fmt(&self.0, formatter)
        }
    }
    impl ::parlance_socketio::typed::Validate for When {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_date_time(&self.0)
        }
    }
    /// `Names`.
    ///
    /// Declared at tests/features.yaml:31:3.
    pub type Names = ::std::vec::Vec<Name>;
    /// `Few`.
    ///
    /// ```json
    /// ["ann"]
    /// ```
    ///
    /// Declared at tests/features.yaml:32:3.
    pub type Few = ::std::vec::Vec<Name>;
    /// `Rows`.
    ///
    /// ```json
    /// []
    /// ```
    ///
    /// Declared at tests/features.yaml:33:3.
    pub type Rows = ::std::vec::Vec<RowsInnerItem>;
    /// The value of `RowsInnerItem`.
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
    pub struct RowsInnerItem {
        /// `cell`.
        #[serde(
            rename = "cell",
            deserialize_with = "::parlance_socketio::typed::nullable"
        )]
        pub cell: ::core::option::Option<::std::string::String>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for RowsInnerItem {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            RowsInnerItem::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for RowsInnerItem {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            RowsInnerItem::deserialize(
                ::parlance_socketio::typed::ObjectOnly(deserializer),
            )
        }
    }
    impl ::parlance_socketio::typed::Validate for RowsInnerItem {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `Mood`.
    ///
    /// ```json
    /// "good"
    /// ```
    ///
    /// Declared at tests/features.yaml:34:3.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[derive(Copy)]
    pub enum Mood {
        /// `good`.
        Good,
        /// `so-so`.
        SoSo,
        /// `2nd`.
        _2nd,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Mood {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Mood {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::parlance_socketio::typed::from_text(deserializer)
        }
    }
    impl Mood {
        /// As it stands on the wire.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Good => "good",
                Self::SoSo => "so-so",
                Self::_2nd => "2nd",
            }
        }
    }
    impl ::core::str::FromStr for Mood {
        type Err = ::parlance_socketio::typed::Invalid;
        fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
            match text {
                "good" => ::core::result::Result::Ok(Self::Good),
                "so-so" => ::core::result::Result::Ok(Self::SoSo),
                "2nd" => ::core::result::Result::Ok(Self::_2nd),
                _ => {
                    ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                        ty: "Mood",
                        expected: "one of good, so-so, 2nd",
                    })
                }
            }
        }
    }
    impl ::core::fmt::Display for Mood {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(self.as_str())
        }
    }
    impl ::parlance_socketio::typed::Validate for Mood {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `OpenMood`.
    ///
    /// ```json
    /// "calm"
    /// ```
    ///
    /// Declared at tests/features.yaml:35:3.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum OpenMood {
        /// `calm`.
        Calm,
        /// `wild`.
        Wild,
        /// One that this document does not know.
        Other(::std::string::String),
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for OpenMood {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for OpenMood {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::parlance_socketio::typed::from_text(deserializer)
        }
    }
    impl OpenMood {
        /// As it stands on the wire.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Calm => "calm",
                Self::Wild => "wild",
                Self::Other(other) => other,
            }
        }
    }
    impl ::core::str::FromStr for OpenMood {
        type Err = ::parlance_socketio::typed::Invalid;
        fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
            match text {
                "calm" => ::core::result::Result::Ok(Self::Calm),
                "wild" => ::core::result::Result::Ok(Self::Wild),
                _ => ::core::result::Result::Ok(Self::Other(text.to_owned())),
            }
        }
    }
    impl ::core::fmt::Display for OpenMood {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(self.as_str())
        }
    }
    impl ::parlance_socketio::typed::Validate for OpenMood {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// A tree that holds itself.
    ///
    /// ```json
    /// {"children":[],"value":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:36:3.
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
    pub struct Node {
        /// `value`.
        #[serde(rename = "value")]
        pub value: i64,
        /// `next`.
        #[serde(
            rename = "next",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub next: ::core::option::Option<::std::boxed::Box<Node>>,
        /// `children`.
        ///
        /// It is at most 3 items long.
        ///
        /// Example: `[]`
        #[serde(rename = "children")]
        pub children: ::std::vec::Vec<::std::boxed::Box<Node>>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Node {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Node::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Node {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Node::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Node {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.value),
                ::core::option::Option::None,
                ::core::option::Option::None,
            )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.next),
                    |value| ::parlance_socketio::typed::Validate::is_valid(value),
                )
                && ::parlance_socketio::typed::items(
                    &self.children,
                    0u64,
                    3u64,
                    |item| ::parlance_socketio::typed::Validate::is_valid(item),
                )
        }
    }
    /// Told apart by `kind`.
    ///
    /// ```json
    /// {"kind":"circle","radius":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:43:3.
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
        tag = "kind",
        deny_unknown_fields
    )]
    pub enum Shape {
        /// `kind: circle`.
        #[serde(rename = "circle")]
        Circle {
            /// `radius`.
            ///
            /// It is at least 0.
            ///
            /// Example: `1`
            #[serde(rename = "radius")]
            radius: f64,
        },
        /// `kind: rect`.
        #[serde(rename = "rect")]
        Rect {
            /// `width`.
            #[serde(rename = "width")]
            width: f64,
            /// `height`.
            #[serde(rename = "height")]
            height: f64,
        },
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Shape {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Shape::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Shape {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Shape::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Shape {
        fn is_valid(&self) -> bool {
            match self {
                Self::Circle { radius, .. } => {
                    ::parlance_socketio::typed::is_within(
                        *(radius),
                        ::core::option::Option::Some(0f64),
                        ::core::option::Option::None,
                    )
                }
                Self::Rect { .. } => true,
            }
        }
    }
}
/// What clients send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod client_events {
    /// Sits down.
    ///
    /// Event `sit`.
    ///
    /// ```json
    /// {"desk":7}
    /// ```
    ///
    /// Declared at tests/features.yaml:63:7.
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
    pub struct Sit {
        /// `desk`.
        #[serde(rename = "desk")]
        pub desk: super::types::DeskId,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Sit {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Sit::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Sit {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Sit::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Sit {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.desk)
        }
    }
    /// A keyword as a name.
    ///
    /// Event `type`.
    ///
    /// Since 1.1.0.
    ///
    /// **Deprecated**: Use something else.
    ///
    /// Needs the state `at-desk`.
    ///
    /// Answered by `typed`.
    ///
    /// ```json
    /// {"2fa":[1],"anything":"anything","camelCase":{"a":0.5},"inner":{"deep":"a","shapes":[]},"match":"x","mood":"good","object":{},"ref":false,"self":"x"}
    /// ```
    ///
    /// Declared at tests/features.yaml:73:7.
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
    pub struct Type {
        /// `self`.
        #[serde(rename = "self")]
        pub self_: ::std::string::String,
        /// `ref`.
        ///
        /// `true` when absent.
        ///
        /// Example: `false`
        #[serde(rename = "ref", default = "default_type_ref")]
        pub r#ref: bool,
        /// `fn`.
        #[serde(
            rename = "fn",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub r#fn: ::core::option::Option<::core::option::Option<::std::string::String>>,
        /// `match`.
        #[serde(
            rename = "match",
            deserialize_with = "::parlance_socketio::typed::nullable"
        )]
        pub r#match: ::core::option::Option<::std::string::String>,
        /// `2fa`.
        ///
        /// It is at least 1 items long and at most 2 items long.
        ///
        /// Example: `[1]`
        #[serde(rename = "2fa")]
        pub _2fa: ::std::vec::Vec<i64>,
        /// `camelCase`.
        ///
        /// Example: `{"a":0.5}`
        #[serde(rename = "camelCase")]
        pub camel_case: ::std::collections::BTreeMap<
            ::std::string::String,
            super::types::Ratio,
        >,
        /// `mood`.
        #[serde(rename = "mood")]
        pub mood: super::types::Mood,
        /// `inner`.
        #[serde(rename = "inner")]
        pub inner: TypeInner,
        /// `anything`.
        #[serde(rename = "anything")]
        pub anything: ::parlance_socketio::typed::private::serde_json::Value,
        /// `object`.
        #[serde(rename = "object")]
        pub object: ::parlance_socketio::typed::private::serde_json::Map<
            ::std::string::String,
            ::parlance_socketio::typed::private::serde_json::Value,
        >,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Type {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Type::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Type {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Type::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Type {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::items(
                &self._2fa,
                1u64,
                2u64,
                |item| ::parlance_socketio::typed::is_integer(
                    *(item),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                ),
            )
                && ::parlance_socketio::typed::values(
                    &self.camel_case,
                    |value| ::parlance_socketio::typed::Validate::is_valid(value),
                ) && ::parlance_socketio::typed::Validate::is_valid(&self.mood)
                && ::parlance_socketio::typed::Validate::is_valid(&self.inner)
        }
    }
    fn default_type_ref() -> bool {
        ::parlance_socketio::typed::private::serde_json::from_str("true")
            .unwrap_or_else(|_| ::core::unreachable!())
    }
    /// The value of `TypeInner`.
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
    pub struct TypeInner {
        /// `deep`.
        ///
        /// Example: `"a"`
        #[serde(rename = "deep")]
        pub deep: TypeInnerDeep,
        /// `shapes`.
        ///
        /// Example: `[]`
        #[serde(rename = "shapes")]
        pub shapes: ::std::vec::Vec<super::types::Shape>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for TypeInner {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            TypeInner::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for TypeInner {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            TypeInner::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for TypeInner {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::items(
                &self.shapes,
                0u64,
                18446744073709551615u64,
                |item| ::parlance_socketio::typed::Validate::is_valid(item),
            )
        }
    }
    /// The value of `TypeInnerDeep`.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[derive(Copy)]
    pub enum TypeInnerDeep {
        /// `a`.
        A,
        /// `b`.
        B,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for TypeInnerDeep {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for TypeInnerDeep {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::parlance_socketio::typed::from_text(deserializer)
        }
    }
    impl TypeInnerDeep {
        /// As it stands on the wire.
        pub fn as_str(&self) -> &str {
            match self {
                Self::A => "a",
                Self::B => "b",
            }
        }
    }
    impl ::core::str::FromStr for TypeInnerDeep {
        type Err = ::parlance_socketio::typed::Invalid;
        fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
            match text {
                "a" => ::core::result::Result::Ok(Self::A),
                "b" => ::core::result::Result::Ok(Self::B),
                _ => {
                    ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                        ty: "TypeInnerDeep",
                        expected: "one of a, b",
                    })
                }
            }
        }
    }
    impl ::core::fmt::Display for TypeInnerDeep {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(self.as_str())
        }
    }
    impl ::parlance_socketio::typed::Validate for TypeInnerDeep {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// A payload with a name.
    ///
    /// Event `whole`.
    ///
    /// Needs the role `power-user`.
    ///
    /// Needs the state `in-line`.
    ///
    /// ```json
    /// {"children":[],"value":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:94:7.
    pub type Whole = super::types::Node;
    /// `everything-optional`.
    ///
    /// Event `everything-optional`.
    ///
    /// Needs the role `power-user`.
    ///
    /// ```json
    /// {"code":"12","few":["ann"]}
    /// ```
    ///
    /// Declared at tests/features.yaml:99:7.
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
    pub struct EverythingOptional {
        /// `limit`.
        ///
        /// It is at least 1 and at most 10.
        ///
        /// `5` when absent.
        #[serde(rename = "limit", default = "default_everything_optional_limit")]
        pub limit: i64,
        /// `filter`.
        #[serde(
            rename = "filter",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub filter: ::core::option::Option<super::types::Names>,
        /// `few`.
        #[serde(
            rename = "few",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub few: ::core::option::Option<super::types::Few>,
        /// `code`.
        ///
        /// It is such that it matches `^[0-9]+$`.
        ///
        /// Example: `"12"`
        #[serde(
            rename = "code",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub code: ::core::option::Option<::std::string::String>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for EverythingOptional {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            EverythingOptional::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for EverythingOptional {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            EverythingOptional::deserialize(
                ::parlance_socketio::typed::ObjectOnly(deserializer),
            )
        }
    }
    impl ::parlance_socketio::typed::Validate for EverythingOptional {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.limit),
                ::core::option::Option::Some(1i64),
                ::core::option::Option::Some(10i64),
            )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.filter),
                    |value| ::parlance_socketio::typed::items(
                        value,
                        0u64,
                        18446744073709551615u64,
                        |item| ::parlance_socketio::typed::Validate::is_valid(item),
                    ),
                )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.few),
                    |value| ::parlance_socketio::typed::items(
                        value,
                        0u64,
                        2u64,
                        |item| ::parlance_socketio::typed::Validate::is_valid(item),
                    ),
                )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.code),
                    |value| ::parlance_socketio::typed::is_pattern(
                        value,
                        {
                            static PATTERN: ::std::sync::LazyLock<
                                ::core::option::Option<
                                    ::parlance_socketio::typed::private::Regex,
                                >,
                            > = ::std::sync::LazyLock::new(|| {
                                ::parlance_socketio::typed::private::Regex::new("^[0-9]+$")
                                    .ok()
                            });
                            PATTERN.as_ref()
                        },
                    ),
                )
        }
    }
    fn default_everything_optional_limit() -> i64 {
        ::parlance_socketio::typed::private::serde_json::from_str("5")
            .unwrap_or_else(|_| ::core::unreachable!())
    }
    /// Has one effect for each ticket.
    ///
    /// Event `order`.
    ///
    /// Needs the role `power-user`.
    ///
    /// ```json
    /// {"ticket":"x","what":"x"}
    /// ```
    ///
    /// Declared at tests/features.yaml:132:7.
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
    pub struct Order {
        /// `ticket`.
        ///
        /// It is at most 40 characters long.
        #[serde(rename = "ticket")]
        pub ticket: ::std::string::String,
        /// `what`.
        #[serde(rename = "what")]
        pub what: ::parlance_socketio::typed::Growing,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Order {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Order::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Order {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Order::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Order {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_length(&self.ticket, 0u64, 40u64)
        }
    }
    /// Asks whoever sends it, and then everybody.
    ///
    /// Event `survey`.
    ///
    /// ```json
    /// {"floor":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:153:7.
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
    pub struct Survey {
        /// `floor`.
        #[serde(rename = "floor")]
        pub floor: i64,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Survey {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Survey::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Survey {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Survey::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Survey {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.floor),
                ::core::option::Option::None,
                ::core::option::Option::None,
            )
        }
    }
    /// The value of `SurveyReturned`.
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
    pub struct SurveyReturned {
        /// `desk`.
        #[serde(rename = "desk")]
        pub desk: super::types::DeskId,
        /// `up`.
        ///
        /// Example: `[]`
        #[serde(rename = "up")]
        pub up: ::std::vec::Vec<::std::string::String>,
        /// `unusable`.
        #[serde(rename = "unusable")]
        pub unusable: i64,
        /// `silent`.
        #[serde(rename = "silent")]
        pub silent: i64,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for SurveyReturned {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            SurveyReturned::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for SurveyReturned {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            SurveyReturned::deserialize(
                ::parlance_socketio::typed::ObjectOnly(deserializer),
            )
        }
    }
    impl ::parlance_socketio::typed::Validate for SurveyReturned {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.desk)
                && ::parlance_socketio::typed::is_integer(
                    *(&self.unusable),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                )
                && ::parlance_socketio::typed::is_integer(
                    *(&self.silent),
                    ::core::option::Option::None,
                    ::core::option::Option::None,
                )
        }
    }
}
/// What servers send.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
pub mod server_events {
    /// `typed`.
    ///
    /// Event `typed`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"at":"2026-01-02T03:04:05Z","mood":"calm"}
    /// ```
    ///
    /// Declared at tests/features.yaml:108:7.
    #[derive(
        Clone,
        Debug,
        PartialEq,
        ::parlance_socketio::typed::private::serde::Serialize,
        ::parlance_socketio::typed::private::serde::Deserialize,
    )]
    #[serde(crate = "::parlance_socketio::typed::private::serde", remote = "Self")]
    pub struct Typed {
        /// `at`.
        #[serde(rename = "at")]
        pub at: super::types::When,
        /// `mood`.
        #[serde(rename = "mood")]
        pub mood: super::types::OpenMood,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Typed {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Typed::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Typed {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Typed::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Typed {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::Validate::is_valid(&self.at)
                && ::parlance_socketio::typed::Validate::is_valid(&self.mood)
        }
    }
    /// `moved`.
    ///
    /// Event `moved`.
    ///
    /// Goes to the audience `desk`.
    ///
    /// ```json
    /// {"kind":"circle","radius":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:112:7.
    pub type Moved = super::types::Shape;
    /// `noticed`.
    ///
    /// Event `noticed`.
    ///
    /// Goes to the audience `lobby`.
    ///
    /// ```json
    /// {"what":"x"}
    /// ```
    ///
    /// Declared at tests/features.yaml:115:7.
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
    pub struct Noticed {
        /// `what`.
        #[serde(rename = "what")]
        pub what: ::std::string::String,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Noticed {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Noticed::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Noticed {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Noticed::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Noticed {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `alarm`.
    ///
    /// Event `alarm`.
    ///
    /// Goes to everyone.
    ///
    /// ```json
    /// {"loud":true}
    /// ```
    ///
    /// Declared at tests/features.yaml:118:7.
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
    pub struct Alarm {
        /// `loud`.
        #[serde(rename = "loud")]
        pub loud: bool,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Alarm {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Alarm::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Alarm {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Alarm::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Alarm {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// `hint`.
    ///
    /// Event `hint`.
    ///
    /// Goes to everyone of the role `power-user`.
    ///
    /// ```json
    /// {"rows":[],"text":"x"}
    /// ```
    ///
    /// Declared at tests/features.yaml:121:7.
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
    pub struct Hint {
        /// `text`.
        ///
        /// It is such that it matches `^x`.
        ///
        /// Example: `"x"`
        #[serde(rename = "text")]
        pub text: ::std::string::String,
        /// `rows`.
        #[serde(
            rename = "rows",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub rows: ::core::option::Option<super::types::Rows>,
        /// `urgent`.
        #[serde(
            rename = "urgent",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub urgent: ::core::option::Option<::core::option::Option<bool>>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Hint {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Hint::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Hint {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Hint::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Hint {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_pattern(
                &self.text,
                {
                    static PATTERN: ::std::sync::LazyLock<
                        ::core::option::Option<
                            ::parlance_socketio::typed::private::Regex,
                        >,
                    > = ::std::sync::LazyLock::new(|| {
                        ::parlance_socketio::typed::private::Regex::new("^x").ok()
                    });
                    PATTERN.as_ref()
                },
            )
                && ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(&self.rows),
                    |value| ::parlance_socketio::typed::items(
                        value,
                        0u64,
                        18446744073709551615u64,
                        |item| ::parlance_socketio::typed::Validate::is_valid(item),
                    ),
                )
        }
    }
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
    /// Declared at tests/features.yaml:127:7.
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
    /// `written`.
    ///
    /// Event `written`.
    ///
    /// Goes to whoever asked.
    ///
    /// ```json
    /// {"text":"x"}
    /// ```
    ///
    /// Declared at tests/features.yaml:146:7.
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
    pub struct Written {
        /// `text`.
        #[serde(rename = "text")]
        pub text: ::parlance_socketio::typed::Growing,
        /// `notes`.
        #[serde(
            rename = "notes",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub notes: ::core::option::Option<::parlance_socketio::typed::Growing>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Written {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Written::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Written {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Written::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Written {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// Where would you sit?
    ///
    /// Event `which-desk`.
    ///
    /// Goes to whoever asked.
    ///
    /// Asks for an answer, which is waited for 5s.
    ///
    /// ```json
    /// {"floor":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:165:7.
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
    pub struct WhichDesk {
        /// `floor`.
        #[serde(rename = "floor")]
        pub floor: i64,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for WhichDesk {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            WhichDesk::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for WhichDesk {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            WhichDesk::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for WhichDesk {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.floor),
                ::core::option::Option::None,
                ::core::option::Option::None,
            )
        }
    }
    /// The value of `RaiseHandsReturned`.
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
    pub struct RaiseHandsReturned {
        /// `up`.
        #[serde(rename = "up")]
        pub up: bool,
        /// `why`.
        ///
        /// It is at most 5 characters long.
        #[serde(
            rename = "why",
            default,
            skip_serializing_if = "::core::option::Option::is_none",
            deserialize_with = "::parlance_socketio::typed::present"
        )]
        pub why: ::core::option::Option<::std::string::String>,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for RaiseHandsReturned {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            RaiseHandsReturned::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for RaiseHandsReturned {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            RaiseHandsReturned::deserialize(
                ::parlance_socketio::typed::ObjectOnly(deserializer),
            )
        }
    }
    impl ::parlance_socketio::typed::Validate for RaiseHandsReturned {
        fn is_valid(&self) -> bool {
            ::core::option::Option::is_none_or(
                ::core::option::Option::as_ref(&self.why),
                |value| ::parlance_socketio::typed::is_length(value, 0u64, 5u64),
            )
        }
    }
    /// `nod`.
    ///
    /// Event `nod`.
    ///
    /// Goes to the audience `desk`.
    ///
    /// Asks for an answer, which is waited for 10s.
    ///
    /// ```json
    /// "good"
    /// ```
    ///
    /// Declared at tests/features.yaml:175:7.
    pub type Nod = super::types::Mood;
    /// The value of `NodReturned`.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[derive(Copy)]
    pub enum NodReturned {
        /// `yes`.
        Yes,
        /// `no`.
        No,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for NodReturned {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de>
    for NodReturned {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            ::parlance_socketio::typed::from_text(deserializer)
        }
    }
    impl NodReturned {
        /// As it stands on the wire.
        pub fn as_str(&self) -> &str {
            match self {
                Self::Yes => "yes",
                Self::No => "no",
            }
        }
    }
    impl ::core::str::FromStr for NodReturned {
        type Err = ::parlance_socketio::typed::Invalid;
        fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
            match text {
                "yes" => ::core::result::Result::Ok(Self::Yes),
                "no" => ::core::result::Result::Ok(Self::No),
                _ => {
                    ::core::result::Result::Err(::parlance_socketio::typed::Invalid {
                        ty: "NodReturned",
                        expected: "one of yes, no",
                    })
                }
            }
        }
    }
    impl ::core::fmt::Display for NodReturned {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(self.as_str())
        }
    }
    impl ::parlance_socketio::typed::Validate for NodReturned {
        fn is_valid(&self) -> bool {
            true
        }
    }
    /// Nobody waits for it.
    ///
    /// Event `blink`.
    ///
    /// Goes to the audience `lobby`.
    ///
    /// Dropped for whoever cannot take it at once.
    ///
    /// ```json
    /// {"often":1}
    /// ```
    ///
    /// Declared at tests/features.yaml:176:7.
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
    pub struct Blink {
        /// `often`.
        #[serde(rename = "often")]
        pub often: i64,
    }
    impl ::parlance_socketio::typed::private::serde::Serialize for Blink {
        fn serialize<S: ::parlance_socketio::typed::private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            Blink::serialize(self, serializer)
        }
    }
    impl<'de> ::parlance_socketio::typed::private::serde::Deserialize<'de> for Blink {
        fn deserialize<D: ::parlance_socketio::typed::private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<Self, D::Error> {
            Blink::deserialize(::parlance_socketio::typed::ObjectOnly(deserializer))
        }
    }
    impl ::parlance_socketio::typed::Validate for Blink {
        fn is_valid(&self) -> bool {
            ::parlance_socketio::typed::is_integer(
                *(&self.often),
                ::core::option::Option::None,
                ::core::option::Option::None,
            )
        }
    }
}
/// What client events may be refused with.
#[allow(clippy::all, clippy::pedantic, dead_code)]
pub mod errors {
    /// What `sit` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SitError {
        /// `full`: There is no room.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for SitError {
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
    impl ::core::fmt::Display for SitError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for SitError {}
    /// What `queue` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum QueueError {}
    impl ::parlance_socketio::typed::ErrorCode for QueueError {
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
    impl ::core::fmt::Display for QueueError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for QueueError {}
    /// What `type` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum TypeError {}
    impl ::parlance_socketio::typed::ErrorCode for TypeError {
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
    impl ::core::fmt::Display for TypeError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for TypeError {}
    /// What `whole` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum WholeError {}
    impl ::parlance_socketio::typed::ErrorCode for WholeError {
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
    impl ::core::fmt::Display for WholeError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for WholeError {}
    /// What `everything-optional` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum EverythingOptionalError {}
    impl ::parlance_socketio::typed::ErrorCode for EverythingOptionalError {
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
    impl ::core::fmt::Display for EverythingOptionalError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for EverythingOptionalError {}
    /// What `order` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum OrderError {
        /// `full`: There is no room.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for OrderError {
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
    impl ::core::fmt::Display for OrderError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for OrderError {}
    /// What `Result` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ResultError {}
    impl ::parlance_socketio::typed::ErrorCode for ResultError {
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
    impl ::core::fmt::Display for ResultError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for ResultError {}
    /// What `close` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CloseError {}
    impl ::parlance_socketio::typed::ErrorCode for CloseError {
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
    impl ::core::fmt::Display for CloseError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for CloseError {}
    /// What `new` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum NewError {}
    impl ::parlance_socketio::typed::ErrorCode for NewError {
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
    impl ::core::fmt::Display for NewError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for NewError {}
    /// What `survey` may be refused with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SurveyError {
        /// `full`: There is no room.
        Full,
    }
    impl ::parlance_socketio::typed::ErrorCode for SurveyError {
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
    impl ::core::fmt::Display for SurveyError {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter.write_str(::parlance_socketio::typed::ErrorCode::message(*self))
        }
    }
    impl ::std::error::Error for SurveyError {}
}
