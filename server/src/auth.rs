//! Who somebody is: tokens (JWT, HS256) that name a user and a role.
//!
//! The algorithm is bound to our key and never taken from a token. What is wrong with a token is for the log; whoever
//! presented it learns only that it was not accepted.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, crypto};
use serde::{Deserialize, Serialize};

/// The fewest bytes of a secret: as many as HS256 gives out.
pub const MIN_SECRET: usize = 32;

/// The most bytes of a token.
pub const MAX_TOKEN: usize = 8 * 1024;

/// The most characters of a user's name, and of a role's.
pub const MAX_NAME: usize = 128;

/// By how many seconds clocks may differ.
const LEEWAY: u64 = 10;

/// What a token that was accepted says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The user: `sub`, or `userId` if there is no `sub`.
    pub user: String,
    /// The role, if the token names one.
    pub role: Option<String>,
    /// From when on the token is worth nothing, in Unix seconds.
    pub expires_at: i64,
}

/// Why there is no token, or none that counts: for the log, not for whoever presented it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// The secret could be guessed.
    #[error("the secret for tokens has {0} bytes, and it needs at least {MIN_SECRET}")]
    ShortSecret(usize),
    /// The token is longer than [`MAX_TOKEN`].
    #[error("the token has {0} bytes, and may have {MAX_TOKEN}")]
    TooLong(usize),
    /// It is no token, or its header or payload cannot be read.
    #[error("the token cannot be read: {0}")]
    Malformed(String),
    /// It names another algorithm than HS256, or `none`.
    #[error("the token is not signed with HS256")]
    Algorithm,
    /// It was signed with another secret, or changed.
    #[error("the signature of the token is not ours")]
    Signature,
    /// It was worth something once.
    #[error("the token has expired")]
    Expired,
    /// It will be worth something later.
    #[error("the token is not valid yet")]
    NotYet,
    /// It is meant for another service.
    #[error("the token has an audience (`aud`), and this service has no name to be meant by")]
    Audience,
    /// Its header demands an extension.
    #[error("the token demands extensions (`crit`), and none is supported")]
    Critical,
    /// A claim is missing or cannot be used.
    #[error("the token's claim `{claim}` {why}")]
    Claim {
        /// Which.
        claim: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A token could not be signed.
    #[error("a token cannot be signed: {0}")]
    Signing(String),
}

/// Issues tokens and verifies them.
#[derive(Clone)]
pub struct Tokens {
    signing: EncodingKey,
    verifying: DecodingKey,
    validation: Validation,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tokens(…)")
    }
}

#[derive(Serialize)]
struct Issued<'a> {
    sub: &'a str,
    role: &'a str,
    iat: u64,
    exp: u64,
}

#[derive(Deserialize)]
struct Presented {
    sub: Option<String>,
    #[serde(rename = "userId")]
    user_id: Option<String>,
    role: Option<String>,
    // JSON has one kind of number: 1700000000.5 is a moment too.
    exp: Option<f64>,
}

