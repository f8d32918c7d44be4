//! The document judges the server: one test per case.

use parlance_conformance::Target;
use parlance_socketio::server::Config;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

parlance_codegen::conformance!("echo.yaml", target = start);

/// A server of its own for each case, which stops when the case has ended.
#[allow(clippy::expect_used, reason = "without a port there is nothing to test")]
async fn start() -> Target {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
    let address = listener.local_addr().expect("a bound socket has an address");
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(echo::serve(listener, Config::default(), async {
        let _ = stopped.await;
    }));
    Target::new(format!("http://{address}"), |_, _| String::new(), stop)
}
