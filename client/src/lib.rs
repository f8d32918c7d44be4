//! The client of the chat protocol, made of its document: payloads, one method per client event, and what arrives as an enum.
//!
//! ```no_run
//! use parlance_client::types::SessionId;
//! use parlance_client::{Client, Config, Incoming, ServerEvent, client_events};
//!
//! # async fn chat() -> Result<(), Box<dyn std::error::Error>> {
//! let auth = serde_json::json!({ "token": "…" }).into();
//! let (client, mut events) = Client::connect(Config { auth, ..Config::new("http://127.0.0.1:3000") }).await?;
//!
//! let session_id = SessionId::new("session_1")?;
//! client.join_session(&client_events::JoinSession { session_id }).await?;
//! client.chat_message(&client_events::ChatMessage { content: "Hello!".into() }).await?;
//!
//! while let Some(incoming) = events.next().await {
//!     match incoming {
//!         Incoming::Event(ServerEvent::GeminiContent(content)) => print!("{}", content.text),
//!         Incoming::Event(ServerEvent::GeminiDone(_)) => break,
//!         _ => {}
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A refusal is a value: `chat_message` may give `CallError::Refused { error: ChatMessageError::Busy, .. }`, and nothing else that is
//! not said of every event. What a newer server sends besides is tolerated: unknown fields are passed over, unknown events are
//! [`Incoming::Unknown`], unknown values of open enums are kept.
//!
//! `https://` and `wss://` work with the feature `tls`, which is on by default. Nothing is sent twice unless it is asked for:
//! `chat:message` has no field by which the server could know it again, so that a retry would be another message.
//!
//! A new connection is in no session. With `hold_until_ready`, nothing that waits is sent before the session is joined again:
//!
//! ```no_run
//! # use parlance_client::{Client, Config, Events, Incoming, client_events::JoinSession};
//! # async fn chat(token: fn() -> serde_json::Value, join: JoinSession) -> Result<(), Box<dyn std::error::Error>> {
//! let auth = parlance_client::Auth::ask(move || async move { Ok(token()) });
//! let config = Config { auth, hold_until_ready: true, ..Config::new("http://127.0.0.1:3000") };
//! let (client, mut events) = Client::start(config)?;
//! while let Some(incoming) = events.next().await {
//!     if let Incoming::Connected { recovered: false } = incoming {
//!         // Of this connection: if it is lost meanwhile, the next one is told as well.
//!         let (ahead, join) = (client.ahead(), join.clone());
//!         tokio::spawn(async move {
//!             if ahead.join_session(&join).await.is_ok() {
//!                 ahead.ready();
//!             }
//!         });
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Take signals out: when as many wait as may wait, nothing more is read, and acknowledgements neither.
//!
//! `cargo run -p parlance-client --example chat -- --help` is a chat in the terminal, made with nothing else.

pub use parlance_socketio::client::{
    Auth, Backoff, Config, ConnectError, Detail, Reason, Transports, WhenRefused,
};
pub use parlance_socketio::typed::{CallError, ErrorCode, Invalid, JoinError};

parlance_codegen::client!("../../spec/gemini.yaml");
