//! Archives as they are, of every format that is one.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.zip", "a.docx", "a.epub"] {
        docbao_fuzz::read(name, bytes);
    }
});
