#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::{Keyed, Prefix, Prefixes};
    pub(super) static COME: Prefixes = Prefixes {
        name: "come",
        all: &[
            ("/", Prefix::literal("42[\"come\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"come\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static NAMES: Prefixes = Prefixes {
        name: "names",
        all: &[
            ("/", Prefix::literal("42[\"names\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"names\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static SHOUT: Prefixes = Prefixes {
        name: "shout",
        all: &[
            ("/", Prefix::literal("42[\"shout\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"shout\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static WHISPER: Prefixes = Prefixes {
        name: "whisper",
        all: &[
            ("/", Prefix::literal("42[\"whisper\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"whisper\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static WHOAMI: Prefixes = Prefixes {
        name: "whoami",
        all: &[
            ("/", Prefix::literal("42[\"whoami\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"whoami\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static GATHER: Prefixes = Prefixes {
        name: "gather",
        all: &[
            ("/", Prefix::literal("42[\"gather\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"gather\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static PICTURE: Prefixes = Prefixes {
        name: "picture",
        all: &[
            ("/", Prefix::literal("42[\"picture\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"picture\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static PASS: Prefixes = Prefixes {
        name: "pass",
        all: &[("/", Prefix::literal("42[\"pass\""))],
        keyed: ::core::option::Option::None,
    };
    pub(super) static SPREAD: Prefixes = Prefixes {
        name: "spread",
        all: &[("/", Prefix::literal("42[\"spread\""))],
        keyed: ::core::option::Option::None,
    };
    pub(super) static SLEEP: Prefixes = Prefixes {
        name: "sleep",
        all: &[("/quiet", Prefix::literal("42/quiet,[\"sleep\""))],
        keyed: ::core::option::Option::None,
    };
    pub(super) static WHICH_ROOM: Prefixes = Prefixes {
        name: "which-room",
        all: &[],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static CALL: Prefixes = Prefixes {
        name: "call",
        all: &[],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) fn which(namespace: &str) -> ::core::option::Option<usize> {
        match namespace {
            "/" => ::core::option::Option::Some(0usize),
            "/quiet" => ::core::option::Option::Some(1usize),
            _ if ::parlance_socketio::typed::key_of(namespace, "/rooms-", "")
                .is_some_and(|key| super::types::RoomName::new(key).is_ok()) => {
                ::core::option::Option::Some(2usize)
            }
            _ if ::parlance_socketio::typed::key_of(namespace, "/", "")
                .is_some_and(|key| super::types::RoomName::new(key).is_ok()) => {
                ::core::option::Option::Some(3usize)
            }
            _ => ::core::option::Option::None,
        }
    }
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
        let client = inner.clone();
        ::core::result::Result::Ok((Self { inner }, Events { incoming, client }))
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
        let client = inner.clone();
        ::core::result::Result::Ok((Self { inner }, Events { incoming, client }))
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
    /// Sends without waiting for an answer.
    #[must_use]
    pub fn emit(&self) -> Emit {
        Emit { inner: self.inner.clone() }
    }
    /// The same, and drops what cannot be sent at once.
    #[must_use]
    pub fn volatile(&self) -> Emit<::parlance_socketio::client::Volatile> {
        Emit {
            inner: self.inner.volatile(),
        }
    }
    /// Join the crowd.
    ///
    /// Sends `come` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:23:7.
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
    /// Declared at tests/places.yaml:24:7.
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
    /// Declared at tests/places.yaml:25:7.
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
    /// Declared at tests/places.yaml:26:7.
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
    /// Declared at tests/places.yaml:29:7.
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
    /// Ask the crowd.
    ///
    /// Sends `gather` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:30:7.
    pub async fn gather(
        &self,
        payload: &client_events::Gather,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::private::serde_json::Value,
        ::parlance_socketio::typed::CallError<errors::GatherError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::GATHER,
                ::core::option::Option::Some(payload),
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
    /// Declared at tests/places.yaml:31:7.
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
    /// Declared at tests/places.yaml:46:7.
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
    /// Declared at tests/places.yaml:47:7.
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
    /// Declared at tests/places.yaml:53:7.
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
    /// `which-room`.
    ///
    /// Sends `which-room` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:58:7.
    pub async fn which_room(
        &self,
    ) -> ::core::result::Result<
        ::core::option::Option<types::RoomName>,
        ::parlance_socketio::typed::CallError<errors::WhichRoomError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::WHICH_ROOM,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// `call`.
    ///
    /// Sends `call` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/places.yaml:59:7.
    pub async fn call(
        &self,
        payload: &client_events::Call,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::CallError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::CALL,
                ::core::option::Option::Some(payload),
            )
            .await
    }
}
/// Sends events without waiting for an answer: what is refused is told as an event, if at all.
#[derive(Clone, Debug)]
pub struct Emit<S = ::parlance_socketio::client::Client> {
    inner: S,
}
impl<S: ::parlance_socketio::typed::Sends> Emit<S> {
    /// Join the crowd.
    ///
    /// Sends `come` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:23:7.
    pub fn come(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::COME,
            ::core::option::Option::<&()>::None,
        )
    }
    /// `names`.
    ///
    /// Sends `names` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:24:7.
    pub fn names(
        &self,
        payload: &client_events::Names,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::NAMES,
            ::core::option::Option::Some(payload),
        )
    }
    /// `shout`.
    ///
    /// Sends `shout` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:25:7.
    pub fn shout(
        &self,
        payload: &client_events::Shout,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::SHOUT,
            ::core::option::Option::Some(payload),
        )
    }
    /// `whisper`.
    ///
    /// Sends `whisper` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:26:7.
    pub fn whisper(
        &self,
        payload: &client_events::Whisper,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::WHISPER,
            ::core::option::Option::Some(payload),
        )
    }
    /// `whoami`.
    ///
    /// Sends `whoami` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:29:7.
    pub fn whoami(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::WHOAMI,
            ::core::option::Option::<&()>::None,
        )
    }
    /// Ask the crowd.
    ///
    /// Sends `gather` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:30:7.
    pub fn gather(
        &self,
        payload: &client_events::Gather,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::GATHER,
            ::core::option::Option::Some(payload),
        )
    }
    /// `picture`.
    ///
    /// Sends `picture` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:31:7.
    pub fn picture(
        &self,
        payload: &client_events::Picture,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::PICTURE,
            ::core::option::Option::Some(payload),
        )
    }
    /// `pass`.
    ///
    /// Sends `pass` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:46:7.
    pub fn pass(
        &self,
        payload: &client_events::Pass,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(&self.inner, &prefixes::PASS, payload)
    }
    /// `spread`.
    ///
    /// Sends `spread` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:47:7.
    pub fn spread(
        &self,
        payload: &client_events::Spread,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(&self.inner, &prefixes::SPREAD, payload)
    }
    /// `sleep`.
    ///
    /// Sends `sleep` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:53:7.
    pub fn sleep(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::SLEEP,
            ::core::option::Option::<&()>::None,
        )
    }
    /// `which-room`.
    ///
    /// Sends `which-room` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:58:7.
    pub fn which_room(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::WHICH_ROOM,
            ::core::option::Option::<&()>::None,
        )
    }
    /// `call`.
    ///
    /// Sends `call` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/places.yaml:59:7.
    pub fn call(
        &self,
        payload: &client_events::Call,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::CALL,
            ::core::option::Option::Some(payload),
        )
    }
}
/// What arrives, in order.
#[derive(Debug)]
pub struct Events {
    incoming: ::parlance_socketio::client::Incoming,
    /// For answers. The connection lives as long as this and its other handles.
    client: ::parlance_socketio::client::Client,
}
impl Events {
    /// The next; `None` when the connection has ended for good.
    pub async fn next(&mut self) -> ::core::option::Option<Incoming> {
        loop {
            let signal = self.incoming.next().await?;
            if let ::core::option::Option::Some(incoming) = Incoming::from_signal(
                signal,
                &self.client,
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
    /// An event of the document that the server waits for an answer to.
    Asked(Asked),
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
        client: &::parlance_socketio::client::Client,
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
                    match Asked::from_event(client, &event) {
                        ::core::option::Option::None => ServerEvent::from_event(&event),
                        ::core::option::Option::Some(
                            ::core::result::Result::Ok(asked),
                        ) => Self::Asked(asked),
                        ::core::option::Option::Some(
                            ::core::result::Result::Err(why),
                        ) => {
                            Self::Malformed {
                                event: event.name().to_owned(),
                                why,
                            }
                        }
                    }
                }
                _ => return ::core::option::Option::None,
            },
        )
    }
}
/// An event of the document that the server waits for an answer to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Asked {
    /// `asked`.
    ///
    /// Event `asked`, and what it is answered by.
    Asked(
        server_events::Asked,
        ::parlance_socketio::typed::Answer<::parlance_socketio::typed::Args>,
    ),
}
impl Asked {
    fn from_event(
        client: &::parlance_socketio::client::Client,
        event: &::parlance_socketio::typed::Event,
    ) -> ::core::option::Option<::core::result::Result<Self, ::std::string::String>> {
        ::core::option::Option::Some(
            match event.name() {
                "asked" => {
                    ::parlance_socketio::typed::decode_args(event)
                        .map(|payload| Self::Asked(
                            payload,
                            ::parlance_socketio::typed::Answer::new(client, event),
                        ))
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
    /// `pulse`.
    ///
    /// Event `pulse`.
    Pulse,
    /// `you`.
    ///
    /// Event `you`.
    You(server_events::You),
    /// `spread`.
    ///
    /// Event `spread`.
    Spread(server_events::Spread),
    /// `called`.
    ///
    /// Event `called`.
    Called(server_events::Called),
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
            "pulse" => ::core::result::Result::Ok(Self::Pulse),
            "you" => ::parlance_socketio::typed::decode_event(event).map(Self::You),
            "spread" => ::parlance_socketio::typed::decode_args(event).map(Self::Spread),
            "called" => ::parlance_socketio::typed::decode_event(event).map(Self::Called),
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
