//! Both ends of a connection as state machines, in a world with a clock of its own: no sockets, no tasks, no waiting. What holds
//! of a session holds for every latency, every moment of an upgrade and every end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, unreachable_pub)]

#[path = "pair/client.rs"]
mod client;
#[path = "pair/network.rs"]
mod network;
#[path = "pair/server.rs"]
mod server;
#[path = "pair/speaker.rs"]
mod speaker;
#[path = "pair/world.rs"]
mod world;

use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use world::{Fate, Scenario, play};

/// From one ping to the next, and for its answer: much longer than anything takes in this world.
const INTERVAL: Duration = Duration::from_secs(1);
const TIMEOUT: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Carrier {
    None,
    Polling,
    WebSocket,
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap()
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let carrier = prop_oneof![3 => Just(Carrier::Polling), 1 => Just(Carrier::WebSocket)];
    let fate = prop_oneof![
        1 => Just(Fate::Stays),
        2 => any::<bool>().prop_map(|with_get| Fate::ClientCloses { with_get }),
        2 => Just(Fate::ServerCloses),
        1 => Just(Fate::Cut),
    ];
    let upgrade = prop::option::of(0..3000u64);
    // Now and then at the very moment of the upgrade.
    let reset = prop::option::weighted(0.2, 0..300u64);
    let bursts = || prop::collection::vec((200..3000u64, 1..20u64), 0..5);
    (any::<u64>(), carrier, upgrade, reset, bursts(), bursts(), fate, 300..6000u64).prop_map(
        |(seed, carrier, upgrade, reset, by_server, by_client, fate, end)| {
            let reset = upgrade.zip(reset).map(|(upgrade, after)| upgrade + after);
            Scenario { seed, carrier, upgrade, reset, by_server, by_client, fate, end }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_is_lost_doubled_or_waited_for_in_vain(scenario in scenario()) {
        play(&scenario);
    }

    #[test]
    fn the_same_seed_is_the_same_session(scenario in scenario()) {
        prop_assert_eq!(play(&scenario), play(&scenario));
    }
}

/// What is said above is said of something.
#[test]
fn all_of_it_happens() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let traces: Vec<String> =
        (0..500).map(|_| play(&scenario().new_tree(&mut runner).unwrap().current())).collect();
    for (what, least) in [
        (" ping\n", 100),
        (" noop\n", 30),
        (" full\n", 30),
        (" late\n", 10),
        (" upgraded\n", 50),
        (" reset\n", 10),
        (" the client has ended: closed\n", 50),
        (" the client has ended: the server closed\n", 20),
        (" the client has ended: websocket closed\n", 20),
        (" the server has ended: the client closed\n", 20),
        (" the server has ended: ping timeout\n", 20),
        ("status: 200, body: \"1\"", 20),
        ("status: 200, body: \"6\"", 20),
        ("Session ID unknown", 20),
    ] {
        let count = traces.iter().filter(|trace| trace.contains(what)).count();
        println!("{count} of 500: {what:?}");
        assert!(count >= least, "{what:?} happens in {count} sessions of 500");
    }
}
