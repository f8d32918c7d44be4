//! The polling cycle and the upgrade away from it (Engine.IO protocol, "HTTP long-polling" and "Upgrade").

use crate::packet::{EngineType, parse_engine};

/// Where a session that began with polling is.
#[derive(Clone, Copy, Debug, Default)]
pub struct PollCycle {
    pending: bool,
    upgrade: Upgrade,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Upgrade {
    /// Polling, and no websocket is there.
    #[default]
    None,
    /// A websocket is there and has not said anything.
    Offered,
    /// It has been probed: polls are let go at once, so that the client can finish its own.
    Probed,
    /// Polling is over.
    Done,
}

/// What to do with a GET.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnGet {
    /// Keep it until there is something to send.
    Hold,
    /// Answer with what there is, or else with a noop.
    Release,
    /// There is one already: the session ends.
    Overlap,
    /// The session has moved to a websocket: refuse it.
    Upgraded,
}

/// What to do with a websocket that names a polling session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnProbe {
    /// Listen to it.
    Accept,
    /// Close it; the session stays as it is.
    Refuse,
}

/// What to do with what that websocket says before it takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnSaid {
    /// Answer `3probe`, and let the pending GET go, if there is one.
    Answer {
        /// There is one: it is answered with what there is, or else with a noop.
        release: bool,
    },
    /// The session goes on over the websocket.
    GoOver {
        /// There is a GET to be answered with a noop.
        release: bool,
    },
    /// Close it; polling goes on.
    Close,
}

impl PollCycle {
    /// A GET has come.
    pub fn get(&mut self) -> OnGet {
        if self.upgrade == Upgrade::Done {
            return OnGet::Upgraded;
        }
        if self.pending {
            return OnGet::Overlap;
        }
        self.pending = true;
        if self.upgrade == Upgrade::Probed { OnGet::Release } else { OnGet::Hold }
    }

    /// The pending GET has been answered.
    pub fn answered(&mut self) {
        self.pending = false;
    }

    /// A websocket has come for this session.
    pub fn offer(&mut self) -> OnProbe {
        if self.upgrade == Upgrade::None {
            self.upgrade = Upgrade::Offered;
            OnProbe::Accept
        } else {
            OnProbe::Refuse
        }
    }

    /// It has said something: a text, or `None` for bytes.
    pub fn said(&mut self, text: Option<&str>) -> OnSaid {
        match text.map(parse_engine) {
            // Once: a second answer would wait behind the first if that is not read.
            Some(Ok((EngineType::Ping, "probe"))) if self.upgrade != Upgrade::Probed => {
                self.upgrade = Upgrade::Probed;
                OnSaid::Answer { release: self.pending }
            }
            Some(Ok((EngineType::Upgrade, _))) => {
                self.upgrade = Upgrade::Done;
                OnSaid::GoOver { release: std::mem::take(&mut self.pending) }
            }
            _ => {
                self.abandoned();
                OnSaid::Close
            }
        }
    }

    /// It has gone, or taken too long: polling goes on.
    pub fn abandoned(&mut self) {
        if self.upgrade != Upgrade::Done {
            self.upgrade = Upgrade::None;
        }
    }

    /// Whether polling is over.
    pub fn is_upgraded(&self) -> bool {
        self.upgrade == Upgrade::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_poll_at_a_time() {
        let mut cycle = PollCycle::default();
        assert_eq!(cycle.get(), OnGet::Hold);
        assert_eq!(cycle.get(), OnGet::Overlap);
        cycle.answered();
        assert_eq!(cycle.get(), OnGet::Hold);
    }

    #[test]
    fn an_upgrade_lets_polls_go_and_then_ends_them() {
        let mut cycle = PollCycle::default();
        assert_eq!(cycle.get(), OnGet::Hold);
        assert_eq!(cycle.offer(), OnProbe::Accept);
        assert_eq!(cycle.offer(), OnProbe::Refuse, "there is one already");
        assert_eq!(
            cycle.said(Some("2probe")),
            OnSaid::Answer { release: true },
            "the pending poll is let go"
        );
        cycle.answered();
        assert_eq!(cycle.get(), OnGet::Release);
        cycle.answered();
        assert_eq!(cycle.said(Some("5")), OnSaid::GoOver { release: false });
        assert_eq!(cycle.get(), OnGet::Upgraded);
        assert_eq!(cycle.offer(), OnProbe::Refuse);
        cycle.abandoned();
        assert!(cycle.is_upgraded(), "what is done stays done");
    }

    #[test]
    fn an_abandoned_upgrade_leaves_polling_as_it_was() {
        let mut cycle = PollCycle::default();
        assert_eq!(cycle.offer(), OnProbe::Accept);
        cycle.abandoned();
        assert_eq!(cycle.get(), OnGet::Hold);
        assert_eq!(cycle.offer(), OnProbe::Accept);
    }

    #[test]
    fn what_is_no_part_of_an_upgrade_ends_it() {
        for said in [Some("2"), Some("42[\"x\"]"), Some(""), None] {
            let mut cycle = PollCycle::default();
            assert_eq!(cycle.offer(), OnProbe::Accept);
            assert_eq!(cycle.said(said), OnSaid::Close);
            assert_eq!(cycle.offer(), OnProbe::Accept, "the next may try");
        }
        let mut cycle = PollCycle::default();
        assert_eq!(cycle.offer(), OnProbe::Accept);
        assert_eq!(cycle.said(Some("2probe")), OnSaid::Answer { release: false });
        assert_eq!(cycle.said(Some("2probe")), OnSaid::Close, "one answer is enough");
    }
}
