//! The questions that are asked of the tables.

use std::collections::BTreeMap;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::records::MAX_ROWS;
use crate::store::{
    Call, CallState, Decision, Event, EventFilter, Session, Stats, StoreError, Turn, TurnKind,
};

type Result<T> = std::result::Result<T, StoreError>;

impl FromSql for CallState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for CallState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for TurnKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        let mut all = [Self::User, Self::Model, Self::Function].into_iter();
        all.find(|kind| kind.as_str() == word).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for TurnKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

/// A limit as SQLite knows it.
fn rows(limit: usize) -> i64 {
    i64::try_from(limit.min(MAX_ROWS)).unwrap_or(i64::MAX)
}

/// A session without its members.
fn bare_session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        owner: row.get(1)?,
        members: Vec::new(),
        title: row.get(2)?,
        model: row.get(3)?,
        created: row.get(4)?,
        updated: row.get(5)?,
    })
}

pub(super) fn members(connection: &Connection, session: &str) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare_cached("SELECT user FROM member WHERE session = ? ORDER BY position")?;
    let members = statement.query_map([session], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(members)
}

pub(super) fn session(connection: &Connection, id: &str) -> Result<Option<Session>> {
    let sql = "SELECT id, owner, title, model, created, updated FROM session WHERE id = ?";
    let Some(mut session) = connection.prepare_cached(sql)?.query_row([id], bare_session).optional()? else {
        return Ok(None);
    };
    session.members = members(connection, id)?;
    Ok(Some(session))
}

pub(super) fn sessions(connection: &Connection, user: Option<&str>, limit: usize) -> Result<Vec<Session>> {
    let mut sessions: Vec<Session> = match user {
        Some(user) => connection
            .prepare_cached(
                "SELECT s.id, s.owner, s.title, s.model, s.created, s.updated
                 FROM member m JOIN session s ON s.id = m.session
                 WHERE m.user = ? ORDER BY s.updated DESC, s.rowid DESC LIMIT ?",
            )?
            .query_map((user, rows(limit)), bare_session)?
            .collect::<rusqlite::Result<_>>()?,
        None => connection
            .prepare_cached(
                "SELECT id, owner, title, model, created, updated
                 FROM session ORDER BY updated DESC, rowid DESC LIMIT ?",
            )?
            .query_map([rows(limit)], bare_session)?
            .collect::<rusqlite::Result<_>>()?,
    };
    for session in &mut sessions {
        session.members = members(connection, &session.id)?;
    }
    Ok(sessions)
}

pub(super) fn turns(connection: &Connection, session: &str) -> Result<Vec<Turn>> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, kind, parts, user, timestamp, partial FROM turn WHERE session = ? ORDER BY sequence",
    )?;
    let turns = statement.query_map([session], |row| {
        Ok(Turn {
            sequence: row.get(0)?,
            kind: row.get(1)?,
            parts: row.get(2)?,
            user: row.get(3)?,
            timestamp: row.get(4)?,
            partial: row.get(5)?,
        })
    })?;
    Ok(turns.collect::<rusqlite::Result<_>>()?)
}

const CALL: &str = "SELECT session, id, tool, args, requested_by, requested_at, state,
    approved, decided_by, reason, decided_at, started_at, finished_at FROM call";

fn one_call(row: &Row<'_>) -> rusqlite::Result<Call> {
    let decision = match (row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?) {
        (Some(approved), Some(by), Some(reason), Some(at)) => Some(Decision { approved, by, reason, at }),
        _ => None,
    };
    Ok(Call {
        session: row.get(0)?,
        id: row.get(1)?,
        tool: row.get(2)?,
        args: row.get(3)?,
        requested_by: row.get(4)?,
        requested_at: row.get(5)?,
        state: row.get(6)?,
        decision,
        started_at: row.get(11)?,
        finished_at: row.get(12)?,
    })
}

pub(super) fn call(connection: &Connection, session: &str, id: &str) -> Result<Option<Call>> {
    let mut statement = connection.prepare_cached(&format!("{CALL} WHERE session = ? AND id = ?"))?;
    Ok(statement.query_row([session, id], one_call).optional()?)
}

pub(super) fn open_calls(connection: &Connection, session: &str) -> Result<Vec<Call>> {
    let mut statement = connection.prepare_cached(&format!(
        "{CALL} WHERE session = ? AND state IN ('pending', 'approved', 'started') ORDER BY number"
    ))?;
    let calls = statement.query_map([session], one_call)?.collect::<rusqlite::Result<_>>()?;
    Ok(calls)
}

pub(super) fn events(connection: &Connection, filter: &EventFilter) -> Result<Vec<Event>> {
    let mut sql = "SELECT id, timestamp, kind, event, user, session, data FROM event".to_owned();
    let mut values: Vec<&dyn ToSql> = Vec::new();
    for (condition, value) in [("user = ?", &filter.user), ("session = ?", &filter.session)] {
        if value.is_some() {
            sql.push_str(if values.is_empty() { " WHERE " } else { " AND " });
            sql.push_str(condition);
            values.push(value);
        }
    }
    sql.push_str(" ORDER BY id DESC LIMIT ?");
    let limit = rows(filter.limit);
    values.push(&limit);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = Vec::new();
    let mut bytes = 0;
    for event in statement.query_map(&*values, one_event)? {
        let event = event?;
        bytes += event.data.len();
        if bytes > filter.max_bytes && !found.is_empty() {
            break;
        }
        found.push(event);
    }
    found.reverse();
    Ok(found)
}

fn one_event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        id: row.get(0)?,
        timestamp: row.get(1)?,
        kind: row.get(2)?,
        event: row.get(3)?,
        user: row.get(4)?,
        session: row.get(5)?,
        data: row.get(6)?,
    })
}

/// The scope of the counters of one user, or of everybody.
pub(super) fn scope(user: Option<&str>) -> String {
    user.map_or_else(|| "*".to_owned(), |user| format!("={user}"))
}

pub(super) fn stats(connection: &Connection, user: Option<&str>) -> Result<Stats> {
    let scope = scope(user);
    let counters = |topic: &str| -> Result<BTreeMap<String, u64>> {
        let mut statement = connection.prepare_cached(
            "SELECT name, count FROM counter WHERE scope = ? AND topic = ? ORDER BY count DESC, name LIMIT ?",
        )?;
        let rows = statement.query_map((&scope, topic, rows(MAX_ROWS)), |row| {
            let count: i64 = row.get(1)?;
            Ok((row.get(0)?, count.unsigned_abs()))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    Ok(Stats {
        total: counters("total")?.into_values().sum(),
        by_kind: counters("kind")?,
        by_user: counters("user")?,
        by_tool: counters("tool")?,
    })
}
