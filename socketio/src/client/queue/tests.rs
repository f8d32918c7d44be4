//! The queue alone.

use std::time::Duration;

use bytes::Bytes;

use super::*;
use crate::client::outbound::tests::text;
use crate::packet::{Parser, Parts};

const WIDE: Limit = Limit { most: usize::MAX, polling: false };

fn queue(messages: usize) -> Queue {
    Queue::new(Bounds { messages, bytes: 1000, holds: false })
}

fn joined(messages: usize) -> Queue {
    let queue = queue(messages);
    queue.online("x".into(), false, WIDE);
    queue
}

fn emit(queue: &Queue, message: &'static str) {
    queue.emit(text(message), Place::Behind).unwrap();
}

/// What is taken, and its ticket.
fn take(queue: &Queue) -> Option<(String, Ticket)> {
    let (message, ticket) = queue.take(true)?;
    let packet = message.into_packets().next();
    Some((format!("{packet:?}").split('"').nth(1)?.to_owned(), ticket))
}

fn taken(queue: &Queue) -> Option<String> {
    take(queue).map(|(message, _)| message)
}

fn retried(id: u64, message: &'static str, left: u32) -> Retried {
    Retried { id, message: text(message), answer: None, timeout: Duration::MAX, left, tries: 0 }
}

#[test]
fn what_waits_is_bounded_and_keeps_its_order() {
    let queue = queue(2);
    emit(&queue, "a");
    let _answer = queue.call(queue.next_id(), text("b"), Place::Behind).unwrap();
    assert!(matches!(queue.emit(text("c"), Place::Behind), Err(SendError::Full)));
    assert_eq!((taken(&queue), taken(&queue), taken(&queue)), (Some("a".into()), Some("b".into()), None));
}

#[test]
fn bytes_are_bounded_too_and_one_message_always_finds_room() {
    let queue = Queue::new(Bounds { messages: 10, bytes: 3, holds: false });
    emit(&queue, "long");
    assert!(matches!(queue.emit(text("c"), Place::Behind), Err(SendError::Full)));
    assert!(matches!(queue.retry(retried(0, "c", 1)), Err(SendError::Full)));
    assert_eq!(taken(&queue), Some("long".into()));
    emit(&queue, "ab");
    queue.retry(retried(0, "c", 1)).unwrap();
    assert!(matches!(queue.emit(text("d"), Place::Behind), Err(SendError::Full)));
}

#[test]
fn a_lost_connection_fails_calls_that_were_sent_and_keeps_those_that_were_not() {
    let queue = joined(8);
    let mut sent = queue.call(0, text("a"), Place::Behind).unwrap();
    assert!(taken(&queue).is_some());
    let mut kept = queue.call(1, text("b"), Place::Behind).unwrap();
    queue.ack(text("43"), 1).unwrap();
    queue.offline(Vec::new());
    assert!(matches!(sent.try_recv(), Ok(Err(CallError::Disconnected))));
    assert!(kept.try_recv().is_err());
    queue.ack(text("43"), 1).unwrap();
    queue.online("y".into(), false, WIDE);
    queue.ack(text("43"), 1).unwrap();
    assert_eq!(taken(&queue), Some("b".into()));
    assert!(taken(&queue).is_none(), "acknowledgements belong to their connection");
    queue.ack(text("43"), 2).unwrap();
    assert_eq!(taken(&queue), Some("43".into()));
    queue.answer(1, Args::none());
    assert!(matches!(kept.try_recv(), Ok(Ok(_))));
}

#[test]
fn what_did_not_leave_is_sent_first_on_the_next_connection_and_counts_as_no_try() {
    let queue = joined(8);
    emit(&queue, "a");
    let mut call = queue.call(7, text("b"), Place::Behind).unwrap();
    queue.retry(retried(8, "c", 0)).unwrap();
    queue.ack(text("43"), 1).unwrap();
    let tickets: Vec<_> = std::iter::from_fn(|| take(&queue)).map(|(_, ticket)| ticket).collect();
    emit(&queue, "d");
    queue.offline(tickets);
    assert!(call.try_recv().is_err());
    let order: Vec<_> = std::iter::from_fn(|| taken(&queue)).collect();
    assert_eq!(order, ["a", "b", "c", "d"]);
    queue.finish();
    assert!(matches!(call.try_recv(), Ok(Err(CallError::Disconnected))));
}

#[test]
fn the_end_answers_everybody_and_takes_nothing() {
    let queue = queue(8);
    let mut waiting = queue.call(0, text("a"), Place::Behind).unwrap();
    queue.close();
    assert!(matches!(queue.emit(text("b"), Place::Behind), Err(SendError::Closed)));
    queue.finish();
    assert!(matches!(waiting.try_recv(), Ok(Err(CallError::Closed))));
    queue.close();
    assert_eq!((queue.phase(), queue.lock().unsent), (Phase::Closed, 1));
}

