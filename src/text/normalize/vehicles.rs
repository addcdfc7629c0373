//! Codes of what drives and flies: plates, flights, registrations and types of aircraft, runways, centres of inspection.

use super::lex::Case;
use super::number;
use super::phone;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// The plate of a vehicle: 51H-123.45, 29-B1 234.56, 52N5-1234. The shape with a point is plain;
/// the others need a word that announces a plate. Form: Circular 79/2024/TT-BCA.
pub(super) fn plate(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let province = reader.lexed.digits(at).filter(|digits| digits.len() == 2)?;
    let series = at + 1 + usize::from(reader.lexed.glued_symbol(at + 1) == Some('-'));
    let letters = reader.lexed.text(series);
    let is_series = reader.lexed.is_glued(series)
        && (1..=2).contains(&letters.chars().count())
        && letters.chars().all(char::is_uppercase);
    is_series.then_some(())?;
    let digit = reader.lexed.glued_digits(series + 1).filter(|digits| digits.len() == 1);
    let mut end = series + 1 + usize::from(digit.is_some());
    // BKS: 92C – 118.27
    let lead = at - usize::from(at > 0 && reader.lexed.symbol(at - 1) == Some(':'));
    let listed =
        reader.last_tokens(3).any(|t| matches!(t, Token::Word(word) if word.class == "plate"));
    let announced = listed || reader.near_before(lead, 3, &sets::PLATES);
    // 66C1 – 054.53
    let dash = announced
        && matches!(reader.lexed.symbol(end), Some('-' | '–' | '—'))
        && reader.lexed.digits(end + 1).is_some_and(|digits| (3..=5).contains(&digits.len()));
    if dash || matches!(reader.lexed.glued_symbol(end), Some('-' | '.')) {
        end += 1;
    }
    let first = reader.lexed.digits(end).filter(|digits| (3..=5).contains(&digits.len()));
    let point = (reader.lexed.glued_symbol(end + 1) == Some('.'))
        .then(|| reader.lexed.glued_digits(end + 2))
        .flatten()
        .filter(|digits| digits.len() == 2);
    let hidden = reader.lexed.is_glued(end + 2) && phone::is_mask(reader.lexed.text(end + 2));
    // 60C1-781… chở theo: the rest is kept back, and the sentence goes on
    let cut = reader.lexed.glued_symbol(end + 1) == Some('…')
        && reader.lexed.case(end + 2) == Some(Case::Lower);
    // 29H-xxx.45: digits in front are kept back
    let front = phone::is_mask(reader.lexed.text(end))
        && reader.lexed.is_glued(end)
        && reader.lexed.glued_symbol(end + 1) == Some('.')
        && reader.lexed.glued_digits(end + 2).is_some_and(|digits| digits.len() == 2);
    if front {
        let number = reader.lexed.source(end, end + 3);
        return Some(verbalize_plate(reader, (at, end + 3), province, (letters, digit), number));
    }
    let (number, end) = match (first, point) {
        (Some(first), None) if announced && cut => (first, end + 2),
        // 51C-783.xx
        (Some(_), None) if hidden && reader.lexed.glued_symbol(end + 1) == Some('.') => {
            (reader.lexed.source(end, end + 3), end + 3)
        }
        (Some(_), Some(_)) => (reader.lexed.source(end, end + 3), end + 3),
        (Some(first), None) if announced && first.len() > 3 => (first, end + 1),
        // xe 10K would be a price
        (None, None) if reader.near_before(lead, 3, &sets::BARE_PLATES) => {
            ("", series + 1 + usize::from(digit.is_some()))
        }
        _ => return None,
    };
    Some(verbalize_plate(reader, (at, end), province, (letters, digit), number))
}

/// Says a plate: its province, the letters and the digit of its series, its number with the digits that are kept back.
fn verbalize_plate(
    reader: &mut Reader<'_>,
    (at, end): (usize, usize),
    province: &str,
    (letters, digit): (&str, Option<&str>),
    number: &str,
) -> usize {
    let letters = crate::text::transliterate::spell_letters(letters);
    reader.verbalize(at, end, "plate", Sure, |out| {
        number::cardinal(province, out);
        out.push(&letters);
        number::one_by_one(digit.unwrap_or(""), out);
        for group in number.split('.') {
            number::one_by_one(group, out);
            group.bytes().filter(u8::is_ascii_alphabetic).for_each(|_| out.push("ích"));
        }
    });
    end
}

