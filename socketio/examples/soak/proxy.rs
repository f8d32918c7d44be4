//! A TCP proxy that cuts each connection after a time of its own, whatever is being said on it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use tokio::io::{AsyncReadExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How connections are lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Both ends are told at once, and what was on the way is gone.
    Reset,
    /// Nothing passes any more, and nobody is told: as when a cable is pulled.
    Silence,
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Reset => "connections are reset",
            Self::Silence => "connections fall silent",
        })
    }
}

/// A running proxy; it stops when this is dropped.
pub(crate) struct Proxy {
    address: SocketAddr,
    armed: watch::Sender<bool>,
    cuts: Arc<AtomicU64>,
    _task: JoinSet<()>,
}

impl Proxy {
    pub(crate) async fn start(server: SocketAddr, cut: Cut, up: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (armed, is_armed) = watch::channel(false);
        let cuts = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&cuts);
        let mut task = JoinSet::new();
        task.spawn(async move {
            let mut connections = JoinSet::new();
            let mut number = 0;
            loop {
                while connections.try_join_next().is_some() {}
                let Ok((client, _)) = listener.accept().await else { continue };
                number += 1;
                let life = up.mul_f64(-(1.0 - unit(number)).ln());
                let carried = Carried { cut, life, is_armed: is_armed.clone(), cuts: Arc::clone(&counted) };
                connections.spawn(carried.carry(client, server));
            }
        });
        Ok(Self { address, armed, cuts, _task: task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether connections are cut.
    pub(crate) fn arm(&self, armed: bool) {
        self.armed.send_replace(armed);
    }

    /// How many were.
    pub(crate) fn cuts(&self) -> u64 {
        self.cuts.load(Relaxed)
    }
}

/// A number of 0 to 1 that looks like chance and is the same in every run (SplitMix64).
fn unit(number: u64) -> f64 {
    let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// One connection and its fate.
struct Carried {
    cut: Cut,
    life: Duration,
    is_armed: watch::Receiver<bool>,
    cuts: Arc<AtomicU64>,
}

impl Carried {
    async fn carry(mut self, mut client: TcpStream, server: SocketAddr) {
        let Ok(mut server) = TcpStream::connect(server).await else { return };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            () = self.fate() => {}
        }
        self.cuts.fetch_add(1, Relaxed);
        match self.cut {
            Cut::Reset => {
                let _ = (client.set_zero_linger(), server.set_zero_linger());
            }
            // What either still says is lost, and that it goes as well.
            Cut::Silence => drop(tokio::join!(swallow(&mut client), swallow(&mut server))),
        }
    }

    /// Returns when the connection is to be cut: its time begins when connections begin to be cut, or with itself.
    async fn fate(&mut self) {
        loop {
            if self.is_armed.wait_for(|armed| *armed).await.is_err() {
                return std::future::pending().await;
            }
            tokio::select! {
                () = tokio::time::sleep(self.life) => return,
                _ = self.is_armed.wait_for(|armed| !*armed) => {}
            }
        }
    }
}

async fn swallow(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    while let Ok(1..) = stream.read(&mut buffer).await {}
}
