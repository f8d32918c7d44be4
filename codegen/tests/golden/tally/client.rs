#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::Prefix;
    pub(super) static OPEN_BOARD: Prefix = Prefix::literal("42[\"open-board\"");
    pub(super) static VOTE: Prefix = Prefix::literal("42[\"vote\"");
    pub(super) static CLOSE_BOARD: Prefix = Prefix::literal("42[\"close-board\"");
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
    /// Open a board, which is made when it does not exist.
    ///
    /// Sends `open-board` and waits for the acknowledgement.
    ///
    /// # Errors
    ///
    /// When it is refused, or no answer comes.
    ///
    /// Declared at examples/tally/tally.yaml:35:7.
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
    /// Declared at examples/tally/tally.yaml:42:7.
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
    /// Declared at examples/tally/tally.yaml:53:7.
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
