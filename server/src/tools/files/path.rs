//! From what a model writes to a place beneath the workspace.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::tools::ToolError;

/// What the folder is called.
pub const WORKSPACE: &str = "/workspace";

/// The most bytes of a path.
pub const MAX_PATH: usize = 4096;

/// The most bytes of a name in it.
const MAX_NAME: usize = 255;

/// A place beneath the workspace: names only, none of them `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// Understands a path, absolute beneath `/workspace`, or relative to it.
    pub(super) fn new(path: &str) -> Result<Self, ToolError> {
        if path.is_empty() {
            return Err(ToolError::new("The path is empty; the workspace itself is /workspace"));
        }
        if path.len() > MAX_PATH {
            return Err(ToolError::new(format!("The path is longer than {MAX_PATH} bytes")));
        }
        if path.chars().any(is_invisible) {
            return Err(ToolError::new(format!("The path holds invisible characters: {}", escaped(path))));
        }
        let mut names = path.split('/').filter(|name| !matches!(*name, "" | "."));
        // Looked for before the path is understood, so that nothing of it can make `..` harmless by chance.
        if names.clone().any(|name| name == "..") {
            return Err(ToolError::new(format!(
                "The path must not hold `..`, and {} does; write it from /workspace on",
                escaped(path)
            )));
        }
        if path.starts_with('/') && names.next() != Some("workspace") {
            return Err(ToolError::new(format!("No such file: {}", escaped(path))));
        }
        let names: Vec<_> = names.map(str::to_owned).collect();
        match names.iter().find(|name| name.len() > MAX_NAME) {
            Some(name) => Err(ToolError::new(format!(
                "A name in the path has {} bytes, and may have {MAX_NAME}",
                name.len()
            ))),
            None => Ok(Self(names)),
        }
    }

    /// The path beneath the folder; `.` for the folder itself.
    pub(super) fn path(&self) -> PathBuf {
        if self.0.is_empty() { PathBuf::from(".") } else { self.0.iter().collect() }
    }

    /// The folder and the name in it; `None` for the workspace itself.
    pub(super) fn split(&self) -> Option<(PathBuf, &Path)> {
        let (name, folders) = self.0.split_last()?;
        Some((folders.iter().collect(), Path::new(name)))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(WORKSPACE)?;
        self.0.iter().try_for_each(|name| write!(formatter, "/{name}"))
    }
}

/// Controls, and what changes how text around it looks or is not seen at all.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A path for a sentence: short, and visible.
fn escaped(path: &str) -> String {
    let short = path.chars().take(200);
    short
        .flat_map(|c| if is_invisible(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> Result<String, String> {
        Place::new(path).map(|place| place.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn ways_to_write_one_place() {
        for path in ["a/b", "./a//b/", "/workspace/a/b", "//workspace/./a/b", "/./workspace/a/b/."] {
            assert_eq!(shown(path).as_deref(), Ok("/workspace/a/b"), "{path}");
            assert_eq!(Place::new(path).unwrap().path(), Path::new("a/b"));
        }
        for path in [".", "/workspace", "/workspace/", "./"] {
            assert_eq!(shown(path).as_deref(), Ok("/workspace"), "{path}");
            assert_eq!(Place::new(path).unwrap().path(), Path::new("."));
            assert_eq!(Place::new(path).unwrap().split(), None);
        }
        // A relative path is beneath the workspace, whatever it is called.
        assert_eq!(shown("workspace/a").as_deref(), Ok("/workspace/workspace/a"));
        assert_eq!(shown("...").as_deref(), Ok("/workspace/..."));
    }

    #[test]
    fn nothing_else_exists() {
        for path in ["/etc/passwd", "/", "/workspaces/a", "/Workspace/a", "/proc/self/cwd/workspace"] {
            assert_eq!(shown(path), Err(format!("No such file: {path}")));
        }
    }

    #[test]
    fn what_cannot_be_a_path_is_refused() {
        for path in ["..", "../a", "a/../b", "/workspace/../etc/passwd", "/..", "a/.."] {
            assert_eq!(
                shown(path),
                Err(format!("The path must not hold `..`, and {path} does; write it from /workspace on"))
            );
        }
        for (path, sentence) in [
            ("", "The path is empty; the workspace itself is /workspace"),
            ("a\0b", "The path holds invisible characters: a\\u{0}b"),
            ("a\nb", "The path holds invisible characters: a\\u{a}b"),
            ("a\u{202e}b", "The path holds invisible characters: a\\u{202e}b"),
        ] {
            assert_eq!(shown(path).unwrap_err(), sentence);
        }
        assert_eq!(shown(&"a/".repeat(2049)).unwrap_err(), "The path is longer than 4096 bytes");
        assert_eq!(
            shown(&"a".repeat(256)).unwrap_err(),
            "A name in the path has 256 bytes, and may have 255"
        );
        assert!(shown(&"a".repeat(255)).is_ok());
    }
}
