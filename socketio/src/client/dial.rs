//! A TCP connection to the first of a server's addresses that answers. Each has a start over the next one (RFC 8305, 5), so that one
//! that answers nothing does not take all the time there is.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::sleep;

/// How long an address is waited for before the next is tried besides.
const HEAD_START: Duration = Duration::from_millis(250);

/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 16;

/// Connects to a host of that name or address.
pub(crate) async fn dial(host: &str, port: u16) -> io::Result<TcpStream> {
    let addresses: Vec<_> = lookup_host((host, port)).await?.take(MAX_ADDRESSES).collect();
    let stream = first(addresses, TcpStream::connect).await?;
    // Otherwise small messages wait for acknowledgements of earlier ones.
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// The first that comes of it; if nothing does, what came of the last that was waited for.
async fn first<T, F: Future<Output = io::Result<T>>>(
    addresses: Vec<SocketAddr>,
    connect: impl Fn(SocketAddr) -> F,
) -> io::Result<T> {
    let mut addresses = addresses.into_iter().peekable();
    let mut tries = FuturesUnordered::new();
    let mut failed = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    loop {
        tries.extend(addresses.next().map(&connect));
        loop {
            let has_more = addresses.peek().is_some();
            tokio::select! {
                Some(tried) = tries.next() => match tried {
                    Ok(connected) => return Ok(connected),
                    Err(why) => failed = why,
                },
                () = sleep(HEAD_START), if has_more => {}
                else => return Err(failed),
            }
            if has_more {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(count: u16) -> Vec<SocketAddr> {
        (0..count).map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect()
    }

    /// What comes of it, within the time that tests have.
    async fn soon(count: u16, tried: impl Fn(u16) -> Option<io::Result<u16>>) -> io::Result<u16> {
        let connect = |address: SocketAddr| {
            let tried = tried(address.port());
            async move {
                match tried {
                    Some(tried) => tried,
                    None => std::future::pending().await,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), first(addresses(count), connect)).await.unwrap()
    }

    #[tokio::test]
    async fn an_address_that_answers_nothing_does_not_keep_the_next_from_being_tried() {
        assert_eq!(soon(3, |port| (port == 2).then_some(Ok(port))).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn the_last_refusal_is_told_when_there_is_nobody() {
        let refused = soon(2, |port| Some(Err(io::Error::other(format!("no {port}"))))).await;
        assert_eq!(refused.unwrap_err().to_string(), "no 1");
        assert!(soon(0, |_| None).await.unwrap_err().to_string().contains("no address"));
        assert_eq!(
            soon(2, |port| Some(if port == 0 { Err(io::Error::other("no")) } else { Ok(1) })).await.unwrap(),
            1
        );
    }
}
