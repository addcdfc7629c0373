//! What the tables of this module hold in their fields.

use crate::model::error::Error;
use crate::model::tables;
use crate::text::orthography;

/// The only letter of a field.
pub(super) fn one_letter(file: &str, line: usize, field: &str) -> Result<char, Error> {
    let mut characters = field.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(tables::bad_row(file, line, format!("{field}: write one letter"))),
    }
}

/// Checks that a reading is legal syllables separated by single spaces, as they are spelled back.
pub(super) fn check_said(file: &str, line: usize, said: &str) -> Result<(), Error> {
    for syllable in said.split(' ') {
        if orthography::parse(syllable).is_none_or(|parsed| parsed.to_string() != syllable) {
            let reason = format!("{said}: `{syllable}` is no syllable as the press writes it");
            return Err(tables::bad_row(file, line, reason));
        }
    }
    Ok(())
}
