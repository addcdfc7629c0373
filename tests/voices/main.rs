//! The voices themselves: what every built-in voice says is measured back from its sound and held to
//! what Vietnamese sounds like. The expectations are the language's, from the sources that the tables
//! in `tests/cases/voices` name; none is taken from a voice.

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

/// Every fault of every voice at once, so that whoever mends a voice sees them all. Faults that stand
/// in `open.tsv` are known; one that is mended must leave it.
fn none(test: &str, faults: &[String]) {
    let open = table("open.tsv", &["test", "fault", "note"]);
    let known: Vec<&str> =
        open.iter().filter(|row| row.fields[0] == test).map(|row| row.fields[1].as_str()).collect();
    let new: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|fault| !known.iter().any(|&known| fault.starts_with(known)))
        .collect();
    assert!(new.is_empty(), "{} faults:\n{}", new.len(), new.join("\n"));
    for known in known {
        let still = faults.iter().any(|fault| fault.starts_with(known));
        assert!(still, "{test}: \"{known}\" is mended; take it out of open.tsv");
    }
}

/// The middle one of some values.
fn median(mut values: Vec<f32>) -> f32 {
    assert!(!values.is_empty(), "nothing was measured");
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}
