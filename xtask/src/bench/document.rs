//! The tables as they stand in `docs/performance.md`: those of `compare.py`, without what says nothing here, and how they were made.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

use super::results::Results;

/// Between these lines stand the tables.
const BEGIN: &str = "<!-- tables: begin -->";
const END: &str = "<!-- tables: end -->";

/// The server that is as fast as the machine allows.
const LIMIT: &str = "raw-tungstenite";

/// Who stands for Node in the tables by itself, and who does where only that is installed.
const NODE: &str = "node-ws";
const NODE_20: &str = "node20-ws";

/// The heading of what was measured on and with.
const FACTS: &str = "### Machine and versions";

/// Crates that only some of the servers are made of.
const CRATES: [(&str, &[&str]); 4] = [
    ("socketioxide", &["socketioxide"]),
    ("axum", &["socketioxide"]),
    ("tokio-tungstenite", &["raw-tungstenite", "socketioxide"]),
    ("fastwebsockets", &["raw-fastws"]),
];

/// Folders of the servers that have some.
const FOLDERS: [(&str, &[&str]); 4] = [
    ("node", &["node-ws", "node20-ws"]),
    ("node-uws", &["node20-uws"]),
    ("bun", &["bun"]),
    ("python", &["python"]),
];

/// All that stands between the lines. `report` gives the tables with a server as the limit.
pub(super) fn tables(results: &Results, report: &dyn Fn(&str) -> Result<String>) -> Result<String> {
    let mut tables = String::new();
    if results.has(NODE_20) && !results.has(NODE) {
        // The comparison knows one Node to compare with; this is the other.
        let with_node = report(NODE_20)?;
        let overview = with_node.split("\n### ").next().unwrap_or_default();
        if overview.starts_with("### Overview") {
            tables = format!("{}\n\n", overview.trim());
        }
    }
    tables.push_str(&report(LIMIT)?);
    let tables = without_empty_columns(&tables);
    let servers: BTreeSet<&str> = results.servers().collect();
    let mut text: String =
        tables.lines().filter(|line| is_of(line, &servers)).fold(String::new(), |mut all, line| {
            all.push_str(line);
            all.push('\n');
            all
        });
    if text.contains(FACTS) {
        text = format!("{}\n{}", text.trim_end(), facts(results));
    }
    text.push_str(&made(results));
    Ok(text)
}

/// Whether a line of the versions is of somebody who took part.
fn is_of(line: &str, servers: &BTreeSet<&str>) -> bool {
    let Some(fact) = line.strip_prefix("| ").and_then(|line| line.split(" |").next()) else { return true };
    let (known, name) = if let Some(name) = fact.strip_prefix("crate ") {
        (&CRATES, name)
    } else if let Some(name) = fact.strip_prefix("peers/") {
        (&FOLDERS, name.split(':').next().unwrap_or_default())
    } else {
        return true;
    };
    let Some((_, users)) = known.iter().find(|(other, _)| *other == name) else { return true };
    users.iter().any(|user| servers.contains(user))
}

/// More lines of the same table, of us.
fn facts(results: &Results) -> String {
    let mut lines = String::new();
    for (fact, key) in [("parlance, commit", "commit"), ("load before, of 1, 5, 15 minutes", "load")] {
        let values: BTreeSet<&str> = results.notes.iter().filter_map(|note| note[key].as_str()).collect();
        if !values.is_empty() {
            let _ = writeln!(lines, "| {fact} | {} |", values.into_iter().collect::<Vec<_>>().join("; "));
        }
    }
    lines
}

/// The commands.
fn made(results: &Results) -> String {
    let mut text = format!("\n### How these tables were made\n\n{}.\n", results.summary());
    let mut commands: Vec<&str> = Vec::new();
    for command in ["build", "run"].iter().flat_map(|key| results.notes.iter().map(|note| &note[*key])) {
        if let Value::String(command) = command
            && !commands.contains(&command.as_str())
        {
            commands.push(command);
        }
    }
    if !commands.is_empty() {
        let _ = write!(text, "\n```sh\n{}\n```\n", commands.join("\n"));
    }
    text
}

/// Without the columns of tables in which nobody has a figure.
fn without_empty_columns(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let tables = lines.chunk_by(|one, other| one.starts_with('|') == other.starts_with('|'));
    let mut out = String::new();
    for lines in tables {
        let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split('|').collect()).collect();
        // The first two lines are the heads and how columns are aligned.
        let is_empty = |column: usize| {
            let mut cells = rows.iter().skip(2).map(|row| row.get(column).map_or("", |cell| cell.trim()));
            rows.len() > 2 && cells.all(|cell| cell == "–")
        };
        for (line, row) in lines.iter().zip(&rows) {
            if line.starts_with('|') {
                let kept = row.iter().enumerate().filter(|(column, _)| !is_empty(*column));
                out.push_str(&kept.map(|(_, cell)| *cell).collect::<Vec<_>>().join("|"));
            } else {
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out
}

/// The document with other tables.
pub(super) fn replace(document: &str, tables: &str) -> Result<String> {
    let (before, rest) = document
        .split_once(BEGIN)
        .with_context(|| format!("docs/performance.md has no line {BEGIN:?}: put it where the tables go"))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("docs/performance.md has no line {END:?} after {BEGIN:?}"))?;
    Ok(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", tables.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_lines_changes() -> Result<()> {
        let document = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let replaced = replace(&document, "\nnew\n")?;
        assert_eq!(replaced, format!("a\n{BEGIN}\n\nnew\n\n{END}\nb\n"));
        assert_eq!(replace(&replaced, "new")?, replaced);
        assert!(replace("no lines", "new").is_err());
        assert!(replace(&format!("{END}{BEGIN}"), "new").is_err());
        Ok(())
    }

    #[test]
    fn columns_without_figures_go_and_all_else_stays() {
        let text =
            "### T | x\n\n| s | × Node | n |\n| --- | ---: | --- |\n| a | – | – |\n| b | – | 1 |\n\nend\n";
        let without = "### T | x\n\n| s | n |\n| --- | --- |\n| a | – |\n| b | 1 |\n\nend\n";
        assert_eq!(without_empty_columns(text), without);
        assert_eq!(without_empty_columns(without), without);
    }

    #[test]
    fn versions_of_those_who_took_no_part_go() {
        let servers = BTreeSet::from(["node20-ws", "raw-tungstenite"]);
        for line in [
            "| CPU | 2 |",
            "| peers/node: ws | 8 |",
            "| crate tokio | 1 |",
            "| crate tokio-tungstenite | 1 |",
            "text",
        ] {
            assert!(is_of(line, &servers), "{line}");
        }
        for line in
            ["| peers/bun: socket.io | 4 |", "| peers/node-uws: socket.io | 4 |", "| crate axum | 1 |"]
        {
            assert!(!is_of(line, &servers), "{line}");
        }
    }
}
