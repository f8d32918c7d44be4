//! Tests without a server to test.

parlance_codegen::conformance!("desk.yaml");

fn main() {}
