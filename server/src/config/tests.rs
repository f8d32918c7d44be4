//! Layers over layers, and the sentence for each wrong value.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::*;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Loads with a secret given, so that nothing is made on the disk.
fn load(flags: Flags, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let mut env: HashMap<_, _> = env.iter().copied().collect();
    env.entry("PARLANCE_JWT_SECRET").or_insert(SECRET);
    Config::load(flags, |name| env.get(name).map(ToString::to_string))
}

fn with_env(env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    load(Flags::default(), env)
}

fn file(folder: &TempDir, text: &str) -> String {
    let path = folder.path().join("parlance.yaml");
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn with_file(text: &str) -> Result<Config, String> {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, text);
    let flags = Flags { config: Some(path.clone()), ..Flags::default() };
    load(flags, &[]).map_err(|error| error.to_string().replace(&path, "F"))
}

#[test]
fn defaults() {
    let config = with_env(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.data, Path::new("parlance-data"));
    assert_eq!(config.workspace, Path::new("parlance-data/workspace"));
    assert_eq!(config.gemini_model, "gemini-2.5-flash");
    assert_eq!(config.approval_timeout, Duration::from_secs(600));
    assert_eq!((config.queue, config.max_payload), (16, 1_000_000));
    assert_eq!((config.ping_interval.as_millis(), config.ping_timeout.as_millis()), (25_000, 20_000));
    assert_eq!(config.log, "info");
    assert!(config.gemini().is_none());
    assert_eq!(config.policy(), Policy::default());
    assert!(config.origins().allows(Some(b"https://anywhere")));
    assert_eq!(config.warnings, Vec::<String>::new());
}

#[test]
fn the_file_is_under_the_environment_is_under_flags() {
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "queue: 2\nlog: warn\nmax_payload: 2000\ntools: {a: ask, b: ask, c: ask}\n");
    let flags = Flags { log: Some("debug".into()), tools: vec!["c=deny".into()], ..Flags::default() };
    let env = [
        ("PARLANCE_CONFIG", path.as_str()),
        ("PARLANCE_QUEUE", "3"),
        ("PARLANCE_LOG", "error"),
        ("PARLANCE_MAX_PAYLOAD", ""),
        ("PARLANCE_TOOLS", "b=auto, c=auto"),
    ];
    let config = load(flags, &env).unwrap();
    assert_eq!((config.queue, config.log.as_str(), config.max_payload), (3, "debug", 2000));
    let expected = [("a", Approval::Ask), ("b", Approval::Auto), ("c", Approval::Deny)];
    assert_eq!(config.policy().tools, expected.map(|(name, rule)| (name.to_owned(), rule)).into());
}

#[test]
fn every_key_can_be_set_in_the_file() {
    let config = with_file(
        "listen: '[::1]:4000'\ndata: d\nworkspace: w\njwt_secret: 0123456789abcdef0123456789abcdeX\n\
         allowed_origins: [https://a.example, 'http://LOCALHOST:80/']\ngemini_api_key: key\n\
         gemini_base_url: http://127.0.0.1:9/x/\ngemini_model: m\ntools:\n  writeFile: auto\n\
         approval_timeout: 5\nqueue: 1\nping_interval_ms: 100\nping_timeout_ms: 200\nmax_payload: 4096\n\
         log: parlance=debug,warn\n",
    )
    .unwrap();
    assert_eq!(config.listen.to_string(), "[::1]:4000");
    assert_eq!((config.data.as_path(), config.workspace.as_path()), (Path::new("d"), Path::new("w")));
    assert_eq!(config.allowed_origins, ["https://a.example", "http://localhost"]);
    let origins = config.origins();
    assert!(origins.allows(Some(b"https://a.example")) && !origins.allows(Some(b"https://b.example")));
    assert_eq!(config.gemini_base_url.as_deref(), Some("http://127.0.0.1:9/x"));
    assert_eq!(config.approval_timeout, Duration::from_secs(5));
    assert_eq!((config.ping_interval.as_millis(), config.ping_timeout.as_millis()), (100, 200));
    assert_eq!(config.log, "parlance=debug,warn");
    assert_eq!(config.warnings, Vec::<String>::new());
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# nothing\n", "gemini_api_key:\n"] {
        assert!(with_file(text).unwrap().gemini().is_none(), "{text}");
    }
}

