//! What the client keeps to come back as the socket it was: the server's private id for it, and the offset of the last event.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value};

use crate::packet::Event;

/// Kept over connections.
#[derive(Debug, Default)]
pub(crate) struct Returning(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    pid: String,
    offset: Option<String>,
}

impl Returning {
    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The payload of CONNECT; empty if there is nothing to say. What the application says wins, as in Node's client.
    pub(crate) fn payload(&self, auth: Option<&Value>) -> String {
        let kept = self.lock();
        let Some(Kept { pid, offset }) = &*kept else {
            return auth.map(Value::to_string).unwrap_or_default();
        };
        let mut members = Map::new();
        members.insert("pid".into(), pid.as_str().into());
        if let Some(offset) = offset {
            members.insert("offset".into(), offset.as_str().into());
        }
        if let Some(Value::Object(auth)) = auth {
            members.extend(auth.clone());
        }
        Value::Object(members).to_string()
    }

    /// Whether there is something to come back to.
    pub(crate) fn is_some(&self) -> bool {
        self.lock().is_some()
    }

    /// The server has let us in. Whether as who we were; if not, nothing of that is left.
    pub(crate) fn accepted(&self, pid: Option<String>) -> bool {
        let mut kept = self.lock();
        let recovered = pid.is_some() && kept.as_ref().map(|kept| &kept.pid) == pid.as_ref();
        if !recovered {
            *kept = pid.map(|pid| Kept { pid, offset: None });
        }
        recovered
    }

    /// What is kept has turned out to be of no use: the next time begins anew.
    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    /// Takes the offset off an event, where the server adds one: to every event without id. Node's server adds none to
    /// volatile events, and there a last argument that is a string is taken for one, as in Node's client. Which of the two a
    /// string is that is alone, nobody can tell: it is noted, and stays what the listener gets, as in Node's client. The typed
    /// client knows what an event may have for its payload, and passes it over where it can be none.
    pub(crate) fn strip(&self, event: &mut Event) {
        if event.id().is_none()
            && let Some(kept) = &mut *self.lock()
            && let Some(offset) = event.take_offset()
        {
            kept.offset = Some(offset);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::{Text, parse_packet};
    use serde_json::json;

    fn event(text: &'static str) -> Event {
        Event::new(&Text::from_static(text), &parse_packet(text).unwrap(), Vec::new()).unwrap()
    }

    #[test]
    fn what_is_kept_is_said_until_the_server_knows_nothing_of_it() {
        let returning = Returning::default();
        let auth = json!({ "token": 1 });
        assert_eq!((returning.payload(None), returning.payload(Some(&auth))), ("".into(), auth.to_string()));
        let mut plain = event(r#"2["x","s"]"#);
        returning.strip(&mut plain);
        assert_eq!(plain.arguments(), r#""s""#, "who keeps nothing takes nothing");
        assert!(!returning.accepted(Some("p".into())));
        assert_eq!(returning.payload(None), r#"{"pid":"p"}"#);
        let mut ending = event(r#"2["x",{"a":1},"f"]"#);
        returning.strip(&mut ending);
        assert_eq!(ending.arguments(), r#"{"a":1}"#);
        let mut alone = event(r#"2["x","e"]"#);
        returning.strip(&mut alone);
        assert_eq!(alone.arguments(), r#""e""#, "it may be the payload of a volatile event");
        assert!(returning.payload(None).contains(r#""offset":"e""#));
        let mut ending = event(r#"2["x",{"a":1},"f"]"#);
        returning.strip(&mut ending);
        let mut asking = event(r#"27["x","g"]"#);
        returning.strip(&mut asking);
        assert_eq!(asking.arguments(), r#""g""#, "who waits for an answer is told no offset");
        assert_eq!(returning.payload(Some(&auth)), r#"{"offset":"f","pid":"p","token":1}"#);
        assert!(returning.accepted(Some("p".into())));
        assert!(!returning.accepted(Some("q".into())));
        assert_eq!(returning.payload(None), r#"{"pid":"q"}"#);
        returning.forget();
        assert_eq!(returning.payload(None), "");
        assert!(!returning.accepted(None) && !returning.is_some());
    }
}
