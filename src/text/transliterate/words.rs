//! The tables, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold;
use super::rules::{self, Rule};
use crate::model::error::Error;
use crate::model::tables;
use crate::text::orthography;

/// Everything the embedded tables say.
#[derive(Debug)]
pub struct Tables {
    /// Frequent words: small letters, and the reading.
    pub(super) words: HashMap<&'static str, &'static str>,
    /// English words of which others are made.
    pub(super) parts: HashMap<&'static str, Part>,
    /// Letters beyond the rules' own: the letters for each, none where it is silent.
    pub(super) letters: HashMap<char, &'static str>,
    /// Names of letters and digits.
    names: HashMap<char, &'static str>,
    /// Letter-to-sound rules by their first letter, in order.
    pub(super) rules: HashMap<char, Vec<Rule>>,
}

/// A word of which others are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// How it is read, if not as it is alone.
    pub said: Option<&'static str>,
    /// Whether anything may stand before it as the last part.
    pub ends_any: bool,
}

impl Tables {
    /// The name of a letter, or of an ASCII digit.
    pub(super) fn name(&self, letter: char) -> Option<&'static str> {
        // ç and ñ are spelled as c and n.
        let letter = match letter {
            'ç' => 'c',
            'ñ' => 'n',
            letter => letter,
        };
        self.names.get(&letter).copied()
    }
}

/// The tables.
pub(super) static TABLES: LazyLock<Tables> =
    LazyLock::new(|| load().expect("the embedded tables are read in a test"));

/// What the table of words says for a word: for its letters as they stand, without their accents, or
/// without an English ending.
pub(super) fn listed(word: &str) -> Option<&'static str> {
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return with_ending(word);
    }
    let direct = with_ending(&fold::latin_letters(word));
    direct
        .or_else(|| (!word.is_ascii()).then(|| with_ending(&fold::bare_letters(word)))?)
        .or_else(|| (stem.len() < word.len()).then(|| listed(stem))?)
}

/// The row for a word of the table's letters; else, for that of which it is the plural, where the
/// row is that of a word long enough not to be met by chance.
fn with_ending(letters: &str) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    let row = |letters: &str| TABLES.words.get(letters).copied();
    row(letters).or_else(|| {
        let singular = letters.strip_suffix('s')?;
        (singular.len() >= SHORTEST && !singular.ends_with(['s', 'i', 'u', 'o', 'a']))
            .then(|| row(singular))?
    })
}

/// Reads the embedded tables.
///
/// # Errors
/// [`Error::Table`] if a row stands twice, is written with letters the rules do not know, or says
/// something that is no legal syllable.
pub fn load() -> Result<Tables, Error> {
    Ok(Tables {
        words: read_words(include_str!("tables/words.tsv"))?,
        parts: read_parts(include_str!("tables/parts.tsv"))?,
        letters: read_letters(include_str!("tables/letters.tsv"))?,
        names: read_names(include_str!("tables/names.tsv"))?,
        rules: rules::read(include_str!("tables/rules.tsv"))?,
    })
}

fn read_words(text: &'static str) -> Result<HashMap<&'static str, &'static str>, Error> {
    const FILE: &str = "transliterate/tables/words.tsv";
    let mut words = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["word", "said"])? {
        let (word, said) = (fields[0], fields[1]);
        let known = |c: char| rules::knows(c) || c.is_ascii_digit();
        if word.is_empty() || !word.chars().all(known) {
            let reason = format!("{word}: write it in small letters without accents");
            return Err(tables::bad_row(FILE, line, reason));
        }
        check_said(FILE, line, said)?;
        if words.insert(word, said).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{word}: stands twice")));
        }
    }
    Ok(words)
}

fn read_parts(text: &'static str) -> Result<HashMap<&'static str, Part>, Error> {
    const FILE: &str = "transliterate/tables/parts.tsv";
    let mut parts = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["part", "said", "place"])? {
        let (part, said) = (fields[0], fields[1]);
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let reason = format!("{part}: write it in small letters of a to z");
            return Err(tables::bad_row(FILE, line, reason));
        }
        let said = if said == "-" { None } else { Some(said) };
        if let Some(said) = said {
            check_said(FILE, line, said)?;
        }
        let ends_any = match fields[2] {
            "any" => false,
            "end" => true,
            other => {
                let reason = format!("{part}: the place is any or end, not {other}");
                return Err(tables::bad_row(FILE, line, reason));
            }
        };
        if parts.insert(part, Part { said, ends_any }).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{part}: stands twice")));
        }
    }
    Ok(parts)
}

fn read_letters(text: &'static str) -> Result<HashMap<char, &'static str>, Error> {
    const FILE: &str = "transliterate/tables/letters.tsv";
    let mut letters = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["letter", "latin"])? {
        let letter = one_letter(FILE, line, fields[0])?;
        let latin = if fields[1] == "-" { "" } else { fields[1] };
        if !latin.chars().all(rules::knows) {
            let reason = format!("{letter}: the rules know no letter of {latin}");
            return Err(tables::bad_row(FILE, line, reason));
        }
        if letters.insert(letter, latin).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{letter}: stands twice")));
        }
    }
    Ok(letters)
}

fn read_names(text: &'static str) -> Result<HashMap<char, &'static str>, Error> {
    const FILE: &str = "transliterate/tables/names.tsv";
    let mut names = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["letter", "name"])? {
        let letter = one_letter(FILE, line, fields[0])?;
        check_said(FILE, line, fields[1])?;
        if names.insert(letter, fields[1]).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{letter}: stands twice")));
        }
    }
    Ok(names)
}

fn one_letter(file: &str, line: usize, field: &str) -> Result<char, Error> {
    let mut characters = field.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(tables::bad_row(file, line, format!("{field}: write one letter"))),
    }
}

/// Checks that a reading is legal syllables apart by single spaces, as they are spelled back.
fn check_said(file: &str, line: usize, said: &str) -> Result<(), Error> {
    for syllable in said.split(' ') {
        if orthography::parse(syllable).is_none_or(|parsed| parsed.to_string() != syllable) {
            let reason = format!("{said}: `{syllable}` is no syllable as the press writes it");
            return Err(tables::bad_row(file, line, reason));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        let tables = load().unwrap();
        for letter in "abcdefghijklmnopqrstuvwxyzăâđêôơư0123456789çñ".chars() {
            assert!(tables.name(letter).is_some(), "{letter}");
        }
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("Ăn\tăn", "line 3: Ăn: write it in small letters"),
            ("byte\tbyte", "line 3: byte: `byte` is no syllable"),
            ("web\toép  xai", "`` is no syllable"),
            ("ok\tô kê", "line 3: ok: stands twice"),
        ] {
            let text = format!("word\tsaid\nok\tô kê\n{row}\n").leak();
            let error = read_words(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        for (row, reason) in [
            ("Sun\t-\tany", "small letters of a to z"),
            ("sun\tsunn\tany", "`sunn` is no syllable"),
            ("sun\t-\tmiddle", "any or end, not middle"),
            ("day\t-\tend", "line 3: day: stands twice"),
        ] {
            let text = format!("part\tsaid\tplace\nday\tđây\tany\n{row}\n").leak();
            let error = read_parts(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        for (row, reason) in [("ss\ts", "write one letter"), ("ŝ\tŝ", "know no letter")] {
            let text = format!("letter\tlatin\n{row}\n").leak();
            let error = read_letters(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
