#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod shapes {
    use ::parlance_socketio::typed::{Field, Fields, Shape};
    use ::core::option::Option::{None, Some};
    pub(super) static TYPE__DESK_ID: Shape = Shape::Integer {
        minimum: Some(1i64),
        maximum: Some(99i64),
    };
    pub(super) static TYPE__RATIO: Shape = Shape::Number {
        minimum: Some(0f64),
        maximum: Some(1f64),
    };
    pub(super) static TYPE__NAME: Shape = Shape::String {
        least: 1u64,
        most: 20u64,
        pattern: Some("^[a-z]+$"),
        date_time: false,
    };
    pub(super) static TYPE__WHEN: Shape = Shape::String {
        least: 0u64,
        most: 18446744073709551615u64,
        pattern: None,
        date_time: true,
    };
    pub(super) static TYPE__NAMES: Shape = Shape::Array {
        items: &Shape::Named(&TYPE__NAME),
        least: 0u64,
        most: 18446744073709551615u64,
    };
    pub(super) static TYPE__FEW: Shape = Shape::Array {
        items: &Shape::Named(&TYPE__NAME),
        least: 0u64,
        most: 2u64,
    };
    pub(super) static TYPE__ROWS: Shape = Shape::Array {
        items: &Shape::Struct(
            &Fields {
                fields: &[
                    Field {
                        name: "cell",
                        required: true,
                        shape: Shape::Nullable(
                            &Shape::String {
                                least: 0u64,
                                most: 18446744073709551615u64,
                                pattern: None,
                                date_time: false,
                            },
                        ),
                    },
                ],
                open: false,
            },
        ),
        least: 0u64,
        most: 18446744073709551615u64,
    };
    pub(super) static TYPE__MOOD: Shape = Shape::Enum(&["good", "so-so", "2nd"]);
    pub(super) static TYPE__OPEN_MOOD: Shape = Shape::OpenEnum;
    pub(super) static TYPE__NODE: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "value",
                    required: true,
                    shape: Shape::Integer {
                        minimum: None,
                        maximum: None,
                    },
                },
                Field {
                    name: "next",
                    required: false,
                    shape: Shape::Named(&TYPE__NODE),
                },
                Field {
                    name: "children",
                    required: true,
                    shape: Shape::Array {
                        items: &Shape::Named(&TYPE__NODE),
                        least: 0u64,
                        most: 3u64,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static TYPE__SHAPE: Shape = Shape::Union {
        tag: "kind",
        variants: &[
            (
                "circle",
                Fields {
                    fields: &[
                        Field {
                            name: "radius",
                            required: true,
                            shape: Shape::Number {
                                minimum: Some(0f64),
                                maximum: None,
                            },
                        },
                    ],
                    open: false,
                },
            ),
            (
                "rect",
                Fields {
                    fields: &[
                        Field {
                            name: "width",
                            required: true,
                            shape: Shape::Number {
                                minimum: None,
                                maximum: None,
                            },
                        },
                        Field {
                            name: "height",
                            required: true,
                            shape: Shape::Number {
                                minimum: None,
                                maximum: None,
                            },
                        },
                    ],
                    open: false,
                },
            ),
        ],
    };
    pub(super) static SIT: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "desk",
                    required: true,
                    shape: Shape::Named(&TYPE__DESK_ID),
                },
            ],
            open: false,
        },
    );
    pub(super) static TYPE: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "self",
                    required: true,
                    shape: Shape::String {
                        least: 0u64,
                        most: 18446744073709551615u64,
                        pattern: None,
                        date_time: false,
                    },
                },
                Field {
                    name: "ref",
                    required: false,
                    shape: Shape::Boolean,
                },
                Field {
                    name: "fn",
                    required: false,
                    shape: Shape::Nullable(
                        &Shape::String {
                            least: 0u64,
                            most: 18446744073709551615u64,
                            pattern: None,
                            date_time: false,
                        },
                    ),
                },
                Field {
                    name: "match",
                    required: true,
                    shape: Shape::Nullable(
                        &Shape::String {
                            least: 0u64,
                            most: 18446744073709551615u64,
                            pattern: None,
                            date_time: false,
                        },
                    ),
                },
                Field {
                    name: "2fa",
                    required: true,
                    shape: Shape::Array {
                        items: &Shape::Integer {
                            minimum: None,
                            maximum: None,
                        },
                        least: 1u64,
                        most: 2u64,
                    },
                },
                Field {
                    name: "camelCase",
                    required: true,
                    shape: Shape::Map(&Shape::Named(&TYPE__RATIO)),
                },
                Field {
                    name: "mood",
                    required: true,
                    shape: Shape::Named(&TYPE__MOOD),
                },
                Field {
                    name: "inner",
                    required: true,
                    shape: Shape::Struct(
                        &Fields {
                            fields: &[
                                Field {
                                    name: "deep",
                                    required: true,
                                    shape: Shape::Enum(&["a", "b"]),
                                },
                                Field {
                                    name: "shapes",
                                    required: true,
                                    shape: Shape::Array {
                                        items: &Shape::Named(&TYPE__SHAPE),
                                        least: 0u64,
                                        most: 18446744073709551615u64,
                                    },
                                },
                            ],
                            open: false,
                        },
                    ),
                },
                Field {
                    name: "anything",
                    required: true,
                    shape: Shape::Any,
                },
                Field {
                    name: "object",
                    required: true,
                    shape: Shape::Object,
                },
            ],
            open: false,
        },
    );
    pub(super) static WHOLE: Shape = Shape::Named(&TYPE__NODE);
    pub(super) static EVERYTHING_OPTIONAL: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "limit",
                    required: false,
                    shape: Shape::Integer {
                        minimum: Some(1i64),
                        maximum: Some(10i64),
                    },
                },
                Field {
                    name: "filter",
                    required: false,
                    shape: Shape::Named(&TYPE__NAMES),
                },
                Field {
                    name: "few",
                    required: false,
                    shape: Shape::Named(&TYPE__FEW),
                },
                Field {
                    name: "code",
                    required: false,
                    shape: Shape::String {
                        least: 0u64,
                        most: 18446744073709551615u64,
                        pattern: Some("^[0-9]+$"),
                        date_time: false,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static ORDER: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "ticket",
                    required: true,
                    shape: Shape::String {
                        least: 0u64,
                        most: 40u64,
                        pattern: None,
                        date_time: false,
                    },
                },
                Field {
                    name: "what",
                    required: true,
                    shape: Shape::String {
                        least: 0u64,
                        most: 18446744073709551615u64,
                        pattern: None,
                        date_time: false,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static SURVEY: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "floor",
                    required: true,
                    shape: Shape::Integer {
                        minimum: None,
                        maximum: None,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static ANSWER__WHICH_DESK: Shape = Shape::Named(&TYPE__DESK_ID);
    pub(super) static ANSWER__RAISE_HANDS: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "up",
                    required: true,
                    shape: Shape::Boolean,
                },
                Field {
                    name: "why",
                    required: false,
                    shape: Shape::String {
                        least: 0u64,
                        most: 5u64,
                        pattern: None,
                        date_time: false,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static ANSWER__NOD: Shape = Shape::Enum(&["yes", "no"]);
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
    /// `guest`.
    #[default]
    Guest,
    /// `power-user`.
    PowerUser,
}
impl Role {
    /// All of them, in document order.
    pub const ALL: &'static [Self] = &[Self::Guest, Self::PowerUser];
    /// Its name in the document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::PowerUser => "power-user",
        }
    }
    /// The role of a name.
    pub fn from_name(name: &str) -> ::core::option::Option<Self> {
        match name {
            "guest" => ::core::option::Option::Some(Self::Guest),
            "power-user" => ::core::option::Option::Some(Self::PowerUser),
            _ => ::core::option::Option::None,
        }
    }
}
/// What is not in the document: who people are, and what the application keeps for them.
pub trait Application: ::core::marker::Send + ::core::marker::Sync + ::core::marker::Sized + 'static {
    /// A user.
    type User: ::core::marker::Send + ::core::marker::Sync + 'static;
    /// Sits at a desk.
    type AtDesk: ::core::marker::Send + ::core::marker::Sync + 'static;
    /// What is kept in the state `in-line`.
    type InLine: ::core::marker::Send + ::core::marker::Sync + 'static;
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
/// First things: one method per client event.
///
/// Has paragraphs.
///
/// indented code that must not be run
///
/// ```text
/// a bare fence
/// ```
///
/// Declared at tests/features.yaml:52:3.
pub trait FirstHandlers: Application {
    /// Sits down.
    ///
    /// Handles `sit`.
    ///
    /// Enters the state `at-desk` with the second value it gives, before the reply is sent.
    ///
    /// Declared at tests/features.yaml:63:7.
    fn sit(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Sit,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ((), Self::AtDesk),
            ::parlance_socketio::typed::Refused<errors::SitError>,
        >,
    > + ::core::marker::Send;
    /// Stands in line.
    ///
    /// Handles `queue`.
    ///
    /// Enters the state `in-line` with the second value it gives, before the reply is sent.
    ///
    /// Declared at tests/features.yaml:69:7.
    fn queue(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ((), Self::InLine),
            ::parlance_socketio::typed::Refused<errors::QueueError>,
        >,
    > + ::core::marker::Send;
    /// A keyword as a name.
    ///
    /// Handles `type`.
    ///
    /// Declared at tests/features.yaml:73:7.
    fn r#type(
        &self,
        cx: &AtDesk<'_, Self>,
        payload: client_events::Type,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            server_events::Typed,
            ::parlance_socketio::typed::Refused<errors::TypeError>,
        >,
    > + ::core::marker::Send;
    /// A payload with a name.
    ///
    /// Handles `whole`.
    ///
    /// Declared at tests/features.yaml:94:7.
    fn whole(
        &self,
        cx: &PowerUserInLine<'_, Self>,
        payload: client_events::Whole,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::WholeError>,
        >,
    > + ::core::marker::Send;
    /// `everything-optional`.
    ///
    /// Handles `everything-optional`.
    ///
    /// Declared at tests/features.yaml:99:7.
    fn everything_optional(
        &self,
        cx: &PowerUser<'_, Self>,
        payload: client_events::EverythingOptional,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::EverythingOptionalError>,
        >,
    > + ::core::marker::Send;
}
/// second-group: one method per client event.
///
/// Declared at tests/features.yaml:130:3.
pub trait SecondGroupHandlers: Application {
    /// Has one effect for each ticket.
    ///
    /// Handles `order`.
    ///
    /// Leads to `hint`.
    ///
    /// Declared at tests/features.yaml:132:7.
    fn order(
        &self,
        cx: &PowerUser<'_, Self>,
        payload: client_events::Order,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            i64,
            ::parlance_socketio::typed::Refused<errors::OrderError>,
        >,
    > + ::core::marker::Send;
    /// A name of the prelude.
    ///
    /// Handles `Result`.
    ///
    /// Declared at tests/features.yaml:141:7.
    fn result(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::ResultError>,
        >,
    > + ::core::marker::Send;
    /// A client closes by itself.
    ///
    /// Handles `close`.
    ///
    /// Leads to `only`.
    ///
    /// Declared at tests/features.yaml:142:7.
    fn close(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::CloseError>,
        >,
    > + ::core::marker::Send;
    /// `new`.
    ///
    /// Handles `new`.
    ///
    /// Declared at tests/features.yaml:143:7.
    fn new(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::NewError>,
        >,
    > + ::core::marker::Send;
}
/// questions: one method per client event.
///
/// Declared at tests/features.yaml:151:3.
pub trait QuestionsHandlers: Application {
    /// Asks whoever sends it, and then everybody.
    ///
    /// Handles `survey`.
    ///
    /// Leads to `blink`.
    ///
    /// Declared at tests/features.yaml:153:7.
    fn survey(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Survey,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            client_events::SurveyReturned,
            ::parlance_socketio::typed::Refused<errors::SurveyError>,
        >,
    > + ::core::marker::Send;
}
/// What is kept with each connection.
pub struct Connection<A: Application> {
    user: A::User,
    role: Role,
    at_desk: ::std::sync::Mutex<::core::option::Option<::std::sync::Arc<A::AtDesk>>>,
    in_line: ::std::sync::Mutex<::core::option::Option<::std::sync::Arc<A::InLine>>>,
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
    /// What is kept in the state `at-desk`; `None` if the connection is not in it.
    pub fn at_desk(&self) -> ::core::option::Option<::std::sync::Arc<A::AtDesk>> {
        self.socket
            .data()
            .at_desk
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone()
    }
    /// Leaves the state `at-desk`; what was kept in it.
    pub fn leave_at_desk(&self) -> ::core::option::Option<::std::sync::Arc<A::AtDesk>> {
        self.socket
            .data()
            .at_desk
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .take()
    }
    /// What is kept in the state `in-line`; `None` if the connection is not in it.
    pub fn in_line(&self) -> ::core::option::Option<::std::sync::Arc<A::InLine>> {
        self.socket
            .data()
            .in_line
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone()
    }
    /// Leaves the state `in-line`; what was kept in it.
    pub fn leave_in_line(&self) -> ::core::option::Option<::std::sync::Arc<A::InLine>> {
        self.socket
            .data()
            .in_line
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .take()
    }
    /// Joins the audience `desk`. Whether that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> bool {
        self.emitter.join_desk(key, self.socket.id())
    }
    /// Leaves the audience `desk`. Whether it was in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> bool {
        self.emitter.leave_desk(key, self.socket.id())
    }
    /// Joins the audience `lobby`. Whether that is new.
    pub fn join_lobby(&self) -> bool {
        self.emitter.join_lobby(self.socket.id())
    }
    /// Leaves the audience `lobby`. Whether it was in it.
    pub fn leave_lobby(&self) -> bool {
        self.emitter.leave_lobby(self.socket.id())
    }
}
/// A connection that is in the state `at-desk`.
pub struct AtDesk<'a, A: Application> {
    connected: Connected<'a, A>,
    state: ::std::sync::Arc<A::AtDesk>,
}
impl<A: Application> AtDesk<'_, A> {
    /// What is kept in the state.
    pub fn state(&self) -> &::std::sync::Arc<A::AtDesk> {
        &self.state
    }
}
impl<'a, A: Application> ::core::ops::Deref for AtDesk<'a, A> {
    type Target = Connected<'a, A>;
    fn deref(&self) -> &Self::Target {
        &self.connected
    }
}
/// A connection that has the role `power-user` and is in the state `in-line`.
pub struct PowerUserInLine<'a, A: Application> {
    connected: Connected<'a, A>,
    state: ::std::sync::Arc<A::InLine>,
}
impl<A: Application> PowerUserInLine<'_, A> {
    /// What is kept in the state.
    pub fn state(&self) -> &::std::sync::Arc<A::InLine> {
        &self.state
    }
}
impl<'a, A: Application> ::core::ops::Deref for PowerUserInLine<'a, A> {
    type Target = Connected<'a, A>;
    fn deref(&self) -> &Self::Target {
        &self.connected
    }
}
/// A connection that has the role `power-user`.
pub struct PowerUser<'a, A: Application> {
    connected: Connected<'a, A>,
}
impl<'a, A: Application> ::core::ops::Deref for PowerUser<'a, A> {
    type Target = Connected<'a, A>;
    fn deref(&self) -> &Self::Target {
        &self.connected
    }
}
#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::Prefix;
    pub(super) static QUEUED: Prefix = Prefix::literal("42[\"queued\"");
    pub(super) static TYPED: Prefix = Prefix::literal("42[\"typed\"");
    pub(super) static MOVED: Prefix = Prefix::literal("42[\"moved\"");
    pub(super) static NOTICED: Prefix = Prefix::literal("42[\"noticed\"");
    pub(super) static ALARM: Prefix = Prefix::literal("42[\"alarm\"");
    pub(super) static HINT: Prefix = Prefix::literal("42[\"hint\"");
    pub(super) static REFUSED: Prefix = Prefix::literal("42[\"refused\"");
    pub(super) static ONLY: Prefix = Prefix::literal("42[\"only\"");
    pub(super) static WRITTEN: Prefix = Prefix::literal("42[\"written\"");
    pub(super) static WHICH_DESK: Prefix = Prefix::literal("42[\"which-desk\"");
    pub(super) static RAISE_HANDS: Prefix = Prefix::literal("42[\"raise-hands\"");
    pub(super) static NOD: Prefix = Prefix::literal("42[\"nod\"");
    pub(super) static BLINK: Prefix = Prefix::literal("42[\"blink\"");
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
    /// Everybody at a desk.
    ///
    /// Declared at tests/features.yaml:23:3.
    pub fn desk(&self, key: &types::DeskId) -> ToDesk<'_> {
        ToDesk(self.hub.to(&Self::desk_room(key)))
    }
    /// Puts a connection into the audience `desk`. Whether that is new.
    pub fn join_desk(
        &self,
        key: &types::DeskId,
        id: ::parlance_socketio::typed::SocketId,
    ) -> bool {
        self.hub.join(id, &Self::desk_room(key))
    }
    /// Takes a connection out of the audience `desk`. Whether it was in it.
    pub fn leave_desk(
        &self,
        key: &types::DeskId,
        id: ::parlance_socketio::typed::SocketId,
    ) -> bool {
        self.hub.leave(id, &Self::desk_room(key))
    }
    fn desk_room(key: &types::DeskId) -> ::parlance_socketio::typed::Room {
        ::parlance_socketio::typed::Room::new(::std::format!("desk/{key}"))
    }
    /// Everybody in the lobby.
    ///
    /// Declared at tests/features.yaml:24:3.
    pub fn lobby(&self) -> ToLobby<'_> {
        ToLobby(self.hub.to(&Self::lobby_room()))
    }
    /// Puts a connection into the audience `lobby`. Whether that is new.
    pub fn join_lobby(&self, id: ::parlance_socketio::typed::SocketId) -> bool {
        self.hub.join(id, &Self::lobby_room())
    }
    /// Takes a connection out of the audience `lobby`. Whether it was in it.
    pub fn leave_lobby(&self, id: ::parlance_socketio::typed::SocketId) -> bool {
        self.hub.leave(id, &Self::lobby_room())
    }
    fn lobby_room() -> ::parlance_socketio::typed::Room {
        ::parlance_socketio::typed::Room::new("lobby")
    }
    /// Everyone.
    pub fn everyone(&self) -> ToEveryone<'_> {
        ToEveryone(self.hub.everyone("/"))
    }
    /// Everyone of the role `power-user`.
    pub fn role_power_user(&self) -> ToRolePowerUser<'_> {
        ToRolePowerUser(
            self.hub.to(&::parlance_socketio::typed::Room::new("@role/power-user")),
        )
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
    /// Puts them into the audience `desk`; for how many that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> usize {
        self.0.join(&Emitter::desk_room(key))
    }
    /// Takes them out of the audience `desk`; how many were in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> usize {
        self.0.leave(&Emitter::desk_room(key))
    }
    /// Puts them into the audience `lobby`; for how many that is new.
    pub fn join_lobby(&self) -> usize {
        self.0.join(&Emitter::lobby_room())
    }
    /// Takes them out of the audience `lobby`; how many were in it.
    pub fn leave_lobby(&self) -> usize {
        self.0.leave(&Emitter::lobby_room())
    }
    /// Nothing to say.
    ///
    /// Sends `queued`; how many it was queued for. Declared at tests/features.yaml:107:7.
    pub fn queued(&self) -> usize {
        ::parlance_socketio::typed::send_bare(&self.0, &prefixes::QUEUED)
    }
    /// `typed`.
    ///
    /// Sends `typed`; how many it was queued for. Declared at tests/features.yaml:108:7.
    pub fn typed(&self, payload: &server_events::Typed) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::TYPED, payload)
    }
    /// `refused`.
    ///
    /// Sends `refused`; how many it was queued for. Declared at tests/features.yaml:127:7.
    pub fn refused(&self, payload: &server_events::Refused) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::REFUSED, payload)
    }
    /// `written`.
    ///
    /// Sends `written`; how many it was queued for. Declared at tests/features.yaml:146:7.
    pub fn written(&self, payload: &server_events::Written) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::WRITTEN, payload)
    }
    /// Where would you sit?
    ///
    /// Sends `which-desk` and waits for the answer, at most 5s. Declared at tests/features.yaml:165:7.
    ///
    /// # Errors
    ///
    /// When there is none in time, or none that can be used.
    pub async fn which_desk(
        &self,
        payload: &server_events::WhichDesk,
    ) -> ::core::result::Result<types::DeskId, ::parlance_socketio::typed::AskError> {
        const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(
            5000u64,
        );
        let expected = ::parlance_socketio::typed::OneOf::<types::DeskId> {
            shape: &shapes::ANSWER__WHICH_DESK,
            is_valid: |value| ::parlance_socketio::typed::Validate::is_valid(value),
        };
        ::parlance_socketio::typed::ask(
                &self.0,
                &prefixes::WHICH_DESK,
                ::core::option::Option::Some(payload),
                WITHIN,
                &expected,
            )
            .await
    }
}
/// The audience `desk`.
#[derive(Clone, Debug)]
pub struct ToDesk<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToDesk<'a> {
    /// And those of another key of the audience `desk`; who is of both receives an event once.
    #[must_use]
    pub fn and(self, key: &types::DeskId) -> Self {
        Self(self.0.and(&Emitter::desk_room(key)))
    }
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `desk`.
    #[must_use]
    pub fn except_desk(self, key: &types::DeskId) -> Self {
        Self(self.0.except_room(&Emitter::desk_room(key)))
    }
    /// All of them but the audience `lobby`.
    #[must_use]
    pub fn except_lobby(self) -> Self {
        Self(self.0.except_room(&Emitter::lobby_room()))
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
    /// Puts them into the audience `desk`; for how many that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> usize {
        self.0.join(&Emitter::desk_room(key))
    }
    /// Takes them out of the audience `desk`; how many were in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> usize {
        self.0.leave(&Emitter::desk_room(key))
    }
    /// Puts them into the audience `lobby`; for how many that is new.
    pub fn join_lobby(&self) -> usize {
        self.0.join(&Emitter::lobby_room())
    }
    /// Takes them out of the audience `lobby`; how many were in it.
    pub fn leave_lobby(&self) -> usize {
        self.0.leave(&Emitter::lobby_room())
    }
    /// `moved`.
    ///
    /// Sends `moved`; how many it was queued for. Declared at tests/features.yaml:112:7.
    pub fn moved(&self, payload: &server_events::Moved) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::MOVED, payload)
    }
    /// `nod`.
    ///
    /// Sends `nod` and waits until each has answered, at most 10s. Declared at tests/features.yaml:175:7.
    ///
    /// # Errors
    ///
    /// When the payload does not serialise.
    pub async fn nod(
        &self,
        payload: &server_events::Nod,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Answers<server_events::NodReturned>,
        ::parlance_socketio::typed::AskError,
    > {
        const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(
            10000u64,
        );
        let expected = ::parlance_socketio::typed::OneOf::<server_events::NodReturned> {
            shape: &shapes::ANSWER__NOD,
            is_valid: |_| true,
        };
        ::parlance_socketio::typed::ask_all(
                &self.0,
                &prefixes::NOD,
                ::core::option::Option::Some(payload),
                WITHIN,
                &expected,
            )
            .await
    }
}
/// The audience `lobby`.
#[derive(Clone, Debug)]
pub struct ToLobby<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToLobby<'a> {
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `desk`.
    #[must_use]
    pub fn except_desk(self, key: &types::DeskId) -> Self {
        Self(self.0.except_room(&Emitter::desk_room(key)))
    }
    /// All of them but the audience `lobby`.
    #[must_use]
    pub fn except_lobby(self) -> Self {
        Self(self.0.except_room(&Emitter::lobby_room()))
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
    /// Puts them into the audience `desk`; for how many that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> usize {
        self.0.join(&Emitter::desk_room(key))
    }
    /// Takes them out of the audience `desk`; how many were in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> usize {
        self.0.leave(&Emitter::desk_room(key))
    }
    /// Puts them into the audience `lobby`; for how many that is new.
    pub fn join_lobby(&self) -> usize {
        self.0.join(&Emitter::lobby_room())
    }
    /// Takes them out of the audience `lobby`; how many were in it.
    pub fn leave_lobby(&self) -> usize {
        self.0.leave(&Emitter::lobby_room())
    }
    /// `noticed`.
    ///
    /// Sends `noticed`; how many it was queued for. Declared at tests/features.yaml:115:7.
    pub fn noticed(&self, payload: &server_events::Noticed) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::NOTICED, payload)
    }
    /// Nobody waits for it.
    ///
    /// Sends `blink`, which is dropped for whoever cannot take it at once; how many are meant. Declared at tests/features.yaml:176:7.
    pub fn blink(&self, payload: &server_events::Blink) -> usize {
        ::parlance_socketio::typed::send_volatile(
            &self.0,
            &prefixes::BLINK,
            ::core::option::Option::Some(payload),
        )
    }
}
/// Everyone.
#[derive(Clone, Debug)]
pub struct ToEveryone<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToEveryone<'a> {
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `desk`.
    #[must_use]
    pub fn except_desk(self, key: &types::DeskId) -> Self {
        Self(self.0.except_room(&Emitter::desk_room(key)))
    }
    /// All of them but the audience `lobby`.
    #[must_use]
    pub fn except_lobby(self) -> Self {
        Self(self.0.except_room(&Emitter::lobby_room()))
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
    /// Puts them into the audience `desk`; for how many that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> usize {
        self.0.join(&Emitter::desk_room(key))
    }
    /// Takes them out of the audience `desk`; how many were in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> usize {
        self.0.leave(&Emitter::desk_room(key))
    }
    /// Puts them into the audience `lobby`; for how many that is new.
    pub fn join_lobby(&self) -> usize {
        self.0.join(&Emitter::lobby_room())
    }
    /// Takes them out of the audience `lobby`; how many were in it.
    pub fn leave_lobby(&self) -> usize {
        self.0.leave(&Emitter::lobby_room())
    }
    /// `alarm`.
    ///
    /// Sends `alarm`; how many it was queued for. Declared at tests/features.yaml:118:7.
    pub fn alarm(&self, payload: &server_events::Alarm) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::ALARM, payload)
    }
    /// `only`.
    ///
    /// Sends `only`; how many it was queued for. Declared at tests/features.yaml:145:7.
    pub fn only_(&self) -> usize {
        ::parlance_socketio::typed::send_bare(&self.0, &prefixes::ONLY)
    }
    /// `raise-hands`.
    ///
    /// Sends `raise-hands` and waits until each has answered, at most 1.5s. Declared at tests/features.yaml:171:7.
    ///
    /// # Errors
    ///
    /// When the payload does not serialise.
    pub async fn raise_hands(
        &self,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Answers<server_events::RaiseHandsReturned>,
        ::parlance_socketio::typed::AskError,
    > {
        const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(
            1500u64,
        );
        let expected = ::parlance_socketio::typed::OneOf::<
            server_events::RaiseHandsReturned,
        > {
            shape: &shapes::ANSWER__RAISE_HANDS,
            is_valid: |value| ::parlance_socketio::typed::Validate::is_valid(value),
        };
        ::parlance_socketio::typed::ask_all(
                &self.0,
                &prefixes::RAISE_HANDS,
                ::core::option::Option::<&()>::None,
                WITHIN,
                &expected,
            )
            .await
    }
}
/// Everyone of the role `power-user`.
#[derive(Clone, Debug)]
pub struct ToRolePowerUser<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToRolePowerUser<'a> {
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `desk`.
    #[must_use]
    pub fn except_desk(self, key: &types::DeskId) -> Self {
        Self(self.0.except_room(&Emitter::desk_room(key)))
    }
    /// All of them but the audience `lobby`.
    #[must_use]
    pub fn except_lobby(self) -> Self {
        Self(self.0.except_room(&Emitter::lobby_room()))
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
    /// Puts them into the audience `desk`; for how many that is new.
    pub fn join_desk(&self, key: &types::DeskId) -> usize {
        self.0.join(&Emitter::desk_room(key))
    }
    /// Takes them out of the audience `desk`; how many were in it.
    pub fn leave_desk(&self, key: &types::DeskId) -> usize {
        self.0.leave(&Emitter::desk_room(key))
    }
    /// Puts them into the audience `lobby`; for how many that is new.
    pub fn join_lobby(&self) -> usize {
        self.0.join(&Emitter::lobby_room())
    }
    /// Takes them out of the audience `lobby`; how many were in it.
    pub fn leave_lobby(&self) -> usize {
        self.0.leave(&Emitter::lobby_room())
    }
    /// `hint`.
    ///
    /// Sends `hint`; how many it was queued for. Declared at tests/features.yaml:121:7.
    pub fn hint(&self, payload: &server_events::Hint) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::HINT, payload)
    }
}
/// An application behind the document: hand it to `parlance_socketio::server::Server`.
#[derive(Debug)]
pub struct Protocol<A> {
    app: ::std::sync::Arc<A>,
    emitter: Emitter,
    once: ::parlance_socketio::typed::Memory,
}
impl<
    A: Application + FirstHandlers + SecondGroupHandlers + QuestionsHandlers,
