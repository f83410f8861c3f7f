//! Runs `shuyuan_fuzz::file` over what the fuzzer makes up.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shuyuan_fuzz::file(bytes));
