//! The user's own readings: how names and abbreviations are said that no table can know. They beat
//! every rule of the normalizer.

mod change;
mod entry;
mod pls;
mod rows;

pub use change::with_reading;
pub(super) use change::{Change, with_changes};
pub(crate) use entry::Entry;
pub use entry::SpellSounds;

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::model::error::Error;
use crate::model::lexicon_text::LexiconText;

/// Readings by written form.
///
/// A table of values separated by tabs, commas or semicolons, quoted where need be, names its columns in
/// its first line: `written` and `said`, and optionally `case` (`exact`, the default, or `any`), `before` and `after` (words separated by commas).
/// `said` is words; or the sounds of syllables between strokes, as the phonemizer writes them
/// for the North (`/h.a2-n.o.j6/`); or `-` for nothing. Lines that are empty or start with `# ` are
/// comments. A file that ends in `.pls` is a W3C Pronunciation Lexicon (version 1.0): its
/// graphemes with their aliases or phonemes.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By the first word of the written form in lower case, longer forms first, later files
    /// first.
    entries: HashMap<String, Vec<Entry>>,
}

impl Lexicon {
    /// Adds the entries of a file. `name` is the file's, for messages and for its ending.
    ///
    /// # Errors
    /// [`Error::Table`] with the line of the first row that cannot be understood.
    pub fn add(&mut self, name: &str, text: &str, spell: SpellSounds<'_>) -> Result<(), Error> {
        let rows = rows_of(name, text)?;
        let mut added: HashMap<String, Vec<Entry>> = HashMap::new();
        for row in rows {
            let entry = row.entry(name, spell)?;
            added.entry(key(&entry.folded).to_owned()).or_default().push(entry);
        }
        for (first, added) in added {
            let known = self.entries.entry(first).or_default();
            // Later ones first, each in the place of an earlier one.
            let all = added.into_iter().rev().chain(std::mem::take(known));
            let mut places = HashSet::new();
            known.extend(all.filter(|entry| places.insert(entry.place())));
            known.sort_by_key(|entry| {
                let free = entry.before.is_empty() && entry.after.is_empty();
                (std::cmp::Reverse(entry.written.len()), free)
            });
        }
        Ok(())
    }

    /// Whether there is no entry at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries whose written form begins with a word, given in lower case, or with a sign:
    /// the longest first, those with conditions before those without.
    pub(crate) fn starting_with(&self, first: &str) -> &[Entry] {
        self.entries.get(first).map_or(&[], Vec::as_slice)
    }
}

/// A row of a lexicon as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reading {
    /// The number of its line, from 1.
    pub line: usize,
    /// As written, one or more words separated by single spaces.
    pub written: String,
    /// As said: words, or the sounds of syllables between strokes, or `-` for nothing.
    pub said: String,
    /// Where it holds, if not everywhere: `case`, `before` and `after` with what they ask for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub only: String,
}

/// The readings of a lexicon in the order of its rows.
///
/// # Errors
/// As [`Lexicon::add`].
pub fn readings(lexicon: &LexiconText, spell: SpellSounds<'_>) -> Result<Vec<Reading>, Error> {
    let single_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reading = |row: entry::Row| {
        let conditions = [("case", &row.case), ("before", &row.before), ("after", &row.after)];
        let conditions = conditions.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let only = conditions.map(|(name, value)| format!("{name} {}", value.trim()));
        let reading = Reading {
            line: row.line,
            written: single_spaced(&row.written),
            said: single_spaced(&row.said),
            only: only.collect::<Vec<_>>().join(", "),
        };
        row.entry(lexicon.name(), spell).map(|_| reading)
    };
    rows_of(lexicon.name(), lexicon.text())?.into_iter().map(reading).collect()
}

/// Whether a reading could be a row of a lexicon.
#[must_use]
pub fn is_possible(written: &str, said: &str, spell: SpellSounds<'_>) -> bool {
    with_reading("", "", written, Some(said), spell).is_ok()
}

/// The rows of a lexicon of this name, whose ending says its format.
fn rows_of(name: &str, text: &str) -> Result<Vec<entry::Row>, Error> {
    let text: String = text.trim_start_matches('\u{feff}').nfc().collect();
    let is_pls = name.to_ascii_lowercase().ends_with(".pls");
    if is_pls { pls::rows(name, &text) } else { rows::rows(name, &text) }
}

/// The first run of letters, run of digits, or sign of a folded form.
fn key(folded: &str) -> &str {
    let is_letter = |c: char| c.is_alphabetic() && !c.is_numeric();
    let Some(first) = folded.chars().next() else { return folded };
    let length = match first {
        c if c.is_ascii_digit() => folded.find(|c: char| !c.is_ascii_digit()),
        c if is_letter(c) => folded.find(|c| !is_letter(c)),
        c => Some(c.len_utf8()),
    };
    &folded[..length.unwrap_or(folded.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::default();
        lexicon.add("own.tsv", text, &|_| None).map(|()| lexicon)
    }

    #[test]
    fn longer_forms_and_conditions_come_first() {
        let lexicon = read(
            "written\tsaid\tafter\nCT\tcông ty\t\nCT\tchỉ thị\tsố\nCT HĐQT\tchủ tịch hội đồng quản trị\n",
        )
        .unwrap();
        let said: Vec<_> = lexicon.starting_with("ct").iter().map(|e| e.said.as_str()).collect();
        assert_eq!(said, ["chủ tịch hội đồng quản trị", "chỉ thị", "công ty"]);
    }

    #[test]
    fn work_grows_with_the_file_alone() {
        const ROWS: usize = 200_000;
        let rows: String = (0..ROWS).map(|at| format!("từ{at}\tlời\n")).collect();
        let lexicon = read(&format!("written\tsaid\n{rows}{rows}")).unwrap();
        assert_eq!(lexicon.starting_with("từ").len(), ROWS);
    }

    #[test]
    fn a_later_row_replaces_an_earlier_one() {
        let lexicon = read("written\tsaid\nF0\tép không\nF0\tép o\n").unwrap();
        assert_eq!(lexicon.starting_with("f").len(), 1);
        assert_eq!(lexicon.starting_with("f")[0].said, "ép o");
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (text, line, reason) in [
            ("a\tb\n", 1, "names the columns"),
            ("written\tsaid\nTP\tthành phố 1\n", 2, "write numbers in words"),
            ("written\tsaid\nTP\n", 2, "is not words"),
            ("written\tsaid\tcase\n# x\n\nTP\tthành phố\tsome\n", 4, "not exact or any"),
            ("written\tsaid\nTP\t/x/\n", 2, "written like /h.a2-n.o.j6/"),
            ("written\tsaid\nTP\ta\tb\n", 2, "3 fields"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("own.tsv, line {line}: ")), "{error}");
            assert!(error.contains(reason), "{error}");
        }
    }
}
