//! The server under test, and where its tokens come from.

use std::any::Any;
use std::fmt;
use std::process::Command;

/// Makes a token for a user and a role, or says why not.
type Mint = Box<dyn Fn(&str, &str) -> Result<String, String> + Send + Sync>;

/// A server to judge.
pub struct Target {
    /// `http://HOST:PORT`.
    pub url: String,
    mint: Mint,
    _guard: Box<dyn Any + Send>,
}

impl Target {
    /// A server at `url`, like `http://127.0.0.1:4000`, that trusts the tokens of `mint(user, role)`.
    ///
    /// `guard` is dropped when the case has ended: the place for whatever stops the server.
    pub fn new(
        url: impl Into<String>,
        mint: impl Fn(&str, &str) -> String + Send + Sync + 'static,
        guard: impl Any + Send,
    ) -> Target {
        let mint = Box::new(move |user: &str, role: &str| Ok(mint(user, role)));
        Target { url: url.into(), mint, _guard: Box::new(guard) }
    }

    /// A token for a user and a role.
    pub(crate) fn token(&self, user: &str, role: &str) -> Result<String, String> {
        (self.mint)(user, role)
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Target").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The server that `CONFORMANCE_URL` names, if it is set.
pub(crate) fn external() -> Option<Result<Target, String>> {
    from_environment(|name| std::env::var(name).ok())
}

fn from_environment(
    variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Option<Result<Target, String>> {
    let url = variable("CONFORMANCE_URL")?;
    let mint: Mint = match variable("CONFORMANCE_TOKEN_COMMAND") {
        Some(command) => Box::new(move |user, role| run(&command, user, role)),
        None => Box::new(move |_, role| {
            let name = format!(
                "CONFORMANCE_TOKEN_{}",
                role.to_uppercase().replace(|c: char| !c.is_alphanumeric(), "_")
            );
            let missing =
                || format!("neither CONFORMANCE_TOKEN_COMMAND nor {name} is set, so {role} has no token");
            variable(&name).ok_or_else(missing)
        }),
    };
    Some(Ok(Target { url, mint, _guard: Box::new(()) }))
}

/// Runs the command, split at white space, without a shell; what it prints is the token.
fn run(command: &str, user: &str, role: &str) -> Result<String, String> {
    let mut words =
        command.split_whitespace().map(|word| word.replace("{user}", user).replace("{role}", role));
    let program = words.next().ok_or("CONFORMANCE_TOKEN_COMMAND is empty")?;
    let output = Command::new(&program)
        .args(words)
        .output()
        .map_err(|error| format!("CONFORMANCE_TOKEN_COMMAND, {program}: {error}"))?;
    let token = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match (output.status.success(), token.is_empty()) {
        (true, false) => Ok(token),
        (true, true) => Err(format!("CONFORMANCE_TOKEN_COMMAND, {program}: printed nothing")),
        (false, _) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(format!("CONFORMANCE_TOKEN_COMMAND, {program}: {}: {said}", output.status))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &'static [(&str, &str)]) -> Option<Result<Target, String>> {
        from_environment(move |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_is_external_without_a_url() {
        assert!(with(&[("CONFORMANCE_TOKEN_VOTER", "x")]).is_none());
    }

    #[test]
    fn a_role_without_a_token_is_an_error() {
        let target = with(&[("CONFORMANCE_URL", "http://h"), ("CONFORMANCE_TOKEN_VOTE_COUNTER", "t")])
            .unwrap()
            .unwrap();
        assert_eq!(target.token("ann", "vote-counter").unwrap(), "t");
        assert!(target.token("ann", "chair").unwrap_err().contains("CONFORMANCE_TOKEN_CHAIR"));
    }

    #[test]
    fn a_command_prints_the_token() {
        let target = |command| with(command).unwrap().unwrap();
        let echo =
            target(&[("CONFORMANCE_URL", "u"), ("CONFORMANCE_TOKEN_COMMAND", "echo {role}-of-{user} end")]);
        assert_eq!(echo.token("ann", "chair").unwrap(), "chair-of-ann end");
        let fails = target(&[("CONFORMANCE_URL", "u"), ("CONFORMANCE_TOKEN_COMMAND", "false")]);
        assert!(fails.token("ann", "chair").is_err());
        let silent = target(&[("CONFORMANCE_URL", "u"), ("CONFORMANCE_TOKEN_COMMAND", "true")]);
        assert!(silent.token("ann", "chair").unwrap_err().contains("printed nothing"));
    }
}
