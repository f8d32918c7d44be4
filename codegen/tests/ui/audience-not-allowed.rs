//! An event to an audience that the document does not send it to.

pub mod protocol {
    parlance_codegen::server!("desk.yaml");
}

use protocol::{Emitter, server_events};

pub fn tell(emitter: &Emitter) {
    emitter.room().moved(&server_events::Moved { desk: 7 });
    emitter.room().sat(&server_events::Sat { desk: 7 });
    emitter.everyone();
}

fn main() {}
