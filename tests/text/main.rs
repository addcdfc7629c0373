//! What holds of the stages of text for any input, beside the case tables, whose rows are tests of
//! their own (`tests/cases.rs`).

#[path = "../support/mod.rs"]
mod support;

mod normalize;
mod orthography;
mod segment;
mod transliterate;
