//! Dashes between numbers: 2021- 2026, 2020 - 2025, 5-10 người, 7h-9h.

mod apart;
mod prices;

use super::lex::Case;
use super::number;
use super::numeral;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::{Mark, Token};
use crate::text::transliterate;

/// Reads a dash with a number said before it and digits after it as `đến`; as `trừ` where an
/// equals sign follows the second number or a word announces a sum. A colon or the sign ÷ before
/// an equals sign is `chia`.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    if matches!(sign, ':' | '÷') && is_equation(reader, at) {
        reader.verbalize_as(at, at + 1, "minus", Sure, "chia");
        return Some(at + 1);
    }
    if is_zone(reader, at) {
        reader.verbalize_as(at, at + 1, "minus", Sure, "trừ");
        return Some(at + 1);
    }
    if is_cell(reader, at) {
        reader.verbalize_as(at, at + 1, "minus", Likely, "âm");
        return Some(at + 1);
    }
    if !is_dash(sign) {
        return None;
    }
    let after_weekday = reader.last_word().is_some_and(|word| word.class == "weekday");
    if after_weekday && reader.lexed.text(at + 1) == "T" {
        reader.verbalize_as(at, at + 1, "range", Likely, "đến"); // T2-T6
        return Some(at + 1);
    }
    let after_month = reader.last_word().is_some_and(|word| word.class == "date");
    if after_month
        && reader.lexed.text(at + 1) == "T"
        && reader.lexed.glued_digits(at + 2).is_some()
    {
        reader.verbalize_as(at, at + 1, "range", Likely, "đến"); // T9/2013-T9/2014
        return Some(at + 1);
    }
    if after_weekday && reader.lexed.text(at + 1) == "CN" {
        reader.verbalize_as(at, at + 2, "range", Likely, "đến Chủ nhật"); // T2-CN
        return Some(at + 2);
    }
    if reader.lexed.glued_symbol(at + 1) == Some('>') {
        reader.verbalize_as(at, at + 2, "range", Likely, "đến"); // an arrow in plain type
        return Some(at + 2);
    }
    if reader.lexed.word(at + 1) == "nay" && at > 0 && reader.lexed.digits(at - 1).is_some() {
        reader.verbalize_as(at, at + 1, "range", Likely, "đến"); // 1945-nay
        return Some(at + 1);
    }
    if joins_two_years(reader, at) {
        reader.verbalize_as(at, at + 1, "range", Likely, "và"); // trong hai năm 2014-2015
        return Some(at + 1);
    }
    if is_about(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "khoảng");
        return Some(at + 1);
    }
    if is_other_currency(reader, at, at + 1) {
        reader.mark(at, at + 1, Mark::Comma);
        return Some(at + 1);
    }
    if is_between_letters(reader, at) {
        // The D of A-D would be five hundred.
        let last = transliterate::spell_letters(reader.lexed.text(at + 1));
        reader.verbalize_as(at, at + 1, "range", Likely, "đến");
        reader.verbalize_as(at + 1, at + 2, "letter", Likely, &last);
        return Some(at + 2);
    }
    if is_taken_away(reader, at) {
        reader.verbalize_as(at, at + 1, "minus", Likely, "trừ");
        return Some(at + 1);
    }
    if reader.lexed.digits(at + 1).is_some() && prices::are_posted(reader, at, at + 1) {
        reader.mark(at, at + 1, Mark::Comma); // vàng SJC 37,25 - 37,45 triệu đồng/lượng
        return Some(at + 1);
    }
    if is_between_named(reader, at)
        || is_between_lengths(reader, at)
        || is_between_amounts(reader, at)
        || is_between_codes(reader, at)
        || is_between_houses(reader, at)
        || is_between_chainages(reader, at)
    {
        reader.verbalize_as(at, at + 1, "range", Likely, "đến");
        return Some(at + 1);
    }
    // 45% + (12 x 2%) - 6% = 63%
    let bracket = matches!(reader.last_token(), Some(Token::Mark(Mark::CloseBracket, _)));
    if bracket && is_equated(reader, at) {
        reader.verbalize_as(at, at + 1, "minus", Likely, "trừ");
        return Some(at + 1);
    }
    let below = reader.lexed.symbol(at + 1) == Some('<') || reader.lexed.word(at + 1) == "dưới";
    if below && reader.lexed.digits(at + 2).is_some() && follows_number(reader) {
        reader.verbalize_as(at, at + 2, "range", Likely, "đến dưới"); // 50–<100, 9 - dưới 15 tuổi
        return Some(at + 2);
    }
    let signed = usize::from(matches!(reader.lexed.symbol(at + 1), Some('$' | '€' | '£' | '+')));
    let right = at + 1 + signed;
    // quý III -12%, tháng 3 -5%: a fall, and no range
    let named = sets::PERIODS.has(reader.lexed.before(at, 2));
    let falls = named
        && !reader.lexed.is_glued(at)
        && reader.lexed.is_glued(right)
        && numeral::parse(&reader.lexed, right)
            .is_some_and(|number| reader.lexed.symbol(number.end) == Some('%'));
    if falls {
        return None;
    }
    let after_roman = reader.last_word().is_some_and(|word| word.class == "roman");
    let roman = after_roman && number::roman(reader.lexed.text(right)).is_some();
    if !roman && (reader.lexed.digits(right).is_none() || !follows_number(reader)) {
        return None;
    }
    if apart::is_price_of_grade(reader, at, right) {
        reader.mark(at, at + 1, Mark::Dash);
        return Some(at + 1);
    }
    if apart::is_between(reader, at, right) {
        reader.mark(at, at + 1, Mark::Comma);
        return Some(at + 1);
    }
    let first = at.checked_sub(1).and_then(|left| year(reader, left));
    let ascends = first.is_some() && first < year(reader, right);
    let (class, confidence, said) = if ascends {
        ("range", Sure, "đến")
    } else if is_equation(reader, at) {
        ("minus", Sure, "trừ")
    } else if is_difference(reader, at) {
        ("minus", Likely, "trừ")
    } else if roman || is_told(reader, at, right) {
        ("range", Likely, "đến")
    } else {
        ("range", Doubtful, "đến")
    };
    reader.verbalize_as(at, at + 1, class, confidence, said);
    Some(at + 1)
}

