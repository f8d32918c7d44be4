//! Paths: which there are, and what can be done there.

use hyper::Method;
use hyper::header::HeaderValue;

/// A path that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// `/`
    Root,
    /// `/healthz`
    Health,
    /// `/api/sessions`
    Sessions,
    /// `/api/sessions/{id}`
    Session(&'a str),
    /// `/api/sessions/{id}/members`
    Members(&'a str),
}

impl<'a> Route<'a> {
    /// The route of a path, as it stands in the request. What has to be escaped in a path is in none of ours.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let mut segments = path.strip_prefix('/')?.split('/');
        let parts = [segments.next(), segments.next(), segments.next(), segments.next(), segments.next()];
        match parts {
            [Some(""), None, ..] => Some(Self::Root),
            [Some("healthz"), None, ..] => Some(Self::Health),
            [Some("api"), Some("sessions"), None, ..] => Some(Self::Sessions),
            [Some("api"), Some("sessions"), Some(id), None, _] if !id.is_empty() => Some(Self::Session(id)),
            [Some("api"), Some("sessions"), Some(id), Some("members"), None] if !id.is_empty() => {
                Some(Self::Members(id))
            }
            _ => None,
        }
    }

    /// What can be done there, apart from HEAD and OPTIONS.
    fn methods(self) -> &'static [Method] {
        match self {
            Self::Root | Self::Health => &[Method::GET],
            Self::Sessions => &[Method::GET, Method::POST],
            Self::Session(_) => &[Method::GET, Method::DELETE],
            Self::Members(_) => &[Method::POST],
        }
    }

    /// Whether that can be done there.
    pub(super) fn has(self, method: &Method) -> bool {
        self.methods().contains(method)
    }

    /// Everything that can be done there, for `Allow` and for pages that ask.
    pub(super) fn allow(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Root | Self::Health => "GET, HEAD, OPTIONS",
            Self::Sessions => "GET, HEAD, POST, OPTIONS",
            Self::Session(_) => "GET, HEAD, DELETE, OPTIONS",
            Self::Members(_) => "POST, OPTIONS",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, route) in [
            ("/", Some(Route::Root)),
            ("/healthz", Some(Route::Health)),
            ("/api/sessions", Some(Route::Sessions)),
            ("/api/sessions/x", Some(Route::Session("x"))),
            ("/api/sessions/x/members", Some(Route::Members("x"))),
            ("", None),
            ("*", None),
            ("//", None),
            ("/healthz/", None),
            ("/api", None),
            ("/api/sessions/", None),
            ("/api/sessions//members", None),
            ("/api/sessions/x/", None),
            ("/api/sessions/x/members/", None),
            ("/api/sessions/x/members/y", None),
            ("/api/sessions/x/turns", None),
            ("/API/sessions", None),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }

    #[test]
    fn allow_names_what_there_is() {
        let all = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
        for route in [Route::Root, Route::Health, Route::Sessions, Route::Session("x"), Route::Members("x")] {
            let allow = route.allow();
            let named: Vec<&str> = allow.to_str().unwrap().split(", ").collect();
            for method in &all {
                assert_eq!(named.contains(&method.as_str()), route.has(method), "{method} {route:?}");
            }
            assert_eq!(named.contains(&"HEAD"), route.has(&Method::GET), "{route:?}");
        }
    }
}
