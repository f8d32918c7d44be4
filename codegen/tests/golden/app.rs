//! A server of `features`: each event does the least that the document asks for.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use parlance_conformance::Target;
use parlance_socketio::server::{Config, Hub, Server};
use parlance_socketio::typed::{ConnectError, DisconnectReason, Handshake, Refused};
use serde_json::json;
use tokio::sync::oneshot;

use crate::features_server::types::{DeskId, OpenMood, Shape, When};
use crate::features_server::{
    Application, AtDesk, Connected, Emitter, FirstHandlers, Identity, PowerUser, PowerUserInLine, Protocol,
    QuestionsHandlers, Role, SecondGroupHandlers, client_events, errors, server_events,
};

/// The desk where there is never room.
const TAKEN: i64 = 99;

/// With how much was ordered.
#[derive(Default)]
pub(crate) struct App(AtomicI64);

impl Application for App {
    type User = String;
    type AtDesk = DeskId;
    type InLine = ();

    async fn authenticate(&self, handshake: Handshake<'_>) -> Result<Identity<String>, ConnectError> {
        let refused = || ConnectError {
            message: "Authentication failed".into(),
            data: Some(json!({ "code": "authentication-failed" })),
        };
        let auth = handshake.auth.ok_or_else(refused)?;
        let auth: serde_json::Value = serde_json::from_str(auth.get()).map_err(|_| refused())?;
        let (user, role) =
            auth["token"].as_str().and_then(|token| token.split_once(':')).ok_or_else(refused)?;
        let role = Role::from_name(role).ok_or_else(refused)?;
        Ok(Identity { user: user.to_owned(), role })
    }

    fn user_id(&self, user: &String) -> String {
        user.clone()
    }

    async fn connected(&self, cx: &Connected<'_, Self>) {
        cx.join_lobby();
    }

    async fn disconnected(&self, cx: &Connected<'_, Self>, _: DisconnectReason) {
        cx.leave_lobby();
    }
}

impl FirstHandlers for App {
    async fn sit(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Sit,
    ) -> Result<((), DeskId), Refused<errors::SitError>> {
        if payload.desk.get() == TAKEN {
            return Err(Refused::because(errors::SitError::Full, json!({ "desk": TAKEN })));
        }
        cx.join_desk(&payload.desk);
        let (emitter, desk) = (cx.emit().clone(), payload.desk.clone());
        cx.after_reply(async move {
            emitter.desk(&desk).moved(&Shape::Rect { width: 1.0, height: 2.0 });
        });
        Ok(((), payload.desk))
    }

    async fn queue(&self, cx: &Connected<'_, Self>) -> Result<((), ()), Refused<errors::QueueError>> {
        let noticed = server_events::Noticed { what: cx.user().clone() };
        cx.emit().lobby().except(cx.socket_id()).noticed(&noticed);
        Ok(((), ()))
    }

    async fn r#type(
        &self,
        cx: &AtDesk<'_, Self>,
        payload: client_events::Type,
    ) -> Result<server_events::Typed, Refused<errors::TypeError>> {
        assert!(DeskId::new(cx.state().get()).is_ok());
        let mood = OpenMood::Other(payload.mood.to_string());
        Ok(server_events::Typed { at: When::new("2026-01-02T03:04:05Z").unwrap(), mood })
    }

    async fn whole(
        &self,
        cx: &PowerUserInLine<'_, Self>,
        payload: client_events::Whole,
    ) -> Result<(), Refused<errors::WholeError>> {
        if payload.value < 0 {
            return Err(Refused::internal("no such tree"));
        }
        let hint = server_events::Hint { text: "x".into(), rows: None, urgent: Some(None) };
        cx.emit().role_power_user().hint(&hint);
        Ok(())
    }

    async fn everything_optional(
        &self,
        cx: &PowerUser<'_, Self>,
        payload: client_events::EverythingOptional,
    ) -> Result<(), Refused<errors::EverythingOptionalError>> {
        cx.emit().everyone().alarm(&server_events::Alarm { loud: payload.limit == 5 });
        Ok(())
    }
}

impl SecondGroupHandlers for App {
    async fn order(
        &self,
        cx: &PowerUser<'_, Self>,
        payload: client_events::Order,
    ) -> Result<i64, Refused<errors::OrderError>> {
        let number = self.0.fetch_add(1, SeqCst) + 1;
        cx.emit().role_power_user().hint(&server_events::Hint {
            text: format!("x{number}"),
            rows: None,
            urgent: None,
        });
        match payload.what.as_str() {
            "nothing" => Err(Refused::because(errors::OrderError::Full, number)),
            _ => Ok(number),
        }
    }

    async fn result(&self, _: &Connected<'_, Self>) -> Result<(), Refused<errors::ResultError>> {
        Ok(())
    }

    async fn close(&self, cx: &Connected<'_, Self>) -> Result<(), Refused<errors::CloseError>> {
        cx.emit().everyone().only_();
        Ok(())
    }

    async fn new(&self, cx: &Connected<'_, Self>) -> Result<(), Refused<errors::NewError>> {
        if cx.role() == Role::Guest && cx.leave_at_desk().is_some() {
            cx.disconnect();
        }
        Ok(())
    }
}

impl QuestionsHandlers for App {
    async fn survey(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Survey,
    ) -> Result<client_events::SurveyReturned, Refused<errors::SurveyError>> {
        let question = server_events::WhichDesk { floor: payload.floor };
        let desk = match cx.caller().which_desk(&question).await {
            Ok(desk) => desk,
            Err(why) => return Err(Refused::because(errors::SurveyError::Full, why.to_string())),
        };
        let hands =
            cx.emit().everyone().raise_hands().await.map_err(|why| Refused::internal(why.to_string()))?;
        cx.emit().lobby().blink(&server_events::Blink { often: 2 });
        let up = hands.answers.iter().filter(|(_, hand)| hand.up);
        Ok(client_events::SurveyReturned {
            desk,
            up: up.map(|(_, hand)| hand.why.clone().unwrap_or_default()).collect(),
            unusable: hands.unusable.len() as i64,
            silent: hands.missing.len() as i64,
        })
    }
}

/// A token of a user and a role.
pub(crate) fn token(user: &str, role: &str) -> String {
    format!("{user}:{role}")
}

/// A server at a port of its own, which stops when the guard is dropped.
pub(crate) fn serve() -> (String, oneshot::Sender<()>) {
    let (url, stop, _) = serve_with(Arc::default());
    (url, stop)
}

/// The same, and what it sends with.
pub(crate) fn serve_with(app: Arc<App>) -> (String, oneshot::Sender<()>, Emitter) {
    let hub = Hub::new();
    let emitter = Emitter::new(hub.clone());
    let protocol = Protocol::new(app, emitter.clone());
    let listener = Server::<Protocol<App>>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = Server::new(protocol, hub, Config::default());
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(server.serve(listener, async {
        let _ = stopped.await;
    }));
    (url, stop, emitter)
}

/// The server that the cases are played against.
pub(crate) async fn start() -> Target {
    let (url, stop) = serve();
    Target::new(url, token, stop)
}
