//! `parlance-bench-server`: listens on `127.0.0.1:$PORT` until SIGTERM.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use parlance_socketio::server::{Config, Recovery, Server};

/// Messages of a kilobyte and more are what the system's allocator is slow with (`docs/performance.md`).
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// One thread, because one core is what it is measured on.
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let port = u16::try_from(variable("PORT", 3000)?)
        .map_err(|_| invalid("PORT is too large; the greatest port is 65535".into()))?;
    let config = Config {
        ping_interval: Duration::from_millis(variable("PING_INTERVAL_MS", 25_000)?),
        ping_timeout: Duration::from_millis(variable("PING_TIMEOUT_MS", 20_000)?),
        // For the two minutes that the contract names, which are the default.
        recovery: (variable("CSR", 0)? == 1).then(Recovery::default),
        ..Config::default()
    };
    let listener =
        Server::<parlance_bench_server::Served>::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    parlance_bench_server::serve(listener, config, stopped()).await;
    Ok(())
}

/// A number from the environment.
fn variable(name: &str, otherwise: u64) -> io::Result<u64> {
    match std::env::var(name) {
        Err(_) => Ok(otherwise),
        Ok(text) => {
            text.parse().map_err(|_| invalid(format!("{name} is {text:?}, but must be a whole number")))
        }
    }
}

fn invalid(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// Until Ctrl-C, or SIGTERM where there is one.
async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
