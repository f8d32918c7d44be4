#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::Prefix;
    pub(super) static SIT: Prefix = Prefix::literal("42[\"sit\"");
    pub(super) static QUEUE: Prefix = Prefix::literal("42[\"queue\"");
    pub(super) static TYPE: Prefix = Prefix::literal("42[\"type\"");
    pub(super) static WHOLE: Prefix = Prefix::literal("42[\"whole\"");
    pub(super) static EVERYTHING_OPTIONAL: Prefix = Prefix::literal(
        "42[\"everything-optional\"",
    );
    pub(super) static ORDER: Prefix = Prefix::literal("42[\"order\"");
    pub(super) static RESULT: Prefix = Prefix::literal("42[\"Result\"");
    pub(super) static CLOSE: Prefix = Prefix::literal("42[\"close\"");
    pub(super) static NEW: Prefix = Prefix::literal("42[\"new\"");
    pub(super) static SURVEY: Prefix = Prefix::literal("42[\"survey\"");
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
    /// Sits down.
    ///
    /// Sends `sit` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:63:7.
    pub async fn sit(
        &self,
        payload: &client_events::Sit,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::SitError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::SIT,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// Stands in line.
    ///
    /// Sends `queue` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:69:7.
    pub async fn queue(
        &self,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::QueueError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::QUEUE,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// A keyword as a name.
    ///
    /// Sends `type` and waits for the acknowledgement.
    ///
    /// Needs the state `at-desk`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:73:7.
    pub async fn r#type(
        &self,
        payload: &client_events::Type,
    ) -> ::core::result::Result<
        server_events::Typed,
        ::parlance_socketio::typed::CallError<errors::TypeError>,
    > {
        ::parlance_socketio::typed::call(
                &self.inner,
                &prefixes::TYPE,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// A payload with a name.
    ///
    /// Sends `whole` and waits for the acknowledgement.
    ///
    /// Needs the role `power-user`.
    ///
    /// Needs the state `in-line`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:94:7.
    pub async fn whole(
        &self,
        payload: &client_events::Whole,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::WholeError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::WHOLE,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// `everything-optional`.
    ///
    /// Sends `everything-optional` and waits for the acknowledgement.
    ///
    /// Needs the role `power-user`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:99:7.
    pub async fn everything_optional(
        &self,
        payload: &client_events::EverythingOptional,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::EverythingOptionalError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::EVERYTHING_OPTIONAL,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// Has one effect for each ticket.
    ///
    /// Sends `order` and waits for the acknowledgement.
    ///
    /// Needs the role `power-user`.
    ///
    /// It has one effect for each `ticket`, which is made up if it is not there.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:132:7.
    pub async fn order(
        &self,
        payload: &client_events::Order,
    ) -> ::core::result::Result<
        i64,
        ::parlance_socketio::typed::CallError<errors::OrderError>,
    > {
        let mut payload = ::core::clone::Clone::clone(payload);
        if payload.ticket.is_empty() {
            payload.ticket = ::parlance_socketio::typed::identity()?;
        }
        let payload = &payload;
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::ORDER,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// A name of the prelude.
    ///
    /// Sends `Result` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:141:7.
    pub async fn result(
        &self,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::ResultError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::RESULT,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// A client closes by itself.
    ///
    /// Sends `close` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:142:7.
    pub async fn close_(
        &self,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::CloseError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::CLOSE,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// `new`.
    ///
    /// Sends `new` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:143:7.
    pub async fn new(
        &self,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::NewError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::NEW,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// Asks whoever sends it, and then everybody.
    ///
    /// Sends `survey` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at tests/features.yaml:153:7.
    pub async fn survey(
        &self,
        payload: &client_events::Survey,
    ) -> ::core::result::Result<
        client_events::SurveyReturned,
        ::parlance_socketio::typed::CallError<errors::SurveyError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::SURVEY,
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
    /// Sits down.
    ///
    /// Sends `sit` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:63:7.
    pub fn sit(
        &self,
        payload: &client_events::Sit,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::SIT,
            ::core::option::Option::Some(payload),
        )
    }
    /// Stands in line.
    ///
    /// Sends `queue` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:69:7.
    pub fn queue(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::QUEUE,
            ::core::option::Option::<&()>::None,
        )
    }
    /// A keyword as a name.
    ///
    /// Sends `type` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:73:7.
    pub fn r#type(
        &self,
        payload: &client_events::Type,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::TYPE,
            ::core::option::Option::Some(payload),
        )
    }
    /// A payload with a name.
    ///
    /// Sends `whole` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:94:7.
    pub fn whole(
        &self,
        payload: &client_events::Whole,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::WHOLE,
            ::core::option::Option::Some(payload),
        )
    }
    /// `everything-optional`.
    ///
    /// Sends `everything-optional` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:99:7.
    pub fn everything_optional(
        &self,
        payload: &client_events::EverythingOptional,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::EVERYTHING_OPTIONAL,
            ::core::option::Option::Some(payload),
        )
    }
    /// Has one effect for each ticket.
    ///
    /// Sends `order` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:132:7.
    pub fn order(
        &self,
        payload: &client_events::Order,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        let mut payload = ::core::clone::Clone::clone(payload);
        if payload.ticket.is_empty() {
            payload.ticket = ::parlance_socketio::typed::identity()?;
        }
        let payload = &payload;
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::ORDER,
            ::core::option::Option::Some(payload),
        )
    }
    /// A name of the prelude.
    ///
    /// Sends `Result` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:141:7.
    pub fn result(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::RESULT,
            ::core::option::Option::<&()>::None,
        )
    }
    /// A client closes by itself.
    ///
    /// Sends `close` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:142:7.
    pub fn close_(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::CLOSE,
            ::core::option::Option::<&()>::None,
        )
    }
    /// `new`.
    ///
    /// Sends `new` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:143:7.
    pub fn new(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::NEW,
            ::core::option::Option::<&()>::None,
        )
    }
    /// Asks whoever sends it, and then everybody.
    ///
    /// Sends `survey` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at tests/features.yaml:153:7.
    pub fn survey(
        &self,
        payload: &client_events::Survey,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::SURVEY,
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
    /// Where would you sit?
    ///
    /// Event `which-desk`, and what it is answered by.
    WhichDesk(
        server_events::WhichDesk,
        ::parlance_socketio::typed::Answer<types::DeskId>,
    ),
    /// `raise-hands`.
    ///
    /// Event `raise-hands`, and what it is answered by.
    RaiseHands(::parlance_socketio::typed::Answer<server_events::RaiseHandsReturned>),
    /// `nod`.
    ///
    /// Event `nod`, and what it is answered by.
    Nod(
        server_events::Nod,
        ::parlance_socketio::typed::Answer<server_events::NodReturned>,
    ),
}
impl Asked {
    fn from_event(
        client: &::parlance_socketio::client::Client,
        event: &::parlance_socketio::typed::Event,
    ) -> ::core::option::Option<::core::result::Result<Self, ::std::string::String>> {
        ::core::option::Option::Some(
            match event.name() {
                "which-desk" => {
                    ::parlance_socketio::typed::decode_event(event)
                        .map(|payload| Self::WhichDesk(
                            payload,
                            ::parlance_socketio::typed::Answer::new(client, event),
                        ))
                }
                "raise-hands" => {
                    ::core::result::Result::Ok(
                        Self::RaiseHands(
                            ::parlance_socketio::typed::Answer::new(client, event),
                        ),
                    )
                }
                "nod" => {
                    ::parlance_socketio::typed::decode_event(event)
                        .map(|payload| Self::Nod(
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
    /// Nothing to say.
    ///
    /// Event `queued`.
    Queued,
    /// `typed`.
    ///
    /// Event `typed`.
    Typed(server_events::Typed),
    /// `moved`.
    ///
    /// Event `moved`.
    Moved(server_events::Moved),
    /// `noticed`.
    ///
    /// Event `noticed`.
    Noticed(server_events::Noticed),
    /// `alarm`.
    ///
    /// Event `alarm`.
    Alarm(server_events::Alarm),
    /// `hint`.
    ///
    /// Event `hint`.
    Hint(server_events::Hint),
    /// `refused`.
    ///
    /// Event `refused`.
    Refused(server_events::Refused),
    /// `only`.
    ///
    /// Event `only`.
    Only,
    /// `written`.
    ///
    /// Event `written`.
    Written(server_events::Written),
    /// Nobody waits for it.
    ///
    /// Event `blink`.
    Blink(server_events::Blink),
}
impl ServerEvent {
    fn from_event(event: &::parlance_socketio::typed::Event) -> Incoming {
        let decoded = match event.name() {
            "queued" => ::core::result::Result::Ok(Self::Queued),
            "typed" => ::parlance_socketio::typed::decode_event(event).map(Self::Typed),
            "moved" => ::parlance_socketio::typed::decode_event(event).map(Self::Moved),
            "noticed" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Noticed)
            }
            "alarm" => ::parlance_socketio::typed::decode_event(event).map(Self::Alarm),
            "hint" => ::parlance_socketio::typed::decode_event(event).map(Self::Hint),
            "refused" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Refused)
            }
            "only" => ::core::result::Result::Ok(Self::Only),
            "written" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Written)
            }
            "blink" => ::parlance_socketio::typed::decode_event(event).map(Self::Blink),
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
