//! Every packet as it stands on the wire.

use super::*;
use serde_json::json;

fn text(message: &Message) -> String {
    String::from_utf8(message.packet().to_vec()).unwrap()
}

#[test]
fn the_packets_are_those_of_the_protocol() {
    let prefix = Prefix::event("/", "chat:message");
    assert_eq!(text(&Message::event(&prefix, &json!({"a": 1})).unwrap()), r#"42["chat:message",{"a":1}]"#);
    assert_eq!(text(&Message::bare_event(&prefix)), r#"42["chat:message"]"#);
    let custom = Prefix::event("/custom", "a\"b");
    assert_eq!(text(&Message::event(&custom, &json!(null)).unwrap()), r#"42/custom,["a\"b",null]"#);
    let asks = Message::event_with_id(&custom, Some(7), Some(&1)).unwrap();
    assert_eq!(text(&asks), r#"42/custom,7["a\"b",1]"#);
    let bare = Message::event_with_id::<()>(&prefix, Some(0), None).unwrap();
    assert_eq!(bare.into_parts().text.as_str(), r#"420["chat:message"]"#);
    assert_eq!(text(&Message::ack("/", 12, &json!({})).unwrap()), "4312[{}]");
    assert_eq!(text(&Message::ack("/custom", 0, &json!([])).unwrap()), "43/custom,0[[]]");
    assert_eq!(text(&Message::connect("/custom", "abc", None)), r#"40/custom,{"sid":"abc"}"#);
    let error = Message::connect_error("/random", &json!({"message": "Invalid namespace"})).unwrap();
    assert_eq!(text(&error), r#"44/random,{"message":"Invalid namespace"}"#);
    assert_eq!(text(&Message::disconnect("/")), "41");
}

#[test]
fn any_arguments_are_sent_as_they_are() {
    let (main, custom) = (Prefix::event("/", "x"), Prefix::event("/custom", "x"));
    let args = Args::from_list(&json!([1, "a"])).unwrap();
    assert_eq!(text(&Message::event_args(&main, None, &args)), r#"42["x",1,"a"]"#);
    assert_eq!(text(&Message::event_args(&custom, Some(3), &Args::none())), r#"42/custom,3["x"]"#);
    assert_eq!(text(&Message::ack_args("/", 7, &Args::none())), "437[]");
    assert_eq!(text(&Message::ack_args("/custom", 7, &args)), r#"43/custom,7[1,"a"]"#);
    let placeholder = json!([{ "_placeholder": true, "num": 0 }]);
    let binary = Args::from_list(&placeholder).unwrap().with_attachments(vec![Bytes::from_static(&[1])]);
    let event = Message::event_args(&custom, Some(3), &binary);
    assert_eq!(text(&event), r#"451-/custom,3["x",{"_placeholder":true,"num":0}]"#);
    assert_eq!(event.frames().nth(1).unwrap().as_ref(), b"\x82\x01\x01");
    let value = [crate::packet::Binary::from(vec![1])];
    let [placeholder] = placeholder.as_array().unwrap().as_slice() else { panic!("one") };
    let event = Message::event_with_id(&custom, Some(3), Some(&value)).unwrap();
    assert_eq!(text(&event), format!(r#"451-/custom,3["x",[{placeholder}]]"#));
    assert_eq!(event.packets(), 2);
    assert_eq!(text(&Message::ack("/", 7, &value).unwrap()), format!("461-7[[{placeholder}]]"));
    let ack = Message::ack_args("/", 7, &binary);
    assert_eq!((text(&ack), ack.packets()), (r#"461-7[{"_placeholder":true,"num":0}]"#.into(), 2));
}

#[test]
fn attachments_follow_their_packet() {
    let message = Message::raw_binary(
        r#"51-["x",{"_placeholder":true,"num":0}]"#,
        &[Bytes::from_static(&[1, 2, 3, 4])],
    );
    let mut body = String::new();
    message.push_to(&mut body);
    assert_eq!(body, "451-[\"x\",{\"_placeholder\":true,\"num\":0}]\u{1e}bAQIDBA==");
    assert_eq!(message.packets(), 2);
    assert_eq!(message.frames().nth(1).unwrap().as_ref(), b"\x82\x04\x01\x02\x03\x04");
}

#[test]
fn all_recipients_share_one_packing() {
    let place = r#"51-["x",{"_placeholder":true,"num":0}]"#;
    let message = Message::raw_binary(place, &[Bytes::from_static(&[1])]);
    let bare = Message::raw(r#"2["x"]"#);
    assert!(bare.rest.is_none() && size_of::<Message>() <= 48, "one that nobody packs has no room for it");
    for message in [message, bare.shared()] {
        let frames: Vec<Bytes> = (0..2).flat_map(|_| message.clone().packed().unwrap().frames()).collect();
        let [one, two] = frames.as_slice() else { panic!("{frames:?}") };
        assert_eq!((one.as_ptr(), one.len()), (two.as_ptr(), two.len()));
        assert_eq!(one[0], BINARY);
        // What is made of it is another packet, and packed again.
        let ending = message.ending_with("7").unwrap().packed().unwrap();
        assert!(ending.frames().next().unwrap().windows(3).any(|window| window == b"\xa17\xa3"));
    }
    assert!(Message::raw("2[").packed().is_none());
}
