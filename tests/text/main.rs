//! Articles as they are read from files, and what holds of the stages of text for any input, beside the
//! case tables, whose rows are tests of their own (`tests/cases.rs`).

#[path = "../support/promises.rs"]
mod promises;
#[path = "../support/mod.rs"]
mod support;

mod input;
mod normalize;
mod orthography;
mod pages;
mod readers;
mod segment;
mod transliterate;
