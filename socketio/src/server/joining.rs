//! Letting a client into a namespace: as a new socket, or as the one it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::connection::Connection;
use super::hub::Hub;
use super::ids::SocketId;
use super::link::Link;
use super::recovery::{Claim, Return};
use super::service::{ConnectError, Handshake, Recovered, Service};
use super::socket::Socket;
use super::transport::Transport;
use crate::packet::{Message, Packet};

impl<S: Service> Connection<S> {
    /// A CONNECT packet for a namespace that has not been joined. The socket, unless its client was refused.
    pub(super) async fn join(
        &self,
        packet: &Packet<'_>,
        transport: &mut Transport,
    ) -> Result<Option<Socket<S::Data>>, String> {
        let namespace = packet.namespace;
        let auth = match packet.data {
            "" => None,
            data => Some(RawValue::from_string(data.to_owned()).map_err(|why| format!("CONNECT: {why}"))?),
        };
        let log = self.hub.log();
        let (auth, back) = if log.is_some() { split(auth) } else { (auth, None) };
        let claim = match (log, &back) {
            // Twice the time that its old connection is given to end.
            (Some(log), Some(back)) => {
                transport.drive(log.claim(namespace, back, self.config.close_timeout * 2)).await
            }
            _ => None,
        };
        let before = claim.as_ref().and_then(|claim| Arc::clone(&claim.data).downcast::<S::Data>().ok());
        let outcome = if self.service.serves(namespace) {
            let recovered = match (&claim, &before) {
                (Some(claim), Some(data)) => Some(Recovered::new(claim.id, &claim.rooms, &**data)),
                _ => None,
            };
            let handshake = Handshake { namespace, auth, request: &self.request, recovered };
            transport.drive(self.service.connect(handshake)).await
        } else {
            Err(ConnectError::new("Invalid namespace"))
        };
        let data = match outcome {
            Ok(data) => data,
            Err(error) => {
                // An error whose data does not serialise is one of the service's.
                if let Ok(message) = Message::connect_error(namespace, &error) {
                    self.outbox.push(message);
                }
                return Ok(None);
            }
        };
        if let (Some(claim), Some(before)) = (claim, before)
            && self.service.may_restore(&before, &data)
        {
            match self.resume(namespace, claim) {
                Some(link) => {
                    let mut entered = Entered { hub: &self.hub, link: Some(&link) };
                    let data = self.service.restore(before, data);
                    entered.link = None;
                    link.keep(&data);
                    return Ok(Some(Socket::new(Arc::clone(&link), self.hub.clone(), data)));
                }
                None => tracing::debug!(namespace, "a session could not be recovered whole"),
            }
        }
        let id = SocketId::random().map_err(|why| format!("no source of randomness: {why}"))?;
        let link = self.link(id, namespace, false);
        let data = Arc::new(data);
        link.keep(&data);
        self.hub.enter(&link);
        Ok(Some(Socket::new(link, self.hub.clone(), data)))
    }

    fn resume(&self, namespace: &str, claim: Claim) -> Option<Arc<Link>> {
        let link = self.link(claim.id, namespace, true);
        self.hub.resume(claim, &link).then_some(link)
    }

    fn link(&self, id: SocketId, namespace: &str, recovered: bool) -> Arc<Link> {
        let (outbox, pending) = (Arc::clone(&self.outbox), Arc::clone(&self.pending));
        let mut link = Link::new(id, namespace.into(), outbox, pending);
        link.recovered = recovered;
        link.request = Some(Arc::clone(&self.request));
        Arc::new(link)
    }
}

/// Takes a link out of the hub again, should the service panic before there is a socket of it.
struct Entered<'a> {
    hub: &'a Hub,
    link: Option<&'a Arc<Link>>,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        if let Some(link) = self.link {
            self.hub.remove(link, false);
        }
    }
}

/// Takes out of the payload of CONNECT what a client says to come back, which is not the service's.
fn split(auth: Option<Box<RawValue>>) -> (Option<Box<RawValue>>, Option<Return>) {
    let Some(given) = auth else { return (None, None) };
    if !given.get().contains("\"pid\"") {
        return (Some(given), None);
    }
    let Ok(mut members) = serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(given.get()) else {
        return (Some(given), None);
    };
    let word = |value: &RawValue| serde_json::from_str::<String>(value.get()).ok();
    // The service's own `pid` is something else than a string, or is taken for one that is not known.
    let Some(pid) = members.get("pid").and_then(|value| word(value)) else { return (Some(given), None) };
    members.remove("pid");
    // Something that is no offset, rather than none: what it stood for is not known.
    let offset = members.remove("offset").map(|value| word(&value).unwrap_or_default());
    let rest = match members.is_empty() {
        true => None,
        false => serde_json::value::to_raw_value(&members).ok(),
    };
    (rest, Some(Return { pid, offset }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Option<String>, Option<Return>) {
        let (rest, back) = split(Some(RawValue::from_string(text.into()).unwrap()));
        (rest.map(|rest| rest.get().to_owned()), back)
    }

    #[test]
    fn the_service_does_not_see_what_a_client_says_to_come_back() {
        let back = |offset: Option<&str>| Some(Return { pid: "p".into(), offset: offset.map(Into::into) });
        assert_eq!(of(r#"{"pid":"p","offset":"1f"}"#), (None, back(Some("1f"))));
        assert_eq!(
            of(r#"{"token":{"a":1.0},"pid":"p"}"#),
            (Some(r#"{"token":{"a":1.0}}"#.into()), back(None))
        );
        assert_eq!(of(r#"{"pid":7}"#), (Some(r#"{"pid":7}"#.into()), None));
        assert_eq!(of(r#"{"a":"pid"}"#), (Some(r#"{"a":"pid"}"#.into()), None));
        assert_eq!(of(r#"{"pid":"p","offset":null}"#).1, back(Some("")));
    }
}
