//! Two mistakes in one document: both are shown.

parlance_codegen::server!("mistakes.yaml");

fn main() {}