impl Tokens {
    /// Tokens that are signed with `secret`.
    ///
    /// # Errors
    /// It is shorter than [`MIN_SECRET`].
    pub fn new(secret: &[u8]) -> Result<Self, AuthError> {
        if secret.len() < MIN_SECRET {
            return Err(AuthError::ShortSecret(secret.len()));
        }
        // Said aloud, because a second backend anywhere in the build makes the choice by itself panic. It is an error only
        // when a choice was made before, and then that one stands.
        let _ = crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["exp"]);
        validation.leeway = LEEWAY;
        validation.validate_nbf = true;
        Ok(Self {
            signing: EncodingKey::from_secret(secret),
            verifying: DecodingKey::from_secret(secret),
            validation,
        })
    }

    /// A token for `user` that expires after `ttl`.
    ///
    /// # Errors
    /// The user or the role is no name that [`verify`](Self::verify) would accept.
    pub fn issue(&self, user: &str, role: &str, ttl: Duration) -> Result<String, AuthError> {
        check("sub", user)?;
        check("role", role)?;
        let iat = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let claims = Issued { sub: user, role, iat, exp: iat.saturating_add(ttl.as_secs()) };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(|error| AuthError::Signing(error.to_string()))
    }

    /// Says whose token it is.
    ///
    /// # Errors
    /// It is not accepted.
    pub fn verify(&self, token: &str) -> Result<Claims, AuthError> {
        if token.len() > MAX_TOKEN {
            return Err(AuthError::TooLong(token.len()));
        }
        let data = jsonwebtoken::decode::<Presented>(token, &self.verifying, &self.validation)
            .map_err(|error| reason(token, error.into_kind()))?;
        if data.header.crit.is_some() {
            return Err(AuthError::Critical);
        }
        let Presented { sub, user_id, role, exp } = data.claims;
        let exp = exp.ok_or(AuthError::Claim { claim: "exp", why: "is missing" })?;
        let user = match (sub, user_id) {
            (Some(sub), _) => check("sub", &sub).map(|()| sub)?,
            (None, Some(user)) => check("userId", &user).map(|()| user)?,
            (None, None) => {
                return Err(AuthError::Claim {
                    claim: "sub",
                    why: "is missing, and so is `userId`; one names the user",
                });
            }
        };
        if let Some(role) = &role {
            check("role", role)?;
        }
        // A conversion from floats saturates, and what is negative was refused above.
        #[allow(clippy::cast_possible_truncation)]
        Ok(Claims { user, role, expires_at: exp as i64 })
    }
}

fn check(claim: &'static str, name: &str) -> Result<(), AuthError> {
    let wrong = |why| Err(AuthError::Claim { claim, why });
    if name.trim().is_empty() {
        return wrong("is empty");
    }
    if name.chars().nth(MAX_NAME).is_some() {
        return wrong("has more than 128 characters");
    }
    if name.chars().any(char::is_control) {
        return wrong("holds control characters");
    }
    Ok(())
}

/// Our reason for the library's.
fn reason(token: &str, kind: ErrorKind) -> AuthError {
    match kind {
        ErrorKind::InvalidSignature => AuthError::Signature,
        ErrorKind::ExpiredSignature => AuthError::Expired,
        ErrorKind::ImmatureSignature => AuthError::NotYet,
        ErrorKind::InvalidAudience => AuthError::Audience,
        ErrorKind::InvalidAlgorithm | ErrorKind::UnsupportedAlgorithm | ErrorKind::InvalidAlgorithmName => {
            AuthError::Algorithm
        }
        ErrorKind::MissingRequiredClaim(_) => AuthError::Claim { claim: "exp", why: "is missing" },
        ErrorKind::InvalidClaimFormat(claim) if claim == "nbf" => {
            AuthError::Claim { claim: "nbf", why: "is no time in seconds" }
        }
        ErrorKind::InvalidClaimFormat(_) => AuthError::Claim { claim: "exp", why: "is no time in seconds" },
        // `none` and algorithms that the library does not know fail while the header is read. With three parts that are
        // base64, only the header's `alg` tells them from garbage.
        ErrorKind::Json(error) if names_unknown_algorithm(&error) => AuthError::Algorithm,
        ErrorKind::Json(error) => AuthError::Malformed(format!("its JSON does not fit: {error}")),
        ErrorKind::InvalidToken => {
            let parts = token.split('.').count();
            AuthError::Malformed(match parts {
                3 => "it is no JWT".to_owned(),
                other => format!("it has {other} parts instead of 3"),
            })
        }
        ErrorKind::Base64(_) => AuthError::Malformed("it is not in base64url".to_owned()),
        other => AuthError::Malformed(format!("{other:?}")),
    }
}

fn names_unknown_algorithm(error: &serde_json::Error) -> bool {
    error.to_string().contains("unknown variant") && error.to_string().contains("`HS256`")
}

#[cfg(test)]
mod tests;
