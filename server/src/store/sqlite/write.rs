//! What is done to the tables. Each of these runs in a savepoint: an error undoes all of it.

use std::collections::BTreeMap;

use rusqlite::{Connection, ErrorCode};

use super::read;
use crate::store::records::MAX_MEMBERS;
use crate::store::{
    Call, CallState, Decision, NewCall, NewEvent, NewTurn, Outcome, Session, StoreError, now,
};

type Result<T> = std::result::Result<T, StoreError>;

fn execute(connection: &Connection, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
    Ok(connection.prepare_cached(sql)?.execute(values)?)
}

/// Like [`execute`], with a word for a row that is there already.
fn insert(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    taken: impl FnOnce() -> StoreError,
) -> Result<()> {
    match connection.prepare_cached(sql)?.execute(values) {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Err(taken()),
        Err(error) => Err(error.into()),
    }
}

/// Notes that something happened in a session, which has to exist.
fn touch(connection: &Connection, session: &str, at: i64) -> Result<()> {
    match execute(connection, "UPDATE session SET updated = max(updated, ?) WHERE id = ?", (at, session))? {
        0 => Err(StoreError::NoSuchSession(session.to_owned())),
        _ => Ok(()),
    }
}

pub(super) fn create_session(connection: &Connection, session: Session) -> Result<()> {
    let Session { id, owner, members, title, model, created, updated } = session;
    let mut all = vec![owner];
    for member in members {
        if !all.contains(&member) {
            all.push(member);
        }
        // Inside the loop, so that a long list is not compared with itself.
        if all.len() > MAX_MEMBERS {
            return Err(StoreError::TooManyMembers);
        }
    }
    insert(
        connection,
        "INSERT INTO session (id, owner, title, model, created, updated) VALUES (?, ?, ?, ?, ?, ?)",
        (&id, all.first(), title, model, created, updated),
        || StoreError::SessionExists(id.clone()),
    )?;
    for (position, member) in (0_i64..).zip(&all) {
        let sql = "INSERT INTO member (session, user, position) VALUES (?, ?, ?)";
        execute(connection, sql, (&id, member, position))?;
    }
    Ok(())
}

pub(super) fn delete_session(connection: &Connection, id: &str) -> Result<bool> {
    Ok(execute(connection, "DELETE FROM session WHERE id = ?", [id])? > 0)
}

pub(super) fn add_member(connection: &Connection, session: &str, user: &str) -> Result<bool> {
    let members = read::members(connection, session)?;
    if members.iter().any(|member| member == user) {
        return Ok(false);
    }
    // Also says whether there is such a session.
    touch(connection, session, now())?;
    if members.len() >= MAX_MEMBERS {
        return Err(StoreError::TooManyMembers);
    }
    let sql = "INSERT INTO member (session, user, position) VALUES (?, ?, ?)";
    let position = i64::try_from(members.len()).unwrap_or(i64::MAX);
    execute(connection, sql, (session, user, position))?;
    Ok(true)
}

pub(super) fn append_turns(connection: &Connection, session: &str, turns: &[NewTurn]) -> Result<i64> {
    let latest = turns.iter().map(|turn| turn.timestamp).max().unwrap_or(i64::MIN);
    touch(connection, session, latest)?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO turn (session, kind, parts, user, timestamp, partial) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for turn in turns {
        let NewTurn { kind, parts, user, timestamp, partial } = turn;
        statement.execute((session, kind, parts, user, timestamp, partial))?;
    }
    let sql = "SELECT coalesce(max(sequence), 0) FROM turn WHERE session = ?";
    Ok(connection.prepare_cached(sql)?.query_row([session], |row| row.get(0))?)
}

pub(super) fn clear_turns(connection: &Connection, session: &str, at: i64) -> Result<u64> {
    touch(connection, session, at)?;
    let deleted = execute(connection, "DELETE FROM turn WHERE session = ?", [session])?;
    Ok(u64::try_from(deleted).unwrap_or(u64::MAX))
}

