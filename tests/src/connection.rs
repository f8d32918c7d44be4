//! One raw Engine.IO connection over WebSocket: a task reads, answers heartbeats, and hands on what it saw.

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::failure::Trouble;
use crate::http::authority;
use crate::transcript::Transcript;
use crate::wire::{self, Packet};

/// What a connection may receive before the judge looks at it; beyond it the server is held back.
const MAX_UNREAD: usize = 4096;

/// What came over a connection.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A Socket.IO packet.
    Packet(Packet),
    /// Something that is none; the sentence says what.
    Garbage(String),
    /// Nothing more will come; the sentence says why.
    Closed(String),
}

/// One connection.
pub(crate) struct Connection {
    name: String,
    namespace: String,
    deadline: Instant,
    transcript: Transcript,
    outgoing: mpsc::Sender<Message>,
    incoming: mpsc::Receiver<Incoming>,
    closed: Option<String>,
}

impl Connection {
    /// Opens a connection and reads the handshake; no namespace is joined yet.
    pub(crate) async fn open(
        url: &str,
        name: &str,
        namespace: &str,
        transcript: &Transcript,
        deadline: Instant,
    ) -> Result<Connection, Trouble> {
        let expected = format!("a WebSocket connection to {url}");
        let opening = async {
            let (host, base) = authority(url)?;
            let stream = TcpStream::connect(&host).await.map_err(|error| error.to_string())?;
            // A judge that waits for acknowledgements must not be held back by Nagle's algorithm.
            stream.set_nodelay(true).map_err(|error| error.to_string())?;
            let request = format!("ws://{host}{base}/socket.io/?EIO=4&transport=websocket");
            let (mut socket, _) =
                tokio_tungstenite::client_async(request, stream).await.map_err(|error| error.to_string())?;
            match socket.next().await {
                Some(Ok(Message::Text(text))) if is_handshake(&text) => Ok(socket),
                other => Err(format!("instead of the packet 0{{\"sid\":…}}: {other:?}")),
            }
        };
        let socket = match timeout_at(deadline, opening).await {
            Ok(socket) => socket.map_err(|problem| Trouble::new(expected, problem))?,
            Err(_) => return Err(Trouble::new(expected, "nothing until the deadline")),
        };
        let (outgoing, to_send) = mpsc::channel(MAX_UNREAD);
        let (seen, incoming) = mpsc::channel(MAX_UNREAD);
        let task = Reader {
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            transcript: transcript.clone(),
            attachments: None,
        };
        tokio::spawn(task.run(socket, to_send, seen));
        let (name, namespace, transcript) = (name.to_owned(), namespace.to_owned(), transcript.clone());
        Ok(Connection { name, namespace, deadline, transcript, outgoing, incoming, closed: None })
    }

    /// The namespace that the connection speaks in.
    pub(crate) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Sends a text frame as it is.
    pub(crate) async fn send(&self, text: String) -> Result<(), Trouble> {
        self.send_shown_as(text.clone(), &text).await
    }

    /// Sends a text frame of which the transcript may not show everything.
    pub(crate) async fn send_shown_as(&self, text: String, shown: &str) -> Result<(), Trouble> {
        self.transcript.note(&format!("{} → {shown}", self.name));
        self.send_frame(Message::text(text)).await
    }

    /// Sends an attachment.
    pub(crate) async fn send_attachment(&self, bytes: Vec<u8>) -> Result<(), Trouble> {
        self.transcript.note(&format!("{} → {} bytes", self.name, bytes.len()));
        self.send_frame(Message::binary(bytes)).await
    }

    async fn send_frame(&self, frame: Message) -> Result<(), Trouble> {
        let gone = || Trouble::new(format!("{} to be connected", self.name), "the connection is closed");
        let stuck = || Trouble::new("the server to read", "nothing was read until the deadline");
        timeout_at(self.deadline, self.outgoing.send(frame)).await.map_err(|_| stuck())?.map_err(|_| gone())
    }

