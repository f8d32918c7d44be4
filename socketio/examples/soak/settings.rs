//! What can be said on the command line.

use std::fmt;
use std::time::Duration;

/// How much of what.
pub(crate) struct Settings {
    pub(crate) clients: usize,
    pub(crate) broadcasts: u64,
    /// Of each of the two phases.
    pub(crate) seconds: Duration,
    /// Mean time that a connection stays up.
    pub(crate) up: Duration,
    /// Mean time until a client tries to come back.
    pub(crate) down: Duration,
}

const USAGE: &str = "--clients 1000 --broadcasts 120 --seconds 30 --up 15 --down 2 (these are the defaults)";

impl Settings {
    /// Reads pairs of a name and a number.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let seconds = Duration::from_secs;
        let mut settings =
            Self { clients: 1000, broadcasts: 120, seconds: seconds(30), up: seconds(15), down: seconds(2) };
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or(format!("{name} needs a number: {USAGE}"))?;
            let number: f64 = value.parse().map_err(|_| format!("{name} {value:?} is no number: {USAGE}"))?;
            if !(0.1..=1e6).contains(&number) {
                return Err(format!("{name} is {value}; it must be from 0.1 to 1,000,000"));
            }
            match name.as_str() {
                "--clients" => settings.clients = number.ceil() as usize,
                "--broadcasts" => settings.broadcasts = number.ceil() as u64,
                "--seconds" => settings.seconds = Duration::from_secs_f64(number),
                "--up" => settings.up = Duration::from_secs_f64(number),
                "--down" => settings.down = Duration::from_secs_f64(number),
                _ => return Err(format!("there is no {name}: {USAGE}")),
            }
        }
        Ok(settings)
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} clients, {} broadcasts in {:?}, each connection cut after {:?} in the mean, clients back after about {:?}",
            self.clients, self.broadcasts, self.seconds, self.up, self.down
        )
    }
}
