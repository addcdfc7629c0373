//! Two of a kind with a dash between them, each with its name, unit or letter: thứ 2 - thứ 6, 9 tháng - 1 năm, lô B1 - B46,
//! Km15+300 - Km17.

use super::parts::is_dash;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::numeral;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Whether the dash at `at` is between two that are the ends of a range, whatever else is near.
pub(super) fn are_ends(reader: &Reader<'_>, at: usize) -> bool {
    are_named(reader, at)
        || are_lengths(reader, at)
        || are_amounts(reader, at)
        || are_codes(reader, at)
        || are_houses(reader, at)
        || are_chainages(reader, at)
}

/// Whether a dash between two that are named by number is at `at`: thứ 2 - thứ 6, quý I - quý III.
fn are_named(reader: &Reader<'_>, at: usize) -> bool {
    let noun = reader.lexed.word(at + 1);
    let numbered =
        reader.lexed.digits(at + 2).is_some() || number::roman(reader.lexed.text(at + 2)).is_some();
    let named = sets::NAMED_ENDS.has(noun) && numbered && reader.lexed.before(at, 2) == noun;
    // thứ 3 - ngày thứ 7
    let ordinal = sets::ORDINAL_TIMES.has(noun)
        && reader.lexed.word(at + 2) == "thứ"
        && reader.lexed.digits(at + 3).is_some()
        && reader.lexed.before(at, 2) == "thứ";
    // Km15+300 - Km17, 700 TCN - 100 SCN
    let road =
        noun == "km" && (reader.lexed.before(at, 2) == "km" || reader.lexed.before(at, 4) == "km");
    let era = reader.lexed.before(at, 1) == "tcn" && reader.lexed.digits(at + 1).is_some();
    // 10 giờ-15 giờ
    let unit = reader.lexed.before(at, 1);
    let measured = at >= 2
        && sets::RANGE_UNITS.has(unit)
        && reader.lexed.digits(at - 2).is_some()
        && reader.lexed.digits(at + 1).is_some()
        && (reader.lexed.word(at + 2) == unit || reader.lexed.word(at + 4) == unit);
    // 15 tháng Chạp - 15 tháng Giêng
    let lunar = sets::LUNAR_MONTHS.has(unit)
        && reader.lexed.before(at, 2) == "tháng"
        && reader.lexed.digits(at + 1).is_some()
        && reader.lexed.word(at + 2) == "tháng";
    lunar || measured || named || ordinal || road && numbered || era
}

/// Whether a dash between the numbers of two houses is at `at`, the first of them with a letter: nhà số 36B-38 Lý Nam Đế.
fn are_houses(reader: &Reader<'_>, at: usize) -> bool {
    const APART: u16 = 20;
    let lexed = &reader.lexed;
    let Some(first) = at.checked_sub(2).and_then(|i| lexed.value(i)) else { return false };
    let letter = lexed.is_glued(at - 1)
        && lexed.case(at - 1) == Some(Case::Upper)
        && lexed.text(at - 1).len() == 1;
    letter
        && lexed.value(at + 1).is_some_and(|last| first < last && last - first <= APART)
        && lexed.case(at + 2) == Some(Case::Capital)
        && matches!(lexed.before(at - 2, 1), "số" | "nhà")
}

/// Whether a dash between two lengths of time is at `at`, each with its unit: 9 tháng - 1 năm, 30 phút - 2 giờ.
fn are_lengths(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let is_length = |i: usize| sets::LENGTHS_OF_TIME.has(lexed.word(i)) || lexed.word(i) == "tuổi";
    at > 1
        && is_length(at - 1)
        && lexed.digits(at - 2).is_some()
        && lexed.digits(at + 1).is_some_and(|digits| digits.len() <= 3)
        && is_length(at + 2)
}

