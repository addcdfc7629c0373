//! Dashes between two numbers that are told one after the other, with a pause: no range goes from the first to the
//! second.

use super::parts::{is_dash, number_up_to, row_before, value, year};
use super::prices;
use super::sum::is_equation;
use crate::text::normalize::lex::Case;
use crate::text::normalize::numeral;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Whether the dash at `at`, with a number before it and one at `right`, is between two that are told apart.
pub(super) fn is_between(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    is_of_device(reader, at, right)
        || is_list(reader, right)
        || is_row(reader, at, right)
        || is_row_of_years(reader, at, right)
        || is_year_of_two_calendars(reader, at, right)
        || is_edition(reader, at, right)
        || is_between_decimals(reader, at, right)
        || is_before_product(reader, at, right)
        || is_respective(reader, at)
        || is_days_of_list(reader, at, right)
        || is_whole(reader, at)
        || is_lead(reader, at, right)
        || is_majority(reader, at, right)
        || is_of_tyre(reader, at, right)
        || is_before_hits(reader, right)
        || prices::are_explained(reader, at, right)
        || is_two_documents(reader, at, right)
        || is_before_phone(reader, right)
        || is_even(reader, at, right)
        || is_size_and_price(reader, at, right)
        || is_about_two(reader, at, right)
        || is_part_of_standard(reader, at, right)
}

/// Whether a free-standing dash is between what a thing holds and its price, as in a list of prices: 256 GB - 24,99
/// triệu đồng.
fn is_size_and_price(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    let unit = lexed.before(at, 1);
    let sized = || {
        reader.last_word().is_some_and(|word| word.class == "unit")
            && !sets::MONEY_WORDS.has(unit)
            && !sets::SCALES.has(unit)
    };
    let paid = |end: usize| {
        let scaled = usize::from(sets::SCALES.has(lexed.word(end)));
        sets::MONEY_WORDS.has(lexed.word(end + scaled))
    };
    free && sized() && numeral::parse(lexed, right).is_some_and(|price| paid(price.end))
}

/// Whether đến or tới leads to two hours that follow each other, so that another đến would be heard twice: thức đến
/// 2-3h sáng.
fn is_about_two(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let value = |i: usize| lexed.digits(i).filter(|d| d.len() == 1)?.parse::<u8>().ok();
    let hour = lexed.is_glued(right + 1) && matches!(lexed.word(right + 1), "h" | "g");
    hour && lexed.is_glued(at)
        && lexed.is_glued(right)
        && matches!(lexed.before(at, 2), "đến" | "tới")
        && value(at - 1).is_some_and(|first| value(right) == Some(first + 1))
}

/// Whether the second number is that of a part of a standard: ISO 12312-2, IEC 60601-1.
fn is_part_of_standard(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let part = lexed.digits(right).is_some_and(|part| part.len() <= 2);
    let serial = at > 0 && lexed.digits(at - 1).is_some_and(|serial| serial.len() >= 3);
    part && serial && lexed.is_glued(at) && reader.near_before(at - 1, 2, &sets::STANDARD_BODIES)
}

/// Whether the two numbers at a dash are the same, so that none goes up to the other: tỷ lệ 50-50.
fn is_even(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let same = |left: usize| {
        lexed.digits(left).is_some_and(|digits| digits.len() < 3)
            && lexed.digits(left) == lexed.digits(right)
            && left.checked_sub(1).is_none_or(|i| {
                // 0,1-1%: the one of 0,1 is a tenth
                let tenth = matches!(lexed.symbol(i), Some(',' | '.'));
                !lexed.is_glued(left) || lexed.case(i).is_none() && !tenth
            })
    };
    let apart = at.checked_sub(1).is_some_and(same);
    apart && reader.announces_ratio(at)
}

/// Whether a dash with white space around it is between the grade of a thing and its price, as in a row of a table: RON 95-III -
/// 20.082, RON 92 - 19.615, lúa OM 18 - 5.600.
pub(super) fn is_price_of_grade(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    /// A range is not so wide.
    const WIDE: f64 = 8.0;
    let lexed = &reader.lexed;
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    if !free || at < 2 {
        return false;
    }
    // quý III - 2025, RON 95-III - 20.082, but từ thế kỷ XV - 16
    let roman = reader.last_word().is_some_and(|word| word.class == "roman");
    let great = || {
        numeral::parse(lexed, right)
            .is_some_and(|number| number.grouped || number.integer.len() > 2)
    };
    if roman && lexed.case(at - 1).is_some() && great() {
        return true;
    }
    let Some(price) = numeral::parse(lexed, right).filter(|price| price.grouped) else {
        return false;
    };
    let grade = lexed.digits(at - 1).filter(|grade| grade.len() <= 3);
    let numbered = lexed.case(at - 2) == Some(Case::Upper)
        && lexed.text(at - 2).len() > 1
        && !sets::CURRENCY_CODES.has(lexed.word(at - 2));
    let wide = |grade: &str| grade.parse().is_ok_and(|grade: f64| value(&price) > WIDE * grade);
    numbered && grade.is_some_and(wide) && !reader.counts_next(price.end)
}

