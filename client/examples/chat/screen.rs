//! What is shown: the answer as it comes, and a line for everything else.

use std::io::{IsTerminal, Write};

use parlance_client::ServerEvent;
use parlance_client::types::{Speaker, Turn};

/// The terminal, and whether something stands on the last line.
#[derive(Debug)]
pub(crate) struct Screen {
    colours: bool,
    within_a_line: bool,
}

impl Screen {
    pub(crate) fn new() -> Self {
        Self { colours: std::io::stdout().is_terminal(), within_a_line: false }
    }

    /// Goes on where the answer is. What cannot be shown has nobody who would read it.
    fn piece(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = write!(out, "{}", plain(text)).and_then(|()| out.flush());
        self.within_a_line = !text.ends_with('\n');
    }

    /// A line of its own.
    pub(crate) fn line(&mut self, text: &str) {
        let before = if std::mem::take(&mut self.within_a_line) { "\n" } else { "" };
        let _ = writeln!(std::io::stdout(), "{before}{}", plain(text));
    }

    /// A line that is less important than the rest.
    fn dim(&mut self, text: &str) {
        let before = if std::mem::take(&mut self.within_a_line) { "\n" } else { "" };
        let (dim, end) = if self.colours { ("\u{1b}[2m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(std::io::stdout(), "{before}{dim}{}{end}", plain(text));
    }

    /// Shows what has arrived; approvals are asked for elsewhere.
    pub(crate) fn show(&mut self, event: &ServerEvent) {
        match event {
            ServerEvent::GeminiContent(content) => self.piece(&content.text),
            ServerEvent::GeminiThought(thought) if thought.summary.is_empty() => self.dim(&thought.thought),
            ServerEvent::GeminiThought(thought) => {
                self.dim(&format!("{}: {}", thought.summary, thought.thought));
            }
            ServerEvent::GeminiDone(_) if self.within_a_line => self.line(""),
            ServerEvent::GeminiCancelled(cancelled) => self.line(&cancelled.message),
            ServerEvent::GeminiError(error) => self.line(&format!("The answer has failed: {}", error.error)),
            ServerEvent::ToolExecutionComplete(done) => {
                self.dim(&format!("{}: {} ({} ms)", done.name, done.result_display, done.execution_time));
            }
            ServerEvent::ToolExecutionError(failed) => {
                self.dim(&format!("{} has failed: {}", failed.name, failed.error));
            }
            ServerEvent::ToolRejected(rejected) => {
                self.dim(&format!("rejected by {}: {}", rejected.rejected_by, rejected.reason));
            }
            ServerEvent::ChatCleared(_) => self.line("The history is empty now."),
            // What refuses a call of ours is told by the call itself.
            ServerEvent::Error(error) if error.event.is_none() => self.line(&error.message),
            _ => {}
        }
    }

    /// A turn of the history.
    pub(crate) fn turn(&mut self, turn: &Turn) {
        let who = match (turn.role, &turn.user_id) {
            (Speaker::Model, _) => "Gemini".to_owned(),
            (Speaker::User, Some(user)) => user.to_string(),
            (Speaker::User, None) => "somebody".to_owned(),
        };
        for part in &turn.parts {
            match part.get("text").and_then(|text| text.as_str()) {
                Some(text) => self.line(&format!("{who}: {text}")),
                None => self.dim(&format!("{who}: {}", part.keys().cloned().collect::<Vec<_>>().join(", "))),
            }
        }
    }
}

/// Without what a terminal would take for a command: the text comes from others.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn others_cannot_steer_the_terminal() {
        assert_eq!(super::plain("a\u{1b}[2J\tb\n\u{9b}c"), "a[2J\tb\nc");
    }
}
