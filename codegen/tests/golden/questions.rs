//! The generated server asks, the generated client answers, and what is dropped for whom.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use parlance_socketio::client::{Config, Transports};
use parlance_socketio::typed::{Args, CallError};
use serde_json::json;

use crate::app::{serve, token};
use crate::features_client::types::DeskId;
use crate::features_client::{
    Asked, Client, Events, Incoming, ServerEvent, client_events, errors, server_events,
};

/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(10);

async fn connect(url: &str, user: &str) -> (Client, Events) {
    let auth = json!({ "token": token(user, "guest") }).into();
    Client::connect(Config { auth, ..Config::new(url) }).await.unwrap()
}

/// The next of what arrives, but for news of the connection.
async fn next(events: &mut Events) -> Incoming {
    loop {
        match tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing came in time").unwrap() {
            Incoming::Connected { .. } => {}
            other => return other,
        }
    }
}

fn survey(floor: i64) -> client_events::Survey {
    client_events::Survey { floor }
}

/// Answers the question that comes first with a desk, whatever desks there are.
async fn take(events: &mut Events, floor: i64, desk: &DeskId) {
    let Incoming::Asked(Asked::WhichDesk(question, answer)) = next(events).await else { panic!() };
    assert_eq!(question.floor, floor);
    answer.send(desk).unwrap();
}

#[tokio::test]
async fn who_is_asked_answers_with_its_type() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    let (_ben, mut bens) = connect(&url, "ben").await;
    let asked = survey(3);
    let answering = async {
        take(&mut anns, 3, &DeskId::new(12).unwrap()).await;
        for (events, up) in [(&mut anns, true), (&mut bens, false)] {
            let Incoming::Asked(Asked::RaiseHands(answer)) = next(events).await else { panic!() };
            answer.send(&server_events::RaiseHandsReturned { up, why: Some("yes".into()) }).unwrap();
        }
    };
    let (returned, ()) = tokio::join!(ann.survey(&asked), answering);
    let returned = returned.unwrap();
    assert_eq!((returned.desk.get(), returned.up, returned.unusable), (12, vec!["yes".to_owned()], 0));
    assert_eq!(returned.silent, 0);
    for events in [&mut anns, &mut bens] {
        let Incoming::Event(ServerEvent::Blink(blink)) = next(events).await else { panic!() };
        assert_eq!(blink.often, 2);
    }
}

#[tokio::test]
async fn an_answer_beyond_its_bounds_and_none_at_all_are_told_apart() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    let (_ben, mut bens) = connect(&url, "ben").await;
    let asked = survey(3);
    let answering = async {
        take(&mut anns, 3, &DeskId::new(12).unwrap()).await;
        let Incoming::Asked(Asked::RaiseHands(answer)) = next(&mut anns).await else { panic!() };
        let why = Some("too long".to_owned());
        answer.send(&server_events::RaiseHandsReturned { up: true, why }).unwrap();
        // Who lets go of a question has not answered it.
        let Incoming::Asked(Asked::RaiseHands(_)) = next(&mut bens).await else { panic!() };
    };
    let (returned, ()) = tokio::join!(ann.survey(&asked), answering);
    let returned = returned.unwrap();
    assert_eq!((returned.up.len(), returned.unusable, returned.silent), (0, 1, 1));
}

#[tokio::test]
async fn a_stock_client_is_held_to_the_type_of_an_answer() {
    use parlance_socketio::client::{Client as Raw, Signal};
    let (url, _stop) = serve();
    let auth = json!({ "token": token("ann", "guest") }).into();
    let (raw, mut signals) = Raw::connect(Config { auth, ..Config::new(&url) }).await.unwrap();
    let survey = parlance_socketio::packet::Prefix::event("/", "survey");
    for (wrong, complaint) in [
        (Args::of(&100).unwrap(), "from 1 to 99"),
        (Args::of("seven").unwrap(), "seven"),
        (Args::none(), "got null"),
        (Args::from_list(&(7, 8)).unwrap(), "one argument"),
    ] {
        let answering = async {
            loop {
                if let Some(Signal::Event(event)) = signals.next().await
                    && event.name() == "which-desk"
                {
                    return raw.acknowledge_args(&event, &wrong).unwrap();
                }
            }
        };
        let floor = json!({ "floor": 1 });
        let (answer, ()) = tokio::join!(raw.call(&survey, Some(&floor)), answering);
        let answer = answer.unwrap();
        assert!(answer.get().contains("unusable") && answer.get().contains(complaint), "{answer}");
    }
}

