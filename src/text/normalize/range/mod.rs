//! Dashes between numbers: 2021- 2026, 2020 - 2025, 5-10 người, 7h-9h.

mod apart;
mod between;
mod parts;
mod prices;
mod sum;

pub(super) use between::{are_chainages, are_ranges};
use parts::{follows_number, number_from_to};
pub(super) use parts::{is_dash, value, year};
use sum::{is_difference, is_equated, is_equation, is_taken_away};

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
    if between::are_letters(reader, at) {
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
    if between::are_ends(reader, at) {
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

/// Whether a minus between the name of a time zone and its hours is at `at`: UTC-5.
fn is_zone(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at), Some('-' | '−' | '–'))
        && matches!(reader.lexed.before(at, 1), "utc" | "gmt")
        && reader.lexed.glued_digits(at + 1).is_some()
}
