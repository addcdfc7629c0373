//! Notions that a dash joins to one compound, said without a pause: kinh tế - xã hội. The halves are in
//! `tables/compounds.tsv`; between any other words a dash with white space around it is a pause.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::reader::Reader;
use crate::model::error::Error;
use crate::model::tables::words;

/// No half has more syllables.
const LONGEST: usize = 3;

/// The halves, in lower case.
static HALVES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    load(include_str!("tables/compounds.tsv")).expect("the embedded table is read in a test")
});

/// Whether a half of a compound ends right before `at` and another begins at `end`.
pub(super) fn joins(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let is_one = |from: usize, to: usize| {
        let half: Vec<&str> = (from..to).map(|i| reader.lexed.word(i)).collect();
        !half.contains(&"") && is_half(&half.join(" "))
    };
    (1..=LONGEST.min(at)).any(|length| is_one(at - length, at))
        && (1..=LONGEST).any(|length| is_one(end, end + length))
}

/// Whether words in lower case are a half.
pub(super) fn is_half(words: &str) -> bool {
    HALVES.contains(words)
}

fn load(text: &'static str) -> Result<HashSet<&'static str>, Error> {
    words("src/text/normalize/tables/compounds.tsv", text, "half", |half| {
        let fits = (1..=LONGEST).contains(&half.split(' ').count()) && !half.is_empty();
        let is_lower = half.to_lowercase() == half;
        (!fits || !is_lower).then_some("write one to three syllables in lower case")
    })
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