/// Whether a dash between two amounts of money or large numbers is at `at`, each with its scale or unit: 200 triệu
/// – 1,3 tỷ, 1,8 triệu đồng-21,8 triệu đồng.
fn are_amounts(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let scale = |i: usize| sets::MULTIPLIERS.has(lexed.word(i));
    let money = |i: usize| sets::MONEY_WORDS.has(lexed.word(i));
    let unit = |i: usize| usize::from(scale(i)) + usize::from(money(i + usize::from(scale(i))));
    let mut first = at;
    for is_unit in [&money as &dyn Fn(usize) -> bool, &scale] {
        first -= usize::from(first > 0 && is_unit(first - 1));
    }
    let numbered = first < at && first > 0 && lexed.digits(first - 1).is_some();
    numbered && numeral::parse(lexed, at + 1).is_some_and(|right| unit(right.end) > 0)
}

/// Whether a dash between the ends of an alphabet is at `at`: từ A-Z.
pub(super) fn are_letters(reader: &Reader<'_>, at: usize) -> bool {
    let letter = |i: usize| reader.lexed.text(i).len() == 1 && reader.lexed.case(i).is_some();
    let Some(first) = at.checked_sub(1) else { return false };
    let whole = reader.lexed.text(first) == "A" && reader.lexed.text(at + 1) == "Z";
    // bốn bảng A-D, lô C-F
    let ascends = reader.lexed.text(first) < reader.lexed.text(at + 1);
    let upper = |i: usize| reader.lexed.case(i) == Some(Case::Upper);
    let named = ascends
        && upper(first)
        && upper(at + 1)
        && !reader.lexed.goes_on(at + 2)
        && sets::LETTERED_GROUPS.has(reader.lexed.before(first, 1));
    letter(first) && letter(at + 1) && (whole || named || reader.lexed.before(first, 1) == "từ")
}

/// Whether a dash between two numbers of one letter is at `at`, the second the greater: lô B1 - B46.
fn are_codes(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let letters = lexed.text(at + 1).chars().count();
    let longest = if letters > 1 { 6 } else { 3 };
    let number = |digits: Option<&str>| digits.filter(|d| d.len() <= longest)?.parse::<u32>().ok();
    let first = at.checked_sub(1).and_then(|left| number(lexed.glued_digits(left)));
    let second = number(lexed.glued_digits(at + 2));
    let letter = lexed.text(at + 1);
    // A01 - A15, mã số BN21036 - BN21647; a model is no range: CT1-CT2 are two buildings
    let coded = letters == 1 || letters < 4 && lexed.digits(at + 2).is_some_and(|d| d.len() > 3);
    let chainage = lexed.glued_symbol(at + 3) == Some('+');
    let same = at >= 2 && lexed.text(at - 2) == letter && coded && !chainage;
    // chung cư M3 - M4: two towers
    let towers = |(first, second): (u32, u32)| {
        first + 1 == second
            && reader.near_before(at - 2, 1, &sets::TOWERS)
            && !reader.near_before(at - 2, 4, &["từ"])
    };
    let goes_on = lexed.glued_symbol(at + 3).is_some_and(is_dash);
    same && letter.chars().all(char::is_uppercase)
        && first.zip(second).is_some_and(|two| two.0 < two.1 && !towers(two))
        && !goes_on
}

/// Whether a dash is between two places of a road: K45+310 - K45+335.
pub(in crate::text::normalize) fn are_chainages(reader: &Reader<'_>, at: usize) -> bool {
    let place = |i: usize| {
        matches!(reader.lexed.word(i), "k" | "km")
            && reader.lexed.glued_digits(i + 1).is_some()
            && reader.lexed.glued_symbol(i + 2) == Some('+')
    };
    at > 3 && place(at - 4) && place(at + 1)
}

/// Whether the stroke at `at` is between two ranges, which are told one after the other: 22-25/30-33 độ.
pub(in crate::text::normalize) fn are_ranges(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let dash = |i: usize| lexed.glued_symbol(i).is_some_and(is_dash);
    at > 2
        && lexed.digits(at - 1).is_some()
        && dash(at - 2)
        && lexed.digits(at - 3).is_some()
        && lexed.glued_digits(at + 1).is_some()
        && dash(at + 2)
        && lexed.glued_digits(at + 3).is_some()
        && lexed.glued_symbol(at + 4) != Some('/') // 24-25/9-26/9
}
