//! What a connection waits for, loses and keeps when its peer is slow.

use super::flush::rest;
use super::*;
use crate::packet::Prefix;

fn message() -> Message {
    Message::bare_event(&Prefix::event("/", "x"))
}

fn take(outbox: &Outbox) -> VecDeque<Item> {
    let mut items = VecDeque::new();
    let _ = outbox.poll_take(&Context::from_waker(Waker::noop()), usize::MAX, &mut items);
    items
}

#[test]
fn a_slow_consumer_loses_volatile_messages_first_and_is_then_cut_off() {
    let outbox = Outbox::new(2, 1 << 20);
    for _ in 0..2 {
        outbox.push(message());
    }
    outbox.push(message().volatile());
    assert_eq!(outbox.lock().items.len(), 2);
    outbox.push(message());
    outbox.push(message());
    let items = take(&outbox);
    assert!(matches!(items.iter().collect::<Vec<_>>()[..], [Item::Close(DisconnectReason::SlowConsumer)]));
}

#[test]
fn bytes_count_as_well() {
    let outbox = Outbox::new(1000, 1);
    outbox.push(message());
    assert!(outbox.poll_room(&Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(take(&outbox).len(), 1);
    assert!(outbox.poll_room(&Context::from_waker(Waker::noop())).is_ready());
    outbox.push(message());
    outbox.push(message());
    assert!(matches!(take(&outbox)[0], Item::Close(_)));
}

#[test]
fn who_streams_waits_long_before_the_bounds() {
    let outbox = Outbox::new(1000, 64 << 20);
    let is_easy = || outbox.poll_room(&Context::from_waker(Waker::noop())).is_ready();
    outbox.push(Message::raw(&"x".repeat(EASE / 2)));
    assert!(is_easy());
    outbox.push(Message::raw(&"x".repeat(EASE / 2)));
    assert!(!is_easy());
    assert_eq!(take(&outbox).len(), 2);
    assert!(is_easy());
}

#[test]
fn a_frame_that_has_been_begun_is_ended_before_anything_else() {
    let outbox = Outbox::new(10, 1000);
    let begun = || {
        let mut state = outbox.lock();
        state.rest = Some("abc".into());
        state.bytes += 3;
    };
    outbox.push(message());
    begun();
    assert!(outbox.poll_room(&Context::from_waker(Waker::noop())).is_ready());
    assert_eq!(outbox.awake(), Some("abc".into()));
    assert_eq!((outbox.awake(), outbox.lock().bytes), (None, message().size()));
    begun();
    outbox.cut(DisconnectReason::SlowConsumer);
    assert_eq!(outbox.lock().bytes, 3);
    assert_eq!(outbox.awake(), Some("abc".into()));
    assert!(matches!(take(&outbox).pop_back(), Some(Item::Close(DisconnectReason::SlowConsumer))));
}

#[test]
fn who_waits_for_room_goes_on_when_the_rest_of_a_frame_is_taken() {
    let outbox = Outbox::new(10, 1000);
    outbox.lock().bytes = 900;
    outbox.lock().rest = Some(vec![0; 900].into());
    let woken = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    struct Count(Arc<std::sync::atomic::AtomicUsize>);
    impl std::task::Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let waker = Waker::from(Arc::new(Count(Arc::clone(&woken))));
    assert!(outbox.poll_room(&Context::from_waker(&waker)).is_pending());
    assert!(outbox.awake().is_some());
    assert_eq!(woken.load(Ordering::Relaxed), 1);
}

#[test]
fn what_is_left_of_a_message_is_shared_if_it_is_one_frame() {
    let one = Message::raw(&"x".repeat(5000));
    let all: Vec<u8> = one.frame_slices().flatten().copied().collect();
    let left = rest(one.clone(), 1234);
    assert_eq!(left, all[1234..]);
    assert_eq!(one.only_frame().map(|frame| frame[1234..].as_ptr()), Some(left.as_ptr()));
    let two = Message::raw_binary("51-[{}]", &[Bytes::from_static(b"abc")]);
    let all: Vec<u8> = two.frame_slices().flatten().copied().collect();
    for written in 0..=all.len() {
        assert_eq!(rest(two.clone(), written), all[written..]);
    }
}

#[test]
fn after_the_end_nothing_is_kept() {
    let outbox = Outbox::new(10, 1000);
    outbox.push(message());
    outbox.close();
    outbox.push(message());
    assert!(take(&outbox).is_empty());
}
