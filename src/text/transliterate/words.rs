//! Frequent foreign words and their readings.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::fold;
use super::pack::{LENGTH_BITS, TWO_BYTES};

/// The rows of `tables/words.tsv` as `pack.rs` packs them. A word is found in them as they are, for to load
/// so many rows would take longer than to say the first words of an article.
const ROWS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.rows"));

/// Where each block of rows begins.
const BLOCKS: &[[u8; 4]] = include_bytes!(concat!(env!("OUT_DIR"), "/words.blocks")).as_chunks().0;

/// The syllables of the readings by their numbers.
static SYLLABLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/words.syllables")).lines().collect());

/// A reading of the table: the numbers of its syllables.
#[derive(Clone, Copy)]
pub(super) struct Reading(&'static [u8]);

impl Reading {
    /// Its syllables, separated by single spaces.
    pub(super) fn text(self) -> String {
        let syllables = &*SYLLABLES;
        // Most syllables are three bytes and a space.
        let mut text = String::with_capacity(4 * self.0.len());
        let mut codes = self.0.iter();
        while let Some(&first) = codes.next() {
            let number = match first.checked_sub(TWO_BYTES) {
                None => first.into(),
                Some(high) => {
                    let low = codes.next().copied().unwrap_or_default();
                    usize::from(TWO_BYTES) + usize::from(u16::from_be_bytes([high, low]))
                }
            };
            append(&mut text, syllables[number]);
        }
        text
    }
}

/// What the table of words says for a word: for its letters as they are, without their accents, or
/// without an English ending. Nothing is unpacked before the reading is asked for.
pub(super) fn listed(word: &str) -> Option<Reading> {
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return with_ending(word);
    }
    with_ending(&fold::latin_letters(word))
        .or_else(|| (!word.is_ascii()).then(|| with_ending(&fold::bare_letters(word)))?)
        .or_else(|| (stem.len() < word.len()).then(|| listed(stem))?)
}

/// The row for a word of the table's letters; else, for that of which it is the plural, where the
/// row is that of a word long enough not to be met by chance.
fn with_ending(letters: &str) -> Option<Reading> {
    const SHORTEST: usize = 4;
    row(letters).or_else(|| {
        let singular = letters.strip_suffix('s')?;
        (singular.len() >= SHORTEST && !singular.ends_with(['s', 'i', 'u', 'o', 'a']))
            .then(|| row(singular))?
    })
}

/// What the table says for a word of its letters.
fn row(letters: &str) -> Option<Reading> {
    let word = letters.as_bytes();
    let start = |block: &[u8; 4]| u32::from_le_bytes(*block) as usize;
    let after = BLOCKS.partition_point(|block| Row::at(start(block)).rest <= word);
    let mut at = start(&BLOCKS[after.checked_sub(1)?]);
    let end = BLOCKS.get(after).map_or(ROWS.len(), start);
    // How many bytes of the word the row before begins with; it comes before the word.
    let mut met = 0;
    while at < end {
        let row = Row::at(at);
        at = row.end;
        match row.shared.cmp(&met) {
            // It differs from the word where the row before did.
            Ordering::Greater => continue,
            // It is above the row before where that one was as the word is.
            Ordering::Less => return None,
            Ordering::Equal => {}
        }
        let rest = &word[met..];
        match row.rest.cmp(rest) {
            Ordering::Equal => return Some(row.said),
            Ordering::Greater => return None,
            Ordering::Less => met += rest.iter().zip(row.rest).take_while(|(a, b)| a == b).count(),
        }
    }
    None
}

/// A row of the packed table.
struct Row {
    /// How many bytes its word begins with that the word before has too.
    shared: usize,
    /// The bytes of its word behind these.
    rest: &'static [u8],
    /// Its reading.
    said: Reading,
    /// Where the next row begins.
    end: usize,
}

impl Row {
    fn at(start: usize) -> Self {
        let lengths = u16::from_le_bytes([ROWS[start], ROWS[start + 1]]);
        let length =
            |place: u32| usize::from(lengths >> (place * LENGTH_BITS)) & ((1 << LENGTH_BITS) - 1);
        let (rest, said) = (start + 2, start + 2 + length(1));
        let end = said + length(2);
        Self { shared: length(0), rest: &ROWS[rest..said], said: Reading(&ROWS[said..end]), end }
    }
}

