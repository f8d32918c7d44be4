//! A key that no macro has.

parlance_codegen::conformance!("desk.yaml", targte = start);

fn main() {}
