//! Texts that show nowhere, and the one among them that is made once and kept.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::ConfigError;
use crate::auth::MIN_SECRET;

/// A text that does not show itself in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text secret.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// The file in the data folder.
const NAME: &str = "jwt-secret";

/// The secret that is kept in the data folder; a new one if there is none.
pub(super) fn kept(data: &Path, warnings: &mut Vec<String>) -> Result<Secret, ConfigError> {
    let path = data.join(NAME);
    let wrong = |complaint: String| ConfigError::Secret { path: path.display().to_string(), complaint };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(data, &path).map_err(|error| {
                wrong(format!("cannot be made: {error}; give jwt_secret, or a data folder to write to"))
            })?;
            // Not the one just made, but the one that is there: somebody else may have been first.
            fs::read_to_string(&path).map_err(|error| wrong(format!("cannot be read: {error}")))?
        }
        Err(error) => return Err(wrong(format!("cannot be read: {error}"))),
    };
    let text = text.trim();
    if text.len() < MIN_SECRET {
        return Err(wrong(format!(
            "must have at least {MIN_SECRET} bytes, and has {}; delete it, and a new one is made",
            text.len()
        )));
    }
    if open_to_others(&path) {
        warnings.push(format!("other users of this machine may read {}; chmod it to 600", path.display()));
    }
    Ok(Secret::new(text.to_owned()))
}

/// Makes the file, whole at once, unless there is one.
fn make(data: &Path, path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    // The folder is going to hold what people said, which is nobody else's business either.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)?;
    let secret = random_hex(32)?;
    // Two services that start at the same time must end up with one secret: both write to names of their own, and the name
    // that counts is linked only if it is free.
    let mine = data.join(format!(".{NAME}-{}", random_hex(8)?));
    let written = write_private(&mine, &secret).and_then(|()| match fs::hard_link(&mine, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Not every file system has links.
        Err(_) => fs::rename(&mine, path),
        Ok(()) => Ok(()),
    });
    match fs::remove_file(&mine) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => written.and(Err(error)),
        _ => written,
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

fn random_hex(bytes: usize) -> io::Result<String> {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> bool {
    false
}
