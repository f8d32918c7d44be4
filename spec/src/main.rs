//! `spec`: checks documents from the command line.

use std::io::Write;
use std::process::ExitCode;

use parlance_spec::cases::cases;
use parlance_spec::{Spec, load};

const USAGE: &str = "usage: spec check FILE…    reports every mistake of documents\n       spec cases FILE     lists the conformance cases of a document\n";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check", files @ ..] if !files.is_empty() => {
            let failed = files.iter().filter(|file| !check(file)).count();
            if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        ["cases", file] => match read(file) {
            Some(spec) => {
                let ids: Vec<String> = cases(&spec).iter().map(|case| case.id() + "\n").collect();
                out(&ids.concat());
                ExitCode::SUCCESS
            }
            None => ExitCode::FAILURE,
        },
        ["help" | "--help" | "-h"] => {
            out(USAGE);
            ExitCode::SUCCESS
        }
        _ => {
            err(USAGE);
            ExitCode::from(2)
        }
    }
}

/// Reads a document, or says on standard error why not.
fn read(file: &str) -> Option<Spec> {
    let source = match std::fs::read_to_string(file) {
        Ok(source) => source,
        Err(error) => {
            err(&format!("error: cannot read {file}: {error}\n"));
            return None;
        }
    };
    load(&source, file).map_err(|diagnostics| err(&format!("{diagnostics}\n"))).ok()
}

fn check(file: &str) -> bool {
    let Some(spec) = read(file) else { return false };
    out(&format!(
        "{file}: ok, {} client events, {} server events, {} types, {} scenarios\n",
        spec.client_events().count(),
        spec.server_events().count(),
        spec.types.len(),
        spec.scenarios.len(),
    ));
    true
}

/// Writes to standard output; whoever closed it does not want to know.
fn out(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn err(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
