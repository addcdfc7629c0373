//! Signs that are said by their names, and signs that are passed over.

use unicode_normalization::UnicodeNormalization;

use super::number;
use super::reader::Reader;
use crate::spoken::Confidence::{Doubtful, Likely, Sure};

/// Reads any sign: minus and plus before numbers, the signs of the table, and compatibility forms
/// (½, ², Ⅳ, ①) by what they stand for. What is left is passed over with a warning.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    let before_digits = reader.lexed.is_glued(at + 1) && reader.lexed.digits(at + 1).is_some();
    if matches!(sign, '-' | '–' | '−' | '—') && before_digits {
        if reader.lexed.before(at, 1) == "âm" {
            reader.pass(at, at + 1, "minus"); // said already: âm -5 độ
        } else {
            reader.say_text(at, at + 1, "minus", Likely, "âm");
        }
    } else if matches!(sign, '*' | '★' | '☆') && follows_digits(reader, at) {
        reader.say_text(at, at + 1, "sign", Likely, "sao"); // a hotel of 5*
    } else if is_note_mark(reader, at, sign) {
        reader.pass(at, at + 1, "footnote");
    } else if let Some(said) = reader.tables.symbol(sign) {
        if said.is_empty() {
            reader.pass(at, at + 1, "sign");
        } else {
            reader.say_text(at, at + 1, "sign", Sure, said);
        }
    } else if let Some(said) = compatible(sign) {
        let mixed = reader.lexed.is_glued(at)
            && said.contains(" phần ")
            && reader.last_word().is_some_and(|word| word.rule == "cardinal");
        let said = if mixed { format!("và {said}") } else { said };
        reader.say_text(at, at + 1, "sign", Likely, &said);
    } else if is_invisible(sign) {
        reader.pass(at, at + 1, "sign");
    } else if sign.is_numeric() {
        reader.warn(at, at + 1, format!("the digit {sign} is of a script that is not read"));
        reader.say_text(at, at + 1, "sign", Doubtful, "chữ số lạ");
    } else {
        reader.warn(at, at + 1, format!("the sign {sign} has no reading and is passed over"));
        reader.pass(at, at + 1, "sign");
    }
    Some(at + 1)
}

fn follows_digits(reader: &Reader<'_>, at: usize) -> bool {
    at > 0 && reader.lexed.digits(at - 1).is_some()
}

/// A raised digit that touches a word in letters points to a note: theo báo cáo¹. After a single
/// letter it is a power (x²).
fn is_note_mark(reader: &Reader<'_>, at: usize, sign: char) -> bool {
    matches!(sign, '¹' | '²' | '³' | '⁴'..='⁹')
        && reader.lexed.is_glued(at)
        && at > 0
        && reader.lexed.word(at - 1).chars().count() > 1
        && reader.is_vietnamese(at - 1)
}

/// What a compatibility character stands for: powers, fractions, Roman numerals, digits in
/// circles and full-width forms (Unicode Standard Annex 15, compatibility decomposition).
fn compatible(sign: char) -> Option<String> {
    match sign {
        '²' => return Some("bình phương".to_owned()),
        '³' => return Some("lập phương".to_owned()),
        _ => {}
    }
    let plain: String = [sign].into_iter().nfkc().collect();
    let mut out = String::new();
    if let Some((above, below)) = plain.split_once('⁄') {
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(above) || !all_digits(below) {
            return None;
        }
        number::cardinal(above, &mut out);
        number::push(&mut out, "phần");
        number::ordinal_of_parts(below, &mut out);
    } else if let Some(value) = number::roman(&plain.to_uppercase()) {
        number::cardinal(&value.to_string(), &mut out);
    } else {
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        number::cardinal(&digits, &mut out);
    }
    Some(out)
}

/// Marks without a shape of their own: joiners, direction marks, variation selectors.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || sign.is_control()
}
