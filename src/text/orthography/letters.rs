//! The letters of the alphabet, apart from their tone marks.

use crate::model::phrase::Tone;

/// The letters that are not ASCII, as the bytes the parser works with.
pub(super) const A_BREVE: u8 = b'A';
pub(super) const A_CIRCUMFLEX: u8 = b'Q';
pub(super) const D_STROKE: u8 = b'D';
pub(super) const E_CIRCUMFLEX: u8 = b'E';
pub(super) const O_CIRCUMFLEX: u8 = b'O';
pub(super) const O_HORN: u8 = b'P';
pub(super) const U_HORN: u8 = b'U';

/// A vowel letter with each tone mark in the order of [`Tone::ALL`], lower case then upper case.
const VOWELS: [(u8, [char; 12]); 12] = [
    (b'a', ['a', 'à', 'ả', 'ã', 'á', 'ạ', 'A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']),
    (A_BREVE, ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ', 'Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']),
    (A_CIRCUMFLEX, ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']),
    (b'e', ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ', 'E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']),
    (E_CIRCUMFLEX, ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']),
    (b'i', ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị', 'I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']),
    (b'o', ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ', 'O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']),
    (O_CIRCUMFLEX, ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']),
    (O_HORN, ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']),
    (b'u', ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ', 'U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']),
    (U_HORN, ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']),
    (b'y', ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']),
];

/// The last letter with a mark, ỹ, is U+1EF9.
const LETTER_COUNT: usize = 0x1EFA;

/// By code point: the letter in the low byte, the tone's place in [`Tone::ALL`] above it; 0 where
/// there is no Vietnamese letter.
static LETTERS: [u16; LETTER_COUNT] = letters();

const fn letters() -> [u16; LETTER_COUNT] {
    let mut table = [0; LETTER_COUNT];
    // Consonants, with f, j, w and z left out: the parser has no use for them.
    let consonants = b"bcdghklmnpqrstvx";
    let mut at = 0;
    while at < consonants.len() {
        let letter = consonants[at];
        table[letter as usize] = letter as u16;
        table[letter.to_ascii_uppercase() as usize] = letter as u16;
        at += 1;
    }
    table['đ' as usize] = D_STROKE as u16;
    table['Đ' as usize] = D_STROKE as u16;
    let mut vowel = 0;
    while vowel < VOWELS.len() {
        let (letter, forms) = VOWELS[vowel];
        let mut form = 0;
        while form < forms.len() {
            table[forms[form] as usize] = letter as u16 | (form as u16 % 6) << 8;
            form += 1;
        }
        vowel += 1;
    }
    table
}

/// The letter without its tone mark, and the tone marked ([`Tone::Ngang`] where none is); `None`
/// for what no Vietnamese syllable is written with.
pub(super) fn split(character: char) -> Option<(u8, Tone)> {
    let entry = *LETTERS.get(character as usize)?;
    let tone = *Tone::ALL.get(usize::from(entry >> 8))?;
    (entry != 0).then_some((entry as u8, tone))
}

/// The lower-case character of a letter with a tone mark; consonants take none.
pub(super) fn join(letter: u8, tone: Tone) -> char {
    match VOWELS.iter().find(|(vowel, _)| *vowel == letter) {
        Some((_, forms)) => forms[tone as usize],
        None if letter == D_STROKE => 'đ',
        None => char::from(letter),
    }
}

/// Whether a vowel letter, as [`split`] gives it.
pub(super) fn is_vowel(letter: u8) -> bool {
    VOWELS.iter().any(|(vowel, _)| *vowel == letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting_and_joining_are_inverse() {
        for (_, forms) in VOWELS {
            for (form, character) in forms.into_iter().enumerate() {
                let (letter, tone) = split(character).unwrap();
                assert_eq!(tone, Tone::ALL[form % 6], "{character}");
                assert_eq!(join(letter, tone), forms[form % 6]);
            }
        }
        assert_eq!(split('Đ'), Some((D_STROKE, Tone::Ngang)));
    }

    #[test]
    fn other_letters_are_none() {
        for character in ['f', 'W', 'ä', 'ø', '1', ' ', 'ß', '漢', '\u{301}'] {
            assert_eq!(split(character), None, "{character}");
        }
    }
}
