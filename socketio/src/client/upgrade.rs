//! The way from polling to a websocket (Engine.IO protocol, "Upgrade"): probe, let the requests on their way end, go over.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::timeout;

use super::endpoint::Endpoint;
use super::polling::Polling;
use super::transport::Packet;
use super::websocket::WebSocket;
use crate::packet::Text;

/// A websocket that is to take over.
pub(crate) enum Upgrade {
    /// It is being connected and probed; polling goes on.
    Probing(Pin<Box<dyn Future<Output = Result<WebSocket, String>> + Send>>),
    /// The server has answered the probe; no more requests are started.
    Pausing(Box<WebSocket>),
}

impl fmt::Debug for Upgrade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Probing(_) => "Probing",
            Self::Pausing(_) => "Pausing",
        })
    }
}

impl Upgrade {
    /// Begins, for a session that began with polling.
    pub(crate) fn begin(
        endpoint: Arc<Endpoint>,
        sid: String,
        max_message: usize,
        patience: Duration,
    ) -> Self {
        Self::Probing(Box::pin(async move {
            timeout(patience, probe(&endpoint, &sid, max_message))
                .await
                .unwrap_or_else(|_| Err("the websocket was not answered in time".into()))
        }))
    }

    /// Goes on; ready with the websocket that takes over now, or with why polling goes on for good.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        polling: &mut Polling,
    ) -> Poll<Result<Box<WebSocket>, String>> {
        if let Self::Probing(probe) = self {
            *self = Self::Pausing(Box::new(ready!(probe.as_mut().poll(cx))?));
        }
        polling.paused = true;
        let Self::Pausing(websocket) = self else { return Poll::Pending };
        // The server has nothing to say there before it is told to go over.
        if let Poll::Ready(early) = websocket.poll_read(cx) {
            polling.paused = false;
            return Poll::Ready(Err(format!("the websocket did not wait: {early:?}")));
        }
        if !polling.is_idle() {
            return Poll::Pending;
        }
        // Replaced, not taken, as what is polled again must be something.
        let never = Self::Probing(Box::pin(std::future::pending()));
        match std::mem::replace(self, never) {
            Self::Pausing(mut websocket) => {
                websocket.push(Packet::Text(Text::from_static("5")));
                Poll::Ready(Ok(websocket))
            }
            Self::Probing(_) => Poll::Pending,
        }
    }
}

async fn probe(endpoint: &Endpoint, sid: &str, max_message: usize) -> Result<WebSocket, String> {
    let mut websocket = WebSocket::connect(endpoint, Some(sid), max_message).await?;
    websocket.push(Packet::Text(Text::from_static("2probe")));
    let failed = |reason| format!("the websocket was lost before it took over: {reason}");
    poll_fn(|cx| websocket.poll_write(cx)).await.map_err(failed)?;
    match poll_fn(|cx| websocket.poll_read(cx)).await.map_err(failed)? {
        Packet::Text(text) if text.as_str() == "3probe" => Ok(websocket),
        other => Err(format!("the probe was answered with {other:?}")),
    }
}
