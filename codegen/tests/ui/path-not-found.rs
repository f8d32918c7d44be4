//! A path that leads nowhere.

parlance_codegen::client!("nowhere/protocol.yaml");

fn main() {}
