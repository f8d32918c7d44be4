//! What the decoder makes of streams, well formed and not, in chunks of all sizes.

use proptest::prelude::*;

use super::*;

fn decode(chunks: &[&[u8]]) -> Result<(Vec<String>, Tail), DecodeError> {
    let mut decoder = Decoder::new(200);
    let mut events = Vec::new();
    for chunk in chunks {
        decoder.push(chunk, &mut events)?;
    }
    Ok((events, decoder.finish()))
}

fn events(stream: &str) -> Vec<String> {
    let (mut events, tail) = decode(&[stream.as_bytes()]).unwrap();
    match tail {
        Tail::Event(data) => events.push(data),
        Tail::None => {}
        Tail::Cut => panic!("cut"),
    }
    events
}

#[test]
fn line_ends_may_be_of_any_kind() {
    for end in ["\n", "\r\n", "\r"] {
        let stream = format!("data: a{end}{end}data: b{end}{end}");
        assert_eq!(events(&stream), ["a", "b"], "{end:?}");
    }
    assert_eq!(events("data: a\r\n\ndata: b\n\r\ndata: c\r\rdata: d"), ["a", "b", "c", "d"]);
}

#[test]
fn the_space_after_the_colon_is_optional_and_only_one_is_taken() {
    assert_eq!(events("data:a\n\ndata: b\n\ndata:  c\n\n"), ["a", "b", " c"]);
}

#[test]
fn data_lines_of_one_event_join() {
    assert_eq!(events("data: {\ndata: \ndata\ndata: }\n\n"), ["{\n\n\n}"]);
}

#[test]
fn comments_and_other_fields_are_passed_over() {
    assert_eq!(
        events(": ping\n\nevent: message\nid: 7\nretry: 10\ndata: a\n\n:\n\n\n\ndata: b\n\n"),
        ["a", "b"]
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(events("\u{feff}\r\ndata: a\n\n"), ["a"]);
}

#[test]
fn what_follows_the_last_blank_line_is_the_tail() {
    assert_eq!(decode(&[b"data: a\n\ndata: {\"b"]).unwrap(), (vec!["a".into()], Tail::Event("{\"b".into())));
    assert_eq!(decode(&[b"data: a\n"]).unwrap().1, Tail::Event("a".into()));
    assert_eq!(decode(&[b"data: a\n\nda"]).unwrap().1, Tail::None);
    assert_eq!(decode(&[b"data: \xc3"]).unwrap().1, Tail::Cut);
}

#[test]
fn a_bare_json_body_is_taken_apart() {
    assert_eq!(events(" \n{\"error\": {\n \"code\": 400 }\n}\n"), ["{\"error\": {\n \"code\": 400 }\n}"]);
    assert_eq!(events("[{\"a\":\"]}\\\"\"}\n,\r\n{\"b\":[{}]}\n]"), ["{\"a\":\"]}\\\"\"}", "{\"b\":[{}]}"]);
    assert_eq!(events("data: a\n\n{\"error\":{}}\n"), ["a", "{\"error\":{}}"]);
    assert_eq!(decode(&[b"[{\"a\":1},{\"b\""]).unwrap(), (vec!["{\"a\":1}".into()], Tail::Cut));
    assert_eq!(decode(&[b"[{\"a\":1},"]).unwrap().1, Tail::Cut);
}

#[test]
fn a_page_is_refused() {
    for page in [
        "<!DOCTYPE html>\n<p>Bad gateway</p>",
        "\n <html>",
        "data: a\n\n<p>x</p>\n",
        "upstream error: x\n",
        "[<p>]",
    ] {
        assert_eq!(decode(&[page.as_bytes()]).unwrap_err(), DecodeError::NotEvents, "{page}");
    }
}

#[test]
fn invalid_utf8_is_refused() {
    assert_eq!(decode(&[b"data: \xff\n\n"]).unwrap_err(), DecodeError::NotUtf8);
    assert_eq!(decode(&[b"{\"a\":\"\xff\"}"]).unwrap_err(), DecodeError::NotUtf8);
}

#[test]
fn long_lines_events_and_objects_are_refused_before_they_are_stored() {
    let too_long = Err(DecodeError::TooLong { limit: 200 });
    assert_eq!(decode(&[b"data: ", &[b'a'; 150], &[b'a'; 150]]), too_long);
    assert_eq!(decode(&[b"data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(7).as_slice()]), too_long);
    assert_eq!(decode(&[b"{\"", &[b'a'; 150], &[b'a'; 150]]), too_long);
    assert_eq!(decode(&[b"data\n".repeat(300).as_slice()]), too_long);
}

proptest! {
    #[test]
    fn chunk_borders_do_not_matter(
        payloads in prop::collection::vec("[a-zé世🌍 \"{}\\[\\]:,\\\\]{0,20}", 0..8),
        ends in prop::collection::vec(prop::sample::select(vec!["\n", "\r\n", "\r"]), 40),
        comments in prop::collection::vec(prop::option::of("[a-z世]{0,5}"), 8),
        cuts in prop::collection::vec(1usize..9, 200),
        last_blank in any::<bool>(),
    ) {
        let mut stream = String::from("event: x\n");
        let mut end = ends.iter().cycle();
        for (at, payload) in payloads.iter().enumerate() {
            if let Some(comment) = &comments[at] {
                stream += &format!(":{comment}{}", end.next().unwrap());
            }
            stream += &format!("data: {payload}{}", end.next().unwrap());
            if last_blank || at + 1 < payloads.len() {
                stream += end.next().unwrap();
                // A CR and an LF of two ends would be one.
                stream += "\n:\n\n";
            }
        }
        let mut rest = stream.as_bytes();
        let mut chunks = Vec::new();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() { break }
            let (chunk, after) = rest.split_at((*cut).min(rest.len()));
            chunks.push(chunk);
            rest = after;
        }
        prop_assert_eq!(decode(&chunks), decode(&[stream.as_bytes()]));
        let (mut got, tail) = decode(&chunks).unwrap();
        if let Tail::Event(data) = tail { got.push(data) }
        prop_assert_eq!(got, payloads);
    }

    #[test]
    fn arbitrary_bytes_do_no_harm(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 0..20)) {
        let whole = chunks.concat();
        let parts: Vec<&[u8]> = chunks.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(decode(&parts), decode(&[&whole]));
    }
}

#[test]
fn a_line_feed_belongs_to_one_carriage_return_only() {
    let mut decoder = Decoder::new(100);
    let mut events = Vec::new();
    for chunk in ["data: 1\r", "\n", "\n"] {
        decoder.push(chunk.as_bytes(), &mut events).unwrap();
    }
    assert_eq!(events, ["1"]);
}
