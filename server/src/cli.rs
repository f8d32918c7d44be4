//! The command line, as typed: what it means is decided by [`config`](crate::config).
//!
//! Values stay text here, so that a wrong one is refused with the same sentence wherever it came from.

use std::fmt;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

/// The longest life of a token, in seconds: ten years.
const LONGEST_TTL: u64 = 3650 * 24 * 60 * 60;

/// `parlance`, with everything that may follow.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "parlance",
    version,
    about = "A multi-user chat server in front of Gemini",
    after_help = "Every flag is also a key of the YAML file and a variable: --listen, `listen:`, PARLANCE_LISTEN.\n\
                  Flags win over variables, variables over the file.",
    args_conflicts_with_subcommands = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: Flags,
}

/// What is to be done.
// There is one of it per process: its size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Serve; also what happens when no command is given
    Serve(Flags),
    /// Print a token that lets a user in
    Token(TokenArgs),
}

impl Cli {
    /// The command that was given, or `serve` with the flags that were.
    pub fn command(self) -> Command {
        self.command.unwrap_or(Command::Serve(self.flags))
    }
}

/// What may be set by flags; see [`Config`](crate::config::Config) for the meaning of each.
#[derive(Clone, Default, Args)]
pub struct Flags {
    /// A YAML file with any of these settings
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// The folder for everything that is kept [default: parlance-data]
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<String>,
    /// The folder that tools work in [default: `workspace` in the data folder]
    #[arg(long, value_name = "FOLDER")]
    pub workspace: Option<String>,
    /// The secret for tokens, at least 32 bytes [default: one that is made and kept in the data folder]
    #[arg(long, value_name = "SECRET", hide_default_value = true)]
    pub jwt_secret: Option<String>,
    /// A web origin that may connect; may be repeated [default: any]
    #[arg(long = "allowed-origin", value_name = "ORIGIN")]
    pub allowed_origins: Vec<String>,
    /// The key for Gemini; better given as a variable
    #[arg(long, value_name = "KEY")]
    pub gemini_api_key: Option<String>,
    /// Where Gemini is, without /v1beta [default: Google]
    #[arg(long, value_name = "URL")]
    pub gemini_base_url: Option<String>,
    /// The model that answers where a session names none [default: gemini-2.5-flash]
    #[arg(long, value_name = "MODEL")]
    pub gemini_model: Option<String>,
    /// Whether a tool runs at once, asks or never runs; may be repeated
    #[arg(long = "tool", value_name = "NAME=auto|ask|deny")]
    pub tools: Vec<String>,
    /// For how long a tool call waits for a decision [default: 600]
    #[arg(long, value_name = "SECONDS")]
    pub approval_timeout: Option<String>,
    /// How many messages may wait in a session [default: 16]
    #[arg(long, value_name = "MESSAGES")]
    pub queue: Option<String>,
    /// The time between heartbeats [default: 25000]
    #[arg(long, value_name = "MS")]
    pub ping_interval_ms: Option<String>,
    /// For how long the answer to a heartbeat is waited for [default: 20000]
    #[arg(long, value_name = "MS")]
    pub ping_timeout_ms: Option<String>,
    /// The largest message that is accepted [default: 1000000]
    #[arg(long, value_name = "BYTES")]
    pub max_payload: Option<String>,
    /// What to log: a level, or `module=level` with commas [default: info]
    #[arg(long, value_name = "FILTER")]
    pub log: Option<String>,
}

impl fmt::Debug for Flags {
    // Two of them are secrets, and none is worth showing.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Flags(…)")
    }
}

/// What `parlance token` takes.
#[derive(Clone, Args)]
pub struct TokenArgs {
    /// Whom the token names
    #[arg(long, value_name = "NAME")]
    pub user: String,
    /// engineer or admin
    #[arg(long, default_value = "engineer", value_parser = ["engineer", "admin"])]
    pub role: String,
    /// For how long it counts: seconds, or 30m, 24h, 7d
    #[arg(long, default_value = "24h", value_parser = ttl)]
    pub ttl: Duration,
    /// A YAML file, as for `serve`
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// The data folder, as for `serve`: the secret is there unless it is given
    #[arg(long, value_name = "FOLDER")]
    pub data: Option<String>,
    /// The secret, as for `serve`
    #[arg(long, value_name = "SECRET")]
    pub jwt_secret: Option<String>,
}

impl TokenArgs {
    /// The flags that `serve` would have been given to find the same secret.
    pub fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            data: self.data.clone(),
            jwt_secret: self.jwt_secret.clone(),
            ..Flags::default()
        }
    }
}

