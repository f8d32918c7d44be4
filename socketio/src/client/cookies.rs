//! Cookies of the one server that is spoken to, for balancers that find the way to a session by them. Kept over connections: who comes back
//! finds the server that knows it.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use hyper::HeaderMap;
use hyper::header::{COOKIE, HeaderValue, SET_COOKIE};

/// Cookies that are kept; further ones are passed over.
const MAX_COOKIES: usize = 16;

/// Bytes of a cookie's name and value; longer ones are passed over.
const MAX_COOKIE: usize = 4096;

/// Names and values, as they are sent: `a=b`.
#[derive(Default)]
pub(crate) struct Cookies(Mutex<Vec<String>>);

impl fmt::Debug for Cookies {
    /// Without the cookies, which are secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Cookies(…)")
    }
}

impl Cookies {
    /// Keeps what an answer sets, and forgets what it takes away. Domain, path and expiry are not looked at: everything goes to
    /// the one endpoint, for as long as the client lives.
    pub(crate) fn keep(&self, answer: &HeaderMap) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for set in answer.get_all(SET_COOKIE).iter().filter_map(|set| set.to_str().ok()) {
            let mut parts = set.split(';').map(str::trim);
            let Some((cookie, (name, _))) = parts.next().and_then(|one| Some((one, one.split_once('=')?)))
            else {
                continue;
            };
            kept.retain(|other| other.split_once('=').is_none_or(|(other, _)| other != name));
            let is_gone = parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
            if !is_gone && kept.len() < MAX_COOKIES && cookie.len() <= MAX_COOKIE {
                kept.push(cookie.to_owned());
            }
        }
    }

    /// Says them with a request, behind those that it says already.
    pub(crate) fn say(&self, request: &mut HeaderMap) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = request.get(COOKIE).and_then(|own| own.to_str().ok()).map(str::to_owned);
        let all: Vec<String> = own.into_iter().chain(kept.iter().cloned()).collect();
        if !all.is_empty()
            && let Ok(mut value) = HeaderValue::from_str(&all.join("; "))
        {
            value.set_sensitive(true);
            request.insert(COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cookies: &Cookies, own: Option<&'static str>) -> Option<String> {
        let mut request = HeaderMap::new();
        request.extend(own.map(|own| (COOKIE, HeaderValue::from_static(own))));
        cookies.say(&mut request);
        request.get(COOKIE).map(|said| said.to_str().unwrap().to_owned())
    }

    #[test]
    fn they_are_kept_replaced_and_forgotten_within_bounds() {
        let cookies = Cookies::default();
        let set = |value: &str| {
            cookies.keep(&[(SET_COOKIE, HeaderValue::from_str(value).unwrap())].into_iter().collect());
        };
        assert_eq!(said(&cookies, None), None);
        set("AWSALB=one; Path=/; HttpOnly");
        set("b=2");
        set("no cookie");
        assert_eq!(said(&cookies, None).unwrap(), "AWSALB=one; b=2");
        set("AWSALB=two");
        assert_eq!(said(&cookies, Some("own=1")).unwrap(), "own=1; b=2; AWSALB=two");
        set("b=; Max-Age=0");
        set(&format!("long={}", "x".repeat(MAX_COOKIE)));
        assert_eq!(said(&cookies, None).unwrap(), "AWSALB=two");
        (0..100).for_each(|number| set(&format!("n{number}=1")));
        assert_eq!(said(&cookies, None).unwrap().split("; ").count(), MAX_COOKIES);
    }
}
