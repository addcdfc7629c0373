//! Cues: words and phrases that speak for a reading near by, in named sets.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::tables::{bad_row, rows};

/// More sets than this do not fit into a feature.
const MOST_SETS: usize = 128;

/// The sets of cues, and the words that belong to them.
#[derive(Debug, Default)]
pub(super) struct Cues {
    sets: Vec<&'static str>,
    /// By the first syllable.
    first: HashMap<&'static str, Vec<Cue>>,
    /// By the last syllable.
    last: HashMap<&'static str, Vec<Cue>>,
}

/// A word or phrase of a set.
#[derive(Debug, Clone)]
struct Cue {
    set: u16,
    syllables: Vec<&'static str>,
}

impl Cues {
    /// Those built into the program.
    pub(super) fn get() -> &'static Cues {
        static CUES: LazyLock<Cues> = LazyLock::new(|| {
            load(include_str!("../tables/cues.tsv")).expect("the embedded table is read in a test")
        });
        &CUES
    }

    /// The name of a set.
    pub(super) fn set_name(&self, set: usize) -> Option<&'static str> {
        self.sets.get(set).copied()
    }

    /// Calls `found` with the sets of the longest cue that ends with `words[0]`, the words before it
    /// following, the nearest first: thời điểm is no điểm.
    pub(super) fn ending(&self, words: &[&str], found: impl FnMut(u16)) {
        let ends = |cue: &Cue| {
            cue.syllables.len() <= words.len()
                && cue.syllables.iter().rev().zip(words).all(|(syllable, word)| syllable == word)
        };
        longest(&self.last, words, ends, found);
    }

    /// Calls `found` with the sets of the longest cue that begins with `words[0]`.
    pub(super) fn starting(&self, words: &[&str], found: impl FnMut(u16)) {
        longest(&self.first, words, |cue| words.starts_with(&cue.syllables), found);
    }
}

/// Calls `found` with the sets of the longest of the cues of `words[0]` that `fits`, of which there may be several.
fn longest(
    cues: &HashMap<&'static str, Vec<Cue>>,
    words: &[&str],
    fits: impl Fn(&Cue) -> bool,
    mut found: impl FnMut(u16),
) {
    let cues = words.first().and_then(|word| cues.get(word)).map_or(&[][..], Vec::as_slice);
    let length = cues.iter().filter(|cue| fits(cue)).map(|cue| cue.syllables.len()).max();
    for cue in cues.iter().filter(|cue| Some(cue.syllables.len()) == length && fits(cue)) {
        found(cue.set);
    }
}

fn load(text: &'static str) -> Result<Cues, Error> {
    const FILE: &str = "src/text/normalize/tables/cues.tsv";
    let mut cues = Cues::default();
    for (line, row) in rows(FILE, text, &["set", "words"])? {
        let set = cues.sets.iter().position(|&name| name == row[0]).unwrap_or_else(|| {
            cues.sets.push(row[0]);
            cues.sets.len() - 1
        });
        if set >= MOST_SETS {
            return Err(bad_row(FILE, line, format!("more than {MOST_SETS} sets")));
        }
        for phrase in row[1].split(", ") {
            let syllables: Vec<_> = phrase.split(' ').collect();
            if syllables.iter().any(|word| word.is_empty() || word.to_lowercase() != *word) {
                let reason = format!("`{phrase}` is not words in lower case");
                return Err(bad_row(FILE, line, reason));
            }
            let cue = Cue { set: set as u16, syllables };
            let known = cues.first.entry(cue.syllables[0]).or_default();
            if known.iter().any(|other| other.set == cue.set && other.syllables == cue.syllables) {
                return Err(bad_row(FILE, line, format!("{phrase} is listed twice in its set")));
            }
            known.push(cue.clone());
            let last = cue.syllables[cue.syllables.len() - 1];
            cues.last.entry(last).or_default().push(cue);
        }
    }
    Ok(cues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_sound() {
        let cues = Cues::get();
        let mut sets = Vec::new();
        cues.ending(&["số", "tỷ", "với"], |set| {
            sets.push(cues.set_name(set.into()).unwrap());
        });
        assert!(sets.contains(&"score"), "{sets:?}");
    }

    #[test]
    fn phrases_are_found_from_both_ends() {
        let cues = load("set\twords\nscore\ttỷ số, thắng\nday\tngày, số, mai\n").unwrap();
        let found = |from_end: bool, words: &[&str]| {
            let mut sets = Vec::new();
            if from_end {
                cues.ending(words, |set| sets.push(set));
            } else {
                cues.starting(words, |set| sets.push(set));
            }
            sets
        };
        assert_eq!(found(true, &["số", "tỷ"]), [0]);
        assert_eq!(found(true, &["số", "ba"]), [1]);
        assert!(found(true, &["tỷ"]).is_empty());
        assert_eq!(found(false, &["tỷ", "số"]), [0]);
        assert_eq!(found(false, &["ngày", "mai"]), [1]);
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for row in ["day\tNgày", "day\tngày, ngày", "day\t"] {
            let text = format!("set\twords\n{row}\n").leak();
            let error = load(text).unwrap_err().to_string();
            assert!(error.contains("line 2"), "{error}");
        }
    }
}
