#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod shapes {
    use ::parlance_socketio::typed::{Field, Fields, Shape};
    use ::core::option::Option::{None, Some};
    pub(super) static TYPE__WORD: Shape = Shape::String {
        least: 0u64,
        most: 20u64,
        pattern: None,
        date_time: false,
    };
    pub(super) static TYPE__ROOM_NAME: Shape = Shape::String {
        least: 0u64,
        most: 18446744073709551615u64,
        pattern: Some("^[a-z]{1,20}$"),
        date_time: false,
    };
    pub(super) static TYPE__FEW: Shape = Shape::Array {
        items: &Shape::String {
            least: 0u64,
            most: 18446744073709551615u64,
            pattern: None,
            date_time: false,
        },
        least: 0u64,
        most: 2u64,
    };
    pub(super) static NAMES: Shape = Shape::Named(&TYPE__FEW);
    pub(super) static SHOUT: Shape = Shape::Any;
    pub(super) static WHISPER: Shape = Shape::Nullable(
        &Shape::String {
            least: 0u64,
            most: 3u64,
            pattern: None,
            date_time: false,
        },
    );
    pub(super) static GATHER: Shape = Shape::Any;
    pub(super) static PICTURE: Shape = Shape::Struct(
        &Fields {
            fields: &[
                Field {
                    name: "large",
                    required: true,
                    shape: Shape::Binary,
                },
                Field {
                    name: "small",
                    required: false,
                    shape: Shape::Nullable(&Shape::Binary),
                },
                Field {
                    name: "tiles",
                    required: true,
                    shape: Shape::Array {
                        items: &Shape::Binary,
                        least: 0u64,
                        most: 2u64,
                    },
                },
            ],
            open: false,
        },
    );
    pub(super) static CALL: Shape = Shape::Named(&TYPE__WORD);
}
/// Who a connection belongs to.
#[derive(Clone, Debug)]
pub struct Identity<U> {
    /// The application's own idea of a user.
    pub user: U,
}
/// What is not in the document: who people are, and what the application keeps for them.
pub trait Application: ::core::marker::Send + ::core::marker::Sync + ::core::marker::Sized + 'static {
    /// A user.
    type User: ::core::marker::Send + ::core::marker::Sync + 'static;
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
/// everywhere: one method per client event.
///
/// Declared at tests/places.yaml:21:3.
pub trait EverywhereHandlers: Application {
    /// Join the crowd.
    ///
    /// Handles `come`.
    ///
    /// Declared at tests/places.yaml:23:7.
    fn come(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            i64,
            ::parlance_socketio::typed::Refused<errors::ComeError>,
        >,
    > + ::core::marker::Send;
    /// `names`.
    ///
    /// Handles `names`.
    ///
    /// Declared at tests/places.yaml:24:7.
    fn names(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Names,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            types::Few,
            ::parlance_socketio::typed::Refused<errors::NamesError>,
        >,
    > + ::core::marker::Send;
    /// `shout`.
    ///
    /// Handles `shout`.
    ///
    /// Leads to `shouted`.
    ///
    /// Declared at tests/places.yaml:25:7.
    fn shout(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Shout,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::ShoutError>,
        >,
    > + ::core::marker::Send;
    /// `whisper`.
    ///
    /// Handles `whisper`.
    ///
    /// Declared at tests/places.yaml:26:7.
    fn whisper(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Whisper,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            client_events::WhisperReturned,
            ::parlance_socketio::typed::Refused<errors::WhisperError>,
        >,
    > + ::core::marker::Send;
    /// `whoami`.
    ///
    /// Handles `whoami`.
    ///
    /// Declared at tests/places.yaml:29:7.
    fn whoami(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            server_events::You,
            ::parlance_socketio::typed::Refused<errors::WhoamiError>,
        >,
    > + ::core::marker::Send;
    /// Ask the crowd.
    ///
    /// Handles `gather`.
    ///
    /// Leads to `pulse`.
    ///
    /// Declared at tests/places.yaml:30:7.
    fn gather(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Gather,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ::parlance_socketio::typed::private::serde_json::Value,
            ::parlance_socketio::typed::Refused<errors::GatherError>,
        >,
    > + ::core::marker::Send;
    /// `picture`.
    ///
    /// Handles `picture`.
    ///
    /// Leads to `pictured`.
    ///
    /// Declared at tests/places.yaml:31:7.
    fn picture(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Picture,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ::parlance_socketio::typed::Binary,
            ::parlance_socketio::typed::Refused<errors::PictureError>,
        >,
    > + ::core::marker::Send;
}
/// main: one method per client event.
///
/// Declared at tests/places.yaml:43:3.
pub trait MainHandlers: Application {
    /// `pass`.
    ///
    /// Handles `pass`.
    ///
    /// Declared at tests/places.yaml:46:7.
    fn pass(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Pass,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ::parlance_socketio::typed::Args,
            ::parlance_socketio::typed::Refused<errors::PassError>,
        >,
    > + ::core::marker::Send;
    /// `spread`.
    ///
    /// Handles `spread`.
    ///
    /// Leads to `spread`.
    ///
    /// Declared at tests/places.yaml:47:7.
    fn spread(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Spread,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::SpreadError>,
        >,
    > + ::core::marker::Send;
}
/// quiet: one method per client event.
///
/// Declared at tests/places.yaml:50:3.
pub trait QuietHandlers: Application {
    /// `sleep`.
    ///
    /// Handles `sleep`.
    ///
    /// Declared at tests/places.yaml:53:7.
    fn sleep(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ::std::collections::BTreeMap<::std::string::String, bool>,
            ::parlance_socketio::typed::Refused<errors::SleepError>,
        >,
    > + ::core::marker::Send;
}
/// rooms: one method per client event.
///
/// Declared at tests/places.yaml:55:3.
pub trait RoomsHandlers: Application {
    /// `which-room`.
    ///
    /// Handles `which-room`.
    ///
    /// Declared at tests/places.yaml:58:7.
    fn which_room(
        &self,
        cx: &Connected<'_, Self>,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            ::core::option::Option<types::RoomName>,
            ::parlance_socketio::typed::Refused<errors::WhichRoomError>,
        >,
    > + ::core::marker::Send;
    /// `call`.
    ///
    /// Handles `call`.
    ///
    /// Leads to `called`.
    ///
    /// Declared at tests/places.yaml:59:7.
    fn call(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Call,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<
            (),
            ::parlance_socketio::typed::Refused<errors::CallError>,
        >,
    > + ::core::marker::Send;
}
/// What is kept with each connection.
pub struct Connection<A: Application> {
    user: A::User,
    limits: ::parlance_socketio::typed::Limits<1usize>,
}
impl<A: Application> Connection<A> {
    /// Who is connected.
    pub fn user(&self) -> &A::User {
        &self.user
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
    /// The public id of the connection.
    pub fn socket_id(&self) -> ::parlance_socketio::typed::SocketId {
        self.socket.id()
    }
    /// The namespace that it is in.
    pub fn namespace(&self) -> &'a str {
        self.socket.namespace()
    }
    /// The `RoomName` of the namespace that it is in, if that has one.
    pub fn room_name(&self) -> ::core::option::Option<types::RoomName> {
        let namespace = self.socket.namespace();
        let (before, behind) = match prefixes::which(namespace) {
            ::core::option::Option::Some(2usize) => ("/rooms-", ""),
            ::core::option::Option::Some(3usize) => ("/", ""),
            _ => return ::core::option::Option::None,
        };
        let key = ::parlance_socketio::typed::key_of(namespace, before, behind)?;
        types::RoomName::new(key).ok()
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
    /// Joins the audience `crowd`. Whether that is new.
    pub fn join_crowd(&self) -> bool {
        self.emitter.join_crowd(self.socket.id())
    }
    /// Leaves the audience `crowd`. Whether it was in it.
    pub fn leave_crowd(&self) -> bool {
        self.emitter.leave_crowd(self.socket.id())
    }
}
#[allow(dead_code)]
mod prefixes {
    use ::parlance_socketio::typed::{Keyed, Prefix, Prefixes};
    pub(super) static REFUSED: Prefixes = Prefixes {
        name: "refused",
        all: &[
            ("/", Prefix::literal("42[\"refused\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"refused\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static SHOUTED: Prefixes = Prefixes {
        name: "shouted",
        all: &[
            ("/", Prefix::literal("42[\"shouted\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"shouted\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static PICTURED: Prefixes = Prefixes {
        name: "pictured",
        all: &[
            ("/", Prefix::literal("42[\"pictured\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"pictured\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static BELL: Prefixes = Prefixes {
        name: "bell",
        all: &[
            ("/", Prefix::literal("42[\"bell\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"bell\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static ASKED: Prefixes = Prefixes {
        name: "asked",
        all: &[
            ("/", Prefix::literal("42[\"asked\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"asked\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static PULSE: Prefixes = Prefixes {
        name: "pulse",
        all: &[
            ("/", Prefix::literal("42[\"pulse\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"pulse\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static YOU: Prefixes = Prefixes {
        name: "you",
        all: &[
            ("/", Prefix::literal("42[\"you\"")),
            ("/quiet", Prefix::literal("42/quiet,[\"you\"")),
        ],
        keyed: ::core::option::Option::Some(Keyed {
            which,
            of: &[2usize, 3usize],
        }),
    };
    pub(super) static SPREAD: Prefixes = Prefixes {
        name: "spread",
        all: &[("/", Prefix::literal("42[\"spread\""))],
        keyed: ::core::option::Option::None,
    };
    pub(super) static CALLED: Prefixes = Prefixes {
        name: "called",
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
    /// Everybody who has come.
    ///
    /// Declared at tests/places.yaml:13:3.
    pub fn crowd(&self) -> ToCrowd<'_> {
        ToCrowd(self.hub.to(&Self::crowd_room()))
    }
    /// Puts a connection into the audience `crowd`. Whether that is new.
    pub fn join_crowd(&self, id: ::parlance_socketio::typed::SocketId) -> bool {
        self.hub.join(id, &Self::crowd_room())
    }
    /// Takes a connection out of the audience `crowd`. Whether it was in it.
    pub fn leave_crowd(&self, id: ::parlance_socketio::typed::SocketId) -> bool {
        self.hub.leave(id, &Self::crowd_room())
    }
    fn crowd_room() -> ::parlance_socketio::typed::Room {
        ::parlance_socketio::typed::Room::new("crowd")
    }
    /// Everyone.
    pub fn everyone(&self) -> ToEveryone<'_> {
        ToEveryone(self.hub.all())
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
    /// Puts them into the audience `crowd`; for how many that is new.
    pub fn join_crowd(&self) -> usize {
        self.0.join(&Emitter::crowd_room())
    }
    /// Takes them out of the audience `crowd`; how many were in it.
    pub fn leave_crowd(&self) -> usize {
        self.0.leave(&Emitter::crowd_room())
    }
    /// `refused`.
    ///
    /// Sends `refused`; how many it was queued for. Declared at tests/places.yaml:36:7.
    pub fn refused(&self, payload: &server_events::Refused) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::REFUSED, payload)
    }
    /// `you`.
    ///
    /// Sends `you`; how many it was queued for. Declared at tests/places.yaml:42:7.
    pub fn you(&self, payload: &server_events::You) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::YOU, payload)
    }
}
/// The audience `crowd`.
#[derive(Clone, Debug)]
pub struct ToCrowd<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToCrowd<'a> {
    /// Those of them in this namespace.
    #[must_use]
    pub fn of(self, namespace: &'a str) -> Self {
        Self(self.0.of(namespace))
    }
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `crowd`.
    #[must_use]
    pub fn except_crowd(self) -> Self {
        Self(self.0.except_room(&Emitter::crowd_room()))
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
    /// Puts them into the audience `crowd`; for how many that is new.
    pub fn join_crowd(&self) -> usize {
        self.0.join(&Emitter::crowd_room())
    }
    /// Takes them out of the audience `crowd`; how many were in it.
    pub fn leave_crowd(&self) -> usize {
        self.0.leave(&Emitter::crowd_room())
    }
    /// `shouted`.
    ///
    /// Sends `shouted`; how many it was queued for. Declared at tests/places.yaml:37:7.
    pub fn shouted(&self, payload: &server_events::Shouted) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::SHOUTED, payload)
    }
    /// `pictured`.
    ///
    /// Sends `pictured`; how many it was queued for. Declared at tests/places.yaml:38:7.
    pub fn pictured(&self, payload: &server_events::Pictured) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::PICTURED, payload)
    }
    /// `asked`.
    ///
    /// Sends `asked` and waits until each has answered, at most 5s. Declared at tests/places.yaml:40:7.
    ///
    /// # Errors
    ///
    /// When the payload does not serialise.
    pub async fn asked(
        &self,
        payload: &server_events::Asked,
    ) -> ::core::result::Result<
        ::parlance_socketio::typed::Answers<::parlance_socketio::typed::Args>,
        ::parlance_socketio::typed::AskError,
    > {
        const WITHIN: ::core::time::Duration = ::core::time::Duration::from_millis(
            5000u64,
        );
        let expected = ::parlance_socketio::typed::AnyArgs;
        ::parlance_socketio::typed::ask_all(
                &self.0,
                &prefixes::ASKED,
                payload,
                WITHIN,
                &expected,
            )
            .await
    }
}
/// Everyone.
#[derive(Clone, Debug)]
pub struct ToEveryone<'a>(::parlance_socketio::typed::Target<'a>);
impl<'a> ToEveryone<'a> {
    /// Those of them in this namespace.
    #[must_use]
    pub fn of(self, namespace: &'a str) -> Self {
        Self(self.0.of(namespace))
    }
    /// All of them but this connection.
    #[must_use]
    pub fn except(self, id: ::parlance_socketio::typed::SocketId) -> Self {
        Self(self.0.except(id))
    }
    /// All of them but the audience `crowd`.
    #[must_use]
    pub fn except_crowd(self) -> Self {
        Self(self.0.except_room(&Emitter::crowd_room()))
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
    /// Puts them into the audience `crowd`; for how many that is new.
    pub fn join_crowd(&self) -> usize {
        self.0.join(&Emitter::crowd_room())
    }
    /// Takes them out of the audience `crowd`; how many were in it.
    pub fn leave_crowd(&self) -> usize {
        self.0.leave(&Emitter::crowd_room())
    }
    /// `bell`.
    ///
    /// Sends `bell`; how many it was queued for. Declared at tests/places.yaml:39:7.
    pub fn bell(&self) -> usize {
        ::parlance_socketio::typed::send_bare(&self.0, &prefixes::BELL)
    }
    /// `pulse`.
    ///
    /// Sends `pulse`, which is dropped for whoever cannot take it at once; how many are meant. Declared at tests/places.yaml:41:7.
    pub fn pulse(&self) -> usize {
        ::parlance_socketio::typed::send_volatile(
            &self.0,
            &prefixes::PULSE,
            ::core::option::Option::<&()>::None,
        )
    }
    /// `spread`.
    ///
    /// Sends `spread`; how many it was queued for. Declared at tests/places.yaml:49:7.
    pub fn spread(&self, payload: &server_events::Spread) -> usize {
        ::parlance_socketio::typed::send_args(&self.0, &prefixes::SPREAD, payload)
    }
    /// `called`.
    ///
    /// Sends `called`; how many it was queued for. Declared at tests/places.yaml:61:7.
    pub fn called(&self, payload: &server_events::Called) -> usize {
        ::parlance_socketio::typed::send(&self.0, &prefixes::CALLED, payload)
    }
}
/// An application behind the document: hand it to `parlance_socketio::server::Server`.
#[derive(Debug)]
pub struct Protocol<A> {
    app: ::std::sync::Arc<A>,
    emitter: Emitter,
}
impl<
    A: Application + EverywhereHandlers + MainHandlers + QuietHandlers + RoomsHandlers,
> Protocol<A> {
    /// Of an application and the emitter it sends with.
    pub fn new(app: ::std::sync::Arc<A>, emitter: Emitter) -> Self {
        Self { app, emitter }
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
    async fn handle_come(
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
            .run(EverywhereHandlers::come(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_names(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode_if::<
                client_events::Names,
            >(
                &shapes::NAMES,
                "Invalid message format",
                |payload| ::parlance_socketio::typed::items(
                    payload,
                    0u64,
                    2u64,
                    |_| true,
                ),
            );
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(EverywhereHandlers::names(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_shout(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        const LIMIT: ::parlance_socketio::typed::Limit = ::parlance_socketio::typed::Limit {
            bucket: 0usize,
            count: 100u32,
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
            .decode::<client_events::Shout>(&shapes::SHOUT, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(EverywhereHandlers::shout(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_whisper(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode_if::<
                client_events::Whisper,
            >(
                &shapes::WHISPER,
                "Invalid message format",
                |payload| ::core::option::Option::is_none_or(
                    ::core::option::Option::as_ref(payload),
                    |value| ::parlance_socketio::typed::is_length(value, 0u64, 3u64),
                ),
            );
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(EverywhereHandlers::whisper(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_whoami(
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
            .run(EverywhereHandlers::whoami(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        call.reply(&prefixes::YOU, &reply);
        after.run().await;
    }
    async fn handle_gather(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<client_events::Gather>(&shapes::GATHER, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(EverywhereHandlers::gather(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_picture(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<
                client_events::Picture,
            >(&shapes::PICTURE, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(EverywhereHandlers::picture(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_pass(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(payload) = call.args() else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(MainHandlers::pass(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        call.returns_args(&reply);
        after.run().await;
    }
    async fn handle_spread(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let ::core::option::Option::Some(payload) = call.args() else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(MainHandlers::spread(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
    async fn handle_sleep(
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
            .run(QuietHandlers::sleep(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_which_room(
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
            .run(RoomsHandlers::which_room(&*self.app, &cx), "Internal error")
            .await else {
            return;
        };
        call.returns(&reply);
        after.run().await;
    }
    async fn handle_call(
        &self,
        socket: &::parlance_socketio::typed::Socket<Connection<A>>,
        event: &::parlance_socketio::typed::Event,
    ) {
        let call = Self::call(socket, event);
        let decoded = call
            .decode::<client_events::Call>(&shapes::CALL, "Invalid message format");
        let ::core::option::Option::Some(payload) = decoded else { return };
        let after = ::parlance_socketio::typed::After::default();
        let cx = Connected {
            socket,
            emitter: &self.emitter,
            after: &after,
        };
        let ::core::option::Option::Some(reply) = call
            .run(RoomsHandlers::call(&*self.app, &cx, payload), "Internal error")
            .await else {
            return;
        };
        let () = reply;
        call.done();
        after.run().await;
    }
}
impl<
    A: Application + EverywhereHandlers + MainHandlers + QuietHandlers + RoomsHandlers,
> ::parlance_socketio::typed::Service for Protocol<A> {
    type Data = Connection<A>;
    fn serves(&self, namespace: &str) -> bool {
        prefixes::which(namespace)
            .is_some_and(|which| [0usize, 1usize, 2usize, 3usize].contains(&which))
    }
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
            limits: ::core::default::Default::default(),
        })
    }
    fn may_restore(&self, before: &Connection<A>, now: &Connection<A>) -> bool {
        Application::may_return(&*self.app, &before.user, &now.user)
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
            "come" => ::std::boxed::Box::pin(self.handle_come(socket, &event)).await,
            "names" => ::std::boxed::Box::pin(self.handle_names(socket, &event)).await,
            "shout" => ::std::boxed::Box::pin(self.handle_shout(socket, &event)).await,
            "whisper" => {
                ::std::boxed::Box::pin(self.handle_whisper(socket, &event)).await
            }
            "whoami" => ::std::boxed::Box::pin(self.handle_whoami(socket, &event)).await,
            "gather" => ::std::boxed::Box::pin(self.handle_gather(socket, &event)).await,
            "picture" => {
                ::std::boxed::Box::pin(self.handle_picture(socket, &event)).await
            }
            "pass" if prefixes::which(socket.namespace())
                .is_some_and(|which| [0usize].contains(&which)) => {
                ::std::boxed::Box::pin(self.handle_pass(socket, &event)).await
            }
            "spread" if prefixes::which(socket.namespace())
                .is_some_and(|which| [0usize].contains(&which)) => {
                ::std::boxed::Box::pin(self.handle_spread(socket, &event)).await
            }
            "sleep" if prefixes::which(socket.namespace())
                .is_some_and(|which| [1usize].contains(&which)) => {
                ::std::boxed::Box::pin(self.handle_sleep(socket, &event)).await
            }
            "which-room" if prefixes::which(socket.namespace())
                .is_some_and(|which| [2usize, 3usize].contains(&which)) => {
                ::std::boxed::Box::pin(self.handle_which_room(socket, &event)).await
            }
            "call" if prefixes::which(socket.namespace())
                .is_some_and(|which| [2usize, 3usize].contains(&which)) => {
                ::std::boxed::Box::pin(self.handle_call(socket, &event)).await
            }
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
