//! The ways in which the server can be wrong, and the cases that find each of them out.

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    DropsAFieldOfAReply,
    RepliesAndAcknowledgesDifferently,
    AcknowledgesWithoutData,
    AcknowledgesTwice,
    RefusesInTheAcknowledgementOnly,
    RefusesUnasked,
    InventsMessages,
    SkipsValidation,
    TakesUnknownFields,
    IgnoresRoles,
    IgnoresStates,
    TakesVotesForEver,
    TellsTheCallerOnly,
    TellsEverybody,
    TellsTwice,
    CountsWrongly,
    SaysTheResultFirst,
    SaysWhatNobodyHasDeclared,
    NeverAnswersARecount,
    BelievesAnyToken,
    ReturnsAnEnvelope,
    ReturnsNothing,
    ReturnsAnotherType,
    OneMalformedPacketEndsAll,
    DoesEverythingAgain,
    KnowsConnectionsOnly,
    RefusesWhatCameBefore,
    AsksWithoutAnId,
    AsksWhatReturnsNothing,
    HearsWhatItLikes,
}

/// Whatever opens a board first, and the cases of opening it.
const EVERYTHING_AT_A_BOARD: &[&str] = &[
    "open_board::accepts_its_example",
    "open_board::replies_as_event_and_acknowledgement",
    "close_board::accepts_*",
    "close_board::leads_to_what_it_says",
    "close_board::refuses_a_payload",
    "close_board::refuses_a_string_payload",
    "recount::accepts_*",
    "recount::leads_to_what_it_says",
    "recount::refuses_*",
    "vote::accepts_*",
    "vote::has_one_effect_when_it_comes_again",
    "vote::leads_to_what_it_says",
    "vote::refuses_*",
    "scenarios::two_voters",
    "scenarios::aloud",
    "scenarios::apart",
    "scenarios::closing",
];

/// Every case: each of them ends with a round trip that is a refusal. Only connecting has none.
const EVERYTHING_BUT_CONNECTING: &[&str] = &[
    "open_board::*",
    "vote::*",
    "recount::*",
    "close_board::*",
    "greet::*",
    "ask_mood::*",
    "scenarios::*",
    "protocol::refuses_an_unknown_event",
    "protocol::survives_a_malformed_packet",
];

/// Whatever votes.
const EVERY_VOTE: &[&str] = &[
    "vote::accepts_*",
    "vote::has_one_effect_when_it_comes_again",
    "vote::leads_to_what_it_says",
    "scenarios::two_voters",
    "scenarios::aloud",
    "scenarios::apart",
    "scenarios::closing",
];

/// Each mutant with exactly the cases that fail; `*` at the end stands for every case that begins so.
pub const TABLE: &[(Mutant, &[&str])] = &[
    (Mutant::DropsAFieldOfAReply, EVERYTHING_AT_A_BOARD),
    (Mutant::RepliesAndAcknowledgesDifferently, &["open_board::replies_as_event_and_acknowledgement"]),
    (Mutant::AcknowledgesWithoutData, EVERYTHING_AT_A_BOARD),
    (Mutant::AcknowledgesTwice, EVERY_VOTE),
    (Mutant::RefusesInTheAcknowledgementOnly, EVERYTHING_BUT_CONNECTING),
    (Mutant::RefusesUnasked, EVERY_VOTE),
    (Mutant::InventsMessages, EVERYTHING_BUT_CONNECTING),
    (
        Mutant::SkipsValidation,
        &[
            "open_board::refuses_*",
            "vote::refuses_*",
            "recount::refuses_*",
            "close_board::refuses_a_payload",
            "close_board::refuses_a_string_payload",
            "greet::refuses_*",
            "ask_mood::refuses_*",
        ],
    ),
    (
        Mutant::TakesUnknownFields,
        &[
            "open_board::refuses_an_unknown_field",
            "vote::refuses_an_unknown_field",
            "recount::refuses_a_payload",
            "close_board::refuses_a_payload",
            "greet::refuses_a_payload",
            "ask_mood::refuses_a_payload",
        ],
    ),
    (Mutant::IgnoresRoles, &["close_board::refuses_role_voter"]),
    (
        Mutant::IgnoresStates,
        &[
            "vote::needs_state_at_a_board",
            "recount::needs_state_at_a_board",
            "close_board::needs_state_at_a_board",
        ],
    ),
    (Mutant::TakesVotesForEver, &["scenarios::closing"]),
    (Mutant::TellsTheCallerOnly, &["scenarios::two_voters", "scenarios::aloud", "scenarios::closing"]),
    (Mutant::TellsEverybody, &["scenarios::apart"]),
    (
        Mutant::TellsTwice,
        &[
            "vote::has_one_effect_when_it_comes_again",
            "vote::leads_to_what_it_says",
            "scenarios::two_voters",
            "scenarios::apart",
        ],
    ),
    (Mutant::CountsWrongly, &["scenarios::two_voters", "scenarios::aloud", "scenarios::closing"]),
    (Mutant::SaysTheResultFirst, &["recount::leads_to_what_it_says", "scenarios::aloud"]),
    (Mutant::SaysWhatNobodyHasDeclared, EVERY_VOTE),
    (Mutant::NeverAnswersARecount, &["recount::*", "scenarios::aloud"]),
    (Mutant::BelievesAnyToken, &["protocol::refuses_a_garbage_token"]),
    (Mutant::ReturnsAnEnvelope, &["greet::accepts_*"]),
    (Mutant::ReturnsNothing, &["greet::accepts_*"]),
    (Mutant::ReturnsAnotherType, &["greet::accepts_*"]),
    (Mutant::OneMalformedPacketEndsAll, &["protocol::survives_a_malformed_packet"]),
    (Mutant::DoesEverythingAgain, &["vote::has_one_effect_when_it_comes_again"]),
    (Mutant::KnowsConnectionsOnly, &["vote::has_one_effect_when_it_comes_again"]),
    (Mutant::RefusesWhatCameBefore, &["vote::has_one_effect_when_it_comes_again"]),
    (
        Mutant::AsksWithoutAnId,
        &["ask_mood::accepts_*", "ask_mood::leads_to_what_it_says", "scenarios::moods"],
    ),
    (Mutant::AsksWhatReturnsNothing, EVERY_VOTE),
    (Mutant::HearsWhatItLikes, &["scenarios::moods"]),
];
