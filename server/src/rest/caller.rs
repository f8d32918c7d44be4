//! Who asks, as their token says.

use std::net::SocketAddr;

use hyper::header::{self, HeaderMap};

use super::failure::Failure;
use crate::auth::Tokens;
use crate::store::Session;

/// The role that may see and delete the sessions of others.
const ADMIN: &str = "admin";

/// Who asks.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) user: String,
    pub(super) is_admin: bool,
}

impl Caller {
    /// The user of the bearer token. Why a token does not count is for the log.
    pub(super) fn of(headers: &HeaderMap, tokens: &Tokens, remote: SocketAddr) -> Result<Self, Failure> {
        let Some(token) = bearer(headers) else {
            tracing::info!(target: "parlance::rest", %remote, "a request has no bearer token");
            return Err(Failure::Token);
        };
        match tokens.verify(token) {
            Ok(claims) => Ok(Self { is_admin: claims.role.as_deref() == Some(ADMIN), user: claims.user }),
            Err(error) => {
                tracing::info!(target: "parlance::rest", %remote, %error, "a token was not accepted");
                Err(Failure::Token)
            }
        }
    }

    /// Whether the session exists, as far as the caller is concerned.
    pub(super) fn sees(&self, session: &Session) -> bool {
        self.is_admin || session.has_member(&self.user)
    }

    /// Whether the caller made the session.
    pub(super) fn owns(&self, session: &Session) -> bool {
        session.owner == self.user
    }
}

/// The token of the one `Authorization` header; with several, nobody knows who asks.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn of(values: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
        }
        bearer(&headers).map(str::to_owned)
    }

    #[test]
    fn one_bearer_token_and_nothing_else() {
        assert_eq!(of(&["Bearer a.b.c"]).as_deref(), Some("a.b.c"));
        assert_eq!(of(&["bearer  a.b.c "]).as_deref(), Some("a.b.c"));
        for other in
            [&[][..], &[""], &["Bearer"], &["Bearer "], &["a.b.c"], &["Basic a"], &["Bearer a", "Bearer b"]]
        {
            assert_eq!(of(other), None, "{other:?}");
        }
    }
}
