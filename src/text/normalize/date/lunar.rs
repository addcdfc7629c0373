//! The first month of the lunar calendar: mùng 5 tháng 1, rằm tháng 1, ngày 8 tháng 1 âm lịch, tháng 1 năm Bính Ngọ.

use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::lex::Case;
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

/// Whether a day with mùng before the month is of the lunar calendar, as what is told around it says: lễ hội khai mạc mùng 6 tháng 1.
/// Mùng 1 tháng 1 alone may be the New Year of the other.
fn is_early(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 20;
    let lexed = &reader.lexed;
    let around = || (at.saturating_sub(REACH)..at + REACH).map(|i| lexed.word(i));
    let year = lexed.symbol(at + 1) == Some(',') && lexed.word(at + 2) == "năm"
        || lexed.word(at + 1) == "năm";
    matches!(lexed.before(at, 3), "mùng" | "mồng")
        && !year
        && around().any(|word| sets::LUNAR_SIGNS.has(word))
        && !around().any(|word| sets::SOLAR_SIGNS.has(word))
}
