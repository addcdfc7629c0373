//! From one day or month to another: 24-25/9/2026, 02-03/2000, 6T/2025.

use super::cue::{Cue, cue, says_day};
use super::parts::{is_day_of, is_year, push_date, push_half, push_month, push_month_of};
use super::short::{is_year_of_figures, whole_year};
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::text::normalize::pair::shape::{Pair, Sign};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::verbalization::Verbalization;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range};

/// 24-25/9/2026 and 24-25/9: two days of one month.
pub(super) fn day_range(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let first = reader.lexed.digits(at)?;
    reader.lexed.symbol(at + 1).filter(|&sign| range::is_dash(sign))?;
    let day = reader.lexed.digits(at + 2)?;
    // 18–21-11: the long dash parts the days, the short one day and month.
    let two_dashes = reader.lexed.symbol(at + 1) == Some('–');
    let sign = reader
        .lexed
        .glued_symbol(at + 3)
        .filter(|&sign| matches!(sign, '/' | '.') || (sign == '-' && two_dashes))?;
    let month = reader.lexed.glued_digits(at + 4)?;
    // 2-3/1.000 ca
    let thousands = reader.lexed.glued_symbol(at + 5) == Some('.')
        && reader.lexed.glued_digits(at + 6).is_some_and(|group| group.len() == 3);
    let in_order = !thousands && first.parse::<u8>().ok()? < day.parse::<u8>().ok()?;
    // 30-31/1/68
    let year = (reader.lexed.glued_symbol(at + 5) == Some(sign))
        .then(|| reader.lexed.glued_digits(at + 6))
        .flatten()
        .filter(|year| is_year(year) || year.len() == 2 && sign == '/');
    if is_year(month) && is_day_of("1", first) && is_day_of("1", day) {
        return month_range(reader, at, [first, day, month]);
    }
    (is_day_of(first, month) && is_day_of(day, month)).then_some(())?;
    (in_order && (sign == '/' || year.is_some() || cue(reader, at) != Cue::None)).then_some(())?;
    let end = at + if year.is_some() { 7 } else { 5 };
    let said_day = says_day(reader, at);
    let two = is_of_two_days(reader, at, [first, day]);
    let year = year.map(|year| match year.len() {
        2 => whole_year(reader, at, year),
        _ => year.to_owned(),
    });
    reader.verbalize(at, end, "date", Sure, |out| {
        if !said_day {
            out.push("ngày");
        }
        number::cardinal(first, out);
        out.push(if two { "và" } else { "đến" });
        push_date(out, !two, day, month, year.as_deref());
    });
    Some(end)
}

/// Whether two days that follow one another are all that a range has: trong hai ngày 5-6/9.
fn is_of_two_days(reader: &Reader<'_>, at: usize, days: [&str; 2]) -> bool {
    let [first, second] = days.map(|day| day.parse::<u8>().ok());
    let lexed = &reader.lexed;
    let counted = at > 1
        && lexed.before(at, 1) == "ngày"
        && (lexed.word(at - 2) == "hai" || matches!(lexed.digits(at - 2), Some("2" | "02")))
        && !sets::BEFORE_ORDINALS.has(lexed.before(at, 3));
    counted && first.zip(second).is_some_and(|(first, second)| first + 1 == second)
}

/// Từ 15.11 - 15.12: from one day to another, with points. Where no word before tells of days, they may be
/// decimals.
pub(super) fn point_range(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let pair = |at: usize| {
        let day = reader.lexed.digits(at)?;
        reader.lexed.glued_symbol(at + 1).filter(|&sign| sign == '.')?;
        let month = reader.lexed.glued_digits(at + 2)?;
        is_day_of(day, month).then_some((day, month))
    };
    let (first, last) = (pair(at)?, pair(at + 4)?);
    reader.lexed.symbol(at + 3).filter(|&sign| range::is_dash(sign))?;
    let end = at + 7;
    let year = (reader.lexed.glued_symbol(end) == Some('.'))
        .then(|| reader.lexed.glued_digits(end + 1))
        .flatten()
        .filter(|year| is_year(year));
    let end = end + if year.is_some() { 2 } else { 0 };
    // 12.3-30.4 năm 2022
    let of_year =
        reader.lexed.word(end) == "năm" && reader.lexed.digits(end + 1).is_some_and(is_year);
    let closed = reader.lexed.symbol(end) == Some(')');
    let goes_on = reader.lexed.is_glued(end) && reader.lexed.is_glued(end + 1) && !closed
        || reader.lexed.goes_on(end)
        || !of_year
            && (reader.tables.unit(reader.lexed.rest(end)).is_some() || reader.counts_next(end));
    let told = cue(reader, at) != Cue::None
        || reader.near_before(at, 6, &sets::TERMS_OF_DAYS)
        || is_term_in_brackets(reader, at, end, first, last);
    if goes_on || !told {
        return None;
    }
    let said_day = says_day(reader, at);
    reader.verbalize(at, end, "date", Likely, |out| {
        push_date(out, !said_day, first.0, first.1, None);
        out.push("đến");
        push_date(out, true, last.0, last.1, year);
    });
    Some(end)
}

