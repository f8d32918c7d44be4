//! Where the server is: taken apart once, so that mistakes are told before anything is tried.

use std::sync::Arc;

use hyper::{HeaderMap, Uri};

use super::auth::Auth;
use super::config::Config;
use super::cookies::Cookies;
use super::dial::dial;
use super::error::ConnectError;
use super::extras::{headers, push_encoded, query};
use super::stream::Stream;
#[cfg(feature = "tls")]
use super::tls::Tls;

/// The longest namespace that servers take.
const MAX_NAMESPACE: usize = 256;

/// A server, and the path on it.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    host: String,
    port: u16,
    /// As the `Host` header has it.
    pub(crate) authority: String,
    path: String,
    /// What follows the query of the protocol.
    query: String,
    /// What the application adds to every request.
    headers: HeaderMap,
    cookies: Option<Arc<Cookies>>,
    is_secure: bool,
    #[cfg(feature = "tls")]
    tls: Option<Tls>,
}

impl Endpoint {
    /// From what the client was given.
    pub(crate) fn new(config: &Config) -> Result<Self, ConnectError> {
        let wrong = |why: String| ConnectError::Url(why);
        let url = &config.url;
        let uri: Uri = url.parse().map_err(|why| {
            wrong(format!("{url:?} is no URL ({why}): it should be like http://127.0.0.1:3000"))
        })?;
        let is_secure = match uri.scheme_str() {
            Some("http" | "ws") => false,
            Some("https" | "wss") => true,
            _ => {
                return Err(wrong(format!(
                    "{url:?} should begin with http:// or ws://, or with https:// or wss://"
                )));
            }
        };
        #[cfg(not(feature = "tls"))]
        if is_secure {
            return Err(wrong(format!(
                "{url:?} needs TLS, without which this client was built: turn on the feature `tls` of parlance-socketio"
            )));
        }
        let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        if host.is_empty() || authority.contains('@') {
            return Err(wrong(format!("{url:?} should have a host and no user: http://127.0.0.1:3000")));
        }
        if uri.path_and_query().is_some_and(|rest| rest.as_str() != "/") {
            return Err(wrong(format!(
                "{url:?} should end after the port: the path goes into `path`, a namespace into `namespace`"
            )));
        }
        let path = &config.path;
        if !path.starts_with('/') || path.contains(['?', '#']) || path.parse::<Uri>().is_err() {
            return Err(wrong(format!("the path {path:?} should be like /socket.io/")));
        }
        let namespace = &config.namespace;
        if !namespace.starts_with('/') || namespace.contains(',') || namespace.len() > MAX_NAMESPACE {
            return Err(wrong(format!(
                "the namespace {namespace:?} should begin with /, have no comma, and at most {MAX_NAMESPACE} bytes"
            )));
        }
        if matches!(&config.auth, Auth::Value(auth) if !auth.is_object() && !auth.is_null()) {
            return Err(wrong("`auth` should be an object".into()));
        }
        let headers = headers(&config.headers).map_err(wrong)?;
        let query = query(&config.query).map_err(wrong)?;
        let port = uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        #[cfg(feature = "tls")]
        let tls = is_secure.then(|| Tls::new(&host, config.roots.as_deref())).transpose().map_err(wrong)?;
        Ok(Self {
            host,
            port,
            authority,
            path: if path.ends_with('/') { path.clone() } else { format!("{path}/") },
            query,
            headers,
            cookies: config.keep_cookies.then(Arc::default),
            is_secure,
            #[cfg(feature = "tls")]
            tls,
        })
    }

    /// What URLs of its requests begin with: `http`, or `ws`, or the same with TLS.
    pub(crate) fn scheme(&self, plain: &str) -> String {
        format!("{plain}{}", if self.is_secure { "s" } else { "" })
    }

    /// Path and query of a request.
    pub(crate) fn target(&self, transport: &str, sid: Option<&str>) -> String {
        let mut target = format!("{}?EIO=4&transport={transport}", self.path);
        if let Some(sid) = sid {
            target.push_str("&sid=");
            // A session id is what the server made up: nothing of it may end the query.
            push_encoded(&mut target, sid);
        }
        target.push_str(&self.query);
        target
    }

    /// The server, for who is told of it.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme("http"), self.authority)
    }

    /// Says with a request what is said with all.
    pub(crate) fn say(&self, request: &mut HeaderMap) {
        request.extend(self.headers.clone());
        if let Some(cookies) = &self.cookies {
            cookies.say(request);
        }
    }

    /// Keeps what an answer says for the next requests.
    pub(crate) fn heard(&self, answer: &HeaderMap) {
        if let Some(cookies) = &self.cookies {
            cookies.keep(answer);
        }
    }

    /// A connection.
    pub(crate) async fn dial(&self) -> Result<Stream, ConnectError> {
        let stream = dial(&self.host, self.port).await;
        let stream = stream.map_err(|why| {
            ConnectError::Unreachable(format!("no connection to {}: {why}", self.authority))
        })?;
        #[cfg(feature = "tls")]
        if let Some(tls) = &self.tls {
            let stream = tls.connect(stream).await;
            return stream
                .map_err(|why| ConnectError::Tls(format!("no TLS connection to {}: {why}", self.authority)));
        }
        Ok(Stream::Plain(stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn endpoint(url: &str) -> Result<Endpoint, String> {
        Endpoint::new(&Config::new(url)).map_err(|why| why.to_string())
    }

    #[test]
    fn a_url_is_taken_apart() {
        let plain = endpoint("http://127.0.0.1:3000").unwrap();
        assert_eq!((plain.host.as_str(), plain.port), ("127.0.0.1", 3000));
        assert_eq!(plain.target("polling", None), "/socket.io/?EIO=4&transport=polling");
        assert_eq!(
            plain.target("websocket", Some("a&b=")),
            "/socket.io/?EIO=4&transport=websocket&sid=a%26b%3D"
        );
        let bare = Config {
            path: "/socket.io".into(),
            query: vec![("a".into(), "b".into())],
            ..Config::new("http://a")
        };
        let target = Endpoint::new(&bare).unwrap().target("polling", Some("x"));
        assert_eq!(target, "/socket.io/?EIO=4&transport=polling&sid=x&a=b", "a slash is put at the end");
        let six = endpoint("ws://[::1]/").unwrap();
        assert_eq!((six.host.as_str(), six.port, six.authority.as_str()), ("::1", 80, "[::1]"));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_what_could() {
        for (url, says) in [
            ("127.0.0.1:3000", "begin with http://"),
            #[cfg(not(feature = "tls"))]
            ("https://example.com", "the feature `tls`"),
            ("http://a@b", "no user"),
            ("http://a/chat", "`namespace`"),
            ("http://a?x=1", "after the port"),
            ("http://a b", "is no URL"),
        ] {
            let why = endpoint(url).unwrap_err();
            assert!(why.contains(says), "{url}: {why}");
        }
        let config = |change: fn(&mut Config)| {
            let mut config = Config::new("http://a");
            change(&mut config);
            Endpoint::new(&config).unwrap_err().to_string()
        };
        assert!(config(|config| config.path = "x".into()).contains("/socket.io/"));
        assert!(config(|config| config.namespace = "chat".into()).contains("begin with /"));
        assert!(config(|config| config.auth = json!("token").into()).contains("object"));
        assert!(config(|config| config.query = vec![("sid".into(), String::new())]).contains("`query`"));
        assert!(config(|config| config.headers = vec![("host".into(), "b".into())]).contains("client's own"));
    }
}
