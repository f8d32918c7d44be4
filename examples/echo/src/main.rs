//! `echo`: listens until Ctrl-C, with the heartbeat that the official suites expect unless told otherwise.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use parlance_socketio::server::{self, Config, echo_websockets};
use tokio::net::TcpListener;

/// Of a message on a plain websocket: the suites send 4 MiB in fragments of 64 bytes.
const MAX_RAW_FRAGMENTS: u32 = 1 << 16;

/// Says everything back, over Socket.IO and over plain Engine.IO.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// Path of Socket.IO; plain Engine.IO is at /engine.io/.
    #[arg(long, default_value = "/socket.io/")]
    path: String,
    /// How packets of Socket.IO are written; clients must be told the same.
    #[arg(long, value_enum, default_value_t = Form::Json)]
    parser: Form,
    /// Milliseconds from one ping to the next.
    #[arg(long, default_value_t = 300)]
    ping_interval: u64,
    /// Milliseconds for the answer to a ping.
    #[arg(long, default_value_t = 200)]
    ping_timeout: u64,
    /// Bytes of a message.
    #[arg(long, default_value_t = 1_000_000)]
    max_payload: usize,
    /// Milliseconds for joining a namespace. The suites let a session live for three heartbeats without one, and want one
    /// without any closed within 2 s: this is between them.
    #[arg(long, default_value_t = 1400)]
    connect_timeout: u64,
    /// Port for websockets alone, which suites of that protocol ask for.
    #[arg(long)]
    raw_port: Option<u16>,
}

/// How packets are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// As every client does that is told nothing else.
    Json,
    /// As `socket.io-msgpack-parser` does.
    Msgpack,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let config = Config {
        path: options.path,
        parser: match options.parser {
            Form::Json => server::Parser::Json,
            Form::Msgpack => server::Parser::Msgpack,
        },
        ping_interval: Duration::from_millis(options.ping_interval),
        ping_timeout: Duration::from_millis(options.ping_timeout),
        max_payload: options.max_payload,
        connect_timeout: Duration::from_millis(options.connect_timeout),
        ..Config::default()
    };
    let listener = TcpListener::bind(SocketAddr::from((options.host, options.port))).await?;
    println!("echo listens on http://{}", listener.local_addr()?);
    if let Some(port) = options.raw_port {
        let raw = TcpListener::bind(SocketAddr::from((options.host, port))).await?;
        println!("echo has plain websockets at ws://{}", raw.local_addr()?);
        tokio::spawn(echo_websockets(raw, Config { max_fragments: MAX_RAW_FRAGMENTS, ..config.clone() }));
    }
    let stop = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            eprintln!("Ctrl-C will not stop this: {error}");
            std::future::pending::<()>().await;
        }
    };
    echo::serve(listener, config, stop).await.map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))
}