#[test]
fn a_wrong_file_is_refused_with_a_sentence() {
    for (text, sentence) in [
        ("lisen: x", "has no key \"lisen\" to set; did you mean `listen`?"),
        ("- a", "must hold keys with values, like `listen: 127.0.0.1:3000`"),
        ("5: a", "has a key that is no name: 5"),
    ] {
        let expected = format!("the configuration file F, from the flag --config, {sentence}");
        assert_eq!(with_file(text).unwrap_err(), expected);
    }
    let error = with_file("colour: red").unwrap_err();
    assert!(error.contains("has no key \"colour\" to set; there are: listen, data, "), "{error}");
    for text in ["queue: 1\nqueue: 2", "a: [", "tools: {a: ask, a: deny}"] {
        let error = with_file(text).unwrap_err();
        assert!(
            error.starts_with("the configuration file F, from the flag --config, is not YAML: "),
            "{error}"
        );
    }
    let error = with_env(&[("PARLANCE_CONFIG", "nowhere/x.yaml")]).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "the configuration file nowhere/x.yaml, from the variable PARLANCE_CONFIG, cannot be read: "
        ),
        "{error}"
    );
}

#[test]
fn a_wrong_value_is_refused_wherever_it_comes_from() {
    let sentence = "must be a whole number of messages from 1 to 1000, not";
    assert_eq!(with_file("queue: many").unwrap_err(), format!("queue, from the file F, {sentence} \"many\""));
    assert_eq!(
        with_env(&[("PARLANCE_QUEUE", "0")]).unwrap_err().to_string(),
        format!("queue, from the variable PARLANCE_QUEUE, {sentence} \"0\"")
    );
    let flags = Flags { queue: Some("1001".into()), ..Flags::default() };
    assert_eq!(
        load(flags, &[("PARLANCE_QUEUE", "5")]).unwrap_err().to_string(),
        format!("queue, from the flag --queue, {sentence} \"1001\"")
    );
    // Covered is not forgiven.
    let flags = Flags { queue: Some("5".into()), ..Flags::default() };
    assert!(load(flags, &[("PARLANCE_QUEUE", "many")]).is_err());
}

#[test]
fn each_wrong_value_has_its_sentence() {
    let address = "must be an address and a port, like 127.0.0.1:3000 or [::]:3000, not";
    let log = "must be trace, debug, info, warn, error or off, or module=level with commas between, not";
    let url = "must be an address like https://host or http://127.0.0.1:8080/gemini, without query and user";
    for (text, sentence) in [
        ("listen: 3000", format!("listen, {address} 3000")),
        ("listen: example.org:3000", format!("listen, {address} \"example.org:3000\"")),
        ("listen: 127.0.0.1:70000", format!("listen, {address} \"127.0.0.1:70000\"")),
        ("data: ''", "data, must be the path of a folder, not \"\"".into()),
        ("workspace: [a]", "workspace, must be the path of a folder, not a list".into()),
        (
            "jwt_secret: hush",
            "jwt_secret, must have at least 32 bytes, and has 4; leave it out, and one is made".into(),
        ),
        ("jwt_secret: 12345", "jwt_secret, must be a text of at least 32 bytes; quote it".into()),
        (
            "allowed_origins: []",
            "allowed_origins, must name at least one origin; leave it out, and any may connect".into(),
        ),
        (
            "allowed_origins: [https://a/b]",
            "allowed_origins, must be web origins like https://chat.example.org:8443, without a path, \
             not \"https://a/b\""
                .into(),
        ),
        (
            "allowed_origins: {a: b}",
            "allowed_origins, must be a list of web origins like https://chat.example.org:8443, \
             without a path, not a mapping"
                .into(),
        ),
        (
            "gemini_api_key: hush hush",
            "gemini_api_key, must be a key without spaces and other odd characters; check how it was copied"
                .into(),
        ),
        ("gemini_base_url: ftp://a", format!("gemini_base_url, {url}")),
        ("gemini_base_url: https://u:hush@a", format!("gemini_base_url, {url}")),
        (
            "gemini_model: a b",
            "gemini_model, must be the name of a Gemini model, like gemini-2.5-flash, not \"a b\"".into(),
        ),
        ("tools: [a]", "tools, must be a mapping of tools to auto, ask or deny, not a list".into()),
        ("tools: a", "tools, must be written name=ask,name=auto, and has \"a\"".into()),
        ("tools: a=ask,a=deny", "tools, must say one thing about each tool, and names `a` twice".into()),
        ("tools: {a: yes}", "tools, must be auto, ask or deny for `a`, not \"yes\"".into()),
        ("tools: {'a b': ask}", "tools, must name tools like readFile, not \"a b\"".into()),
        (
            "approval_timeout: 0",
            "approval_timeout, must be a whole number of seconds from 1 to 86400, not 0".into(),
        ),
        ("queue: 1.5", "queue, must be a whole number of messages from 1 to 1000, not 1.5".into()),
        (
            "ping_interval_ms: -1",
            "ping_interval_ms, must be a whole number of milliseconds from 10 to 3600000, not -1".into(),
        ),
        (
            "ping_timeout_ms: '+50'",
            "ping_timeout_ms, must be a whole number of milliseconds from 10 to 3600000, not \"+50\"".into(),
        ),
        (
            "max_payload: 1MB",
            "max_payload, must be a whole number of bytes from 1024 to 100000000, not \"1MB\"".into(),
        ),
        ("log: a=b=c", format!("log, {log} \"a=b=c\"")),
    ] {
        let error = with_file(text).unwrap_err();
        assert_eq!(error, sentence.replacen(", ", ", from the file F, ", 1));
        assert!(!error.contains("hush"), "{error}");
    }
}

