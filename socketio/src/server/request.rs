//! The request that opened a connection, as far as it is remembered.

use std::net::SocketAddr;
use std::time::SystemTime;

use super::headers::Headers;

/// The request that opened a connection.
#[derive(Debug)]
pub struct RequestInfo {
    /// Its query, as it stands in the address.
    pub query: String,
    /// Its headers.
    pub headers: Headers,
    /// Where it came from.
    pub remote: SocketAddr,
    /// When.
    pub time: SystemTime,
}
