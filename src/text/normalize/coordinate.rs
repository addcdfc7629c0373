//! Places on the globe in decimal degrees: 14.847 độ vĩ Bắc, tọa độ 21.03 - 105.85.

use super::numeral;
use super::reader::Reader;
use super::unit;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// Words on either side are looked at so far.
const REACH: usize = 8;

/// No longitude has more degrees.
const MOST_DEGREES: u16 = 180;

/// Reads degrees with a point, which is a decimal sign whatever the number of digits behind it, and the
/// dash before them, which is a pause.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let dash = matches!(reader.lexed.symbol(at), Some('-' | '–' | '—'));
    let degrees = numeral::parse_decimal(&reader.lexed, at + usize::from(dash))?;
    let small = degrees.integer.parse::<u16>().is_ok_and(|degrees| degrees <= MOST_DEGREES);
    let longer = degrees.fraction.is_some_and(|fraction| fraction.len() > 1);
    // Đảo rộng 57.400 m2, tọa độ 10,3 độ vĩ Bắc: what is measured in another unit is none
    let area = reader
        .tables
        .unit(reader.lexed.rest(degrees.end))
        .is_some_and(|unit| !unit.spoken.starts_with("độ"));
    if area || !degrees.point || !small || !longer || !is_beside_names(reader, at, degrees.end) {
        return None;
    }
    if dash {
        (at > 0).then(|| reader.mark(at, at + 1, Mark::Comma))?;
        return Some(at + 1);
    }
    reader.verbalize(at, degrees.end, "decimal", Likely, |out| degrees.verbalize_with("phẩy", out));
    let unit = unit::after_number(reader, degrees.end, None);
    Some(unit::verbalize(reader, degrees.end, unit))
}

/// Whether latitude, longitude or coordinates are named near: vĩ Bắc, kinh độ, tọa độ.
fn is_beside_names(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let names = |i: usize| {
        let (first, second) = (lexed.word(i), lexed.word(i + 1));
        match first {
            "vĩ" => sets::LATITUDES.has(second),
            "kinh" => sets::LONGITUDES.has(second),
            "tọa" | "toạ" => second == "độ",
            _ => false,
        }
    };
    (at.saturating_sub(REACH)..at).any(names) || (end..end + REACH).any(names)
}
