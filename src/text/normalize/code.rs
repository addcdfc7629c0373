//! Digits that belong to the letters before them, and digits in several groups: U23, COVID-19,
//! VTV1, QL1A, 4-4-2, 978-604-1.

use super::date;
use super::fraction;
use super::lex::Case;
use super::number;
use super::numeral;
use super::range;
use super::reader::Reader;
use super::vehicles;
use super::verbalization::Verbalization;
use super::word_sets as sets;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};

/// The number of an account in groups has so many digits at least.
const LEAST_OF_ACCOUNT: usize = 8;

/// More digits than this before a hyphen are an identifier, not the start of a range.
const LONGEST_NUMBER: usize = 6;

/// Reads the digits of a code.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    vehicles::plate(reader, at)
        .or_else(|| of_case(reader, at))
        .or_else(|| block_of_oil(reader, at))
        .or_else(|| vehicles::of_inspection(reader, at))
        .or_else(|| listed(reader, at))
        .or_else(|| singly(reader, at))
        .or_else(|| vehicles::runway(reader, at))
        .or_else(|| vehicles::flights(reader, at))
        .or_else(|| after_letters(reader, at))
        .or_else(|| dashed(reader, at))
}

/// A name that begins with a digit and that the table of abbreviations has: 2NE1, 7-Eleven, hãng 3M.
fn listed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let named = lexed.is_glued(at + 1)
        && lexed.case(at + 1) == Some(Case::Upper)
        && lexed.glued_digits(at + 2).is_some();
    let hyphened = lexed.glued_symbol(at + 1) == Some('-')
        && lexed.is_glued(at + 2)
        && lexed.case(at + 2) == Some(Case::Capital);
    // hãng 3M, but not kỳ hạn 3M
    let firm = lexed.is_glued(at + 1)
        && lexed.case(at + 1) == Some(Case::Upper)
        && sets::FIRM_LEADS.has(lexed.before(at, 1));
    let end = if named || hyphened { at + 3 } else { at + 2 };
    if !(named || hyphened || firm) || lexed.goes_on(end) {
        return None;
    }
    let written = lexed.source(at, end);
    let row =
        reader.tables.abbreviations(lexed.text(at)).iter().find(|row| row.written == written)?;
    reader.verbalize_as(at, end, "code", Likely, row.expansion);
    Some(end)
}

