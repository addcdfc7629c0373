//! Dates whose year has two digits: 7-5-54, 19/12/46; a month and its year: nhập ngũ 4/68; 1400-07.

use super::parts::{is_day_of, is_year, push_month};
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::normalize::number;
use crate::text::normalize::pair::shape::{Pair, Sign};
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Up to this, a year of two digits is of this century.
const LAST_OF_NOW: &str = "29";

/// Up to this, it is one in which somebody can have been born or have died.
const LAST_OF_LIFE: &str = "26";

/// From this on, it is of the last one, whatever is around it.
const FIRST_OF_PAST: &str = "50";

/// From this on, two digits behind a day and a month, with dashes, are a year even where nothing announces a date.
const SURELY_YEAR: &str = "40";

/// The whole year that two digits at the end of a date stand for. Between the years that have been and those that
/// may have been long ago, the past is told more often; what falls due is still to come.
pub(super) fn whole_year(reader: &Reader<'_>, at: usize, digits: &str) -> String {
    const REACH: usize = 10;
    let at = at - usize::from(at > 0 && reader.lexed.symbol(at - 1) == Some(':'));
    let ahead = || reader.near_before(at, REACH, &sets::FALLS_DUE);
    let life = reader.near_before(at, 3, &["sinh", "mất", "trần"]);
    let last = if life { LAST_OF_LIFE } else { LAST_OF_NOW };
    let now = digits <= last || digits < FIRST_OF_PAST && ahead();
    format!("{}{digits}", if now { "20" } else { "19" })
}

/// Whether a day, a month and two digits of a year are at `at` with hyphens between: ngày 2-9-45. Three such
/// numbers may also be a formula or a code, so something must tell of a day, or the year be long ago.
pub(in crate::text::normalize) fn is_short(reader: &Reader<'_>, at: usize) -> bool {
    /// So many tokens before it another date may be.
    const DATES: usize = 12;
    let lexed = &reader.lexed;
    let hyphen = |sign: usize| lexed.glued_symbol(sign) == Some('-');
    let parts = (lexed.digits(at), lexed.glued_digits(at + 2), lexed.glued_digits(at + 4));
    let (Some(day), Some(month), Some(year)) = parts else { return false };
    let begins = !lexed.is_glued(at) || at == 0 || lexed.symbol(at - 1) == Some('(');
    let goes_on = lexed.goes_on(at + 5)
        || lexed.glued_symbol(at + 5).is_some() && lexed.glued_digits(at + 6).is_some();
    let fits = hyphen(at + 1) && hyphen(at + 3) && year.len() == 2 && is_day_of(day, month);
    if !fits || !begins || goes_on {
        return false;
    }
    let open = at - usize::from(at > 0 && matches!(lexed.symbol(at - 1), Some('(' | ':')));
    let is_date = |token: &Token| matches!(token, Token::Word(word) if word.class == "date");
    let announced = sets::DAY_LEADS.has(lexed.before(at, 1))
        || reader.near_before(at, 3, &sets::SHORT_DATE_LEADS);
    // ba giải 10-5-50 triệu đồng
    let next = lexed.word(at + 5);
    let counted = sets::MULTIPLIERS.has(next)
        || sets::COUNTED_LONG.has(next)
        || reader.tables.unit(lexed.rest(at + 5)).is_some();
    !counted
        && !reader.near_before(open, 6, &sets::NO_SHORT_DATES)
        && (announced || year >= SURELY_YEAR || reader.last_tokens(DATES).any(is_date))
}

/// Whether the day, the month and the two digits of a year at `at`, with points between, are told as a date: ngày 30.4.75,
/// HSD: 30.06.24, (Nghị quyết 10, 5.4.88): by the word before it, or alone between a bracket or a comma and the bracket's end.
pub(super) fn is_told(reader: &Reader<'_>, at: usize, year: &str) -> bool {
    let lexed = &reader.lexed;
    let colon = usize::from(at > 0 && lexed.symbol(at - 1) == Some(':'));
    let led = sets::DAY_NAMES.has(lexed.before(at, 1))
        || sets::SHORT_DATE_LEADS.has(lexed.before(at - colon, 1));
    let due = colon > 0 && lexed.before(at - colon, 1) == "dụng"; // Hạn sử dụng: 30.06.24
    let opens = at > 0 && matches!(lexed.symbol(at - 1), Some('(' | ','));
    let version = at > 0 && reader.near_before(at - 1, 3, &["bản", "mềm", "nhật"]);
    let enclosed = year >= SURELY_YEAR && opens && !version && lexed.symbol(at + 5) == Some(')');
    led || due || enclosed
}

