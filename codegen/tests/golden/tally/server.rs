#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod shapes {
    use ::parlance_socketio::typed::{Field, Fields, Shape};
    use ::core::option::Option::{None, Some};
    pub(super) static TYPE__BOARD_NAME: Shape = Shape::String {
        least: 0u64,
        most: 18446744073709551615u64,
        pattern: Some("^[a-z][a-z0-9-]{0,31}$"),
        date_time: false,
    };
    pub(super) static TYPE__VOTE_ID: Shape = Shape::String {
        least: 1u64,
        most: 64u64,
        pattern: None,
        date_time: false,
    };
    pub(super) static TYPE__CHOICE: Shape = Shape::String {
        least: 1u64,
        most: 64u64,
        pattern: None,
        date_time: false,
    };
    pub(super) static TYPE__QUESTION: Shape = Shape::String {
        least: 1u64,
        most: 200u64,
        pattern: None,
        date_time: false,
    };
    pub(super) static OPEN_BOARD: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "board",
                    required: true,
                    shape: Shape::Named(&TYPE__BOARD_NAME),
                },
            ],
            open: false,
        },
    );
    pub(super) static VOTE: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "choice",
                    required: true,
                    shape: Shape::Named(&TYPE__CHOICE),
                },
                Field {
                    name: "weight",
                    required: false,
                    shape: Shape::Integer {
                        minimum: Some(1i64),
                        maximum: Some(10i64),
                    },
                },
                Field {
                    name: "id",
                    required: false,
                    shape: Shape::Named(&TYPE__VOTE_ID),
                },
            ],
            open: false,
        },
    );
    pub(super) static SHOW_HANDS: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "question",
                    required: true,
                    shape: Shape::Named(&TYPE__QUESTION),
                },
            ],
            open: false,
        },
    );
    pub(super) static HOVER: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "choice",
                    required: true,
                    shape: Shape::Named(&TYPE__CHOICE),
                },
            ],
            open: false,
        },
    );
    pub(super) static ANSWER__RAISE_HAND: Shape = Shape::Boolean;
}
/// Who a connection belongs to.
#[derive(Clone, Debug)]
pub struct Identity<U> {
    /// The application's own idea of a user.
    pub user: U,
    /// Their role.
    pub role: Role,
}
/// What somebody may do. The default is what they are who have not been given another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// `voter`.
    #[default]
    Voter,
    /// `chair`.
    Chair,
}
impl Role {
    /// All of them, in document order.
    pub const ALL: &'static [Self] = &[Self::Voter, Self::Chair];
    /// Its name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Voter => "voter",
            Self::Chair => "chair",
        }
    }
    /// The role of a name.
    pub fn from_name(name: &str) -> ::core::option::Option<Self> {
        match name {
            "voter" => ::core::option::Option::Some(Self::Voter),
            "chair" => ::core::option::Option::Some(Self::Chair),
            _ => ::core::option::Option::None,
        }
    }
}
/// What is not in the document: who people are, and what the application keeps for them.
pub trait Application: ::core::marker::Send + ::core::marker::Sync + ::core::marker::Sized + 'static {
    /// A user.
    type User: ::core::marker::Send + ::core::marker::Sync + 'static;
    /// The connection has opened a board.
    type AtABoard: ::core::marker::Send + ::core::marker::Sync + 'static;
    /// Who wants to connect, or why they may not.
    fn authenticate(
        &self,
        handshake: ::parlance_socketio::typed::Handshake<'_>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            Identity<Self::User>,
            ::parlance_socketio::typed::ConnectError,
        >,
    > + ::core::marker::Send;
    /// Whether a client that was cut off and comes back, as `now` with the role it had, may go on as the socket it
    /// was, with its rooms and as the user that it was. Nobody may unless this says so; then it connects as any other.
    fn may_return(&self, before: &Self::User, now: &Self::User) -> bool {
        let _ = (before, now);
        false
    }
    /// What tells a user from all others: by it, and what the document says, an event that comes `once` is known
    /// when it comes again, over whichever connection.
    fn user_id(&self, user: &Self::User) -> ::std::string::String;
    /// Somebody has connected.
    fn connected(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;
    /// Somebody is gone. The states they were in are still there.
    fn disconnected(
        &self,
        cx: &Connected<'_, Self>,
        reason: ::parlance_socketio::typed::DisconnectReason,
    ) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;
}
/// Boards: one method per client event.
///
/// Declared at examples/tally/tally.yaml:34:3.
pub trait BoardHandlers: Application {
    /// Open a board, which is made when it does not exist.
    ///
    /// Handles `open-board`.
    ///
    /// Enters the state `at-a-board` with the second value it gives, before the reply is sent.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    fn open_board(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::OpenBoard,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (server_events::BoardOpened, Self::AtABoard),
            ::parlance_socketio::typed::Refused<errors::OpenBoardError>,
        >,
    > + ::core::marker::Send;
    /// Vote for a choice. Everybody at the board sees the new count. A vote that is sent again counts once.
    ///
    /// Handles `vote`.
    ///
    /// Leads to `counted`.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    fn vote(
        &self,
        cx: &AtABoard<'_, Self>,
        payload: client_events::Vote,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::VoteError>,
        >,
    > + ::core::marker::Send;
    /// Close the board for good.
    ///
    /// Handles `close-board`.
    ///
    /// Leads to `board-closed`.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    fn close_board(
        &self,
        cx: &ChairAtABoard<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::CloseBoardError>,
        >,
    > + ::core::marker::Send;
    /// Ask everybody at the board, and be told what they say.
    ///
    /// Handles `show-hands`.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    fn show_hands(
        &self,
        cx: &ChairAtABoard<'_, Self>,
        payload: client_events::ShowHands,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            client_events::ShowHandsReturned,
            ::parlance_socketio::typed::Refused<errors::ShowHandsError>,
        >,
    > + ::core::marker::Send;
    /// Show the others what one is about to vote for.
    ///
    /// Handles `hover`.
    ///
    /// Leads to `hovering`.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    fn hover(
        &self,
        cx: &AtABoard<'_, Self>,
        payload: client_events::Hover,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::HoverError>,
        >,
    > + ::core::marker::Send;
}
/// What is kept with each connection.
pub struct Connection<A: Application> {
    user: A::User,
    role: Role,
    at_a_board: ::std::sync::Mutex<
        ::core::option::Option<::std::sync::Arc<A::AtABoard>>,
    >,
    limits: ::parlance_socketio::typed::Limits<2usize>,
}
impl<A: Application> Connection<A> {
    /// Who is connected.
    pub fn user(&self) -> &A::User {
        &self.user
    }
    /// The role of who is connected.
    pub fn role(&self) -> Role {
        self.role
    }
}
/// A connection, as a handler sees it.
pub struct Connected<'a, A: Application> {
    socket: &'a ::parlance_socketio::typed::Socket<Connection<A>>,
    emitter: &'a Emitter,
    after: &'a ::parlance_socketio::typed::After,
}
impl<'a, A: Application> Connected<'a, A> {
    /// Who is connected.
    pub fn user(&self) -> &'a A::User {
        &self.socket.data().user
    }
    /// The role of who is connected.
    pub fn role(&self) -> Role {
        self.socket.data().role
    }
    /// The public id of the connection.
    pub fn socket_id(&self) -> ::parlance_socketio::typed::SocketId {
        self.socket.id()
    }
    /// The namespace that it is in.
    pub fn namespace(&self) -> &'a str {
        self.socket.namespace()
    }
    /// Waits until little waits to be written to the client, 128 KiB at most: for handlers that send a lot.
    pub async fn room(&self) {
        self.socket.room().await;
    }
    /// Sends to whom the document allows.
    pub fn emit(&self) -> &'a Emitter {
        self.emitter
    }
    /// Sends to this connection.
    pub fn caller(&self) -> ToCaller<'a> {
        ToCaller(self.socket.target())
    }
    /// Does something right after the reply has been queued; nothing if the event is refused. The next event of this
    /// connection is handled when it is done.
    pub fn after_reply(
        &self,
        action: impl ::core::future::Future<Output = ()> + ::core::marker::Send + 'static,
    ) {
        self.after.add(action);
    }
    /// Sends the connection away, after what waits for it.
    pub fn disconnect(&self) {
        self.socket.disconnect();
    }
    /// What is kept in the state `at-a-board`; `None` if the connection is not in it.
    pub fn at_a_board(&self) -> ::core::option::Option<::std::sync::Arc<A::AtABoard>> {
        self.socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone()
    }
    /// Leaves the state `at-a-board`; what was kept in it.
    pub fn leave_at_a_board(
        &self,
    ) -> ::core::option::Option<::std::sync::Arc<A::AtABoard>> {
        self.socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .take()
    }
    /// Joins the audience `board`. Whether that is new.
    pub fn join_board(&self, key: &types::BoardName) -> bool {
        self.emitter.join_board(key, self.socket.id())
    }
    /// Leaves the audience `board`. Whether it was in it.
    pub fn leave_board(&self, key: &types::BoardName) -> bool {
        self.emitter.leave_board(key, self.socket.id())
    }
}
/// A connection that is in the state `at-a-board`.
pub struct AtABoard<'a, A: Application> {
    connected: Connected<'a, A>,
    state: ::std::sync::Arc<A::AtABoard>,
}
impl<A: Application> AtABoard<'_, A> {
    /// What is kept in the state.
    pub fn state(&self) -> &::std::sync::Arc<A::AtABoard> {
        &self.state
    }
}
impl<'a, A: Application> ::core::ops::Deref for AtABoard<'a, A> {
    type Target = Connected<'a, A>;
    fn deref(&self) -> &Self::Target {
        &self.connected
    }
}
/// A connection that has the role `chair` and is in the state `at-a-board`.
pub struct ChairAtABoard<'a, A: Application> {
    connected: Connected<'a, A>,
    state: ::std::sync::Arc<A::AtABoard>,
}
impl<A: Application> ChairAtABoard<'_, A> {
    /// What is kept in the state.
    pub fn state(&self) -> &::std::sync::Arc<A::AtABoard> {
        &self.state
    }
}
impl<'a, A: Application> ::core::ops::Deref for ChairAtABoard<'a, A> {
    type Target = Connected<'a, A>;
    fn deref(&self) -> &Self::Target {
        &self.connected
    }
}
#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::Prefix;
    pub(super) static RAISE_HAND: Prefix = Prefix::literal("42[\"raise-hand\"");
    pub(super) static HOVERING: Prefix = Prefix::literal("42[\"hovering\"");
    pub(super) static BOARD_OPENED: Prefix = Prefix::literal("42[\"board-opened\"");
    pub(super) static COUNTED: Prefix = Prefix::literal("42[\"counted\"");
    pub(super) static BOARD_CLOSED: Prefix = Prefix::literal("42[\"board-closed\"");
    pub(super) static REFUSED: Prefix = Prefix::literal("42[\"refused\"");
}
/// Sends what the document allows to whom it allows, from anywhere.
#[derive(Clone, Debug)]
pub struct Emitter {
    hub: ::parlance_socketio::typed::Hub,
}
impl Emitter {
    /// Over the sockets of a server.
    pub fn new(hub: ::parlance_socketio::typed::Hub) -> Self {
        Self { hub }
    }
    /// One connection.
    pub fn caller(&self, id: ::parlance_socketio::typed::SocketId) -> ToCaller<'_> {
        ToCaller(self.hub.socket(id))
    }
    /// Everybody who has opened the board.
    ///
    /// Declared at examples/tally/tally.yaml:22:3.
    pub fn board(&self, key: &types::BoardName) -> ToBoard<'_> {
        ToBoard(self.hub.to(&Self::board_room(key)))
    }
    /// Puts a connection into the audience `board`. Whether that is new.
    pub fn join_board(
        &self,
        key: &types::BoardName,
        id: ::parlance_socketio::typed::SocketId,
    ) -> bool {
        self.hub.join(id, &Self::board_room(key))
    }
    /// Takes a connection out of the audience `board`. Whether it was in it.
    pub fn leave_board(
        &self,
        key: &types::BoardName,
        id: ::parlance_socketio::typed::SocketId,
    ) -> bool {
        self.hub.leave(id, &Self::board_room(key))
    }
    fn board_room(key: &types::BoardName) -> ::parlance_socketio::typed::Room {
        ::parlance_socketio::typed::Room::new(::std::format!("board/{key}"))
    }
}
/// One connection.
#[derive(Clone, Debug)]
pub struct ToCaller<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToCaller<'a> {
    /// Their ids.
    pub fn ids(&self) -> ::std::vec::Vec<::parlance_socketio::typed::SocketId> {
        self.0.ids()
    }
    /// What is known of each of them; its `data` is a [`Connection`].
    pub fn fetch(&self) -> ::std::vec::Vec<::parlance_socketio::typed::RemoteSocket> {
        self.0.fetch()
    }
    /// Sends them away, each after what waits for it; how many.
    pub fn disconnect(&self) -> usize {
        self.0.disconnect()
    }
    /// The same, and closes their connections, with all other namespaces that they have joined.
    pub fn close(&self) -> usize {
        self.0.close()
    }
    /// Puts them into the audience `board`; for how many that is new.
    pub fn join_board(&self, key: &types::BoardName) -> usize {
        self.0.join(&Emitter::board_room(key))
    }
    /// Takes them out of the audience `board`; how many were in it.
    pub fn leave_board(&self, key: &types::BoardName) -> usize {
        self.0.leave(&Emitter::board_room(key))
    }
    /// The board as it stands.
    ///
    /// Sends `board-opened`; how many it was queued for. Declared at examples/tally/tally.yaml:90:7.
    pub fn board_opened(&self, payload: &server_events::BoardOpened) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::BOARD_OPENED, payload)
    }
    /// A client event was refused.
    ///
    /// Sends `refused`; how many it was queued for. Declared at examples/tally/tally.yaml:107:7.
    pub fn refused(&self, payload: &server_events::Refused) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::REFUSED, payload)
    }
}
/// The audience `board`.
#[derive(Clone, Debug)]
pub struct ToBoard<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToBoard<'a> {
    /// And those of another key of the audience `board`; who is of both receives an event once.
    #[must_use]
    pub fn and(self, key: &types::BoardName) -> Self {
        Self(self.0.and(&Emitter::board_room(key)))
    }
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `board`.
    #[must_use]
    pub fn except_board(self, key: &types::BoardName) -> Self {
        Self(self.0.except_room(&Emitter::board_room(key)))
    }
    /// This connection alone, if it is one of them.
    #[must_use]
    pub fn only(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.only(id))
    }
    /// Their ids.
    pub fn ids(&self) -> ::std::vec::Vec<::parlance_socketio::typed::SocketId> {
        self.0.ids()
    }
    /// What is known of each of them; its `data` is a [`Connection`].
    pub fn fetch(&self) -> ::std::vec::Vec<::parlance_socketio::typed::RemoteSocket> {
        self.0.fetch()
    }
    /// Sends them away, each after what waits for it; how many.
    pub fn disconnect(&self) -> usize {
        self.0.disconnect()
    }
    /// The same, and closes their connections, with all other namespaces that they have joined.
    pub fn close(&self) -> usize {
        self.0.close()
    }
    /// Puts them into the audience `board`; for how many that is new.
    pub fn join_board(&self, key: &types::BoardName) -> usize {
        self.0.join(&Emitter::board_room(key))
    }
    /// Takes them out of the audience `board`; how many were in it.
    pub fn leave_board(&self, key: &types::BoardName) -> usize {
        self.0.leave(&Emitter::board_room(key))
    }
    /// For or against?
    ///
    /// Sends `raise-hand` and waits until each has answered, at most 2s. Declared at examples/tally/tally.yaml:78:7.
    ///
    /// # Errors
    ///
    /// When the payload does not serialise.
    pub async fn raise_hand(
        &self,
        payload: &server_events::RaiseHand,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Answers<bool>,
        ::parlance_socketio::typed::AskError,
    > {
        const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(
            2000u64,
        );
        let expected = ::parlance_socketio::typed::OneOf::<bool> {
            shape: &shapes::ANSWER__RAISE_HAND,
            is_valid: |_| true,
        };
        ::parlance_socketio::typed::ask_all(
                &self.0,
                &prefixes::RAISE_HAND,
                ::core::option::Option::Some(payload),
                WITHIN,
                &expected,
            )
            .await
    }
    /// Somebody is about to vote for a choice. It is not worth waiting for.
    ///
    /// Sends `hovering`, which is dropped for whoever cannot take it at once; how many are meant. Declared at examples/tally/tally.yaml:85:7.
    pub fn hovering(&self, payload: &server_events::Hovering) -> usize {
        ::parlance_socketio::typed::send_volatile(
            &self.0,
            &prefixes::HOVERING,
            ::core::option::Option::Some(payload),
        )
    }
    /// A choice has a new count.
    ///
    /// Sends `counted`; how many it was queued for. Declared at examples/tally/tally.yaml:96:7.
    pub fn counted(&self, payload: &server_events::Counted) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::COUNTED, payload)
    }
    /// No more votes are taken.
    ///
    /// Sends `board-closed`; how many it was queued for. Declared at examples/tally/tally.yaml:102:7.
    pub fn board_closed(&self, payload: &server_events::BoardClosed) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::BOARD_CLOSED, payload)
    }
}
/// An application behind the document: hand it to `parlance_socketio::server::Server`.
#[derive(Debug)]
pub struct Protocol<A> {
    app: ::std::sync::Arc<A>,
    emitter: Emitter,
    once: ::parlance_socketio::typed::Memory,
}
impl<A: Application + BoardHandlers> Protocol<A> {
    /// Of an application and the emitter it sends with.
    pub fn new(app: ::std::sync::Arc<A>, emitter: Emitter) -> Self {
        Self {
            app,
            emitter,
            once: ::parlance_socketio::typed::Memory::new(),
        }
    }
    fn call<'a>(
        socket: &'a ::parlance_socketio::typed::Socket<Connection<A>>,
        event: &'a ::parlance_socketio::typed::Event,
    ) -> ::parlance_socketio::typed::Call<'a, Connection<A>> {
        ::parlance_socketio::typed::Call::new(
            socket,
            event,
            ::core::option::Option::Some(&prefixes::REFUSED),
        )
    }
    async fn handle_open_board(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<
                client_events::OpenBoard,
            >(&shapes::OPEN_BOARD, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(BoardHandlers::open_board(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let (reply, entered) = reply;
        *socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner) = ::core::option::Option::Some(
            ::std::sync::Arc::new(entered),
        );
        call.reply(&prefixes::BOARD_OPENED, &reply);
        after.run().await;
    }
    async fn handle_vote(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let user = Application::user_id(&*self.app, &socket.data().user);
        let ::core::option::Option::Some(call) = call.once(&self.once, &user, "id").await
        else { return };
        let state = socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse(
                    "no-board-open",
                    "No board is open",
                    ::core::option::Option::None,
                );
        };
        const LIMIT: ::parlance_socketio::typed::Limit = ::parlance_socketio::typed::Limit {
            bucket: 0usize,
            count: 20u32,
            per_seconds: 1u32,
        };
        if !socket.data().limits.take(LIMIT, ::std::time::Instant::now()) {
            return call
                .refuse(
                    "rate-limited",
                    "Too many requests",
                    ::core::option::Option::None,
                );
        }
        let decoded = call
            .decode::<client_events::Vote>(&shapes::VOTE, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = AtABoard {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(BoardHandlers::vote(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_close_board(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        if socket.data().role != Role::Chair {
            return call
                .refuse("access-denied", "Access denied", ::core::option::Option::None);
        }
        let state = socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse(
                    "no-board-open",
                    "No board is open",
                    ::core::option::Option::None,
                );
        };
        let ::core::option::Option::Some(()) = call.nothing("Invalid message format")
        else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = ChairAtABoard {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(BoardHandlers::close_board(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_show_hands(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        if socket.data().role != Role::Chair {
            return call
                .refuse("access-denied", "Access denied", ::core::option::Option::None);
        }
        let state = socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse(
                    "no-board-open",
                    "No board is open",
                    ::core::option::Option::None,
                );
        };
        let decoded = call
            .decode::<
                client_events::ShowHands,
            >(&shapes::SHOW_HANDS, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = ChairAtABoard {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(BoardHandlers::show_hands(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_hover(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let state = socket
            .data()
            .at_a_board
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse(
                    "no-board-open",
                    "No board is open",
                    ::core::option::Option::None,
                );
        };
        const LIMIT: ::parlance_socketio::typed::Limit = ::parlance_socketio::typed::Limit {
            bucket: 1usize,
            count: 50u32,
            per_seconds: 1u32,
        };
        if !socket.data().limits.take(LIMIT, ::std::time::Instant::now()) {
            return call
                .refuse(
                    "rate-limited",
                    "Too many requests",
                    ::core::option::Option::None,
                );
        }
        let decoded = call
            .decode::<client_events::Hover>(&shapes::HOVER, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = AtABoard {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(BoardHandlers::hover(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
}
impl<A: Application + BoardHandlers> ::parlance_socketio::typed::Service
for Protocol<A> {
    type Data = Connection<A>;
    async fn connect(
        &self,
        handshake: ::parlance_socketio::typed::Handshake<'_>,
    ) -> ::core::result::Result<
        Connection<A>,
        ::parlance_socketio::typed::ConnectError,
    > {
        let identity = Application::authenticate(&*self.app, handshake).await?;
        ::core::result::Result::Ok(Connection {
            user: identity.user,
            role: identity.role,
            at_a_board: ::core::default::Default::default(),
            limits: ::core::default::Default::default(),
        })
    }
    fn may_restore(&self, before: &Connection<A>, now: &Connection<A>) -> bool {
        before.role == now.role
            && Application::may_return(&*self.app, &before.user, &now.user)
    }
    async fn connected(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
    ) {
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        Application::connected(&*self.app, &cx).await;
        after.run().await;
    }
    async fn event(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: ::parlance_socketio::typed::Event,
    ) {
        match event.name() {
            "open-board" => {
                ::std::boxed::Box::pin(self.handle_open_board(socket, &event)).await
            }
            "vote" => ::std::boxed::Box::pin(self.handle_vote(socket, &event)).await,
            "close-board" => {
                ::std::boxed::Box::pin(self.handle_close_board(socket, &event)).await
            }
            "show-hands" => {
                ::std::boxed::Box::pin(self.handle_show_hands(socket, &event)).await
            }
            "hover" => ::std::boxed::Box::pin(self.handle_hover(socket, &event)).await,
            _ => {
                Self::call(socket, &event)
                    .refuse(
                        "unknown-event",
                        "Unknown event",
                        ::core::option::Option::None,
                    )
            }
        }
    }
    async fn disconnected(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        reason: ::parlance_socketio::typed::DisconnectReason,
    ) {
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        Application::disconnected(&*self.app, &cx, reason).await;
        after.run().await;
    }
}