/// Whether a telephone number is at `right`, which ends no range: phục vụ 24/24 - 0912.345.678.
fn is_before_phone(reader: &Reader<'_>, right: usize) -> bool {
    const LEAST: usize = 9;
    let lexed = &reader.lexed;
    let mut total = lexed.text(right).len();
    let mut end = right + 1;
    while matches!(lexed.glued_symbol(end), Some('.' | '-'))
        && lexed.glued_digits(end + 1).is_some()
        || lexed.digits(end).is_some()
    {
        let next = end + usize::from(lexed.symbol(end).is_some());
        total += lexed.text(next).len();
        end = next + 1;
    }
    lexed.text(right).starts_with('0') && total >= LEAST
}

/// Whether a dash is between a year of the Buddha and the common one: PL.2567-2023.
fn is_year_of_two_calendars(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let buddhist = at.checked_sub(1).and_then(|left| reader.lexed.digits(left)?.parse().ok());
    let common = year(reader, right).and_then(|year| year.parse().ok());
    // A stop may be behind the letters: PL.2567.
    let named =
        || (at.saturating_sub(6)..at).any(|i| sets::BUDDHIST_YEARS.has(reader.lexed.word(i)));
    // The first year of the Buddha's is 544 or, where it is counted from the year after, 543 before Christ.
    let is_same = |(first, second): (u32, u32)| matches!(first.wrapping_sub(second), 543 | 544);
    buddhist.zip(common).is_some_and(is_same) && named()
}

/// Whether a dash with white space around it is between two documents that follow one another: Chỉ thị 16 - 17.
fn is_two_documents(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let number = |i: usize| lexed.digits(i).filter(|digits| digits.len() <= 3)?.parse::<u16>().ok();
    let first = at.checked_sub(1).and_then(number);
    let follows = first.is_some() && first.map(|first| first + 1) == number(right);
    let title = || format!("{} {}", lexed.before(at, 3), lexed.before(at, 2));
    follows && !lexed.is_glued(at) && sets::DOCUMENT_TITLES.has(&title())
}

/// Whether a dash between two shares that make a whole is at `at`: kiểm soát bóng 62%-38%.
fn is_whole(reader: &Reader<'_>, at: usize) -> bool {
    let share = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<u32>().ok());
    let percent = |at: usize| reader.lexed.symbol(at) == Some('%');
    let sum = || {
        let first = share(at.checked_sub(2).and_then(|at| reader.lexed.digits(at)))?;
        let second = share(reader.lexed.digits(at + 1))?;
        (percent(at - 1) && percent(at + 2)).then(|| first.checked_add(second))?
    };
    sum() == Some(100)
}

/// Whether a dash between two shares is at `at` of which the second is smaller, as in a count of votes: 49%-45%.
fn is_lead(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let left = at.checked_sub(2).filter(|_| lexed.symbol(at - 1) == Some('%'));
    let left = left.and_then(|last| number_up_to(reader, last));
    let second =
        numeral::parse(lexed, right).filter(|second| lexed.symbol(second.end) == Some('%'));
    let descends = left.zip(second).is_some_and(|(left, second)| value(&left) > value(&second));
    descends && !is_equation(reader, at) && !reader.near_before(at, 4, &sets::CHANGE_VERBS)
}

/// Whether a dash is between two shares with one sign, or two counts of seats, that someone leads with: dẫn 49-45%,
/// thế đa số 52-48 ghế.
fn is_majority(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    const REACH: usize = 6;
    let lexed = &reader.lexed;
    let left = at.checked_sub(1).and_then(|last| number_up_to(reader, last));
    let second = numeral::parse(lexed, right);
    let (Some(left), Some(second)) = (left, second) else { return false };
    let shares = lexed.symbol(second.end) == Some('%');
    let counted = shares || matches!(lexed.word(second.end), "ghế" | "phiếu");
    let leads = !shares || reader.near_before(at, REACH, &sets::MAJORITIES);
    counted && leads && value(&left) > value(&second)
}

/// Whether a dash between the width of a tyre and the size of its rim is at `at`: lốp 90/90-14, 80/90-16M/C.
fn is_of_tyre(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let width = at > 2 && lexed.symbol(at - 2) == Some('/') && lexed.digits(at - 3).is_some();
    let marked = lexed.text(right + 1) == "M" && lexed.glued_symbol(right + 2) == Some('/');
    width && (marked || reader.near_before(at, 8, &sets::TYRES))
}

