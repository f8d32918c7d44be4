//! Writes to connections whose tasks sleep, so that a broadcast wakes one task and not one for each of its recipients.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::{JoinSet, yield_now};

use super::locks::lock;
use super::outbox::Outbox;

/// Connections written to before other tasks have their turn.
const AT_ONCE: usize = 64;

/// What is to be written, dealt out to as many tasks as there are threads.
#[derive(Debug)]
pub(crate) struct Flusher {
    queues: Box<[Arc<Queue>]>,
    next: AtomicUsize,
}

#[derive(Debug, Default)]
struct Queue {
    outboxes: Mutex<VecDeque<Arc<Outbox>>>,
    filled: Notify,
    /// Nobody empties it any more.
    closed: AtomicBool,
}

/// Flushes until it is dropped; afterwards, connections are woken to write for themselves.
#[derive(Debug)]
pub(crate) struct Flushing {
    flusher: Arc<Flusher>,
    _tasks: JoinSet<()>,
}

impl Flusher {
    /// Starts in the runtime that this is called in.
    pub(crate) fn start() -> Flushing {
        let threads = Handle::current().metrics().num_workers().max(1);
        let queues: Box<[Arc<Queue>]> = (0..threads).map(|_| Arc::default()).collect();
        let mut tasks = JoinSet::new();
        for queue in &queues {
            tasks.spawn(flush(Arc::clone(queue)));
        }
        Flushing { flusher: Arc::new(Self { queues, next: AtomicUsize::new(0) }), _tasks: tasks }
    }

    /// Takes connections that have something to be written.
    pub(crate) fn flush(&self, mut outboxes: VecDeque<Arc<Outbox>>) {
        while !outboxes.is_empty() {
            let count = if self.queues.len() > 1 { outboxes.len().min(AT_ONCE) } else { outboxes.len() };
            let rest = outboxes.split_off(count);
            let index = self.next.fetch_add(1, Ordering::Relaxed) % self.queues.len().max(1);
            if let Some(queue) = self.queues.get(index) {
                queue.add(outboxes);
            }
            outboxes = rest;
        }
    }
}

impl Queue {
    fn add(&self, mut outboxes: VecDeque<Arc<Outbox>>) {
        let mut waiting = lock(&self.outboxes);
        // Under the lock: whoever closes it looks once more afterwards.
        if self.closed.load(Ordering::Relaxed) {
            drop(waiting);
            outboxes.iter().for_each(|outbox| outbox.rouse());
        } else if waiting.is_empty() {
            *waiting = outboxes;
            drop(waiting);
            self.filled.notify_one();
        } else {
            waiting.append(&mut outboxes);
        }
    }
}

/// What a task has taken. It has been promised to be written: when the task is ended, others are woken to do so.
struct Taken(VecDeque<Arc<Outbox>>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.iter().for_each(|outbox| outbox.rouse());
    }
}

async fn flush(queue: Arc<Queue>) {
    let mut mine = Taken(VecDeque::new());
    loop {
        for outbox in mine.0.drain(..mine.0.len().min(AT_ONCE)) {
            outbox.flush();
        }
        if mine.0.is_empty() {
            mine.0 = std::mem::take(&mut *lock(&queue.outboxes));
            if mine.0.is_empty() {
                queue.filled.notified().await;
            }
        } else {
            yield_now().await;
        }
    }
}

impl Flushing {
    pub(crate) fn flusher(&self) -> &Arc<Flusher> {
        &self.flusher
    }
}

