//! Any text as the letters the rules know.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::fields::one_letter;
use crate::model::error::Error;
use crate::model::tables;

/// Letters beyond the rules' own: the letters for each, none where it is silent.
static LETTERS: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    read(include_str!("tables/letters.tsv")).expect("the embedded table is read in a test")
});

/// A part of a word that is read on its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letters that [`latin_letters`] can write, as they are in the word.
    Letters(String),
    /// A digit, `0` to `9`.
    Digit(char),
    /// Letters or numbers without a reading.
    Unreadable,
}

/// The readable and unreadable parts of a word in order; signs between them are left out. What an
/// apostrophe joins to a single letter before it, or to a single last one after it, is one part
/// (O'Neill, H'leo, Henderson's; but Chang'an).
pub(super) fn pieces(word: &str) -> Vec<Piece> {
    let characters: Vec<char> = word.nfc().collect();
    let mut pieces = Vec::new();
    let mut in_letters = false;
    let mut at = 0;
    while let Some(&(mut character)) = characters.get(at) {
        at += 1;
        if in_letters
            && matches!(character, '\'' | '’')
            && let Some(next) = characters.get(at).filter(|next| next.is_alphabetic())
            && (at + 1 == characters.len() || is_single(pieces.last()))
        {
            // The capital of L'Oréal starts no word of its own.
            character = next.to_lowercase().next().unwrap_or(*next);
            at += 1;
        }
        if fold(character, &mut String::new()) {
            match pieces.last_mut() {
                Some(Piece::Letters(letters)) if in_letters => letters.push(character),
                _ => pieces.push(Piece::Letters(character.into())),
            }
            in_letters = true;
            continue;
        }
        in_letters = false;
        if character.is_numeric() {
            let digits = std::iter::once(character).nfkd().filter(char::is_ascii_digit);
            let before = pieces.len();
            pieces.extend(digits.map(Piece::Digit));
            if pieces.len() > before {
                continue;
            }
        }
        if character.is_alphanumeric() && pieces.last() != Some(&Piece::Unreadable) {
            pieces.push(Piece::Unreadable);
        }
    }
    pieces
}

fn is_single(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::Letters(letters)) if letters.chars().nth(1).is_none())
}

/// The word in the lower-case letters a to z and of the Vietnamese alphabet, ç and ñ, without tone marks;
/// ASCII digits stay, all else is left out.
pub(super) fn latin_letters(word: &str) -> String {
    let mut letters = String::with_capacity(word.len());
    for character in word.nfc() {
        if character.is_ascii_digit() {
            letters.push(character);
        } else {
            fold(character, &mut letters);
        }
    }
    letters
}

/// The word in the lower-case letters a to z without any accent (é as e, ü as u, đ as d), and ASCII digits;
/// all else is left out.
pub(super) fn bare_letters(word: &str) -> String {
    let small = word.chars().flat_map(char::to_lowercase).nfkd();
    let mut letters = String::with_capacity(word.len());
    for character in small {
        match character {
            'đ' => letters.push('d'),
            'ø' => letters.push('o'),
            'ł' => letters.push('l'),
            'ı' => letters.push('i'),
            'æ' => letters.push_str("ae"),
            'œ' => letters.push_str("oe"),
            'ß' => letters.push_str("ss"),
            _ if character.is_ascii_alphanumeric() => letters.push(character),
            _ => {}
        }
    }
    letters
}

/// Whether a letter is one that [`latin_letters`] writes, for each of which the rules have an answer.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_ascii_lowercase() || "ăâđêôơưçñ".contains(letter)
}

/// Whether a word of [`latin_letters`] can be said as it is written.
pub(super) fn has_vowel(letters: &str) -> bool {
    letters.chars().any(is_vowel)
}

/// Whether a letter of [`latin_letters`] is a vowel.
pub(super) fn is_vowel(letter: char) -> bool {
    "aeiouyăâêôơư".contains(letter)
}