/// Flights with one code, mostly there and back: chuyến bay VN 1542/1543, BL590/591, VJ 287-286.
pub(super) fn flights(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 20;
    let lexed = &reader.lexed;
    let count = lexed.digits(at).map(str::len).filter(|count| matches!(count, 3 | 4))?;
    let joined = |sign: usize| {
        matches!(lexed.glued_symbol(sign), Some('/' | '-' | '–'))
            && lexed.glued_digits(sign + 1).is_some_and(|digits| digits.len() == count)
    };
    let code = at.checked_sub(1).filter(|&code| {
        joined(at + 1) && lexed.case(code) == Some(Case::Upper) && lexed.text(code).len() == 2
    })?;
    let flown =
        (code.saturating_sub(REACH)..code).any(|i| matches!(lexed.word(i), "chuyến" | "bay"));
    // BL 590-591 bị hủy
    let airline = || {
        sets::AIRLINE_CODES.has(lexed.text(code))
            && match lexed.word(at + 3) {
                "bị" => matches!(lexed.word(at + 4), "hủy" | "chậm" | "hoãn"),
                "hạ" | "cất" => lexed.word(at + 4) == "cánh",
                _ => false,
            }
    };
    let flown = flown || airline();
    let mut end = at + 1;
    while joined(end) {
        end += 2;
    }
    if !flown || lexed.goes_on(end) || !counts_nothing(reader, end - 1) {
        return None;
    }
    for number in (at..end).step_by(2) {
        if number > at {
            reader.mark(number - 1, number, Mark::Comma);
        }
        let digits = reader.lexed.text(number);
        reader.verbalize(number, number + 1, "code", Likely, |out| {
            number::one_by_one(digits, out);
        });
    }
    Some(end)
}

/// A runway by its direction: đường băng 25R/07L. Form: ICAO, Annex 14, 5.2.2.
pub(super) fn runway(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 8;
    let direction = reader.lexed.digits(at).filter(|digits| digits.len() == 2)?;
    let side = at + 1;
    let letter = reader.lexed.text(side);
    let named = reader.lexed.is_glued(side)
        && matches!(letter, "L" | "R" | "C")
        && !reader.lexed.goes_on(side + 1)
        && (reader.near_before(at, REACH, &["băng"])
            || reader.near_phrase(at, REACH, ["cất", "hạ"]));
    if !named {
        return None;
    }
    let letter = crate::text::transliterate::spell_letters(letter);
    reader.verbalize(at, side + 1, "code", Likely, |out| {
        number::one_by_one(direction, out);
        out.push(&letter);
    });
    Some(side + 1)
}

/// The number of a station that inspects cars, of the province, of the station and a letter: Trung tâm Đăng kiểm 50-05V.
pub(super) fn of_inspection(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 6;
    let lexed = &reader.lexed;
    let two = |digits: &&str| digits.len() == 2;
    let province = lexed.digits(at).filter(two)?;
    let station = lexed.glued_digits(at + 2).filter(two)?;
    let letter = lexed.is_glued(at + 3) && matches!(lexed.text(at + 3), "V" | "D" | "S");
    let dash = lexed.glued_symbol(at + 1) == Some('-');
    (letter && dash && reader.near_phrase(at, REACH, ["đăng", "kiểm"])).then_some(())?;
    let letter = crate::text::transliterate::spell_letters(lexed.text(at + 3));
    reader.verbalize(at, at + 4, "code", Likely, |out| {
        number::cardinal(province, out);
        number::one_by_one(station, out);
        out.push(&letter);
    });
    Some(at + 4)
}

/// Whether the number of an aircraft of Vietnam is at `at`, behind the letters of its registration: VN-A 686, VNA 686.
pub(super) fn is_registration(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(letters) = at.checked_sub(1) else { return false };
    let parted = letters > 1
        && lexed.text(letters) == "A"
        && lexed.is_glued(letters)
        && lexed.glued_symbol(letters - 1) == Some('-')
        && lexed.text(letters - 2) == "VN";
    lexed.digits(at).is_some_and(|digits| digits.len() == 3)
        && (parted || !lexed.is_glued(at) && lexed.text(letters) == "VNA")
        && counts_nothing(reader, at)
}

/// Whether letters and digits are a type of aircraft of Boeing or Airbus: B787, A350.
pub(super) fn is_airliner(letters: &str, digits: &str) -> bool {
    letters == "B" && is_boeing(digits)
        || letters == "A" && digits.len() == 3 && digits.starts_with('3')
}

/// Whether digits are a type of aircraft of Boeing: 737, 787.
pub(super) fn is_boeing(digits: &str) -> bool {
    digits.len() == 3 && digits.starts_with('7') && digits.ends_with('7')
}

/// Whether nothing is counted, measured or paid by the number at `at`, and it is no part of one.
pub(super) fn counts_nothing(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let sign = matches!(lexed.symbol(at + 1), Some('%' | '/' | ',' | '.' | '-' | '–'));
    let goes_on = sign && (lexed.digits(at + 2).is_some() || lexed.symbol(at + 1) == Some('%'));
    let next = lexed.word(at + 1);
    let counted = sets::COUNTED_LONG.has(next)
        || sets::EACH.has(next)
        || sets::SCALES.has(next)
        || sets::MONEY_WORDS.has(next)
        || sets::LENGTHS_OF_TIME.has(next)
        || sets::COUNTED_BY_FIRMS.has(&format!("{next} {}", lexed.word(at + 2)));
    !goes_on && !counted && reader.tables.unit(lexed.rest(at + 1)).is_none()
}