impl Drop for Flushing {
    fn drop(&mut self) {
        for queue in &self.flusher.queues {
            let mut waiting = lock(&queue.outboxes);
            queue.closed.store(true, Ordering::Relaxed);
            let left = std::mem::take(&mut *waiting);
            drop(waiting);
            left.iter().for_each(|outbox| outbox.rouse());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Message;
    use crate::server::outbox::Item;
    use std::sync::atomic::AtomicUsize;
    use std::task::{Context, Wake, Waker};
    use tokio::io::AsyncReadExt;
    use tokio::net::{TcpListener, TcpStream};

    /// A task that only counts how often it is woken.
    #[derive(Default)]
    struct Sleeper(AtomicUsize);

    impl Wake for Sleeper {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The outbox of a connection whose task sleeps, and the other end of the connection.
    async fn asleep() -> (Arc<Outbox>, Arc<Sleeper>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let peer = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (_, sink) = listener.accept().await.unwrap().0.into_split();
        sink.writable().await.unwrap();
        let outbox = Arc::new(Outbox::new(10_000, 1 << 30));
        outbox.set_sink(Some(Arc::new(sink)));
        let sleeper = Arc::new(Sleeper::default());
        doze(&outbox, &sleeper);
        (outbox, sleeper, peer)
    }

    fn doze(outbox: &Outbox, sleeper: &Arc<Sleeper>) {
        let waker = Waker::from(Arc::clone(sleeper));
        assert!(outbox.poll_take(&Context::from_waker(&waker), 1, &mut VecDeque::new()).is_pending());
        outbox.doze();
    }

    async fn read(peer: &mut TcpStream, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        peer.read_exact(&mut bytes).await.unwrap();
        bytes
    }

    fn bytes(message: &Message) -> Vec<u8> {
        message.frame_slices().flatten().copied().collect()
    }

    #[tokio::test]
    async fn what_is_queued_for_who_sleeps_is_written_in_order_and_wakes_nobody() {
        let (outbox, sleeper, mut peer) = asleep().await;
        let flushing = Flusher::start();
        let messages: Vec<_> = ["a", "b", "c"].map(Message::raw).into();
        assert!(outbox.push_for_flush(messages[0].clone()));
        assert!(!outbox.push_for_flush(messages[1].clone()), "it is promised already");
        flushing.flusher().flush(VecDeque::from([Arc::clone(&outbox)]));
        let sent: Vec<u8> = messages[..2].iter().flat_map(bytes).collect();
        assert_eq!(read(&mut peer, sent.len()).await, sent);
        assert!(outbox.push_for_flush(messages[2].clone()));
        flushing.flusher().flush(VecDeque::from([Arc::clone(&outbox)]));
        assert_eq!(read(&mut peer, bytes(&messages[2]).len()).await, bytes(&messages[2]));
        assert_eq!(sleeper.0.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn who_is_awake_writes_for_itself() {
        let (outbox, sleeper, _peer) = asleep().await;
        outbox.awake();
        assert!(!outbox.push_for_flush(Message::raw("a")));
        outbox.flush();
        let mut items = VecDeque::new();
        assert!(outbox.poll_take(&Context::from_waker(Waker::noop()), 1, &mut items).is_ready());
        assert_eq!(items.len(), 1, "nobody else has written it");
        doze(&outbox, &sleeper);
        outbox.push(Message::raw("b"));
        assert_eq!(sleeper.0.load(Ordering::Relaxed), 1, "who is not to be flushed is woken");
    }

    #[tokio::test]
    async fn what_a_peer_does_not_take_is_left_to_the_connections_task() {
        let (outbox, sleeper, mut peer) = asleep().await;
        let mut sent = Vec::new();
        for at in 0..250 {
            let message = Message::raw(&char::from(b'a' + at % 26).to_string().repeat(50_000));
            sent.extend(bytes(&message));
            assert!(outbox.push_for_flush(message));
            outbox.flush();
            if sleeper.0.load(Ordering::Relaxed) > 0 {
                break;
            }
        }
        // One more, behind what has been begun: nobody else may write it now, although there is room again.
        let mut came = read(&mut peer, 1 << 20).await;
        let more = Message::raw("behind it");
        sent.extend(bytes(&more));
        outbox.push_for_flush(more);
        outbox.flush();
        let (mut left, mut items) = (Vec::from(outbox.awake().unwrap_or_default()), VecDeque::new());
        assert!(outbox.poll_take(&Context::from_waker(Waker::noop()), 1 << 30, &mut items).is_ready());
        for item in items {
            let Item::Message(message) = item else { panic!("{item:?}") };
            left.extend(bytes(&message));
        }
        assert!(!left.is_empty() && left.len() <= 50_100, "{}", left.len());
        came.extend(read(&mut peer, sent.len() - left.len() - came.len()).await);
        assert!([came, left].concat() == sent);
    }

    #[tokio::test]
    async fn after_the_end_everybody_writes_for_themselves() {
        let (outbox, sleeper, _peer) = asleep().await;
        let flushing = Flusher::start();
        let flusher = Arc::clone(flushing.flusher());
        drop(flushing);
        assert!(outbox.push_for_flush(Message::raw("a")));
        flusher.flush(VecDeque::from([Arc::clone(&outbox)]));
        assert_eq!(sleeper.0.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn who_has_been_taken_and_not_written_to_at_the_end_writes_too() {
        let flushing = Flusher::start();
        let (mut all, mut peers) = (Vec::new(), Vec::new());
        for _ in 0..AT_ONCE + 6 {
            let (outbox, sleeper, peer) = asleep().await;
            assert!(outbox.push_for_flush(Message::raw("a")));
            all.push((outbox, sleeper));
            peers.push(peer);
        }
        flushing.flusher().flush(all.iter().map(|(outbox, _)| Arc::clone(outbox)).collect());
        let woken = || all.iter().filter(|(_, sleeper)| sleeper.0.load(Ordering::Relaxed) > 0).count();
        yield_now().await;
        drop(flushing);
        for _ in 0..100 {
            yield_now().await;
        }
        assert_eq!(woken(), 6);
    }
}