/// từ 10.2012-9.2013: from one month to a later one, with points, where a word leads to a term.
pub(super) fn point_months(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let month = |at: usize| {
        let month = lexed.digits(at).filter(|month| is_day_of("1", month))?;
        lexed.glued_symbol(at + 1).filter(|&sign| sign == '.')?;
        let year = range::year(reader, at + 2).filter(|_| lexed.is_glued(at + 2))?;
        Some((month, year))
    };
    let (first, last) = (month(at)?, month(at + 4)?);
    lexed.symbol(at + 3).filter(|&sign| range::is_dash(sign))?;
    let end = at + 7;
    let value = |(month, year): (&str, &str)| {
        Some(year.parse::<u16>().ok()? * 12 + month.parse::<u16>().ok()?)
    };
    let led = matches!(lexed.before(at, 1), "từ" | "đoạn" | "tháng");
    let measured = lexed.goes_on(end)
        || reader.tables.unit(lexed.rest(end)).is_some()
        || reader.near_before(at, 8, &sets::CURRENCY_CODES);
    if !led || measured || value(first) >= value(last) {
        return None;
    }
    let said = lexed.before(at, 1) == "tháng";
    reader.verbalize(at, end, "date", Likely, |out| {
        if !said {
            out.push("tháng");
        }
        push_month_of(out, first.0, first.1);
        out.push("đến tháng");
        push_month_of(out, last.0, last.1);
    });
    Some(end)
}

/// 9 tháng/2013, 2 quý/2013: so many months or quarters of a year. What is behind may be what the second counts: 12 tháng/2000 km.
pub(super) fn months_of_period(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let number = lexed.digits(at).filter(|number| is_day_of("1", number))?;
    let period = match lexed.word(at + 1) {
        "tháng" => "tháng",
        "quý" => "quý",
        _ => return None,
    };
    (lexed.glued_symbol(at + 2) == Some('/')).then_some(())?;
    let year = range::year(reader, at + 3).filter(|_| lexed.is_glued(at + 3))?;
    let next = lexed.word(at + 4);
    let amount = sets::SCALES.has(next)
        || sets::MONEY_WORDS.has(next)
        || sets::CURRENCY_CODES.has(next)
        || reader.tables.unit(lexed.rest(at + 4)).is_some()
        // 6 tháng/2000 suất; a year of our time is one (10 tháng/2013 đạt)
        || reader.counts_next(at + 4) && (year.ends_with("00") || !is_of_our_time(year));
    (!amount && !lexed.goes_on(at + 4)).then_some(())?;
    reader.verbalize(at, at + 4, "date", Likely, |out| {
        number::cardinal(number, out);
        out.push(period);
        out.push("năm");
        number::year(year, out);
    });
    Some(at + 4)
}

fn is_of_our_time(year: &str) -> bool {
    ("1975".."2040").contains(&year)
}

/// Whether two days with points are alone in brackets and no range of decimals: Sư Tử (23.7-22.8), whose first
/// number is greater, in a later month; mùa khô (1.6-30.8).
fn is_term_in_brackets(
    reader: &Reader<'_>,
    at: usize,
    end: usize,
    first: (&str, &str),
    last: (&str, &str),
) -> bool {
    const REACH: usize = 6;
    let open = at.checked_sub(1).filter(|&open| reader.lexed.symbol(open) == Some('('));
    let Some(open) = open.filter(|_| reader.lexed.symbol(end) == Some(')')) else { return false };
    let value = |digits: &str| digits.parse::<u8>().unwrap_or(0);
    let descends = value(first.0) > value(last.0);
    let next_month = value(last.1) == value(first.1) % 12 + 1;
    descends && next_month
        || reader.near_before(open, REACH, &sets::SEASONS)
        || reader.near_before(open, REACH, &sets::TERMS_OF_DAYS)
}

/// 02-03/2000: two months of one year.
fn month_range(
    reader: &mut Reader<'_>,
    at: usize,
    [first, last, year]: [&str; 3],
) -> Option<usize> {
    let said_month = matches!(reader.lexed.before(at, 1), "tháng" | "quý");
    let last_word = if reader.lexed.before(at, 1) == "quý" { "quý" } else { "tháng" };
    reader.verbalize(at, at + 5, "date", Sure, |out| {
        if !said_month {
            out.push("tháng");
        }
        push_month(out, first);
        out.push("đến");
        out.push(last_word);
        push_month_of(out, last, year);
    });
    Some(at + 5)
}

