//! Frequent foreign words and their readings.

use std::cmp::Ordering;
use std::sync::LazyLock;

use super::fold;

/// The table, whose rows are sorted by the bytes of their words: a word is found in the text as it is,
/// for to load so many rows would take longer than to say the first words of an article. A test reads
/// every row.
const TABLE: &str = include_str!("tables/words.tsv");

/// The header of the table, after which its rows begin.
const HEADER: &str = "\nword\tsaid\n";

/// The rows of the table.
static ROWS: LazyLock<&'static str> = LazyLock::new(|| {
    let (_, rows) = TABLE.split_once(HEADER).expect("the embedded table is read in a test");
    rows
});

/// Where the first row of each kibibyte of [`ROWS`] begins, so that a search looks for the ends of rows in one of
/// them only.
static KIBIBYTES: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let bytes = ROWS.as_bytes();
    let next_row = |at: usize| {
        let end = bytes[at..].iter().position(|byte| *byte == b'\n');
        end.map(|end| at + end + 1).filter(|start| *start < bytes.len())
    };
    (0..bytes.len())
        .step_by(1024)
        .map_while(|at| if at == 0 { Some(0) } else { next_row(at) })
        .collect()
});

/// What the table of words says for a word: for its letters as they are, without their accents, or
/// without an English ending.
pub(super) fn listed(word: &str) -> Option<&'static str> {
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
fn with_ending(letters: &str) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    row(letters).or_else(|| {
        let singular = letters.strip_suffix('s')?;
        (singular.len() >= SHORTEST && !singular.ends_with(['s', 'i', 'u', 'o', 'a']))
            .then(|| row(singular))?
    })
}

/// What the table says for a word of its letters.
fn row(letters: &str) -> Option<&'static str> {
    let rows = *ROWS;
    let word_at = |start: usize| {
        let row = &rows.as_bytes()[start..];
        &row[..row.iter().position(|byte| *byte == b'\t').unwrap_or(row.len())]
    };
    let after = KIBIBYTES.partition_point(|start| word_at(*start) <= letters.as_bytes());
    let from = KIBIBYTES[after.checked_sub(1)?];
    let to = KIBIBYTES.get(after).copied().unwrap_or(rows.len());
    find(&rows[from..to], letters)
}

/// What sorted rows say for a word: half of those that are left is put aside at each step.
fn find<'a>(rows: &'a str, letters: &str) -> Option<&'a str> {
    let is_end = |byte: &u8| *byte == b'\n';
    let (mut from, mut to) = (0, rows.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let bytes = rows.as_bytes();
        let start = bytes[from..middle].iter().rposition(is_end).map_or(from, |at| from + at + 1);
        let end = bytes[middle..to].iter().position(is_end).map_or(to, |at| middle + at);
        let (word, said) = rows[start..end].split_once('\t')?;
        match letters.cmp(word) {
            Ordering::Equal => return Some(said),
            Ordering::Less => to = start,
            Ordering::Greater => from = end + 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::error::Error;
    use crate::model::tables;
    use crate::text::transliterate::fields::check_said;

    /// Checks a table: its rows are sorted, each word in lower case, each reading of legal syllables.
    fn check(text: &str) -> Result<usize, Error> {
        const FILE: &str = "src/text/transliterate/tables/words.tsv";
        let rows = tables::rows(FILE, text, &["word", "said"])?;
        let mut last = "";
        for (line, fields) in &rows {
            let (word, said) = (fields[0], fields[1]);
            let known = |c: char| fold::is_letter(c) || c.is_ascii_digit();
            let bad = |reason: String| Err(tables::bad_row(FILE, *line, reason));
            if word.is_empty() || !word.chars().all(known) {
                return bad(format!("{word}: write it in lower case without accents"));
            }
            if word == last {
                return bad(format!("{word}: is listed twice"));
            }
            if word < last {
                return bad(format!("{word}: comes before {last}"));
            }
            check_said(FILE, *line, said)?;
            last = word;
        }
        Ok(rows.len())
    }

    #[test]
    fn the_table_is_sound_and_every_row_is_found() {
        assert!(check(TABLE).unwrap() > 20_000);
        for line in ROWS.lines() {
            let (word, said) = line.split_once('\t').unwrap();
            assert_eq!(row(word), Some(said), "{word}");
        }
        for word in ["", "a", "zzz", "fxqw", "aachem", "aacheo"] {
            assert_eq!(row(word), None, "{word}");
        }
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("Ăn\tăn", "line 3: Ăn: write it in lower case"),
            ("tv\tbyte", "line 3: byte: `byte` is no syllable"),
            ("web\toép  xai", "`` is no syllable"),
            ("ok\tô kê", "line 3: ok: is listed twice"),
            ("no\tnâu", "line 3: no: comes before ok"),
        ] {
            let text = format!("word\tsaid\nok\tô kê\n{row}\n");
            let error = check(&text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
