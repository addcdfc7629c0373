//! Money with its sign in front: $5, US$1,2 tỷ, €300. The sign is said after the number.

use super::number;
use super::numeral;
use super::reader::Reader;
use crate::model::spoken::Confidence::Sure;

/// Reads a currency sign and the number after it, with its scale word.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at)?;
    if !matches!(sign, '$' | '€' | '£' | '¥' | '₫' | '₩' | '₹' | '฿' | '₽') {
        return None;
    }
    let mut numeral = numeral::parse(&reader.lexed, at + 1)?;
    // Before the number stands the sign of those who group by commas: $1,299.
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
        scales.push(scale);
        end += 1;
    }
    let decimals = reader.options.style.decimals;
    reader.verbalize(at, end, "money", Sure, |out| {
        numeral.verbalize(decimals, out);
        scales.iter().chain([&currency]).for_each(|word| number::push(out, word));
    });
    Some(end)
}

/// The scale word at `at`; a letter counts only where it touches the number.
fn scale(reader: &Reader<'_>, at: usize) -> Option<&'static str> {
    match reader.lexed.word(at) {
        "nghìn" | "ngàn" => Some("nghìn"),
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
