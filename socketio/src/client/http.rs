//! One HTTP connection that is kept for the next request, and at most one request at a time.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::backoff::retry_after;
use super::endpoint::Endpoint;
use super::error::ConnectError;

/// How much of a refusal is told.
pub(crate) const MAX_TOLD: usize = 200;

/// How long a connection may have been idle that is used again. Node's servers close theirs after 5 s, and whether a POST that met the
/// closing was taken nobody could say.
const MAX_IDLE: Duration = Duration::from_secs(4);

/// A way to send requests one after the other.
pub(crate) struct Http(State);

enum State {
    Idle(Box<Connection>),
    Busy(Pin<Box<dyn Future<Output = Answered> + Send>>),
    /// Polled again after its future had ended in a panic.
    Lost,
}

/// The connection that comes back, and the body of the answer.
type Answered = (Box<Connection>, Result<Bytes, ConnectError>);

struct Connection {
    endpoint: Arc<Endpoint>,
    max_body: usize,
    max_idle: Duration,
    open: Option<Open>,
}

/// A connection that can be used again.
struct Open {
    sender: SendRequest<Full<Bytes>>,
    driver: Driver,
    idle_since: Instant,
}

/// The task that moves the bytes; ends when it is dropped.
struct Driver(JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_idle() { "Http(idle)" } else { "Http(busy)" })
    }
}

impl Http {
    /// Connects with the first request. Answers may have so many bytes.
    pub(crate) fn new(endpoint: Arc<Endpoint>, max_body: usize) -> Self {
        Self(State::Idle(Box::new(Connection { endpoint, max_body, max_idle: MAX_IDLE, open: None })))
    }

    /// Whether a request can be started.
    pub(crate) fn is_idle(&self) -> bool {
        matches!(self.0, State::Idle(_))
    }

    /// Starts a request, to be polled.
    pub(crate) fn start(&mut self, method: Method, target: String, body: Bytes) {
        self.0 = match std::mem::replace(&mut self.0, State::Lost) {
            State::Idle(mut connection) => State::Busy(Box::pin(async move {
                let answer = connection.request(method, &target, body).await;
                (connection, answer)
            })),
            other => other,
        };
    }

    /// The answer's body, if a request was started. An answer other than 200 is an error.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, ConnectError>> {
        match &mut self.0 {
            State::Busy(future) => {
                let (connection, answer) = ready!(future.as_mut().poll(cx));
                self.0 = State::Idle(connection);
                Poll::Ready(answer)
            }
            State::Idle(_) => Poll::Pending,
            State::Lost => Poll::Ready(Err(ConnectError::Unreachable("a request was lost".into()))),
        }
    }
}

impl Connection {
    async fn request(&mut self, method: Method, target: &str, body: Bytes) -> Result<Bytes, ConnectError> {
        // Not the query: it may hold what is secret, as the id of the session is.
        let path = target.split('?').next().unwrap_or_default();
        let said = format!("{method} {}{path}", self.endpoint.url());
        let broke = |why: &dyn fmt::Display| ConnectError::Unreachable(format!("{said}: {why}"));
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(HOST, &self.endpoint.authority)
            .header(CONTENT_TYPE, "text/plain;charset=UTF-8")
            .body(Full::new(body))
            .map_err(|why| broke(&why))?;
        self.endpoint.say(request.headers_mut());
        let (response, sender, driver) = loop {
            let (mut sender, driver, is_new) = match self.open.take() {
                Some(Open { sender, driver, idle_since })
                    if !sender.is_closed() && idle_since.elapsed() < self.max_idle =>
                {
                    (sender, driver, false)
                }
                _ => {
                    let (sender, driver) = self.dial().await?;
                    (sender, driver, true)
                }
            };
            // A connection that was kept may be closed by the server at any time.
            if let Err(why) = sender.ready().await {
                if is_new {
                    return Err(broke(&why));
                }
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(response) => break (response, sender, driver),
                Err(mut error) => match error.take_message() {
                    // It was not sent, so that it may be sent again.
                    Some(unsent) if !is_new => request = unsent,
                    _ => return Err(broke(&error.into_error())),
                },
            }
        };
        let status = response.status();
        let retry_after = retry_after(response.headers());
        self.endpoint.heard(response.headers());
        let body = Limited::new(response.into_body(), self.max_body).collect().await;
        let body = body.map_err(|why| broke(&why))?.to_bytes();
        self.open = Some(Open { sender, driver, idle_since: Instant::now() });
        if status == StatusCode::OK {
            return Ok(body);
        }
        let told = String::from_utf8_lossy(body.get(..body.len().min(MAX_TOLD)).unwrap_or_default());
        let text = format!("{said}: {status} {told}");
        Err(ConnectError::Status { status: status.as_u16(), retry_after, text })
    }

    async fn dial(&self) -> Result<(SendRequest<Full<Bytes>>, Driver), ConnectError> {
        let stream = self.endpoint.dial().await?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|why| {
            ConnectError::Unreachable(format!("no connection to {}: {why}", self.endpoint.authority))
        })?;
        // Its errors are those of the request.
        let driver = tokio::spawn(async move { drop(connection.await) });
        Ok((sender, Driver(driver)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::client::Config;

    /// Three requests, one after the other, over how many connections.
    async fn connections(max_idle: Duration) -> usize {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let endpoint = Arc::new(Endpoint::new(&Config::new(url)).unwrap());
        let mut connection = Connection { endpoint, max_body: 100, max_idle, open: None };
        let accepted = AtomicUsize::new(0);
        let serve = async {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                accepted.fetch_add(1, SeqCst);
                tokio::spawn(async move {
                    while let Ok(1..) = stream.read(&mut [0; 1000]).await {
                        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
                        stream.write_all(answer).await.unwrap();
                    }
                });
            }
        };
        let ask = async {
            for _ in 0..3 {
                let answer = connection.request(Method::POST, "/", Bytes::new()).await;
                assert_eq!(answer.unwrap(), "ok");
            }
        };
        let asked = tokio::time::timeout(Duration::from_secs(10), async {
            tokio::select! { () = serve => {}, () = ask => {} }
        });
        asked.await.unwrap();
        accepted.load(SeqCst)
    }

    #[tokio::test]
    async fn what_was_idle_for_so_long_that_the_server_may_be_closing_it_is_not_used_again() {
        assert_eq!(connections(MAX_IDLE).await, 1);
        assert_eq!(connections(Duration::ZERO).await, 3);
    }
}
