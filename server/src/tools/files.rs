//! Tools over the files of a workspace, from which no path leads out.
//!
//! The folder is opened once, and every path is walked beneath that handle: neither `..` nor a link nor a swap at the right
//! moment gets outside. To tools the folder is called `/workspace`; everything else does not exist.

mod failure;
mod list;
mod path;
mod read;
mod write;

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use serde_json::{Map, Value};

pub use list::{ListDirectory, MAX_ENTRIES};
pub use path::{MAX_PATH, WORKSPACE};
pub use read::{MAX_READ, ReadFile};
pub use write::{MAX_WRITE, WriteFile};

use super::{Output, Registry, Running, Tool, ToolError};
use path::Place;

/// The folder that tools work in.
#[derive(Debug, Clone)]
pub struct Workspace(Arc<Dir>);

impl Workspace {
    /// Opens the folder. If it is not there, it is made, with a first file in it: `file.txt`.
    ///
    /// # Errors
    /// The folder cannot be made or opened.
    pub fn open(folder: &Path) -> io::Result<Self> {
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent)?;
        }
        match fs::create_dir(folder) {
            Ok(()) => fs::write(folder.join("file.txt"), "Hello from the workspace.\n")?,
            // Whether it is a folder is said by opening it.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        Ok(Self(Arc::new(Dir::open_ambient_dir(folder, ambient_authority())?)))
    }

    /// Does something with a place in the workspace, where waiting for the disk holds nobody up.
    fn run<F>(&self, args: &Map<String, Value>, work: F) -> Running<'static>
    where
        F: FnOnce(&Dir, Place) -> Result<Output, ToolError> + Send + 'static,
    {
        let directory = self.0.clone();
        let place = Place::new(args.get("path").and_then(Value::as_str).unwrap_or(WORKSPACE));
        Box::pin(async move {
            let place = place?;
            // If nobody waits for it any more, it still runs to its end: nothing stays half done.
            tokio::task::spawn_blocking(move || work(&directory, place))
                .await
                .unwrap_or_else(|_| Err(ToolError::new("The tool failed")))
        })
    }
}

/// All tools over the files of this folder, which is made if it is not there.
///
/// # Errors
/// The folder cannot be made or opened.
pub fn workspace_tools(folder: &Path) -> io::Result<Vec<Arc<dyn Tool>>> {
    let workspace = Workspace::open(folder)?;
    Ok(vec![
        Arc::new(ReadFile::new(workspace.clone())),
        Arc::new(ListDirectory::new(workspace.clone())),
        Arc::new(WriteFile::new(workspace)),
    ])
}

/// Adds all tools over the files of this folder, which is made if it is not there.
///
/// # Errors
/// The folder cannot be made or opened.
pub fn add_workspace_tools(registry: &Registry, folder: &Path) -> io::Result<()> {
    let workspace = Workspace::open(folder)?;
    registry.add(ReadFile::new(workspace.clone()));
    registry.add(ListDirectory::new(workspace.clone()));
    registry.add(WriteFile::new(workspace));
    Ok(())
}

#[cfg(test)]
mod tests;
