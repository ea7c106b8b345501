#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| medledger_conformance::fuzz::consent::consent(bytes));
