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

/// Every fault of every voice at once, so that whoever mends a voice sees them all. What `open.tsv` lists is
/// known: such a voice has faults in such a test still, and a line of a voice that has none is a fault itself.
fn none(test: &str, faults: &[String]) {
    let mut open = table("open.tsv", &["test", "voice", "why"]);
    open.retain(|row| row.fields[0] == test);
    let is_of = |fault: &str, voice: &str| {
        fault.strip_prefix(voice).is_some_and(|rest| rest.starts_with([' ', ':']))
    };
    let known = |fault: &&String| open.iter().any(|row| is_of(fault, &row.fields[1]));
    let (known, new): (Vec<_>, Vec<_>) = faults.iter().partition(known);
    for fault in &known {
        println!("open: {fault}");
    }
    assert!(
        new.is_empty(),
        "{} faults:\n{}",
        new.len(),
        new.iter().map(|fault| fault.as_str()).collect::<Vec<_>>().join("\n")
    );
    for row in &open {
        let still = known.iter().any(|fault| is_of(fault, &row.fields[1]));
        assert!(still, "{} is right in {test} now: take it off open.tsv", row.fields[1]);
    }
}

/// The middle one of some values.
fn median(mut values: Vec<f32>) -> f32 {
    assert!(!values.is_empty(), "nothing was measured");
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}
