//! The golden expansions are code: they compile without a warning and do what their documents say.
//!
//! What they are is kept up to date by the generator's own tests. The cases of `features` and `places` are played here, against servers made
//! from their golden parts; those of `tally` are played in `examples/tally`.
#![deny(warnings, missing_docs)]
#![allow(clippy::wrong_self_convention, clippy::new_ret_no_self, reason = "`features` has an event `new`")]

/// `tally`, the server's half.
pub mod tally_server {
    include!("golden/tally/server_types.rs");
    include!("golden/tally/server.rs");
}

/// `tally`, the client's half.
pub mod tally_client {
    include!("golden/tally/client_types.rs");
    include!("golden/tally/client.rs");
}

/// `features`, the server's half.
pub mod features_server {
    include!("golden/features/server_types.rs");
    include!("golden/features/server.rs");
}

/// `features`, the client's half.
pub mod features_client {
    include!("golden/features/client_types.rs");
    include!("golden/features/client.rs");
}

/// `features`, its cases.
pub mod features_tests {
    include!("golden/features/tests.rs");
}

/// `places`, the server's half.
pub mod places_server {
    include!("golden/places/server_types.rs");
    include!("golden/places/server.rs");
}

/// `places`, the client's half.
pub mod places_client {
    include!("golden/places/client_types.rs");
    include!("golden/places/client.rs");
}

/// `places`, its cases.
pub mod places_tests {
    include!("golden/places/tests.rs");
}

#[path = "golden/app.rs"]
mod app;
#[path = "golden/calls.rs"]
mod calls;
#[path = "golden/once.rs"]
mod once;
#[path = "golden/places.rs"]
mod places;
#[path = "golden/questions.rs"]
mod questions;
#[path = "golden/targets.rs"]
mod targets;
#[path = "golden/values.rs"]
mod values;

use app::start;
