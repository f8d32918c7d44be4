//! Each hostile test once more in a process of its own, again and again: what it leaves behind of descriptors and memory is then
//! nobody else's. And what a panic leaves behind.

use std::process::Command;
use std::sync::Mutex;

use crate::hostile;
use crate::support::{Running, process, soon};

/// Processes at a time: most tests wait more than they work.
const AT_ONCE: usize = 4;
/// How often a test may run until it needs no more memory than the time before. What leaks, leaks every time; what an allocator
/// keeps, it keeps once.
const RUNS: usize = 4;
/// What may be more without being a leak: a twentieth of what there was, and as much in any case.
const GROWTH: u64 = 512 << 10;

fn names() -> Vec<&'static str> {
    hostile::tests().map(|(name, _)| name).collect()
}

/// The hostile tests of this program as it says itself.
fn listed() -> Vec<String> {
    let output = Command::new(std::env::current_exe().unwrap()).arg("--list").output().unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
    names.filter(|name| name.starts_with("hostile::")).map(str::to_owned).collect()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
fn every_hostile_test_leaves_its_process_as_it_was() {
    if let Some(name) = std::env::var_os(process::ALONE) {
        return again(name.to_str().unwrap());
    }
    let (mut all, mut known) = (listed(), names());
    all.sort_unstable();
    known.sort_unstable();
    assert_eq!(all, known, "`tests!` of each file in `hostile` names its tests");
    let (queue, failed) = (Mutex::new(known), Mutex::new(String::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(name) = queue.lock().unwrap().pop() else { return };
                    if let Err(output) = alone(name) {
                        *failed.lock().unwrap() += &format!("\n{name}:\n{output}");
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{failed}");
}

/// Runs a test in another process; what that said, if it failed.
fn alone(name: &str) -> Result<(), String> {
    let this = "after_each::every_hostile_test_leaves_its_process_as_it_was";
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", this, "--nocapture"]).env(process::ALONE, name);
    let output = program.output().unwrap();
    if output.status.success() {
        return Ok(());
    }
    Err([output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat())
}

/// Runs a test until it needs no more memory than before.
fn again(name: &str) {
    let (_, test) = hostile::tests().find(|(other, _)| *other == name).unwrap();
    let mut grown = Vec::new();
    let mut before = None;
    for _ in 0..RUNS {
        test();
        let now = *process::seen().last().expect("it ends with `healthy`");
        if let Some(before) = before {
            if now <= before + GROWTH.max(before / 20) {
                return;
            }
            grown.push(now - before);
        }
        before = Some(now);
    }
    panic!("each time it leaves more behind, in bytes: {grown:?}");
}

#[tokio::test]
async fn a_panic_ends_one_connection_and_does_not_go_unnoticed() {
    let server = Running::start().await;
    let mut client = server.joined().await;
    client.say(r#"42["join"]"#).await;
    client.say(r#"42["panic"]"#).await;
    while client.next().await.is_some() {}
    server.idle().await;
    let panics = server.panics();
    assert!(panics.len() == 1 && panics[0].contains("on purpose"), "{panics:?}");
    drop(client);
    server.healthy().await;
    // Unless they are taken, they fail the test when it lets its server go.
    let unnoticed = tokio::spawn(async {
        let server = Running::start().await;
        let mut client = server.joined().await;
        client.say(r#"42["panic"]"#).await;
        while client.next().await.is_some() {}
    });
    let panic = soon(unnoticed).await.unwrap_err().into_panic();
    assert!(panic.downcast::<String>().unwrap().contains("on purpose"));
    assert_eq!(crate::support::panics::take(tokio::runtime::Handle::current().id()).len(), 1);
}
