//! Dates: 18/02/2019, 2019-02-18, ngày 18-2, 24-25/9/2026, tháng 9/2026, quý II/2021.

mod cue;
mod district;
mod lettered;
mod list;
mod lunar;
mod parts;
mod place;
mod short;
mod span;
mod weekday;

pub(super) use self::cue::says_day;
use self::cue::{FEASTS, is_listed};
pub(super) use self::lunar::day_of_first_month;
use self::parts::{is_day_of, is_year, push_date, push_month, push_month_of};
use self::place::no_such_date;
pub(super) use self::place::{is_led, is_year_of_day, no_such_day, two_days};
pub(super) use self::short::{is_short, month_of_service, quarter_of_year};
pub(super) use self::span::starts_range;
use self::span::{day_range, months_of_period, period_of_year, point_months, point_range};
use super::number;
use super::pair::shape::{Pair, Sign};
use super::range;
use super::reader::Reader;
use super::verbalization::Verbalization;
use crate::model::spoken::Confidence::{self, Likely, Sure};
use crate::model::spoken::{Mark, Token};
use crate::text::normalize::word_sets as sets;

/// Reads a date that starts with digits.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    year_first(reader, at)
        .or_else(|| year_and_month(reader, at))
        .or_else(|| lunar::first_month(reader, at))
        .or_else(|| list::days(reader, at))
        .or_else(|| list::months(reader, at))
        .or_else(|| short::years(reader, at))
        .or_else(|| full_date(reader, at))
        .or_else(|| no_such_date(reader, at))
        .or_else(|| spaced_date(reader, at))
        .or_else(|| period_of_year(reader, at))
        .or_else(|| months_of_period(reader, at))
        .or_else(|| feasts(reader, at))
        .or_else(|| day_range(reader, at))
        .or_else(|| point_range(reader, at))
        .or_else(|| point_months(reader, at))
        .or_else(|| month_and_year(reader, at))
        .or_else(|| month_beside_year(reader, at))
}

/// Reads a half of a year: H1/2025.
pub(super) fn read_half(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    lettered::half_year(reader, at)
}

/// Reads a date that starts with a letter.
pub(super) fn read_lettered(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    lettered::read(reader, at)
}

/// 2019-02-18.
fn year_first(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let year = reader.lexed.digits(at).filter(|year| is_year(year))?;
    let sign = separator(reader, at + 1)?;
    let month = reader.lexed.glued_digits(at + 2).filter(|month| month.len() == 2)?;
    let again = separator(reader, at + 3)?;
    let day = reader.lexed.glued_digits(at + 4).filter(|day| day.len() == 2)?;
    (sign == again && is_day_of(day, month)).then_some(())?;
    verbalize_date(reader, at, at + 5, Sure, day, month, Some(year));
    Some(at + 5)
}

