//! Two numbers with a stroke or a colon between them: 1/2 diện tích, 17/17 chỉ tiêu, tỷ lệ 1:5.

use super::literal;
use super::number;
use super::reader::Reader;
use super::unit;
use crate::spoken::Confidence::{Likely, Sure};

/// The largest denominator that is read as a fraction; above it the stroke is read as `trên`.
const LARGEST_DENOMINATOR: u32 = 10;

/// Reads `A/B` and `A:B`.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let above = reader.lexed.digits(at)?;
    let sign = reader.lexed.glued_symbol(at + 1)?;
    let below = reader.lexed.glued_digits(at + 2)?;
    if !matches!(sign, '/' | ':' | '⁄') || above.len() > 7 || below.len() > 7 {
        return None;
    }
    let end = at + 3;
    let chained = reader.lexed.glued_symbol(end) == Some(sign);
    let signed = matches!(reader.lexed.glued_symbol(end), Some('.' | ','));
    if (chained || signed) && reader.lexed.glued_digits(end + 1).is_some() {
        return chain(reader, at, sign);
    }
    if sign != ':' && is_part(reader, at, end, above, below) {
        reader.say(at, end, "fraction", Likely, |out| {
            number::cardinal(above, out);
            number::push(out, "phần");
            number::ordinal_of_parts(below, out);
        });
    } else {
        let confidence = if above == below { Sure } else { Likely };
        reader.say(at, end, "fraction", confidence, |out| {
            number::cardinal(above, out);
            number::push(out, "trên");
            number::cardinal(below, out);
        });
    }
    let unit = unit::after_number(reader, end, None);
    Some(unit::say(reader, end, unit))
}

/// `1:2:3`, `1:50.000`, `30/2/2024`: numbers said one after another, `trên` between them.
fn chain(reader: &mut Reader<'_>, at: usize, sign: char) -> Option<usize> {
    let mut terms = vec![literal::parse(&reader.lexed, at)?];
    let mut end = terms[0].end;
    while reader.lexed.glued_symbol(end) == Some(sign)
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        let term = literal::parse(&reader.lexed, end + 1)?;
        end = term.end;
        terms.push(term);
    }
    reader.say(at, end, "fraction", Likely, |out| {
        for (i, term) in terms.iter().enumerate() {
            if i > 0 {
                number::push(out, "trên");
            }
            term.say(out);
        }
    });
    Some(end)
}

/// Whether a part of a whole is meant (1/3 diện tích) rather than so many out of so many (5/7 chỉ
/// tiêu): a small proper fraction, not of counted things and not in an address.
fn is_part(reader: &Reader<'_>, at: usize, end: usize, above: &str, below: &str) -> bool {
    let (Ok(above), Ok(below)) = (above.parse::<u32>(), below.parse::<u32>()) else {
        return false;
    };
    let proper = 0 < above && above < below && below <= LARGEST_DENOMINATOR;
    let address = reader.in_address(at);
    let counted = matches!(
        reader.lexed.word(end),
        "chỉ"
            | "tiêu"
            | "xã"
            | "phường"
            | "huyện"
            | "thôn"
            | "người"
            | "học"
            | "đại"
            | "trường"
            | "đơn"
            | "nhiệm"
            | "tỉnh"
            | "mục"
            | "nội"
            | "điểm"
            | "câu"
            | "trận"
            | "thành"
    );
    proper && !address && !counted
}
