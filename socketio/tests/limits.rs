//! A server in a process of its own that has few file descriptors, and one that thousands of clients keep waiting. A process of
//! its own, because descriptors and time are a process's: the test runs itself once more.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "shared with the tests of the server")]
mod support;

use std::io::{BufRead, BufReader, Lines, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use parlance_socketio::server::Config;
use support::raw::{Raw, text, upgrade};
use support::{Running, soon};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// Says to this program that it is the server.
const SERVE: &str = "PARLANCE_TEST_SERVES";

/// For headers, of that server.
const HEADERS: Duration = Duration::from_secs(4);

/// A server in another process; it ends with this.
struct Other {
    child: Child,
    address: std::net::SocketAddr,
    /// Kept, as it may have something to say at its end.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Other {
    /// Under a limit of the shell's `ulimit -n`.
    fn start(test: &str, limit: &str) -> Self {
        let program = std::env::current_exe().unwrap();
        let mut child = Command::new("sh")
            .args(["-c", &format!("ulimit -n {limit} && exec \"$0\" --exact {test} --nocapture")])
            .arg(program)
            .env(SERVE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address =
            lines.by_ref().find_map(|line| line.unwrap().strip_prefix("serves ").map(str::to_owned));
        Self { child, address: address.unwrap().parse().unwrap(), _output: lines }
    }

    fn descriptors(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count()
    }

    /// Processor time, in hundredths of a second.
    fn time(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    async fn connect(&self) -> Raw {
        Raw { stream: soon(TcpStream::connect(self.address)).await.unwrap() }
    }

    async fn joined(&self) -> Raw {
        let mut raw = self.connect().await;
        raw.send(upgrade("", "").as_bytes()).await;
        raw.head().await;
        assert!(raw.text().await.starts_with("0{"));
        raw.send(&text("40")).await;
        assert!(raw.text().await.starts_with("40{"));
        assert!(raw.text().await.starts_with("42[\"auth\""));
        raw
    }

    /// Waits until it has so few descriptors.
    async fn settles(&self, most: usize) {
        let mut looks = tokio::time::interval(Duration::from_millis(20));
        let settles = async {
            while self.descriptors() > most {
                looks.tick().await;
            }
        };
        let settled = tokio::time::timeout(Duration::from_secs(10), settles).await;
        assert!(settled.is_ok(), "{} are left, which were {most}", self.descriptors());
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        // Its input ends, and so does it. It fails if one of its tasks has panicked.
        drop(self.child.stdin.take());
        let ended = self.child.wait();
        assert!(
            std::thread::panicking() || ended.is_ok_and(|status| status.success()),
            "the server has failed"
        );
    }
}

/// Whether this is the server; then it has served until its input ended.
async fn was_the_server() -> bool {
    if std::env::var_os(SERVE).is_none() {
        return false;
    }
    let running = Running::with(Config { header_timeout: HEADERS, ..Config::default() }).await;
    println!("serves {}", running.address);
    let input = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    input.await.unwrap().unwrap();
    true
}

/// An event and its echo; how long it took.
async fn echo(client: &mut Raw) -> Duration {
    let start = Instant::now();
    client.send(&text(r#"42["message",1]"#)).await;
    assert_eq!(client.text().await, r#"42["message-back",1]"#);
    start.elapsed()
}

#[tokio::test]
async fn without_descriptors_it_serves_whom_it_has_and_then_others_again() {
    if was_the_server().await {
        return;
    }
    let server = Other::start("without_descriptors_it_serves_whom_it_has_and_then_others_again", "64");
    let mut client = server.joined().await;
    let before = server.descriptors();
    let mut crowd = Vec::new();
    for _ in 0..100 {
        crowd.push(server.connect().await);
    }
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    soon(async {
        while server.descriptors() < 64 {
            looks.tick().await;
        }
    })
    .await;
    // It serves whom it has, and does not try to accept others as fast as it can.
    let (start, time) = (Instant::now(), server.time());
    while start.elapsed() < Duration::from_secs(1) {
        echo(&mut client).await;
        looks.tick().await;
    }
    let spent = server.time() - time;
    assert!(spent < 50, "{spent} hundredths of a second of processor time in one");
    drop(crowd);
    let mut other = server.joined().await;
    echo(&mut other).await;
    drop(other);
    server.settles(before).await;
    echo(&mut client).await;
}

#[tokio::test]
async fn two_thousand_who_take_forever_over_headers_delay_nobody() {
    if was_the_server().await {
        return;
    }
    // As many as there may be; by default few systems let a process have fewer than a thousand.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let most: usize = line.split_whitespace().nth(3).unwrap().parse().unwrap_or(usize::MAX);
    // The other test has some at the same time.
    let count = most.saturating_sub(300).min(2_000);
    let server =
        Other::start("two_thousand_who_take_forever_over_headers_delay_nobody", &(count + 100).to_string());
    let mut client = server.joined().await;
    let before = server.descriptors();
    let alone = echoes(&mut client).await;
    let head = b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nX: ";
    let mut slow = Vec::new();
    for _ in 0..count {
        let mut raw = server.connect().await;
        raw.send(head).await;
        slow.push(raw.stream);
    }
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    soon(async {
        while server.descriptors() < before + count {
            looks.tick().await;
        }
    })
    .await;
    let all = Instant::now();
    // A byte of each from time to time, which does not start their time anew.
    let dribble = async {
        let mut pace = tokio::time::interval(Duration::from_millis(500));
        loop {
            pace.tick().await;
            let mut open = 0;
            for stream in &mut slow {
                open += usize::from(stream.write_all(b"y").await.is_ok());
            }
            if open == 0 {
                return all.elapsed();
            }
        }
    };
    let dribble = tokio::time::timeout(HEADERS + Duration::from_secs(4), dribble);
    let (took, among) = tokio::join!(dribble, echoes(&mut client));
    took.expect("they are let wait for longer than headers may take");
    // The machine has other things to do as well: nine of ten are compared, and not what a scheduler makes of them.
    assert!(among < alone * 2 + Duration::from_millis(100), "{among:?}, and {alone:?} before");
    server.settles(before).await;
    echo(&mut client).await;
}

/// Of many round trips, what nine of ten take at most.
async fn echoes(client: &mut Raw) -> Duration {
    let mut times = Vec::new();
    let mut pace = tokio::time::interval(Duration::from_millis(5));
    for _ in 0..200 {
        pace.tick().await;
        times.push(echo(client).await);
    }
    times.sort();
    times[180]
}
