//! Days and months that bare commas join: ngày 3,4/4, 2,5/8/1964, tháng 7,8/2024.

use super::cue::{Cue, cue, says_day};
use super::parts::{is_day_of, is_year, push_date, push_month, push_month_of};
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;
use crate::text::normalize::number;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// A list has so many numbers at most.
const MOST: usize = 6;

/// The numbers of a list that begins at `at`, which rise, and the index of the last; the stroke behind it touches it.
fn numbers(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let value = |i: usize| lexed.digits(i).filter(|d| d.len() <= 2)?.parse::<u8>().ok();
    let mut last = at;
    let mut value_of_last = value(at)?;
    for _ in 1..MOST {
        if lexed.glued_symbol(last + 1) != Some(',') || !lexed.is_glued(last + 2) {
            break;
        }
        let next = value(last + 2).filter(|&next| next > value_of_last)?;
        (last, value_of_last) = (last + 2, next);
    }
    let stroke = lexed.glued_symbol(last + 1) == Some('/') && lexed.is_glued(last + 2);
    (last > at && stroke).then_some(last)
}

/// ngày 3,4/4 and 2,5/8/1964: days of one month. Without a year, the word before tells of days or the one behind of the
/// moon, for 7,8/10 is a mark.
pub(super) fn days(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let last = numbers(reader, at)?;
    let lexed = &reader.lexed;
    let month = lexed.digits(last + 2)?;
    let all_days = (at..=last).step_by(2).all(|i| is_day_of(lexed.text(i), month));
    let year = (lexed.glued_symbol(last + 3) == Some('/'))
        .then(|| lexed.glued_digits(last + 4))
        .flatten()
        .filter(|year| is_year(year));
    let end = last + 3 + if year.is_some() { 2 } else { 0 };
    if !all_days || lexed.goes_on(end) {
        return None;
    }
    let of_moon = matches!(lexed.word(end), "âm" | "al")
        || lexed.symbol(end) == Some('(') && lexed.word(end + 1) == "âm";
    let counted =
        reader.tables.unit(lexed.rest(end)).is_some() || matches!(lexed.word(end), "điểm" | "lượt");
    // từ 8,9,10/3: three that follow one another are no decimal; lớp 6,7,8/2 has a number of its own
    let value = |i: usize| lexed.text(i).parse::<u8>().unwrap_or(0);
    let row = last > at + 2
        && (at..last).step_by(2).all(|i| value(i) + 1 == value(i + 2))
        && !sets::COUNTED_OFF.has(lexed.before(at, 1));
    let told = (row || cue(reader, at) == Cue::Day || of_moon) && !counted;
    if year.is_none() && !told {
        return None;
    }
    let said_day = says_day(reader, at);
    for i in (at..last).step_by(2) {
        let day = reader.lexed.text(i);
        reader.verbalize(i, i + 1, "date", Likely, |out| {
            if i == at && !said_day {
                out.push("ngày");
            }
            number::cardinal(day, out);
        });
        reader.mark(i + 1, i + 2, Mark::Comma);
    }
    let day = reader.lexed.text(last);
    reader.verbalize(last, end, "date", Likely, |out| push_date(out, false, day, month, year));
    Some(end)
}

/// tháng 7,8/2024, quý 1,2/2025: months or quarters of one year.
pub(super) fn months(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let last = numbers(reader, at)?;
    let lexed = &reader.lexed;
    let greatest = match lexed.before(at, 1) {
        "tháng" => 12,
        "quý" => 4,
        _ => return None,
    };
    let year = lexed.digits(last + 2).filter(|year| is_year(year))?;
    let fits = lexed.digits(last)?.parse::<u8>().is_ok_and(|last| last <= greatest);
    let end = last + 3;
    if !fits || lexed.goes_on(end) {
        return None;
    }
    for i in (at..last).step_by(2) {
        let month = reader.lexed.text(i);
        reader.verbalize(i, i + 1, "date", Likely, |out| push_month(out, month));
        reader.mark(i + 1, i + 2, Mark::Comma);
    }
    let month = reader.lexed.text(last);
    reader.verbalize(last, end, "date", Likely, |out| push_month_of(out, month, year));
    Some(end)
}
