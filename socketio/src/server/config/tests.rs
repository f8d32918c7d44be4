//! What the bounds are by default, which `docs/wire.md` says too, and that none can be switched off.

use super::*;

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// More than any time may be.
const FOREVER: Duration = Duration::from_secs(86_401);

/// For each bound its default, and what is none: zero and its like, and too much. Every field must be named, or it does not
/// compile.
macro_rules! bounds {
    ($of:expr, $wrap:expr, $type:ident { $($other:ident),* } $($name:ident: $default:expr, $($none:expr),+;)*) => {
        let $type { $($name,)* $($other: _),* } = $of;
        $(
            assert_eq!($name, $default, "{}", stringify!($name));
            $(
                let bounds = $type { $name: $none, ..$of };
                let shown = concat!(stringify!($name), " = ", stringify!($none));
                match $wrap(bounds).validate() {
                    Err(ConfigError::Bound { name, .. }) => assert!(name.ends_with(stringify!($name)), "{shown}"),
                    other => panic!("{shown}: {other:?}"),
                }
            )+
        )*
    };
}

#[test]
fn the_defaults_are_bounds_and_nothing_switches_one_off() {
    assert_eq!(Config::default().validate(), Ok(()));
    let most = (1 << 30) + 1;
    bounds! { Config::default(), |config: Config| config, Config { path, parser, origins, transports, recovery }
        ping_interval: seconds(25), Duration::ZERO, FOREVER;
        ping_timeout: seconds(20), Duration::ZERO, FOREVER;
        max_payload: 1_000_000, 0, most, usize::MAX;
        connect_timeout: seconds(10), Duration::ZERO, FOREVER;
        upgrade_timeout: seconds(10), Duration::ZERO, FOREVER;
        header_timeout: seconds(10), Duration::ZERO, FOREVER;
        max_headers: 100, 0, 1001, usize::MAX;
        max_header_bytes: 16 << 10, 0, 8191, (1 << 20) + 1, usize::MAX;
        max_url: 8 << 10, 0, 65_535, usize::MAX;
        body_timeout: seconds(15), Duration::ZERO, FOREVER;
        answer_timeout: seconds(15), Duration::ZERO, FOREVER;
        max_body_packets: 10_000, 0, most, usize::MAX;
        max_pending_requests: 8, 0, 1001, usize::MAX;
        max_queued_messages: 4096, 0, most, usize::MAX;
        max_queued_bytes: 4 << 20, 0, most, usize::MAX;
        max_inbox: 64, 0, most, usize::MAX;
        max_inbox_bytes: 4 << 20, 0, most, usize::MAX;
        max_namespaces: 4, 0, most, usize::MAX;
        max_refused_joins: 100, 0, most, usize::MAX;
        max_event_name: 128, 0, 129, usize::MAX;
        max_attachments: 10, 0, 11, usize::MAX;
        attachment_timeout: seconds(10), Duration::ZERO, FOREVER;
        max_pending_acks: 1000, 0, most, usize::MAX;
        max_fragments: 1024, 0, u32::MAX;
        message_timeout: seconds(30), Duration::ZERO, FOREVER;
        control_frames_per_second: 20, 0, u32::MAX;
        control_frame_burst: 100, 0, u32::MAX;
        connects_per_second: 5_000, 0, u32::MAX;
        connect_burst: 20_000, 0, u32::MAX;
        max_connections: 100_000, 0, most, usize::MAX;
        max_connections_per_ip: None, Some(0), Some(most), Some(usize::MAX);
        max_tcp_connections: 200_000, 0, most, usize::MAX;
        close_timeout: seconds(1), Duration::ZERO, FOREVER;
        tombstone: Duration::from_millis(300), Duration::ZERO, FOREVER;
        drain: Duration::ZERO, FOREVER, Duration::MAX;
        shutdown_timeout: seconds(5), Duration::ZERO, FOREVER;
    }
    let of = |recovery: Recovery| Config { recovery: Some(recovery), ..Config::default() };
    assert_eq!(of(Recovery::default()).validate(), Ok(()));
    bounds! { Recovery::default(), of, Recovery {}
        window: seconds(120), Duration::ZERO, FOREVER;
        max_packets: 10_000, 0, most, usize::MAX;
        max_bytes: 16 << 20, 0, most, usize::MAX;
        max_sessions: 10_000, 0, most, usize::MAX;
    }
}

#[test]
fn what_is_wrong_is_named() {
    let error = Config { max_queued_bytes: usize::MAX, ..Config::default() }.validate().unwrap_err();
    assert!(error.to_string().starts_with("`max_queued_bytes` is 18446744073709551615; it must be from 1"));
    let error = Config { path: "socket.io".into(), ..Config::default() }.validate().unwrap_err();
    assert_eq!(error.to_string(), r#"`path` is "socket.io"; it must begin and end with `/`"#);
}
