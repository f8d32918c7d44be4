//! Websockets with nothing of Engine.IO on them: asked for, accepted, read and written as those of a server are, so that test
//! suites of the websocket protocol can be run against just that.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::Poll;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::config::Config;
use super::impatient::Impatient;
use super::reason::DisconnectReason;
use super::upgrade::{agree, switch, upgraded};
use super::websocket::{Read, WebSocket};
use crate::packet::{binary_frame, text_frame};

/// Says every message back, until accepting fails. It has none of a server's bounds on how many connections there are, and no
/// heartbeat: it is for tests.
#[doc(hidden)]
pub async fn echo_websockets(listener: TcpListener, config: Config) -> io::Error {
    let config = Arc::new(config);
    loop {
        let (stream, remote) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => return error,
        };
        let config = Arc::clone(&config);
        let stream = Impatient::new(stream, config.answer_timeout);
        let service = service_fn(move |request| answer(request, remote, Arc::clone(&config)));
        // A peer that is gone is its own affair.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades());
    }
}

async fn answer(
    mut request: Request<Incoming>,
    remote: SocketAddr,
    config: Arc<Config>,
) -> Result<hyper::Response<super::Body>, Infallible> {
    let accept = match agree(&request, remote) {
        Ok(accept) => accept,
        Err(refusal) => return Ok(*refusal),
    };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Some(mut websocket) = upgraded(upgrade, &config).await {
            let reason = echo(&mut websocket).await;
            // What the peer closed has been answered by then; all else is told why.
            if !matches!(reason, DisconnectReason::TransportClose | DisconnectReason::TransportError) {
                websocket.push_close(reason);
            }
            let end = async {
                let _ = poll_fn(|cx| websocket.poll_write(cx)).await;
                websocket.linger().await;
            };
            let _ = timeout(config.close_timeout, end).await;
        }
    });
    Ok(switch(accept))
}

async fn echo(websocket: &mut WebSocket) -> DisconnectReason {
    loop {
        let read = poll_fn(|cx| match websocket.poll_read(cx) {
            Poll::Ready(read) => Poll::Ready(read),
            // Reading may have left an answer to a ping to be written.
            Poll::Pending => match websocket.poll_write(cx) {
                Poll::Ready(Err(_)) => Poll::Ready(Err(DisconnectReason::TransportError)),
                Poll::Ready(Ok(())) | Poll::Pending => Poll::Pending,
            },
        });
        match read.await {
            Ok(Read::Text(text)) => websocket.push(text_frame(text.as_str())),
            Ok(Read::Binary(bytes)) => websocket.push(binary_frame(&bytes)),
            Err(reason) => return reason,
        }
        // One message at a time, so that nothing piles up.
        if poll_fn(|cx| websocket.poll_write(cx)).await.is_err() {
            return DisconnectReason::TransportError;
        }
    }
}
