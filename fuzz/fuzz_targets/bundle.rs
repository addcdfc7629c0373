//! Archives of articles: the files in one, written as a text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| docbao_fuzz::read(
    "a.zip",
    &docbao_fuzz::archive(bytes)
));
