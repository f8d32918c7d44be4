//! Every mistake has its words: documents in `ui/` against what is said of them.
//!
//! `UPDATE_GOLDEN=1` writes down what is said now.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_mistake_is_told_as_written_down() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut different = Vec::new();
    let documents = documents();
    assert!(documents.len() >= 25, "the documents are missing");
    for path in documents {
        let name = path.file_name().unwrap().to_str().unwrap();
        let source = fs::read_to_string(&path).unwrap();
        let diagnostics = parlance_spec::load(&source, name).expect_err(name);
        let said = format!("{diagnostics}\n");
        let golden = path.with_extension("txt");
        if update {
            fs::write(&golden, said).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != said {
            different.push(format!("{name} now says:\n{said}"));
        }
    }
    assert!(different.is_empty(), "{}\nUPDATE_GOLDEN=1 accepts this", different.join("\n"));
}

#[test]
fn places_lie_in_the_document() {
    for path in documents() {
        let source = fs::read_to_string(&path).unwrap();
        let diagnostics = parlance_spec::load(&source, "document").unwrap_err();
        for item in diagnostics.items {
            let text = source.get(item.at.start..item.at.end).expect("a span on character boundaries");
            assert!(!text.contains('\n'), "{} spans lines: {text:?}", item.code);
            let line = source.lines().nth(item.at.at.line as usize - 1).unwrap_or_default();
            let from: String = line.chars().skip(item.at.at.column as usize - 1).collect();
            assert!(from.starts_with(text), "{}: {text:?} is not at {:?}", item.code, item.at.at);
        }
    }
}
