//! Who gets a session: as long as there is room for one more, at a pace, and not too many from one address.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::config::Config;
use crate::engine::Pace;

/// Lets sessions in.
pub(crate) struct Admission {
    /// A permit per session.
    sessions: Arc<Semaphore>,
    /// A token per new session.
    pace: Mutex<Pace>,
    /// Sessions by address, where those are counted.
    addresses: Option<Arc<Addresses>>,
}

/// Room for one session, for as long as this lives.
pub(crate) struct Admitted {
    _session: OwnedSemaphorePermit,
    _address: Option<Place>,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// For anybody.
    Server,
    /// For this address.
    Address,
}

impl Admission {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            sessions: Arc::new(Semaphore::new(config.max_connections.min(Semaphore::MAX_PERMITS))),
            pace: Mutex::new(Pace::new(config.connects_per_second, config.connect_burst, Instant::now())),
            addresses: config.max_connections_per_ip.map(|most| Arc::new(Addresses::new(most))),
        }
    }

    /// Room for one more session from there.
    pub(crate) fn take(&self, remote: IpAddr) -> Result<Admitted, NoRoom> {
        let session = Arc::clone(&self.sessions).try_acquire_owned().map_err(|_| NoRoom::Server)?;
        let address = match &self.addresses {
            Some(addresses) => Some(Addresses::take(addresses, network(remote)).ok_or(NoRoom::Address)?),
            None => None,
        };
        // Last, so that who is refused anyway uses up nothing of it.
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        if pace.take(Instant::now()) {
            Ok(Admitted { _session: session, _address: address })
        } else {
            Err(NoRoom::Server)
        }
    }
}

/// How many sessions each address has; it holds no more addresses than there are sessions.
struct Addresses {
    most: usize,
    held: Mutex<HashMap<IpAddr, usize>>,
}

/// One session's, given back when this is dropped.
struct Place(Arc<Addresses>, IpAddr);

impl Addresses {
    fn new(most: usize) -> Self {
        Self { most, held: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(this: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut held = this.lock();
        let count = held.entry(address).or_default();
        // Zero is not kept: `most` is one at least.
        if *count >= this.most {
            return None;
        }
        *count += 1;
        Some(Place(Arc::clone(this), address))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.0.lock().entry(self.1) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// What counts as one address: of IPv6 the network, as whoever has one address there has all 2^64 of it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn each_address_has_so_many_and_gets_them_back() {
        let config = Config { max_connections: 5, max_connections_per_ip: Some(2), ..Config::default() };
        let admission = Admission::new(&config);
        let (a, b, c) = (ip("192.0.2.1"), ip("192.0.2.2"), ip("192.0.2.3"));
        let first = admission.take(a).ok().unwrap();
        let _second = admission.take(a).ok().unwrap();
        assert_eq!(admission.take(a).err(), Some(NoRoom::Address));
        assert_eq!(admission.take(ip("::ffff:192.0.2.1")).err(), Some(NoRoom::Address), "the same, as IPv6");
        let _others = [admission.take(b).ok().unwrap(), admission.take(b).ok().unwrap()];
        let last = admission.take(c).ok().unwrap();
        assert_eq!(admission.take(c).err(), Some(NoRoom::Server));
        drop(first);
        drop(last);
        assert!(admission.take(a).is_ok());
        let held = admission.addresses.as_ref().unwrap();
        assert_eq!(held.lock().len(), 2, "nothing is kept of who is gone");
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        assert_eq!(network(ip("2001:db8::1:2:3:4")), network(ip("2001:db8::ffff:0:0:1")));
        assert_ne!(network(ip("2001:db8:0:1::1")), network(ip("2001:db8:0:2::1")));
    }
}