pub(super) fn request_call(connection: &Connection, call: &NewCall) -> Result<()> {
    let NewCall { session, id, tool, args, requested_by, requested_at } = call;
    touch(connection, session, *requested_at)?;
    insert(
        connection,
        "INSERT INTO call (session, id, tool, args, requested_by, requested_at, state)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        (session, id, tool, args, requested_by, requested_at, CallState::Pending),
        || StoreError::CallExists(id.clone()),
    )
}

fn existing(connection: &Connection, session: &str, id: &str) -> Result<Call> {
    read::call(connection, session, id)?.ok_or_else(|| StoreError::NoSuchCall(id.to_owned()))
}

pub(super) fn decide_call(
    connection: &Connection,
    session: &str,
    id: &str,
    decision: &Decision,
) -> Result<(Call, bool)> {
    let Decision { approved, by, reason, at } = decision;
    let state = if *approved { CallState::Approved } else { CallState::Rejected };
    let counts = execute(
        connection,
        "UPDATE call SET state = ?, approved = ?, decided_by = ?, reason = ?, decided_at = ?
         WHERE session = ? AND id = ? AND state = 'pending'",
        (state, approved, by, reason, at, session, id),
    )?;
    Ok((existing(connection, session, id)?, counts > 0))
}

pub(super) fn start_call(connection: &Connection, session: &str, id: &str, at: i64) -> Result<()> {
    let sql = "UPDATE call SET state = 'started', started_at = ?
               WHERE session = ? AND id = ? AND state = 'approved'";
    let started = execute(connection, sql, (at, session, id))?;
    moved(connection, session, id, started, CallState::Started)
}

pub(super) fn finish_call(
    connection: &Connection,
    session: &str,
    id: &str,
    outcome: Outcome,
    at: i64,
) -> Result<()> {
    let state = match outcome {
        Outcome::Succeeded => CallState::Succeeded,
        Outcome::Failed => CallState::Failed,
    };
    let sql = "UPDATE call SET state = ?, finished_at = ?
               WHERE session = ? AND id = ? AND state = 'started'";
    let finished = execute(connection, sql, (state, at, session, id))?;
    moved(connection, session, id, finished, state)
}

/// Why a call could not become what was wanted, if it could not.
fn moved(connection: &Connection, session: &str, id: &str, changed: usize, wanted: CallState) -> Result<()> {
    if changed > 0 {
        return Ok(());
    }
    let state = existing(connection, session, id)?.state;
    Err(StoreError::CallState { call: id.to_owned(), state, wanted })
}

pub(super) fn append_events(connection: &Connection, events: &[NewEvent]) -> Result<Vec<i64>> {
    let mut ids = Vec::with_capacity(events.len());
    let mut counts: BTreeMap<(String, &str, &str), i64> = BTreeMap::new();
    for event in events {
        let NewEvent { timestamp, kind, event, user, session, tool, data } = event;
        let sql = "INSERT INTO event (timestamp, kind, event, user, session, data) VALUES (?, ?, ?, ?, ?, ?)";
        execute(connection, sql, (timestamp, kind, event, user, session, data))?;
        ids.push(connection.last_insert_rowid());
        let scopes = [Some(read::scope(None)), user.as_deref().map(|user| read::scope(Some(user)))];
        for scope in scopes.into_iter().flatten() {
            let topics = [
                ("total", Some("")),
                ("kind", Some(kind.as_str())),
                ("user", user.as_deref()),
                ("tool", tool.as_deref()),
            ];
            for (topic, name) in topics {
                if let Some(name) = name {
                    *counts.entry((scope.clone(), topic, name)).or_default() += 1;
                }
            }
        }
    }
    for ((scope, topic, name), count) in counts {
        execute(
            connection,
            "INSERT INTO counter (scope, topic, name, count) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
            (scope, topic, name, count),
        )?;
    }
    Ok(ids)
}
