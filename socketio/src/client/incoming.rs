//! The queue of what came.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use tokio::sync::mpsc;

use super::arrived::Arrived;
use super::signal::Signal;

/// What comes from the server, in order. While it is full nothing more is read from the connection, acknowledgements
/// neither: whoever waits for a call here without taking signals out waits in vain once it has filled up.
#[derive(Debug)]
pub struct Incoming {
    pub(crate) signals: mpsc::Receiver<Signal>,
    pub(crate) arrived: Arc<Arrived>,
}

impl Incoming {
    /// The next signal; `None` when the client is closed or has given up, and everything was taken out.
    pub async fn next(&mut self) -> Option<Signal> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl Stream for Incoming {
    type Item = Signal;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Signal>> {
        let signal = ready!(self.signals.poll_recv(cx));
        if let Some(Signal::Event(event)) = &signal {
            self.arrived.take(event.size());
        }
        Poll::Ready(signal)
    }
}
