//! The open packet (Engine.IO protocol, "Handshake").

use serde::{Deserialize, Serialize};

/// What the server tells a new connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handshake {
    /// The session id: a secret between the two.
    pub sid: String,
    /// The transports it may be upgraded to.
    pub upgrades: Vec<Upgrade>,
    /// Milliseconds from one ping to the next.
    pub ping_interval: u64,
    /// Milliseconds the client has to answer a ping.
    pub ping_timeout: u64,
    /// The most bytes of a polling body, and of a message. Servers older than Engine.IO 6.1 do not say it.
    #[serde(default = "unlimited")]
    pub max_payload: u64,
}

fn unlimited() -> u64 {
    u64::MAX
}

/// A transport to upgrade to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Upgrade {
    /// RFC 6455.
    Websocket,
    /// Any that is not spoken here.
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_those_of_the_protocol_in_its_order() {
        let open = Handshake {
            sid: "abc".into(),
            upgrades: vec![Upgrade::Websocket],
            ping_interval: 300,
            ping_timeout: 200,
            max_payload: 1_000_000,
        };
        assert_eq!(
            serde_json::to_string(&open).unwrap(),
            r#"{"sid":"abc","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000}"#
        );
    }

    #[test]
    fn what_a_later_server_adds_is_passed_over() {
        let text = r#"{"sid":"a","upgrades":["webtransport"],"pingInterval":1,"pingTimeout":2,"maxPayload":3,"x":4}"#;
        assert_eq!(serde_json::from_str::<Handshake>(text).unwrap().upgrades, [Upgrade::Other]);
    }

    #[test]
    fn a_server_that_names_no_limit_has_none() {
        let text = r#"{"sid":"a","upgrades":[],"pingInterval":1,"pingTimeout":2}"#;
        assert_eq!(serde_json::from_str::<Handshake>(text).unwrap().max_payload, u64::MAX);
    }
}
