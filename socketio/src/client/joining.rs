//! Joining the namespace: CONNECT, and the server's answer.

use std::collections::VecDeque;

use serde::Deserialize;
use serde_json::Value;
use tokio::time::timeout;

use super::error::ConnectError;
use super::inbox::parse;
use super::link::{Link, Received};
use super::session::Session;
use crate::packet::{PacketType, Text};

/// What a packet takes besides its bytes, when it waits.
const OVERHEAD: usize = 64;

/// A connection that has joined.
pub(crate) struct Joined {
    pub(crate) link: Link,
    pub(crate) recovered: bool,
    /// Its number.
    pub(crate) connection: u64,
    /// What came before the answer.
    pub(crate) early: VecDeque<Received>,
}

impl Session {
    /// Connects and joins, within the time for it.
    pub(crate) async fn join(&self) -> Result<Joined, ConnectError> {
        let after = self.config.connect_timeout;
        let late = |_| Err(ConnectError::Timeout { url: self.endpoint.url(), after });
        timeout(after, self.try_join()).await.unwrap_or_else(late)
    }

    async fn try_join(&self) -> Result<Joined, ConnectError> {
        let auth = self.config.auth.get().await.map_err(ConnectError::Auth)?;
        let mut link = Link::open(&self.endpoint, &self.config).await?;
        let namespace = self.config.namespace.as_str();
        let auth = self.returning.payload(auth.as_ref());
        let comma = if namespace == "/" { "" } else { "," };
        let named = if namespace == "/" { "" } else { namespace };
        link.push(format!("40{named}{comma}{auth}").into());
        let (mut early, mut bytes) = (VecDeque::new(), 0);
        loop {
            let received = link.next(true).await?;
            if let Received::Text(text) = &received
                && let Some(Accepted { sid, pid }) = accepted(text, namespace)?
            {
                let recovered = self.returning.accepted(pid);
                let connection = self.queue.online(sid, recovered, link.limit());
                return Ok(Joined { link, recovered, connection, early });
            }
            // Node's server sends what was missed before it answers.
            if !self.returning.is_some() {
                continue;
            }
            bytes += match &received {
                Received::Text(text) => OVERHEAD + text.len(),
                Received::Binary(binary) => OVERHEAD + binary.len(),
                Received::Room => continue,
            };
            if bytes > self.config.max_incoming_bytes {
                // It would be as much the next time.
                self.returning.forget();
                return Err(ConnectError::Protocol(format!(
                    "more than `max_incoming_bytes`, {}, were missed: the next attempt begins anew",
                    self.config.max_incoming_bytes
                )));
            }
            early.push_back(received);
        }
    }
}

/// The server's answer to CONNECT.
#[derive(Deserialize)]
struct Accepted {
    sid: String,
    #[serde(default)]
    pid: Option<String>,
}

/// The answer to CONNECT, if this is it.
fn accepted(text: &Text, namespace: &str) -> Result<Option<Accepted>, ConnectError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Refused {
        Full {
            message: String,
            #[serde(default)]
            data: Option<Value>,
        },
        Words(String),
    }
    let packet = parse(text)
        .map_err(|why| ConnectError::Protocol(format!("the server sent no Socket.IO packet: {why}")))?;
    if packet.namespace != namespace {
        return Ok(None);
    }
    match packet.kind {
        PacketType::Connect => match serde_json::from_str(packet.data) {
            Ok(accepted) => Ok(Some(accepted)),
            Err(_) => Err(ConnectError::Protocol(
                "the server's CONNECT has no sid: it speaks an older Socket.IO than 3".into(),
            )),
        },
        PacketType::ConnectError => Err(match serde_json::from_str(packet.data) {
            Ok(Refused::Full { message, data }) => ConnectError::Refused { message, data },
            Ok(Refused::Words(message)) => ConnectError::Refused { message, data: None },
            Err(_) => ConnectError::Refused { message: packet.data.to_owned(), data: None },
        }),
        _ => Ok(None),
    }
}
