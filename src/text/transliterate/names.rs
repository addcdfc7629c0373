//! The names of letters and digits.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fields::{check_said, one_letter};
use crate::model::error::Error;
use crate::model::tables;

static NAMES: LazyLock<HashMap<char, &'static str>> =
    LazyLock::new(|| load().expect("the embedded table is read in a test"));

/// The name of a letter of the rules, or of an ASCII digit.
pub(super) fn name(letter: char) -> Option<&'static str> {
    // ç and ñ are spelled as c and n.
    let letter = match letter {
        'ç' => 'c',
        'ñ' => 'n',
        letter => letter,
    };
    NAMES.get(&letter).copied()
}

fn load() -> Result<HashMap<char, &'static str>, Error> {
    const FILE: &str = "src/text/transliterate/tables/names.tsv";
    let mut names = HashMap::new();
    for (line, fields) in tables::rows(FILE, include_str!("tables/names.tsv"), &["letter", "name"])?
    {
        let letter = one_letter(FILE, line, fields[0])?;
        check_said(FILE, line, fields[1])?;
        if names.insert(letter, fields[1]).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{letter}: is listed twice")));
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_and_digit_has_a_name() {
        load().unwrap();
        for letter in "abcdefghijklmnopqrstuvwxyzăâđêôơư0123456789çñ".chars() {
            assert!(name(letter).is_some(), "{letter}");
        }
    }
}
