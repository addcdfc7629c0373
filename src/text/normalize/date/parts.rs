//! Days, months and years: which digits can be one, and how they are said.

use crate::text::normalize::number;
use crate::text::normalize::verbalization::Verbalization;

/// Four digits from 1000 to 2999.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4 && matches!(digits.as_bytes()[0], b'1' | b'2')
}

/// Whether a month of the year has such a day; February has 29.
pub(super) fn is_day_of(day: &str, month: &str) -> bool {
    const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if day.len() > 2 || month.len() > 2 {
        return false;
    }
    let (Ok(day), Ok(month)) = (day.parse::<u8>(), month.parse::<usize>()) else { return false };
    (1..=12).contains(&month) && (1..=DAYS[month - 1]).contains(&day)
}

/// Appends a day, its month and, if it has one, its year.
pub(super) fn push_date(
    out: &mut Verbalization,
    with_day: bool,
    day: &str,
    month: &str,
    year: Option<&str>,
) {
    if with_day {
        out.push("ngày");
    }
    number::cardinal(day, out);
    out.push("tháng");
    push_month(out, month);
    if let Some(year) = year {
        out.push("năm");
        number::year(year, out);
    }
}

/// Appends a month; the fourth is tháng tư.
pub(super) fn push_month(out: &mut Verbalization, month: &str) {
    match month {
        "4" | "04" => out.push("tư"),
        _ => number::cardinal(month, out),
    }
}

/// Appends a half of a year.
pub(super) fn push_half(half: &str, out: &mut Verbalization) {
    out.push(if half == "1" { "nửa đầu" } else { "nửa cuối" });
}

/// Appends a month and its year.
pub(super) fn push_month_of(out: &mut Verbalization, month: &str, year: &str) {
    push_month(out, month);
    out.push("năm");
    number::year(year, out);
}
