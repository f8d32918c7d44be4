//! `tally [ADDRESS]`: serves the protocol of `tally.yaml`, on 127.0.0.1:3030 unless told otherwise.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;

use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tally: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> io::Result<()> {
    let given = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:3030".into());
    let address: SocketAddr = given.parse().map_err(|_| {
        let text = format!("`{given}` is no address to listen on; one is written like 127.0.0.1:3030");
        io::Error::new(io::ErrorKind::InvalidInput, text)
    })?;
    let listener = TcpListener::bind(address).await?;
    println!("tally listens on http://{}", listener.local_addr()?);
    tally::serve(listener, async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            eprintln!("Ctrl-C will not stop this: {error}");
            std::future::pending::<()>().await;
        }
    })
    .await;
    Ok(())
}
