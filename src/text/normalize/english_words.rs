//! English words that pass for Vietnamese syllables, and what each needs beside it: data of
//! `tables/english.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::error::Error;
use crate::model::tables::{bad_row, rows};
use crate::text::orthography;

/// What must be beside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// A foreign word on either side.
    One,
    /// The same as `One`, or a capital in it and in the word behind it.
    Title,
    /// A foreign word before it.
    Before,
    /// Foreign words on both sides, or one behind it where it has a capital inside a sentence.
    Between,
    /// The same as `Between`, or a foreign word right behind.
    Article,
    /// The same as `Between`, and another word of the table in the run that needs less.
    Phrase,
}

/// A word of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// What is said; empty for a word that is no syllable of Vietnamese.
    pub spoken: &'static str,
    /// What must be beside it.
    pub needs: Needs,
}

/// The words, in lower case.
static WORDS: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    load(include_str!("tables/english.tsv")).expect("the embedded table is read in a test")
});

/// The words of the table that pass for syllables of Vietnamese.
pub(super) fn lookalikes() -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(|(_, entry)| !entry.spoken.is_empty()).map(|(word, _)| *word)
}

/// The word of the table that is written so, in lower case.
pub(super) fn find(word: &str) -> Option<Entry> {
    if word.contains('’') {
        return WORDS.get(word.replace('’', "'").as_str()).copied();
    }
    WORDS.get(word).copied()
}

fn load(text: &'static str) -> Result<HashMap<&'static str, Entry>, Error> {
    const FILE: &str = "src/text/normalize/tables/english.tsv";
    let mut words = HashMap::new();
    for (line, row) in rows(FILE, text, &["word", "spoken", "needs"])? {
        let (word, spoken) = (row[0], row[1]);
        let needs = match row[2] {
            "one" => Needs::One,
            "title" => Needs::Title,
            "before" => Needs::Before,
            "between" => Needs::Between,
            "article" => Needs::Article,
            "phrase" => Needs::Phrase,
            other => {
                let reason = format!(
                    "needs is `{other}`, not one, title, before, between, article or phrase"
                );
                return Err(bad_row(FILE, line, reason));
            }
        };
        let passes = orthography::parse(word).is_some();
        let fits = spoken.split(' ').all(|syllable| orthography::parse(syllable).is_some());
        if passes == spoken.is_empty() || passes && !fits {
            let reason =
                format!("{word} needs a reading if it is a syllable of Vietnamese, else none");
            return Err(bad_row(FILE, line, reason));
        }
        if words.insert(word, Entry { spoken, needs }).is_some() {
            return Err(bad_row(FILE, line, format!("{word} is listed twice")));
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (row, reason) in [
            ("the\tđờ\tall", "needs is `all`"),
            ("the\t\tone", "the needs a reading"),
            ("of\tóp\tone", "of needs a reading"),
            ("the\tthx\tone", "the needs a reading"),
            ("the\tđờ\tone\nthe\tđờ\tone", "the is listed twice"),
        ] {
            let error =
                load(format!("word\tspoken\tneeds\n{row}\n").leak()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
