//! SSML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| docbao_fuzz::read("a.ssml", bytes));