/// Reads two prices with a stroke between: 37,23/37,31 triệu đồng/lượng.
pub(super) fn read_prices(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    prices::read(reader, at)
}

/// Whether two years that follow one another were announced as two: hai năm 2014-2015.
fn joins_two_years(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let two =
        at > 2 && lexed.word(at - 2) == "năm" && matches!(lexed.text(at - 3), "hai" | "2" | "02");
    two && year(reader, at - 1).is_some()
        && year(reader, at + 1).is_some()
        && lexed.value(at - 1).map(|first| first + 1) == lexed.value(at + 1)
}

/// Whether something tells that the numbers around the dash at `at` are the ends of a range: they touch it, they are measured
/// or count something, or a word leads to amounts. Numbers apart may be two that stand side by side (Chỉ thị 16 - 17).
fn is_told(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    /// A word that leads to a range may be so many words before it.
    const REACH: usize = 3;
    let lexed = &reader.lexed;
    let end = numeral::parse(lexed, right).map_or(right + 1, |number| number.end);
    let sign = matches!(lexed.symbol(end), Some('%' | '‰' | '°' | '/' | '$' | '+'));
    lexed.is_glued(at)
        || lexed.is_glued(at + 1)
        || sign
        || reader.counts_next(end)
        || sets::MONEY_WORDS.has(lexed.word(end))
        || sets::SCALES.has(lexed.word(end))
        || reader.tables.unit(lexed.rest(end)).is_some()
        || reader.near_before(at, REACH, &sets::RANGE_LEADS)
        || reader.last_word().is_some_and(|word| word.class != "cardinal")
}

