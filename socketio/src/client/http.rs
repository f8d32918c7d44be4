//! One HTTP connection that is kept for the next request, and at most one request at a time.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;

use super::endpoint::Endpoint;

/// How much of a refusal is told.
const MAX_TOLD: usize = 200;

/// A way to send requests one after the other.
pub(crate) struct Http(State);

enum State {
    Idle(Box<Connection>),
    Busy(Pin<Box<dyn Future<Output = Answered> + Send>>),
    /// Polled again after its future had ended in a panic.
    Lost,
}

/// The connection that comes back, and the body of the answer.
type Answered = (Box<Connection>, Result<Bytes, String>);

struct Connection {
    endpoint: Arc<Endpoint>,
    max_body: usize,
    open: Option<(SendRequest<Full<Bytes>>, Driver)>,
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
        Self(State::Idle(Box::new(Connection { endpoint, max_body, open: None })))
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
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, String>> {
        match &mut self.0 {
            State::Busy(future) => {
                let (connection, answer) = ready!(future.as_mut().poll(cx));
                self.0 = State::Idle(connection);
                Poll::Ready(answer)
            }
            State::Idle(_) => Poll::Pending,
            State::Lost => Poll::Ready(Err("a request was lost".into())),
        }
    }
}

impl Connection {
    async fn request(&mut self, method: Method, target: &str, body: Bytes) -> Result<Bytes, String> {
        let said = format!("{method} {}://{}{target}", self.endpoint.scheme("http"), self.endpoint.authority);
        let failed = |why: &dyn fmt::Display| format!("{said}: {why}");
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(HOST, &self.endpoint.authority)
            .header(CONTENT_TYPE, "text/plain;charset=UTF-8")
            .body(Full::new(body))
            .map_err(|why| failed(&why))?;
        let response = loop {
            let (mut sender, driver, is_new) = match self.open.take() {
                Some((sender, driver)) if !sender.is_closed() => (sender, driver, false),
                _ => {
                    let (sender, driver) = self.dial().await?;
                    (sender, driver, true)
                }
            };
            // A connection that was kept may be closed by the server at any time.
            if let Err(why) = sender.ready().await {
                if is_new {
                    return Err(failed(&why));
                }
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(response) => {
                    self.open = Some((sender, driver));
                    break response;
                }
                Err(mut error) => match error.take_message() {
                    // It was not sent, so that it may be sent again.
                    Some(unsent) if !is_new => request = unsent,
                    _ => return Err(failed(&error.into_error())),
                },
            }
        };
        let status = response.status();
        let body = Limited::new(response.into_body(), self.max_body).collect().await;
        let body = body.map_err(|why| failed(&why))?.to_bytes();
        if status == StatusCode::OK {
            return Ok(body);
        }
        let told = String::from_utf8_lossy(body.get(..body.len().min(MAX_TOLD)).unwrap_or_default());
        Err(failed(&format!("{status} {told}")))
    }

    async fn dial(&self) -> Result<(SendRequest<Full<Bytes>>, Driver), String> {
        let stream = self.endpoint.dial().await?;
        let (sender, connection) = handshake(TokioIo::new(stream))
            .await
            .map_err(|why| format!("no connection to {}: {why}", self.endpoint.authority))?;
        // Its errors are those of the request.
        let driver = tokio::spawn(async move { drop(connection.await) });
        Ok((sender, Driver(driver)))
    }
}
