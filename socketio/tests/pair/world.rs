//! A session from its beginning to its end, and what must be true of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::client::Client;
use super::network::{MAX_LATENCY, Network, Parcel, Side};
use super::server::Server;
use super::{Carrier, INTERVAL, TIMEOUT};

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It does not.
    Stays,
    /// With a GET that has just been sent, or whenever it is.
    ClientCloses {
        with_get: bool,
    },
    ServerCloses,
    /// Nothing comes through any more, and nobody is told.
    Cut,
}

/// All times are in milliseconds since the beginning.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub seed: u64,
    /// What it begins with.
    pub carrier: Carrier,
    pub upgrade: Option<u64>,
    /// The websocket breaks.
    pub reset: Option<u64>,
    /// When so many events are sent.
    pub by_server: Vec<(u64, u64)>,
    pub by_client: Vec<(u64, u64)>,
    pub fate: Fate,
    pub end: u64,
}

/// What happens by itself.
#[derive(Clone, Copy, Debug)]
enum Plan {
    Emit(Side),
    Upgrade,
    Reset,
    End,
    Visit,
}

/// All that is sent by then has come some time later, if nothing is in its way.
const QUIET: u64 = 4500;
/// When a session has been looked at for long enough.
const LONG_AFTER: u64 = 12_000;
const AFTERWARDS: u64 = 15_000;

struct World {
    net: Network,
    server: Server,
    client: Client,
    plans: BTreeMap<(Duration, usize), Plan>,
}

/// Plays it; with the trace of all that happened.
pub fn play(scenario: &Scenario) -> String {
    let net = Network::new(scenario.seed);
    let mut world = World { server: Server::new(&net), net, client: Client::new(), plans: BTreeMap::new() };
    world.plan(scenario);
    if scenario.fate == Fate::Cut {
        world.net.cut = Some(Duration::from_millis(scenario.end));
    }
    world.client.open(&mut world.net, scenario.carrier);
    while world.net.now < Duration::from_millis(AFTERWARDS) && world.step(scenario.fate) {}
    world.check(scenario);
    world.net.trace
}

impl World {
    fn plan(&mut self, scenario: &Scenario) {
        let emits = |side, bursts: &[(u64, u64)]| {
            let each = bursts.iter().flat_map(|&(at, count)| (0..count).map(move |_| at));
            each.map(move |at| (at, Plan::Emit(side))).collect::<Vec<_>>()
        };
        let mut plans = emits(Side::Server, &scenario.by_server);
        plans.extend(emits(Side::Client, &scenario.by_client));
        plans.extend(scenario.upgrade.map(|at| (at, Plan::Upgrade)));
        plans.extend(scenario.reset.map(|at| (at, Plan::Reset)));
        if !matches!(scenario.fate, Fate::Stays | Fate::Cut) {
            plans.push((scenario.end, Plan::End));
        }
        plans.push((LONG_AFTER, Plan::Visit));
        let plans = plans.into_iter().enumerate();
        self.plans = plans.map(|(serial, (at, plan))| ((Duration::from_millis(at), serial), plan)).collect();
    }

    /// Goes on to the next thing that happens. Whether there is one.
    fn step(&mut self, fate: Fate) -> bool {
        let now = self.net.clock();
        let timers = [self.server.due(now), self.client.due()].into_iter().flatten();
        let timers: Vec<Duration> = timers.map(|at: Instant| self.net.since(at)).collect();
        let planned = self.plans.keys().next().map(|(at, _)| *at);
        let Some(next) = timers.into_iter().chain(planned).chain(self.net.due()).min() else { return false };
        self.net.now = self.net.now.max(next);
        while let Some((side, parcel)) = self.net.arrive() {
            match side {
                Side::Server => self.server.arrived(&mut self.net, parcel),
                Side::Client => self.client.arrived(&mut self.net, parcel),
            }
        }
        self.server.tick(&mut self.net);
        self.client.tick(&mut self.net);
        while let Some(entry) = self.plans.first_entry().filter(|entry| entry.key().0 <= self.net.now) {
            let plan = entry.remove();
            self.carry_out(plan, fate);
        }
        true
    }

    fn carry_out(&mut self, plan: Plan, fate: Fate) {
        let Self { net, server, client, .. } = self;
        match (plan, fate) {
            (Plan::Emit(Side::Server), _) => server.emit(net),
            (Plan::Emit(Side::Client), _) => client.emit(net),
            (Plan::Upgrade, _) => client.upgrade(net),
            (Plan::Reset, _) => {
                // Of a websocket that there is.
                if client.upgrading.is_some() {
                    net.reset();
                    server.arrived(net, Parcel::Hangup);
                    client.arrived(net, Parcel::Hangup);
                }
            }
            (Plan::End, Fate::ClientCloses { with_get }) => client.close(net, with_get),
            (Plan::End, _) => server.close(net),
            (Plan::Visit, _) if client.ended.is_some() => client.visit(net),
            (Plan::Visit, _) => {}
        }
    }