/// Whether a dash between two that are named by number is at `at`: thứ 2 - thứ 6, quý I - quý III.
fn is_between_named(reader: &Reader<'_>, at: usize) -> bool {
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
fn is_between_houses(reader: &Reader<'_>, at: usize) -> bool {
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
fn is_between_lengths(reader: &Reader<'_>, at: usize) -> bool {
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
fn is_between_amounts(reader: &Reader<'_>, at: usize) -> bool {
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

/// Whether an amount is taken away from a greater one, as a sum or a product behind them tells: 5 tỷ - 3,8 tỷ = 1,2 tỷ, (2,8 tỷ -
/// 500 triệu) x 0,5%.
fn is_taken_away(reader: &Reader<'_>, at: usize) -> bool {
    /// What a sum has behind a dash, in lexemes.
    const REACH: usize = 32;
    let lexed = &reader.lexed;
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    if !free || lexed.digits(at + 1).is_none() {
        return false;
    }
    let is_unit =
        |i: usize| sets::MULTIPLIERS.has(lexed.word(i)) || sets::MONEY_WORDS.has(lexed.word(i));
    let units = (1..=3).take_while(|&back| at > back && is_unit(at - back)).count();
    let Some(left) = (at - units).checked_sub(1).and_then(|last| number_up_to(reader, last)) else {
        return false;
    };
    let Some(right) = numeral::parse(lexed, at + 1) else { return false };
    let scaled = |number: &numeral::Numeral<'_>, mut unit: usize| {
        let mut value = value(number);
        while let Some(scale) = scale(lexed.word(unit)) {
            value *= scale;
            unit += 1;
        }
        value
    };
    let measured = units > 0 || is_unit(right.end);
    let descends = scaled(&left, at - units) > scaled(&right, right.end);
    let mut i = right.end;
    while i < at + REACH {
        match lexed.symbol(i) {
            Some('=') => return (measured || i > right.end) && descends,
            Some(')') => {
                let times = match lexed.word(i + 1) {
                    "x" => true,
                    "nhân" => lexed.digits(i + 2).is_some() || lexed.word(i + 2) == "với",
                    _ => false,
                };
                // (3 triệu - 2 triệu) x 5 hạng mục: prizes
                let counted = times
                    && numeral::parse(lexed, i + 2).is_some_and(|n| reader.counts_next(n.end));
                let product =
                    matches!(lexed.symbol(i + 1), Some('×' | '*' | '=')) || times && !counted;
                return product && descends;
            }
            Some('+' | '-' | '–' | '.' | ',' | '%') => {}
            Some(_) => return false,
            None => {
                if lexed.digits(i).is_none() && !is_unit(i) {
                    return false;
                }
            }
        }
        i += 1;
    }
    false
}

/// How much a word multiplies a number by.
fn scale(word: &str) -> Option<f64> {
    match word {
        "nghìn" | "ngàn" => Some(1e3),
        "triệu" => Some(1e6),
        "tỷ" | "tỉ" => Some(1e9),
        _ => None,
    }
}

/// Whether a dash between the ends of an alphabet is at `at`: từ A-Z.
fn is_between_letters(reader: &Reader<'_>, at: usize) -> bool {
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

/// Whether a wave with white space around it says what an amount is about in another measure: 7 km ~ 300 kcal, 100 USD ~
/// 2,5 triệu đồng, 3k/ngày ~ 109,5%/năm. Elsewhere it is a range.
fn is_about(reader: &Reader<'_>, at: usize) -> bool {
    /// A share on the left would be told so many lexemes before.
    const REACH: usize = 4;
    let lexed = &reader.lexed;
    let free = lexed.symbol(at) == Some('~') && !lexed.is_glued(at) && at > 0;
    if !free || lexed.digits(at - 1).is_some() {
        return false;
    }
    let Some(end) = numeral::parse(lexed, at + 1).map(|number| number.end) else { return false };
    let share = |i: usize| lexed.symbol(i) == Some('%');
    let energy = |i: usize| matches!(lexed.text(i), "kcal" | "calo");
    is_other_currency(reader, at, at + 1)
        || energy(end) && !energy(at - 1)
        || share(end) && !(at.saturating_sub(REACH)..at).any(share)
}

/// Whether a dash between one amount in two currencies is at `at`: 357.000 USD – 8,38 tỷ đồng.
fn is_other_currency(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    const REACH: usize = 3;
    let lexed = &reader.lexed;
    let dong = |i: usize| matches!(lexed.word(i), "đồng" | "đ" | "vnđ" | "vnd");
    let foreign = |i: usize| sets::CURRENCY_CODES.has(lexed.word(i)) && !dong(i);
    let left = at.checked_sub(1);
    let Some(second) = numeral::parse(lexed, right) else { return false };
    let second = (second.end..second.end + REACH).take_while(|&i| lexed.case(i).is_some());
    let second = second.into_iter().find(|&i| dong(i) || foreign(i));
    left.zip(second).is_some_and(|(left, second)| {
        foreign(left) && dong(second) || dong(left) && foreign(second)
    })
}

/// The year at `at`, of the twentieth or the twenty-first century.
pub(super) fn year<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    reader.lexed.digits(at).filter(|d| d.len() == 4 && matches!(&d[..2], "19" | "20"))
}

/// Whether a dash between two numbers of one letter is at `at`, the second the greater: lô B1 - B46.
fn is_between_codes(reader: &Reader<'_>, at: usize) -> bool {
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
pub(super) fn is_between_chainages(reader: &Reader<'_>, at: usize) -> bool {
    let place = |i: usize| {
        matches!(reader.lexed.word(i), "k" | "km")
            && reader.lexed.glued_digits(i + 1).is_some()
            && reader.lexed.glued_symbol(i + 2) == Some('+')
    };
    at > 3 && place(at - 4) && place(at + 1)
}

/// Whether the sign at `at` is between two numbers and an equals sign after them: 1/2 - 1/3 =.
fn is_equation(reader: &Reader<'_>, at: usize) -> bool {
    follows_number(reader) && is_equated(reader, at)
}

/// Whether an equals sign is behind the number that follows the sign at `at`.
fn is_equated(reader: &Reader<'_>, at: usize) -> bool {
    let after = || {
        let end = numeral::parse(&reader.lexed, at + 1)?.end;
        let end = end + usize::from(reader.lexed.symbol(end) == Some('%')); // 100% - 79,3%=20,7%
        let fraction = reader.lexed.glued_symbol(end) == Some('/')
            && reader.lexed.glued_digits(end + 1).is_some();
        reader.lexed.symbol(if fraction { end + 2 } else { end })
    };
    after() == Some('=')
}

/// Whether a sum is announced, and its second number is smaller than the first: phép tính 5 - 3.
fn is_difference(reader: &Reader<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(1).and_then(|first| reader.lexed.digits(first)) else {
        return false;
    };
    let Some(second) = reader.lexed.digits(at + 1) else { return false };
    let descends = match (first.parse::<u32>(), second.parse::<u32>()) {
        (Ok(first), Ok(second)) => first > second,
        _ => false,
    };
    let measured = matches!(reader.lexed.symbol(at + 2), Some('%' | '°' | '-' | '/'));
    descends && !measured && is_sum(reader, at - 1)
}

/// Whether the word before a number announces a sum.
pub(super) fn is_sum(reader: &Reader<'_>, at: usize) -> bool {
    sets::SUM_LEADS.has(reader.lexed.before(at, 1))
}

/// Whether the minus of a number in a row of a table is at `at`, behind another number: VCB 58.200 -2,3%
/// -2,81. White space is before it alone. A range goes up, and so does one that is written carelessly
/// (20 -30 mm); years, scores and days are shorter.
fn is_cell(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let sign = matches!(lexed.symbol(at), Some('-' | '−' | '–')) && !lexed.is_glued(at);
    if !sign || lexed.glued_digits(at + 1).is_none() {
        return false;
    }
    let Some(right) = numeral::parse(lexed, at + 1) else { return false };
    let share = at > 0 && lexed.symbol(at - 1) == Some('%');
    let last = at.checked_sub(if share { 2 } else { 1 });
    let Some((from, left)) = last.and_then(|last| number_from_to(reader, last)) else {
        return false;
    };
    // 4,62 6,39 -28%: a third number is before both.
    let in_row = from > 0
        && !lexed.is_glued(from)
        && (lexed.digits(from - 1).is_some() || lexed.symbol(from - 1) == Some('%'));
    let plain = |number: &numeral::Numeral<'_>| number.fraction.is_none() && !number.grouped;
    let short = plain(&left) && plain(&right) && !share && lexed.symbol(right.end) != Some('%');
    let goes_on = lexed.glued_symbol(right.end).is_some_and(|sign| is_dash(sign) || sign == '/');
    if short && (left.integer.len() < 3 || year(reader, at - 1).is_some()) || goes_on {
        return false;
    }
    let after_minus =
        reader.last_tokens(3).any(|t| matches!(t, Token::Word(w) if w.class == "minus"));
    after_minus || in_row || value(&left) > value(&right)
}

/// More groups of digits than this are no numeral.
const LONGEST_NUMBER: usize = 16;

/// The numeral that ends with the digits at `last`.
fn number_up_to<'a>(reader: &Reader<'a>, last: usize) -> Option<numeral::Numeral<'a>> {
    number_from_to(reader, last).map(|(_, numeral)| numeral)
}

/// The same, with where it begins.
fn number_from_to<'a>(reader: &Reader<'a>, last: usize) -> Option<(usize, numeral::Numeral<'a>)> {
    let mut from = last;
    reader.lexed.digits(from)?;
    while from >= 2
        && from + 2 * LONGEST_NUMBER > last
        && reader.lexed.is_glued(from)
        && matches!(reader.lexed.glued_symbol(from - 1), Some('.' | ','))
        && reader.lexed.digits(from - 2).is_some()
    {
        from -= 2;
    }
    let numeral = numeral::parse(&reader.lexed, from)?;
    (numeral.end == last + 1).then_some((from, numeral))
}

/// The value of a numeral, near enough to compare it.
pub(super) fn value(numeral: &numeral::Numeral<'_>) -> f64 {
    format!("{}.{}", numeral.integer, numeral.fraction.unwrap_or("0")).parse().unwrap_or_default()
}

/// Whether a minus between the name of a time zone and its hours is at `at`: UTC-5.
fn is_zone(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at), Some('-' | '−' | '–'))
        && matches!(reader.lexed.before(at, 1), "utc" | "gmt")
        && reader.lexed.glued_digits(at + 1).is_some()
}

/// Whether the numbers before have been taken for a row.
fn row_before(reader: &Reader<'_>) -> bool {
    reader.last_tokens(3).any(|token| match token {
        Token::Mark(Mark::Comma, span) => reader.source_of(*span).starts_with(is_dash),
        _ => false,
    })
}

/// The signs that are between the ends of a range.
pub(super) fn is_dash(symbol: char) -> bool {
    matches!(symbol, '-' | '–' | '—' | '~' | '−' | '÷')
}

fn follows_number(reader: &Reader<'_>) -> bool {
    const NUMERIC: [&str; 11] = [
        "cardinal", "decimal", "unit", "date", "time", "money", "fraction", "roman", "ordinal",
        "digits", "dotted",
    ];
    match reader.last_token() {
        Some(Token::Word(word)) => NUMERIC.contains(&word.class),
        _ => false,
    }
}
