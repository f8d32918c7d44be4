//! Gemini over its REST interface, streaming.
//!
//! A request is tried again while nothing of an answer has been shown and the failure may pass; once text has been shown, a failure
//! is final, because what people have read cannot be taken back. Waiting honours what the host asks for, is
//! jittered, and ends at once when the request is cancelled.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Response, Url};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::error;
use super::model::{ErrorKind, Model, ModelError, Request, Update};
use super::sse::{Decoder, Tail};
use super::turn::Turn;
use super::wire::{ApiError, ErrorBody, GenerateContent};

pub use config::{ApiKey, ClientConfig, ConfigError, GOOGLE, RetryPolicy};

mod config;

/// Updates that may wait for a session before the stream is read no further.
const QUEUED_UPDATES: usize = 64;
/// Of the body of an error.
const MAX_ERROR_BODY: usize = 64 * 1024;
/// For what may come after the end of an answer, such as the usage.
const AFTER_END: Duration = Duration::from_secs(2);

/// A client of Gemini. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    base: Url,
    config: ClientConfig,
}

type Updates = mpsc::Sender<Result<Update, ModelError>>;

impl Client {
    /// A client. Nothing is sent yet.
    ///
    /// # Errors
    /// When the base URL, the key or the model's name cannot be used.
    pub fn new(config: ClientConfig) -> Result<Self, ConfigError> {
        let base = config.base()?;
        let mut key = HeaderValue::from_str(config.api_key.expose()).map_err(|_| ConfigError::ApiKey)?;
        key.set_sensitive(true);
        config::method_url(&base, &config.model, "")
            .ok_or_else(|| ConfigError::Model(config.model.clone()))?;
        let mut headers = HeaderMap::new();
        headers.insert("x-goog-api-key", key);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        let mut http = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(config.connect_timeout)
            // A redirect would carry the key to wherever it points.
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true);
        if config.no_proxy || config::is_loopback(&base) {
            http = http.no_proxy();
        }
        let http = http.build().map_err(|error| ConfigError::Http(error.to_string()))?;
        Ok(Self { inner: Arc::new(Inner { http, base, config }) })
    }

    /// The model that answers requests which name none.
    pub fn default_model(&self) -> &str {
        &self.inner.config.model
    }
}

impl Model for Client {
    fn stream(
        &self,
        request: Request,
        cancel: CancellationToken,
    ) -> mpsc::Receiver<Result<Update, ModelError>> {
        let (updates, receiver) = mpsc::channel(QUEUED_UPDATES);
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            // Dropping the future drops the connection, which is how the host learns of it.
            let end = tokio::select! {
                biased;
                () = cancel.cancelled() => Err(ModelError::cancelled()),
                () = updates.closed() => return,
                end = inner.run(&request, &updates) => end,
            };
            match end {
                Ok(()) => {}
                Err(error) if error.kind == ErrorKind::Cancelled => drop(updates.try_send(Err(error))),
                Err(error) => {
                    tokio::select! {
                        () = cancel.cancelled() => {}
                        _ = updates.send(Err(error)) => {}
                    }
                }
            }
        });
        receiver
    }
}