/// A number of three digits or four behind what makes it a row of digits: PARA 1011, Nokia 105, VN-A 686.
fn singly(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let digits = reader.lexed.digits(at).filter(|digits| matches!(digits.len(), 3 | 4))?;
    let row = sets::READ_BY_DIGITS.has(reader.lexed.before(at, 1)) && digits.len() == 4;
    // Lumia 900 is one number, Nokia 500 triệu an amount, Nokia 2023 of a year
    let phone = sets::PHONES.has(reader.lexed.before(at, 1))
        && !digits.ends_with("00")
        && !(digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
        && !reader.lexed.is_glued(at);
    let named = row
        || (phone || vehicles::is_registration(reader, at)) && vehicles::counts_nothing(reader, at);
    if !named || reader.lexed.goes_on(at + 1) {
        return None;
    }
    reader.verbalize(at, at + 1, "code", Likely, |out| number::one_by_one(digits, out));
    Some(at + 1)
}

/// The number of a case of the police, the month and year in which it was begun and a letter: chuyên án 0825L, bí số 925V.
fn of_case(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let digits = lexed.digits(at).filter(|digits| matches!(digits.len(), 3 | 4))?;
    let letter = lexed.text(at + 1);
    let lettered = lexed.is_glued(at + 1)
        && lexed.case(at + 1) == Some(Case::Upper)
        && letter.chars().nth(1).is_none()
        && !lexed.goes_on(at + 2);
    // chuyên án 500G ma túy: no month is before the year
    let month = &digits[..digits.len() - 2];
    let dated = month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let from = at - usize::from(at > 0 && matches!(lexed.symbol(at - 1), Some('"' | '“' | ':')));
    let named = || {
        reader.follows(from, &["chuyên", "án"])
            || reader.follows(from, &["bí", "số"])
            || reader.follows(from, &["chuyên", "án", "số"])
    };
    if !lettered || !dated || !named() {
        return None;
    }
    let letter = crate::text::transliterate::spell_letters(letter);
    reader.verbalize(at, at + 2, "code", Likely, |out| {
        number::one_by_one(digits, out);
        out.push(&letter);
    });
    Some(at + 2)
}

/// The number of a block of oil or gas: lô 15-1/05, Lô 09-2/09.
fn block_of_oil(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const PARTS: usize = 5;
    let lexed = &reader.lexed;
    let short = |i: usize| lexed.digits(i).filter(|digits| digits.len() <= 2);
    let numbered = short(at).is_some()
        && lexed.glued_symbol(at + 1) == Some('-')
        && lexed.is_glued(at + 2)
        && short(at + 2).is_some()
        && lexed.glued_symbol(at + 3) == Some('/')
        && lexed.glued_digits(at + 4).is_some_and(|year| year.len() == 2)
        && !lexed.goes_on(at + PARTS);
    let led = lexed.before(at, 1) == "lô" || lexed.before(at, 1) == "khí";
    (numbered && led).then_some(())?;
    for part in (at..at + PARTS).step_by(2) {
        if part > at {
            reader.mark(part - 1, part, Mark::Comma);
        }
        let digits = reader.lexed.text(part);
        reader.verbalize(part, part + 1, "code", Likely, |out| {
            number::one_by_one(&digits[..usize::from(digits.starts_with('0'))], out);
            number::cardinal(digits, out);
        });
    }
    Some(at + PARTS)
}

/// Ø16, φ16: the width of what is round.
pub(super) fn read_width(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = matches!(reader.lexed.text(at), "Ø" | "ø" | "Φ" | "φ" | "⌀" | "∅");
    reader.lexed.glued_digits(at + 1).filter(|_| sign)?;
    let width = numeral::parse(&reader.lexed, at + 1)?;
    reader.verbalize(at, width.end, "code", Likely, |out| {
        out.push("phi");
        width.verbalize(out);
    });
    Some(width.end)
}

/// Digits glued to a word, or to a hyphen glued to a word: up to three are one number, more are
/// read singly. A decimal part stays with them (PM2.5).
fn after_letters(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let after_range = reader.last_word().is_some_and(|word| word.class == "range")
        || reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if word.class == "place"));
    // 220V-50Hz: what a device takes, each with its unit
    let after_unit = at > 0
        && reader.lexed.glued_symbol(at - 1) == Some('-')
        && reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if word.class == "unit"));
    if !reader.lexed.is_glued(at) || at == 0 || after_range || after_unit {
        return None;
    }
    // The point of CT.01 belongs to the code, for nothing counted begins with a zero.
    let joined = match reader.lexed.glued_symbol(at - 1) {
        Some('-') => true,
        Some('.') => {
            let capitals = at.checked_sub(2).and_then(|letters| reader.lexed.case(letters));
            capitals == Some(Case::Upper) && reader.lexed.text(at).starts_with('0')
        }
        _ => false,
    };
    let letters = if joined { at.checked_sub(2)? } else { at - 1 };
    reader.lexed.case(letters)?;
    let product = matches!(reader.lexed.word(letters), "x" | "mx" | "cmx" | "mmx");
    if product && reader.lexed.is_glued(letters) {
        return None; // 5x20m, 3mx3m
    }
    if is_measured(reader, letters, at) {
        return None; // ống D1,2m
    }
    if reader.lexed.word(letters) == "km" {
        return None; // km12+300 is a place on a road
    }
    let digits = reader.lexed.digits(at)?;
    if let Some(end) = row_of_codes(reader, at) {
        return Some(end);
    }
    if is_clock(reader, at) {
        return None; // the hours of 2025-03-11T14:22:03
    }
    let flight = reader.lexed.case(letters) == Some(Case::Upper)
        && reader.lexed.text(letters).len() == 2
        && reader.near_before(letters, 12, &["chuyến"]);
    let airliner = !joined && vehicles::is_airliner(reader.lexed.text(letters), digits);
    let singly = digits.len() == 3
        && (flight || reader.near_before(letters, 3, &sets::FLIGHT_CODES))
        || airliner && vehicles::is_boeing(digits);
    let mut end = at + 1;
    let mut sign = ' ';
    while let Some((next, after)) = next_group(reader, end) {
        sign = next;
        end = after;
    }
    // B777-300ER, A350-900, B787-9: the version
    let version = airliner
        && reader.lexed.glued_symbol(end) == Some('-')
        && reader.lexed.glued_digits(end + 1).is_some_and(|version| {
            version.len() == 3 && version.ends_with("00")
                || vehicles::is_boeing(digits) && matches!(version, "7" | "8" | "9")
        })
        && !sets::COUNTED_AFTER_CODE.has(reader.lexed.word(end + 2));
    end += if version { 2 } else { 0 };
    let written = reader.lexed.source(at, end);
    let point = match sign {
        '.' => Some("chấm"),
        ',' => Some("phẩy"),
        _ => None,
    };
    // thần tượng15: it may be the mark of a note
    let word = reader.lexed.text(letters);
    let small = reader.lexed.case(letters) == Some(Case::Lower) && word.chars().count() > 2;
    let of_word = !joined && reader.is_vietnamese(letters) && (small || !word.is_ascii());
    let confidence = if of_word { Doubtful } else { Likely };
    reader.verbalize(at, end, "code", confidence, |out| {
        for (i, group) in written.split(['.', ',', '-', '/']).enumerate() {
            if let Some(point) = point.filter(|_| i > 0) {
                out.push(point);
            }
            if singly && i == 0 {
                number::one_by_one(group, out);
            } else if i > 0 && group.ends_with("00") && !group.starts_with('0') {
                number::cardinal(group, out); // DDR5-6400
            } else {
                push_code(out, group);
            }
        }
    });
    // F-16s: more than one of them, but T-90S is a type
    let several = joined
        && reader.lexed.text(end) == "s"
        && reader.lexed.is_glued(end)
        && !reader.lexed.goes_on(end + 1)
        && reader.lexed.case(letters) != Some(Case::Lower);
    if several {
        reader.pass(end, end + 1, "plural");
        end += 1;
    }
    Some(end)
}

