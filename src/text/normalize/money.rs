//! Money with its sign in front: $5, US$1,2 tỷ, €300. The sign is said after the number.

use super::numeral;
use super::range;
use super::reader::Reader;
use super::unit::is_currency_sign;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Sure;

/// Reads a currency sign and the number after it, with its scale word.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    is_currency_sign(reader.lexed.symbol(at)?).then_some(())?;
    let currency = reader.tables.unit(reader.lexed.text(at))?.spoken;
    amount(reader, at, at, currency)
}

/// Reads a dollar of a country, by the letters before its sign, and the number after it: S$15, US$1,2 tỷ.
pub(super) fn read_dollars(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    (reader.lexed.glued_symbol(at + 1) == Some('$')).then_some(())?;
    let currency = match reader.lexed.text(at) {
        "US" => "đô la Mỹ",
        "S" => "đô la Singapore",
        "A" | "AU" => "đô la Úc",
        "C" | "CA" => "đô la Canada",
        "NZ" => "đô la New Zealand",
        "HK" => "đô la Hồng Kông",
        "NT" => "đô la Đài Loan",
        _ => return None,
    };
    reader.lexed.glued_digits(at + 2)?;
    amount(reader, at, at + 1, currency)
}

/// Reads the number after the sign of a currency and its scale word; all from `at` on is said.
fn amount(reader: &mut Reader<'_>, at: usize, sign_at: usize, currency: &str) -> Option<usize> {
    let sign = reader.lexed.symbol(sign_at)?;
    let mut numeral = numeral::parse(&reader.lexed, sign_at + 1)?;
    // Before the number is the sign of those who group by commas: $1,299.
    let thousands = numeral.fraction.filter(|digits| {
        digits.len() == 3 && !numeral.point && matches!(sign, '$' | '£') && numeral.integer != "0"
    });
    if let Some(digits) = thousands.filter(|_| scale(reader, numeral.end).is_none()) {
        numeral.integer.push_str(digits);
        numeral.fraction = None;
    }
    let second = upper_end(reader, &numeral);
    let mut end = second.as_ref().map_or(numeral.end, |second| second.end);
    let mut scales = Vec::new();
    while let Some(scale) = scale(reader, end) {
        let is_as_written = reader.lexed.word(end) == scale;
        scales.push((scale, is_as_written));
        end += 1;
    }
    reader.verbalize(at, end, "money", Sure, |out| {
        numeral.verbalize(out);
        if let Some(second) = &second {
            out.push("đến");
            second.verbalize(out);
        }
        for (scale, is_as_written) in scales {
            if is_as_written { out.push(scale) } else { out.push_styled(scale) }
        }
        out.push(currency);
    });
    Some(end)
}

/// The upper end of a range that begins with a number behind the sign of a currency, and has no sign itself: $60-65.
fn upper_end<'a>(
    reader: &Reader<'a>,
    first: &numeral::Numeral<'a>,
) -> Option<numeral::Numeral<'a>> {
    reader.lexed.glued_symbol(first.end).filter(|&sign| range::is_dash(sign))?;
    reader.lexed.glued_digits(first.end + 1)?;
    let second = numeral::parse(&reader.lexed, first.end + 1)?;
    let measured = reader.lexed.symbol(second.end) == Some('%')
        || sets::LENGTHS_OF_TIME.has(reader.lexed.word(second.end));
    (!measured && range::value(first) < range::value(&second)).then_some(second)
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
