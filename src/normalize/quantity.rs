//! Numbers that count or measure, with the unit that follows them: 2.405 học viên, 100,02%,
//! 55,61 triệu đồng, 02 Nghị quyết, số 05, thứ 4, tháng 4.

use super::lex::Case;
use super::literal::{self, Literal};
use super::reader::Reader;
use super::{number, range, unit};
use crate::spoken::Confidence::{Doubtful, Likely, Sure};

/// An ungrouped number of more digits than this, with nothing counted after it, may be an identifier.
const LONGEST_UNGROUPED: usize = 6;

/// An ungrouped number of more digits than this is an identifier, whatever stands around it.
const LONGEST_COUNT: usize = 15;

/// A number of fewer digits than this is not read singly after the word for a code.
const SHORTEST_CODE: usize = 4;

/// What a long number counts.
const COUNTED: [&str; 34] = [
    "đồng",
    "người",
    "usd",
    "vnd",
    "vnđ",
    "đô",
    "lượt",
    "khách",
    "con",
    "cái",
    "chiếc",
    "hộ",
    "tấn",
    "tạ",
    "lít",
    "mét",
    "héc",
    "liều",
    "ca",
    "suất",
    "vé",
    "học",
    "thí",
    "cử",
    "phương",
    "xe",
    "căn",
    "cây",
    "bao",
    "cuốn",
    "tờ",
    "trường",
    "lao",
    "cổ",
];

/// Words shortly before a long number that make it an identifier.
const CODE_WORDS: [&str; 22] = [
    "mã", "stk", "tk", "id", "cmnd", "cccd", "cmt", "cmtnd", "mst", "serial", "seri", "imei", "vé",
    "thẻ", "passport", "otp", "sbd", "biển", "bks", "uid", "isbn", "msdn",
];

/// Pairs of words that do the same.
const CODE_PHRASES: [[&str; 2]; 16] = [
    ["tài", "khoản"],
    ["mật", "khẩu"],
    ["hợp", "đồng"],
    ["vận", "đơn"],
    ["hóa", "đơn"],
    ["số", "đơn"],
    ["đơn", "hàng"],
    ["số", "hiệu"],
    ["sê", "ri"],
    ["căn", "cước"],
    ["chứng", "minh"],
    ["hộ", "chiếu"],
    ["báo", "danh"],
    ["giao", "dịch"],
    ["định", "danh"],
    ["bảo", "hiểm"],
];

/// What carries a name in letters and digits.
const CARRIERS: [&str; 10] =
    ["tàu", "thuyền", "ghe", "xe", "bay", "hiệu", "biển", "bks", "mã", "canô"];

/// Reads any number, and its unit if it has one.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = scientific(reader, at).or_else(|| price(reader, at)) {
        return Some(end);
    }
    let literal =
        literal::parse(&reader.lexed, at).filter(|number| !is_version(reader, at, number));
    let Some(literal) = literal else {
        return Some(read_dotted(reader, at));
    };
    let end = literal.end;
    let unit = unit::after_number(reader, end, Some(&literal));
    say_number(reader, at, &literal, unit.is_some());
    if let Some(exponent) = exponent(reader, end) {
        reader.say(end, exponent.end, "cardinal", Sure, |out| exponent.say(out));
        let unit = unit::after_number(reader, exponent.end, None);
        return Some(unit::say(reader, exponent.end, unit));
    }
    unit::split(reader, end).or_else(|| Some(unit::say(reader, end, unit)))
}

