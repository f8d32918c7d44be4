//! What npm's `socket.io-msgpack-parser` 3.0.2 writes, byte for byte, both ways; and that JSON survives the way there and back.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::packet::{check_placeholders, parse_packet};

fn hex(text: &str) -> Bytes {
    HEXLOWER.decode(text.as_bytes()).unwrap().into()
}

fn read(message: &[u8]) -> Result<(String, Vec<Bytes>), String> {
    let unpacked = unpack(&Bytes::copy_from_slice(message), 1_000_000);
    unpacked.map(|(text, attachments)| (text.as_str().to_owned(), attachments)).map_err(|why| why.to_string())
}

/// An event whose arguments are these bytes, or why it is none.
fn event(arguments: u8, bytes: &[u8]) -> Result<(String, Vec<Bytes>), String> {
    let mut message = b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data".to_vec();
    message.push(0x91 + arguments);
    message.extend_from_slice(b"\xa1x");
    message.extend_from_slice(bytes);
    read(&message)
}

/// The arguments of such an event.
fn arguments(count: u8, bytes: &[u8]) -> String {
    let (text, _) = event(count, bytes).unwrap();
    let whole = text.split_once(r#"["x","#).unwrap_or_else(|| panic!("{text}")).1;
    whole.strip_suffix(']').unwrap().to_owned()
}

/// The very bytes, from node: each is written like this, and read as this.
#[test]
fn packets_are_those_of_npm() {
    let texts = format!(r#"42["ü€🦀","{}","{}"]"#, "x".repeat(32), "y".repeat(256));
    let texts_hex = format!(
        "83a47479706502a46461746193a9c3bce282acf09fa680d920{}da0100{}a36e7370a12f",
        "78".repeat(32),
        "79".repeat(256)
    );
    for (packet, attachments, bytes) in [
        ("40", &[][..], "82a47479706500a36e7370a12f"),
        (
            r#"40/custom,{"token":"x"}"#,
            &[],
            "83a47479706500a46461746181a5746f6b656ea178a36e7370a72f637573746f6d",
        ),
        (
            r#"40{"sid":"abc","pid":"p"}"#,
            &[],
            "83a47479706500a46461746182a3736964a3616263a3706964a170a36e7370a12f",
        ),
        ("41/custom,", &[], "82a47479706501a36e7370a72f637573746f6d"),
        (
            r#"42["hello",1,"2",{"3":[true,false,null]}]"#,
            &[],
            "83a47479706502a46461746194a568656c6c6f01a13281a13393c3c2c0a36e7370a12f",
        ),
        (r#"42300["x"]"#, &[], "84a47479706502a46461746191a178a36e7370a12fa26964cd012c"),
        (
            "42[\"n\",0,127,128,255,256,65535,65536,4294967295,4294967296,9007199254740991,-1,-32,-33,-128,-129,-32768,\
             -32769,-2147483648,-2147483649,-9007199254740991,1.5,-0.25]",
            &[],
            "83a47479706502a464617461dc0017a16e007fcc80ccffcd0100cdffffce00010000ceffffffffcf0000000100000000cf001fffffffff\
             ffffffe0d0dfd080d1ff7fd18000d2ffff7fffd280000000d3ffffffff7fffffffd3ffe0000000000001cb3ff8000000000000cbbfd000\
             0000000000a36e7370a12f",
        ),
        (&texts, &[], &texts_hex),
        (
            "42[\"b\",{\"k0\":0,\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7,\"k8\":8,\"k9\":9,\"k10\":10,\
             \"k11\":11,\"k12\":12,\"k13\":13,\"k14\":14,\"k15\":15,\"k16\":16},[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]]",
            &[],
            "83a47479706502a46461746193a162de0011a26b3000a26b3101a26b3202a26b3303a26b3404a26b3505a26b3606a26b3707a26b3808a2\
             6b3909a36b31300aa36b31310ba36b31320ca36b31330da36b31340ea36b31350fa36b313610dc0010000102030405060708090a0b0c0d\
             0e0fa36e7370a12f",
        ),
        (
            "452-/custom,0[\"bin\",{\"a\":[{\"_placeholder\":true,\"num\":0}]},{\"_placeholder\":true,\"num\":1}]",
            &[&b"\x01\x02\x03"[..], b""],
            "84a47479706502a46461746193a362696e81a16191c403010203c400a36e7370a72f637573746f6da2696400",
        ),
        (
            r#"461-12[1,{"_placeholder":true,"num":0}]"#,
            &[&b"\x07"[..]],
            "84a47479706503a4646174619201c40107a36e7370a12fa269640c",
        ),
        (
            r#"44/random,{"message":"Invalid namespace"}"#,
            &[],
            "83a47479706504a46461746181a76d657373616765b1496e76616c6964206e616d657370616365a36e7370a72f72616e646f6d",
        ),
        (r#"44"no""#, &[], "83a47479706504a464617461a26e6fa36e7370a12f"),
    ] {
        let attachments: &[&[u8]] = attachments;
        assert_eq!(HEXLOWER.encode(&pack(packet, attachments).unwrap()), bytes, "{packet}");
        let (text, bytes) = read(&hex(bytes)).unwrap();
        assert_eq!(
            (text.as_str(), bytes),
            (packet, attachments.iter().map(|one| Bytes::copy_from_slice(one)).collect())
        );
    }
}

/// From node as well, but nothing that we would write.
#[test]
fn what_only_npm_writes_is_read() {
    let read = |text: &str| read(&hex(text)).unwrap();
    // `{ type: 0, data: undefined }`, which is how a stock client without `auth` connects.
    assert_eq!(read("83a47479706500a464617461d40000a36e7370a12f").0, "40");
    // With `options`.
    let options = "85a47479706502a46461746191a178a76f7074696f6e7381a8636f6d7072657373c3a2696403a36e7370a12f";
    assert_eq!(read(options).0, r#"423["x"]"#);
    // An ArrayBuffer.
    let (text, attachments) = read("83a47479706502a46461746192a26162c702000908a36e7370a12f");
    assert_eq!(text, r#"451-["ab",{"_placeholder":true,"num":0}]"#);
    assert_eq!(attachments, [&[9, 8][..]]);
    let dates = "83a47479706502a46461746193a164d7000000018bcfe5687bd700ffffffffffffffffa36e7370a12f";
    assert_eq!(read(dates).0, r#"42["d","2023-11-14T22:13:20.123Z","1969-12-31T23:59:59.999Z"]"#);
    let undefined = "83a47479706502a46461746193a175d4000082a161d40000a16201a36e7370a12f";
    assert_eq!(read(undefined).0, r#"42["u",null,{"b":1}]"#);
    let infinite = "83a47479706502a46461746193a166cb7ff8000000000000cb7ff0000000000000a36e7370a12f";
    assert_eq!(read(infinite).0, r#"42["f",null,null]"#);
    // Python's client leaves a namespace with a nil.
    assert_eq!(read("83a47479706501a464617461c0a36e7370a12f").0, "41");
}

#[test]
fn every_form_of_a_value_is_read() {
    assert_eq!(
        arguments(
            3,
            b"\xca\x3f\xc0\x00\x00\xd3\xff\xff\xff\xff\xff\xff\xff\xff\xcf\xff\xff\xff\xff\xff\xff\xff\xff"
        ),
        "1.5,-1,18446744073709551615"
    );
    assert_eq!(arguments(3, b"\xdb\0\0\0\x01a\xda\0\x01b\xd9\x01\n"), r#""a","b","\n""#);
    assert_eq!(arguments(2, b"\xdd\0\0\0\x01\xc0\xdf\0\0\0\x01\xff\xc2"), r#"[null],{"-1":false}"#);
    assert_eq!(arguments(2, b"\xde\0\0\x80"), "{},{}");
    let (text, attachments) = event(2, b"\xc6\0\0\0\x01a\xc5\0\x01b").unwrap();
    assert!(text.starts_with("452-"));
    assert_eq!(attachments, [&b"a"[..], b"b"]);
    // A timestamp, an ext of somebody's own, one that is too short for a timestamp; as npm has the last two.
    let (text, attachments) = event(3, b"\xd6\xff\0\0\0\x01\xd5\x05ab\xd4\xffc").unwrap();
    let place = |number| format!(r#"{{"_placeholder":true,"num":{number}}}"#);
    assert_eq!(text, format!(r#"452-["x","1970-01-01T00:00:01.000Z",[5,{}],[-1,{}]]"#, place(0), place(1)));
    assert_eq!(attachments, [&b"ab"[..], b"c"]);
}

#[test]
fn what_is_wrong_is_named() {
    for (bytes, says) in [
        (&b""[..], "ends at byte 0"),
        (b"\xc0", "must be a map"),
        (b"\x93\x01\x02\x03", "must be a map"),
        (b"\x80", "`type` of a packet must be 0 to 4"),
        (b"\xc1", "must be a map"),
        (b"\x81\xa4type\x02", "`nsp` of a packet must be a text"),
        (b"\x81\xa4type\x05", "`type` of a packet"),
        (b"\x81\xa4type\xff", "`type` of a packet"),
        (b"\x81\xa4type\xa12", "`type` of a packet"),
        (b"\x82\xa4type\x02\xa4type\x02", "once"),
        (b"\x81\xa3nsp\x01", "`nsp` of a packet"),
        (b"\x81\xa3nsp\xa0", "`nsp` of a packet"),
        (b"\x81\xa3nsp\xa4chat", "begins with /"),
        (b"\x81\xa3nsp\xa4/a,b", "no comma"),
        (b"\x82\xa4type\x02\xa3nsp\xa1/", "is not an array"),
        (b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data\x80", "is not an array"),
        (b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data\xc4\x01a", "is not an array"),
        (b"\x83\xa4type\x00\xa3nsp\xa1/\xa4data\x05", "is not an object"),
        (b"\x83\xa4type\x00\xa3nsp\xa1/\xa4data\xc4\x01a", "without bytes"),
        (b"\x83\xa4type\x01\xa3nsp\xa1/\xa4data\x80", "is not absent"),
        (b"\x83\xa4type\x04\xa3nsp\xa1/\xa4data\x05", "is not an object or a string"),
        (b"\x81\xa2id\xff", "`id` of a packet"),
        (b"\x81\xa2id\xcf\x00\x20\0\0\0\0\0\0", "`id` of a packet"),
        (b"\x81\xa2id\xa11", "`id` of a packet"),
        (b"\x82\xa4type\x00\xa3nsp\xa1/\x01", "goes on at byte 13"),
        (b"\x81\x01\x01", "the key at byte 1"),
        (b"\x81\xa1o\xc1", "0xc1"),
        (b"\x81\xa1o\x81\xc0\xc0", "the key at byte 4"),
        (b"\x81\xa2\xff\xff\x01", "not UTF-8"),
        // Lengths without bytes.
        (b"\xdf\xff\xff\xff\xff", "ends at byte 5"),
        (b"\x81\xa1o\xdd\xff\xff\xff\xff", "ends at byte 8"),
        (b"\x81\xa1o\xc6\xff\xff\xff\xff", "ends at byte 8"),
        (b"\x81\xa1o\xdb\xff\xff\xff\xff", "ends at byte 8"),
        (b"\x81\xa1o\xc9\xff\xff\xff\xff\x00", "ends at byte 9"),
    ] {
        let why = read(bytes).unwrap_err();
        assert!(why.contains(says), "{bytes:?}: {why}");
    }
    let eleven = b"\xc4\0".repeat(11);
    assert!(event(11, &eleven).unwrap_err().contains("1 to 10 attachments"));
    assert!(event(10, &eleven[..20]).is_ok());
}

#[test]
fn it_is_nested_no_deeper_than_json() {
    // With the list of arguments around it.
    let nested = |depth: usize| [b"\x91".repeat(depth - 2), vec![0x90]].concat();
    let (text, _) = event(1, &nested(127)).unwrap();
    let data = parse_packet(&text[1..]).unwrap().data;
    assert!(serde_json::from_str::<Value>(data).is_ok());
    assert!(serde_json::from_str::<Value>(&format!("[{data}]")).is_err(), "this is as deep as it goes");
    assert!(pack(&text, &[]).is_ok(), "what was read can be sent on");
    assert!(event(1, &nested(128)).unwrap_err().contains("127 deep"));
    assert!(event(1, &b"\x91".repeat(900_000)).unwrap_err().contains("127 deep"));
    assert!(event(1, &b"\x81\xa0".repeat(400_000)).unwrap_err().contains("127 deep"));
}

#[test]
fn short_values_do_not_become_a_long_text() {
    let mut bytes = vec![0xdc, 0xff, 0xff];
    bytes.extend([0xc2; 65_535]);
    let message = [b"\x83\xa4type\x02\xa3nsp\xa1/\xa4data\x92\xa1x", &bytes[..]].concat().into();
    assert!(unpack(&message, 400_000).is_ok());
    let why = unpack(&message, 300_000).unwrap_err();
    assert!(matches!(why, MsgpackError::Length(300_000)), "{why}");
}

#[test]
fn data_that_looks_like_a_place_is_none() {
    // {"_placeholder": true, "num": 0}, which is data as long as there are no attachments.
    let place = b"\x82\xac_placeholder\xc3\xa3num\x00";
    let (text, _) = event(1, place).unwrap();
    assert_eq!(text, r#"42["x",{"_placeholder":true,"num":0}]"#);
    assert!(
        pack(&text, &[]).unwrap().windows(place.len()).any(|window| window == place),
        "it stays what it is"
    );
    // With one, nobody could say which is which; the check that all packets pass refuses it.
    let (text, attachments) = event(2, &[&place[..], b"\xc4\x01a"].concat()).unwrap();
    let packet = parse_packet(&text[1..]).unwrap();
    assert!(check_placeholders(packet.data, attachments.len()).is_err());
}

#[test]
fn long_maps_and_arrays_are_written_alike_within_one_another() {
    let map: serde_json::Map<_, _> = (0..20).map(|number| (format!("k{number}"), json!([number]))).collect();
    let long = json!([map, vec![json!({ "m": map, "a": vec![0; 70_000] }); 20]]);
    let text = format!("42{}", json!(["x", long, "end"]));
    let packed = Bytes::from(pack(&text, &[]).unwrap());
    assert_eq!(unpack(&packed, usize::MAX).unwrap().0.as_str(), text);
    // A place with a long array in it is still nothing but a place.
    let place = json!({ "a": vec![0; 20], "_placeholder": true, "num": 0, "b": vec![0; 20] });
    let text = format!("451-{}", json!(["x", vec![1; 20], place, vec![2; 20]]));
    let packed = pack(&text, &[b"ab"]).unwrap();
    let back = unpack(&packed.into(), usize::MAX).unwrap().0;
    let place = json!({ "_placeholder": true, "num": 0 });
    let expected: Value = json!(["x", vec![1; 20], place, vec![2; 20]]);
    assert_eq!(serde_json::from_str::<Value>(&back.as_str()[4..]).unwrap(), expected);
}

#[test]
fn what_cannot_be_sent_is_said() {
    for (packet, attachments, says) in [
        ("2[\"x\"]", 0, "type"),
        ("42[\"x\",]", 0, "cannot be read"),
        ("42[\"x\"] ", 0, "not an array"),
        ("42[\"x\",1e400]", 0, "out of range"),
        ("451-[\"x\",{\"_placeholder\":true,\"num\":1}]", 1, "no such attachment"),
        ("451-[\"x\"]", 0, "attachments"),
    ] {
        let why = pack(packet, &[&b"a"[..]][..attachments]).unwrap_err().to_string();
        assert!(why.contains(says), "{packet}: {why}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!("long".repeat(100))),
    ];
    leaf.prop_recursive(5, 80, 20, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..20).prop_map(Value::from),
            hash_map(".{0,12}", inner, 0..20).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn json_comes_back_as_it_was(
        arguments in vec(any_json(), 0..5),
        namespace in "/([a-zé?=]{1,20})?",
        id in prop::option::of(0u64..1 << 53),
        kind in 2..4,
        attachments in vec(vec(any::<u8>(), 0..300), 0..10),
    ) {
        let mut data = arguments;
        let place = |number: usize| json!({ "a": [{ "_placeholder": true, "num": number }] });
        data.extend((0..attachments.len()).map(place));
        let named = if namespace == "/" { String::new() } else { format!("{namespace},") };
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        let head = match attachments.len() {
            0 => format!("4{kind}"),
            count => format!("4{}{count}-", kind + 3),
        };
        let text = format!("{head}{named}{id}{}", Value::from(data));
        let bytes: Vec<&[u8]> = attachments.iter().map(Vec::as_slice).collect();
        let packed = Bytes::from(pack(&text, &bytes).unwrap());
        let (back, came) = unpack(&packed, usize::MAX).unwrap();
        prop_assert_eq!(back.as_str(), text);
        prop_assert_eq!(came, attachments);
        for cut in 0..packed.len().min(64) {
            prop_assert!(unpack(&packed.slice(..packed.len() - 1 - cut), usize::MAX).is_err());
        }
    }

    #[test]
    fn nothing_makes_it_panic(bytes in vec(any::<u8>(), 0..64)) {
        let _ = read(&bytes);
        let _ = event(1, &bytes);
    }
}