/// Whether the digits at `at`, behind a single letter, are a measure with a decimal comma and its unit: ống D1,2m.
fn is_measured(reader: &Reader<'_>, letter: usize, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.text(letter).chars().nth(1).is_none()
        && lexed.glued_symbol(at + 1) == Some(',')
        && lexed.glued_digits(at + 2).is_some_and(|parts| parts.len() <= 2)
        && lexed.is_glued(at + 3)
        && reader.tables.unit(lexed.rest(at + 3)).is_some()
}

/// BN842-872: from one to another of what is numbered by an abbreviation that was said in full.
fn row_of_codes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let first = reader.lexed.digits(at).filter(|first| first.len() > 1)?;
    reader.lexed.glued_symbol(at + 1).filter(|&sign| range::is_dash(sign))?;
    let last = reader.lexed.glued_digits(at + 2)?;
    let in_full = reader
        .last_word()
        .is_some_and(|word| word.class == "abbreviation" && reader.said(word).contains(' '));
    let ascends = first.len() == last.len() && first < last && !first.starts_with('0');
    if !in_full || !ascends || reader.lexed.goes_on(at + 3) {
        return None;
    }
    reader.verbalize(at, at + 3, "code", Likely, |out| {
        number::cardinal(first, out);
        out.push("đến");
        number::cardinal(last, out);
    });
    Some(at + 3)
}

/// The sign before the next group of a code's digits, and the index after the group: the .5 of
/// PM2.5, the -05 of A12-05, but not the -5 of "các lô A1-5", which is a range.
fn next_group(reader: &Reader<'_>, at: usize) -> Option<(char, usize)> {
    let dust = matches!(reader.lexed.before(at, 2), "pm" | "vđ"); // PM2,5, VĐ3,5
    let sign = reader.lexed.glued_symbol(at);
    let sign = sign.filter(|sign| matches!(sign, '.' | '-') || dust && *sign == ',')?;
    let group = reader.lexed.glued_digits(at + 1)?;
    let joined = matches!(sign, '.' | ',') || group.starts_with('0') || group.len() > 3;
    joined.then_some((sign, at + 2))
}

/// Whether the hours of a time of day are at `at`: two digits, a colon and two more.
fn is_clock(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.text(at).len() == 2
        && reader.lexed.glued_symbol(at + 1) == Some(':')
        && reader.lexed.glued_digits(at + 2).is_some_and(|minutes| minutes.len() == 2)
}

