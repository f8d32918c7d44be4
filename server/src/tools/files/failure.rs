//! What the file system says, in a sentence that knows only the workspace.

use std::fmt::Display;
use std::io;

use crate::tools::ToolError;

/// The sentence for an error about a place.
pub(super) fn about(place: impl Display, error: &io::Error) -> ToolError {
    ToolError::new(match error.kind() {
        io::ErrorKind::NotFound => format!("No such file: {place}"),
        // A link that leads out is refused by the walk and not by the system: where it leads, there is nothing.
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => format!("No such file: {place}"),
        io::ErrorKind::PermissionDenied => format!("Not allowed by the file system: {place}"),
        io::ErrorKind::IsADirectory => is_directory(&place),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            format!("A file is where a directory would have to be: {place}")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "The disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "The workspace is read-only".to_owned(),
        kind => format!("The file system refuses {place}: {kind}"),
    })
}

/// The sentence for a directory where a file is wanted.
pub(super) fn is_directory(place: impl Display) -> String {
    format!("It is a directory, not a file: {place}")
}

/// The sentence for devices, pipes and sockets.
pub(super) fn not_regular(place: impl Display) -> ToolError {
    ToolError::new(format!("It is not a regular file: {place}"))
}
