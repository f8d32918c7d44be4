//! `docs/wire.md` names the test that shows each line; every such name is one.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

/// A function: the folders and the file that it is in, and its name.
type Function = (Vec<String>, String);

/// All functions in the Rust files of a folder.
fn functions(folder: &Path, found: &mut Vec<Function>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let modules = path.with_extension("");
            let modules: Vec<_> = modules.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let after_fn = text.split("fn ").skip(1);
            let names = after_fn.filter_map(|rest| rest.split(['(', '<']).next());
            found.extend(names.map(|name| (modules.clone(), name.to_owned())));
        }
    }
}

#[test]
fn every_test_that_the_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    functions(&root.join("tests"), &mut found);
    functions(&root.join("src"), &mut found);
    let page = std::fs::read_to_string(root.join("../docs/wire.md")).unwrap();
    let (mut seen, mut missing) = (0, Vec::new());
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let last = line.trim_end_matches('|').rsplit('|').next().unwrap();
        for word in last.split('`').skip(1).step_by(2) {
            // A name may end in an ellipsis or a star, for all that begin like this; files and whole modules are none.
            let mut modules: Vec<&str> = word.split("::").collect();
            let name = modules.pop().unwrap();
            let beginning = name.trim_end_matches(['…', '*']);
            let is_cut = beginning.len() < name.len();
            if beginning.matches('_').count() < 2 || word.contains(['/', '.', ' ']) {
                continue;
            }
            seen += 1;
            // `tests` may be a module within a file.
            modules.retain(|module| *module != "tests");
            let is_there = |(folders, other): &Function| {
                (if is_cut { other.starts_with(beginning) } else { other == name })
                    && modules.iter().all(|module| folders.iter().any(|folder| folder == module))
            };
            if !found.iter().any(is_there) {
                missing.push(word);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(seen > 100, "{seen}");
}