/// Three or more groups of digits joined by hyphens. No phone number (that class came before).
fn dashed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mut end = at + 1;
    while matches!(reader.lexed.glued_symbol(end), Some('-' | '–'))
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        end += 2;
    }
    let groups = (end - at).div_ceil(2);
    let colon = at - usize::from(at > 0 && reader.lexed.symbol(at - 1) == Some(':'));
    let issn = groups == 2 && reader.near_before(colon, 3, &["issn"]);
    let book = groups >= 3 && reader.near_before(colon, 3, &["isbn", "issn"]) || issn;
    // STK 10201-0001234567
    let digits: usize = (at..end).step_by(2).map(|i| reader.lexed.text(i).len()).sum();
    let account = groups > 1
        && digits >= LEAST_OF_ACCOUNT
        && (reader.near_before(colon, 4, &sets::ACCOUNT_LEADS)
            || reader.near_phrase(colon, 6, ["tài", "khoản"]))
        && (at..end).step_by(2).any(|i| {
            let group = reader.lexed.text(i); // no years, and no amounts
            group.len() > 5 || group.starts_with('0')
        })
        && !reader.counts_next(end);
    let book = book || account;
    let is_date = reader.lexed.text(end - 1).len() == 4 || reader.lexed.text(at).len() == 4;
    let model = groups == 2
        && reader.near_before(at, 3, &sets::AIRCRAFT)
        && reader.lexed.text(at).len() == 3;
    // Inspiron 15-3521: the size of a machine and its number
    let name = at.checked_sub(1).filter(|&name| {
        reader.lexed.case(name) == Some(Case::Capital) && !reader.is_vietnamese(name)
    });
    let model = model
        || groups == 2
            && name.is_some()
            && reader.lexed.text(at).len() == 2
            && reader.lexed.text(end - 1).len() == 4
            && range::year(reader, end - 1).is_none();
    // ATR 72-600
    let series = groups == 2
        && at > 0
        && reader.lexed.case(at - 1) == Some(Case::Upper)
        && reader.lexed.text(at - 1).len() > 1
        && reader.lexed.text(at - 1).is_ascii()
        && !reader.tables.is_abbreviation(reader.lexed.text(at - 1))
        && reader.lexed.text(at).len() == 2
        && reader.lexed.text(end - 1).len() == 3
        && reader.lexed.text(end - 1).ends_with("00")
        && !sets::COUNTED_AFTER_CODE.has(reader.lexed.word(end))
        && reader.tables.unit(reader.lexed.rest(end)).is_none();
    // 11 chiếc 787-9
    let boeing = groups == 2
        && vehicles::is_boeing(reader.lexed.text(at))
        && (matches!(reader.lexed.text(end - 1), "7" | "8" | "9")
            || reader.lexed.text(end - 1).len() == 3 && reader.lexed.text(end - 1).ends_with("00"))
        && reader.near_before(at, 2, &sets::COUNTED_AIRCRAFT)
        && !reader.lexed.goes_on(end)
        && !sets::SCALES.has(reader.lexed.word(end))
        && reader.tables.unit(reader.lexed.rest(end)).is_none(); // mỗi chiếc 777-800 triệu
    let model = model || series || boeing;
    // QCVN 01-1:2018
    let standard = groups == 2
        && reader.near_before(at, 3, &sets::STANDARD_BODIES)
        && reader.lexed.glued_symbol(end) == Some(':')
        && range::year(reader, end + 1).is_some();
    if standard {
        let (part, year) = (reader.lexed.text(end - 1), reader.lexed.text(end + 1));
        let number = reader.lexed.text(at);
        reader.verbalize(at, end, "code", Likely, |out| {
            push_code(out, number);
            out.push("gạch");
            push_code(out, part);
        });
        reader.mark(end, end + 1, Mark::Comma);
        reader.verbalize(end + 1, end + 2, "code", Likely, |out| number::year(year, out));
        return Some(end + 2);
    }
    let identifier = model || book || groups == 2 && reader.lexed.text(at).len() > LONGEST_NUMBER;
    let short_date = groups == 3 && date::is_short(reader, at);
    if (groups < 3 && !identifier) || (groups == 3 && is_date && !book) || short_date {
        return None;
    }
    let written = reader.lexed.source(at, end);
    let plain = |group: &str| group.len() <= 3 && !group.starts_with('0');
    if groups == 3
        && written.split(['-', '–']).all(plain)
        && (fraction::is_in_brackets(reader, at, end)
            || reader.lexed.word(end) == "cm"
            || reader.near_before(at, 4, &["đo", "vòng"]))
    {
        fraction::tell_apart(reader, at, end); // a tally: (12-8-25)
        return Some(end);
    }
    // 15-12-10-8: one number after the other, and not 4-4-2, which is said in one breath
    let short = |group: &str| group.len() <= 2 && !group.starts_with('0');
    let long = |group: &str| group.len() > 1;
    if written.split(['-', '–']).all(short) && written.split(['-', '–']).any(long) {
        fraction::tell_apart(reader, at, end);
        return Some(fraction::read_unit(reader, end));
    }
    reader.verbalize(at, end, "code", Sure, |out| {
        for (i, group) in written.split(['-', '–']).enumerate() {
            if book || model && i == 0 && group.len() == 3 {
                number::one_by_one(group, out);
            } else {
                push_code(out, group);
            }
        }
    });
    Some(end)
}

/// Whether letters name a class of a school, with the grade before them: lớp 10CT và 10CV.
pub(super) fn names_a_class(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let grade = at.checked_sub(1).and_then(|grade| reader.lexed.digits(grade));
    let is_grade = |digits: &str| digits.parse::<u8>().is_ok_and(|grade| (1..=12).contains(&grade));
    reader.lexed.is_glued(at)
        && grade.is_some_and(is_grade)
        && reader.near_before(at, REACH, &["lớp"])
}

/// Up to three digits without a leading zero and whole thousands (V1000) as one number, anything else
/// digit by digit.
fn push_code(out: &mut Verbalization, digits: &str) {
    let thousands = digits.len() == 4 && digits.ends_with("000");
    if (digits.len() <= 3 || thousands) && !digits.starts_with('0') {
        number::cardinal(digits, out);
    } else {
        number::one_by_one(digits, out);
    }
}
