//! Clients that do what no client should, with the exact outcome; and after each the server holds nothing and still serves.

/// The tests of a file by their names, so that each can be run again.
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        pub(super) const TESTS: &[(&str, fn())] =
            &[$((concat!(module_path!(), "::", stringify!($name)), $name)),*];
    };
}

#[path = "hostile/bounds.rs"]
mod bounds;
#[path = "hostile/frames.rs"]
mod frames;
#[path = "hostile/http.rs"]
mod http;
#[path = "hostile/late.rs"]
mod late;
#[path = "hostile/packets.rs"]
mod packets;
#[path = "hostile/polling.rs"]
mod polling;
#[path = "hostile/sids.rs"]
mod sids;
#[path = "hostile/slow.rs"]
mod slow;
#[path = "hostile/upgrade.rs"]
mod upgrade;

/// All tests of these files, with their names.
pub(crate) fn tests() -> impl Iterator<Item = (&'static str, fn())> {
    let files = [
        bounds::TESTS,
        frames::TESTS,
        http::TESTS,
        late::TESTS,
        packets::TESTS,
        polling::TESTS,
        sids::TESTS,
        slow::TESTS,
        upgrade::TESTS,
    ];
    let crate_name = module_path!().split_once("::").unwrap().0;
    files
        .into_iter()
        .flatten()
        .map(move |(name, test)| (name.strip_prefix(crate_name).unwrap().trim_start_matches(':'), *test))
}
