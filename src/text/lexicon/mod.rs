//! The user's own readings: how names and abbreviations are said that no table can know. They beat
//! every rule of the normalizer.

mod pls;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::model::error::Error;
use crate::model::tables::bad_row;
use crate::text::orthography::fold;

/// One reading of a written form, and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As written, in NFC, one or more words apart by single spaces.
    pub written: String,
    /// [`Entry::written`] in small letters, its tone marks in one place.
    pub folded: String,
    /// As said: words of letters apart by single spaces; empty where nothing is to be said.
    pub said: String,
    /// Whether small and capital letters are told apart.
    pub exact_case: bool,
    /// Words (in small letters) of which one must stand among the three before it; empty: no
    /// condition.
    pub before: Vec<String>,
    /// Words (as written) of which one must stand right after it; empty: no condition.
    pub after: Vec<String>,
}

/// Readings by written form.
///
/// A file of tab-separated values names its columns in its first line: `written` and `said`, and
/// as wanted `case` (`exact`, the default, or `any`), `before` and `after` (words apart by commas).
/// `said` is words; or the sounds of syllables between strokes, as `docbao phonemize` prints them
/// for the North (`/h.a2-n.o.j6/`); or `-` for nothing. Lines that are empty or start with `# ` are
/// comments. A file that ends in `.pls` is a W3C Pronunciation Lexicon (version 1.0): its
/// graphemes with their aliases or phonemes.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By the first word of the written form in small letters, longer forms first, later files
    /// first.
    entries: HashMap<String, Vec<Entry>>,
}

/// Spells the sounds of syllables as they are written, if there are such syllables.
pub type SpellSounds<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Lexicon {
    /// Adds the entries of a file. `name` is the file's, for messages and for its ending.
    ///
    /// # Errors
    /// [`Error::Table`] with the line of the first row that cannot be understood.
    pub fn add(&mut self, name: &str, text: &str, spell: SpellSounds<'_>) -> Result<(), Error> {
        let text: String = text.nfc().collect();
        let is_pls = name.to_ascii_lowercase().ends_with(".pls");
        let rows = if is_pls { pls::rows(name, &text)? } else { table_rows(name, &text)? };
        for row in rows {
            let entry = row.entry(name, spell)?;
            let known = self.entries.entry(key(&entry.folded).to_owned()).or_default();
            known.retain(|other| !other.has_the_place_of(&entry));
            known.insert(0, entry);
        }
        for known in self.entries.values_mut() {
            known.sort_by_key(|entry| {
                let free = entry.before.is_empty() && entry.after.is_empty();
                (std::cmp::Reverse(entry.written.len()), free)
            });
        }
        Ok(())
    }

    /// Whether there is no entry at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries whose written form begins with a word, given in small letters, or with a sign:
    /// the longest first, those with conditions before those without.
    #[must_use]
    pub fn starting_with(&self, first: &str) -> &[Entry] {
        self.entries.get(first).map_or(&[], Vec::as_slice)
    }
}

impl Entry {
    /// Whether another entry can never hold beside this one.
    fn has_the_place_of(&self, other: &Entry) -> bool {
        (&self.written, self.exact_case, &self.before, &self.after)
            == (&other.written, other.exact_case, &other.before, &other.after)
    }
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

/// What a row says, not yet checked.
#[derive(Debug, Default)]
struct Row {
    line: usize,
    written: String,
    said: String,
    case: String,
    before: String,
    after: String,
}

impl Row {
    fn entry(self, file: &str, spell: SpellSounds<'_>) -> Result<Entry, Error> {
        let bad = |reason: String| bad_row(file, self.line, reason);
        let single_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = single_spaced(&self.written);
        if written.is_empty() {
            return Err(bad("the written form is missing".to_owned()));
        }
        let said = single_spaced(&self.said);
        let said = match said.strip_prefix('/').and_then(|said| said.strip_suffix('/')) {
            Some(sounds) => spell(sounds).ok_or_else(|| {
                bad(format!(
                    "/{sounds}/ is not the sounds of Vietnamese syllables; `docbao phonemize` \
                     shows how they are written"
                ))
            })?,
            None if said == "-" => String::new(),
            None => said,
        };
        let is_word = |word: &str| word.chars().all(char::is_alphabetic);
        if self.said.trim().is_empty() || !said.split(' ').all(is_word) {
            return Err(bad(format!(
                "`{}` is not words of letters apart by spaces; write numbers in words, and `-` for \
                 nothing",
                self.said
            )));
        }
        let exact_case = match self.case.trim() {
            "" | "exact" => true,
            "any" => false,
            other => return Err(bad(format!("case is `{other}`, not exact or any"))),
        };
        let list = |text: &str| -> Vec<String> {
            text.split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let before = list(&fold(&self.before));
        let folded = fold(&written);
        Ok(Entry { written, folded, said, exact_case, before, after: list(&self.after) })
    }
}

/// The rows of a file of tab-separated values, the columns in the order its first line gives.
fn table_rows(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    const COLUMNS: [&str; 5] = ["written", "said", "case", "before", "after"];
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with("# "));
    let (line, header) = lines.next().unwrap_or((1, ""));
    let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
    let known = columns.iter().all(|column| COLUMNS.contains(column));
    if !known || !columns.contains(&"written") || !columns.contains(&"said") {
        let reason = "the first line names the columns, apart by tabs: written, said and, as \
                      wanted, case, before, after";
        return Err(bad_row(file, line, reason));
    }
    lines
        .map(|(line, text)| {
            let fields: Vec<&str> = text.split('\t').collect();
            if fields.len() > columns.len() {
                let (have, want) = (fields.len(), columns.len());
                return Err(bad_row(file, line, format!("{have} fields under {want} columns")));
            }
            let mut row = Row { line, ..Row::default() };
            for (column, field) in columns.iter().zip(fields) {
                let place = match *column {
                    "written" => &mut row.written,
                    "said" => &mut row.said,
                    "case" => &mut row.case,
                    "before" => &mut row.before,
                    _ => &mut row.after,
                };
                field.clone_into(place);
            }
            Ok(row)
        })
        .collect()
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
            ("written\tsaid\nTP\t/x/\n", 2, "docbao phonemize"),
            ("written\tsaid\nTP\ta\tb\n", 2, "3 fields"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("own.tsv, line {line}: ")), "{error}");
            assert!(error.contains(reason), "{error}");
        }
    }
}
