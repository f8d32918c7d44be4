//! The polling cycle and the upgrade away from it (Engine.IO protocol, "HTTP long-polling" and "Upgrade").

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

    /// It has sent `2probe`. Whether there is a GET to be let go.
    pub fn probed(&mut self) -> bool {
        self.upgrade = Upgrade::Probed;
        self.pending
    }

    /// Whether it has.
    pub fn is_probed(&self) -> bool {
        self.upgrade == Upgrade::Probed
    }

    /// It has gone, or said something else, or taken too long: polling goes on.
    pub fn abandoned(&mut self) {
        if self.upgrade != Upgrade::Done {
            self.upgrade = Upgrade::None;
        }
    }

    /// It has sent `5`. Whether there is a GET to be let go.
    pub fn upgraded(&mut self) -> bool {
        self.upgrade = Upgrade::Done;
        std::mem::take(&mut self.pending)
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
        assert!(cycle.probed(), "the pending poll is let go");
        cycle.answered();
        assert_eq!(cycle.get(), OnGet::Release);
        cycle.answered();
        assert!(!cycle.upgraded());
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
}
