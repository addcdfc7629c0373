//! Telephone numbers, read digit by digit: 0912345678, 024.3825.1234, +84 912 345 678, 1900 1234.

use super::number;
use super::reader::Reader;
use crate::spoken::Confidence::{Likely, Sure};

/// Words that announce a telephone number.
const CUES: [&str; 17] = [
    "thoại", "sđt", "đt", "hotline", "nóng", "máy", "zalo", "gọi", "đài", "fax", "hệ", "viber",
    "bấm", "cứu", "gửi", "soạn", "đầu",
];

/// Reads a telephone number: a national one (0…), an international one (+84…), a service number
/// (1800…, 1900…), or a short number after a cue (gọi 113).
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let bracket = reader.lexed.symbol(at) == Some('(');
    let sign = at + usize::from(bracket);
    let plus = reader.lexed.symbol(sign) == Some('+');
    let first = sign + usize::from(plus);
    let head =
        reader.lexed.digits(first).filter(|_| first == at || reader.lexed.is_glued(first))?;
    let (mut end, mut total) = (first + 1, head.len());
    if bracket {
        // (024) 3825 1234: the area code stands in brackets, and a number must follow.
        (reader.lexed.glued_symbol(end) == Some(')') && (plus || head.starts_with('0')))
            .then_some(())?;
        end += 1;
        reader.lexed.digits(end)?;
    }
    while let Some((next, digits)) = next_group(reader, end) {
        if !(2..=6).contains(&digits.len()) || total + digits.len() > 13 {
            break;
        }
        total += digits.len();
        end = next;
    }
    let cued = reader.near_before(at, 3, &CUES);
    let grouped = end > first + 1;
    let known = match head {
        _ if plus => (9..=13).contains(&total),
        _ if head.starts_with("1800") || head.starts_with("1900") => {
            (8..=10).contains(&total) && (grouped || cued || total > 8)
        }
        _ if head.starts_with('0') => {
            (9..=11).contains(&total) && (head.len() >= 9 || (grouped && head.len() >= 3))
        }
        _ if head.len() == 3 || head.len() == 4 => {
            let called = reader.near_before(at, 3, &["gọi", "đài", "nóng", "bấm", "hotline"]);
            !grouped && cued && head.starts_with('1') && (called || !reader.counts_next(end))
        }
        _ => cued && (7..=11).contains(&total),
    };
    let ends_here = !reader.lexed.is_glued(end) || reader.lexed.symbol(end).is_some();
    if !known || !ends_here {
        return None;
    }
    let confidence = if cued || plus { Sure } else { Likely };
    let written = reader.lexed.source(first, end);
    reader.say(at, end, "phone", confidence, |out| {
        if plus {
            number::push(out, "cộng");
        }
        number::one_by_one(written, out);
    });
    Some(end)
}

/// The group of digits after `at`, set apart by a space, a point or a hyphen, and the index after
/// it.
fn next_group<'a>(reader: &Reader<'a>, at: usize) -> Option<(usize, &'a str)> {
    if let Some(digits) = reader.lexed.digits(at) {
        let apart = !reader.lexed.is_glued(at) || reader.lexed.symbol(at - 1) == Some(')');
        return apart.then_some((at + 1, digits));
    }
    reader.lexed.glued_symbol(at).filter(|sign| matches!(sign, '.' | '-'))?;
    reader.lexed.glued_digits(at + 1).map(|digits| (at + 2, digits))
}
