//! The connection's task: sends what waits, hands out what comes, and comes back when the connection is lost.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::arrived::Arrived;
use super::backoff::chance;
use super::config::{Config, WhenRefused};
use super::ending::{Ended, Lost, Reason};
use super::endpoint::Endpoint;
use super::error::ConnectError;
use super::inbox::Inbox;
use super::joining::Joined;
use super::link::{Link, Received};
use super::news::News;
use super::queue::Queue;
use super::returning::Returning;
use super::signal::Signal;
use crate::packet::Text;

/// What is known of a client's connections.
pub(crate) struct Session {
    pub(crate) config: Config,
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) signals: mpsc::Sender<Signal>,
    pub(crate) arrived: Arc<Arrived>,
    pub(crate) returning: Returning,
}

/// Whoever still waits is told, however the task ends.
struct Finish(Arc<Queue>);

impl Drop for Finish {
    fn drop(&mut self) {
        self.0.finish();
    }
}

impl Session {
    /// Lives as long as the client. Without a first connection, it makes one.
    pub(crate) async fn run(self, first: Option<Joined>) {
        let _finish = Finish(Arc::clone(&self.queue));
        let mut news = News::default();
        let mut joined = match first {
            Some(joined) => Some(joined),
            None => self.come(None, &mut news).await,
        };
        while let Some(Joined { mut link, recovered, connection, early }) = joined {
            news.push(Signal::Connected { recovered });
            let ended = self.serve(&mut link, connection, early, &mut news).await;
            let left = ended.is_ok();
            let lost = ended.err().unwrap_or_else(|| Reason::IoClientDisconnect.into());
            let reason = lost.reason;
            self.queue.offline(if left { Vec::new() } else { link.take_unsent() });
            let will_retry = reason.is_retried() && self.config.reconnection.is_some() && self.is_wanted();
            let detail = lost.detail.clone();
            let signal = Signal::Disconnected { reason, detail, will_retry };
            match reason {
                // Who closes it wants to know when it is closed; to all others it is news.
                _ if left => {
                    link.close().await;
                    news.push(signal);
                }
                Reason::IoServerDisconnect | Reason::ParseError => {
                    news.push(signal);
                    self.telling(&mut news, link.close()).await;
                }
                _ => {
                    drop(link);
                    news.push(signal);
                }
            }
            joined = if will_retry { self.come(Some(lost), &mut news).await } else { None };
        }
        self.tell(news).await;
    }

    /// Tries until it works, or must not be tried any more: at once if there was no connection before.
    async fn come(&self, lost: Option<Lost>, news: &mut News) -> Option<Joined> {
        let delay = |attempt| self.config.reconnection?.delay(attempt, chance());
        let mut next = if lost.is_some() { delay(0) } else { Some(Duration::ZERO) };
        let mut attempt = 0u32;
        while let Some(wait) = next {
            self.unless_unwanted(news, sleep(wait)).await?;
            let why = match self.unless_unwanted(news, self.join()).await? {
                Ok(joined) => return Some(joined),
                Err(ConnectError::Refused { message, data })
                    if self.config.when_refused == WhenRefused::End =>
                {
                    news.push(Signal::Refused { message, data });
                    return None;
                }
                Err(why) => why,
            };
            attempt = attempt.saturating_add(1);
            let asked = match &why {
                ConnectError::Status { retry_after, .. } => retry_after.unwrap_or_default(),
                _ => Duration::ZERO,
            };
            let made_before = if lost.is_some() { attempt } else { attempt - 1 };
            next = delay(made_before).map(|delay| delay.max(asked));
            tracing::debug!(%why, attempt, ?next, "the client could not connect");
            news.push(Signal::Failed { attempt, why, next });
        }
        if let Some(Lost { reason, detail }) = lost {
            news.push(Signal::Disconnected { reason, detail, will_retry: false });
        }
        None
    }

    /// Serves one connection until it is lost, or closed after all that waited was sent.
    async fn serve(
        &self,
        link: &mut Link,
        connection: u64,
        mut early: VecDeque<Received>,
        news: &mut News,
    ) -> Ended<()> {
        let mut inbox = Inbox {
            namespace: &self.config.namespace,
            max_payload: self.config.max_payload,
            queue: &self.queue,
            returning: &self.returning,
            connection,
            partial: None,
        };
        let mut permit = None;
        let (mut read, mut limit) = (true, link.limit());
        while self.is_wanted() {
            self.send(link);
            if limit.polling != link.limit().polling {
                limit = link.limit();
                self.queue.limit(limit);
            }
            // Who is not listening any more is no reason to stop reading: calls are still answered.
            let deaf = self.signals.is_closed();
            permit = permit.or_else(|| self.signals.try_reserve().ok());
            if !news.is_empty()
                && let Some(permit) = permit.take()
            {
                if let Some(signal) = news.pop() {
                    permit.send(signal);
                }
                continue;
            }
            let reads = deaf || permit.is_some() && self.arrived.has_room();
            if reads != read {
                read = reads;
                self.queue.listening(read);
            }
            tokio::select! {
                () = self.queue.wake.notified() => {}
                () = until(self.queue.due()) => self.queue.overdue(Instant::now()),
                () = self.signals.closed(), if !deaf => {}
                free = self.signals.reserve(), if !deaf && permit.is_none() => permit = free.ok(),
                () = self.arrived.taken(), if !deaf && permit.is_some() && !read => {}
                received = next(&mut early, link, read) => {
                    if let Some(event) = inbox.received(received?)?
                        && let Some(permit) = permit.take()
                    {
                        self.arrived.put(event.size());
                        permit.send(Signal::Event(event));
                    }
                }
            }
        }
        self.leave(link).await
    }

    /// Gives what waits to the connection, as long as it has room.
    fn send(&self, link: &mut Link) {
        while link.wants_more()
            && let Some((message, ticket)) = self.queue.take(link.is_clear())
        {
            link.send(message, ticket);
        }
    }

    /// Sends what waits, and `41`.
    async fn leave(&self, link: &mut Link) -> Ended<()> {
        self.queue.close();
        let send = async {
            loop {
                self.send(link);
                if link.is_clear() {
                    return Ok::<(), Lost>(());
                }
                link.next(false).await?;
            }
        };
        let stuck = |why: String| Lost::new(Reason::IoClientDisconnect, why);
        match timeout(self.config.close_timeout, send).await {
            Ok(Ok(())) => {}
            Ok(Err(lost)) => {
                return Err(stuck(format!("the connection was lost before it was closed: {lost}")));
            }
            Err(_) => {
                let patience = self.config.close_timeout;
                return Err(stuck(format!("the server did not take what waited within {patience:?}")));
            }
        }
        link.push(match self.config.namespace.as_str() {
            "/" => Text::from_static("41"),
            namespace => format!("41{namespace},").into(),
        });
        Ok(())
    }
}

/// Waits until a moment; for ever if there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// What came before the answer to CONNECT, and then what comes. May be dropped and called again.
async fn next(early: &mut VecDeque<Received>, link: &mut Link, read: bool) -> Ended<Received> {
    let ready = if read { early.pop_front() } else { None };
    match ready {
        Some(received) => Ok(received),
        None => link.next(read).await,
    }
}
