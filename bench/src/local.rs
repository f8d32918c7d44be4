//! A server and its clients on one thread of this process, over loopback, and the sockets that the server has of them.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use parlance_socketio::packet::Event;
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Server, Service, Socket,
};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::client::Client;
use crate::handlers::{Micro, Served};
use crate::protocol::Emitter;

/// Longer than any bench runs.
const LONG: Duration = Duration::from_secs(3600);

/// What waits for a client that is not read from, while nothing is written.
const QUEUED: usize = 1 << 28;

/// The service, and who tells of the sockets that it has.
#[derive(Clone)]
pub struct Shared {
    served: Arc<Served>,
    joined: UnboundedSender<Socket<<Served as Service>::Data>>,
}

impl Service for Shared {
    type Data = <Served as Service>::Data;

    async fn connect(&self, handshake: Handshake<'_>) -> Result<Self::Data, ConnectError> {
        self.served.connect(handshake).await
    }

    async fn connected(&self, socket: &Socket<Self::Data>) {
        self.served.connected(socket).await;
        // Whoever made the server waits for it, or is gone with it.
        let _ = self.joined.send(socket.clone());
    }

    async fn event(&self, socket: &Socket<Self::Data>, event: Event) {
        self.served.event(socket, event).await;
    }

    async fn disconnected(&self, socket: &Socket<Self::Data>, reason: DisconnectReason) {
        self.served.disconnected(socket, reason).await;
    }
}

/// A server with clients. It does nothing but when it is told to [`Local::run`] something: what is sent in between is queued.
pub struct Local {
    runtime: Runtime,
    /// What the server does.
    pub service: Shared,
    /// Where it sends from.
    pub hub: Hub,
    /// Its sockets.
    pub sockets: Vec<Socket<<Served as Service>::Data>>,
    /// Their clients, in the same order.
    pub clients: Vec<Client>,
}

impl Local {
    /// With so many clients.
    ///
    /// # Errors
    /// When there are no ports or file descriptors left; each client takes two of these.
    pub fn start(clients: usize) -> io::Result<Self> {
        has_room(2 * clients + 16)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let hub = Hub::new();
        let (joined, mut joining) = unbounded_channel();
        let served = Arc::new(Served::new(Arc::new(Micro), Emitter::new(hub.clone())));
        let service = Shared { served, joined };
        let config = Config {
            ping_interval: LONG,
            max_queued_messages: QUEUED,
            max_queued_bytes: QUEUED,
            ..Config::default()
        };
        let server = Server::try_new(service.clone(), hub.clone(), config).map_err(io::Error::other)?;
        let (sockets, clients) = runtime.block_on(async {
            let listener = Server::<Shared>::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
            let address = listener.local_addr()?;
            // Ends with the runtime.
            tokio::spawn(server.serve(listener, std::future::pending()));
            join(address, clients, &mut joining).await
        })?;
        Ok(Self { runtime, service, hub, sockets, clients })
    }

    /// Lets the server work until something has happened to the clients.
    pub fn run<'a, T, F: Future<Output = T> + 'a>(
        &'a mut self,
        what: impl FnOnce(&'a mut [Client]) -> F,
    ) -> T {
        self.runtime.block_on(what(&mut self.clients))
    }

    /// Lets the server work until each client has been sent so many more frames.
    ///
    /// # Errors
    /// When a connection has failed.
    pub fn receive(&mut self, frames: usize) -> io::Result<()> {
        self.runtime.block_on(async {
            for client in &mut self.clients {
                for _ in 0..frames {
                    client.next().await?;
                }
            }
            Ok(())
        })
    }
}

/// Whether so many more file descriptors can be had: a server without any waits until there are some, and its clients with it.
fn has_room(descriptors: usize) -> io::Result<()> {
    let one = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let all: io::Result<Vec<_>> = (0..descriptors).map(|_| one.try_clone()).collect();
    all.map(drop).map_err(|error| {
        let why = format!(
            "{error}: {descriptors} file descriptors are needed; `ulimit -n` says how many there may be"
        );
        io::Error::new(error.kind(), why)
    })
}

type Joining = UnboundedReceiver<Socket<<Served as Service>::Data>>;

async fn join(
    address: SocketAddr,
    count: usize,
    joining: &mut Joining,
) -> io::Result<(Vec<Socket<<Served as Service>::Data>>, Vec<Client>)> {
    let (mut sockets, mut clients) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        clients.push(Client::connect(address).await?);
        sockets.push(joining.recv().await.ok_or(io::ErrorKind::BrokenPipe)?);
    }
    Ok((sockets, clients))
}

/// What a future gives that waits for nothing, as that of a handler which asks nobody.
pub fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use bytes::BytesMut;
    use parlance_socketio::engine::{Progress, Whole};
    use parlance_socketio::packet::{Message, Prefix};
    use parlance_socketio::server::Room;

    use super::*;
    use crate::{PLAIN, masked, of_length};

    #[test]
    fn everybody_in_a_room_is_sent_what_is_queued_while_nothing_runs() {
        let mut local = Local::start(3).unwrap();
        let room = Room::new("r");
        local.sockets.iter().skip(1).for_each(|socket| assert!(socket.join(&room)));
        let tell = |to: &Room, name| local.hub.to(to).send(&Message::bare_event(&Prefix::event("/", name)));
        assert_eq!(tell(&room, "first"), 2);
        assert_eq!(local.hub.everyone("/").send(&Message::bare_event(&Prefix::event("/", "second"))), 3);
        local.run(async |clients| {
            for (at, client) in clients.iter_mut().enumerate() {
                if at > 0 {
                    client.expect(br#"42["first"]"#).await.unwrap();
                }
                client.expect(br#"42["second"]"#).await.unwrap();
            }
        });
    }

    #[test]
    fn each_event_has_its_answer() {
        let mut local = Local::start(1).unwrap();
        local.run(async |clients| {
            for (packet, answer) in [
                (
                    r#"42["say",{"room":"r","seq":1,"text":"a"}]"#,
                    r#"42["said",{"room":"r","seq":1,"text":"a"}]"#,
                ),
                (r#"42["anything",[1,{"a":null}]]"#, r#"42["anything-back",[1,{"a":null}]]"#),
                (r#"427["ask",{"seq":7}]"#, "437[7]"),
                (r#"427["ask",{}]"#, r#"437[{"error":{"#),
            ] {
                let client = clients.first_mut().unwrap();
                client.send(&masked(packet)).await.unwrap();
                client.expect(answer.as_bytes()).await.unwrap();
            }
        });
    }

    #[test]
    fn frames_of_every_length_are_read_as_they_were_written() {
        for length in [0, 125, 126, 65_535, 65_536] {
            let text = of_length(PLAIN, length);
            let whole = Progress::default().next(&mut BytesMut::from(&*masked(&text)), 1 << 20);
            assert_eq!(whole, Ok(Whole::Text(text.into())));
        }
    }

    #[test]
    fn a_future_that_waits_gives_nothing_now() {
        assert_eq!((now(async { 1 }), now(std::future::pending::<u8>())), (Some(1), None));
    }
}
