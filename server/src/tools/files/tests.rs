//! What the tools do, and that there is no way out.

#[cfg(unix)]
mod escapes;

use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::tools::{Approval, CallContext, Policy};

/// A workspace in a folder, next to a file that is none of its business.
struct World {
    _outer: TempDir,
    folder: PathBuf,
    registry: Registry,
}

const SECRET: &str = "nobody's business";

impl World {
    fn new() -> Self {
        let outer = TempDir::new().unwrap();
        fs::write(outer.path().join("secret.txt"), SECRET).unwrap();
        let folder = outer.path().join("data/workspace");
        let registry = Registry::new(Policy::default());
        add_workspace_tools(&registry, &folder).unwrap();
        Self { _outer: outer, folder, registry }
    }

    async fn call(&self, name: &str, args: Value) -> Result<Output, String> {
        let args = args.as_object().unwrap().clone();
        let call = self.registry.prepare(name, args).map_err(|refusal| refusal.to_string())?;
        call.run(CallContext::default()).await.map_err(|error| error.to_string())
    }

    async fn read(&self, path: &str) -> Result<String, String> {
        let output = self.call("readFile", json!({"path": path})).await?;
        Ok(output.result.as_str().unwrap().to_owned())
    }

    async fn write(&self, path: &str, content: &str) -> Result<String, String> {
        let output = self.call("writeFile", json!({"path": path, "content": content})).await?;
        Ok(output.display)
    }

    async fn list(&self, path: &str) -> Result<Value, String> {
        Ok(self.call("listDirectory", json!({"path": path})).await?.result)
    }

    fn on_disk(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }
}

#[tokio::test]
async fn a_new_workspace_has_a_file_to_read() {
    let world = World::new();
    let output = world.call("readFile", json!({"path": "/workspace/file.txt"})).await.unwrap();
    assert_eq!(output.result, json!("Hello from the workspace.\n"));
    assert_eq!(output.display, "Read 26 bytes of /workspace/file.txt");
    assert_eq!(world.read("file.txt").await.unwrap(), "Hello from the workspace.\n");
}

#[test]
fn a_folder_that_is_there_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let tools = workspace_tools(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let names: Vec<_> = tools.iter().map(|tool| tool.declaration().name).collect();
    assert_eq!(names, ["readFile", "listDirectory", "writeFile"]);
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(workspace_tools(&file).is_err());
}

#[test]
fn looking_is_free_and_writing_asks() {
    let world = World::new();
    let approval = |name: &str, args: Value| {
        world.registry.prepare(name, args.as_object().unwrap().clone()).unwrap().approval
    };
    assert_eq!(approval("readFile", json!({"path": "a"})), Approval::Auto);
    assert_eq!(approval("listDirectory", json!({})), Approval::Auto);
    assert_eq!(approval("writeFile", json!({"path": "a", "content": ""})), Approval::Ask);
}

#[tokio::test]
async fn what_is_written_is_read_again() {
    let world = World::new();
    let written = world.write("/workspace/a/b/c.txt", "grüße").await;
    assert_eq!(written.as_deref(), Ok("Wrote 7 bytes to /workspace/a/b/c.txt"));
    assert_eq!(world.on_disk("a/b/c.txt"), "grüße");
    assert_eq!(world.read("a/b/c.txt").await.as_deref(), Ok("grüße"));
    world.write("a/b/c.txt", "").await.unwrap();
    assert_eq!(world.read("a/b/c.txt").await.as_deref(), Ok(""));
    // Nothing is left of the way there.
    assert_eq!(
        world.list("a/b").await.unwrap(),
        json!({"entries": [{"name": "c.txt", "type": "file", "size": 0}]})
    );
}

