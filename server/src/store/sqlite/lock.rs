//! One process per data folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::store::StoreError;

/// Makes the folder if it is not there, and takes it until the file is dropped.
pub(super) fn take(folder: &Path) -> Result<File, StoreError> {
    let name = folder.display();
    let failed = |what: &str, error: &std::io::Error| {
        StoreError::Open(format!("the data folder {name} cannot be {what}: {error}"))
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    // What people said is nobody else's business on this machine.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed("made", &error))?;
    let path = folder.join("lock");
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(path).map_err(|error| failed("written to", &error))?;
    match file.try_lock() {
        Ok(()) => {
            // Only so that the next one can say who it is.
            let _ = file.set_len(0);
            let _ = write!(file, "{}", std::process::id());
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.rewind();
            let _ = (&mut file).take(16).read_to_string(&mut text);
            let who = text.trim().parse::<u32>().map_or(String::new(), |id| format!(" (process {id})"));
            Err(StoreError::Open(format!(
                "the data folder {name} is in use by another service{who}; stop it, or choose another folder"
            )))
        }
        Err(TryLockError::Error(error)) => Err(failed("locked", &error)),
    }
}
