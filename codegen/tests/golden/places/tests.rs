/// The document that this was made from.
pub const SPEC: &str = ::core::include_str!("../../../tests/places.yaml");
use crate::places::start as start_target;
mod come {
    /// `come` is accepted without a payload.
    ///
    /// Declared at tests/places.yaml:23:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "come::accepts_no_payload",
            super::start_target,
        )
    }
    /// `come` is accepted with null for a payload.
    ///
    /// Declared at tests/places.yaml:23:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "come::accepts_null",
            super::start_target,
        )
    }
    /// `come` is accepted with an empty object.
    ///
    /// Declared at tests/places.yaml:23:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "come::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `come` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/places.yaml:23:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "come::refuses_a_payload",
            super::start_target,
        )
    }
    /// `come` takes no payload, so a string is refused.
    ///
    /// Declared at tests/places.yaml:23:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "come::refuses_a_string_payload",
            super::start_target,
        )
    }
}
mod names {
    /// `names` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::accepts_its_example",
            super::start_target,
        )
    }
    /// `names` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `names` is refused when `payload` is null.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_null_for_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_null_for_payload",
            super::start_target,
        )
    }
    /// `names` is refused when `payload` is an object.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_an_object_for_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_an_object_for_payload",
            super::start_target,
        )
    }
    /// `names` is refused when `payload` has more than 2 items.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_too_many_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_too_many_payload",
            super::start_target,
        )
    }
    /// `names` is refused when `payload.item` is null.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_null_for_payload_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_null_for_payload_item",
            super::start_target,
        )
    }
    /// `names` is refused when `payload.item` is a number.
    ///
    /// Declared at tests/places.yaml:24:7.
    #[test]
    fn refuses_a_number_for_payload_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "names::refuses_a_number_for_payload_item",
            super::start_target,
        )
    }
}
mod shout {
    /// `shout` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:25:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "shout::accepts_its_example",
            super::start_target,
        )
    }
    /// `shout` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/places.yaml:25:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "shout::accepts_no_payload",
            super::start_target,
        )
    }
    /// `shout` leads to the events it names.
    ///
    /// Declared at tests/places.yaml:25:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "shout::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod whisper {
    /// `whisper` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:26:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whisper::accepts_its_example",
            super::start_target,
        )
    }
    /// `whisper` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/places.yaml:26:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whisper::accepts_no_payload",
            super::start_target,
        )
    }
    /// `whisper` is refused when `payload` is a number.
    ///
    /// Declared at tests/places.yaml:26:7.
    #[test]
    fn refuses_a_number_for_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whisper::refuses_a_number_for_payload",
            super::start_target,
        )
    }
    /// `whisper` is refused when `payload` is longer than 3.
    ///
    /// Declared at tests/places.yaml:26:7.
    #[test]
    fn refuses_too_long_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whisper::refuses_too_long_payload",
            super::start_target,
        )
    }
}
mod whoami {
    /// `whoami` is accepted without a payload.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::accepts_no_payload",
            super::start_target,
        )
    }
    /// `whoami` is accepted with null for a payload.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::accepts_null",
            super::start_target,
        )
    }
    /// `whoami` is accepted with an empty object.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `whoami` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::refuses_a_payload",
            super::start_target,
        )
    }
    /// `whoami` takes no payload, so a string is refused.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::refuses_a_string_payload",
            super::start_target,
        )
    }
    /// `whoami` is answered by `you`, which is also its acknowledgement.
    ///
    /// Declared at tests/places.yaml:29:7.
    #[test]
    fn replies_as_event_and_acknowledgement() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "whoami::replies_as_event_and_acknowledgement",
            super::start_target,
        )
    }
}
mod gather {
    /// `gather` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:30:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "gather::accepts_its_example",
            super::start_target,
        )
    }
    /// `gather` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/places.yaml:30:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "gather::accepts_no_payload",
            super::start_target,
        )
    }
    /// `gather` leads to the events it names.
    ///
    /// Declared at tests/places.yaml:30:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "gather::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod picture {
    /// `picture` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::accepts_its_example",
            super::start_target,
        )
    }
    /// `picture` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `picture` takes an object, so a string is refused.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `picture` takes an object, so an array is refused.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `picture` takes an object, so a number is refused.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `picture` is refused without `large`.
    ///
    /// Declared at tests/places.yaml:32:19.
    #[test]
    fn refuses_missing_large() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_missing_large",
            super::start_target,
        )
    }
    /// `picture` is refused when `large` is null.
    ///
    /// Declared at tests/places.yaml:32:19.
    #[test]
    fn refuses_null_for_large() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_null_for_large",
            super::start_target,
        )
    }
    /// `picture` is refused when `large` is a number.
    ///
    /// Declared at tests/places.yaml:32:19.
    #[test]
    fn refuses_a_number_for_large() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_number_for_large",
            super::start_target,
        )
    }
    /// `picture` is refused when `small` is a number.
    ///
    /// Declared at tests/places.yaml:32:34.
    #[test]
    fn refuses_a_number_for_small() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_number_for_small",
            super::start_target,
        )
    }
    /// `picture` is refused without `tiles`.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_missing_tiles() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_missing_tiles",
            super::start_target,
        )
    }
    /// `picture` is refused when `tiles` is null.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_null_for_tiles() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_null_for_tiles",
            super::start_target,
        )
    }
    /// `picture` is refused when `tiles` is an object.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_an_object_for_tiles() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_an_object_for_tiles",
            super::start_target,
        )
    }
    /// `picture` is refused when `tiles` has more than 2 items.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_too_many_tiles() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_too_many_tiles",
            super::start_target,
        )
    }
    /// `picture` is refused when `tiles.item` is null.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_null_for_tiles_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_null_for_tiles_item",
            super::start_target,
        )
    }
    /// `picture` is refused when `tiles.item` is a number.
    ///
    /// Declared at tests/places.yaml:32:57.
    #[test]
    fn refuses_a_number_for_tiles_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_a_number_for_tiles_item",
            super::start_target,
        )
    }
    /// `picture` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `picture` leads to the events it names.
    ///
    /// Declared at tests/places.yaml:31:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "picture::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod pass {
    /// `pass` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:46:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "pass::accepts_its_example",
            super::start_target,
        )
    }
    /// `pass` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/places.yaml:46:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "pass::accepts_no_payload",
            super::start_target,
        )
    }
}
mod spread {
    /// `spread` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:47:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "spread::accepts_its_example",
            super::start_target,
        )
    }
    /// `spread` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/places.yaml:47:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "spread::accepts_no_payload",
            super::start_target,
        )
    }
    /// `spread` leads to the events it names.
    ///
    /// Declared at tests/places.yaml:47:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "spread::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod sleep {
    /// `sleep` is accepted without a payload.
    ///
    /// Declared at tests/places.yaml:53:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "sleep::accepts_no_payload",
            super::start_target,
        )
    }
    /// `sleep` is accepted with null for a payload.
    ///
    /// Declared at tests/places.yaml:53:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "sleep::accepts_null",
            super::start_target,
        )
    }
    /// `sleep` is accepted with an empty object.
    ///
    /// Declared at tests/places.yaml:53:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "sleep::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `sleep` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/places.yaml:53:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "sleep::refuses_a_payload",
            super::start_target,
        )
    }
    /// `sleep` takes no payload, so a string is refused.
    ///
    /// Declared at tests/places.yaml:53:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "sleep::refuses_a_string_payload",
            super::start_target,
        )
    }
}
mod which_room {
    /// `which-room` is accepted without a payload.
    ///
    /// Declared at tests/places.yaml:58:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "which_room::accepts_no_payload",
            super::start_target,
        )
    }
    /// `which-room` is accepted with null for a payload.
    ///
    /// Declared at tests/places.yaml:58:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "which_room::accepts_null",
            super::start_target,
        )
    }
    /// `which-room` is accepted with an empty object.
    ///
    /// Declared at tests/places.yaml:58:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "which_room::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `which-room` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/places.yaml:58:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "which_room::refuses_a_payload",
            super::start_target,
        )
    }
    /// `which-room` takes no payload, so a string is refused.
    ///
    /// Declared at tests/places.yaml:58:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "which_room::refuses_a_string_payload",
            super::start_target,
        )
    }
}
mod call {
    /// `call` is accepted with its example.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::accepts_its_example",
            super::start_target,
        )
    }
    /// `call` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `call` is refused when `payload` is null.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn refuses_null_for_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::refuses_null_for_payload",
            super::start_target,
        )
    }
    /// `call` is refused when `payload` is a number.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn refuses_a_number_for_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::refuses_a_number_for_payload",
            super::start_target,
        )
    }
    /// `call` is refused when `payload` is longer than 20.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn refuses_too_long_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::refuses_too_long_payload",
            super::start_target,
        )
    }
    /// `call` leads to the events it names.
    ///
    /// Declared at tests/places.yaml:59:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "call::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod scenarios {
    /// Who is in another namespace hears what is for both.
    ///
    /// Declared at tests/places.yaml:63:3.
    #[test]
    fn quiet_ones() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "scenarios::quiet_ones",
            super::start_target,
        )
    }
}
mod protocol {
    /// An event that the document does not name is refused, and the connection lives.
    ///
    /// Declared at tests/places.yaml:1:1.
    #[test]
    fn refuses_an_unknown_event() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "protocol::refuses_an_unknown_event",
            super::start_target,
        )
    }
    /// A malformed packet costs its sender at most the connection, and nobody else anything.
    ///
    /// Declared at tests/places.yaml:1:1.
    #[test]
    fn survives_a_malformed_packet() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/places.yaml",
            "protocol::survives_a_malformed_packet",
            super::start_target,
        )
    }
}