/// 2022-12, where the month is not a later year: 2011-12 and 2006-10 are years.
fn year_and_month(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let year = reader.lexed.digits(at).filter(|year| is_year(year))?;
    reader.lexed.glued_symbol(at + 1).filter(|&sign| sign == '-')?;
    let month = reader.lexed.glued_digits(at + 2).filter(|month| month.len() == 2)?;
    let earlier = month < &year[2..] && is_day_of("1", month);
    let goes_on = reader.lexed.is_glued(at + 3)
        && (reader.lexed.symbol(at + 3).is_none() || reader.lexed.is_glued(at + 4));
    if !earlier || goes_on {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "tháng";
    reader.verbalize(at, at + 3, "date", Likely, |out| {
        if !said {
            out.push("tháng");
        }
        push_month_of(out, month, year);
    });
    Some(at + 3)
}

/// 18/02/2019, 18-2-2019, 18.02.2019; with two digits of the year between strokes, and between hyphens or points
/// where a date is told.
fn full_date(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let day = reader.lexed.digits(at)?;
    let sign = separator(reader, at + 1)?;
    let month = reader.lexed.glued_digits(at + 2)?;
    let again = separator(reader, at + 3)?;
    let year = reader.lexed.glued_digits(at + 4)?;
    (sign == again && is_day_of(day, month)).then_some(())?;
    let confidence = match year.len() {
        4 if is_year(year) => Sure,
        2 if sign == '/' && !is_of_a_kind(reader, at) => Likely,
        2 if sign == '-' && is_short(reader, at) => Likely,
        2 if sign == '.' && short::is_told(reader, at, year) => Likely,
        _ => return None,
    };
    let year = match year.len() {
        2 => short::whole_year(reader, at, year),
        _ => year.to_owned(),
    };
    verbalize_date(reader, at, at + 5, confidence, day, month, Some(&year));
    Some(at + 5)
}

/// Whether three numbers with strokes between are of things of a kind: gói 3/6/12 tháng, iPhone 11/12/13 Pro. They rise.
fn is_of_a_kind(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let number = |i: usize| {
        let digits = lexed.digits(i).filter(|digits| !digits.starts_with('0'))?;
        digits.parse::<u8>().ok()
    };
    let (Some(first), Some(second), Some(third)) = (number(at), number(at + 2), number(at + 4))
    else {
        return false;
    };
    let end = at + 5;
    let months = lexed.word(end) == "tháng" && !sets::AFTER_PERIODS.has(lexed.word(end + 1));
    let model = reader.follows_foreign_name(at) && sets::AFTER_MODELS.has(lexed.text(end));
    first < second
        && second < third
        && !sets::DAY_LEADS.has(lexed.before(at, 1))
        && (months || model)
}

/// 30-4/1-5: two feasts that follow each other.
fn feasts(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let pair = |at: usize| {
        let pair = (lexed.digits(at)?, lexed.glued_digits(at + 2)?);
        let dash = matches!(lexed.glued_symbol(at + 1), Some('-' | '–'));
        let bare = |digits: &'_ str| digits.trim_start_matches('0').to_owned();
        let feast = FEASTS.iter().any(|&(day, month)| bare(pair.0) == day && bare(pair.1) == month);
        (dash && feast).then_some(pair)
    };
    let (first, second) = (pair(at)?, pair(at + 4)?);
    let joined = lexed.glued_symbol(at + 3) == Some('/') && lexed.is_glued(at + 4);
    if !joined || lexed.goes_on(at + 7) {
        return None;
    }
    verbalize_date(reader, at, at + 3, Likely, first.0, first.1, None);
    reader.mark(at + 3, at + 4, Mark::Comma);
    verbalize_date(reader, at + 4, at + 7, Likely, second.0, second.1, None);
    Some(at + 7)
}

/// 30 - 4 - 2019: a date with white space around its dashes.
fn spaced_date(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let part = |sign: usize| {
        reader.lexed.symbol(sign).filter(|&s| matches!(s, '-' | '–'))?;
        reader.lexed.digits(sign + 1)
    };
    let (day, month, year) = (reader.lexed.digits(at)?, part(at + 1)?, part(at + 3)?);
    let more = part(at + 5).is_some() || reader.lexed.symbol(at + 5) == Some('/');
    (is_day_of(day, month) && is_year(year) && !more).then_some(())?;
    verbalize_date(reader, at, at + 5, Likely, day, month, Some(year));
    Some(at + 5)
}

/// trong 1.2013, hồi 12.2012: a month with a point before its year. Nothing is measured by it.
fn is_within(reader: &Reader<'_>, at: usize, sign: char) -> bool {
    sign == '.'
        && matches!(reader.lexed.before(at, 1), "trong" | "hồi")
        && range::year(reader, at + 2).is_some()
        && !reader.lexed.goes_on(at + 3)
        && reader.tables.unit(reader.lexed.rest(at + 3)).is_none()
        && (reader.lexed.symbol(at + 3).is_some() || !reader.counts_next(at + 3))
}

/// tháng 9/2026, 9/2026, quý 2/2021.
fn month_and_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.digits(at)?;
    let sign = separator(reader, at + 1)?;
    let year = reader.lexed.glued_digits(at + 2).filter(|year| is_year(year))?;
    let before = reader.lexed.before(at, 1);
    if before == "thứ" {
        return None; // lần thứ 7-2023
    }
    let cued = sets::MONTH_OR_ISSUE_LEADS.has(before);
    let numbered = sets::ISSUES.has(before); // gói thầu số 4/2024
    let two_digits = month.starts_with('0') // 02.2000 is not a decimal
        || (sign == '-' && year > "1899" && year < "2100"); // no range leads from 12 to 2023
    // từ tháng 1.2013 đến 3.2013
    let goes_on = || {
        at > 4 && range::year(reader, at - 2).is_some() && separator(reader, at - 3) == Some(sign)
    };
    let listed = matches!(before, "và" | "đến" | "tới")
        && (reader.near_before(at, 3, &["tháng"])
            || goes_on() && reader.last_tokens(2).any(cue::is_date));
    // 1/2000 is the scale of a map unless something says that it is a month.
    let scale =
        !cued && !listed && month == "1" && (year.ends_with("000") || year.ends_with("500"));
    // 8/1000 bệnh nhân: so many of a thousand
    let scale = scale || !cued && year == "1000";
    let to_month = reader.lexed.glued_symbol(at + 5) == Some('/'); // 12/2023-1/2024
    let goes_on = separator(reader, at + 3).is_some_and(|next| next == sign || !to_month)
        && reader.lexed.glued_digits(at + 4).is_some();
    let quarter = reader.lexed.before(at, 3) == "quý"
        && reader.lexed.digits(at.wrapping_sub(2)).is_some()
        && (before == "và" || reader.lexed.symbol(at - 1) == Some(',')); // quý 3, 4/2023
    // tuần 45/2022: a year has 53 weeks at most
    let week = before == "tuần" && month.parse::<u8>().is_ok_and(|week| (1..=53).contains(&week));
    if !(week || is_day_of("1", month))
        || !(sign == '/' || cued || two_digits || listed || is_within(reader, at, sign))
        || goes_on
        || scale
    {
        return None;
    }
    let continues = matches!(reader.last_token(), Some(Token::Word(w)) if w.class == "range");
    let confidence = if cued || continues { Sure } else { Likely };
    reader.verbalize(at, at + 3, "date", confidence, |out| {
        if !cued {
            out.push(if quarter { "quý" } else { "tháng" });
        }
        if numbered {
            number::cardinal(month, out);
        } else {
            push_month(out, month);
        }
        out.push("năm");
        number::year(year, out);
    });
    Some(at + 3)
}

