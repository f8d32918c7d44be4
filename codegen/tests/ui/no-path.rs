//! A macro without a path.

parlance_codegen::server!();

fn main() {}
