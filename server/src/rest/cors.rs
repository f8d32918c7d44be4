//! Web pages of other origins: what their browsers want to hear before they let them ask, and let them read.

use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use parlance_socketio::server::{Body, Origins};

use super::reply;
use super::route::Route;

/// Seconds for which a browser need not ask again.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The answer to OPTIONS: what can be done there, in the words of HTTP and in those of browsers.
pub(super) fn options(route: Route<'_>) -> Response<Body> {
    let mut response = reply::empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, route.allow());
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, route.allow());
    let allowed = HeaderValue::from_static("Authorization, Content-Type");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    response
}

/// Lets the page read the answer, if its origin is given; that it is allowed has been found before. Tokens are in a header
/// that pages set themselves, so there are no credentials for the browser to add.
pub(super) fn mark(origins: &Origins, origin: Option<HeaderValue>, headers: &mut HeaderMap) {
    let any = matches!(origins, Origins::Any);
    if !any {
        // Without an Origin too: a cache must not hand that answer to a page.
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    if let Some(origin) = origin {
        let allowed = if any { HeaderValue::from_static("*") } else { origin };
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Location"));
    }
}