/// tháng 1 2024: the year is beside its month.
fn month_beside_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.digits(at).filter(|month| is_day_of("1", month))?;
    let year = reader.lexed.digits(at + 1).filter(|year| is_year(year))?;
    let goes_on = reader.counts_next(at + 2)
        || reader.lexed.is_glued(at + 2)
            && matches!(reader.lexed.symbol(at + 2), None | Some('.' | ',' | '/' | '-' | '%'))
            && reader.lexed.is_glued(at + 3);
    if reader.lexed.before(at, 1) != "tháng" || goes_on {
        return None;
    }
    reader.verbalize(at, at + 2, "date", Likely, |out| {
        push_month_of(out, month, year);
    });
    Some(at + 2)
}

fn separator(reader: &Reader<'_>, at: usize) -> Option<char> {
    reader.lexed.glued_symbol(at).filter(|sign| matches!(sign, '/' | '-' | '.' | '–'))
}

fn verbalize_date(
    reader: &mut Reader<'_>,
    from: usize,
    to: usize,
    confidence: Confidence,
    day: &str,
    month: &str,
    year: Option<&str>,
) {
    let said_day = says_day(reader, from);
    reader
        .verbalize(from, to, "date", confidence, |out| push_date(out, !said_day, day, month, year));
}

/// Whether a pair can be a day and a month.
pub(super) fn is_possible(pair: &Pair<'_>) -> bool {
    is_day_of(pair.first, pair.second) && !matches!(pair.sign, Sign::Dash | Sign::Colon)
}

/// Whether a pair is the day of a feast.
pub(super) fn is_feast(pair: &Pair<'_>) -> bool {
    FEASTS.contains(&(pair.first, pair.second))
}

/// Whether a pair is in a list of days.
pub(super) fn is_in_list(reader: &Reader<'_>, pair: &Pair<'_>) -> bool {
    is_listed(reader, pair.at)
}

/// Appends a pair as a day and a month.
pub(super) fn push_pair(out: &mut Verbalization, pair: &Pair<'_>, with_day: bool) {
    push_date(out, with_day, pair.first, pair.second, None);
}