#[tokio::test]
async fn a_directory_is_listed_by_name() {
    let world = World::new();
    world.write("b/x", "12345").await.unwrap();
    world.write("a.txt", "1").await.unwrap();
    let expected = json!({"entries": [
        {"name": "a.txt", "type": "file", "size": 1},
        {"name": "b", "type": "directory"},
        {"name": "file.txt", "type": "file", "size": 26},
    ]});
    assert_eq!(world.list("/workspace").await.unwrap(), expected);
    let output = world.call("listDirectory", json!({})).await.unwrap();
    assert_eq!((output.result, output.display), (expected, "Listed 3 entries of /workspace".into()));
}

#[tokio::test]
async fn a_long_list_is_cut_with_a_sentence() {
    let world = World::new();
    fs::create_dir(world.folder.join("many")).unwrap();
    for n in 0..=MAX_ENTRIES {
        fs::write(world.folder.join(format!("many/{n:04}")), "").unwrap();
    }
    let result = world.list("many").await.unwrap();
    let entries = result["entries"].as_array().unwrap();
    assert_eq!(entries.len(), MAX_ENTRIES);
    assert_eq!((&entries[0]["name"], &entries[999]["name"]), (&json!("0000"), &json!("0999")));
    assert_eq!(result["note"], "These are the first 1000 of 1001 entries by name; the rest is left out.");
}

#[tokio::test]
async fn a_long_file_is_cut_between_characters_with_a_sentence() {
    let world = World::new();
    fs::write(world.folder.join("fits"), "x".repeat(MAX_READ)).unwrap();
    assert_eq!(world.read("fits").await.unwrap().len(), MAX_READ);
    // The last character is cut in two by the limit.
    fs::write(world.folder.join("long"), format!("x{}", "ü".repeat(MAX_READ))).unwrap();
    let text = world.read("long").await.unwrap();
    let (shown, sentence) = text.split_once('\n').unwrap();
    assert_eq!(shown.len(), MAX_READ - 1);
    assert_eq!(sentence, "[These are the first 262143 of 524289 bytes; the rest is left out.]");
}

#[tokio::test]
async fn only_text_is_read() {
    let world = World::new();
    fs::write(world.folder.join("binary"), b"a\xff\xfeb").unwrap();
    fs::write(world.folder.join("torn"), b"a\xc3").unwrap();
    for name in ["binary", "torn"] {
        assert_eq!(world.read(name).await, Err(format!("It is not UTF-8 text: /workspace/{name}")));
    }
}

#[tokio::test]
async fn too_much_is_not_written() {
    let world = World::new();
    world.write("a", &"x".repeat(MAX_WRITE)).await.unwrap();
    assert_eq!(
        world.write("a", &"y".repeat(MAX_WRITE + 1)).await,
        Err("The content has 1048577 bytes, and a file may have 1048576; write several files".into())
    );
    assert!(world.on_disk("a").starts_with('x'));
}

#[tokio::test]
async fn each_mistake_has_its_sentence() {
    let world = World::new();
    world.write("folder/x", "").await.unwrap();
    for (answer, sentence) in [
        (world.read("/workspace/none").await, "No such file: /workspace/none"),
        (world.read("none/none").await, "No such file: /workspace/none/none"),
        (world.read("folder").await, "It is a directory, not a file: /workspace/folder"),
        (world.read("/workspace").await, "It is a directory, not a file: /workspace"),
        (
            world.read("file.txt/x").await,
            "A file is where a directory would have to be: /workspace/file.txt/x",
        ),
        (world.read("").await, "The path is empty; the workspace itself is /workspace"),
        (world.write("folder", "x").await, "It is a directory, not a file: /workspace/folder"),
        (world.write("/workspace", "x").await, "It is a directory, not a file: /workspace"),
        (
            world.write("file.txt/x/y", "x").await,
            "A file is where a directory would have to be: /workspace/file.txt/x/y",
        ),
        (
            world.list("file.txt").await.map(|value| value.to_string()),
            "It is not a directory: /workspace/file.txt",
        ),
        (world.list("none").await.map(|value| value.to_string()), "No such file: /workspace/none"),
    ] {
        assert_eq!(answer.unwrap_err(), sentence);
    }
}