/// Whether the number at `right` counts the hits of a round beside its points: 1.746-63x.
fn is_before_hits(reader: &Reader<'_>, right: usize) -> bool {
    let lexed = &reader.lexed;
    let next = right + 2;
    lexed.text(right + 1) == "x" && lexed.is_glued(right + 1) && !lexed.goes_on(next)
}

/// Whether a dash between decimals that are no ends of a range is at `at`: the second is smaller, or a
/// third follows. Odds are written so (1,95 - 3,50 - 3,90), and goals expected (2,31 - 1,08).
fn is_between_decimals(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let decimal = |number: &numeral::Numeral<'_>| number.fraction.is_some() && !number.grouped;
    let left = at.checked_sub(1).and_then(|last| number_up_to(reader, last)).filter(decimal);
    let second = numeral::parse(lexed, right).filter(decimal);
    let (Some(left), Some(second)) = (left, second) else { return false };
    let end = second.end;
    let third = lexed.symbol(end).is_some_and(is_dash)
        && numeral::parse(lexed, end + 1).is_some_and(|third| decimal(&third));
    let measured = reader.tables.unit(lexed.rest(end)).is_some()
        || sets::DECIMAL_RANGE_UNITS.has(lexed.word(end));
    let descends =
        value(&left) > value(&second) && !measured && !reader.near_before(at, 4, &["từ"]);
    // hòa 2,5-2,5: nothing goes from a number to itself; tỷ số 1,5-2,5: halves of points of chess
    let even = value(&left) == value(&second);
    let half = |number: &numeral::Numeral<'_>| number.fraction == Some("5") && !number.point;
    let scored = half(&left)
        && half(&second)
        && !measured
        && !reader.counts_next(end)
        && (reader.near_phrase(at, 4, ["tỷ", "số"])
            || reader.near_phrase(at, 4, ["tỉ", "số"])
            || sets::WINS_AND_LOSSES.has(lexed.before(at, 4)));
    third || descends || even || scored || row_before(reader)
}

/// Whether a dash between two days that follow one another is at `at`, of which the list goes on with và
/// and a whole date: 3 ngày 20-21 và 22/10.
fn is_days_of_list(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let day = |at: usize| lexed.digits(at).filter(|digits| digits.len() <= 2)?.parse::<u8>().ok();
    let first = at.checked_sub(1).and_then(day);
    let follows = first.is_some() && first.map(|first| first + 1) == day(right);
    follows
        && lexed.word(right + 1) == "và"
        && day(right + 2).is_some()
        && lexed.glued_symbol(right + 3) == Some('/')
        && lexed.glued_digits(right + 4).is_some()
}

/// Whether a dash between a measure and a product is at `at`: 110 kV - 2x63 MVA.
fn is_before_product(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let sign = lexed.is_glued(right + 1)
        && (lexed.word(right + 1) == "x" || lexed.symbol(right + 1) == Some('×'));
    at > 0 && lexed.digits(at - 1).is_none() && sign && lexed.glued_digits(right + 2).is_some()
}

/// Whether a dash between the number of what is held again and its year is at `at`: V.League
/// 1-2024/25, lần thứ 18-2024.
fn is_edition(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let season = reader.lexed.glued_symbol(right + 1) == Some('/')
        && reader.lexed.glued_digits(right + 2).is_some_and(|d| matches!(d.len(), 2 | 4));
    let number = at.checked_sub(1).and_then(|left| reader.lexed.digits(left));
    // SEA Games 33-2025
    let named = at > 1
        && matches!(reader.lexed.case(at - 2), Some(Case::Capital | Case::Upper | Case::Mixed))
        && !reader.is_vietnamese(at - 2);
    let which = matches!(reader.lexed.before(at, 2), "thứ" | "lần");
    let held = number.is_some_and(|d| d.len() <= 2) && (season || which || named);
    // (MRLT 1190 - 2023): the number of a case and its year
    let coded = at > 1
        && !reader.lexed.is_glued(at)
        && reader.lexed.case(at - 2) == Some(Case::Upper)
        && number.is_some_and(|digits| digits.len() <= 4)
        && !sets::CURRENCY_CODES.has(reader.lexed.before(at, 2));
    // lần II - 2017
    let roman = reader.last_word().is_some_and(|word| word.class == "roman") && which;
    year(reader, right).is_some() && (held || roman || coded)
}

