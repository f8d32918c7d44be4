//! The client's side of the way from polling to a websocket (Engine.IO protocol, "Upgrade"): probe, let the requests that are
//! on their way end, go over.

/// Where the client's side of an upgrade is. It begins when the websocket is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Upgrading {
    /// [`Upgrading::PROBE`] is sent; polling goes on.
    #[default]
    Probing,
    /// The server has answered it; no more requests are started.
    Pausing,
    /// [`Upgrading::OVER`] is sent; all that follows goes over the websocket.
    Over,
    /// The websocket is no good; polling goes on for good.
    Failed,
}

impl Upgrading {
    /// What the client says first.
    pub const PROBE: &str = "2probe";
    /// What the server answers.
    pub const ANSWER: &str = "3probe";
    /// What the client says last, before anything else.
    pub const OVER: &str = "5";

    /// Something has come over the websocket. Whether that was right: the server has only the one answer to give before it is
    /// told to go over.
    pub fn said(&mut self, text: Option<&str>) -> bool {
        *self = match self {
            Self::Probing if text == Some(Self::ANSWER) => Self::Pausing,
            Self::Over => return true,
            _ => Self::Failed,
        };
        *self == Self::Pausing
    }

    /// The websocket has gone, or is not waited for any more.
    pub fn lost(&mut self) {
        if *self != Self::Over {
            *self = Self::Failed;
        }
    }

    /// Whether no requests may be started.
    pub fn is_paused(self) -> bool {
        matches!(self, Self::Pausing | Self::Over)
    }

    /// Whether [`Upgrading::OVER`] is to be sent now: when nothing is on its way over polling, so that nothing is overtaken.
    pub fn go_over(&mut self, is_idle: bool) -> bool {
        let goes = *self == Self::Pausing && is_idle;
        if goes {
            *self = Self::Over;
        }
        goes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_over_when_nothing_is_on_its_way() {
        let mut upgrading = Upgrading::default();
        assert!(!upgrading.is_paused() && !upgrading.go_over(true), "not before the answer");
        assert!(upgrading.said(Some("3probe")));
        assert!(upgrading.is_paused() && !upgrading.go_over(false));
        assert!(upgrading.go_over(true));
        assert!(!upgrading.go_over(true), "once");
        upgrading.lost();
        assert_eq!(upgrading, Upgrading::Over, "what is lost then is the session");
    }

    #[test]
    fn what_does_not_wait_its_turn_is_no_websocket_to_go_over_to() {
        for said in [Some("3"), Some("42[\"x\"]"), None] {
            let mut upgrading = Upgrading::default();
            assert!(!upgrading.said(said));
            assert_eq!(upgrading, Upgrading::Failed);
        }
        let mut upgrading = Upgrading::Pausing;
        assert!(!upgrading.said(Some("3probe")) && !upgrading.is_paused() && !upgrading.go_over(true));
        let mut upgrading = Upgrading::Pausing;
        upgrading.lost();
        assert!(!upgrading.is_paused());
    }
}