#[tokio::test]
async fn a_question_that_nobody_answers_is_over_when_its_client_has_gone() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    let (ben, mut bens) = connect(&url, "ben").await;
    let asked = survey(3);
    let leaving = async {
        take(&mut anns, 3, &DeskId::new(1).unwrap()).await;
        let Incoming::Asked(Asked::RaiseHands(answer)) = next(&mut anns).await else { panic!() };
        answer.send(&server_events::RaiseHandsReturned { up: true, why: None }).unwrap();
        assert!(matches!(next(&mut bens).await, Incoming::Asked(Asked::RaiseHands(_))));
        ben.close();
        drop((ben, bens));
    };
    let (returned, ()) = tokio::join!(ann.survey(&asked), leaving);
    let returned = returned.unwrap();
    assert_eq!((returned.up, returned.silent), (vec![String::new()], 1));
}

#[tokio::test]
async fn what_is_emitted_is_not_waited_for() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    ann.emit().queue().unwrap();
    assert!(matches!(next(&mut anns).await, Incoming::Event(ServerEvent::Queued)));
    ann.emit().sit(&client_events::Sit { desk: DeskId::new(99).unwrap() }).unwrap();
    assert!(
        matches!(next(&mut anns).await, Incoming::Event(ServerEvent::Refused(why)) if why.code == "full")
    );
    // What was emitted before a call is handled before it.
    let full = CallError::Refused { error: errors::SitError::Full, details: Some(json!({ "desk": 99 })) };
    assert_eq!(ann.sit(&client_events::Sit { desk: DeskId::new(99).unwrap() }).await, Err(full));
}

#[tokio::test]
async fn what_is_called_like_something_of_ours_has_an_underscore() {
    let (url, _stop) = serve();
    let (ann, mut anns) = connect(&url, "ann").await;
    ann.close_().await.unwrap();
    assert!(matches!(next(&mut anns).await, Incoming::Event(ServerEvent::Only)));
    ann.emit().close_().unwrap();
    assert!(matches!(next(&mut anns).await, Incoming::Event(ServerEvent::Only)));
    ann.close();
    assert_eq!(ann.closed().await, 0);
}

#[tokio::test]
async fn what_is_volatile_is_sent_when_it_can_be() {
    let (url, _stop) = serve();
    let auth = json!({ "token": token("ann", "guest") }).into();
    let config = Config { auth, transports: Transports::WebSocket, ..Config::new(&url) };
    let (ann, mut anns) = Client::connect(config).await.unwrap();
    // Nothing is on its way any more when this has been answered.
    ann.result().await.unwrap();
    ann.volatile().queue().unwrap();
    assert!(matches!(next(&mut anns).await, Incoming::Event(ServerEvent::Queued)));
}

#[tokio::test]
async fn any_arguments_are_asked_for_in_every_namespace() {
    use crate::places_client::{Asked, Client, Events, Incoming};
    let (url, _stop) = crate::places::serve();
    let mut clients: Vec<(Client, Events)> = Vec::new();
    for namespace in ["/", "/quiet"] {
        let config = Config { namespace: namespace.into(), ..Config::new(&url) };
        clients.push(Client::connect(config).await.unwrap());
    }
    let [(main, mains), (quiet, quiets)] = clients.as_mut_slice() else { panic!() };
    assert_eq!((main.come().await, quiet.come().await), (Ok(1), Ok(2)));
    let answering = async {
        for (events, word) in [(mains, "main"), (quiets, "quiet")] {
            loop {
                if let Some(Incoming::Asked(Asked::Asked(args, answer))) = events.next().await {
                    assert_eq!(args.json(), r#"{"who":1}"#);
                    answer.send_args(&Args::from_list(&(word, 1)).unwrap()).unwrap();
                    break;
                }
            }
        }
    };
    let question = json!({ "who": 1 });
    let (said, ()) = tokio::join!(main.gather(&question), answering);
    assert_eq!(said.unwrap(), json!([r#"["main",1]"#, r#"["quiet",1]"#]));
}