#[test]
fn a_call_that_is_given_up_is_not_sent() {
    let queue = queue(8);
    let _answer = queue.call(0, text("a"), Place::Behind).unwrap();
    emit(&queue, "b");
    queue.forget(0);
    assert_eq!(taken(&queue), Some("b".into()));
}

#[test]
fn what_is_sent_again_comes_before_what_was_not_sent_yet() {
    let queue = queue(8);
    queue.retry(retried(0, "a", 1)).unwrap();
    assert_eq!(taken(&queue), Some("a".into()));
    assert_eq!(queue.due(), None, "beyond the clock");
    emit(&queue, "b");
    queue.offline(Vec::new());
    assert_eq!((taken(&queue), taken(&queue)), (Some("a".into()), Some("b".into())));
    queue.offline(Vec::new());
    assert!(taken(&queue).is_none(), "that was the last try");
}

#[test]
fn what_the_server_does_not_take_is_told_at_once_or_when_its_limit_is_known() {
    let queue = queue(8);
    emit(&queue, "too long");
    emit(&queue, "short");
    let mut call = queue.call(1, text("longer still"), Place::Behind).unwrap();
    let (sender, mut answer) = oneshot::channel();
    queue.retry(Retried { answer: Some(sender), ..retried(2, "the longest", 3) }).unwrap();
    queue.online("x".into(), false, Limit { most: 7, polling: false });
    assert!(matches!(call.try_recv(), Ok(Err(CallError::TooLong { bytes: 12, most: 7 }))));
    assert!(matches!(answer.try_recv(), Ok(Err(CallError::TooLong { bytes: 11, most: 7 }))));
    assert_eq!((taken(&queue), taken(&queue)), (Some("short".into()), None));
    let too_long = |message| queue.emit(message, Place::Behind);
    assert!(matches!(too_long(text("12345678")), Err(SendError::TooLong { bytes: 8, most: 7 })));
    let binary = || {
        let parts = Parts { text: "4".into(), attachments: vec![Bytes::from_static(&[0; 6])] };
        Outbound::new(parts, Parser::Json).unwrap()
    };
    too_long(binary()).unwrap();
    queue.limit(Limit { most: 7, polling: true });
    assert!(matches!(too_long(binary()), Err(SendError::TooLong { bytes: 9, most: 7 })));
}

#[test]
fn what_is_held_waits_for_the_application_and_what_is_ahead_does_not() {
    let queue = Queue::new(Bounds { messages: 8, bytes: 1000, holds: true });
    emit(&queue, "held");
    let connection = queue.online("x".into(), false, WIDE);
    let mut joining = queue.call(1, text("join"), Place::Ahead(connection)).unwrap();
    queue.ack(text("43"), connection).unwrap();
    assert_eq!((taken(&queue), taken(&queue), taken(&queue)), (Some("join".into()), Some("43".into()), None));
    queue.emit(text("never"), Place::Ahead(connection)).unwrap();
    queue.offline(Vec::new());
    assert!(matches!(joining.try_recv(), Ok(Err(CallError::Disconnected))));
    let mut late = queue.call(2, text("join"), Place::Ahead(connection)).unwrap();
    assert!(
        matches!(late.try_recv(), Ok(Err(CallError::Disconnected))),
        "it is for a connection that is gone"
    );
    let second = queue.online("y".into(), false, WIDE);
    queue.ready(Some(connection));
    assert!(taken(&queue).is_none(), "that was said of the one before");
    queue.ready(Some(second));
    assert_eq!(taken(&queue), Some("held".into()));
    queue.offline(Vec::new());
    emit(&queue, "next");
    queue.online("y".into(), true, WIDE);
    assert_eq!(taken(&queue), Some("next".into()), "the server knows all");
}

#[test]
fn what_is_held_does_not_take_the_room_of_what_lets_it_go() {
    let queue = Queue::new(Bounds { messages: 1, bytes: 4, holds: true });
    emit(&queue, "held");
    let connection = queue.online("x".into(), false, WIDE);
    assert!(matches!(queue.emit(text("more"), Place::Behind), Err(SendError::Full)));
    let _answer = queue.call(1, text("join"), Place::Ahead(connection)).unwrap();
    assert!(matches!(queue.emit(text("more"), Place::Ahead(connection)), Err(SendError::Full)));
    assert_eq!(taken(&queue), Some("join".into()));
}

#[test]
fn what_is_volatile_goes_now_or_never() {
    let queue = queue(8);
    queue.emit_volatile(text("offline")).unwrap();
    queue.online("x".into(), false, WIDE);
    assert!(taken(&queue).is_none());
    queue.emit_volatile(text("now")).unwrap();
    queue.emit_volatile(text("behind it")).unwrap();
    assert_eq!(taken(&queue), Some("now".into()));
    queue.emit_volatile(text("on its way")).unwrap();
    assert!(queue.take(false).is_none());
    queue.emit_volatile(text("still")).unwrap();
    assert!(taken(&queue).is_none());
    queue.emit_volatile(text("lost")).unwrap();
    queue.offline(Vec::new());
    assert!(taken(&queue).is_none());
}