fn say_number(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>, measured: bool) {
    let end = literal.end;
    let digits = literal.integer.as_str();
    let before = reader.lexed.before(at, 1);
    if literal.fraction.is_some() || end > at + 1 {
        return say_signed(reader, at, literal, measured);
    }
    if before == "thứ" || (before == "hạng" && digits == "1") {
        return reader.say(at, end, "ordinal", Sure, |out| number::ordinal(digits, out));
    }
    if matches!(before, "tháng" | "quý") && matches!(digits, "4" | "04") {
        return reader.say_text(at, end, "ordinal", Sure, "tư");
    }
    let one_by_one = |out: &mut String| number::one_by_one(digits, out);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if leading_zero && digits.len() > 4 && !is_long_code(reader, at) {
        reader.say(at, end, "digits", Doubtful, one_by_one);
        let message = format!("{digits} was read digit by digit, and may be a number");
        return reader.warn(at, end, message);
    }
    if leading_zero && (digits.len() > 3 || is_name(reader, at)) {
        return reader.say(at, end, "digits", Sure, one_by_one);
    }
    if matches!(before, "boeing" | "airbus") {
        return reader.say(at, end, "digits", Likely, one_by_one);
    }
    let counted = measured || counts(reader, digits, end);
    if (SHORTEST_CODE..=LONGEST_UNGROUPED).contains(&digits.len())
        && !measured
        && is_short_code(reader, at)
    {
        return reader.say(at, end, "digits", Likely, one_by_one);
    }
    if digits.len() > LONGEST_UNGROUPED && !counted {
        if digits.len() > LONGEST_COUNT || is_long_code(reader, at) {
            return reader.say(at, end, "digits", Likely, one_by_one);
        }
        reader.say(at, end, "cardinal", Doubtful, |out| number::cardinal(digits, out));
        let message = format!("{digits} was read as a number, and may be a code of single digits");
        return reader.warn(at, end, message);
    }
    reader.say(at, end, "cardinal", Sure, |out| number::cardinal(digits, out));
}

/// Says a numeral with signs in it. Where nothing is measured, a decimal point is said as it is
/// written (điểm 6.5); before a measure it is the comma of Vietnamese (3.5 triệu).
fn say_signed(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>, measured: bool) {
    let end = literal.end;
    if literal.point && !literal.grouped && is_account(reader, at, literal) {
        let written = reader.lexed.source(at, end);
        return reader.say(at, end, "digits", Likely, |out| number::one_by_one(written, out));
    }
    let confidence = match (literal.ambiguous, literal.point) {
        (true, _) => Doubtful,
        (_, true) => Likely,
        _ => Sure,
    };
    let rule = if literal.fraction.is_some() { "decimal" } else { "cardinal" };
    let as_written = literal.point && !literal.grouped && !measured && !is_measured(reader, end);
    let sign = if as_written { "chấm" } else { "phẩy" };
    reader.say(at, end, rule, confidence, |out| literal.say_with(sign, out));
    if literal.ambiguous {
        let written = reader.lexed.source(at, end);
        let taken = if literal.fraction.is_some() { "decimal sign" } else { "grouping sign" };
        reader.warn(at, end, format!("the comma in {written} was taken as a {taken}"));
    }
}

/// Whether what is measured or counted stands at `at`, or after the other end of a range there.
fn is_measured(reader: &Reader<'_>, at: usize) -> bool {
    let counted = |at: usize| {
        matches!(reader.lexed.symbol(at), Some('%' | '‰' | '°'))
            || reader.counts_next(at) && reader.lexed.word(at) != "x"
    };
    let other_end = || {
        reader.lexed.symbol(at).filter(|&sign| range::is_dash(sign))?;
        Some(literal::parse(&reader.lexed, at + 1)?.end)
    };
    counted(at) || other_end().is_some_and(counted)
}

/// Whether digits with a point in the middle are the number of an account: 1234.5678 after a word
/// that announces one.
fn is_account(reader: &Reader<'_>, at: usize, literal: &Literal<'_>) -> bool {
    literal.integer.len() >= SHORTEST_CODE
        && literal.fraction.is_some_and(|fraction| fraction.len() >= SHORTEST_CODE)
        && is_long_code(reader, at)
}

/// Where the words before a number end: before the colon of "Mã: 1234", the sign of "#1234", the
/// verb of "mật khẩu là 1234".
fn words_end(reader: &Reader<'_>, at: usize) -> usize {
    if reader.lexed.before(at, 1) == "là" {
        return at - 1;
    }
    match at.checked_sub(1).and_then(|sign| reader.lexed.symbol(sign)) {
        Some(':' | '#') => at - 1,
        _ => at,
    }
}

/// Whether the word right before `at` leads to a quantity: hơn 1234567 lượt.
fn leads_quantity(reader: &Reader<'_>, at: usize) -> bool {
    matches!(
        reader.lexed.before(at, 1),
        "khoảng"
            | "hơn"
            | "gần"
            | "đạt"
            | "trên"
            | "dưới"
            | "có"
            | "cho"
            | "tới"
            | "gồm"
            | "thêm"
            | "được"
            | "thu"
            | "chi"
            | "bán"
            | "tăng"
            | "giảm"
            | "còn"
            | "với"
    )
}

