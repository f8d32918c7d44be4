//! What an application adds to every request: headers and names of the query. Checked once, so that none of them can change what the
//! request is.

use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};

/// Names of the query that the protocol has for itself.
const OWN_QUERY: [&str; 6] = ["EIO", "transport", "sid", "t", "b64", "j"];

/// Headers that say how a request is carried, or whom it is for. Those of websockets come on top.
const OWN_HEADERS: [&str; 14] = [
    "host",
    "connection",
    "upgrade",
    "content-length",
    "content-type",
    "transfer-encoding",
    "te",
    "trailer",
    "keep-alive",
    "expect",
    "proxy-connection",
    "proxy-authorization",
    "proxy-authenticate",
    "http2-settings",
];

/// Headers, or which of them cannot be sent and why.
pub(crate) fn headers(given: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
            format!("the header {name:?} has a name that no header can have: it should be like x-token")
        })?;
        if OWN_HEADERS.contains(&known.as_str()) || known.as_str().starts_with("sec-websocket-") {
            return Err(format!("the header {name:?} is the client's own: it says how a request is carried"));
        }
        // The value may be a secret, and is not told.
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            format!("the header {name:?} has a value that none can have: visible ASCII and spaces")
        })?;
        value.set_sensitive(true);
        headers.append(known, value);
    }
    Ok(headers)
}

/// What follows the query of the protocol, or what cannot.
pub(crate) fn query(given: &[(String, String)]) -> Result<String, String> {
    let mut query = String::new();
    for (name, value) in given {
        if name.is_empty() || OWN_QUERY.contains(&name.as_str()) {
            return Err(format!(
                "`query` names {name:?}: it should be none of {}, which are the protocol's",
                OWN_QUERY.join(", ")
            ));
        }
        query.push('&');
        push_encoded(&mut query, name);
        query.push('=');
        push_encoded(&mut query, value);
    }
    Ok(query)
}

/// Percent-encodes all that could end a name or a value.
pub(crate) fn push_encoded(query: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            query.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn what_says_how_a_request_is_carried_is_not_for_others_to_say() {
        for name in
            ["Host", "Connection", "upgrade", "Content-Length", "Transfer-Encoding", "Sec-WebSocket-Key"]
        {
            assert!(headers(&pair(name, "x")).unwrap_err().contains("client's own"), "{name}");
        }
        assert!(headers(&pair("a b", "x")).unwrap_err().contains("a b"));
        let secret = headers(&pair("x", "s3cret\r\nhost: y")).unwrap_err();
        assert!(secret.contains("visible ASCII") && !secret.contains("s3cret"));
        assert_eq!(headers(&pair("X-Token", "a b")).unwrap()["x-token"], "a b");
    }

    #[test]
    fn the_query_stays_the_protocols() {
        for name in OWN_QUERY.into_iter().chain([""]) {
            assert!(query(&pair(name, "x")).is_err(), "{name}");
        }
        assert_eq!(query(&pair("a&b", "ü=1")).unwrap(), "&a%26b=%C3%BC%3D1");
    }
}
