//! `writeFile`.

use std::io::{self, Write};
use std::path::Path;

use cap_std::fs::{Dir, OpenOptions};
use serde_json::{Map, Value, json};

use super::path::Place;
use super::{Workspace, failure};
use crate::tools::{CallContext, Declaration, Effect, Output, Running, Tool, ToolError};

/// The most bytes of a file that is written.
pub const MAX_WRITE: usize = 1024 * 1024;

/// Writes a text file, whole.
#[derive(Debug)]
pub struct WriteFile(Workspace);

impl WriteFile {
    /// The tool over a workspace.
    pub fn new(workspace: Workspace) -> Self {
        Self(workspace)
    }
}

impl Tool for WriteFile {
    fn declaration(&self) -> Declaration {
        Declaration {
            name: "writeFile".into(),
            description: format!(
                "Writes a text file of the workspace, at most {MAX_WRITE} bytes. What was in the file is \
                 replaced; directories on the way are made."
            ),
            parameters: json!({
                "type": "object",
                "properties": {
                    "path": {"type": "string", "description": "Absolute, like /workspace/file.txt, or relative to /workspace."},
                    "content": {"type": "string", "description": "Everything that is to be in the file."},
                },
                "required": ["path", "content"],
                "additionalProperties": false,
            }),
            effect: Effect::Writes,
        }
    }

    fn run(&self, mut args: Map<String, Value>, _: CallContext) -> Running<'_> {
        let Some(Value::String(content)) = args.remove("content") else {
            return Box::pin(async { Err(ToolError::new("The argument `content` must be a string")) });
        };
        self.0.run(&args, move |directory, place| write(directory, &place, &content))
    }
}

fn write(directory: &Dir, place: &Place, content: &str) -> Result<Output, ToolError> {
    if content.len() > MAX_WRITE {
        return Err(ToolError::new(format!(
            "The content has {} bytes, and a file may have {MAX_WRITE}; write several files",
            content.len()
        )));
    }
    let Some((folder, name)) = place.split() else {
        return Err(ToolError::new(failure::is_directory(place)));
    };
    let failed = |error| failure::about(place, &error);
    let own;
    let folder = if folder.as_os_str().is_empty() {
        directory
    } else {
        directory.create_dir_all(&folder).map_err(failed)?;
        own = directory.open_dir(&folder).map_err(failed)?;
        &own
    };
    // The link itself, and not what it leads to: it is going to be replaced.
    let before = match folder.symlink_metadata(name) {
        Ok(metadata) if metadata.is_dir() => return Err(ToolError::new(failure::is_directory(place))),
        Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
        Ok(metadata) if metadata.is_symlink() => None,
        Ok(_) => return Err(failure::not_regular(place)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let random = getrandom::u64().map_err(|_| ToolError::new("There is no randomness for a new name"))?;
    let temporary = format!(".parlance-{random:016x}.tmp");
    let temporary = Path::new(&temporary);
    let written = whole(folder, temporary, content).and_then(|()| {
        if let Some(permissions) = before {
            folder.set_permissions(temporary, permissions)?;
        }
        folder.rename(temporary, folder, name)
    });
    if let Err(error) = written {
        let _ = folder.remove_file(temporary);
        return Err(failed(error));
    }
    let sentence = format!("Wrote {} bytes to {place}", content.len());
    Ok(Output { result: sentence.clone().into(), display: sentence })
}

/// Writes a new file and sees it on the disk, so that the name never stands for half of it.
fn whole(folder: &Dir, name: &Path, content: &str) -> io::Result<()> {
    let mut file = folder.open_with(name, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}
