//! The query of a request: which revision, transport and session.

use super::refusal::Refusal;

/// A transport by its name in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportName {
    /// HTTP long-polling.
    Polling,
    /// RFC 6455.
    Websocket,
}

/// What the query says. Every key counts once: a second one is a bad request, except of `EIO`, where what is not 4 counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query<'a> {
    /// `transport`.
    pub transport: TransportName,
    /// `sid`, of a session that exists.
    pub sid: Option<&'a str>,
    /// Whether `EIO` is `4`.
    pub is_revision_4: bool,
}

impl<'a> Query<'a> {
    /// Reads it, in the order in which Node checks.
    ///
    /// # Errors
    /// When the transport is missing or unknown, or a key is there twice.
    pub fn parse(query: &'a str) -> Result<Self, Refusal> {
        let (mut transport, mut sid, mut is_revision_4) = (None, None, None);
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let place = match key {
                "transport" => &mut transport,
                "sid" => &mut sid,
                "EIO" => {
                    is_revision_4 = Some(value == "4" && is_revision_4 != Some(false));
                    continue;
                }
                _ => continue,
            };
            if place.replace(value).is_some() {
                return Err(Refusal::BadRequest);
            }
        }
        let transport = match transport {
            Some("polling") => TransportName::Polling,
            Some("websocket") => TransportName::Websocket,
            _ => return Err(Refusal::UnknownTransport),
        };
        Ok(Self { transport, sid, is_revision_4: is_revision_4 == Some(true) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_may_be_in_any_order_among_others() {
        let query = Query::parse("t=abc&EIO=4&transport=polling&b64=1").unwrap();
        assert_eq!(query, Query { transport: TransportName::Polling, sid: None, is_revision_4: true });
        let query = Query::parse("sid=x&transport=websocket&EIO=3").unwrap();
        assert_eq!((query.sid, query.is_revision_4), (Some("x"), false));
    }

    #[test]
    fn a_revision_that_is_not_only_4_is_another() {
        for (query, is_revision_4) in [
            ("EIO=4", true),
            ("EIO=4&EIO=4", true),
            ("EIO=4&EIO=3", false),
            ("EIO=3&EIO=4", false),
            ("EIO=&EIO=4", false),
            ("", false),
        ] {
            let query = format!("transport=polling&{query}");
            assert_eq!(Query::parse(&query).unwrap().is_revision_4, is_revision_4, "{query}");
        }
    }

    #[test]
    fn odd_queries_are_refused() {
        for (query, refusal) in [
            ("", Refusal::UnknownTransport),
            ("EIO=4&transport=", Refusal::UnknownTransport),
            ("EIO=4&transport=constructor", Refusal::UnknownTransport),
            ("EIO=4&transport[]=polling", Refusal::UnknownTransport),
            ("transport=polling&transport=polling", Refusal::BadRequest),
            ("transport=polling&sid=a&sid=b", Refusal::BadRequest),
        ] {
            assert_eq!(Query::parse(query), Err(refusal), "{query}");
        }
    }
}
