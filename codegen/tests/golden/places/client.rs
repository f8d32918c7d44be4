#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::{Prefix, Prefixes};
    pub(super) static COME: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"come\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"come\"")),
        ],
    };
    pub(super) static NAMES: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"names\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"names\"")),
        ],
    };
    pub(super) static SHOUT: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"shout\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"shout\"")),
        ],
    };
    pub(super) static WHISPER: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"whisper\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"whisper\"")),
        ],
    };
    pub(super) static WHOAMI: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"whoami\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"whoami\"")),
        ],
    };
    pub(super) static PICTURE: Prefixes = Prefixes {
        all: &[
            ("/", Prefix::literal("42[\"picture\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"picture\"")),
        ],
    };
    pub(super) static PASS: Prefixes = Prefixes {
        all: &[("/", Prefix::literal("42[\"pass\""))],
    };
    pub(super) static SPREAD: Prefixes = Prefixes {
        all: &[("/", Prefix::literal("42[\"spread\""))],
    };
    pub(super) static SLEEP: Prefixes = Prefixes {
        all: &[("/quiet", Prefix::literal("42/quiet,[\"sleep\""))],
    };
}
/// A connection to a server of the document. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Client {
    inner: ::parlance_socketio::client::Client,
}
impl Client {
    /// Connects, and waits until the server has said yes.
    ///
    /// # Errors
    /// When the server says no, or cannot be reached.
    pub async fn connect(
        config: ::parlance_socketio::client::Config,
    ) -> ::core::result::Result<
        (Self, Events),
        ::parlance_socketio::typed::JoinError<errors::Code>,
    > {
        let (inner, incoming) = ::parlance_socketio::client::Client::connect(config)
            .await?;
        ::core::result::Result::Ok((Self { inner }, Events { incoming }))
    }
    /// Begins to connect, and tries again until it works; what comes of each attempt is told by what arrives.
    ///
    /// # Errors
    /// When the configuration is unusable.
    pub fn start(
        config: ::parlance_socketio::client::Config,
    ) -> ::core::result::Result<
        (Self, Events),
        ::parlance_socketio::typed::JoinError<errors::Code>,
    > {
        let (inner, incoming) = ::parlance_socketio::client::Client::start(config)?;
        ::core::result::Result::Ok((Self { inner }, Events { incoming }))
    }
    /// A handle whose calls go before all that waits, on the connection that there is now or on none.
    #[must_use]
    pub fn ahead(&self) -> Self {
        Self { inner: self.inner.ahead() }
    }
    /// What was held until the application has made its state again is sent.
    pub fn ready(&self) {
        self.inner.ready();
    }
    /// Whether there is a connection at this moment.
    pub fn is_connected(&self) -> bool {
        self.inner.is_connected()
    }
    /// The public id of the connection, while there is one.
    pub fn socket_id(&self) -> ::core::option::Option<::std::string::String> {
        self.inner.socket_id()
    }
    /// A handle of the same connection whose calls wait so long for an answer, or for that to each try.
    #[must_use]
    pub fn with_ack_timeout(&self, ack_timeout: ::core::time::Duration) -> Self {
        Self {
            inner: self.inner.with_ack_timeout(ack_timeout),
        }
    }
    /// A handle of the same connection whose events are sent again so often when they are not acknowledged.
    #[must_use]
    pub fn with_retries(&self, retries: u32) -> Self {
        Self {
            inner: self.inner.with_retries(retries),
        }
    }
    /// Says goodbye.
    pub fn close(&self) {
        self.inner.close();
    }
    /// Waits for the end. How many calls were not sent.
    pub async fn closed(&self) -> usize {
        self.inner.closed().await
    }
    /// Join the crowd.
    ///
    /// Sends `come` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:21:7.
    pub async fn come(
        &self,
    ) -> ::core::result::Result<
        i64,
        ::parlance_socketio::typed::CallError<errors::ComeError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::COME,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// `names`.
    ///
    /// Sends `names` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:22:7.
    pub async fn names(
        &self,
        payload: &client_events::Names,
    ) -> ::core::result::Result<
        types::Few,
        ::parlance_socketio::typed::CallError<errors::NamesError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::NAMES,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// `shout`.
    ///
    /// Sends `shout` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:23:7.
    pub async fn shout(
        &self,
        payload: &client_events::Shout,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::ShoutError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::SHOUT,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// `whisper`.
    ///
    /// Sends `whisper` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:24:7.
    pub async fn whisper(
        &self,
        payload: &client_events::Whisper,
    ) -> ::core::result::Result<
        client_events::WhisperReturned,
        ::parlance_socketio::typed::CallError<errors::WhisperError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::WHISPER,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// `whoami`.
    ///
    /// Sends `whoami` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:27:7.
    pub async fn whoami(
        &self,
    ) -> ::core::result::Result<
        server_events::You,
        ::parlance_socketio::typed::CallError<errors::WhoamiError>,
    > {
        ::parlance_socketio::typed::call(
                &self.inner,
                &prefixes::WHOAMI,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// `picture`.
    ///
    /// Sends `picture` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:28:7.
    pub async fn picture(
        &self,
        payload: &client_events::Picture,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Binary,
        ::parlance_socketio::typed::CallError<errors::PictureError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::PICTURE,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// `pass`.
    ///
    /// Sends `pass` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:41:7.
    pub async fn pass(
        &self,
        payload: &client_events::Pass,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Args,
        ::parlance_socketio::typed::CallError<errors::PassError>,
    > {
        ::parlance_socketio::typed::returned_args(&self.inner, &prefixes::PASS, payload)
            .await
    }
    /// `spread`.
    ///
    /// Sends `spread` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:42:7.
    pub async fn spread(
        &self,
        payload: &client_events::Spread,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::SpreadError>,
    > {
        ::parlance_socketio::typed::done(&self.inner, &prefixes::SPREAD, payload).await
    }
    /// `sleep`.
    ///
    /// Sends `sleep` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:48:7.
    pub async fn sleep(
        &self,
    ) -> ::core::result::Result<
        ::std::collections::BTreeMap<::std::string::String, bool>,
        ::parlance_socketio::typed::CallError<errors::SleepError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::SLEEP,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
}
/// What arrives, in order.
#[derive(Debug)]
pub struct Events {
    incoming: ::parlance_socketio::client::Incoming,
}
impl Events {
    /// The next; `None` when the connection has ended for good.
    pub async fn next(&mut self) -> ::core::option::Option<Incoming> {
        loop {
            let signal = self.incoming.next().await?;
            if let ::core::option::Option::Some(incoming) = Incoming::from_signal(
                signal,
            ) {
                return ::core::option::Option::Some(incoming);
            }
        }
    }
}
/// What arrives: an event, or news of the connection.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Incoming {
    /// An event of the document.
    Event(ServerEvent),
    /// An event that the document does not know.
    Unknown {
        /// Its name.
        event: ::std::string::String,
        /// Its arguments, as JSON text separated by commas.
        arguments: ::std::string::String,
    },
    /// An event of the document with something else in it than the document says.
    Malformed {
        /// Its name.
        event: ::std::string::String,
        /// What is wrong.
        why: ::std::string::String,
    },
    /// The connection is there, at first or again. If it was not `recovered`, events may have been missed.
    Connected {
        /// Whether nothing was missed.
        recovered: bool,
    },
    /// The connection is gone.
    #[non_exhaustive]
    Disconnected {
        /// Why.
        reason: ::parlance_socketio::client::Reason,
        /// What else is known of it.
        detail: ::parlance_socketio::client::Detail,
        /// Whether it is being tried again.
        will_retry: bool,
    },
    /// An attempt to connect or to come back has failed.
    #[non_exhaustive]
    Failed {
        /// Which, of those since there was a connection; the first is 1.
        attempt: u32,
        /// Why.
        why: ::parlance_socketio::typed::JoinError<errors::Code>,
        /// How long from then until the next; `None` if this was the last.
        next: ::core::option::Option<::core::time::Duration>,
    },
    /// The server said no when it was tried again.
    Refused {
        /// Which of the document's codes, if it is one.
        code: ::core::option::Option<errors::Code>,
        /// Its words.
        message: ::std::string::String,
        /// More about it.
        data: ::core::option::Option<
            ::parlance_socketio::typed::private::serde_json::Value,
        >,
    },
}
impl Incoming {
    /// `None` of what this was not generated for.
    fn from_signal(
        signal: ::parlance_socketio::client::Signal,
    ) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(
            match signal {
                ::parlance_socketio::client::Signal::Connected { recovered } => {
                    Self::Connected { recovered }
                }
                ::parlance_socketio::client::Signal::Disconnected {
                    reason,
                    detail,
                    will_retry,
                    ..
                } => {
                    Self::Disconnected {
                        reason,
                        detail,
                        will_retry,
                    }
                }
                ::parlance_socketio::client::Signal::Failed {
                    attempt,
                    why,
                    next,
                    ..
                } => {
                    Self::Failed {
                        attempt,
                        why: why.into(),
                        next,
                    }
                }
                ::parlance_socketio::client::Signal::Refused { message, data } => {
                    Self::Refused {
                        code: ::parlance_socketio::typed::code(data.as_ref()),
                        message,
                        data,
                    }
                }
                ::parlance_socketio::client::Signal::Event(event) => {
                    ServerEvent::from_event(&event)
                }
                _ => return ::core::option::Option::None,
            },
        )
    }
}
/// An event of the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ServerEvent {
    /// `refused`.
    ///
    /// Event `refused`.
    Refused(server_events::Refused),
    /// `shouted`.
    ///
    /// Event `shouted`.
    Shouted(server_events::Shouted),
    /// `pictured`.
    ///
    /// Event `pictured`.
    Pictured(server_events::Pictured),
    /// `bell`.
    ///
    /// Event `bell`.
    Bell,
    /// `you`.
    ///
    /// Event `you`.
    You(server_events::You),
    /// `spread`.
    ///
    /// Event `spread`.
    Spread(server_events::Spread),
}
impl ServerEvent {
    fn from_event(event: &::parlance_socketio::typed::Event) -> Incoming {
        let decoded = match event.name() {
            "refused" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Refused)
            }
            "shouted" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Shouted)
            }
            "pictured" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Pictured)
            }
            "bell" => ::core::result::Result::Ok(Self::Bell),
            "you" => ::parlance_socketio::typed::decode_event(event).map(Self::You),
            "spread" => ::parlance_socketio::typed::decode_args(event).map(Self::Spread),
            name => {
                return Incoming::Unknown {
                    event: name.to_owned(),
                    arguments: event.arguments().to_owned(),
                };
            }
        };
        match decoded {
            ::core::result::Result::Ok(decoded) => Incoming::Event(decoded),
            ::core::result::Result::Err(why) => {
                Incoming::Malformed {
                    event: event.name().to_owned(),
                    why,
                }
            }
        }
    }
}