/// What the letter behind a number makes of a year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    /// 6T/2025, 9M25
    Months,
    /// 3Q/2024
    Quarter,
    /// 1H25
    Half,
}

impl Period {
    /// What a number and a letter may be.
    fn of(number: &str, letter: &str) -> Option<Period> {
        match letter {
            "T" | "M" if is_day_of("1", number) => Some(Period::Months),
            "Q" if ("1"..="4").contains(&number) && number.len() == 1 => Some(Period::Quarter),
            "H" if matches!(number, "1" | "2") => Some(Period::Half),
            _ => None,
        }
    }

    /// Appends it, without its year.
    fn push(self, number: &str, out: &mut Verbalization) {
        match self {
            Period::Months => {
                number::cardinal(number, out);
                out.push("tháng");
            }
            Period::Quarter => {
                out.push("quý");
                push_month(out, number);
            }
            Period::Half => push_half(number, out),
        }
    }
}

/// 6T/2025, 3Q/2024, 1H2025: so many months of a year, a quarter, a half; among figures 9M25 and 1H25 too, and doanh
/// thu 4Q: so many quarters.
pub(super) fn period_of_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 6;
    let lexed = &reader.lexed;
    let period = lexed.is_glued(at + 1).then(|| lexed.text(at + 1))?;
    let number = lexed.digits(at)?;
    let period = Period::of(number, period)?;
    let slash = usize::from(lexed.glued_symbol(at + 2) == Some('/'));
    let digits = lexed.glued_digits(at + 2 + slash);
    let figures = reader.options.profile == Profile::Finance
        || reader.near_before(at, REACH, &sets::FIGURES_OF_MONTHS)
        || digits.is_some() && sets::FIGURES_OF_MONTHS.has(lexed.word(at + 3 + slash));
    // Xe 1T25 is of a tonne and a quarter, sau 1H25 a length.
    let lasts = || {
        let before = lexed.before(at, 1);
        sets::HOUR_LEADS.has(before) || sets::HOUR_OR_LENGTH_LEADS.has(before)
    };
    let short = |year: &&str| {
        let letter = lexed.text(at + 1) != "T" && !(period == Period::Half && lasts());
        // lợi nhuận 9T/12, 9T12
        let told = slash == 1
            || number != "1" && reader.near_before(at, 3, &sets::FIGURES_OF_MONTHS)
            || number != "1" && at == 0 && sets::FIGURES_OF_MONTHS.has(lexed.word(at + 3));
        let of_months = told && lexed.text(at + 1) == "T" && is_year_of_figures(year);
        figures && (of_months || letter && slash == 0 && year.len() == 2 && year.starts_with('2'))
    };
    // 1H/2000 đồng
    let whole = |year: &&str| {
        is_year(year)
            && (figures || slash == 0 || period == Period::Quarter || lexed.text(at + 1) == "T")
            && !(period == Period::Half && (year.ends_with("00") || lasts()))
    };
    let year = digits
        .filter(whole)
        .map(str::to_owned)
        .or_else(|| digits.filter(short).map(|year| format!("20{year}")));
    if let Some(year) = year.filter(|_| !lexed.goes_on(at + 3 + slash)) {
        reader.verbalize(at, at + 3 + slash, "date", Likely, |out| {
            period.push(number, out);
            out.push("năm");
            number::year(&year, out);
        });
        return Some(at + 3 + slash);
    }
    if period != Period::Quarter || !figures || lexed.goes_on(at + 2) || digits.is_some() {
        return None;
    }
    reader.verbalize(at, at + 2, "months", Likely, |out| {
        number::cardinal(number, out);
        out.push("quý");
    });
    Some(at + 2)
}

/// Whether a dash and another day and month are behind a pair: 10/11-16/11.
pub(in crate::text::normalize) fn starts_range(reader: &Reader<'_>, pair: &Pair<'_>) -> bool {
    let at = pair.end();
    let date = || {
        reader.lexed.symbol(at).filter(|&dash| range::is_dash(dash))?;
        let day = reader.lexed.digits(at + 1)?;
        reader.lexed.glued_symbol(at + 2).filter(|&again| again == '/')?;
        let month = reader.lexed.glued_digits(at + 3)?;
        let whole = matches!(reader.lexed.symbol(at + 4), Some('%' | '='));
        (is_day_of(day, month) && !whole).then_some(())
    };
    pair.sign == Sign::Stroke && date().is_some()
}
