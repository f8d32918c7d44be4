//! What SQLite says, in the words of the port.

use rusqlite::{Error, ErrorCode, ffi};

use crate::store::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let Error::SqliteFailure(code, _) = &error else { return Self::Storage(error.to_string()) };
        match (code.code, code.extended_code) {
            // Growing the index of the log fails with a code of its own when there is no space.
            (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => Self::Full,
            (ErrorCode::ReadOnly, _) => Self::ReadOnly(error.to_string()),
            // Once the disk has failed to keep something, asking it again would prove nothing: it may forget and say yes.
            (
                ErrorCode::SystemIoFailure,
                ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_FSYNC
                | ffi::SQLITE_IOERR_DIR_FSYNC
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_COMMIT_ATOMIC,
            ) => Self::ReadOnly(error.to_string()),
            _ => Self::Storage(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_have_their_words() {
        let said = |extended| StoreError::from(Error::SqliteFailure(ffi::Error::new(extended), None));
        assert_eq!(said(ffi::SQLITE_FULL), StoreError::Full);
        assert_eq!(said(ffi::SQLITE_IOERR_SHMSIZE), StoreError::Full);
        assert!(matches!(said(ffi::SQLITE_READONLY), StoreError::ReadOnly(_)));
        assert!(matches!(said(ffi::SQLITE_IOERR_FSYNC), StoreError::ReadOnly(_)));
        assert!(matches!(said(ffi::SQLITE_IOERR_READ), StoreError::Storage(_)));
        assert!(matches!(said(ffi::SQLITE_BUSY), StoreError::Storage(_)));
        assert!(matches!(StoreError::from(Error::QueryReturnedNoRows), StoreError::Storage(_)));
    }
}
