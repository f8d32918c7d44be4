//! The edit test: an event is added to a copy of the document, and the build leads to the handler that is missing.
//!
//! It shows what CONTRIBUTING promises to whoever evolves the protocol: the event and its line are named, the signature is
//! printed, and with the method written the new conformance cases are there, and pass, by themselves.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::shell::{self, capture, cargo, root, target};

/// What is added to the chat group's client events.
const CLIENT_EVENT: &str = "      chat:rename:
        doc: Give the conversation a title.
        needs: in-session
        fields:
          title: { type: string, minLength: 1, maxLength: 200, example: Greetings }
        leads-to: ['chat:renamed']
";

/// What is added to its server events.
const SERVER_EVENT: &str = "      chat:renamed:
        doc: The conversation has a new title.
        to: session
        fields:
          title: { type: string, example: Greetings }
";

/// The method that the build asks for.
const METHOD: &str = "
    async fn chat_rename(
        &self,
        cx: &InSession<'_, Self>,
        payload: client_events::ChatRename,
    ) -> Result<(), Refused<crate::protocol::errors::ChatRenameError>> {
        let session = crate::protocol::types::SessionId::trusted(cx.state().session.as_str());
        cx.emit().session(&session).chat_renamed(&server_events::ChatRenamed { title: payload.title });
        Ok(())
    }
";

pub(crate) fn run() -> Result<()> {
    let copy = copy()?;
    let at = |arguments: &[&str]| {
        let mut command = cargo(arguments);
        // Dependencies are built already, and need not be for another copy of the workspace.
        command.current_dir(&copy).env("CARGO_TARGET_DIR", target());
        command
    };
    println!("\nadding chat:rename to {}", copy.join("spec/gemini.yaml").display());
    let document = copy.join("spec/gemini.yaml");
    insert(&document, "    server:\n      gemini:content:\n", CLIENT_EVENT, Place::Before)?;
    insert(
        &document,
        "      chat:history:\n        doc: Conversation history response.\n",
        SERVER_EVENT,
        Place::Before,
    )?;
    let line = line_of(&document, "      chat:rename:\n")?;

    let (succeeded, output) =
        capture(&mut at(&["test", "--no-run", "-p", "parlance-conformance", "--test", "gemini"]))?;
    ensure!(!succeeded, "the server builds although chat_rename is missing");
    let place = format!("spec/gemini.yaml:{line}:");
    for wanted in ["`chat:rename` has no handler: `chat_rename` is missing", &place, "async fn chat_rename("]
    {
        ensure!(output.contains(wanted), "the build does not say {wanted:?}:\n{output}");
    }
    let shown = output.lines().skip_while(|text| !text.contains("has no handler")).take(6);
    println!("the build says:\n{}", shown.collect::<Vec<_>>().join("\n"));

    println!("\nwriting the method");
    let handlers = copy.join("server/src/handlers/chat.rs");
    insert(&handlers, "impl ChatHandlers for App {\n", METHOD, Place::After)?;
    let (succeeded, output) =
        capture(&mut at(&["test", "-p", "parlance-conformance", "--test", "gemini", "chat_rename::"]))?;
    let passed: Vec<&str> = output.lines().filter(|text| text.starts_with("test chat_rename::")).collect();
    ensure!(succeeded && passed.len() >= 5, "the new cases are not there, or fail:\n{output}");
    println!("{} new cases pass:\n{}", passed.len(), passed.join("\n"));
    shell::run(&mut at(&["build", "-p", "parlance-client"]))?;
    std::fs::remove_dir_all(&copy).context("removing the copy")
}

/// A copy of everything that is not ignored.
fn copy() -> Result<PathBuf> {
    let copy = target().join("edit-test");
    if copy.exists() {
        std::fs::remove_dir_all(&copy).context("removing an old copy")?;
    }
    let listed = Command::new("git")
        .current_dir(root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("git ls-files")?;
    for file in String::from_utf8(listed.stdout)?.split('\0').filter(|file| !file.is_empty()) {
        let (from, to) = (root().join(file), copy.join(file));
        if !from.is_file() {
            continue;
        }
        std::fs::create_dir_all(to.parent().unwrap_or(&copy))?;
        std::fs::copy(&from, &to).with_context(|| format!("copying {file}"))?;
    }
    Ok(copy)
}

enum Place {
    Before,
    After,
}

fn insert(file: &Path, anchor: &str, text: &str, place: Place) -> Result<()> {
    let old = std::fs::read_to_string(file)?;
    ensure!(old.matches(anchor).count() == 1, "{} has not exactly one {anchor:?}", file.display());
    let new = match place {
        Place::Before => old.replace(anchor, &format!("{text}{anchor}")),
        Place::After => old.replace(anchor, &format!("{anchor}{text}")),
    };
    std::fs::write(file, new).with_context(|| format!("writing {}", file.display()))
}

fn line_of(file: &Path, text: &str) -> Result<usize> {
    let content = std::fs::read_to_string(file)?;
    let (before, _) = content.split_once(text).context("what was inserted is not there")?;
    Ok(before.lines().count() + 1)
}
