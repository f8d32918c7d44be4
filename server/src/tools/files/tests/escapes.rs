//! Ways out that people have tried elsewhere.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

#[tokio::test]
async fn paths_do_not_lead_out() {
    let world = World::new();
    for path in [
        "../../secret.txt",
        "/workspace/../../secret.txt",
        "a/../../../secret.txt",
        "/etc/passwd",
        "/proc/self/environ",
        "/",
        "file.txt\0",
    ] {
        assert!(world.read(path).await.is_err(), "{path}");
        assert!(world.list(path).await.is_err(), "{path}");
        assert!(world.write(path, "x").await.is_err(), "{path}");
    }
    let absolute = world.folder.join("file.txt").display().to_string();
    assert_eq!(world.read(&absolute).await, Err(format!("No such file: {absolute}")));
    assert_eq!(world.read("/etc/passwd").await.unwrap_err(), "No such file: /etc/passwd");
    assert_eq!(world.write("/etc/passwd", "x").await.unwrap_err(), "No such file: /etc/passwd");
}

#[tokio::test]
async fn links_do_not_lead_out() {
    let world = World::new();
    let outside = world.folder.join("../../secret.txt").canonicalize().unwrap();
    let folder = outside.parent().unwrap();
    let link = |target: &Path, name: &str| symlink(target, world.folder.join(name)).unwrap();
    link(&outside, "absolute");
    link(Path::new("../../secret.txt"), "relative");
    link(folder, "folder");
    link(Path::new("../.."), "up");
    link(Path::new("/proc/self/root"), "root");
    link(Path::new("loop"), "loop");
    for path in ["absolute", "relative", "folder/secret.txt", "up/secret.txt", "root/etc/passwd"] {
        assert_eq!(world.read(path).await, Err(format!("No such file: /workspace/{path}")));
    }
    assert!(world.read("loop").await.is_err());
    for path in ["folder", "up", "root"] {
        assert_eq!(world.list(path).await, Err(format!("No such file: /workspace/{path}")));
        assert!(world.write(&format!("{path}/new.txt"), "x").await.is_err(), "{path}");
        assert!(world.write(&format!("{path}/new/new.txt"), "x").await.is_err(), "{path}");
    }
    assert!(!folder.join("new.txt").exists() && !folder.join("new").exists());
    // Writing where a link is puts a file in its place; what it led to is not touched.
    world.write("absolute", "mine").await.unwrap();
    assert_eq!(fs::read_to_string(&outside).unwrap(), SECRET);
    assert_eq!(world.read("absolute").await.unwrap(), "mine");
    assert!(world.folder.join("absolute").symlink_metadata().unwrap().is_file());
}

#[tokio::test]
async fn links_that_stay_inside_work() {
    let world = World::new();
    world.write("a/b.txt", "b").await.unwrap();
    symlink("a", world.folder.join("to-a")).unwrap();
    symlink("a/b.txt", world.folder.join("to-b")).unwrap();
    assert_eq!(world.read("to-b").await.as_deref(), Ok("b"));
    world.write("to-a/b.txt", "c").await.unwrap();
    assert_eq!(world.on_disk("a/b.txt"), "c");
    let listed = world.list("/workspace").await.unwrap().to_string();
    assert!(listed.contains(r#"{"name":"to-a","type":"link"}"#), "{listed}");
}

#[tokio::test]
async fn hard_links_are_not_written_through() {
    let world = World::new();
    let outside = world.folder.join("../../secret.txt");
    fs::hard_link(&outside, world.folder.join("hard")).unwrap();
    world.write("hard", "mine").await.unwrap();
    assert_eq!(fs::read_to_string(&outside).unwrap(), SECRET);
}

#[tokio::test]
async fn what_is_no_regular_file_is_neither_read_nor_replaced() {
    let world = World::new();
    let _socket = std::os::unix::net::UnixListener::bind(world.folder.join("socket")).unwrap();
    let sentence = "It is not a regular file: /workspace/socket";
    assert_eq!(world.read("socket").await.unwrap_err(), sentence);
    assert_eq!(world.write("socket", "x").await.unwrap_err(), sentence);
    let listed = world.list("/workspace").await.unwrap().to_string();
    assert!(listed.contains(r#"{"name":"socket","type":"other"}"#), "{listed}");
}

#[tokio::test]
async fn a_file_keeps_its_permissions() {
    let world = World::new();
    let script = world.folder.join("script");
    fs::write(&script, "old").unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o750)).unwrap();
    world.write("script", "new").await.unwrap();
    assert_eq!(fs::metadata(&script).unwrap().permissions().mode() & 0o777, 0o750);
}

#[tokio::test]
async fn a_swap_at_the_right_moment_leads_nowhere() {
    let world = World::new();
    let outside = world.folder.join("../..").canonicalize().unwrap();
    fs::create_dir(world.folder.join("inside")).unwrap();
    fs::write(world.folder.join("inside/secret.txt"), "harmless").unwrap();
    symlink(&outside, world.folder.join("link")).unwrap();
    let over = AtomicBool::new(false);
    let folder = world.folder.clone();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (inside, link, swapped) = (folder.join("inside"), folder.join("link"), folder.join("x"));
            while !over.load(Ordering::Relaxed) {
                for target in [&inside, &link] {
                    fs::rename(target, &swapped).unwrap();
                    fs::rename(&swapped, target).unwrap();
                }
            }
        });
        let directory = Workspace::open(&world.folder).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = ReadFile::new(directory);
        // In a thread of its own, because a runtime cannot wait inside another.
        let reader = scope.spawn(move || {
            let args = json!({"path": "x/secret.txt"}).as_object().unwrap().clone();
            let mut leaks = 0;
            for _ in 0..2000 {
                if let Ok(output) = runtime.block_on(read.run(args.clone(), CallContext::default())) {
                    leaks += usize::from(output.result == json!(SECRET));
                }
            }
            leaks
        });
        let leaks = reader.join();
        over.store(true, Ordering::Relaxed);
        assert_eq!(leaks.unwrap(), 0);
    });
}
