//! The chat protocol, case by case, against our own server; or against any other with `CONFORMANCE_URL`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use parlance_conformance::Target;
use parlance_server::cli::Flags;
use parlance_server::config::Config;
use parlance_server::protocol::Role;
use parlance_server::service::Parlance;

parlance_codegen::conformance!("../../spec/gemini.yaml", target = start);

/// A server of its own for each case, with the offline Gemini and a store in a folder that goes with it.
async fn start() -> Target {
    let folder = tempfile::tempdir().unwrap();
    let flags = Flags {
        listen: Some("127.0.0.1:0".to_owned()),
        data: Some(folder.path().display().to_string()),
        ..Flags::default()
    };
    let config = Config::load(flags, |_| None).unwrap();
    let service = Parlance::start(config).await.unwrap();
    let url = service.url();
    let tokens = service.tokens();
    let mint = move |user: &str, role: &str| {
        let role = Role::from_name(role).unwrap_or_default();
        tokens.issue(user, role.name(), Duration::from_secs(60)).unwrap()
    };
    Target::new(url, mint, (service, folder))
}
