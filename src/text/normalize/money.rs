//! Money with its sign in front: $5, US$1,2 tỷ, €300. The sign is said after the number.

use super::numeral;
use super::reader::Reader;
use super::unit::is_currency_sign;
use crate::model::spoken::Confidence::Sure;

/// Reads a currency sign and the number after it, with its scale word.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    if !is_currency_sign(sign) {
        return None;
    }
    let mut numeral = numeral::parse(&reader.lexed, at + 1)?;
    // Before the number is the sign of those who group by commas: $1,299.
    let thousands = numeral.fraction.filter(|digits| {
        digits.len() == 3 && !numeral.point && matches!(sign, '$' | '£') && numeral.integer != "0"
    });
    if let Some(digits) = thousands.filter(|_| scale(reader, numeral.end).is_none()) {
        numeral.integer.push_str(digits);
        numeral.fraction = None;
    }
    let currency = reader.tables.unit(reader.lexed.text(at))?.spoken;
    let mut end = numeral.end;
    let mut scales = Vec::new();
    while let Some(scale) = scale(reader, end) {
        let is_as_written = reader.lexed.word(end) == scale;
        scales.push((scale, is_as_written));
        end += 1;
    }
    reader.verbalize(at, end, "money", Sure, |out| {
        numeral.verbalize(out);
        for (scale, is_as_written) in scales {
            if is_as_written { out.push(scale) } else { out.push_styled(scale) }
        }
        out.push(currency);
    });
    Some(end)
}

/// The scale word at `at`; a letter counts only where it touches the number.
fn scale(reader: &Reader<'_>, at: usize) -> Option<&'static str> {
    match reader.lexed.word(at) {
        "nghìn" => Some("nghìn"),
        "ngàn" => Some("ngàn"),
        "triệu" => Some("triệu"),
        "tỷ" | "tỉ" | "billion" => Some("tỷ"),
        "million" => Some("triệu"),
        "trillion" => Some("nghìn tỷ"),
        letter if reader.lexed.is_glued(at) => match letter {
            "k" => Some("nghìn"),
            "m" | "tr" => Some("triệu"),
            "b" => Some("tỷ"),
            _ => None,
        },
        _ => None,
    }
}
