//! The first month of the lunar calendar: mùng 5 tháng 1, rằm tháng 1, ngày 8 tháng 1 âm lịch, tháng 1 năm Bính Ngọ.

use super::cue::says_day;
use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::lex::Case;
use crate::text::normalize::number;
use crate::text::normalize::pair::shape::{Pair, Sign};
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Reads the 1 of such a month as Giêng.
pub(super) fn first_month(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let first = matches!(lexed.text(at), "1" | "01") && lexed.before(at, 1) == "tháng";
    let ends = !lexed.is_glued(at + 1)
        || matches!(lexed.symbol(at + 1), Some(',' | '.' | ')' | ';')) && !lexed.goes_on(at + 2);
    if !first || !ends {
        return None;
    }
    let next = lexed.word(at + 1);
    let lunar = next == "âm" && lexed.word(at + 2) == "lịch" || next == "al";
    let stem = next == "năm"
        && lexed.case(at + 2) == Some(Case::Capital)
        && sets::STEMS_OF_YEARS.has(lexed.word(at + 2))
        && lexed.case(at + 3) == Some(Case::Capital);
    let full = lexed.before(at, 2) == "rằm";
    (lunar || stem || full || is_early(reader, at)).then_some(())?;
    reader.verbalize_as(at, at + 1, "date", Likely, "Giêng");
    Some(at + 1)
}

/// Reads a day of that month: ngày 8/1 âm lịch, lễ hội khai mạc mùng 6/1.
pub(in crate::text::normalize) fn day_of_first_month(
    reader: &mut Reader<'_>,
    pair: &Pair<'_>,
) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let day = pair.sign != Sign::Colon
        && matches!(pair.second, "1" | "01")
        && pair.first.parse::<u8>().is_ok_and(|day| (1..=30).contains(&day));
    let calendar = end + usize::from(lexed.symbol(end) == Some('('));
    let named = lexed.word(calendar) == "âm" && lexed.word(calendar + 1) == "lịch";
    let early = matches!(lexed.before(at, 1), "mùng" | "mồng");
    (day && (named || early && is_lunar(reader, at, end))).then_some(())?;
    let said_day = early || says_day(reader, at);
    reader.verbalize(at, end, "date", Likely, |out| {
        if !said_day {
            out.push("ngày");
        }
        number::cardinal(pair.first, out);
        out.push("tháng Giêng");
    });
    Some(end)
}

/// Whether a day with mùng before the month at `at` is of the lunar calendar: mùng 6 tháng 1. Mùng 1 tháng 1 alone may be the New Year
/// of the other.
fn is_early(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.before(at, 3), "mùng" | "mồng") && is_lunar(reader, at, at + 1)
}

/// Whether what is told around a day says that it is of the lunar calendar, and no year is behind it.
fn is_lunar(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const REACH: usize = 20;
    let lexed = &reader.lexed;
    let around = || (at.saturating_sub(REACH)..end + REACH).map(|i| lexed.word(i));
    let comma = usize::from(lexed.symbol(end) == Some(','));
    lexed.word(end + comma) != "năm"
        && around().any(|word| sets::LUNAR_SIGNS.has(word))
        && !around().any(|word| sets::SOLAR_SIGNS.has(word))
}
