//! Web pages of other origins.

use super::*;
use reqwest::header::HeaderMap;

const PAGE: &str = "https://chat.example.org";
const EVIL: &str = "https://evil.example.org";

async fn preflight(world: &World, path: &str, origin: &str) -> (u16, HeaderMap) {
    let request = world.bare("OPTIONS", path).header("origin", origin);
    let request = request.header("access-control-request-method", "POST");
    let request = request.header("access-control-request-headers", "authorization,content-type");
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.headers().clone())
}

#[tokio::test]
async fn pages_of_allowed_origins_may_ask_first() {
    let world = World::with(Origins::Only(vec![PAGE.into()])).await;
    let (status, headers) = preflight(&world, "/api/sessions", PAGE).await;
    assert_eq!(status, 204);
    assert_eq!(headers["access-control-allow-origin"], PAGE);
    assert_eq!(headers["access-control-allow-methods"], "GET, HEAD, POST, OPTIONS");
    assert_eq!(headers["access-control-allow-headers"], "Authorization, Content-Type");
    assert_eq!(headers["access-control-max-age"], "600");
    assert_eq!(headers["vary"], "Origin");
    assert!(!headers.contains_key("access-control-allow-credentials"));
    let (_, headers) = preflight(&world, "/api/sessions/session_1", PAGE).await;
    assert_eq!(headers["access-control-allow-methods"], "GET, HEAD, DELETE, OPTIONS");
}

#[tokio::test]
async fn pages_of_allowed_origins_may_read_every_answer() {
    let world = World::with(Origins::Only(vec![PAGE.into()])).await;
    for (request, status) in [
        (world.request("alice", "POST", "/api/sessions"), 201),
        (world.bare("GET", "/api/sessions"), 401),
        (world.bare("GET", "/nowhere"), 404),
        (world.bare("PUT", "/healthz"), 405),
    ] {
        let response = request.header("origin", PAGE).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        assert_eq!(response.headers()["access-control-allow-origin"], PAGE, "{status}");
        assert_eq!(response.headers()["access-control-expose-headers"], "Location", "{status}");
        assert_eq!(response.headers()["vary"], "Origin", "{status}");
    }
}

#[tokio::test]
async fn pages_of_other_origins_are_refused() {
    let world = World::with(Origins::Only(vec![PAGE.into()])).await;
    let (status, headers) = preflight(&world, "/api/sessions", EVIL).await;
    assert_eq!(status, 403);
    assert!(headers.keys().all(|name| !name.as_str().starts_with("access-control")), "{headers:?}");
    let response =
        world.request("alice", "POST", "/api/sessions").header("origin", EVIL).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    assert_eq!(response.headers()["vary"], "Origin");
    let details = "web pages of this origin may not use this server";
    let expected = because("access-denied", "Access denied", details);
    assert_eq!(response.json::<Value>().await.unwrap(), expected);
    assert_eq!(world.heard(), [""; 0]);
}

#[tokio::test]
async fn who_is_no_page_needs_no_origin() {
    let world = World::with(Origins::Only(vec![PAGE.into()])).await;
    let response = world.bare("GET", "/healthz").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["vary"], "Origin");
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    let options = world.bare("OPTIONS", "/healthz").send().await.unwrap();
    assert_eq!(options.status(), StatusCode::NO_CONTENT);
    assert_eq!(options.headers()["allow"], "GET, HEAD, OPTIONS");
}

#[tokio::test]
async fn any_origin_may_be_any() {
    let world = World::new().await;
    let (status, headers) = preflight(&world, "/api/sessions", EVIL).await;
    assert_eq!((status, &headers["access-control-allow-origin"]), (204, &"*".parse().unwrap()));
    assert!(!headers.contains_key("vary"));
}