    fn check(&self, scenario: &Scenario) {
        let Self { net, server, client, .. } = self;
        let trace = &net.trace;
        let end = Duration::from_millis(scenario.end);
        let silent = |ended: Option<(Instant, &str)>| ended.is_some_and(|(_, why)| why == "ping timeout");
        // A websocket that broke while it took over, or after: then the session is lost.
        let was_reset = trace.contains(" reset\n");
        let is_lost = was_reset && client.upgraded.is_some();
        match scenario.fate {
            Fate::Cut => {
                for (side, ended) in [("server", server.ended), ("client", client.ended)] {
                    let (at, _) = ended.unwrap_or_else(|| panic!("the {side} waits for ever:\n{trace}"));
                    let late = end + INTERVAL + TIMEOUT;
                    assert!(net.since(at) <= late, "the {side} knows too late:\n{trace}");
                }
            }
            _ if is_lost => assert!(server.ended.is_some() && client.ended.is_some(), "{trace}"),
            _ => assert!(!silent(server.ended) && !silent(client.ended), "somebody timed out:\n{trace}"),
        }
        if scenario.fate == Fate::Stays && !is_lost {
            assert!(server.ended.is_none() && client.ended.is_none(), "it has ended by itself:\n{trace}");
        }
        if matches!(scenario.fate, Fate::ClientCloses { .. } | Fate::ServerCloses) {
            assert!(server.ended.is_some() && client.ended.is_some(), "somebody was not told:\n{trace}");
        }
        // Whoever comes when all is over is refused.
        if client.ended.is_some() && scenario.fate != Fate::Cut {
            assert_eq!(client.visited, Some(400), "{trace}");
        }
        if matches!(scenario.fate, Fate::ClientCloses { .. })
            && !was_reset
            && let Some((status, body)) = &client.farewell
        {
            assert_eq!(*status, 200, "the last GET is refused:\n{trace}");
            // A ping may wait as well as messages.
            let is_let_go = body == "6" || body.starts_with(['2', '4']);
            assert!(
                !trace.contains(" late\n") || is_let_go,
                "a late GET gets what waits, or else a noop:\n{trace}"
            );
        }
        if scenario.fate == Fate::ServerCloses && !is_lost {
            // A POST that crosses the close may be answered before the GET that says so.
            let told = ["the server closed", "websocket closed", "a POST was refused"];
            assert!(client.ended.is_some_and(|(_, why)| told.contains(&why)), "{trace}");
        }
        self.check_upgrade(scenario);
        let (came, sent) = (server.speaker.came, client.speaker.sent);
        assert!(came <= sent && client.speaker.came <= server.speaker.sent);
        let is_settled = scenario.fate == Fate::Stays || scenario.end >= QUIET;
        if is_settled && !is_lost {
            assert_eq!(
                (came, client.speaker.came),
                (sent, server.speaker.sent),
                "something is lost:\n{trace}"
            );
            let waiting = [&server.speaker.waiting, &client.speaker.waiting];
            assert!(waiting.iter().all(|waiting| waiting.is_empty()), "{waiting:?} wait:\n{trace}");
            let asked = |bursts: &[(u64, u64)]| bursts.iter().map(|(_, count)| count).sum::<u64>();
            assert_eq!(sent, asked(&scenario.by_client), "{trace}");
            assert_eq!(server.speaker.sent, asked(&scenario.by_server), "{trace}");
        }
    }

    /// An upgrade that nothing hinders takes no longer than its messages and the request before it: the pending GET is let go
    /// and not waited for.
    fn check_upgrade(&self, scenario: &Scenario) {
        let began = Duration::from_millis(scenario.upgrade.unwrap_or_default());
        let longest = 10 * Duration::from_micros(MAX_LATENCY);
        let is_free = scenario.reset.is_none()
            && (scenario.fate == Fate::Stays || Duration::from_millis(scenario.end) > began + longest);
        if is_free && self.client.upgrading.is_some() {
            let trace = &self.net.trace;
            let upgraded = self.client.upgraded.unwrap_or_else(|| panic!("it is not upgraded:\n{trace}"));
            assert!(upgraded <= began + longest, "the upgrade waits for something:\n{trace}");
            assert_eq!(self.server.carrier, Carrier::WebSocket, "{trace}");
        }
    }
}
