//! `readFile`.

use std::io::Read;

use cap_std::fs::Dir;
use serde_json::{Map, Value, json};

use super::path::Place;
use super::{Workspace, failure};
use crate::tools::{CallContext, Declaration, Effect, Output, Running, Tool, ToolError};

/// The most bytes of a file that are shown.
pub const MAX_READ: usize = 256 * 1024;

/// Reads a text file.
#[derive(Debug)]
pub struct ReadFile(Workspace);

impl ReadFile {
    /// The tool over a workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self(workspace)
    }
}

impl Tool for ReadFile {
    fn declaration(&self) -> Declaration {
        Declaration {
            name: "readFile".into(),
            description: format!(
                "Reads a UTF-8 text file of the workspace. Of a longer file, the first {MAX_READ} bytes."
            ),
            parameters: json!({
                "type": "object",
                "properties": {
                    "path": {"type": "string", "description": "Absolute, like /workspace/file.txt, or relative to /workspace."},
                },
                "required": ["path"],
                "additionalProperties": false,
            }),
            effect: Effect::Reads,
        }
    }

    fn run(&self, args: Map<String, Value>, _: CallContext) -> Running<'_> {
        self.0.run(&args, |directory, place| read(directory, &place))
    }
}

fn read(directory: &Dir, place: &Place) -> Result<Output, ToolError> {
    let failed = |error| failure::about(place, &error);
    let regular = |metadata: cap_std::fs::Metadata| {
        if metadata.is_dir() {
            return Err(ToolError::new(failure::is_directory(place)));
        }
        if metadata.is_file() { Ok(metadata.len()) } else { Err(failure::not_regular(place)) }
    };
    // Before, because opening a pipe would wait for somebody to write to it; and after, because now it is surely the same.
    regular(directory.metadata(place.path()).map_err(failed)?)?;
    let file = directory.open(place.path()).map_err(failed)?;
    let size = regular(file.metadata().map_err(failed)?)?;
    let mut bytes = Vec::new();
    // One more, to see whether there is more, whatever the file says about its size.
    let most = u64::try_from(MAX_READ).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    let cut = bytes.len() > MAX_READ;
    bytes.truncate(MAX_READ);
    let mut text =
        text(bytes, cut).ok_or_else(|| ToolError::new(format!("It is not UTF-8 text: {place}")))?;
    let read = text.len();
    let mut display = format!("Read {read} bytes of {place}");
    if cut {
        let sentence = format!("These are the first {read} of {size} bytes; the rest is left out.");
        text.push_str(&format!("\n[{sentence}]"));
        display.push_str(&format!(", which has {size}"));
    }
    Ok(Output { result: Value::String(text), display })
}

/// The bytes as text; a character that was cut in two at the end is left out.
fn text(bytes: Vec<u8>, cut: bool) -> Option<String> {
    String::from_utf8(bytes)
        .or_else(|error| {
            let valid = error.utf8_error();
            let mut bytes = error.into_bytes();
            if cut && valid.error_len().is_none() {
                bytes.truncate(valid.valid_up_to());
            }
            String::from_utf8(bytes)
        })
        .ok()
}
