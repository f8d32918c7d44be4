//! A server of `places`, its cases, and its clients in both namespaces.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::Duration;

use parlance_conformance::Target;
use parlance_socketio::client::Config as ClientConfig;
use parlance_socketio::server::{Config, Hub, Server};
use parlance_socketio::typed::{Args, Binary, CallError, ConnectError, DisconnectReason, Handshake, Refused};
use serde_json::json;
use tokio::sync::oneshot;

use crate::places_client::{Client, Events, Incoming, ServerEvent, client_events as sent, errors as known};
use crate::places_server::{
    Application, Connected, Emitter, EverywhereHandlers, Identity, MainHandlers, Protocol, QuietHandlers,
    RoomsHandlers, client_events, errors, server_events, types,
};

struct App;

impl Application for App {
    type User = ();

    async fn authenticate(&self, _: Handshake<'_>) -> Result<Identity<()>, ConnectError> {
        Ok(Identity { user: () })
    }

    async fn connected(&self, _: &Connected<'_, Self>) {}

    async fn disconnected(&self, _: &Connected<'_, Self>, _: DisconnectReason) {}
}

impl EverywhereHandlers for App {
    async fn come(&self, cx: &Connected<'_, Self>) -> Result<i64, Refused<errors::ComeError>> {
        if !cx.join_crowd() {
            return Err(errors::ComeError::Full.into());
        }
        Ok(cx.emit().crowd().ids().len() as i64)
    }

    async fn names(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::Names,
    ) -> Result<types::Few, Refused<errors::NamesError>> {
        Ok(payload)
    }

    async fn shout(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Shout,
    ) -> Result<(), Refused<errors::ShoutError>> {
        // The judge's own example is shouted by somebody who has not come.
        cx.join_crowd();
        cx.emit().crowd().shouted(&payload);
        Ok(())
    }

    async fn whisper(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::Whisper,
    ) -> Result<client_events::WhisperReturned, Refused<errors::WhisperError>> {
        let heard = match payload {
            Some(_) => client_events::WhisperReturnedHeard::Well,
            None => client_events::WhisperReturnedHeard::Badly,
        };
        Ok(client_events::WhisperReturned { heard, by: None })
    }

    async fn picture(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Picture,
    ) -> Result<Binary, Refused<errors::PictureError>> {
        cx.join_crowd();
        let tiles = payload.tiles.into_iter().enumerate().map(|(at, tile)| (at.to_string(), tile)).collect();
        cx.emit().crowd().pictured(&server_events::Pictured { tiles });
        Ok(payload.small.flatten().unwrap_or(payload.large))
    }

    async fn gather(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Gather,
    ) -> Result<client_events::Gather, Refused<errors::GatherError>> {
        let question = Args::of(&payload).map_err(|why| Refused::internal(why.to_string()))?;
        let said =
            cx.emit().crowd().asked(&question).await.map_err(|why| Refused::internal(why.to_string()))?;
        cx.emit().everyone().pulse();
        let mut said: Vec<_> = said.answers.iter().map(|(_, args)| format!("[{}]", args.json())).collect();
        said.sort();
        Ok(json!(said))
    }

    async fn whoami(
        &self,
        cx: &Connected<'_, Self>,
    ) -> Result<server_events::You, Refused<errors::WhoamiError>> {
        Ok(server_events::You { namespace: cx.namespace().to_owned() })
    }
}

impl MainHandlers for App {
    async fn pass(
        &self,
        _: &Connected<'_, Self>,
        payload: client_events::Pass,
    ) -> Result<Args, Refused<errors::PassError>> {
        match payload.get::<String>(0) {
            Ok(Some(word)) if word == "full" => Err(errors::PassError::Full.into()),
            _ => Ok(payload),
        }
    }

    async fn spread(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Spread,
    ) -> Result<(), Refused<errors::SpreadError>> {
        cx.room().await;
        cx.emit().everyone().spread(&payload);
        cx.emit().everyone().bell();
        Ok(())
    }
}

impl QuietHandlers for App {
    async fn sleep(
        &self,
        _: &Connected<'_, Self>,
    ) -> Result<std::collections::BTreeMap<String, bool>, Refused<errors::SleepError>> {
        Ok([("soundly".to_owned(), true)].into())
    }
}

impl RoomsHandlers for App {
    async fn which_room(
        &self,
        cx: &Connected<'_, Self>,
    ) -> Result<Option<types::RoomName>, Refused<errors::WhichRoomError>> {
        Ok(cx.room_name())
    }

    async fn call(
        &self,
        cx: &Connected<'_, Self>,
        payload: client_events::Call,
    ) -> Result<(), Refused<errors::CallError>> {
        let everyone = cx.emit().everyone();
        match payload.as_str() {
            "all" => everyone.called(&payload),
            _ => everyone.of(cx.namespace()).called(&payload),
        };
        Ok(())
    }
}

/// A server that runs until the sender is dropped.
pub(crate) fn serve() -> (String, oneshot::Sender<()>) {
    let listener = Server::<Protocol<App>>::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let hub = Hub::new();
    let protocol = Protocol::new(Arc::new(App), Emitter::new(hub.clone()));
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(Server::new(protocol, hub, Config::default()).serve(listener, async {
        let _ = stopped.await;
    }));
    (url, stop)
}

/// For the cases.
pub(crate) async fn start() -> Target {
    let (url, stop) = serve();
    Target::new(url, |_, _| String::new(), stop)
}

async fn connect(url: &str, namespace: &str) -> (Client, Events) {
    Client::connect(ClientConfig { namespace: namespace.into(), ..ClientConfig::new(url) }).await.unwrap()
}

async fn next(events: &mut Events) -> ServerEvent {
    loop {
        match tokio::time::timeout(Duration::from_secs(10), events.next())
            .await
            .expect("nothing came in time")
        {
            Some(Incoming::Event(event)) => return event,
            Some(Incoming::Connected { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn each_namespace_has_its_events_and_shares_what_is_for_all() {
    let (url, _stop) = serve();
    let (main, mut mains) = connect(&url, "/").await;
    let (quiet, mut quiets) = connect(&url, "/quiet").await;
    assert_eq!((main.come().await, quiet.come().await), (Ok(1), Ok(2)));
    let full = CallError::Refused { error: known::ComeError::Full, details: None };
    assert_eq!(quiet.come().await, Err(full));
    assert!(matches!(next(&mut quiets).await, ServerEvent::Refused(refused) if refused.code == "full"));
    assert_eq!(quiet.whoami().await.unwrap().namespace, "/quiet");
    assert!(matches!(next(&mut quiets).await, ServerEvent::You(you) if you.namespace == "/quiet"));

    main.shout(&json!([null])).await.unwrap();
    for events in [&mut mains, &mut quiets] {
        assert_eq!(next(events).await, ServerEvent::Shouted(json!([null])));
    }
    main.shout(&json!(null)).await.unwrap();
    assert_eq!(next(&mut mains).await, ServerEvent::Shouted(json!(null)));
    assert_eq!(next(&mut quiets).await, ServerEvent::Shouted(json!(null)));

    let args = Args::from_list(&(1, "two")).unwrap();
    main.spread(&args).await.unwrap();
    assert_eq!(next(&mut mains).await, ServerEvent::Spread(args.clone()));
    assert_eq!(next(&mut mains).await, ServerEvent::Bell);
    assert_eq!(next(&mut quiets).await, ServerEvent::Bell, "`spread` is not in its namespace");

    assert!(quiet.sleep().await.unwrap()["soundly"]);
    for denied in [
        main.sleep().await.err().map(|error| error.to_string()),
        quiet.pass(&args).await.err().map(|error| error.to_string()),
    ] {
        assert!(denied.clone().unwrap().contains("unknown-event"), "{denied:?}");
    }
}

#[tokio::test]
async fn a_server_refuses_events_of_other_namespaces() {
    use parlance_socketio::client::Client;
    use parlance_socketio::packet::Prefix;
    let (url, _stop) = serve();
    let (main, _events) = Client::connect(ClientConfig::new(&url)).await.unwrap();
    let answer = main.call::<()>(&Prefix::event("/", "sleep"), None).await.unwrap();
    assert!(answer.get().contains("unknown-event"), "{answer}");
    let elsewhere = ClientConfig { namespace: "/else-where".into(), ..ClientConfig::new(&url) };
    assert!(Client::connect(elsewhere).await.unwrap_err().to_string().contains("Invalid namespace"));
}

#[tokio::test]
async fn arguments_go_there_and_back_with_their_attachments() {
    let (url, _stop) = serve();
    let (main, _events) = connect(&url, "/").await;
    let places = json!([{ "_placeholder": true, "num": 1 }, "x", [{ "_placeholder": true, "num": 0 }]]);
    let attachments = vec![b"ab".to_vec().into(), vec![0, 255].into()];
    for args in [
        Args::none(),
        Args::of("x").unwrap(),
        Args::from_list(&places).unwrap().with_attachments(attachments),
    ] {
        assert_eq!(main.pass(&args).await.unwrap(), args);
    }
    let full = CallError::Refused { error: known::PassError::Full, details: None };
    assert_eq!(main.pass(&Args::of("full").unwrap()).await, Err(full));
}

#[tokio::test]
async fn binary_fields_are_attachments() {
    let (url, _stop) = serve();
    let (main, mut events) = connect(&url, "/").await;
    let (large, tile): (Binary, Binary) = (vec![1; 1000].into(), b"tile".to_vec().into());
    let mut picture =
        sent::Picture { large: large.clone(), small: Some(None), tiles: vec![large.clone(), tile.clone()] };
    assert_eq!(main.picture(&picture).await.unwrap(), large);
    let tiles = [("0".to_owned(), large), ("1".to_owned(), tile.clone())].into();
    let pictured = crate::places_client::server_events::Pictured { tiles };
    assert_eq!(next(&mut events).await, ServerEvent::Pictured(pictured));
    picture.small = Some(Some(tile.clone()));
    assert_eq!(main.picture(&picture).await.unwrap(), tile);
    picture.tiles.push(tile);
    let refused = main.picture(&picture).await.unwrap_err().to_string();
    assert!(refused.contains("invalid-message-format") && refused.contains("tiles"), "{refused}");
}

#[tokio::test]
async fn types_without_names_keep_their_bounds() {
    let (url, _stop) = serve();
    let (main, _events) = connect(&url, "/").await;
    let badly = sent::WhisperReturnedHeard::Badly;
    assert_eq!(main.whisper(&None).await.unwrap().heard, badly);
    assert_eq!(main.whisper(&Some("abc".into())).await.unwrap().heard, sent::WhisperReturnedHeard::Well);
    let malformed = |error: Option<String>| error.unwrap().contains("invalid-message-format");
    assert!(malformed(main.whisper(&Some("long".into())).await.err().map(|error| error.to_string())));
    let three = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
    assert_eq!(main.names(&three[..2].to_vec()).await.unwrap(), &three[..2]);
    assert!(malformed(main.names(&three).await.err().map(|error| error.to_string())));
}

#[tokio::test]
async fn a_namespace_with_a_key_is_one_for_each_of_its_values() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "/rooms-kitchen").await;
    let (ben, mut bens) = connect(&url, "/rooms-hall").await;
    let (cho, mut chos) = connect(&url, "/kitchen").await;
    let (main, mut mains) = connect(&url, "/").await;
    let (quiet, mut quiets) = connect(&url, "/quiet").await;
    for (client, room) in [(&ann, "kitchen"), (&ben, "hall"), (&cho, "kitchen")] {
        assert_eq!(client.which_room().await.unwrap().unwrap().as_str(), room);
    }
    for elsewhere in [&main, &quiet] {
        let denied = elsewhere.which_room().await.unwrap_err();
        assert!(matches!(denied, CallError::Denied { code, .. } if code == "unknown-event"));
    }

    let called = |word: &str| ServerEvent::Called(crate::places_client::types::Word::new(word).unwrap());

    // Here alone, then everywhere that the event is: not in `/`, and not in `/quiet`, which fits but is another.
    ann.call(&crate::places_client::types::Word::new("here").unwrap()).await.unwrap();
    ann.call(&crate::places_client::types::Word::new("all").unwrap()).await.unwrap();
    assert_eq!(next(&mut anns).await, called("here"));
    for events in [&mut anns, &mut bens, &mut chos] {
        assert_eq!(next(events).await, called("all"));
    }
    main.spread(&Args::none()).await.unwrap();
    assert_eq!(next(&mut mains).await, ServerEvent::Spread(Args::none()));
    assert_eq!(next(&mut quiets).await, ServerEvent::Bell);
    assert_eq!(next(&mut bens).await, ServerEvent::Bell, "what is for all namespaces is for these too");

    for namespace in ["/rooms-Kitchen", "/rooms-", "/1", "/rooms-kitchen/"] {
        let config = ClientConfig { namespace: namespace.into(), ..ClientConfig::new(&url) };
        let refused = Client::connect(config).await.map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains("Invalid namespace"), "{namespace}: {refused}");
    }
}