/// Appends the letters for a character; false if it is none that has any.
fn fold(character: char, letters: &mut String) -> bool {
    let before = letters.len();
    for small in character.to_lowercase() {
        if small.is_ascii_lowercase() || small == 'đ' {
            letters.push(small);
        } else if let Some(latin) = LETTERS.get(&small) {
            if latin.is_empty() {
                return true;
            }
            letters.push_str(latin);
        } else if !small.is_ascii() {
            fold_marks(small, letters);
        }
    }
    letters.len() > before
}

/// Appends the base letters of an accented or styled letter, with the marks that make another
/// Vietnamese letter of it.
fn fold_marks(character: char, letters: &mut String) {
    if character.is_numeric() {
        return;
    }
    for part in std::iter::once(character).nfkd() {
        let marked = match (letters.chars().last(), part) {
            (Some('a'), '\u{306}') => 'ă',
            (Some('a'), '\u{302}') => 'â',
            // é is never mute.
            (Some('e'), '\u{302}' | '\u{301}') => 'ê',
            (Some('o'), '\u{302}') => 'ô',
            (Some('o'), '\u{31b}') => 'ơ',
            (Some('u'), '\u{31b}') => 'ư',
            (_, part) if part.is_ascii_alphabetic() => {
                letters.push(part.to_ascii_lowercase());
                continue;
            }
            (_, part) => {
                letters.push_str(LETTERS.get(&part).copied().unwrap_or_default());
                continue;
            }
        };
        letters.pop();
        letters.push(marked);
    }
}

fn read(text: &'static str) -> Result<HashMap<char, &'static str>, Error> {
    const FILE: &str = "src/text/transliterate/tables/letters.tsv";
    let mut letters = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["letter", "latin"])? {
        let letter = one_letter(FILE, line, fields[0])?;
        let latin = if fields[1] == "-" { "" } else { fields[1] };
        if !latin.chars().all(is_letter) {
            let reason = format!("{letter}: the rules know no letter of {latin}");
            return Err(tables::bad_row(FILE, line, reason));
        }
        if letters.insert(letter, latin).is_some() {
            return Err(tables::bad_row(FILE, line, format!("{letter}: is listed twice")));
        }
    }
    Ok(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_dropped_but_those_of_vietnamese_letters() {
        for (word, letters) in [
            ("Đắk", "đăk"),
            ("Krông", "krông"),
            ("François", "françois"),
            ("Müller", "muyller"),
            ("Łódź", "lodzh"),
            ("Rosé", "rosê"),
            ("São", "sao"),
            ("ﬁn Ａ", "fina"),
            ("Путин", "putin"),
            ("µm", "mm"),
            ("covid-19", "covid19"),
        ] {
            assert_eq!(latin_letters(word), letters);
        }
    }

    #[test]
    fn a_word_falls_into_pieces() {
        let letters = |text: &str| Piece::Letters(text.into());
        assert_eq!(
            pieces("F-16²"),
            [letters("F"), Piece::Digit('1'), Piece::Digit('6'), Piece::Digit('2')]
        );
        assert_eq!(pieces("漢字!カxyz"), [Piece::Unreadable, letters("xyz")]);
        assert_eq!(pieces("L’Oréal'"), [letters("Loréal")]);
        assert_eq!(pieces("Keane's"), [letters("Keanes")]);
        assert_eq!(pieces("Chang'an"), [letters("Chang"), letters("an")]);
        assert_eq!(pieces("…"), []);
    }

    #[test]
    fn the_table_is_sound() {
        assert!(!read(include_str!("tables/letters.tsv")).unwrap().is_empty());
    }

    #[test]
    fn a_bad_row_is_an_error_with_its_line() {
        for (row, reason) in [("ss\ts", "write one letter"), ("ŝ\tŝ", "know no letter")] {
            let text = format!("letter\tlatin\n{row}\n").leak();
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