/// Whether the numbers beside a dash belong to two things in their order: HAG, OGC giảm lần lượt 5-7%. Of more things, or of
/// some that are not told, each changes within a range. Where a word says that an amount is meant, or another pair is near, each
/// pair is a range: lần lượt 5-7% và 8-10%.
fn is_respective(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 16;
    let lexed = &reader.lexed;
    let pair = |i: usize| {
        i != at
            && i > 0
            && lexed.symbol(i).is_some_and(is_dash)
            && lexed.digits(i - 1).is_some()
            && lexed.digits(i + 1).is_some()
    };
    let leads = |back: usize| matches!(lexed.before(at, back), "từ" | "khoảng" | "chừng");
    reader.near_phrase(at, 6, ["lần", "lượt"])
        && !leads(2)
        && !(at.saturating_sub(REACH)..at + REACH).any(pair)
        && are_two(reader, at)
}

/// Whether the words before lần lượt tell of two things: hai quỹ, HAG và OGC, mã HAG, OGC.
fn are_two(reader: &Reader<'_>, at: usize) -> bool {
    /// A list of names and lần lượt itself are so long at most.
    const REACH: usize = 64;
    let lexed = &reader.lexed;
    let goes_on = |i: &usize| {
        !matches!(lexed.symbol(*i), Some(';' | ':'))
            && (lexed.symbol(*i) != Some('.') || lexed.is_glued(i + 1))
    };
    let names = |i: usize| {
        lexed.case(i).is_some_and(|case| case != Case::Lower) || lexed.digits(i).is_some()
    };
    let mut joins = 0;
    for i in (at.saturating_sub(REACH)..at).rev().take_while(goes_on) {
        match lexed.symbol(i) {
            Some(',') if i > 0 && names(i - 1) && names(i + 1) => joins += 1,
            Some(',') => break, // before it is another clause
            Some(_) => {}
            None => match lexed.word(i) {
                "hai" | "đôi" => return true,
                "và" => joins += 1,
                _ if lexed.digits(i) == Some("2") && lexed.case(i + 1) == Some(Case::Lower) => {
                    return true;
                }
                _ => {}
            },
        }
    }
    joins == 1
}

/// Whether the dash before `right` is one of several between numbers with units: the shares of a
/// whole (18,2% - 52,6% - 29,2%), not a range.
fn is_list(reader: &Reader<'_>, right: usize) -> bool {
    let another = || {
        let end = numeral::parse(&reader.lexed, right)?.end;
        reader.lexed.symbol(end).filter(|&sign| sign == '%')?;
        reader.lexed.symbol(end + 1).filter(|&sign| is_dash(sign))?;
        reader.lexed.digits(end + 2)
    };
    row_before(reader) || another().is_some()
}

/// Whether the dash at `at` is one of several between years that are told one after the other: 1258-1285-1288.
fn is_row_of_years(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let year = |i: usize| {
        lexed
            .digits(i)
            .is_some_and(|year| year.len() == 4 && matches!(year.as_bytes()[0], b'1' | b'2'))
    };
    let dash = |i: usize| lexed.glued_symbol(i).is_some_and(is_dash);
    let after = dash(right + 1) && lexed.is_glued(right + 2) && year(right + 2);
    let before = at > 2 && dash(at - 2) && year(at - 3);
    dash(at) && year(right) && at > 0 && year(at - 1) && (after || before)
}

/// Whether the dash at `at` is one of two or more free-standing ones between plain numbers, as in
/// the numbers of a draw (05 - 12 - 23 - 31) and the medals of a country (16 - 22 - 14).
fn is_row(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let is_free_dash = |sign: usize| {
        lexed.symbol(sign).is_some_and(is_dash)
            && !lexed.is_glued(sign)
            && !lexed.is_glued(sign + 1)
    };
    let plain = |at: usize| lexed.digits(at).is_some_and(|digits| digits.len() <= 3);
    let follows = |sign: usize| is_free_dash(sign) && plain(sign + 1);
    let after = follows(right + 1);
    let before = at >= 3 && follows(at - 2) && plain(at - 3);
    is_free_dash(at) && plain(right) && (after || (before && row_before(reader)))
}

/// Whether a dash is between what a device takes or holds in two measures: 220V-50Hz, 48V-12Ah.
fn is_of_device(reader: &Reader<'_>, at: usize, right: usize) -> bool {
    let lexed = &reader.lexed;
    let left = at.checked_sub(1).map_or("", |unit| lexed.text(unit));
    let second = numeral::parse(lexed, right).map_or("", |number| lexed.text(number.end));
    // 300Wh - 1kWh: two of one kind
    fn kind(unit: &str) -> &str {
        unit.trim_start_matches(['k', 'm', 'M'])
    }
    kind(left) != kind(second) && sets::ELECTRIC_UNITS.has(left) && sets::ELECTRIC_UNITS.has(second)
}
