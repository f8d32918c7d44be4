//! The tables, and how a connection to them is opened.

use std::path::Path;

use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use crate::store::StoreError;

/// Marks the file as ours: "Prlc".
const APPLICATION: i32 = 0x5072_6c63;

/// The steps from nothing to the present; `user_version` says how many were taken. What was published never changes.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE session (
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        title TEXT,
        model TEXT,
        created INTEGER NOT NULL,
        updated INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_updated ON session (updated);

    CREATE TABLE member (
        session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
        user TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (session, user)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX member_user ON member (user);

    -- AUTOINCREMENT: a number is not given twice, not even after turns were deleted.
    CREATE TABLE turn (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('user', 'model', 'function')),
        parts TEXT NOT NULL,
        user TEXT,
        timestamp INTEGER NOT NULL,
        partial INTEGER NOT NULL CHECK (partial IN (0, 1))
    ) STRICT;
    CREATE INDEX turn_session ON turn (session, sequence);

    CREATE TABLE call (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        session TEXT NOT NULL REFERENCES session ON DELETE CASCADE,
        id TEXT NOT NULL,
        tool TEXT NOT NULL,
        args TEXT NOT NULL,
        requested_by TEXT,
        requested_at INTEGER NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('pending', 'approved', 'rejected', 'started', 'succeeded', 'failed')),
        decided_by TEXT,
        reason TEXT,
        approved INTEGER CHECK (approved IN (0, 1)),
        decided_at INTEGER,
        started_at INTEGER,
        finished_at INTEGER,
        UNIQUE (session, id)
    ) STRICT;
    CREATE INDEX call_open ON call (session, number) WHERE state IN ('pending', 'approved', 'started');

    CREATE TABLE event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        timestamp INTEGER NOT NULL,
        kind TEXT NOT NULL,
        event TEXT NOT NULL,
        user TEXT,
        session TEXT,
        data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_user ON event (user, id);
    CREATE INDEX event_session ON event (session, id);

    -- Written with the events. Scope `*` is everybody, `=name` is one user; topics are total, kind, user and tool.
    CREATE TABLE counter (
        scope TEXT NOT NULL,
        topic TEXT NOT NULL,
        name TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (scope, topic, name)
    ) STRICT, WITHOUT ROWID;
"];

/// Opens the file to write, makes it if it is not there, and brings it to the present.
pub(super) fn open(file: &Path) -> Result<Connection, StoreError> {
    let failed = |error: Error| unusable(file, &error);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    identify(&connection, file)?;
    // A commit is over when the disk has it. Folding the log back every 64 MiB instead of every 4 lets far more through.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864;
             PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;",
        )
        .map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection).map_err(failed)?;
    Ok(connection)
}

/// Opens the file of a store that is open to write, to read.
pub(super) fn open_to_read(file: &Path) -> Result<Connection, StoreError> {
    let failed = |error: Error| unusable(file, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(failed)?;
    connection
        .execute_batch("PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;")
        .map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Refuses what another program, or a later version of this one, wrote.
fn identify(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let failed = |error: Error| unusable(file, &error);
    let number = |sql| connection.query_row(sql, (), |row| row.get::<_, i64>(0)).map_err(failed);
    let application = number("SELECT application_id FROM pragma_application_id")?;
    let version = number("SELECT user_version FROM pragma_user_version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let name = file.display();
    if application != i64::from(APPLICATION) && (application != 0 || version != 0 || tables != 0) {
        return Err(StoreError::Open(format!(
            "{name} was written by another program; move it away, or choose another data folder"
        )));
    }
    let known = MIGRATIONS.len();
    if usize::try_from(version).map_or(true, |version| version > known) {
        return Err(StoreError::Open(format!(
            "{name} has version {version}, and this service knows versions up to {known}; use the service that wrote it"
        )));
    }
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let taken: i32 =
        transaction.query_row("SELECT user_version FROM pragma_user_version", (), |row| row.get(0))?;
    for (version, step) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > taken) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
    }
    if taken == 0 {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
    }
    transaction.commit()
}

fn unusable(file: &Path, error: &Error) -> StoreError {
    let name = file.display();
    StoreError::Open(match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => format!(
            "{name} is damaged ({error}); nothing was changed: put a copy back, or move it away to begin anew"
        ),
        Some(ErrorCode::DiskFull) => format!("{name} cannot be opened: the disk is full"),
        _ => format!("{name} cannot be opened: {error}"),
    })
}
