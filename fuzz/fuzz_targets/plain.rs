//! Plain text, and everything that is recognized by how it begins.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| docbao_fuzz::read("a.txt", bytes));
