//! The whole service, put together: store, model, tools, sessions, Socket.IO and REST on one port.

use std::net::SocketAddr;
use std::sync::Arc;

use parlance_socketio::server::{Config as WireConfig, Hub, Server};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::app::{App, Expiry};
use crate::auth::{AuthError, Tokens};
use crate::config::Config;
use crate::gemini::{self, ClientConfig, Model, offline};
use crate::monitoring::{Activity, Monitor};
use crate::protocol::{Emitter, Protocol, types};
use crate::rest::{self, Observer, Rest};
use crate::session::{Limits, Means, Sessions};
use crate::store::{Session, SqliteStore, Store, StoreError, now};
use crate::tools::{Registry, add_workspace_tools};

/// A running service.
pub struct Parlance {
    address: SocketAddr,
    tokens: Arc<Tokens>,
    store: Arc<dyn Store>,
    sessions: Sessions,
    offline: Option<offline::Offline>,
    /// Stops the server when this is dropped, without waiting for it.
    stop: DropGuard,
    serving: JoinHandle<()>,
}

/// Why the service does not start: one sentence, for the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be had.
    #[error("cannot listen on {address}: {why}; choose another with --listen")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        why: std::io::Error,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The workspace cannot be used.
    #[error("the workspace {path} cannot be used: {why}")]
    Workspace {
        /// Which.
        path: String,
        /// What the system says.
        why: std::io::Error,
    },
    /// The secret cannot be used.
    #[error(transparent)]
    Secret(#[from] AuthError),
    /// Gemini cannot be called so.
    #[error(transparent)]
    Gemini(#[from] gemini::ConfigError),
    /// The offline Gemini cannot listen.
    #[error("the offline Gemini cannot start: {0}")]
    Offline(std::io::Error),
    /// A bound of the wire cannot be so.
    #[error(transparent)]
    Wire(#[from] parlance_socketio::server::ConfigError),
    /// There are no random numbers.
    #[error("the system has no source of random numbers")]
    Random,
}

impl Parlance {
    /// Starts everything. It serves when this returns.
    ///
    /// # Errors
    /// When a part cannot be set up.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let (model, offline) = model(&config).await?;
        let mut service = Self::start_with(config, Arc::new(model), |_| ()).await?;
        service.offline = offline;
        Ok(service)
    }

    /// Starts everything with another model than the configuration names, and further tools.
    ///
    /// # Errors
    /// When a part cannot be set up.
    pub async fn start_with(
        config: Config,
        model: Arc<dyn Model>,
        add_tools: impl FnOnce(&Registry),
    ) -> Result<Self, StartError> {
        let tokens = Arc::new(Tokens::new(config.jwt_secret.expose().as_bytes())?);
        let data = config.data.clone();
        let opened = tokio::task::spawn_blocking(move || SqliteStore::open(&data)).await;
        let store = opened.map_err(|_| StoreError::Open("opening the store panicked".into()))??;
        let store: Arc<dyn Store> = Arc::new(store);
        let tools = Registry::new(config.policy());
        let path = config.workspace.clone();
        add_workspace_tools(&tools, &path)
            .map_err(|why| StartError::Workspace { path: path.display().to_string(), why })?;
        add_tools(&tools);

        let hub = Hub::new();
        let emitter = Emitter::new(hub.clone());
        let monitor = Monitor::start(Arc::clone(&store), emitter.clone());
        let sessions = Sessions::new(Means {
            store: Arc::clone(&store),
            model,
            tools: Arc::new(tools),
            emitter: emitter.clone(),
            monitor: monitor.clone(),
            limits: Limits {
                queue: config.queue,
                approval_timeout: config.approval_timeout,
                ..Limits::default()
            },
        });
        let origins = config.origins();
        let observer = Watch { sessions: sessions.clone(), monitor: monitor.clone() };
        let rest = Rest::new(Arc::clone(&store), Arc::clone(&tokens), Arc::new(observer), origins.clone());
        let app = App {
            tokens: Arc::clone(&tokens),
            store: Arc::clone(&store),
            sessions: sessions.clone(),
            monitor,
            expiry: Expiry::new(emitter.clone()),
        };
        let expiry = app.expiry.clone();
        let wire = WireConfig {
            ping_interval: config.ping_interval,
            ping_timeout: config.ping_timeout,
            max_payload: config.max_payload,
            origins,
            ..WireConfig::default()
        };
        let listen = |why| StartError::Listen { address: config.listen, why };
        let listener = Server::<Protocol<App>>::listen(config.listen).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let server =
            Server::try_new(Protocol::new(Arc::new(app), emitter), hub, wire)?.fallback(rest.into_fallback());
        let stop = CancellationToken::new();
        tokio::spawn(expiry.run(stop.clone()));
        let serving = tokio::spawn(server.serve(listener, stop.clone().cancelled_owned()));
        Ok(Self { address, tokens, store, sessions, offline: None, stop: stop.drop_guard(), serving })
    }

    /// `http://127.0.0.1:3000`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether the offline Gemini answers.
    pub fn is_offline(&self) -> bool {
        self.offline.is_some()
    }

    /// What makes and checks tokens.
    pub fn tokens(&self) -> Arc<Tokens> {
        Arc::clone(&self.tokens)
    }

    /// A session for these users: the newest they have, or a new one.
    ///
    /// # Errors
    /// What the store says.
    pub async fn session_for(&self, owner: &str, members: &[&str]) -> Result<String, StartError> {
        let theirs = |session: &Session| {
            session.owner == owner && members.iter().all(|member| session.has_member(member))
        };
        if let Some(session) = self.store.sessions(Some(owner), 100).await?.into_iter().find(theirs) {
            return Ok(session.id);
        }
        let moment = now();
        let id = rest::session_id(moment).ok_or(StartError::Random)?;
        let session = Session {
            id: id.clone(),
            owner: owner.to_owned(),
            members: members.iter().map(|member| (*member).to_owned()).collect(),
            title: None,
            model: None,
            created: moment,
            updated: moment,
        };
        self.store.create_session(session).await?;
        Ok(id)
    }

    /// Stops everything, in the order in which nothing is lost: clients are told, answers broken off and kept, the store closed.
    pub async fn stop(self) {
        drop(self.stop);
        if self.serving.await.is_err() {
            tracing::error!("the server panicked");
        }
        self.sessions.stop().await;
        self.sessions.means().monitor.flush().await;
        if let Err(error) = self.store.close().await {
            tracing::error!(%error, "the store did not close cleanly");
        }
        if let Some(offline) = self.offline {
            offline.stop().await;
        }
    }
}

/// The client of Gemini, or of the offline Gemini, which then runs here.
async fn model(config: &Config) -> Result<(gemini::Client, Option<offline::Offline>), StartError> {
    if let Some(config) = config.gemini() {
        return Ok((gemini::Client::new(config)?, None));
    }
    let offline = offline::start().await.map_err(StartError::Offline)?;
    let config = ClientConfig::new(offline.url(), "offline", config.gemini_model.as_str());
    Ok((gemini::Client::new(config)?, Some(offline)))
}

/// Carries news of the REST API to the rest.
struct Watch {
    sessions: Sessions,
    monitor: Monitor,
}

impl Watch {
    fn record(&self, event: &'static str, session: &str, user: &str) {
        self.monitor.tell(Activity {
            kind: types::Activity::Session,
            event,
            user: Some(user),
            session: Some(session),
            tool: None,
            data: json!({}),
        });
    }
}

impl Observer for Watch {
    fn created(&self, session: &Session, user: &str) {
        self.record("session-created", &session.id, user);
    }

    fn deleted(&self, session_id: &str, user: &str) {
        self.sessions.delete(session_id);
        self.record("session-deleted", session_id, user);
    }
}