/// Adds a reading to what is said, a space between them.
pub(super) fn append(said: &mut String, reading: &str) {
    if reading.is_empty() {
        return;
    }
    if !said.is_empty() {
        said.push(' ');
    }
    said.push_str(reading);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::model::error::Error;
    use crate::model::tables;
    use crate::text::transliterate::fields::check_said;
    use crate::text::transliterate::pack::{FILE, pack};

    const TABLE: &str = include_str!("tables/words.tsv");

    /// The rows of a table, after what the build script leaves to this: each word is in lower case, each reading
    /// is of legal syllables.
    fn check(text: &str) -> Result<Vec<(&str, &str)>, Error> {
        let known = |c: char| fold::is_letter(c) || c.is_ascii_digit();
        let check_row = |(line, fields): (usize, Vec<_>)| {
            let (word, said): (&str, &str) = (fields[0], fields[1]);
            if !word.chars().all(known) {
                let reason = format!("{word}: write it in lower case without accents");
                return Err(tables::bad_row(FILE, line, reason));
            }
            check_said(FILE, line, said).map(|()| (word, said))
        };
        tables::rows(FILE, text, &["word", "said"])?.into_iter().map(check_row).collect()
    }

    /// All rows of the packed table.
    fn unpacked() -> Vec<(String, String)> {
        let (mut at, mut word) = (0, Vec::new());
        std::iter::from_fn(|| {
            let row = (at < ROWS.len()).then(|| Row::at(at))?;
            at = row.end;
            word.truncate(row.shared);
            word.extend(row.rest);
            Some((String::from_utf8(word.clone()).unwrap(), row.said.text()))
        })
        .collect()
    }

    #[test]
    fn the_table_is_sound_and_every_row_is_found() {
        let rows = check(TABLE).unwrap();
        assert!(rows.len() > 20_000);
        let found = |word| row(word).map(Reading::text);
        for (word, said) in rows {
            assert_eq!(found(word).as_deref(), Some(said), "{word}");
        }
        for word in ["", "a", "zzz", "fxqw", "aachem", "aacheo", "aachenx", "aache", "ñ", "zzzzzzz"]
        {
            assert_eq!(found(word), None, "{word}");
        }
    }

    #[test]
    fn the_packed_table_gives_every_row_back() {
        let rows = check(TABLE).unwrap();
        let rows = rows.into_iter().map(|(word, said)| (word.to_owned(), said.to_owned()));
        assert!(unpacked().into_iter().eq(rows));
        let packed = pack(TABLE).unwrap();
        assert!(packed.rows == ROWS && packed.blocks == BLOCKS.as_flattened());
        assert!(packed.syllables.lines().eq(SYLLABLES.iter().copied()));
    }

    #[test]
    fn a_word_is_found_only_as_it_is_listed() {
        let rows = check(TABLE).unwrap();
        let listed: HashSet<&str> = rows.iter().map(|(word, _)| *word).collect();
        for word in &listed {
            let mut shorter = (*word).to_owned();
            shorter.pop();
            for near in [shorter, format!("{word}a"), format!("{word}z")] {
                assert_eq!(row(&near).is_some(), listed.contains(near.as_str()), "{near}");
            }
        }
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        let fault = |text: &str| match pack(text) {
            Err(reason) => reason,
            Ok(_) => check(text).unwrap_err().to_string(),
        };
        let long = format!("{}\ta", "z".repeat(40));
        for (row, reason) in [
            ("Ăn\tăn", "line 3: Ăn: write it in lower case"),
            ("tv\tbyte", "line 3: byte: `byte` is no syllable"),
            ("web\toép  xai", "`` is no syllable"),
            ("ok\tô kê", "line 3: ok: is listed twice"),
            ("no\tnâu", "line 3: no: comes before ok"),
            ("\tnâu", "line 3: there is no word"),
            ("tv", "line 3: 1 fields where the header has 2"),
            (&long, "is too long"),
        ] {
            let error = fault(&format!("word\tsaid\nok\tô kê\n{row}\n"));
            assert!(error.contains(FILE) && error.contains(reason), "{error}");
        }
    }
}