impl Inner {
    /// Tries until an answer is complete or a failure is final.
    async fn run(&self, request: &Request, updates: &Updates) -> Result<(), ModelError> {
        let model = request.model.as_deref().unwrap_or(&self.config.model);
        let mut url = config::method_url(&self.base, model, ":streamGenerateContent").ok_or_else(|| {
            ModelError::new(ErrorKind::UnknownModel, error::sentence(ErrorKind::UnknownModel))
                .with_detail(format!("{model:?} is no name of a model"))
        })?;
        url.set_query(Some("alt=sse"));
        let body = serde_json::to_vec(&GenerateContent::new(request))
            .map_err(|error| ModelError::new(ErrorKind::InvalidRequest, error.to_string()))?;
        let body = Bytes::from(body);

        let mut attempt = 1;
        loop {
            let mut text_shown = false;
            let Err(mut error) = self.attempt(&url, body.clone(), updates, &mut text_shown).await else {
                return Ok(());
            };
            error.detail = error.detail.map(|detail| self.config.api_key.redact(&detail));
            let wait = self.config.retry.wait(attempt, &error);
            let Some(wait) = wait.filter(|_| !text_shown) else {
                tracing::warn!(
                    target: "parlance::gemini", model, attempt, code = error.kind.code(),
                    reason = error.reason, detail = error.detail, "no answer"
                );
                return Err(error);
            };
            tracing::info!(
                target: "parlance::gemini", model, attempt, code = error.kind.code(), ?wait,
                reason = error.reason, detail = error.detail, "trying again"
            );
            show(updates, Update::Retrying { attempt, wait, error }).await?;
            sleep(wait).await;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        url: &Url,
        body: Bytes,
        updates: &Updates,
        text_shown: &mut bool,
    ) -> Result<(), ModelError> {
        let request = self.http.post(url.clone()).body(body).send();
        let mut response = match timeout(self.config.idle_timeout, request).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(transport(ErrorKind::Unavailable, error)),
            Err(_) => return Err(self.silence(ErrorKind::Unavailable)),
        };
        if !response.status().is_success() {
            return Err(self.refusal(response).await);
        }

        let mut decoder = Decoder::new(self.config.max_event_bytes);
        let mut turn = Turn::default();
        let mut received = 0;
        let mut events = Vec::new();
        let mut shown = Vec::new();
        loop {
            let patience = match turn.has_ended() {
                true => AFTER_END.min(self.config.idle_timeout),
                false => self.config.idle_timeout,
            };
            let chunk = match timeout(patience, response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => break,
                // Some gateways close without the end of HTTP's framing. What has an end is complete all the same.
                Ok(Err(_)) if turn.has_ended() => break,
                Ok(Err(error)) => return Err(transport(ErrorKind::Interrupted, error)),
                Err(_) if turn.has_ended() => break,
                Err(_) => return Err(self.silence(ErrorKind::Interrupted)),
            };
            received += chunk.len();
            if received > self.config.max_answer_bytes {
                let limit = self.config.max_answer_bytes;
                return Err(protocol(format!("an answer is longer than {limit} bytes")));
            }
            let decoded = decoder.push(&chunk, &mut events);
            for data in events.drain(..) {
                let read = turn.chunk(&data, &mut shown);
                show_all(updates, &mut shown, text_shown).await?;
                read?;
            }
            decoded.map_err(|error| protocol(error.to_string()))?;
        }
        match decoder.finish() {
            Tail::None => {}
            // Whole, but without the blank line after it, or cut: then it is the end of the stream that is wrong, not the JSON.
            Tail::Event(data) if serde_json::from_str::<serde::de::IgnoredAny>(&data).is_ok() => {
                let read = turn.chunk(&data, &mut shown);
                show_all(updates, &mut shown, text_shown).await?;
                read?;
            }
            Tail::Event(_) | Tail::Cut if turn.has_ended() => {}
            Tail::Event(_) | Tail::Cut => {
                return Err(interrupted().with_detail("the stream ended within an event"));
            }
        }
        let end = turn.end(&mut shown);
        show_all(updates, &mut shown, text_shown).await?;
        end
    }

    /// What an answer with an error status says.
    async fn refusal(&self, mut response: Response) -> ModelError {
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = retry_after.and_then(error::parse_retry_after);
        let mut body = Vec::new();
        while body.len() < MAX_ERROR_BODY {
            match timeout(self.config.idle_timeout, response.chunk()).await {
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                _ => break,
            }
        }
        let api = ErrorBody::parse(&body).unwrap_or_else(|| ApiError {
            message: Some(String::from_utf8_lossy(&body).into_owned()),
            ..ApiError::default()
        });
        error::from_api(status, api, retry_after)
    }

    fn silence(&self, kind: ErrorKind) -> ModelError {
        ModelError::new(kind, error::sentence(kind))
            .with_detail(format!("nothing came for {:?}", self.config.idle_timeout))
    }
}

/// Hands an update to the session. Whoever waits for it may be gone; then the answer is of no use.
async fn show(updates: &Updates, update: Update) -> Result<(), ModelError> {
    updates.send(Ok(update)).await.map_err(|_| ModelError::cancelled())
}

async fn show_all(
    updates: &Updates,
    shown: &mut Vec<Update>,
    text_shown: &mut bool,
) -> Result<(), ModelError> {
    for update in shown.drain(..) {
        *text_shown |= matches!(update, Update::Text(_));
        show(updates, update).await?;
    }
    Ok(())
}

fn transport(kind: ErrorKind, error: reqwest::Error) -> ModelError {
    use std::error::Error as _;
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        detail = format!("{detail}: {cause}");
        source = cause.source();
    }
    ModelError::new(kind, error::sentence(kind)).with_detail(detail)
}

fn interrupted() -> ModelError {
    ModelError::new(ErrorKind::Interrupted, error::sentence(ErrorKind::Interrupted))
}

fn protocol(detail: String) -> ModelError {
    ModelError::new(ErrorKind::Protocol, error::sentence(ErrorKind::Protocol)).with_detail(detail)
}
