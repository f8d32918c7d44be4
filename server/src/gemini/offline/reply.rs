//! From a script, or from what came of its calls, to the chunks of an answer.

use std::time::Duration;

use serde_json::{Value, json};

use super::check::{Answer, Conversation};
use super::script::{Call, Script};
use super::seal::Seal;

/// Characters of a result or an error that are quoted.
const QUOTED: usize = 200;
/// Characters of a message that are echoed.
const ECHOED: usize = 2000;
/// Characters of a chunk of filler.
const FILLER_CHUNK: usize = 20;

/// What is sent.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// Parts that come together, chunk by chunk.
    pub(super) chunks: Vec<Vec<Piece>>,
    /// What comes after the last of them.
    pub(super) ending: Ending,
    /// Before every chunk but the first.
    pub(super) pause: Duration,
    /// The prompt is refused.
    pub(super) blocked: bool,
}

/// How it ends.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The last chunk says `STOP`.
    #[default]
    Stop,
    /// The connection breaks.
    Cut,
    /// Nothing comes any more.
    Stall,
}

/// A part, and what it is counted as.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) json: String,
    pub(super) length: usize,
    pub(super) is_thought: bool,
}

impl Reply {
    /// The reply to a conversation.
    pub(super) fn new(conversation: &Conversation, script: Script, seal: &Seal) -> Self {
        let pause = script.slow;
        if let Some(mistake) = &script.mistake {
            return Self::said(&format!("The offline Gemini did not understand {mistake}"), seal);
        }
        if !conversation.answers.is_empty() {
            return Self { pause, ..Self::said(&quote(&conversation.answers), seal) };
        }
        if script.block {
            return Self { blocked: true, ..Self::default() };
        }
        let mut thoughts = script.think;
        let mut texts = match script.say.is_empty() {
            true => Vec::new(),
            false => words(&script.say.join("\n")),
        };
        if script.long > 0 {
            let before = if texts.is_empty() { "" } else { "\n" };
            texts.extend(filler(before, script.long));
        }
        if script.say.is_empty() && script.long == 0 && script.calls.is_empty() {
            if thoughts.is_empty() {
                thoughts
                    .push("**Reading the message** Nobody has told me what to say, so I say it back.".into());
            }
            let message = match script.plain.iter().all(|line| line.trim().is_empty()) {
                true => conversation.message.trim().to_owned(),
                false => script.plain.join("\n").trim().to_owned(),
            };
            let echo = shorten(&message, ECHOED);
            texts = words(&format!("You said: {echo} (offline: no GEMINI_API_KEY is set)"));
        }
        let mut calls = script.calls;
        let mut ending = Ending::Stop;
        if script.cut || script.stall {
            calls.clear();
            halve(&mut texts);
            if script.stall {
                texts.truncate(1);
            }
            ending = if script.cut { Ending::Cut } else { Ending::Stall };
        }
        if !conversation.thoughts {
            thoughts.clear();
        }
        let mut chunks: Vec<Vec<Piece>> =
            thoughts.iter().map(|thought| vec![Piece::thought(thought)]).collect();
        let sign_text = ending == Ending::Stop && calls.is_empty();
        chunks.extend(text_chunks(&texts, sign_text.then_some(seal)));
        if !calls.is_empty() {
            chunks.push(call_chunk(&calls, seal));
            // As the original does: the end comes separately, with a text that says nothing.
            chunks.push(vec![Piece::text("", None)]);
        }
        Self { chunks, ending, pause, blocked: false }
    }

    fn said(text: &str, seal: &Seal) -> Self {
        Self { chunks: text_chunks(&words(text), Some(seal)).collect(), ..Self::default() }
    }
}

impl Piece {
    fn new(part: &Value, length: usize, is_thought: bool) -> Self {
        Self { json: part.to_string(), length, is_thought }
    }

    fn text(text: &str, signature: Option<String>) -> Self {
        let mut part = json!({ "text": text });
        if let Some(signature) = signature {
            part["thoughtSignature"] = signature.into();
        }
        Self::new(&part, text.len(), false)
    }

    fn thought(text: &str) -> Self {
        Self::new(&json!({ "text": format!("{text}\n\n"), "thought": true }), text.len(), true)
    }
}

/// Texts as chunks, the last of them signed: what stands for the thinking before it.
fn text_chunks<'a>(texts: &'a [String], seal: Option<&'a Seal>) -> impl Iterator<Item = Vec<Piece>> + 'a {
    texts.iter().enumerate().map(move |(at, text)| {
        let signature = seal.filter(|_| at + 1 == texts.len()).map(|seal| seal.sign(&[text]));
        vec![Piece::text(text, signature)]
    })
}

