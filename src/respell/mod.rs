//! Foreign words, letters and anything else as legal Vietnamese syllables.
//!
//! A leaf: it knows the orthography and no stage, so that the normalizer and the phonemizer read a
//! foreign name alike. The reading is that of a Vietnamese newsreader: Facebook is phây búc, Messi
//! mét xi, and a cluster the language lacks is broken with ơ (Clinton: cờ lin tơn).

mod fold;
mod rules;
mod syllabify;
mod words;

pub use words::load as load_tables;

use crate::orthography;
use fold::Piece;
use words::TABLES;

/// What is said for a sign that has no reading.
const UNREADABLE: &str = "ký tự lạ";

/// How a word is read: legal Vietnamese syllables, in lower case, apart by single spaces.
///
/// Each part that is a Vietnamese syllable stays as it is; a frequent foreign word is looked up; short
/// words in capitals (USD, UBND) and words without a vowel are spelled by [`spell_letters`]; what is
/// left goes by letter-to-sound rules. Digits are read one by one, and a run of letters of a script
/// that cannot be read, or a word of signs only, is read as ký tự lạ. Empty only if `word` is blank.
///
/// ```
/// assert_eq!(docbao::respell::respell("Messi"), "mét xi");
/// assert_eq!(docbao::respell::respell("Wi-Fi"), "oai phai");
/// assert_eq!(docbao::respell::respell("F1"), "ép một");
/// ```
#[must_use]
pub fn respell(word: &str) -> String {
    let mut said = String::new();
    let whole = fold::latin_letters(word);
    if let Some(reading) = TABLES.words.get(whole.as_str()) {
        return reading.clone();
    }
    for piece in fold::pieces(word) {
        match piece {
            Piece::Letters(letters) => read_letters(&letters, &mut said),
            Piece::Digit(digit) => append(&mut said, TABLES.name(digit).unwrap_or(UNREADABLE)),
            Piece::Unreadable => append(&mut said, UNREADABLE),
        }
    }
    if said.is_empty() && !word.trim().is_empty() {
        said.push_str(UNREADABLE);
    }
    said
}

/// The names of the letters and digits of an initialism, apart by single spaces: FPT is ép pê tê.
/// Accents of letters beyond the Vietnamese alphabet are dropped, and signs are left out; the result
/// is empty only if nothing is a letter or digit.
///
/// ```
/// assert_eq!(docbao::respell::spell_letters("THPT"), "tê hát pê tê");
/// ```
#[must_use]
pub fn spell_letters(initialism: &str) -> String {
    let mut said = String::new();
    for piece in fold::pieces(initialism) {
        match piece {
            Piece::Letters(letters) => {
                for letter in fold::latin_letters(&letters).chars() {
                    append(&mut said, TABLES.name(letter).unwrap_or(UNREADABLE));
                }
            }
            Piece::Digit(digit) => append(&mut said, TABLES.name(digit).unwrap_or(UNREADABLE)),
            Piece::Unreadable => append(&mut said, UNREADABLE),
        }
    }
    said
}

/// Reads a run of letters: whole, or by its parts where a capital follows a small letter (VinFast).
fn read_letters(letters: &str, said: &mut String) {
    if let Some(reading) = known(letters) {
        append(said, &reading);
        return;
    }
    let mut start = 0;
    let mut after_small = false;
    for (at, character) in letters.char_indices() {
        if after_small && character.is_uppercase() {
            read_part(&letters[start..at], said);
            start = at;
        }
        after_small = character.is_lowercase();
    }
    read_part(&letters[start..], said);
}

fn read_part(letters: &str, said: &mut String) {
    let reading = known(letters)
        .or_else(|| orthography::parse_unmarked_stop(letters).map(|syllable| syllable.to_string()))
        .unwrap_or_else(|| syllabify::spell(&rules::sounds(&fold::latin_letters(letters))));
    append(said, &reading);
}

/// The reading of a Vietnamese syllable, a word of the table, or an initialism.
fn known(letters: &str) -> Option<String> {
    if let Some(syllable) = orthography::parse(letters) {
        return Some(syllable.to_string());
    }
    let latin = fold::latin_letters(letters);
    if let Some(reading) = TABLES.words.get(latin.as_str()) {
        return Some(reading.clone());
    }
    (is_initialism(letters, &latin) || !fold::has_vowel(&latin)).then(|| spell_letters(letters))
}

/// Whether capitals are to be spelled: two or three of any kind, or four with three consonants in a
/// row (UBND, BHYT), where NATO and FIFA are words.
fn is_initialism(letters: &str, latin: &str) -> bool {
    if !letters.chars().all(char::is_uppercase) {
        return false;
    }
    match letters.chars().count() {
        2 | 3 => true,
        4 => {
            let consonants: Vec<bool> =
                latin.chars().map(|letter| letter == 'y' || !fold::is_vowel(letter)).collect();
            consonants.windows(3).any(|three| three.iter().all(|consonant| *consonant))
        }
        _ => false,
    }
}

fn append(said: &mut String, reading: &str) {
    if reading.is_empty() {
        return;
    }
    if !said.is_empty() {
        said.push(' ');
    }
    said.push_str(reading);
}
