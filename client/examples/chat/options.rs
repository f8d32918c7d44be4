//! Where to, as whom, and into which session: flags, or else the environment.

use parlance_client::types::SessionId;

/// What `--help` says.
pub(crate) const USAGE: &str = "\
usage: chat --url URL --token TOKEN --session SESSION

  --url URL           the server              or PARLANCE_URL, http://127.0.0.1:3000 unless set
  --token TOKEN       who you are             or PARLANCE_TOKEN, which the list of processes does not show
  --session SESSION   the session to join     or PARLANCE_SESSION";

/// Where to, as whom, and into which session.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) url: String,
    pub(crate) token: String,
    pub(crate) session: SessionId,
}

impl Options {
    /// From arguments and variables; `None` if help was asked for.
    pub(crate) fn read(
        mut arguments: impl Iterator<Item = String>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, String> {
        let (mut url, mut token, mut session) = (None, None, None);
        while let Some(flag) = arguments.next() {
            let given = match flag.as_str() {
                "--url" => &mut url,
                "--token" => &mut token,
                "--session" => &mut session,
                "--help" | "-h" => return Ok(None),
                _ => {
                    return Err(format!(
                        "`{flag}` is no flag of this; there are --url, --token and --session"
                    ));
                }
            };
            *given = Some(arguments.next().ok_or_else(|| format!("{flag} needs a value"))?);
        }
        let needed = |given: Option<String>, flag: &str, name: &str| {
            given
                .or_else(|| variable(name))
                .ok_or_else(|| format!("{flag} is missing, and {name} is not set"))
        };
        let session = needed(session, "--session", "PARLANCE_SESSION")?;
        Ok(Some(Self {
            url: url.or_else(|| variable("PARLANCE_URL")).unwrap_or_else(|| "http://127.0.0.1:3000".into()),
            token: needed(token, "--token", "PARLANCE_TOKEN")?,
            session: SessionId::new(session.clone()).map_err(|why| format!("`{session}` is {why}"))?,
        }))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Option<Options>, String> {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned());
        let find =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Options::read(arguments, find)
    }

    #[test]
    fn flags_come_before_the_environment() {
        let variables = [("PARLANCE_TOKEN", "t"), ("PARLANCE_SESSION", "session_2")];
        let options = read(&["--session", "session_1"], &variables).unwrap().unwrap();
        assert_eq!((options.url.as_str(), options.token.as_str()), ("http://127.0.0.1:3000", "t"));
        assert_eq!(options.session.as_str(), "session_1");
        assert!(read(&["--help"], &[]).unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let token = [("PARLANCE_TOKEN", "t")];
        assert_eq!(read(&[], &token).unwrap_err(), "--session is missing, and PARLANCE_SESSION is not set");
        assert!(read(&["--session", "1"], &token).unwrap_err().starts_with("`1` is no SessionId"));
        assert_eq!(read(&["--url"], &token).unwrap_err(), "--url needs a value");
        assert!(read(&["--uri", "x"], &token).unwrap_err().contains("`--uri` is no flag"));
    }
}
