//! The voices themselves: what every built-in voice says is measured back from its sound and held to
//! what Vietnamese sounds like. The expectations are the language's, from the sources that the tables
//! in `tests/cases/voices` name; none is taken from a voice.

#![allow(clippy::print_stdout, reason = "what was measured is shown with --nocapture")]

#[path = "../support/mod.rs"]
mod support;

mod consonants;
mod levels;
mod said;
mod settings;
mod tones;
mod vowels;

use std::path::Path;

/// The rows of a table in `tests/cases/voices`.
fn table(name: &str, columns: &[&str]) -> Vec<support::Case> {
    support::cases(&Path::new("tests/cases/voices").join(name), columns)
}

/// Every fault of every voice at once, so that whoever mends a voice sees them all.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The middle one of some values.
fn median(mut values: Vec<f32>) -> f32 {
    assert!(!values.is_empty(), "nothing was measured");
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}
