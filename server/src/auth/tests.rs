//! Tokens of all sorts, most of them not ours.

use std::time::Duration;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::*;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
/// `{"alg":"none"}`, as base64url.
const NONE: &str = "eyJhbGciOiJub25lIn0";
const FAR: u64 = 4_000_000_000;

fn tokens() -> Tokens {
    Tokens::new(SECRET).unwrap()
}

fn signed(header: &Header, claims: &Value) -> String {
    // The provider is installed by this.
    let _ = tokens();
    jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(SECRET)).unwrap()
}

fn verified(claims: Value) -> Result<Claims, AuthError> {
    tokens().verify(&signed(&Header::default(), &claims))
}

fn complaint(claims: Value) -> String {
    verified(claims).unwrap_err().to_string()
}

#[test]
fn what_is_issued_is_accepted() {
    let token = tokens().issue("ada", "admin", Duration::from_secs(60)).unwrap();
    let claims = tokens().verify(&token).unwrap();
    assert_eq!((claims.user.as_str(), claims.role.as_deref()), ("ada", Some("admin")));
    let left = claims.expires_at - crate::store::now() / 1000;
    assert!((55..=60).contains(&left), "{left}");
}

#[test]
fn both_names_of_the_user_count_and_sub_is_the_first() {
    let user = |claims: Value| verified(claims).map(|claims| (claims.user, claims.role));
    assert_eq!(user(json!({"sub": "a", "exp": FAR})), Ok(("a".into(), None)));
    assert_eq!(user(json!({"userId": "b", "exp": FAR})), Ok(("b".into(), None)));
    assert_eq!(
        user(json!({"sub": "a", "userId": "b", "role": "engineer", "exp": FAR})),
        Ok(("a".into(), Some("engineer".into())))
    );
    assert_eq!(verified(json!({"sub": "a", "exp": FAR})).unwrap().expires_at, 4_000_000_000);
}

#[test]
fn a_secret_that_could_be_guessed_is_refused() {
    assert_eq!(Tokens::new(&SECRET[1..]).unwrap_err(), AuthError::ShortSecret(31));
    assert_eq!(
        Tokens::new(b"").unwrap_err().to_string(),
        "the secret for tokens has 0 bytes, and it needs at least 32"
    );
}

#[test]
fn another_secret_or_a_changed_token_is_not_ours() {
    let token = tokens().issue("ada", "admin", Duration::from_secs(60)).unwrap();
    let others = Tokens::new(&[7; 32]).unwrap();
    assert_eq!(others.verify(&token), Err(AuthError::Signature));
    let (body, _) = token.rsplit_once('.').unwrap();
    assert_eq!(tokens().verify(&format!("{body}.")), Err(AuthError::Signature));
    let forged = signed(&Header::default(), &json!({"sub": "eve", "exp": FAR}));
    let payload = forged.split('.').nth(1).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    assert_eq!(tokens().verify(&format!("{}.{payload}.{}", parts[0], parts[2])), Err(AuthError::Signature));
}

#[test]
fn no_algorithm_and_other_algorithms_are_refused() {
    let good = signed(&Header::default(), &json!({"sub": "a", "exp": FAR}));
    let parts: Vec<_> = good.split('.').collect();
    for signature in ["", parts[2]] {
        let token = format!("{NONE}.{}.{signature}", parts[1]);
        assert_eq!(tokens().verify(&token), Err(AuthError::Algorithm), "{token}");
    }
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let token = signed(&Header::new(algorithm), &json!({"sub": "a", "exp": FAR}));
        assert_eq!(tokens().verify(&token), Err(AuthError::Algorithm), "{algorithm:?}");
    }
}

#[test]
fn time_counts_with_a_small_leeway() {
    let now = u64::try_from(crate::store::now() / 1000).unwrap();
    assert_eq!(verified(json!({"sub": "a", "exp": now - 60})), Err(AuthError::Expired));
    assert!(verified(json!({"sub": "a", "exp": now - 3})).is_ok());
    assert_eq!(verified(json!({"sub": "a", "exp": FAR, "nbf": now + 60})), Err(AuthError::NotYet));
    assert!(verified(json!({"sub": "a", "exp": FAR, "nbf": now + 3})).is_ok());
    let soon = tokens().issue("ada", "admin", Duration::ZERO).unwrap();
    assert!(tokens().verify(&soon).is_ok());
}

#[test]
fn claims_that_cannot_be_used_are_named() {
    let long = "x".repeat(129);
    for (claims, sentence) in [
        (json!({"sub": "a"}), "the token's claim `exp` is missing"),
        (json!({"sub": "a", "exp": null}), "the token's claim `exp` is missing"),
        (json!({"exp": FAR}), "the token's claim `sub` is missing, and so is `userId`; one names the user"),
        (json!({"sub": "", "exp": FAR}), "the token's claim `sub` is empty"),
        (json!({"userId": " ", "exp": FAR}), "the token's claim `userId` is empty"),
        (json!({"sub": long, "exp": FAR}), "the token's claim `sub` has more than 128 characters"),
        (json!({"sub": "a\nb", "exp": FAR}), "the token's claim `sub` holds control characters"),
        (json!({"sub": "a", "role": "", "exp": FAR}), "the token's claim `role` is empty"),
        (
            json!({"sub": "a", "exp": FAR, "aud": "elsewhere"}),
            "the token has an audience (`aud`), and this service has no name to be meant by",
        ),
    ] {
        assert_eq!(complaint(claims.clone()), sentence, "{claims}");
    }
    assert!(verified(json!({"sub": "ü".repeat(128), "exp": FAR})).is_ok());
    for claims in [
        json!({"sub": "a", "exp": "4000000000"}),
        json!({"sub": "a", "exp": -1}),
        json!({"sub": 5, "exp": FAR}),
        json!({"sub": "a", "role": ["admin"], "exp": FAR}),
        json!([1]),
    ] {
        assert!(verified(claims.clone()).is_err(), "{claims}");
    }
}

#[test]
fn demands_of_the_header_are_refused() {
    let header = Header { crit: Some(vec!["b64".into()]), ..Header::default() };
    let token = signed(&header, &json!({"sub": "a", "exp": FAR}));
    assert_eq!(tokens().verify(&token), Err(AuthError::Critical));
}

#[test]
fn garbage_is_refused_with_a_reason() {
    let reason = |token: &str| tokens().verify(token).unwrap_err().to_string();
    assert_eq!(reason(""), "the token cannot be read: it has 1 parts instead of 3");
    assert_eq!(reason("a.b"), "the token cannot be read: it has 2 parts instead of 3");
    for token in ["a.b.c.d", "...", "ä.ö.ü", "a.b.c", "Bearer x", "e30.e30.e30", "\0"] {
        assert!(matches!(tokens().verify(token), Err(AuthError::Malformed(_))), "{token:?}");
    }
    assert_eq!(tokens().verify(&"x".repeat(MAX_TOKEN + 1)), Err(AuthError::TooLong(MAX_TOKEN + 1)));
}

#[test]
fn names_that_would_not_be_accepted_are_not_issued() {
    let issue = |user: &str, role: &str| tokens().issue(user, role, Duration::from_secs(1)).map(|_| ());
    assert_eq!(issue("", "admin"), Err(AuthError::Claim { claim: "sub", why: "is empty" }));
    assert_eq!(issue("a", "\n"), Err(AuthError::Claim { claim: "role", why: "is empty" }));
    assert!(issue(&"x".repeat(129), "admin").is_err());
}

#[test]
fn the_secret_shows_nowhere() {
    assert_eq!(format!("{:?}", tokens()), "Tokens(…)");
}