    /// The next thing that comes; a failure at the deadline says what was waited for.
    pub(crate) async fn receive(&mut self, awaited: impl FnOnce() -> String) -> Result<Incoming, Trouble> {
        if let Some(reason) = &self.closed {
            return Ok(Incoming::Closed(reason.clone()));
        }
        match timeout_at(self.deadline, self.incoming.recv()).await {
            Ok(Some(Incoming::Closed(reason))) => {
                self.closed = Some(reason.clone());
                Ok(Incoming::Closed(reason))
            }
            Ok(Some(incoming)) => Ok(incoming),
            Ok(None) => Ok(Incoming::Closed("the connection is closed".to_owned())),
            Err(_) => {
                Err(Trouble::new(awaited(), format!("nothing more for {} until the deadline", self.name)))
            }
        }
    }

    /// Closes the connection and waits until the server has, too.
    pub(crate) async fn close(mut self) -> Result<(), Trouble> {
        // A connection that the server has closed already is closed.
        _ = self.send_frame(Message::Close(None)).await;
        loop {
            let awaited = || "the server to close its side of the connection".to_owned();
            if let Incoming::Closed(_) = self.receive(awaited).await? {
                return Ok(());
            }
        }
    }
}

fn is_handshake(text: &str) -> bool {
    let value = text.strip_prefix('0').and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok());
    value.is_some_and(|open| open.get("sid").is_some_and(|sid| sid.is_string()))
}

struct Reader {
    name: String,
    namespace: String,
    transcript: Transcript,
    /// A packet whose attachments have not all come.
    attachments: Option<(Packet, usize)>,
}

impl Reader {
    async fn run(
        mut self,
        mut socket: WebSocketStream<TcpStream>,
        mut to_send: mpsc::Receiver<Message>,
        seen: mpsc::Sender<Incoming>,
    ) {
        let reason = loop {
            tokio::select! {
                frame = to_send.recv() => {
                    let Some(frame) = frame else { return };
                    if let Err(error) = socket.send(frame).await {
                        break format!("the connection is closed: {error}");
                    }
                }
                frame = socket.next() => {
                    let incoming = match frame {
                        Some(Ok(Message::Text(text))) if text.as_str() == "2" => {
                            if let Err(error) = socket.send(Message::text("3")).await {
                                break format!("the connection is closed: {error}");
                            }
                            continue;
                        }
                        Some(Ok(Message::Text(text))) => {
                            self.transcript.note(&format!("{} ← {text}", self.name));
                            if text.as_str() == "1" {
                                break "the server closed the connection".to_owned();
                            }
                            self.text(&text)
                        }
                        Some(Ok(Message::Binary(bytes))) => {
                            self.transcript.note(&format!("{} ← {} bytes", self.name, bytes.len()));
                            self.attachment()
                        }
                        Some(Ok(Message::Close(_))) | None => break "the server closed the connection".to_owned(),
                        Some(Ok(_)) => None,
                        Some(Err(error)) => break format!("the connection broke: {error}"),
                    };
                    if let Some(incoming) = incoming && seen.send(incoming).await.is_err() {
                        return;
                    }
                }
            }
        };
        self.transcript.note(&format!("{}: {reason}", self.name));
        // Nobody listens any more when the case has ended.
        _ = seen.send(Incoming::Closed(reason)).await;
    }

    fn text(&mut self, text: &str) -> Option<Incoming> {
        match text.split_at_checked(1) {
            Some(("4", packet)) => match wire::read(packet, &self.namespace) {
                Ok(Packet::Event { name, id, arguments, attachments }) if attachments > 0 => {
                    let event = Packet::Event { name, id, arguments, attachments };
                    self.attachments = Some((event, attachments));
                    None
                }
                Ok(Packet::Ack { id, arguments, attachments }) if attachments > 0 => {
                    self.attachments = Some((Packet::Ack { id, arguments, attachments }, attachments));
                    None
                }
                Ok(packet) if self.attachments.is_none() => Some(Incoming::Packet(packet)),
                Ok(_) => Some(Incoming::Garbage("a packet where attachments were due".to_owned())),
                Err(problem) => Some(Incoming::Garbage(format!("{problem}: {text}"))),
            },
            Some(("6", _)) => None,
            _ => Some(Incoming::Garbage(format!("no packet of a server: {text:?}"))),
        }
    }

    fn attachment(&mut self) -> Option<Incoming> {
        match self.attachments.take() {
            None => Some(Incoming::Garbage("an attachment of no packet".to_owned())),
            Some((packet, 1)) => Some(Incoming::Packet(packet)),
            Some((packet, due)) => {
                self.attachments = Some((packet, due - 1));
                None
            }
        }
    }
}
