/// The document that this was made from.
pub const SPEC: &str = ::core::include_str!("../../../tests/features.yaml");
use crate::start as start_target;
mod sit {
    /// `sit` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::accepts_its_example",
            super::start_target,
        )
    }
    /// `sit` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `sit` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `sit` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `sit` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `sit` is refused without `desk`.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_missing_desk() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_missing_desk",
            super::start_target,
        )
    }
    /// `sit` is refused when `desk` is null.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_null_for_desk() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_null_for_desk",
            super::start_target,
        )
    }
    /// `sit` is refused when `desk` is a string.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_a_string_for_desk() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_a_string_for_desk",
            super::start_target,
        )
    }
    /// `sit` is refused when `desk` is below its minimum.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_desk_below_its_minimum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_desk_below_its_minimum",
            super::start_target,
        )
    }
    /// `sit` is refused when `desk` is above its maximum.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_desk_above_its_maximum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_desk_above_its_maximum",
            super::start_target,
        )
    }
    /// `sit` is refused when `desk` is no whole number.
    ///
    /// Declared at tests/features.yaml:65:19.
    #[test]
    fn refuses_a_fraction_for_desk() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_a_fraction_for_desk",
            super::start_target,
        )
    }
    /// `sit` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:63:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "sit::refuses_an_unknown_field",
            super::start_target,
        )
    }
}
mod queue {
    /// `queue` is accepted without a payload.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::accepts_no_payload",
            super::start_target,
        )
    }
    /// `queue` is accepted with null for a payload.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::accepts_null",
            super::start_target,
        )
    }
    /// `queue` is accepted with an empty object.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `queue` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::refuses_a_payload",
            super::start_target,
        )
    }
    /// `queue` takes no payload, so a string is refused.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::refuses_a_string_payload",
            super::start_target,
        )
    }
    /// `queue` is answered by `queued`, which is also its acknowledgement.
    ///
    /// Declared at tests/features.yaml:69:7.
    #[test]
    fn replies_as_event_and_acknowledgement() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "queue::replies_as_event_and_acknowledgement",
            super::start_target,
        )
    }
}
mod the_type {
    /// `type` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::accepts_its_example",
            super::start_target,
        )
    }
    /// `type` is accepted without its optional fields.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn accepts_its_example_without_optional_fields() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::accepts_its_example_without_optional_fields",
            super::start_target,
        )
    }
    /// `type` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `type` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `type` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `type` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `type` is refused without `self`.
    ///
    /// Declared at tests/features.yaml:80:11.
    #[test]
    fn refuses_missing_self() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_self",
            super::start_target,
        )
    }
    /// `type` is refused when `self` is null.
    ///
    /// Declared at tests/features.yaml:80:11.
    #[test]
    fn refuses_null_for_self() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_self",
            super::start_target,
        )
    }
    /// `type` is refused when `self` is a number.
    ///
    /// Declared at tests/features.yaml:80:11.
    #[test]
    fn refuses_a_number_for_self() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_self",
            super::start_target,
        )
    }
    /// `type` is refused when `ref` is null.
    ///
    /// Declared at tests/features.yaml:81:11.
    #[test]
    fn refuses_null_for_ref() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_ref",
            super::start_target,
        )
    }
    /// `type` is refused when `ref` is a string.
    ///
    /// Declared at tests/features.yaml:81:11.
    #[test]
    fn refuses_a_string_for_ref() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_string_for_ref",
            super::start_target,
        )
    }
    /// `type` is refused when `fn` is a number.
    ///
    /// Declared at tests/features.yaml:82:11.
    #[test]
    fn refuses_a_number_for_fn() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_fn",
            super::start_target,
        )
    }
    /// `type` is refused without `match`.
    ///
    /// Declared at tests/features.yaml:83:11.
    #[test]
    fn refuses_missing_match() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_match",
            super::start_target,
        )
    }
    /// `type` is refused when `match` is a number.
    ///
    /// Declared at tests/features.yaml:83:11.
    #[test]
    fn refuses_a_number_for_match() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_match",
            super::start_target,
        )
    }
    /// `type` is refused without `2fa`.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_missing_2fa() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_2fa",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa` is null.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_null_for_2fa() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_2fa",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa` is an object.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_an_object_for_2fa() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_object_for_2fa",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa` has more than 2 items.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_too_many_2fa() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_too_many_2fa",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa` has fewer than 1 items.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_too_few_2fa() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_too_few_2fa",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa.item` is null.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_null_for_2fa_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_2fa_item",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa.item` is a string.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_a_string_for_2fa_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_string_for_2fa_item",
            super::start_target,
        )
    }
    /// `type` is refused when `2fa.item` is no whole number.
    ///
    /// Declared at tests/features.yaml:84:11.
    #[test]
    fn refuses_a_fraction_for_2fa_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_fraction_for_2fa_item",
            super::start_target,
        )
    }
    /// `type` is refused without `camelCase`.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_missing_camel_case() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_camel_case",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase` is null.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_null_for_camel_case() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_camel_case",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase` is an array.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_an_array_for_camel_case() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_array_for_camel_case",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase.value` is null.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_null_for_camel_case_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_camel_case_value",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase.value` is a string.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_a_string_for_camel_case_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_string_for_camel_case_value",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase.value` is below its minimum.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_camel_case_value_below_its_minimum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_camel_case_value_below_its_minimum",
            super::start_target,
        )
    }
    /// `type` is refused when `camelCase.value` is above its maximum.
    ///
    /// Declared at tests/features.yaml:85:11.
    #[test]
    fn refuses_camel_case_value_above_its_maximum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_camel_case_value_above_its_maximum",
            super::start_target,
        )
    }
    /// `type` is refused without `mood`.
    ///
    /// Declared at tests/features.yaml:86:11.
    #[test]
    fn refuses_missing_mood() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_mood",
            super::start_target,
        )
    }
    /// `type` is refused when `mood` is null.
    ///
    /// Declared at tests/features.yaml:86:11.
    #[test]
    fn refuses_null_for_mood() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_mood",
            super::start_target,
        )
    }
    /// `type` is refused when `mood` is a number.
    ///
    /// Declared at tests/features.yaml:86:11.
    #[test]
    fn refuses_a_number_for_mood() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_mood",
            super::start_target,
        )
    }
    /// `type` is refused when `mood` is none of its values.
    ///
    /// Declared at tests/features.yaml:86:11.
    #[test]
    fn refuses_an_unknown_mood() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_unknown_mood",
            super::start_target,
        )
    }
    /// `type` is refused without `inner`.
    ///
    /// Declared at tests/features.yaml:87:11.
    #[test]
    fn refuses_missing_inner() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_inner",
            super::start_target,
        )
    }
    /// `type` is refused when `inner` is null.
    ///
    /// Declared at tests/features.yaml:87:11.
    #[test]
    fn refuses_null_for_inner() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_inner",
            super::start_target,
        )
    }
    /// `type` is refused when `inner` is an array.
    ///
    /// Declared at tests/features.yaml:87:11.
    #[test]
    fn refuses_an_array_for_inner() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_array_for_inner",
            super::start_target,
        )
    }
    /// `type` is refused without `inner.deep`.
    ///
    /// Declared at tests/features.yaml:89:15.
    #[test]
    fn refuses_missing_inner_deep() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_inner_deep",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.deep` is null.
    ///
    /// Declared at tests/features.yaml:89:15.
    #[test]
    fn refuses_null_for_inner_deep() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_inner_deep",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.deep` is a number.
    ///
    /// Declared at tests/features.yaml:89:15.
    #[test]
    fn refuses_a_number_for_inner_deep() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_inner_deep",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.deep` is none of its values.
    ///
    /// Declared at tests/features.yaml:89:15.
    #[test]
    fn refuses_an_unknown_inner_deep() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_unknown_inner_deep",
            super::start_target,
        )
    }
    /// `type` is refused without `inner.shapes`.
    ///
    /// Declared at tests/features.yaml:90:15.
    #[test]
    fn refuses_missing_inner_shapes() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_inner_shapes",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.shapes` is null.
    ///
    /// Declared at tests/features.yaml:90:15.
    #[test]
    fn refuses_null_for_inner_shapes() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_inner_shapes",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.shapes` is an object.
    ///
    /// Declared at tests/features.yaml:90:15.
    #[test]
    fn refuses_an_object_for_inner_shapes() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_object_for_inner_shapes",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.shapes.item` is null.
    ///
    /// Declared at tests/features.yaml:90:15.
    #[test]
    fn refuses_null_for_inner_shapes_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_inner_shapes_item",
            super::start_target,
        )
    }
    /// `type` is refused when `inner.shapes.item` is a number.
    ///
    /// Declared at tests/features.yaml:90:15.
    #[test]
    fn refuses_a_number_for_inner_shapes_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_a_number_for_inner_shapes_item",
            super::start_target,
        )
    }
    /// `type` is refused when `inner` has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:87:11.
    #[test]
    fn refuses_an_unknown_field_in_inner() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_unknown_field_in_inner",
            super::start_target,
        )
    }
    /// `type` is refused without `anything`.
    ///
    /// Declared at tests/features.yaml:91:11.
    #[test]
    fn refuses_missing_anything() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_anything",
            super::start_target,
        )
    }
    /// `type` is refused without `object`.
    ///
    /// Declared at tests/features.yaml:92:11.
    #[test]
    fn refuses_missing_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_missing_object",
            super::start_target,
        )
    }
    /// `type` is refused when `object` is null.
    ///
    /// Declared at tests/features.yaml:92:11.
    #[test]
    fn refuses_null_for_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_null_for_object",
            super::start_target,
        )
    }
    /// `type` is refused when `object` is an array.
    ///
    /// Declared at tests/features.yaml:92:11.
    #[test]
    fn refuses_an_array_for_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_array_for_object",
            super::start_target,
        )
    }
    /// `type` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `type` is refused with `no-desk` before the state `at-desk`.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn needs_state_at_desk() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::needs_state_at_desk",
            super::start_target,
        )
    }
    /// `type` is answered by `typed`, which is also its acknowledgement.
    ///
    /// Declared at tests/features.yaml:73:7.
    #[test]
    fn replies_as_event_and_acknowledgement() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "the_type::replies_as_event_and_acknowledgement",
            super::start_target,
        )
    }
}
mod whole {
    /// `whole` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::accepts_its_example",
            super::start_target,
        )
    }
    /// `whole` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `whole` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `whole` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `whole` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `whole` is refused without `value`.
    ///
    /// Declared at tests/features.yaml:39:7.
    #[test]
    fn refuses_missing_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_missing_value",
            super::start_target,
        )
    }
    /// `whole` is refused when `value` is null.
    ///
    /// Declared at tests/features.yaml:39:7.
    #[test]
    fn refuses_null_for_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_null_for_value",
            super::start_target,
        )
    }
    /// `whole` is refused when `value` is a string.
    ///
    /// Declared at tests/features.yaml:39:7.
    #[test]
    fn refuses_a_string_for_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_a_string_for_value",
            super::start_target,
        )
    }
    /// `whole` is refused when `value` is no whole number.
    ///
    /// Declared at tests/features.yaml:39:7.
    #[test]
    fn refuses_a_fraction_for_value() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_a_fraction_for_value",
            super::start_target,
        )
    }
    /// `whole` is refused when `next` is null.
    ///
    /// Declared at tests/features.yaml:40:7.
    #[test]
    fn refuses_null_for_next() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_null_for_next",
            super::start_target,
        )
    }
    /// `whole` is refused when `next` is an array.
    ///
    /// Declared at tests/features.yaml:40:7.
    #[test]
    fn refuses_an_array_for_next() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_an_array_for_next",
            super::start_target,
        )
    }
    /// `whole` is refused without `children`.
    ///
    /// Declared at tests/features.yaml:41:7.
    #[test]
    fn refuses_missing_children() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_missing_children",
            super::start_target,
        )
    }
    /// `whole` is refused when `children` is null.
    ///
    /// Declared at tests/features.yaml:41:7.
    #[test]
    fn refuses_null_for_children() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_null_for_children",
            super::start_target,
        )
    }
    /// `whole` is refused when `children` is an object.
    ///
    /// Declared at tests/features.yaml:41:7.
    #[test]
    fn refuses_an_object_for_children() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_an_object_for_children",
            super::start_target,
        )
    }
    /// `whole` is refused when `children.item` is null.
    ///
    /// Declared at tests/features.yaml:41:7.
    #[test]
    fn refuses_null_for_children_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_null_for_children_item",
            super::start_target,
        )
    }
    /// `whole` is refused when `children.item` is an array.
    ///
    /// Declared at tests/features.yaml:41:7.
    #[test]
    fn refuses_an_array_for_children_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_an_array_for_children_item",
            super::start_target,
        )
    }
    /// `whole` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `whole` is for the role power-user, so guest is refused.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn refuses_role_guest() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::refuses_role_guest",
            super::start_target,
        )
    }
    /// `whole` is refused with `no-line` before the state `in-line`.
    ///
    /// Declared at tests/features.yaml:94:7.
    #[test]
    fn needs_state_in_line() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "whole::needs_state_in_line",
            super::start_target,
        )
    }
}
mod everything_optional {
    /// `everything-optional` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::accepts_its_example",
            super::start_target,
        )
    }
    /// `everything-optional` is accepted without a payload, as nothing in it is required.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::accepts_no_payload",
            super::start_target,
        )
    }
    /// `everything-optional` is accepted without its optional fields.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn accepts_its_example_without_optional_fields() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::accepts_its_example_without_optional_fields",
            super::start_target,
        )
    }
    /// `everything-optional` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `everything-optional` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `everything-optional` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `limit` is null.
    ///
    /// Declared at tests/features.yaml:102:11.
    #[test]
    fn refuses_null_for_limit() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_limit",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `limit` is a string.
    ///
    /// Declared at tests/features.yaml:102:11.
    #[test]
    fn refuses_a_string_for_limit() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_string_for_limit",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `limit` is below its minimum.
    ///
    /// Declared at tests/features.yaml:102:11.
    #[test]
    fn refuses_limit_below_its_minimum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_limit_below_its_minimum",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `limit` is above its maximum.
    ///
    /// Declared at tests/features.yaml:102:11.
    #[test]
    fn refuses_limit_above_its_maximum() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_limit_above_its_maximum",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `limit` is no whole number.
    ///
    /// Declared at tests/features.yaml:102:11.
    #[test]
    fn refuses_a_fraction_for_limit() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_fraction_for_limit",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter` is null.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_null_for_filter() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_filter",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter` is an object.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_an_object_for_filter() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_an_object_for_filter",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter.item` is null.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_null_for_filter_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_filter_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter.item` is a number.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_a_number_for_filter_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_number_for_filter_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter.item` is shorter than 1.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_too_short_filter_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_too_short_filter_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter.item` is longer than 20.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_too_long_filter_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_too_long_filter_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `filter.item` does not match its pattern.
    ///
    /// Declared at tests/features.yaml:103:11.
    #[test]
    fn refuses_filter_item_off_its_pattern() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_filter_item_off_its_pattern",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few` is null.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_null_for_few() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_few",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few` is an object.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_an_object_for_few() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_an_object_for_few",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few` has more than 2 items.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_too_many_few() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_too_many_few",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few.item` is null.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_null_for_few_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_few_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few.item` is a number.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_a_number_for_few_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_number_for_few_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few.item` is shorter than 1.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_too_short_few_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_too_short_few_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few.item` is longer than 20.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_too_long_few_item() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_too_long_few_item",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `few.item` does not match its pattern.
    ///
    /// Declared at tests/features.yaml:104:11.
    #[test]
    fn refuses_few_item_off_its_pattern() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_few_item_off_its_pattern",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `code` is null.
    ///
    /// Declared at tests/features.yaml:105:11.
    #[test]
    fn refuses_null_for_code() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_null_for_code",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `code` is a number.
    ///
    /// Declared at tests/features.yaml:105:11.
    #[test]
    fn refuses_a_number_for_code() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_a_number_for_code",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when `code` does not match its pattern.
    ///
    /// Declared at tests/features.yaml:105:11.
    #[test]
    fn refuses_code_off_its_pattern() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_code_off_its_pattern",
            super::start_target,
        )
    }
    /// `everything-optional` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `everything-optional` is for the role power-user, so guest is refused.
    ///
    /// Declared at tests/features.yaml:99:7.
    #[test]
    fn refuses_role_guest() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "everything_optional::refuses_role_guest",
            super::start_target,
        )
    }
}
mod order {
    /// `order` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::accepts_its_example",
            super::start_target,
        )
    }
    /// `order` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `order` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `order` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `order` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `order` is refused without `ticket`.
    ///
    /// Declared at tests/features.yaml:137:19.
    #[test]
    fn refuses_missing_ticket() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_missing_ticket",
            super::start_target,
        )
    }
    /// `order` is refused when `ticket` is null.
    ///
    /// Declared at tests/features.yaml:137:19.
    #[test]
    fn refuses_null_for_ticket() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_null_for_ticket",
            super::start_target,
        )
    }
    /// `order` is refused when `ticket` is a number.
    ///
    /// Declared at tests/features.yaml:137:19.
    #[test]
    fn refuses_a_number_for_ticket() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_a_number_for_ticket",
            super::start_target,
        )
    }
    /// `order` is refused when `ticket` is longer than 40.
    ///
    /// Declared at tests/features.yaml:137:19.
    #[test]
    fn refuses_too_long_ticket() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_too_long_ticket",
            super::start_target,
        )
    }
    /// `order` is refused without `what`.
    ///
    /// Declared at tests/features.yaml:137:60.
    #[test]
    fn refuses_missing_what() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_missing_what",
            super::start_target,
        )
    }
    /// `order` is refused when `what` is null.
    ///
    /// Declared at tests/features.yaml:137:60.
    #[test]
    fn refuses_null_for_what() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_null_for_what",
            super::start_target,
        )
    }
    /// `order` is refused when `what` is a number.
    ///
    /// Declared at tests/features.yaml:137:60.
    #[test]
    fn refuses_a_number_for_what() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_a_number_for_what",
            super::start_target,
        )
    }
    /// `order` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `order` is for the role power-user, so guest is refused.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn refuses_role_guest() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::refuses_role_guest",
            super::start_target,
        )
    }
    /// `order` that comes again with the same `ticket` has one effect and one answer.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn has_one_effect_when_it_comes_again() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::has_one_effect_when_it_comes_again",
            super::start_target,
        )
    }
    /// `order` leads to the events it names.
    ///
    /// Declared at tests/features.yaml:132:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "order::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod result {
    /// `Result` is accepted without a payload.
    ///
    /// Declared at tests/features.yaml:141:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "result::accepts_no_payload",
            super::start_target,
        )
    }
    /// `Result` is accepted with null for a payload.
    ///
    /// Declared at tests/features.yaml:141:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "result::accepts_null",
            super::start_target,
        )
    }
    /// `Result` is accepted with an empty object.
    ///
    /// Declared at tests/features.yaml:141:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "result::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `Result` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/features.yaml:141:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "result::refuses_a_payload",
            super::start_target,
        )
    }
    /// `Result` takes no payload, so a string is refused.
    ///
    /// Declared at tests/features.yaml:141:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "result::refuses_a_string_payload",
            super::start_target,
        )
    }
}
mod close {
    /// `close` is accepted without a payload.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::accepts_no_payload",
            super::start_target,
        )
    }
    /// `close` is accepted with null for a payload.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::accepts_null",
            super::start_target,
        )
    }
    /// `close` is accepted with an empty object.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `close` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::refuses_a_payload",
            super::start_target,
        )
    }
    /// `close` takes no payload, so a string is refused.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::refuses_a_string_payload",
            super::start_target,
        )
    }
    /// `close` leads to the events it names.
    ///
    /// Declared at tests/features.yaml:142:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "close::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod new {
    /// `new` is accepted without a payload.
    ///
    /// Declared at tests/features.yaml:143:7.
    #[test]
    fn accepts_no_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "new::accepts_no_payload",
            super::start_target,
        )
    }
    /// `new` is accepted with null for a payload.
    ///
    /// Declared at tests/features.yaml:143:7.
    #[test]
    fn accepts_null() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "new::accepts_null",
            super::start_target,
        )
    }
    /// `new` is accepted with an empty object.
    ///
    /// Declared at tests/features.yaml:143:7.
    #[test]
    fn accepts_an_empty_object() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "new::accepts_an_empty_object",
            super::start_target,
        )
    }
    /// `new` takes no payload, so an object with a field is refused.
    ///
    /// Declared at tests/features.yaml:143:7.
    #[test]
    fn refuses_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "new::refuses_a_payload",
            super::start_target,
        )
    }
    /// `new` takes no payload, so a string is refused.
    ///
    /// Declared at tests/features.yaml:143:7.
    #[test]
    fn refuses_a_string_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "new::refuses_a_string_payload",
            super::start_target,
        )
    }
}
mod survey {
    /// `survey` is accepted with its example.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn accepts_its_example() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::accepts_its_example",
            super::start_target,
        )
    }
    /// `survey` needs a payload, so it is refused without one.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn refuses_a_missing_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_a_missing_payload",
            super::start_target,
        )
    }
    /// `survey` takes an object, so a string is refused.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn refuses_a_string_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_a_string_for_a_payload",
            super::start_target,
        )
    }
    /// `survey` takes an object, so an array is refused.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn refuses_an_array_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_an_array_for_a_payload",
            super::start_target,
        )
    }
    /// `survey` takes an object, so a number is refused.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn refuses_a_number_for_a_payload() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_a_number_for_a_payload",
            super::start_target,
        )
    }
    /// `survey` is refused without `floor`.
    ///
    /// Declared at tests/features.yaml:155:19.
    #[test]
    fn refuses_missing_floor() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_missing_floor",
            super::start_target,
        )
    }
    /// `survey` is refused when `floor` is null.
    ///
    /// Declared at tests/features.yaml:155:19.
    #[test]
    fn refuses_null_for_floor() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_null_for_floor",
            super::start_target,
        )
    }
    /// `survey` is refused when `floor` is a string.
    ///
    /// Declared at tests/features.yaml:155:19.
    #[test]
    fn refuses_a_string_for_floor() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_a_string_for_floor",
            super::start_target,
        )
    }
    /// `survey` is refused when `floor` is no whole number.
    ///
    /// Declared at tests/features.yaml:155:19.
    #[test]
    fn refuses_a_fraction_for_floor() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_a_fraction_for_floor",
            super::start_target,
        )
    }
    /// `survey` is refused when the payload has a field that the document does not name.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn refuses_an_unknown_field() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::refuses_an_unknown_field",
            super::start_target,
        )
    }
    /// `survey` leads to the events it names.
    ///
    /// Declared at tests/features.yaml:153:7.
    #[test]
    fn leads_to_what_it_says() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "survey::leads_to_what_it_says",
            super::start_target,
        )
    }
}
mod scenarios {
    /// One is asked alone, then all are; who says nothing is counted, and what is nonsense too.
    ///
    /// Declared at tests/features.yaml:178:3.
    #[test]
    fn surveys() -> ::core::result::Result<(), ::parlance_conformance::Failure> {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "scenarios::surveys",
            super::start_target,
        )
    }
}
mod protocol {
    /// An event that the document does not name is refused, and the connection lives.
    ///
    /// Declared at tests/features.yaml:1:1.
    #[test]
    fn refuses_an_unknown_event() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "protocol::refuses_an_unknown_event",
            super::start_target,
        )
    }
    /// Without a token there is no connection.
    ///
    /// Declared at tests/features.yaml:1:1.
    #[test]
    fn refuses_a_missing_token() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "protocol::refuses_a_missing_token",
            super::start_target,
        )
    }
    /// With something that is no token there is no connection.
    ///
    /// Declared at tests/features.yaml:1:1.
    #[test]
    fn refuses_a_garbage_token() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "protocol::refuses_a_garbage_token",
            super::start_target,
        )
    }
    /// A malformed packet costs its sender at most the connection, and nobody else anything.
    ///
    /// Declared at tests/features.yaml:1:1.
    #[test]
    fn survives_a_malformed_packet() -> ::core::result::Result<
        (),
        ::parlance_conformance::Failure,
    > {
        ::parlance_conformance::test(
            super::SPEC,
            "tests/features.yaml",
            "protocol::survives_a_malformed_packet",
            super::start_target,
        )
    }
}
