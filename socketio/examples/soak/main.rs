//! Many clients whose connections are cut again and again, by a reset and in silence, while events are sent to all of them.
//! Ends with a failure unless each client has got each event once and in order. Run by `cargo xtask soak`.

mod listener;
mod proxy;
mod settings;
mod tally;

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parlance_socketio::client::{Backoff, Client, Config as ClientConfig, Transports};
use parlance_socketio::packet::{Event, Message, Prefix};
use parlance_socketio::server::{
    Config, ConnectError, DisconnectReason, Handshake, Hub, Recovery, Server, Service, Socket,
};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use proxy::{Cut, Proxy};
use settings::Settings;
use tally::{Figures, Tally};

/// From ping to ping, and for the answer: short, so that a silent loss is noticed soon.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// For everybody to be back after the last cut: silence to be noticed, waits, and attempts that were cut in the middle.
const DRAIN: Duration = Duration::from_secs(30);

/// Clients that connect at a time, before it begins.
const AT_ONCE: usize = 64;

/// Lets everybody in and answers nothing.
struct Silent;

impl Service for Silent {
    type Data = ();

    async fn connect(&self, _: Handshake<'_>) -> Result<(), ConnectError> {
        Ok(())
    }

    async fn connected(&self, _: &Socket<()>) {}

    async fn event(&self, _: &Socket<()>, _: Event) {}

    async fn disconnected(&self, _: &Socket<()>, _: DisconnectReason) {}
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool, Box<dyn std::error::Error>> {
    let settings = Settings::parse(std::env::args().skip(1))?;
    println!("{settings}");
    let mut is_good = true;
    for cut in [Cut::Reset, Cut::Silence] {
        let figures = phase(cut, &settings).await?;
        println!("\n{cut}\n{figures}");
        is_good &= figures.is_perfect();
    }
    println!("\n{}", if is_good { "nothing is missing" } else { "NOT everything has arrived as it should" });
    Ok(is_good)
}

/// All clients, all events, one way to lose a connection.
async fn phase(cut: Cut, settings: &Settings) -> Result<Figures, Box<dyn std::error::Error>> {
    let config = Config {
        ping_interval: HEARTBEAT,
        ping_timeout: HEARTBEAT,
        recovery: Some(Recovery { max_sessions: 2 * settings.clients, ..Recovery::default() }),
        ..Config::default()
    };
    let listener = Server::<Silent>::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    let address = listener.local_addr()?;
    let hub = Hub::new();
    let server = Server::try_new(Silent, hub.clone(), config)?;
    let stats = server.stats();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(server.serve(listener, async { drop(stopped.await) }));
    let proxy = Proxy::start(address, cut, settings.up).await?;

    let (start, end) = (Instant::now(), CancellationToken::new());
    let mut clients = connect(&proxy, settings, start, &end).await?;
    proxy.arm(true);
    let mut pace = tokio::time::interval(settings.seconds.div_f64(settings.broadcasts as f64));
    for number in 0..settings.broadcasts {
        pace.tick().await;
        hub.everyone("/").send(&event("n", &(number, micros(start.elapsed())))?);
    }
    proxy.arm(false);
    hub.everyone("/").send(&event("end", &0)?);

    let mut figures = Figures::default();
    let drained = tokio::time::timeout(DRAIN, async {
        while let Some(tally) = clients.join_next().await {
            figures.add(tally);
        }
    });
    if drained.await.is_err() {
        // They say what they have got so far.
        end.cancel();
        while let Some(tally) = clients.join_next().await {
            figures.add(tally);
        }
    }
    let snapshot = stats.snapshot();
    (figures.clients, figures.broadcasts) = (settings.clients, settings.broadcasts);
    (figures.cuts, figures.gaps) = (proxy.cuts(), snapshot.gaps);
    let _ = stop.send(());
    server.await?;
    Ok(figures)
}

/// Everybody joins, each in a task that counts what it gets.
async fn connect(
    proxy: &Proxy,
    settings: &Settings,
    start: Instant,
    end: &CancellationToken,
) -> Result<JoinSet<Tally>, Box<dyn std::error::Error>> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut joining = JoinSet::new();
    for number in 0..settings.clients {
        let mut config = ClientConfig::new(format!("http://{}", proxy.address()));
        // Most as the client of an application, some as a browser.
        config.transports = match number % 10 {
            8 => Transports::PollingThenWebSocket,
            9 => Transports::Polling,
            _ => Transports::WebSocket,
        };
        let wait = settings.down;
        config.reconnection = Some(Backoff { first: wait, cap: wait, jitter: 0.5, attempts: None });
        config.connect_timeout = Duration::from_secs(5);
        let places = Arc::clone(&places);
        joining.spawn(async move {
            let _place = places.acquire().await;
            Client::connect(config).await
        });
    }
    let mut clients = JoinSet::new();
    while let Some(joined) = joining.join_next().await {
        let (client, incoming) = joined??;
        let (broadcasts, end) = (settings.broadcasts, end.clone());
        clients.spawn(listener::listen(client, incoming, broadcasts, start, end));
    }
    Ok(clients)
}

fn event<T: serde::Serialize>(name: &str, payload: &T) -> Result<Message, serde_json::Error> {
    Message::event(&Prefix::event("/", name), payload)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