impl fmt::Debug for TokenArgs {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, role, ttl, .. } = self;
        formatter
            .debug_struct("TokenArgs")
            .field("user", user)
            .field("role", role)
            .field("ttl", ttl)
            .finish_non_exhaustive()
    }
}

fn ttl(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 's')) => (&text[..at], 1),
        Some((at, 'm')) => (&text[..at], 60),
        Some((at, 'h')) => (&text[..at], 60 * 60),
        Some((at, 'd')) => (&text[..at], 24 * 60 * 60),
        _ => (text, 1),
    };
    // `parse` alone would take "+5".
    let number = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u64>().ok() } else { None };
    match number.and_then(|number| number.checked_mul(unit)) {
        Some(seconds @ 1..=LONGEST_TTL) => Ok(Duration::from_secs(seconds)),
        Some(0) => Err("a token has to count for at least one second".to_owned()),
        Some(_) => Err("a token counts for at most ten years, 3650d".to_owned()),
        None => Err("write seconds, or a number with s, m, h or d, like 30m, 24h or 7d".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Command, clap::Error> {
        Cli::try_parse_from(line.split_whitespace()).map(Cli::command)
    }

    fn flags(line: &str) -> Flags {
        match parse(line).unwrap() {
            Command::Serve(flags) => flags,
            other @ Command::Token(_) => panic!("{other:?}"),
        }
    }

    fn token(line: &str) -> TokenArgs {
        match parse(line).unwrap() {
            Command::Token(args) => args,
            other @ Command::Serve(_) => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_definition_is_consistent() {
        <Cli as CommandFactory>::command().debug_assert();
    }

    #[test]
    fn flags_mean_the_same_with_and_without_the_command() {
        for line in ["parlance --listen x:1 --log debug", "parlance serve --listen x:1 --log debug"] {
            let flags = flags(line);
            assert_eq!(flags.listen.as_deref(), Some("x:1"), "{line}");
            assert_eq!(flags.log.as_deref(), Some("debug"), "{line}");
            assert_eq!(flags.data, None, "{line}");
        }
        assert_eq!(flags("parlance").listen, None);
    }

    #[test]
    fn lists_are_repeated_flags() {
        let flags =
            flags("parlance --allowed-origin http://a --allowed-origin http://b --tool a=ask --tool b=deny");
        assert_eq!(flags.allowed_origins, ["http://a", "http://b"]);
        assert_eq!(flags.tools, ["a=ask", "b=deny"]);
    }

    #[test]
    fn a_token_has_an_owner_and_defaults() {
        let args = token("parlance token --user ada");
        assert_eq!((args.user.as_str(), args.role.as_str()), ("ada", "engineer"));
        assert_eq!(args.ttl, Duration::from_secs(86400));
        let args =
            token("parlance token --user ada --role admin --ttl 90 --data d --config c --jwt-secret s");
        assert_eq!((args.role.as_str(), args.ttl), ("admin", Duration::from_secs(90)));
        let flags = args.flags();
        assert_eq!(flags.data.as_deref(), Some("d"));
        assert_eq!(flags.config.as_deref(), Some("c"));
        assert_eq!(flags.jwt_secret.as_deref(), Some("s"));
        assert!(parse("parlance token").is_err());
        assert!(parse("parlance token --user ada --role king").is_err());
    }

    #[test]
    fn a_life_is_a_number_with_or_without_a_unit() {
        for (text, seconds) in [("1", 1), ("5s", 5), ("30m", 1800), ("24h", 86400), ("7d", 604_800)] {
            assert_eq!(ttl(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for (text, sentence) in [
            ("0", "a token has to count for at least one second"),
            ("3651d", "a token counts for at most ten years, 3650d"),
            ("", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("h", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("+5", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("5 h", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("1ü", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("99999999999999999999", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
            ("9999999999999999999d", "write seconds, or a number with s, m, h or d, like 30m, 24h or 7d"),
        ] {
            assert_eq!(ttl(text).unwrap_err(), sentence, "{text}");
        }
    }

    #[test]
    fn secrets_do_not_show() {
        let line = "parlance --jwt-secret hush --gemini-api-key hush";
        assert!(!format!("{:?}", Cli::try_parse_from(line.split_whitespace()).unwrap()).contains("hush"));
        let args = token("parlance token --user ada --jwt-secret hush");
        assert!(!format!("{args:?}").contains("hush"));
    }

    #[test]
    fn the_version_is_that_of_the_crate() {
        let text = parse("parlance --version").unwrap_err().to_string();
        assert_eq!(text, format!("parlance {}\n", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for line in ["parlance --lisen x", "parlance srve", "parlance serve token", "parlance --listen"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