/// Whether the word mã stands shortly before `at` and means a code, not the stocks of an exchange
/// (mã giảm), a virus (mã độc) or power (mã lực).
fn has_code_word(reader: &Reader<'_>, at: usize) -> bool {
    let mut after = "";
    for word in reader.words_before(at, 3) {
        let other = matches!(after, "hóa" | "độc" | "tăng" | "giảm" | "lực" | "não" | "cổ");
        if word == "mã" && !other {
            return true;
        }
        after = word;
    }
    false
}

/// Whether the words before `at` say that a long number is a code.
fn is_long_code(reader: &Reader<'_>, at: usize) -> bool {
    if leads_quantity(reader, at) {
        return false;
    }
    let from = words_end(reader, at);
    let hash = reader.lexed.symbol(at.wrapping_sub(1)) == Some('#');
    let called = reader.lexed.before(from, 1) == "số"
        && !matches!(
            reader.lexed.before(from, 2),
            "con" | "dân" | "doanh" | "tổng" | "hàng" | "hơn" | "lượng" | "trong" | "vô"
        );
    hash || called
        || reader.near_before(from, 5, &CODE_WORDS)
        || CODE_PHRASES.iter().any(|&phrase| reader.near_phrase(from, 5, phrase))
}

/// Whether the words right before `at` say that a number of four to six digits is a code: mã giao
/// dịch 9704, mật khẩu 123456, xe biển 5678, tàu QNg 90123.
fn is_short_code(reader: &Reader<'_>, at: usize) -> bool {
    let from = words_end(reader, at);
    let before = reader.lexed.before(from, 1);
    if matches!(before, "năm" | "khóa" | "tháng") || leads_quantity(reader, at) {
        return false;
    }
    let lettered = before != "iso"
        && reader.lexed.case(from.wrapping_sub(1)).is_some_and(is_capitals)
        && !reader.is_vietnamese(from - 1)
        && reader.near_before(from, 4, &CARRIERS);
    let plate = before == "biển" && reader.near_before(from, 5, &["xe", "tô", "mang", "gắn"]);
    let drawn = reader.lexed.text(at).len() > SHORTEST_CODE
        && (reader.follows(from, &["đặc", "biệt"])
            || reader.lexed.before(from, 2) == "giải"
            || reader.follows(from, &["dãy", "số"]));
    lettered
        || plate
        || drawn
        || reader.lexed.symbol(at.wrapping_sub(1)) == Some('#')
        || has_code_word(reader, from)
        || reader.near_before(from, 3, &["otp", "sbd"])
        || [["mật", "khẩu"], ["biển", "số"], ["báo", "danh"], ["số", "hiệu"], ["sê", "ri"]]
            .iter()
            .any(|phrase| reader.follows(from, phrase))
}

fn is_capitals(case: Case) -> bool {
    matches!(case, Case::Upper | Case::Mixed)
}

/// What ten, or the number before it, is raised to.
struct Exponent {
    /// Index after its last lexeme.
    end: usize,
    negative: bool,
    digits: String,
}

impl Exponent {
    fn say(&self, out: &mut String) {
        number::push(out, "mũ");
        if self.negative {
            number::push(out, "trừ");
        }
        number::cardinal(&self.digits, out);
    }
}

/// More digits than this no exponent has.
const LONGEST_EXPONENT: usize = 4;

/// `^-3` or `⁻³` at an index; a lone ² or ³ is left to the signs.
fn exponent(reader: &Reader<'_>, at: usize) -> Option<Exponent> {
    if reader.lexed.glued_symbol(at) == Some('^') {
        return plain_exponent(reader, at + 1);
    }
    let mut digits = String::new();
    let (mut end, mut signed, mut negative) = (at, false, false);
    while let Some(sign) = reader.lexed.glued_symbol(end).filter(|_| end < at + LONGEST_EXPONENT) {
        match ("⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == sign), sign) {
            (Some(value), _) => digits.extend(char::from_digit(value as u32, 10)),
            (None, '⁻' | '⁺') if end == at => (signed, negative) = (true, sign == '⁻'),
            _ => break,
        }
        end += 1;
    }
    let lone = !signed && matches!(digits.as_str(), "2" | "3");
    (!digits.is_empty() && !lone).then_some(Exponent { end, negative, digits })
}

/// `-3`, `+3` or `3` at an index, touching what stands before it.
fn plain_exponent(reader: &Reader<'_>, at: usize) -> Option<Exponent> {
    let sign = reader.lexed.glued_symbol(at).filter(|sign| matches!(sign, '-' | '−' | '+'));
    let at = at + usize::from(sign.is_some());
    let digits = reader.lexed.glued_digits(at).filter(|d| d.len() <= LONGEST_EXPONENT)?;
    Some(Exponent {
        end: at + 1,
        negative: sign.is_some_and(|s| s != '+'),
        digits: digits.to_owned(),
    })
}

