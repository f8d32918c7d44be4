//! What is kept, for how long, and that nothing which is not there any more is passed over in silence.

use std::collections::HashMap;

use super::*;
use crate::packet::Prefix;
use crate::server::acks::Pending;
use crate::server::outbox::Outbox;
use crate::server::session::Heard;

const SECOND: Duration = Duration::from_secs(1);

fn log(limits: Recovery) -> Arc<Log> {
    Arc::new(Log::new(limits, SECOND))
}

/// A socket that begins, and its private id.
fn begin(log: &Log, namespace: &str) -> (Arc<Link>, String) {
    let outbox = Arc::new(Outbox::new(1000, 1 << 20));
    let id = SocketId::random().unwrap();
    let link = Arc::new(Link::new(id, namespace.into(), outbox, Arc::new(Pending::new(1))));
    let pid = log.begin(&mut log.lock(), &link).unwrap();
    (link, pid)
}

fn send(log: &Log, namespace: &str, whom: Heard, to: &[&Arc<Link>]) {
    let message = Message::bare_event(&Prefix::event(namespace, "x"));
    let audience = Audience { whom, except: Vec::new(), except_rooms: Vec::new(), only: None };
    log.send(&message, audience, |_, offset| {
        to.iter().for_each(|link| link.addressed.store(offset, Ordering::Relaxed));
    });
}

fn everybody() -> Audience {
    Audience { whom: Heard::Everyone, except: Vec::new(), except_rooms: Vec::new(), only: None }
}

fn leave(log: &Log, link: &Arc<Link>) {
    log.left(&mut log.lock(), link, true);
}

/// Comes back with this offset: whether it may, and what it missed.
async fn come_back(log: &Arc<Log>, link: &Arc<Link>, pid: &str, offset: Option<&str>) -> Option<usize> {
    let back = Return { pid: pid.into(), offset: offset.map(Into::into) };
    let claim = log.claim(&link.namespace, &back, Duration::ZERO).await?;
    let outbox = Arc::new(Outbox::new(1000, 1 << 20));
    let now = Arc::new(Link::new(link.id, Arc::clone(&link.namespace), outbox, Arc::new(Pending::new(1))));
    Some(claim.resume(&mut log.lock(), &now)?.missed.len())
}

fn gaps(log: &Log) -> u64 {
    log.gaps.load(Ordering::Relaxed)
}

#[tokio::test]
async fn what_has_expired_while_handlers_were_not_done_is_a_gap() {
    let log = log(Recovery::default());
    let (link, pid) = begin(&log, "/");
    send(&log, "/", Heard::Everyone, &[&link]);
    leave(&log, &link);
    // Its handler takes longer than packets are kept.
    log.sweep(Instant::now() + log.time() + SECOND);
    log.park(&link, Arc::new(()));
    assert_eq!(come_back(&log, &link, &pid, None).await, None);
    assert_eq!((gaps(&log), log.away()), (1, 0));
}

#[tokio::test]
async fn what_expires_while_its_client_is_let_in_again_is_a_gap() {
    let log = log(Recovery::default());
    let (link, pid) = begin(&log, "/");
    leave(&log, &link);
    send(&log, "/", Heard::Everyone, &[]);
    log.park(&link, Arc::new(()));
    let back = Return { pid, offset: None };
    let claim = log.claim("/", &back, Duration::ZERO).await.expect("everything is there");
    log.sweep(Instant::now() + log.time() + SECOND);
    assert!(claim.resume(&mut log.lock(), &link).is_none());
    assert_eq!(gaps(&log), 1);
}

#[tokio::test]
async fn what_has_expired_and_is_known_to_have_arrived_is_no_gap() {
    let log = log(Recovery::default());
    let (link, pid) = begin(&log, "/");
    // Not for it; and for all the log knows from its offset alone, it might have been.
    send(&log, "/", Heard::Room(Room::new("others")), &[]);
    link.outbox.confirm(Some(Instant::now()));
    log.sweep(Instant::now() + log.time() + SECOND);
    send(&log, "/", Heard::Everyone, &[&link]);
    leave(&log, &link);
    log.park(&link, Arc::new(()));
    assert_eq!(come_back(&log, &link, &pid, None).await, Some(1));
}

