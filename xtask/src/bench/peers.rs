//! Whom we are compared with: those of the comparison's servers that are installed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Whom we want to be compared with.
const WANTED: [&str; 7] =
    ["node-ws", "node20-ws", "node20-uws", "bun", "socketioxide", "raw-tungstenite", "raw-epoll"];

/// The other servers.
#[derive(Debug, Default)]
pub(super) struct Peers {
    /// Those that can be started.
    pub(super) names: Vec<String>,
    /// Those that cannot, and why.
    pub(super) missing: Vec<String>,
}

impl Peers {
    /// Of a folder.
    pub(super) fn find(folder: &Path) -> Result<Self> {
        for program in ["python3", "taskset"] {
            ensure!(is_program(folder, program), "the comparison needs {program}, which is not installed");
        }
        let generator = target(folder).join("release/loadgen");
        ensure!(
            generator.is_file(),
            "there is no {}: run setup.sh of the comparison, or say with BENCH_TARGET_DIR where it has built its programs",
            generator.display()
        );
        let text = std::fs::read_to_string(folder.join("servers.json")).context("servers.json")?;
        let listed: Value = serde_json::from_str(&text).context("servers.json")?;
        let mut peers = Self::default();
        for name in WANTED {
            let servers = listed["servers"].as_array().into_iter().flatten();
            let command =
                servers.filter(|server| server["name"] == name).find_map(|server| server["cmd"].as_str());
            let missing = match command {
                Some(command) => missing(folder, command),
                None => Some("it is not in servers.json".into()),
            };
            match missing {
                None => peers.names.push(name.into()),
                Some(why) => peers.missing.push(format!("{name}: {why}")),
            }
        }
        ensure!(!peers.names.is_empty(), "no other server is installed: run setup.sh of the comparison");
        Ok(peers)
    }
}

/// Where the comparison has built its programs.
pub(super) fn target(folder: &Path) -> PathBuf {
    std::env::var_os("BENCH_TARGET_DIR")
        .and_then(|target| std::path::absolute(target).ok())
        .unwrap_or_else(|| folder.join("target"))
}

/// What a command line needs and is not there.
fn missing(folder: &Path, command: &str) -> Option<String> {
    let command = command.replace("{bin}", &target(folder).join("release").to_string_lossy());
    let mut words = command.split_whitespace();
    let program = words.next()?;
    if !is_program(folder, program) {
        return Some(format!("there is no {program}"));
    }
    // A script of its own folder needs what is installed there.
    let script = words.find(|word| word.ends_with(".mjs"))?;
    let modules = Path::new(script).with_file_name("node_modules");
    (!folder.join(&modules).is_dir()).then(|| format!("there is no {}", modules.display()))
}

/// Whether there is such a program: a path in the folder, or a name that is looked for as a shell does.
fn is_program(folder: &Path, program: &str) -> bool {
    if program.contains('/') {
        return folder.join(program).is_file();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|place| place.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let folder = folder.path();
        std::fs::create_dir_all(folder.join("peers/there/node_modules"))?;
        let program = folder.join("program");
        std::fs::write(&program, "")?;
        assert_eq!(
            missing(folder, "program-that-no-machine-has a").as_deref(),
            Some("there is no program-that-no-machine-has")
        );
        assert_eq!(missing(folder, &format!("{} --flag", program.display())), None);
        assert_eq!(missing(folder, "sh peers/there/server.mjs"), None);
        assert_eq!(
            missing(folder, "sh peers/gone/server.mjs").as_deref(),
            Some("there is no peers/gone/node_modules")
        );
        Ok(())
    }
}