#[test]
fn gemini_is_offline_here_or_at_google() {
    let config = with_env(&[("GEMINI_API_KEY", "hush"), ("GEMINI_MODEL", "m")]).unwrap();
    let client = config.gemini().unwrap();
    assert_eq!((client.base_url.as_str(), client.model.as_str()), (GOOGLE, "m"));
    assert!(config.warnings.is_empty());

    let config = with_env(&[("GEMINI_BASE_URL", "http://127.0.0.1:1")]).unwrap();
    assert_eq!(config.gemini().unwrap().base_url, "http://127.0.0.1:1");
    assert_eq!(
        config.warnings,
        ["gemini_base_url is set and gemini_api_key is not: requests to Gemini carry an empty key"]
    );
}

#[test]
fn a_star_among_origins_is_any() {
    let config = with_env(&[("PARLANCE_ALLOWED_ORIGINS", "https://a,*")]).unwrap();
    assert!(config.origins().allows(Some(b"https://b")));
}

#[test]
fn secrets_show_nowhere() {
    let config = with_env(&[("GEMINI_API_KEY", "hush-hush")]).unwrap();
    let text = format!("{config:?}");
    assert!(!text.contains("hush") && !text.contains(SECRET), "{text}");
}

/// Loads without a secret given.
fn keeping(data: &Path) -> Result<Config, ConfigError> {
    let flags = Flags { data: Some(data.display().to_string()), ..Flags::default() };
    Config::load(flags, |_| None)
}

#[test]
fn a_secret_is_made_once_and_kept() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("a/b");
    let first = keeping(&data).unwrap();
    let second = keeping(&data).unwrap();
    assert_eq!(first.jwt_secret.expose().len(), 64);
    assert_eq!(first.jwt_secret, second.jwt_secret);
    assert_ne!(first.jwt_secret, keeping(&folder.path().join("c")).unwrap().jwt_secret);
    let names: Vec<_> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["jwt-secret"]);
    assert!(second.warnings.is_empty());
}

#[cfg(unix)]
#[test]
fn the_kept_secret_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    keeping(folder.path()).unwrap();
    let path = folder.path().join("jwt-secret");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let made = folder.path().join("made");
    keeping(&made).unwrap();
    assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o777, 0o700);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let warnings = keeping(folder.path()).unwrap().warnings;
    assert!(warnings.len() == 1 && warnings[0].starts_with("other users of this machine may read "));
}

#[test]
fn many_who_start_at_once_have_one_secret() {
    let folder = TempDir::new().unwrap();
    let secrets: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..8).map(|_| scope.spawn(|| keeping(folder.path()).unwrap().jwt_secret)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(secrets.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_kept_secret_that_cannot_be_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("jwt-secret");
    fs::write(&path, "short\n").unwrap();
    assert_eq!(
        keeping(folder.path()).unwrap_err().to_string(),
        format!(
            "the secret for tokens in {} must have at least 32 bytes, and has 5; delete it, and a new one is made",
            path.display()
        )
    );
}

#[test]
fn every_variable_and_flag_follows_from_its_key() {
    for key in Key::ALL {
        let prefix = if key.name().starts_with("gemini_") { "" } else { "PARLANCE_" };
        assert_eq!(key.variable(), format!("{prefix}{}", key.name().to_uppercase()));
        let flag = format!("--{}", key.name().replace('_', "-"));
        assert!(flag.starts_with(key.flag()), "{flag} {}", key.flag());
    }
}
