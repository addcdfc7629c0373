//! Notions that a dash joins to one compound, said without a pause: kinh tế - xã hội. The halves are in
//! `tables/compounds.tsv`; between any other words a dash with white space around it is a pause.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::reader::Reader;
use crate::model::error::Error;
use crate::model::tables::{bad_row, rows};

/// No half has more syllables.
const LONGEST: usize = 3;

/// The halves, in lower case.
static HALVES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    load(include_str!("tables/compounds.tsv")).expect("the embedded table is read in a test")
});

/// Whether a half of a compound ends right before `at` and another begins at `end`.
pub(super) fn joins(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let is_half = |from: usize, to: usize| {
        let words: Vec<&str> = (from..to).map(|i| reader.lexed.word(i)).collect();
        !words.contains(&"") && HALVES.contains(words.join(" ").as_str())
    };
    (1..=LONGEST.min(at)).any(|length| is_half(at - length, at))
        && (1..=LONGEST).any(|length| is_half(end, end + length))
}

fn load(text: &'static str) -> Result<HashSet<&'static str>, Error> {
    const FILE: &str = "src/text/normalize/tables/compounds.tsv";
    let mut halves = HashSet::new();
    for (line, row) in rows(FILE, text, &["half"])? {
        let syllables = row[0].split(' ').count();
        if row[0].is_empty() || syllables > LONGEST || row[0].to_lowercase() != row[0] {
            let reason = format!("{}: write one to three syllables in lower case", row[0]);
            return Err(bad_row(FILE, line, reason));
        }
        if !halves.insert(row[0]) {
            return Err(bad_row(FILE, line, format!("{} is listed twice", row[0])));
        }
    }
    Ok(halves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (rows, reason) in [
            ("kinh tế\nkinh tế", "line 3: kinh tế is listed twice"),
            ("Kinh tế", "line 2"),
            ("một hai ba bốn", "one to three syllables"),
        ] {
            let error = load(format!("half\n{rows}\n").leak()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
