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
use crate::engine::Upgrading;
use crate::packet::Text;

/// A websocket that is to take over.
pub(crate) struct Upgrade {
    state: Upgrading,
    websocket: Way,
}

/// A websocket and what the server said there first, or why there is none.
type Probed = Result<(WebSocket, Packet), String>;

/// The websocket of it.
enum Way {
    /// It is being connected and probed; ready with what the server has answered.
    Probing(Pin<Box<dyn Future<Output = Probed> + Send>>),
    /// The server has answered.
    Open(Box<WebSocket>),
}

impl fmt::Debug for Upgrade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt(formatter)
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
        let probe = async move {
            timeout(patience, probe(&endpoint, &sid, max_message))
                .await
                .unwrap_or_else(|_| Err("the websocket was not answered in time".into()))
        };
        Self { state: Upgrading::default(), websocket: Way::Probing(Box::pin(probe)) }
    }

    /// Goes on; ready with the websocket that takes over now, or with why polling goes on for good.
    pub(crate) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        polling: &mut Polling,
    ) -> Poll<Result<Box<WebSocket>, String>> {
        if let Way::Probing(probe) = &mut self.websocket {
            let (websocket, answer) = ready!(probe.as_mut().poll(cx))?;
            if !self.state.said(text(&answer)) {
                return Poll::Ready(Err(format!("the probe was answered with {answer:?}")));
            }
            self.websocket = Way::Open(Box::new(websocket));
        }
        let Way::Open(websocket) = &mut self.websocket else { return Poll::Pending };
        // The server has nothing to say there before it is told to go over.
        if let Poll::Ready(early) = websocket.poll_read(cx) {
            match &early {
                Ok(packet) => drop(self.state.said(text(packet))),
                Err(_) => self.state.lost(),
            }
            polling.paused = self.state.is_paused();
            return Poll::Ready(Err(format!("the websocket did not wait: {early:?}")));
        }
        polling.paused = self.state.is_paused();
        if !self.state.go_over(polling.is_idle()) {
            return Poll::Pending;
        }
        // Replaced, not taken, as what is polled again must be something.
        let never = Way::Probing(Box::pin(std::future::pending()));
        match std::mem::replace(&mut self.websocket, never) {
            Way::Open(mut websocket) => {
                websocket.push(Packet::Text(Text::from_static(Upgrading::OVER)));
                Poll::Ready(Ok(websocket))
            }
            Way::Probing(_) => Poll::Pending,
        }
    }
}

fn text(packet: &Packet) -> Option<&str> {
    match packet {
        Packet::Text(text) => Some(text.as_str()),
        Packet::Binary(_) => None,
    }
}

/// Connects and asks; with what is answered.
async fn probe(endpoint: &Endpoint, sid: &str, max_message: usize) -> Probed {
    let connected = WebSocket::connect(endpoint, Some(sid), max_message).await;
    let mut websocket = connected.map_err(|why| why.to_string())?;
    websocket.push(Packet::Text(Text::from_static(Upgrading::PROBE)));
    let failed = |reason| format!("the websocket was lost before it took over: {reason}");
    poll_fn(|cx| websocket.poll_write(cx)).await.map_err(failed)?;
    let answer = poll_fn(|cx| websocket.poll_read(cx)).await.map_err(failed)?;
    Ok((websocket, answer))
}
