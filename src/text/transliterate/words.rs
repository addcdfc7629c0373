//! Frequent foreign words and their readings.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::check_said;
use super::fold;
use crate::model::error::Error;
use crate::model::tables;

/// By word, in lower case.
static WORDS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    read(include_str!("tables/words.tsv")).expect("the embedded table is read in a test")
});

/// What the table of words says for a word: for its letters as they are, without their accents, or
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
    let row = |letters: &str| WORDS.get(letters).copied();
    row(letters).or_else(|| {
        let singular = letters.strip_suffix('s')?;
        (singular.len() >= SHORTEST && !singular.ends_with(['s', 'i', 'u', 'o', 'a']))
            .then(|| row(singular))?
    })
}

fn read(text: &'static str) -> Result<HashMap<&'static str, &'static str>, Error> {
    const FILE: &str = "src/text/transliterate/tables/words.tsv";
    let mut words = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["word", "said"])? {
        let (word, said) = (fields[0], fields[1]);
        let known = |c: char| fold::is_letter(c) || c.is_ascii_digit();
        if word.is_empty() || !word.chars().all(known) {
            let reason = format!("{word}: write it in lower case without accents");
            return Err(tables::bad_row(FILE, line, reason));
        }
        check_said(FILE, line, said)?;
        if words.insert(word, said).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{word}: is listed twice")));
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert!(!read(include_str!("tables/words.tsv")).unwrap().is_empty());
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [
            ("Ăn\tăn", "line 3: Ăn: write it in lower case"),
            ("byte\tbyte", "line 3: byte: `byte` is no syllable"),
            ("web\toép  xai", "`` is no syllable"),
            ("ok\tô kê", "line 3: ok: is listed twice"),
        ] {
            let text = format!("word\tsaid\nok\tô kê\n{row}\n").leak();
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