/// 6.626e-34: a decimal times a power of ten, as programs write it.
fn scientific(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mantissa = literal::parse_decimal(&reader.lexed, at)?;
    let e = mantissa.end;
    matches!(reader.lexed.text(e), "e" | "E").then_some(())?;
    let exponent = plain_exponent(reader, e + 1).filter(|_| reader.lexed.is_glued(e))?;
    if reader.lexed.is_glued(exponent.end) && reader.lexed.case(exponent.end).is_some() {
        return None;
    }
    let sign = if mantissa.point { "chấm" } else { "phẩy" };
    reader.say(at, exponent.end, "decimal", Likely, |out| {
        mantissa.say_with(sign, out);
        number::push(out, "nhân mười");
        exponent.say(out);
    });
    let unit = unit::after_number(reader, exponent.end, None);
    Some(unit::say(reader, exponent.end, unit))
}

/// 2t3, 15k5: a price whose next lower part follows its scale as bare digits. Of 2k5 a birth year
/// is commoner than a price.
fn price(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let whole = reader.lexed.digits(at).filter(|digits| digits.len() <= 3)?;
    let part = reader.lexed.glued_digits(at + 2).filter(|digits| digits.len() == 1)?;
    let (scale, below) = match reader.lexed.text(at + 1) {
        "t" => ("tỷ", "trăm triệu"),
        "k" if whole != "2" || reader.near_before(at, 3, &["giá", "bán", "mua", "tăng"]) => {
            ("nghìn", "trăm")
        }
        _ => return None,
    };
    let apart = reader.lexed.is_glued(at) && at > 0;
    if apart
        || !reader.lexed.is_glued(at + 1)
        || reader.lexed.is_glued(at + 3) && reader.lexed.case(at + 3).is_some()
    {
        return None;
    }
    reader.say(at, at + 3, "cardinal", Likely, |out| {
        number::cardinal(whole, out);
        number::push(out, scale);
        number::cardinal(part, out);
        number::push(out, below);
    });
    Some(at + 3)
}

/// Whether the number at `at` names something rather than counting it: số 05, Nghị quyết 02. The
/// zero of a name is said, that of a count is not (02 Nghị quyết).
fn is_name(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.lexed.before(at, 1);
    matches!(before, "số" | "mã" | "lô" | "ô" | "phòng" | "khoang" | "tàu" | "hiệu")
        || is_drawn(reader, at)
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

/// Whether a number of two digits stands beside another: 05 12 23 34, as they are drawn.
fn is_drawn(reader: &Reader<'_>, at: usize) -> bool {
    let pair = |at: usize| reader.lexed.digits(at).is_some_and(|digits| digits.len() == 2);
    pair(at) && (pair(at + 1) || at > 0 && pair(at - 1))
}

/// Whether a long ungrouped number can be a quantity: it is round, or something counted follows.
fn counts(reader: &Reader<'_>, digits: &str, end: usize) -> bool {
    digits.ends_with("000") || COUNTED.contains(&reader.lexed.word(end))
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

/// Digits with points that are no numeral: versions, section numbers, addresses of machines. Said
/// number by number, those of an account digit by digit.
fn read_dotted(reader: &mut Reader<'_>, at: usize) -> usize {
    let mut end = at + 1;
    while matches!(reader.lexed.glued_symbol(end), Some('.' | ','))
        && reader.lexed.glued_digits(end + 1).is_some()
    {
        end += 2;
    }
    let written = reader.lexed.source(at, end);
    let address = written.split('.').count() == 4
        && written.split('.').all(|part| part.parse::<u16>().is_ok_and(|part| part < 256))
        && reader.near_before(at, 3, &["ip", "địa"]);
    let account = written.split('.').all(|part| part.len() >= 3) && is_long_code(reader, at);
    reader.say(at, end, "dotted", Likely, |out| {
        for (i, part) in written.split(['.', ',']).enumerate() {
            if i > 0 && !account {
                number::push(out, "chấm");
            }
            if account || address || part.starts_with('0') || part.len() > 3 {
                number::one_by_one(part, out);
            } else {
                number::cardinal(part, out);
            }
        }
    });
    end
}
