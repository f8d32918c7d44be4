/// The document that this was made from.
pub const SPEC: &str = ::core::include_str!("../../../../examples/tally/tally.yaml");
use crate::start as start_target;
mod open_board {
    /// `open-board` is accepted with its example.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::accepts_its_example",
            super::start_target,
        )
    }
    /// `open-board` needs a payload, so it is refused without one.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `open-board` takes an object, so a string is refused.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `open-board` takes an object, so an array is refused.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `open-board` takes an object, so a number is refused.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `open-board` is refused without `board`.
    ///
    /// Declared at examples/tally/tally.yaml:39:19.
    #[test]
    fn refuses_missing_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_missing_board",
            super::start_target,
        )
    }
    /// `open-board` is refused when `board` is null.
    ///
    /// Declared at examples/tally/tally.yaml:39:19.
    #[test]
    fn refuses_null_for_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_null_for_board",
            super::start_target,
        )
    }
    /// `open-board` is refused when `board` is a number.
    ///
    /// Declared at examples/tally/tally.yaml:39:19.
    #[test]
    fn refuses_a_number_for_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_a_number_for_board",
            super::start_target,
        )
    }
    /// `open-board` is refused when `board` does not match its pattern.
    ///
    /// Declared at examples/tally/tally.yaml:39:19.
    #[test]
    fn refuses_board_off_its_pattern() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_board_off_its_pattern",
            super::start_target,
        )
    }
    /// `open-board` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `open-board` is answered by `board-opened`, which is also its acknowledgement.
    ///
    /// Declared at examples/tally/tally.yaml:37:7.
    #[test]
    fn replies_as_event_and_acknowledgement() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "open_board::replies_as_event_and_acknowledgement",
            super::start_target,
        )
    }
}
mod vote {
    /// `vote` is accepted with its example.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::accepts_its_example",
            super::start_target,
        )
    }
    /// `vote` is accepted without its optional fields.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn accepts_its_example_without_optional_fields() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::accepts_its_example_without_optional_fields",
            super::start_target,
        )
    }
    /// `vote` needs a payload, so it is refused without one.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `vote` takes an object, so a string is refused.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `vote` takes an object, so an array is refused.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `vote` takes an object, so a number is refused.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `vote` is refused without `choice`.
    ///
    /// Declared at examples/tally/tally.yaml:50:11.
    #[test]
    fn refuses_missing_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_missing_choice",
            super::start_target,
        )
    }
    /// `vote` is refused when `choice` is null.
    ///
    /// Declared at examples/tally/tally.yaml:50:11.
    #[test]
    fn refuses_null_for_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_null_for_choice",
            super::start_target,
        )
    }
    /// `vote` is refused when `choice` is a number.
    ///
    /// Declared at examples/tally/tally.yaml:50:11.
    #[test]
    fn refuses_a_number_for_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_number_for_choice",
            super::start_target,
        )
    }
    /// `vote` is refused when `choice` is shorter than 1.
    ///
    /// Declared at examples/tally/tally.yaml:50:11.
    #[test]
    fn refuses_too_short_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_too_short_choice",
            super::start_target,
        )
    }
    /// `vote` is refused when `choice` is longer than 64.
    ///
    /// Declared at examples/tally/tally.yaml:50:11.
    #[test]
    fn refuses_too_long_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_too_long_choice",
            super::start_target,
        )
    }
    /// `vote` is refused when `weight` is null.
    ///
    /// Declared at examples/tally/tally.yaml:51:11.
    #[test]
    fn refuses_null_for_weight() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_null_for_weight",
            super::start_target,
        )
    }
    /// `vote` is refused when `weight` is a string.
    ///
    /// Declared at examples/tally/tally.yaml:51:11.
    #[test]
    fn refuses_a_string_for_weight() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_string_for_weight",
            super::start_target,
        )
    }
    /// `vote` is refused when `weight` is below its minimum.
    ///
    /// Declared at examples/tally/tally.yaml:51:11.
    #[test]
    fn refuses_weight_below_its_minimum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_weight_below_its_minimum",
            super::start_target,
        )
    }
    /// `vote` is refused when `weight` is above its maximum.
    ///
    /// Declared at examples/tally/tally.yaml:51:11.
    #[test]
    fn refuses_weight_above_its_maximum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_weight_above_its_maximum",
            super::start_target,
        )
    }
    /// `vote` is refused when `weight` is no whole number.
    ///
    /// Declared at examples/tally/tally.yaml:51:11.
    #[test]
    fn refuses_a_fraction_for_weight() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_fraction_for_weight",
            super::start_target,
        )
    }
    /// `vote` is refused when `id` is null.
    ///
    /// Declared at examples/tally/tally.yaml:52:11.
    #[test]
    fn refuses_null_for_id() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_null_for_id",
            super::start_target,
        )
    }
    /// `vote` is refused when `id` is a number.
    ///
    /// Declared at examples/tally/tally.yaml:52:11.
    #[test]
    fn refuses_a_number_for_id() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_a_number_for_id",
            super::start_target,
        )
    }
    /// `vote` is refused when `id` is shorter than 1.
    ///
    /// Declared at examples/tally/tally.yaml:52:11.
    #[test]
    fn refuses_too_short_id() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_too_short_id",
            super::start_target,
        )
    }
    /// `vote` is refused when `id` is longer than 64.
    ///
    /// Declared at examples/tally/tally.yaml:52:11.
    #[test]
    fn refuses_too_long_id() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_too_long_id",
            super::start_target,
        )
    }
    /// `vote` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `vote` is refused with `no-board-open` before the state `at-a-board`.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn needs_state_at_a_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::needs_state_at_a_board",
            super::start_target,
        )
    }
    /// `vote` that comes again with the same `id` has one effect and one answer.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn has_one_effect_when_it_comes_again() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::has_one_effect_when_it_comes_again",
            super::start_target,
        )
    }
    /// `vote` leads to the events it names.
    ///
    /// Declared at examples/tally/tally.yaml:44:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "vote::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod close_board {
    /// `close-board` is accepted without a payload.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::accepts_no_payload",
            super::start_target,
        )
    }
    /// `close-board` is accepted with null for a payload.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::accepts_null",
            super::start_target,
        )
    }
    /// `close-board` is accepted with an empty object.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `close-board` takes no payload, so an object with a field is refused.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::refuses_a_payload",
            super::start_target,
        )
    }
    /// `close-board` takes no payload, so a string is refused.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::refuses_a_string_payload",
            super::start_target,
        )
    }
    /// `close-board` is for the role chair, so voter is refused.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn refuses_role_voter() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::refuses_role_voter",
            super::start_target,
        )
    }
    /// `close-board` is refused with `no-board-open` before the state `at-a-board`.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn needs_state_at_a_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::needs_state_at_a_board",
            super::start_target,
        )
    }
    /// `close-board` leads to the events it names.
    ///
    /// Declared at examples/tally/tally.yaml:55:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "close_board::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod show_hands {
    /// `show-hands` is accepted with its example.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::accepts_its_example",
            super::start_target,
        )
    }
    /// `show-hands` needs a payload, so it is refused without one.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `show-hands` takes an object, so a string is refused.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `show-hands` takes an object, so an array is refused.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `show-hands` takes an object, so a number is refused.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `show-hands` is refused without `question`.
    ///
    /// Declared at examples/tally/tally.yaml:65:11.
    #[test]
    fn refuses_missing_question() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_missing_question",
            super::start_target,
        )
    }
    /// `show-hands` is refused when `question` is null.
    ///
    /// Declared at examples/tally/tally.yaml:65:11.
    #[test]
    fn refuses_null_for_question() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_null_for_question",
            super::start_target,
        )
    }
    /// `show-hands` is refused when `question` is a number.
    ///
    /// Declared at examples/tally/tally.yaml:65:11.
    #[test]
    fn refuses_a_number_for_question() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_a_number_for_question",
            super::start_target,
        )
    }
    /// `show-hands` is refused when `question` is shorter than 1.
    ///
    /// Declared at examples/tally/tally.yaml:65:11.
    #[test]
    fn refuses_too_short_question() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_too_short_question",
            super::start_target,
        )
    }
    /// `show-hands` is refused when `question` is longer than 200.
    ///
    /// Declared at examples/tally/tally.yaml:65:11.
    #[test]
    fn refuses_too_long_question() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_too_long_question",
            super::start_target,
        )
    }
    /// `show-hands` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `show-hands` is for the role chair, so voter is refused.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn refuses_role_voter() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::refuses_role_voter",
            super::start_target,
        )
    }
    /// `show-hands` is refused with `no-board-open` before the state `at-a-board`.
    ///
    /// Declared at examples/tally/tally.yaml:60:7.
    #[test]
    fn needs_state_at_a_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "show_hands::needs_state_at_a_board",
            super::start_target,
        )
    }
}
mod hover {
    /// `hover` is accepted with its example.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::accepts_its_example",
            super::start_target,
        )
    }
    /// `hover` needs a payload, so it is refused without one.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `hover` takes an object, so a string is refused.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `hover` takes an object, so an array is refused.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `hover` takes an object, so a number is refused.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `hover` is refused without `choice`.
    ///
    /// Declared at examples/tally/tally.yaml:75:19.
    #[test]
    fn refuses_missing_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_missing_choice",
            super::start_target,
        )
    }
    /// `hover` is refused when `choice` is null.
    ///
    /// Declared at examples/tally/tally.yaml:75:19.
    #[test]
    fn refuses_null_for_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_null_for_choice",
            super::start_target,
        )
    }
    /// `hover` is refused when `choice` is a number.
    ///
    /// Declared at examples/tally/tally.yaml:75:19.
    #[test]
    fn refuses_a_number_for_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_a_number_for_choice",
            super::start_target,
        )
    }
    /// `hover` is refused when `choice` is shorter than 1.
    ///
    /// Declared at examples/tally/tally.yaml:75:19.
    #[test]
    fn refuses_too_short_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_too_short_choice",
            super::start_target,
        )
    }
    /// `hover` is refused when `choice` is longer than 64.
    ///
    /// Declared at examples/tally/tally.yaml:75:19.
    #[test]
    fn refuses_too_long_choice() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_too_long_choice",
            super::start_target,
        )
    }
    /// `hover` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `hover` is refused with `no-board-open` before the state `at-a-board`.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn needs_state_at_a_board() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::needs_state_at_a_board",
            super::start_target,
        )
    }
    /// `hover` leads to the events it names.
    ///
    /// Declared at examples/tally/tally.yaml:71:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "hover::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod scenarios {
    /// Two people vote, both see both counts.
    ///
    /// Declared at examples/tally/tally.yaml:117:3.
    #[test]
    fn two_voters() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "scenarios::two_voters",
            super::start_target,
        )
    }
    /// The chair asks, everybody at the board is asked, and the chair is told.
    ///
    /// Declared at examples/tally/tally.yaml:130:3.
    #[test]
    fn hands() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "scenarios::hands",
            super::start_target,
        )
    }
    /// The chair closes the board; a later vote is refused by name.
    ///
    /// Declared at examples/tally/tally.yaml:144:3.
    #[test]
    fn closing() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "scenarios::closing",
            super::start_target,
        )
    }
}
mod protocol {
    /// An event that the document does not name is refused, and the connection lives.
    ///
    /// Declared at examples/tally/tally.yaml:1:1.
    #[test]
    fn refuses_an_unknown_event() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "protocol::refuses_an_unknown_event",
            super::start_target,
        )
    }
    /// Without a token there is no connection.
    ///
    /// Declared at examples/tally/tally.yaml:1:1.
    #[test]
    fn refuses_a_missing_token() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "protocol::refuses_a_missing_token",
            super::start_target,
        )
    }
    /// With something that is no token there is no connection.
    ///
    /// Declared at examples/tally/tally.yaml:1:1.
    #[test]
    fn refuses_a_garbage_token() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "protocol::refuses_a_garbage_token",
            super::start_target,
        )
    }
    /// A malformed packet costs its sender at most the connection, and nobody else anything.
    ///
    /// Declared at examples/tally/tally.yaml:1:1.
    #[test]
    fn survives_a_malformed_packet() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "examples/tally/tally.yaml",
            "protocol::survives_a_malformed_packet",
            super::start_target,
        )
    }
}