> Protocol<A> {
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
    async fn handle_sit(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<client_events::Sit>(&shapes::SIT, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(FirstHandlers::sit(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let (reply, entered) = reply;
        *socket
            .data()
            .at_desk
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner) = ::core::option::Option::Some(
            ::std::sync::Arc::new(entered),
        );
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_queue(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(()) = call.nothing("Invalid message format")
        else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(FirstHandlers::queue(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        let (reply, entered) = reply;
        *socket
            .data()
            .in_line
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner) = ::core::option::Option::Some(
            ::std::sync::Arc::new(entered),
        );
        let () = reply;
        call.reply_bare(&prefixes::QUEUED);
        after.run().await;
    }
    async fn handle_type(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let state = socket
            .data()
            .at_desk
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse("no-desk", "Sit down first", ::core::option::Option::None);
        };
        const LIMIT: ::parlance_socketio::typed::Limit = ::parlance_socketio::typed::Limit {
            bucket: 0usize,
            count: 5u32,
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
            .decode::<client_events::Type>(&shapes::TYPE, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = AtDesk {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(FirstHandlers::r#type(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.reply(&prefixes::TYPED, &reply);
        after.run().await;
    }
    async fn handle_whole(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        if socket.data().role != Role::PowerUser {
            return call
                .refuse("access-denied", "Access denied", ::core::option::Option::None);
        }
        let state = socket
            .data()
            .in_line
            .lock()
            .unwrap_or_else(::std::sync::PoisonError::into_inner)
            .clone();
        let ::core::option::Option::Some(state) = state else {
            return call
                .refuse("no-line", "Stand in line first", ::core::option::Option::None);
        };
        let decoded = call
            .decode::<client_events::Whole>(&shapes::WHOLE, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = PowerUserInLine {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
            state,
        };
        let ::core::option::Option::Some(reply) = call
            .run(FirstHandlers::whole(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_everything_optional(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        if socket.data().role != Role::PowerUser {
            return call
                .refuse("access-denied", "Access denied", ::core::option::Option::None);
        }
        let decoded = call
            .decode::<
                client_events::EverythingOptional,
            >(&shapes::EVERYTHING_OPTIONAL, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = PowerUser {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
        };
        let ::core::option::Option::Some(reply) = call
            .run(
                FirstHandlers::everything_optional(&*self.app, &cx, payload),
                "Internal error",
            )
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_order(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let user = Application::user_id(&*self.app, &socket.data().user);
        let ::core::option::Option::Some(call) = call
            .once(&self.once, &user, "ticket")
            .await else { return };
        if socket.data().role != Role::PowerUser {
            return call
                .refuse("access-denied", "Access denied", ::core::option::Option::None);
        }
        const LIMIT: ::parlance_socketio::typed::Limit = ::parlance_socketio::typed::Limit {
            bucket: 1usize,
            count: 5u32,
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
            .decode::<client_events::Order>(&shapes::ORDER, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = PowerUser {
            connected: Connected {
                socket,
                emitter: &self.emitter,
                after: &after,
            },
        };
        let ::core::option::Option::Some(reply) = call
            .run(SecondGroupHandlers::order(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_result(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(()) = call.nothing("Invalid message format")
        else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(SecondGroupHandlers::result(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_close(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(()) = call.nothing("Invalid message format")
        else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(SecondGroupHandlers::close(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_new(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(()) = call.nothing("Invalid message format")
        else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(SecondGroupHandlers::new(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_survey(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<client_events::Survey>(&shapes::SURVEY, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(QuestionsHandlers::survey(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
}
impl<
    A: Application + FirstHandlers + SecondGroupHandlers + QuestionsHandlers,
> ::parlance_socketio::typed::Service for Protocol<A> {
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
            at_desk: ::core::default::Default::default(),
            in_line: ::core::default::Default::default(),
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
        if socket.data().role == Role::PowerUser {
            socket.join(&::parlance_socketio::typed::Room::new("@role/power-user"));
        }
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
            "sit" => ::std::boxed::Box::pin(self.handle_sit(socket, &event)).await,
            "queue" => ::std::boxed::Box::pin(self.handle_queue(socket, &event)).await,
            "type" => ::std::boxed::Box::pin(self.handle_type(socket, &event)).await,
            "whole" => ::std::boxed::Box::pin(self.handle_whole(socket, &event)).await,
            "everything-optional" => {
                ::std::boxed::Box::pin(self.handle_everything_optional(socket, &event))
                    .await
            }
            "order" => ::std::boxed::Box::pin(self.handle_order(socket, &event)).await,
            "Result" => ::std::boxed::Box::pin(self.handle_result(socket, &event)).await,
            "close" => ::std::boxed::Box::pin(self.handle_close(socket, &event)).await,
            "new" => ::std::boxed::Box::pin(self.handle_new(socket, &event)).await,
            "survey" => ::std::boxed::Box::pin(self.handle_survey(socket, &event)).await,
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
