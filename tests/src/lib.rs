//! The judge: plays the cases of an event specification against any server, over raw wire.
//!
//! It knows the document, Engine.IO 4 over WebSocket and Socket.IO 5, and nothing else: no type of
//! the server under test, none of the library that it may be built with. `docs/conformance.md`
//! says what is judged.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod connection;
mod exchange;
mod failure;
mod http;
mod pattern;
mod play;
mod scenario;
mod stage;
mod target;
mod transcript;
mod wire;

use std::time::Duration;

use parlance_spec::cases::cases;
use parlance_spec::model::Spec;

pub use failure::{Failure, Report};
pub use target::Target;

use failure::Trouble;
use transcript::Transcript;

/// How long a case may take unless `CONFORMANCE_TIMEOUT_MS` says otherwise.
const DEADLINE: Duration = Duration::from_secs(20);

/// Plays one case of a document: what the function of a generated test calls.
///
/// `start` gives a fresh server. It is not called when `CONFORMANCE_URL` names one that runs already.
pub fn test<F, Fut>(spec_text: &str, file: &str, case_id: &str, start: F) -> Result<(), Failure>
where
    F: FnOnce() -> Fut,
    Fut: Future<Output = Target>,
{
    let spec = parlance_spec::load(spec_text, file)
        .map_err(|problems| Failure::before(case_id, format!("{file} to be right"), format!("{problems}")))?;
    let deadline = match std::env::var("CONFORMANCE_TIMEOUT_MS") {
        Err(_) => DEADLINE,
        Ok(text) => text.parse().map(Duration::from_millis).map_err(|_| {
            let expected = "CONFORMANCE_TIMEOUT_MS to be whole milliseconds".to_owned();
            Failure::before(case_id, expected, format!("{text:?}"))
        })?,
    };
    judge(&spec, file, case_id, deadline, async move || match target::external() {
        Some(target) => target,
        None => Ok(start().await),
    })
}

/// Plays one case of a document that is loaded already, within `deadline`.
pub fn judge<F, Fut>(
    spec: &Spec,
    file: &str,
    case_id: &str,
    deadline: Duration,
    start: F,
) -> Result<(), Failure>
where
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<Target, String>>,
{
    let case = cases(spec).into_iter().find(|case| case.id() == case_id);
    let Some(case) = case else {
        let expected = format!("a case of {file}");
        return Err(Failure::before(case_id, expected, "no case of that name".to_owned()));
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::before(case_id, "a runtime".to_owned(), error.to_string()))?;
    let transcript = Transcript::default();
    let outcome = runtime.block_on(async {
        let by = tokio::time::Instant::now() + deadline;
        let target = match tokio::time::timeout_at(by, start()).await {
            Ok(target) => target.map_err(|problem| Trouble::new("a server to judge", problem))?,
            Err(_) => return Err(Trouble::new("a server to judge", format!("none within {deadline:?}"))),
        };
        // Waits know the deadline and say what they waited for; this one is for the rest.
        match tokio::time::timeout_at(by + deadline, play::play(spec, &case, &target, &transcript, by)).await
        {
            Ok(outcome) => outcome,
            Err(_) => Err(Trouble::new("the case to end", format!("it still ran after {:?}", deadline * 2))),
        }
    });
    // Whatever a server under test left running must not outlive its test.
    runtime.shutdown_timeout(Duration::from_secs(1));
    outcome.map_err(|trouble| Failure::of(file, &case, trouble, &transcript))
}
