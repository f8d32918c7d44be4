//! Every number and name that the client can be given.

use std::fmt;
use std::time::Duration;

use super::auth::Auth;
use super::backoff::Backoff;
use crate::packet::Parser;

/// What the client is given.
#[derive(Clone)]
pub struct Config {
    /// Where the server is: `http://127.0.0.1:3000`, or with the feature `tls` `https://example.com`.
    pub url: String,
    /// Certificates in PEM: with TLS, a server is believed if one of these vouches for it. Those that the system believes
    pub roots: Option<String>,
    /// Path of the endpoint; a slash is put at its end if there is none, as Node's client does. `/socket.io/`
    pub path: String,
    /// What the query of every request says besides what the protocol says, as names and values. Nothing
    pub query: Vec<(String, String)>,
    /// Headers of every request, long-polling and websocket alike, as names and values: none of those that say how a request is
    /// carried. Nothing
    pub headers: Vec<(String, String)>,
    /// Whether cookies that the server sets are sent back, as a balancer may need that keeps a session on one server. No
    pub keep_cookies: bool,
    /// How packets are written; the server must be told the same. JSON
    pub parser: Parser,
    /// The namespace that is joined. `/`
    pub namespace: String,
    /// What is sent along with CONNECT: an object, or somebody who is asked for one every time. Nothing
    pub auth: Auth,
    /// How to get there. Polling, then websocket
    pub transports: Transports,
    /// How to come back when the connection is lost; `None` to not come back. 1 s to 5 s, endlessly
    pub reconnection: Option<Backoff>,
    /// What to do when the server does not let us in on the way back, or after [`Client::start`](super::Client::start). The end, as with
    /// Node's client
    pub when_refused: WhenRefused,
    /// Whether what waits stays until [`Client::ready`](super::Client::ready) is called, each time that the namespace is joined and the
    /// server knows nothing of us: at first, and after every reconnection that was not recovered. Meanwhile
    /// [`Client::ahead`](super::Client::ahead) sends what makes the state again. No
    pub hold_until_ready: bool,
    /// For a connection to be made and the namespace to be joined. 20 s
    pub connect_timeout: Duration,
    /// For what waits to be sent when the client is closed; what is not sent then is counted by
    /// [`Client::closed`](super::Client::closed). 2 s
    pub close_timeout: Duration,
    /// For the answer to a call, from when it was called; of a message that is sent again, for the answer to each try. 20 s
    pub ack_timeout: Duration,
    /// How often a message is sent again that was not acknowledged in time, or whose connection was lost before. If it is not
    /// 0, messages go out one at a time: the next when the one before has been acknowledged, or given up after the last
    /// try. So a server must acknowledge all of them, and tell a second try from a new message (`once` in the
    /// specification). Messages wait as long as there is no connection. 0
    pub retries: u32,
    /// Emits and calls that may wait to be sent, calls that may wait to be answered, and messages that may wait to be sent again:
    /// of each, and of what goes ahead. What is given back by a connection that was lost may come on top. 1024
    pub max_buffered: usize,
    /// Bytes of messages that may wait to be sent; a single one may be longer. 16 MiB
    pub max_buffered_bytes: usize,
    /// Signals that may wait to be taken out; while that many wait, nothing more is read. 1024
    pub max_incoming: usize,
    /// Bytes of events that may wait to be taken out; while that many wait, nothing more is read. As many may come before the
    /// answer to CONNECT. 16 MiB
    pub max_incoming_bytes: usize,
    /// Bytes of a message from the server, and of a polling body. 16 MiB
    pub max_payload: usize,
}

impl Config {
    /// For a server.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            roots: None,
            path: "/socket.io/".into(),
            query: Vec::new(),
            headers: Vec::new(),
            keep_cookies: false,
            parser: Parser::default(),
            namespace: "/".into(),
            auth: Auth::None,
            transports: Transports::default(),
            reconnection: Some(Backoff::default()),
            when_refused: WhenRefused::default(),
            hold_until_ready: false,
            connect_timeout: Duration::from_secs(20),
            close_timeout: Duration::from_secs(2),
            ack_timeout: Duration::from_secs(20),
            retries: 0,
            max_buffered: 1024,
            max_buffered_bytes: 16 << 20,
            max_incoming: 1024,
            max_incoming_bytes: 16 << 20,
            max_payload: 16 << 20,
        }
    }
}

impl fmt::Debug for Config {
    /// Without what is a secret, or may be one: what is said at CONNECT, and the values of query and headers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names =
            |pairs: &[(String, String)]| pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        formatter
            .debug_struct("Config")
            .field("url", &self.url)
            .field("path", &self.path)
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("namespace", &self.namespace)
            .field("auth", &self.auth)
            .field("transports", &self.transports)
            .field("reconnection", &self.reconnection)
            .field("when_refused", &self.when_refused)
            .field("connect_timeout", &self.connect_timeout)
            .field("ack_timeout", &self.ack_timeout)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}

/// Which transports are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transports {
    /// Begin with long-polling, which passes everywhere, and go over to a websocket where one can be had.
    #[default]
    PollingThenWebSocket,
    /// A websocket from the first.
    WebSocket,
    /// Long-polling, and nothing else.
    Polling,
}

/// What to do when the server does not let us in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenRefused {
    /// Nothing more: [`Signal::Refused`](super::Signal::Refused), and the end.
    #[default]
    End,
    /// Try again, as after any other failure; what waits is kept. For refusals that pass, like an expired token that
    /// [`Auth::Ask`] replaces.
    TryAgain,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_shown_of_it_is_no_secret() {
        let pair = |name: &str| vec![(name.to_owned(), "s3cret".to_owned())];
        let auth = json!({ "token": "s3cret" }).into();
        let config =
            Config { auth, query: pair("key"), headers: pair("authorization"), ..Config::new("http://a") };
        let shown = format!("{config:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("authorization") && shown.contains("key"), "{shown}");
    }
}
