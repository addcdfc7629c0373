//! Numbers that count or measure, with the unit that follows them: 2.405 học viên, 100,02%,
//! 55,61 triệu đồng, 02 Nghị quyết, số 05, thứ 4, tháng 4.

use super::lex::Case;
use super::literal::{self, Literal};
use super::reader::Reader;
use super::{number, unit};
use crate::spoken::Confidence::{Doubtful, Likely, Sure};

/// An ungrouped number of more digits than this, with nothing counted after it, is an identifier.
const LONGEST_UNGROUPED: usize = 6;

/// Reads any number, and its unit if it has one.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let literal =
        literal::parse(&reader.lexed, at).filter(|number| !is_version(reader, at, number));
    let Some(literal) = literal else {
        return Some(read_dotted(reader, at));
    };
    let end = literal.end;
    let unit = unit::after_number(reader, end, Some(&literal));
    say_number(reader, at, &literal, unit.is_some());
    unit::split(reader, end).or_else(|| Some(unit::say(reader, end, unit)))
}

fn say_number(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>, measured: bool) {
    let end = literal.end;
    let digits = literal.integer.as_str();
    let before = reader.lexed.before(at, 1);
    if literal.fraction.is_some() || end > at + 1 {
        let confidence = match (literal.ambiguous, literal.point) {
            (true, _) => Doubtful,
            (_, true) => Likely,
            _ => Sure,
        };
        let rule = if literal.fraction.is_some() { "decimal" } else { "cardinal" };
        let decimals = reader.options.decimals;
        reader.say(at, end, rule, confidence, |out| literal.say(decimals, out));
        if literal.ambiguous {
            let written = reader.lexed.source(at, end);
            let taken = if literal.fraction.is_some() { "decimal sign" } else { "grouping sign" };
            reader.warn(at, end, format!("the comma in {written} was taken as a {taken}"));
        }
        return;
    }
    if before == "thứ" || (before == "hạng" && digits == "1") {
        return reader.say(at, end, "ordinal", Sure, |out| number::ordinal(digits, out));
    }
    if matches!(before, "tháng" | "quý") && matches!(digits, "4" | "04") {
        return reader.say_text(at, end, "ordinal", Sure, "tư");
    }
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if leading_zero && (digits.len() > 3 || is_name(reader, at)) {
        return reader.say(at, end, "digits", Sure, |out| number::one_by_one(digits, out));
    }
    if matches!(before, "boeing" | "airbus") {
        return reader.say(at, end, "digits", Likely, |out| number::one_by_one(digits, out));
    }
    if digits.len() > LONGEST_UNGROUPED && !measured && !counts(reader, digits, end) {
        return reader.say(at, end, "digits", Likely, |out| number::one_by_one(digits, out));
    }
    reader.say(at, end, "cardinal", Sure, |out| number::cardinal(digits, out));
}

/// Whether the number at `at` names something rather than counting it: số 05, Nghị quyết 02. The
/// zero of a name is said, that of a count is not (02 Nghị quyết).
fn is_name(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    matches!(before, "số" | "mã" | "lô" | "ô" | "phòng" | "khoang")
        || reader.near_before(at, 2, &["mã"])
        || [
            ["nghị", "quyết"],
            ["quyết", "định"],
            ["chỉ", "thị"],
            ["thông", "tư"],
            ["thông", "tri"],
            ["nghị", "định"],
            ["kết", "luận"],
            ["quy", "định"],
            ["hướng", "dẫn"],
            ["kế", "hoạch"],
            ["đề", "án"],
            ["công", "điện"],
            ["chuyên", "án"],
            ["tờ", "trình"],
        ]
        .iter()
        .any(|name| reader.follows(at, name))
}

/// Whether a long ungrouped number can be a quantity: it is round, or something counted follows.
fn counts(reader: &Reader<'_>, digits: &str, end: usize) -> bool {
    digits.ends_with("000")
        || matches!(reader.lexed.word(end), "đồng" | "người" | "usd" | "vnd" | "vnđ" | "đô")
}

/// Whether a number with a decimal point names a version or section (bản 2.0, mục 1.2, iOS 17.4):
/// it ends in a zero, or stands after a word that such numbers follow or after a foreign name.
fn is_version(reader: &Reader<'_>, at: usize, number: &Literal<'_>) -> bool {
    if !number.point {
        return false;
    }
    let before = reader.lexed.before(at, 1);
    let named = reader.lexed.case(at.wrapping_sub(1)).is_some_and(|case| case != Case::Lower)
        && !reader.is_vietnamese(at - 1);
    let scaled = matches!(reader.lexed.word(number.end), "triệu" | "tỷ" | "tỉ" | "nghìn");
    let numbered = matches!(
        before,
        "chương"
            | "mục"
            | "bảng"
            | "hình"
            | "bản"
            | "bài"
            | "phần"
            | "khoản"
            | "đồ"
            | "version"
            | "v"
    );
    let heads_a_list = at == 0 && reader.lexed.glued_symbol(number.end) == Some('.');
    !scaled && (heads_a_list || number.fraction == Some("0") || named || numbered)
}

/// Digits with points that are no numeral: versions, section numbers. Said number by number.
fn read_dotted(reader: &mut Reader<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while matches!(reader.lexed.glued_symbol(end), Some('.' | ','))
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        end += 2;
    }
    let written = reader.lexed.source(at, end);
    reader.say(at, end, "dotted", Likely, |out| {
        for (i, part) in written.split(['.', ',']).enumerate() {
            if i > 0 {
                number::push(out, "chấm");
            }
            if part.starts_with('0') || part.len() > 3 {
                number::one_by_one(part, out);
            } else {
                number::cardinal(part, out);
            }
        }
    });
    end
}
