//! From one day or month to another: 24-25/9/2026, 02-03/2000, 6T/2025.

use super::cue::{Cue, cue, says_day};
use super::parts::{is_day_of, is_year, push_date, push_month, push_month_of};
use crate::model::spoken::Confidence::{Likely, Sure};
use crate::text::normalize::pair::shape::{Pair, Sign};
use crate::text::normalize::reader::Reader;
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
    let in_order = first.parse::<u8>().ok()? < day.parse::<u8>().ok()?;
    let year = (reader.lexed.glued_symbol(at + 5) == Some(sign))
        .then(|| reader.lexed.glued_digits(at + 6))
        .flatten()
        .filter(|year| is_year(year));
    if is_year(month) && is_day_of("1", first) && is_day_of("1", day) {
        return month_range(reader, at, [first, day, month]);
    }
    (is_day_of(first, month) && is_day_of(day, month)).then_some(())?;
    (in_order && (sign == '/' || year.is_some() || cue(reader, at) != Cue::None)).then_some(())?;
    let end = at + if year.is_some() { 7 } else { 5 };
    let said_day = says_day(reader, at);
    reader.verbalize(at, end, "date", Sure, |out| {
        if !said_day {
            out.push("ngày");
        }
        number::cardinal(first, out);
        out.push("đến");
        push_date(out, true, day, month, year);
    });
    Some(end)
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
    let goes_on = reader.lexed.is_glued(end) && reader.lexed.is_glued(end + 1)
        || reader.lexed.goes_on(end)
        || !of_year
            && (reader.tables.unit(reader.lexed.rest(end)).is_some() || reader.counts_next(end));
    if goes_on || cue(reader, at) == Cue::None && !reader.near_before(at, 6, &sets::TERMS_OF_DAYS) {
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

/// 6T/2025: so many months of a year.
pub(super) fn months_of_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let months = reader.lexed.digits(at).filter(|&months| is_day_of("1", months))?;
    (reader.lexed.text(at + 1) == "T" && reader.lexed.is_glued(at + 1)).then_some(())?;
    let slash = usize::from(reader.lexed.glued_symbol(at + 2) == Some('/'));
    let year = reader.lexed.glued_digits(at + 2 + slash).filter(|year| is_year(year))?;
    reader.verbalize(at, at + 3 + slash, "date", Likely, |out| {
        number::cardinal(months, out);
        out.push("tháng năm");
        number::year(year, out);
    });
    Some(at + 3 + slash)
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
