//! The directives in a person's message: what the answer is to be.

use std::time::Duration;

use serde_json::value::RawValue;

/// Of `long: N`. More would only be refused by the client, for its size.
const MOST_FILLER: usize = 1_000_000;
/// Of `slow: MS`.
const LONGEST_PAUSE: u64 = 60_000;
/// Of `call:` lines in one message.
const MOST_CALLS: usize = 128;

/// What a message asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Script {
    /// `say:`, line by line.
    pub(super) say: Vec<String>,
    /// `think:`, one thought each.
    pub(super) think: Vec<String>,
    /// `call:`, in parallel.
    pub(super) calls: Vec<Call>,
    /// `fail:`
    pub(super) fail: Option<Fail>,
    /// `cut`
    pub(super) cut: bool,
    /// `stall`
    pub(super) stall: bool,
    /// `block`
    pub(super) block: bool,
    /// `slow:`
    pub(super) slow: Duration,
    /// `long:`
    pub(super) long: usize,
    /// The lines that are no directives.
    pub(super) plain: Vec<String>,
    /// What is wrong with the first line that means to be a directive and is none.
    pub(super) mistake: Option<String>,
}

/// A call to be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) name: String,
    /// A JSON object as it was written, white space included.
    pub(super) args: String,
}

/// An error to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fail {
    pub(super) code: u16,
    /// How often; always if `None`.
    pub(super) times: Option<u32>,
}

impl Script {
    /// Reads a message.
    pub(super) fn parse(message: &str) -> Self {
        let mut script = Self::default();
        for (at, line) in message.lines().enumerate() {
            if let Err(why) = script.line(line)
                && script.mistake.is_none()
            {
                script.mistake = Some(format!("line {}, {line:?}: {why}", at + 1));
            }
        }
        script
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        match line.trim() {
            "cut" => self.cut = true,
            "stall" => self.stall = true,
            "block" => self.block = true,
            _ => return self.with_value(line),
        }
        Ok(())
    }

    fn with_value(&mut self, line: &str) -> Result<(), String> {
        let Some((word, value)) = line.split_once(':') else {
            self.plain.push(line.to_owned());
            return Ok(());
        };
        let text = || value.strip_prefix(' ').unwrap_or(value).to_owned();
        match word {
            "say" => self.say.push(text()),
            "think" => self.think.push(text()),
            "call" if self.calls.len() >= MOST_CALLS => {
                return Err(format!("there may be {MOST_CALLS} calls at most"));
            }
            "call" => self.calls.push(call(value)?),
            "fail" => self.fail = Some(fail(value)?),
            "slow" => {
                let range = 0..=LONGEST_PAUSE;
                let pause = value.trim().parse().ok().filter(|pause| range.contains(pause));
                self.slow = Duration::from_millis(pause.ok_or_else(|| {
                    format!("a number of milliseconds up to {LONGEST_PAUSE} is expected, as in `slow: 20`")
                })?);
            }
            "long" => {
                let length = value.trim().parse().ok().filter(|length| *length <= MOST_FILLER);
                self.long = length.ok_or_else(|| {
                    format!("a number of characters up to {MOST_FILLER} is expected, as in `long: 2000`")
                })?;
            }
            _ => self.plain.push(line.to_owned()),
        }
        Ok(())
    }
}

/// `NAME {json args}`
fn call(value: &str) -> Result<Call, String> {
    const SHAPE: &str = "as in `call: readFile {\"path\": \"notes.txt\"}`";
    let value = value.trim();
    let (name, args) = value.split_once(char::is_whitespace).unwrap_or((value, "{}"));
    if !is_function_name(name) {
        return Err(format!(
            "{name:?} is no name of a function; a name and a JSON object are expected, {SHAPE}"
        ));
    }
    let args = args.trim_start();
    match serde_json::from_str::<&RawValue>(args) {
        Ok(_) if args.starts_with('{') => Ok(Call { name: name.to_owned(), args: args.to_owned() }),
        Ok(_) => Err(format!("the arguments must be a JSON object, {SHAPE}")),
        Err(error) => Err(format!("the arguments must be a JSON object, {SHAPE}: {error}")),
    }
}

/// `CODE [times N]`
fn fail(value: &str) -> Result<Fail, String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let (code, times) = match words.as_slice() {
        [code] => (code.parse().ok(), Some(None)),
        [code, "times", times] => (code.parse().ok(), times.parse().ok().map(Some)),
        _ => (None, None),
    };
    match (code.filter(|code| (400..=599).contains(code)), times) {
        (Some(code), Some(times)) => Ok(Fail { code, times }),
        _ => Err("a status from 400 to 599 is expected, as in `fail: 500` or `fail: 429 times 2`".into()),
    }
}

/// Whether Gemini takes it for a name: a letter or `_`, then letters, digits, `_`, `-`, `.` and `:`, 128 at most.
pub(super) fn is_function_name(name: &str) -> bool {
    name.len() <= 128
        && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_directive_is_read() {
        let script = Script::parse(
            "Dear model,\nthink: **Plan** go on\nsay: one\nsay:two \ncall: f {\"b\": 1.0, \"a\":2}\ncall: g\n\
             fail: 429 times 2\nslow: 5\nlong: 40\ncut\nstall\nblock",
        );
        assert_eq!(
            script,
            Script {
                say: vec!["one".into(), "two ".into()],
                think: vec!["**Plan** go on".into()],
                calls: vec![
                    Call { name: "f".into(), args: r#"{"b": 1.0, "a":2}"#.into() },
                    Call { name: "g".into(), args: "{}".into() },
                ],
                fail: Some(Fail { code: 429, times: Some(2) }),
                cut: true,
                stall: true,
                block: true,
                slow: Duration::from_millis(5),
                long: 40,
                plain: vec!["Dear model,".into()],
                mistake: None,
            }
        );
    }

    #[test]
    fn words_of_a_person_are_no_directives() {
        for message in ["please say: hi", "cut it out", "Say: hi", "note: fail", "blocked", ""] {
            let script = Script::parse(message);
            let plain = message.lines().map(str::to_owned).collect();
            assert_eq!(script, Script { plain, ..Script::default() }, "{message}");
        }
    }

    #[test]
    fn a_mistake_names_its_line_and_what_would_be_right() {
        for (message, expected) in [
            ("say: a\ncall: f [1]", r#"line 2, "call: f [1]": the arguments must be a JSON object"#),
            ("call: f {\"a\":", "the arguments must be a JSON object"),
            ("call: 9lives {}", "\"9lives\" is no name of a function"),
            ("call:", "a name and a JSON object are expected"),
            ("fail: 200", "a status from 400 to 599 is expected"),
            ("fail: 429 times", "`fail: 429 times 2`"),
            ("fail: 429 times many", "`fail: 429 times 2`"),
            ("slow: 60001", "up to 60000"),
            ("long: -1", "up to 1000000"),
            ("long: 1000001", "up to 1000000"),
        ] {
            let mistake = Script::parse(message).mistake.unwrap();
            assert!(mistake.contains(expected), "{mistake}");
        }
    }
}
