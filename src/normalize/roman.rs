//! Roman numerals: khóa XV, lần thứ XIII, thế kỷ XIX, quý IV/2021, Louis XIV, "II." before a
//! heading.

use super::number;
use super::reader::Reader;
use crate::spoken::Confidence::{Likely, Sure};

/// Words after which capitals of the right letters are a Roman numeral, be it a single letter.
const CUES: &[&str] = &[
    "khóa", "thứ", "kỷ", "kỉ", "quý", "chương", "phần", "hồi", "tập", "mục", "hội", "đoạn", "hạng",
    "cấp", "loại", "nhóm", "vùng", "quyển", "kỳ", "bậc", "chiến", "đợt", "số", "điểm", "độ",
    "giai", "khu", "lần", "bảng", "kì", "họp", "giải", "lục", "khoản", "điều", "bài", "câu",
];

/// Reads a Roman numeral after a cue, after a foreign name, as a list index, or anywhere if it is
/// of two or more of the letters I, V and X.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let numeral = reader.lexed.text(at);
    let value = number::roman(numeral)?;
    let before = reader.lexed.before(at, 1);
    let glued_left = reader.lexed.is_glued(at) && at > 0 && reader.lexed.symbol(at - 1).is_none();
    let glued_right = reader.lexed.is_glued(at + 1) && reader.lexed.symbol(at + 1).is_none();
    let initials = reader.lexed.glued_symbol(at + 1) == Some('.')
        && reader.lexed.is_glued(at + 2)
        && reader.lexed.symbol(at + 2).is_none(); // V.I. Lênin
    if glued_left || glued_right || initials {
        return None;
    }
    let foreign_initial =
        numeral.len() == 1 && reader.lexed.case(at + 2).is_some() && !reader.is_vietnamese(at + 2); // V. Putin
    let index = at == 0
        && !foreign_initial
        && matches!(reader.lexed.glued_symbol(1), Some('.' | ')' | '-' | ':'));
    let after_range = reader.last_word().is_some_and(|word| word.rule == "range");
    let small = numeral.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'));
    let confidence = if (CUES.contains(&before) && small) || before == "thứ" || after_range {
        Sure
    } else if small && (index || numeral.len() > 1) {
        Likely
    } else {
        return None;
    };
    let digits = value.to_string();
    let ordinal = before == "thứ" || (before == "giải" && value == 1);
    let fourth = before == "quý" && value == 4;
    reader.say(at, at + 1, "roman", confidence, |out| {
        if ordinal || fourth {
            number::ordinal(&digits, out);
        } else {
            number::cardinal(&digits, out);
        }
    });
    Some(year_after(reader, at + 1).unwrap_or(at + 1))
}

/// The year of quý II/2021.
fn year_after(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    (reader.lexed.glued_symbol(at) == Some('/')).then_some(())?;
    let year = reader.lexed.glued_digits(at + 1).filter(|year| year.len() == 4)?;
    reader.say(at, at + 2, "date", Sure, |out| {
        number::push(out, "năm");
        number::cardinal(year, out);
    });
    Some(at + 2)
}