/// nhập ngũ 4/68, vào bộ đội 2-47, tháng 3/75: a month and two digits of its year.
pub(in crate::text::normalize) fn month_of_service(
    reader: &mut Reader<'_>,
    pair: &Pair<'_>,
) -> Option<usize> {
    const LAST_MONTH: &str = "12";
    let (at, end) = (pair.at, pair.end());
    let sign = matches!(pair.sign, Sign::Stroke | Sign::Hyphen) && reader.lexed.is_glued(at + 1);
    let year = pair.second.len() == 2 && pair.second > LAST_MONTH;
    if !sign || !year || !is_day_of("1", pair.first) {
        return None;
    }
    let led = sets::SERVICE_LEADS.has(reader.lexed.before(at, 1))
        || reader.follows(at, &["vào", "bộ", "đội"])
        || reader.follows(at, &["đi", "bộ", "đội"])
        || reader.follows(at, &["vào", "đảng"])
        || reader.follows(at, &["tòng", "quân"])
        || reader.follows(at, &["hy", "sinh"]);
    let said = reader.lexed.before(at, 1) == "tháng" && !reader.counts_next(end);
    (led || said).then_some(())?;
    let year = whole_year(reader, at, pair.second);
    reader.verbalize(at, end, "date", Likely, |out| {
        if !said {
            out.push("tháng");
        }
        push_month(out, pair.first);
        out.push("năm");
        number::year(&year, out);
    });
    Some(end)
}

/// quý 3/12: a quarter and two digits of its year.
pub(in crate::text::normalize) fn quarter_of_year(
    reader: &mut Reader<'_>,
    pair: &Pair<'_>,
) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let quarter = pair.sign == Sign::Stroke
        && pair.first.len() == 1
        && ("1"..="4").contains(&pair.first)
        && is_year_of_figures(pair.second)
        && reader.lexed.before(at, 1) == "quý";
    quarter.then_some(())?;
    let year = format!("20{}", pair.second);
    reader.verbalize(at, end, "date", Likely, |out| {
        push_month(out, pair.first);
        out.push("năm");
        number::year(&year, out);
    });
    Some(end)
}

/// Whether two digits are a year whose figures are told by quarters or months: Q4/12, 9T/12.
pub(super) fn is_year_of_figures(digits: &str) -> bool {
    digits.len() == 2 && ("10"..=LAST_OF_NOW).contains(&digits)
}

/// 1400-07: a year and another of the same century that begins with a zero; the 0 is heard.
pub(super) fn years(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let first = lexed.digits(at).filter(|year| is_year(year))?;
    lexed.glued_symbol(at + 1).filter(|&sign| range::is_dash(sign))?;
    let last =
        lexed.glued_digits(at + 2).filter(|last| last.len() == 2 && last.starts_with('0'))?;
    let whole = format!("{}{last}", &first[..2]);
    let end = at + 3;
    let goes_on = lexed.goes_on(end)
        || lexed.glued_symbol(end).is_some() && lexed.glued_digits(end + 1).is_some();
    let begins = !lexed.is_glued(at) || at == 0 || lexed.symbol(at - 1) == Some('(');
    let numbered = reader.near_before(at, 2, &sets::NUMBERED_THINGS); // số máy 2001-05
    let told = matches!(&first[..2], "19" | "20") && !numbered
        || at > 0 && lexed.symbol(at - 1) == Some('(')
        || sets::YEAR_NAMED.has(lexed.before(at, 1));
    if goes_on || !begins || !told || whole.as_str() <= first {
        return None;
    }
    reader.verbalize(at, end, "date", Likely, |out| {
        number::year(first, out);
        out.push("đến");
        number::year(&whole, out);
    });
    Some(end)
}
