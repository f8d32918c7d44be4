//! Socket.IO 5 packets as text: just what a judge sends and has to understand.

use serde_json::Value;

/// What a server can send in an Engine.IO message.
#[derive(Debug, PartialEq)]
pub(crate) enum Packet {
    /// `0`: the namespace is joined.
    Connected,
    /// `1`: the server leaves the namespace.
    Disconnected,
    /// `2` and `5`: an event with its arguments, and the id under which an answer is waited for.
    Event { name: String, id: Option<u64>, arguments: Vec<Value>, attachments: usize },
    /// `3` and `6`: an acknowledgement.
    Ack { id: u64, arguments: Vec<Value>, attachments: usize },
    /// `4`: the namespace is refused.
    ConnectError(Value),
}

/// Reads a packet of the namespace, without the Engine.IO `4`; the error says what is wrong with it.
pub(crate) fn read(text: &str, namespace: &str) -> Result<Packet, String> {
    let mut characters = text.chars();
    let kind = characters.next().ok_or("an empty packet")?;
    let mut rest = characters.as_str();
    let mut attachments = 0;
    if matches!(kind, '5' | '6') {
        let (count, after) =
            rest.split_once('-').ok_or("a binary packet without the number of attachments")?;
        attachments = count.parse().map_err(|_| format!("{count:?} attachments"))?;
        rest = after;
    }
    let mut here = "/";
    if rest.starts_with('/') {
        (here, rest) = rest.split_once(',').ok_or("a namespace without the comma that ends it")?;
    }
    if here != namespace {
        return Err(format!("a packet of the namespace {here}"));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (id, body) = rest.split_at(digits);
    let id = match id {
        "" => None,
        digits => Some(digits.parse::<u64>().map_err(|_| format!("the acknowledgement id {digits}"))?),
    };
    let value = match body {
        "" => Value::Null,
        body => serde_json::from_str(body).map_err(|error| format!("JSON that does not parse: {error}"))?,
    };
    match (kind, id, value) {
        ('0', None, Value::Object(open)) if open.get("sid").is_some_and(Value::is_string) => {
            Ok(Packet::Connected)
        }
        ('0', ..) => Err("a connection without `sid`".to_owned()),
        ('1', None, Value::Null) => Ok(Packet::Disconnected),
        ('2' | '5', id, Value::Array(mut arguments)) if arguments.first().is_some_and(Value::is_string) => {
            match arguments.remove(0) {
                Value::String(name) => Ok(Packet::Event { name, id, arguments, attachments }),
                _ => Err("an event without a name".to_owned()),
            }
        }
        ('2' | '5', ..) => Err("an event that is no array beginning with its name".to_owned()),
        ('3' | '6', Some(id), Value::Array(arguments)) => Ok(Packet::Ack { id, arguments, attachments }),
        ('3' | '6', ..) => Err("an acknowledgement without id or array".to_owned()),
        ('4', None, value) => Ok(Packet::ConnectError(value)),
        _ => Err(format!("a packet of the type {kind:?}")),
    }
}

/// The start of a packet: Engine.IO's `4`, the type, and the namespace unless it is the main one.
fn start(kind: &str, namespace: &str) -> String {
    match namespace {
        "/" => format!("4{kind}"),
        other => format!("4{kind}{other},"),
    }
}

/// The request to join a namespace.
pub(crate) fn connect(namespace: &str, auth: Option<&Value>) -> String {
    let auth = auth.map(Value::to_string).unwrap_or_default();
    format!("{}{auth}", start("0", namespace))
}

/// An event that asks for an acknowledgement, and how many attachments have to follow it.
pub(crate) fn event(namespace: &str, id: u64, name: &str, arguments: &[Value]) -> (String, usize) {
    let mut array = vec![Value::from(name)];
    array.extend(arguments.iter().cloned());
    let mut attachments = 0;
    array.iter_mut().for_each(|value| number(value, &mut attachments));
    let kind = match attachments {
        0 => "2".to_owned(),
        count => format!("5{count}-"),
    };
    (format!("{}{id}{}", start(&kind, namespace), Value::Array(array)), attachments)
}

/// The answer to an event that asks for one, and how many attachments have to follow it.
pub(crate) fn ack(namespace: &str, id: u64, arguments: &[Value]) -> (String, usize) {
    let mut arguments = arguments.to_vec();
    let mut attachments = 0;
    arguments.iter_mut().for_each(|value| number(value, &mut attachments));
    let kind = match attachments {
        0 => "3".to_owned(),
        count => format!("6{count}-"),
    };
    (format!("{}{id}{}", start(&kind, namespace), Value::Array(arguments)), attachments)
}

/// Numbers the values that stand for attachments, which were made up one by one.
fn number(value: &mut Value, next: &mut usize) {
    match value {
        Value::Object(map) if map.get("_placeholder") == Some(&Value::Bool(true)) => {
            map.insert("num".to_owned(), Value::from(*next));
            *next += 1;
        }
        Value::Object(map) => map.values_mut().for_each(|value| number(value, next)),
        Value::Array(list) => list.iter_mut().for_each(|value| number(value, next)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_a_server_may_send() {
        assert_eq!(read(r#"0{"sid":"x"}"#, "/").unwrap(), Packet::Connected);
        assert_eq!(
            read(r#"2["counted",{"count":1}]"#, "/").unwrap(),
            Packet::Event {
                name: "counted".into(),
                id: None,
                arguments: vec![json!({ "count": 1 })],
                attachments: 0
            }
        );
        assert_eq!(
            read(r#"2/a,9["asked"]"#, "/a").unwrap(),
            Packet::Event { name: "asked".into(), id: Some(9), arguments: vec![], attachments: 0 }
        );
        assert_eq!(
            read(r#"6/a,1-12[{}]"#, "/a").map_err(|_| ()),
            Err(()),
            "the number of attachments comes before the namespace"
        );
        assert_eq!(
            read(r#"61-/a,12[{}]"#, "/a").unwrap(),
            Packet::Ack { id: 12, arguments: vec![json!({})], attachments: 1 }
        );
        assert_eq!(
            read(r#"4{"message":"no"}"#, "/").unwrap(),
            Packet::ConnectError(json!({ "message": "no" }))
        );
    }

    #[test]
    fn says_what_is_wrong_with_the_rest() {
        for wrong in ["", "0", "0{}", "2", "2{}", "2[]", "2[1]", "3[]", "37", "9", "2[", "2/a,[\"x\"]"] {
            assert!(read(wrong, "/").is_err(), "{wrong}");
        }
    }

    #[test]
    fn writes_events_with_as_many_attachments_as_they_have_placeholders() {
        assert_eq!(event("/", 7, "vote", &[json!(1)]), (r#"427["vote",1]"#.to_owned(), 0));
        let (text, attachments) = event("/a", 7, "send", &[json!([{ "_placeholder": true, "num": 0 }])]);
        assert_eq!(attachments, 1);
        assert!(text.starts_with(r#"451-/a,7["send","#), "{text}");
        assert_eq!(ack("/", 7, &[json!(1)]), ("437[1]".to_owned(), 0));
        let (text, attachments) = ack("/a", 7, &[json!([{ "_placeholder": true, "num": 9 }])]);
        assert_eq!((text.as_str(), attachments), (r#"461-/a,7[[{"_placeholder":true,"num":0}]]"#, 1));
        assert_eq!(connect("/a", Some(&json!({}))), "40/a,{}");
        assert_eq!(connect("/", None), "40");
    }
}
