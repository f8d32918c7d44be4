//! `listDirectory`.

use std::collections::BTreeMap;

use cap_std::fs::{Dir, FileType};
use serde_json::{Map, Value, json};

use super::path::Place;
use super::{Workspace, failure};
use crate::tools::{CallContext, Declaration, Effect, Output, Running, Tool, ToolError};

/// The most entries that are listed.
pub const MAX_ENTRIES: usize = 1000;

/// Lists a directory.
#[derive(Debug)]
pub struct ListDirectory(Workspace);

impl ListDirectory {
    /// The tool over a workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self(workspace)
    }
}

impl Tool for ListDirectory {
    fn declaration(&self) -> Declaration {
        Declaration {
            name: "listDirectory".into(),
            description: format!(
                "Lists a directory of the workspace by name, at most {MAX_ENTRIES} entries: name, type \
                 (file, directory, link, other) and the size of files in bytes."
            ),
            parameters: json!({
                "type": "object",
                "properties": {
                    "path": {"type": "string", "description": "Absolute, like /workspace/src, or relative; /workspace if left out."},
                },
                "additionalProperties": false,
            }),
            effect: Effect::Reads,
        }
    }

    fn run(&self, args: Map<String, Value>, _: CallContext) -> Running<'_> {
        self.0.run(&args, |directory, place| list(directory, &place))
    }
}

fn list(directory: &Dir, place: &Place) -> Result<Output, ToolError> {
    let failed = |error| failure::about(place, &error);
    if !directory.metadata(place.path()).map_err(failed)?.is_dir() {
        return Err(ToolError::new(format!("It is not a directory: {place}")));
    }
    // The first by name, and no more of them at any time.
    let mut entries = BTreeMap::new();
    let mut total = 0_usize;
    for entry in directory.read_dir(place.path()).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        total += 1;
        entries.insert(entry.file_name(), entry);
        if entries.len() > MAX_ENTRIES {
            entries.pop_last();
        }
    }
    let listed = entries.len();
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(name, entry)| {
            let kind = entry.file_type().map_or("other", kind);
            let mut shown = json!({"name": name.to_string_lossy(), "type": kind});
            // It may be gone by now; then its size is not known.
            if kind == "file"
                && let Ok(metadata) = entry.metadata()
            {
                shown["size"] = metadata.len().into();
            }
            shown
        })
        .collect();
    let mut result = json!({"entries": entries});
    let mut display = format!("Listed {listed} entries of {place}");
    if total > listed {
        let note = format!("These are the first {listed} of {total} entries by name; the rest is left out.");
        result["note"] = note.into();
        display.push_str(&format!(", which has {total}"));
    }
    Ok(Output { result, display })
}

fn kind(kind: FileType) -> &'static str {
    if kind.is_file() {
        "file"
    } else if kind.is_dir() {
        "directory"
    } else if kind.is_symlink() {
        "link"
    } else {
        "other"
    }
}
