//! Fuzzes `packet` of `targets.rs`.
#![no_main]

#[allow(dead_code, reason = "each program runs one of them")]
mod targets {
    include!("../targets.rs");
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::packet(data));
