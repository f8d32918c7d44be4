#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::Prefix;
    pub(super) static OPEN_BOARD: Prefix = Prefix::literal("42[\"open-board\"");
    pub(super) static VOTE: Prefix = Prefix::literal("42[\"vote\"");
    pub(super) static CLOSE_BOARD: Prefix = Prefix::literal("42[\"close-board\"");
    pub(super) static SHOW_HANDS: Prefix = Prefix::literal("42[\"show-hands\"");
    pub(super) static HOVER: Prefix = Prefix::literal("42[\"hover\"");
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
    /// Open a board, which is made when it does not exist.
    ///
    /// Sends `open-board` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    pub async fn open_board(
        &self,
        payload: &client_events::OpenBoard,
    ) -> ::core::result::Result<
        server_events::BoardOpened,
        ::parlance_socketio::typed::CallError<errors::OpenBoardError>,
    > {
        ::parlance_socketio::typed::call(
                &self.inner,
                &prefixes::OPEN_BOARD,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// Vote for a choice. Everybody at the board sees the new count. A vote that is sent again counts once.
    ///
    /// Sends `vote` and waits for the acknowledgement.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// It has one effect for each `id`, which is made up if it is not there.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    pub async fn vote(
        &self,
        payload: &client_events::Vote,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::VoteError>,
    > {
        let mut payload = ::core::clone::Clone::clone(payload);
        if payload.id.as_ref().is_none_or(|known| known.as_str().is_empty()) {
            payload.id = ::core::option::Option::Some(
                <types::VoteId>::trusted(::parlance_socketio::typed::identity()?),
            );
        }
        let payload = &payload;
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::VOTE,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// Close the board for good.
    ///
    /// Sends `close-board` and waits for the acknowledgement.
    ///
    /// Needs the role `chair`.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    pub async fn close_board(
        &self,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::CloseBoardError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::CLOSE_BOARD,
                ::core::option::Option::<&()>::None,
            )
            .await
    }
    /// Ask everybody at the board, and be told what they say.
    ///
    /// Sends `show-hands` and waits for the acknowledgement.
    ///
    /// Needs the role `chair`.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    pub async fn show_hands(
        &self,
        payload: &client_events::ShowHands,
    ) -> ::core::result::Result<
        client_events::ShowHandsReturned,
        ::parlance_socketio::typed::CallError<errors::ShowHandsError>,
    > {
        ::parlance_socketio::typed::returned(
                &self.inner,
                &prefixes::SHOW_HANDS,
                ::core::option::Option::Some(payload),
            )
            .await
    }
    /// Show the others what one is about to vote for.
    ///
    /// Sends `hover` and waits for the acknowledgement.
    ///
    /// Needs the state `at-a-board`.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    pub async fn hover(
        &self,
        payload: &client_events::Hover,
    ) -> ::core::result::Result<
        (),
        ::parlance_socketio::typed::CallError<errors::HoverError>,
    > {
        ::parlance_socketio::typed::done(
                &self.inner,
                &prefixes::HOVER,
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
    /// Open a board, which is made when it does not exist.
    ///
    /// Sends `open-board` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    pub fn open_board(
        &self,
        payload: &client_events::OpenBoard,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::OPEN_BOARD,
            ::core::option::Option::Some(payload),
        )
    }
    /// Vote for a choice. Everybody at the board sees the new count. A vote that is sent again counts once.
    ///
    /// Sends `vote` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    pub fn vote(
        &self,
        payload: &client_events::Vote,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        let mut payload = ::core::clone::Clone::clone(payload);
        if payload.id.as_ref().is_none_or(|known| known.as_str().is_empty()) {
            payload.id = ::core::option::Option::Some(
                <types::VoteId>::trusted(::parlance_socketio::typed::identity()?),
            );
        }
        let payload = &payload;
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::VOTE,
            ::core::option::Option::Some(payload),
        )
    }
    /// Close the board for good.
    ///
    /// Sends `close-board` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    pub fn close_board(
        &self,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::CLOSE_BOARD,
            ::core::option::Option::<&()>::None,
        )
    }
    /// Ask everybody at the board, and be told what they say.
    ///
    /// Sends `show-hands` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    pub fn show_hands(
        &self,
        payload: &client_events::ShowHands,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::SHOW_HANDS,
            ::core::option::Option::Some(payload),
        )
    }
    /// Show the others what one is about to vote for.
    ///
    /// Sends `hover` and waits for nothing.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    pub fn hover(
        &self,
        payload: &client_events::Hover,
    ) -> ::core::result::Result<(), ::parlance_socketio::typed::EmitError> {
        ::parlance_socketio::typed::emit(
            &self.inner,
            &prefixes::HOVER,
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
    /// For or against?
    ///
    /// Event `raise-hand`, and what it is answered by.
    RaiseHand(server_events::RaiseHand, ::parlance_socketio::typed::Answer<bool>),
}
impl Asked {
    fn from_event(
        client: &::parlance_socketio::client::Client,
        event: &::parlance_socketio::typed::Event,
    ) -> ::core::option::Option<::core::result::Result<Self, ::std::string::String>> {
        ::core::option::Option::Some(
            match event.name() {
                "raise-hand" => {
                    ::parlance_socketio::typed::decode_event(event)
                        .map(|payload| Self::RaiseHand(
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
    /// Somebody is about to vote for a choice. It is not worth waiting for.
    ///
    /// Event `hovering`.
    Hovering(server_events::Hovering),
    /// The board as it stands.
    ///
    /// Event `board-opened`.
    BoardOpened(server_events::BoardOpened),
    /// A choice has a new count.
    ///
    /// Event `counted`.
    Counted(server_events::Counted),
    /// No more votes are taken.
    ///
    /// Event `board-closed`.
    BoardClosed(server_events::BoardClosed),
    /// A client event was refused.
    ///
    /// Event `refused`.
    Refused(server_events::Refused),
}
impl ServerEvent {
    fn from_event(event: &::parlance_socketio::typed::Event) -> Incoming {
        let decoded = match event.name() {
            "hovering" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Hovering)
            }
            "board-opened" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::BoardOpened)
            }
            "counted" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Counted)
            }
            "board-closed" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::BoardClosed)
            }
            "refused" => {
                ::parlance_socketio::typed::decode_event(event).map(Self::Refused)
            }
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