/// The calls in one chunk. The arguments keep the white space, numbers and order they were written in.
fn call_chunk(calls: &[Call], seal: &Seal) -> Vec<Piece> {
    let raw: Vec<String> = calls
        .iter()
        .map(|Call { name, args }| format!(r#"{{"name": "{name}", "args": {args}, "id": "{}"}}"#, seal.id()))
        .collect();
    let signed: Vec<&str> = raw.iter().map(String::as_str).collect();
    let signature = format!(r#", "thoughtSignature": "{}""#, seal.sign(&signed));
    raw.iter()
        .enumerate()
        .map(|(at, call)| Piece {
            json: format!(r#"{{"functionCall": {call}{}}}"#, if at == 0 { signature.as_str() } else { "" }),
            length: call.len(),
            is_thought: false,
        })
        .collect()
}

/// A few pieces that begin where words begin. Together they are the text.
fn words(text: &str) -> Vec<String> {
    const LONGEST: usize = 4096;
    let least = (text.len() / 5).clamp(8, 120);
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut after_space = false;
    for c in text.chars() {
        let at_word = after_space && !c.is_whitespace() && piece.len() >= least;
        if at_word || piece.len() >= LONGEST {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push(c);
        after_space = c.is_whitespace();
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// So many characters of filler, in pieces.
fn filler(before: &str, length: usize) -> impl Iterator<Item = String> {
    const WORDS: &str = "the quick brown fox jumps over the lazy dog and ";
    let mut letters = WORDS.chars().cycle();
    let mut before = Some(before.to_owned());
    let mut left = length;
    std::iter::from_fn(move || {
        let next = left.min(FILLER_CHUNK);
        left -= next;
        let mut piece = before.take().unwrap_or_default();
        piece.extend(letters.by_ref().take(next));
        (next > 0).then_some(piece)
    })
}

/// Leaves about the first half of a text.
fn halve(texts: &mut Vec<String>) {
    if let [only] = texts.as_mut_slice() {
        let half = only.chars().count().div_ceil(2);
        *only = only.chars().take(half).collect();
    }
    texts.truncate(texts.len().div_ceil(2));
}

fn quote(answers: &[Answer]) -> String {
    let sentences: Vec<String> = answers
        .iter()
        .map(|Answer { name, outcome }| match outcome {
            Ok(output) => format!("{name} returned: {}", shorten(output, QUOTED)),
            Err(error) => format!("{name} failed: {}", shorten(error, QUOTED)),
        })
        .collect();
    sentences.join("\n")
}

fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_begin_with_words_and_are_the_text() {
        let text = "  The first line is here,\nand  the second: ünïcödé wörds \t too. ";
        let pieces = words(text);
        assert!(pieces.len() >= 3, "{pieces:?}");
        assert_eq!(pieces.concat(), text);
        for pair in pieces.windows(2) {
            assert!(pair[0].ends_with(char::is_whitespace), "{pieces:?}");
            assert!(!pair[1].starts_with(char::is_whitespace), "{pieces:?}");
        }
        assert!(words("").is_empty());
        assert_eq!(words(&"x".repeat(10_000)).len(), 3);
    }

    #[test]
    fn filler_has_its_length() {
        for length in [1, 19, 20, 21, 100_003] {
            let pieces: Vec<String> = filler("", length).collect();
            assert_eq!(pieces.len(), length.div_ceil(FILLER_CHUNK));
            assert_eq!(pieces.concat().chars().count(), length);
        }
    }

    #[test]
    fn half_a_text_is_some_of_it() {
        for (texts, left) in
            [(vec!["a", "b", "c"], vec!["a", "b"]), (vec!["word"], vec!["wo"]), (vec![], vec![])]
        {
            let mut texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
            halve(&mut texts);
            assert_eq!(texts, left);
        }
    }

    #[test]
    fn what_breaks_off_has_no_calls_and_no_signature() {
        let message = "think: a\nsay: one two three four\ncall: f\ncut";
        let conversation = Conversation {
            message: message.into(),
            answers: Vec::new(),
            thoughts: true,
            fingerprint: 0,
            bytes: 1,
        };
        let reply = Reply::new(&conversation, Script::parse(message), &Seal::default());
        let parts: Vec<&str> = reply.chunks.iter().flatten().map(|piece| piece.json.as_str()).collect();
        assert_eq!(parts, [r#"{"text":"a\n\n","thought":true}"#, r#"{"text":"one two "}"#]);
        assert_eq!(reply.ending, Ending::Cut);
    }

    #[test]
    fn a_long_result_is_shortened_at_a_character() {
        let answers = [
            Answer { name: "f".into(), outcome: Ok("ü".repeat(300)) },
            Answer { name: "g".into(), outcome: Err("no".into()) },
        ];
        assert_eq!(quote(&answers), format!("f returned: {}…\ng failed: no", "ü".repeat(200)));
    }
}
