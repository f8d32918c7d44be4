//! `parlance`: serves, or prints a token.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use parlance_server::auth::Tokens;
use parlance_server::cli::{Cli, Command, TokenArgs};
use parlance_server::config::Config;
use parlance_server::protocol::Role;
use parlance_server::service::Parlance;
use tracing_subscriber::EnvFilter;

/// Messages of a kilobyte and more are what the system's allocator is slow with (`docs/performance.md`).
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long the tokens live that are printed at the start.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn main() -> ExitCode {
    let outcome = match Cli::parse().command() {
        Command::Serve(flags) => Config::load(flags, environment).map_err(Into::into).and_then(serve),
        Command::Token(arguments) => token(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parlance: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn token(arguments: &TokenArgs) -> anyhow::Result<()> {
    let config = Config::load(arguments.flags(), environment)?;
    if Role::from_name(&arguments.role).is_none() {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        anyhow::bail!("--role must be one of {}, and not `{}`", known.join(", "), arguments.role);
    }
    let tokens = Tokens::new(config.jwt_secret.expose().as_bytes())?;
    let token = tokens.issue(&arguments.user, &arguments.role, arguments.ttl)?;
    writeln!(io::stdout(), "{token}")?;
    Ok(())
}

fn serve(config: Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)?;
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colour).init();
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = shutdown()?;
        let service = Parlance::start(config).await?;
        greet(&service).await?;
        stop.await;
        tracing::info!("stopping");
        service.stop().await;
        Ok(())
    })
}

/// What a newcomer needs to try it.
async fn greet(service: &Parlance) -> anyhow::Result<()> {
    let session = service.session_for("engineer", &["engineer", "admin"]).await?;
    let token = |user: &str, role: Role| service.tokens().issue(user, role.name(), DAY);
    let (engineer, admin) = (token("engineer", Role::Engineer)?, token("admin", Role::Admin)?);
    let url = service.url();
    let model = if service.is_offline() {
        "offline (no GEMINI_API_KEY); see docs/offline-gemini.md"
    } else {
        "Gemini"
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Parlance serves on {url}\n\n\
         model           {model}\n\
         engineer token  {engineer}\n\
         admin token     {admin}\n\
         session         {session}\n\n\
         Paste this to chat in the terminal:\n\n  \
         cargo run -p parlance-client --example chat -- --url {url} --session {session} --token {engineer}\n"
    )?;
    out.flush()?;
    Ok(())
}

/// Ready when the process is told to end.
fn shutdown() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            let _ = tokio::signal::ctrl_c().await;
        })
    }
}