#[tokio::test]
async fn bounds_are_for_all_namespaces_together() {
    let limits = Recovery { max_sessions: 2, max_packets: 3, ..Recovery::default() };
    let log = log(limits);
    let names = ["/a", "/b", "/c"];
    let sockets = names.map(|name| begin(&log, name));
    for (link, _) in &sockets {
        leave(&log, link);
        log.park(link, Arc::new(()));
    }
    assert_eq!(
        (log.away(), log.lock().namespaces.len()),
        (2, 2),
        "the first has made room, with its namespace"
    );
    for _ in 0..3 {
        send(&log, "/b", Heard::Everyone, &[]);
    }
    send(&log, "/c", Heard::Everyone, &[]);
    let [_, (b, b_pid), (c, c_pid)] = &sockets;
    assert_eq!(come_back(&log, b, b_pid, None).await, None, "one of three was pushed out");
    assert_eq!(come_back(&log, c, c_pid, None).await, Some(1), "what others lost is no gap here");
    assert_eq!(gaps(&log), 1);
}

#[tokio::test]
async fn who_comes_and_goes_is_not_remembered_for_each_time() {
    let log = log(Recovery { max_sessions: 4, ..Recovery::default() });
    let (mut link, mut pid) = begin(&log, "/");
    for _ in 0..1000 {
        leave(&log, &link);
        log.park(&link, Arc::new(()));
        let back = Return { pid, offset: None };
        let claim = log.claim("/", &back, Duration::ZERO).await.unwrap();
        let outbox = Arc::new(Outbox::new(10, 1000));
        link = Arc::new(Link::new(link.id, "/".into(), outbox, Arc::new(Pending::new(1))));
        pid = claim.resume(&mut log.lock(), &link).unwrap().pid;
    }
    let room = log.lock().remembered();
    assert!(room <= 8, "{room}");
    assert_eq!(log.away(), 0);
}

#[tokio::test]
async fn who_is_sent_away_does_not_come_back_wherever_it_is_just_then() {
    let log = log(Recovery::default());
    let ((going, going_pid), (claimed, claimed_pid)) = (begin(&log, "/"), begin(&log, "/"));
    leave(&log, &going);
    leave(&log, &claimed);
    log.park(&claimed, Arc::new(()));
    let back = Return { pid: claimed_pid, offset: None };
    let claim = log.claim("/", &back, Duration::ZERO).await.unwrap();
    assert_eq!(log.lock().send_away("/", &everybody()), 2);
    assert!(claim.resume(&mut log.lock(), &claimed).is_none());
    log.park(&going, Arc::new(()));
    assert_eq!(come_back(&log, &going, &going_pid, None).await, None);
    assert_eq!(
        (gaps(&log), log.lock().namespaces.len()),
        (0, 0),
        "it has missed nothing, and nothing is left"
    );
}

#[tokio::test]
async fn a_packet_for_several_rooms_is_for_who_was_in_one_of_them() {
    let log = log(Recovery::default());
    let mut sockets = HashMap::new();
    for name in ["a", "b", "c"] {
        let (link, pid) = begin(&log, "/");
        log.lock().joined("/", link.id, &Room::new(name));
        leave(&log, &link);
        log.park(&link, Arc::new(()));
        sockets.insert(name, (link, pid));
    }
    send(&log, "/", Heard::Any(vec![Room::new("a"), Room::new("b")], Vec::new()), &[]);
    send(&log, "/", Heard::Any(vec![Room::new("a")], vec![sockets["c"].0.id]), &[]);
    for (name, missed) in [("a", 2), ("b", 1), ("c", 1)] {
        let (link, pid) = &sockets[name];
        assert_eq!(come_back(&log, link, pid, None).await, Some(missed), "{name}");
    }
}

/// Does something when it is dropped that needs the log, as what a service keeps may.
struct Speaks(Arc<Log>);

impl Drop for Speaks {
    fn drop(&mut self) {
        send(&self.0, "/", Heard::Everyone, &[]);
    }
}

#[test]
fn what_a_service_keeps_is_let_go_without_a_lock() {
    let ends: [fn(&Log); 4] = [
        |log| log.sweep(Instant::now() + log.time()),
        |log| assert_eq!(log.lock().send_away("/", &everybody()), 1),
        |log| log.clear(),
        |log| {
            let (other, _) = begin(log, "/");
            leave(log, &other);
            log.park(&other, Arc::new(()));
        },
    ];
    for end in ends {
        let log = log(Recovery { max_sessions: 1, ..Recovery::default() });
        let (link, _) = begin(&log, "/");
        leave(&log, &link);
        log.park(&link, Arc::new(Speaks(Arc::clone(&log))));
        let (done, is_done) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            end(&log);
            done.send(()).unwrap();
        });
        is_done.recv_timeout(Duration::from_secs(10)).expect("it does not hang");
    }
}
