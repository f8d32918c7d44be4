//! What the client has to tell.

use std::time::Duration;

use serde_json::Value;

use super::ending::{Detail, Reason};
use super::error::ConnectError;
use crate::packet::Event;

/// What has happened, in order.
///
/// Who does not take signals out hears of several losses as of one, when there is time: of the first, of the last attempt that
/// failed, and of the connection that is there now, as recovered only if all were.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Signal {
    /// The namespace is joined: the first signal, and the first after every reconnection.
    Connected {
        /// Whether the server has kept the session, and has sent what was missed.
        recovered: bool,
    },
    /// The connection is lost.
    #[non_exhaustive]
    Disconnected {
        /// Why.
        reason: Reason,
        /// What else is known of it.
        detail: Detail,
        /// Whether the client tries to come back. If not, nothing more comes.
        will_retry: bool,
    },
    /// An attempt to connect or to come back has failed.
    #[non_exhaustive]
    Failed {
        /// Which, of those since there was a connection; the first is 1.
        attempt: u32,
        /// Why.
        why: ConnectError,
        /// When the next is made, counted from the end of this one; `None` if this was the last.
        next: Option<Duration>,
    },
    /// The server did not let us in, on the way back or after [`Client::start`](super::Client::start). Nothing more comes, as asking
    /// again would hardly help; see
    /// [`Config::when_refused`](super::Config::when_refused).
    Refused {
        /// Its words.
        message: String,
        /// What it said besides.
        data: Option<Value>,
    },
    /// An event. If it has an id, the server waits for an acknowledgement.
    Event(Event),
}
