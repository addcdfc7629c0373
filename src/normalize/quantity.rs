//! Numbers that count or measure, with the unit that follows them: 2.405 học viên, 100,02%,
//! 55,61 triệu đồng, 02 Nghị quyết, số 05, thứ 4, tháng 4.

mod exponent;
mod identifier;

use super::lex::Case;
use super::literal::{self, Literal};
use super::reader::Reader;
use super::{number, range, unit};
use crate::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::spoken::{Mark, Token};
use identifier::{SHORTEST_CODE, is_account, is_long_code, is_name, is_short_code};

/// An ungrouped number of more digits than this, with nothing counted after it, may be an identifier.
const LONGEST_UNGROUPED: usize = 6;

/// An ungrouped number of more digits than this is an identifier, whatever stands around it.
const LONGEST_COUNT: usize = 15;

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

/// Reads any number, and its unit if it has one.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if let Some(end) = exponent::scientific(reader, at)
        .or_else(|| price(reader, at))
        .or_else(|| days_and_nights(reader, at))
    {
        return Some(end);
    }
    let literal =
        literal::parse(&reader.lexed, at).filter(|number| !is_version(reader, at, number));
    let Some(literal) = literal else {
        return Some(read_dotted(reader, at));
    };
    let end = literal.end;
    if let Some(end) = place(reader, at, &literal)
        .or_else(|| or_more(reader, at, &literal))
        .or_else(|| multiple(reader, at, &literal))
        .or_else(|| parameters(reader, at, &literal))
    {
        return Some(end);
    }
    let unit = unit::after_number(reader, end, Some(&literal));
    say_number(reader, at, &literal, unit.is_some());
    if let Some(exponent) = exponent::exponent(reader, end).filter(|_| unit.is_none()) {
        reader.say(end, exponent.end, "cardinal", Sure, |out| exponent.say(out));
        let unit = unit::after_number(reader, exponent.end, None);
        return Some(unit::say(reader, exponent.end, unit));
    }
    unit::split(reader, end).or_else(|| Some(unit::say(reader, end, unit)))
}

/// 16,0N, 110,5°E: how far from the equator or from Greenwich, in degrees.
fn place(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>) -> Option<usize> {
    let degree = matches!(reader.lexed.glued_symbol(literal.end), Some('°' | 'º'));
    let letter = literal.end + usize::from(degree);
    let pole = unit::pole(reader, letter)?;
    let fits =
        literal.integer.len() <= 3 && literal.fraction.map_or(degree, |digits| digits.len() <= 4);
    // 12,5N may be a force; with a number of the other axis behind it, it is a place.
    let pair = || {
        reader.lexed.symbol(letter + 1).filter(|&s| range::is_dash(s) || matches!(s, ',' | ';'))?;
        let other = literal::parse(&reader.lexed, letter + 2)?.end;
        Some(matches!(reader.lexed.text(other), "E" | "W"))
    };
    let cued = degree
        || pair() == Some(true)
        || reader.near_before(at, 12, &["trí", "vĩ", "kinh", "tọa", "toạ", "tâm"])
        || reader.last_tokens(3).any(|t| matches!(t, Token::Word(word) if word.rule == "place"));
    if !fits || !cued {
        return None;
    }
    let decimals = reader.options.decimals;
    reader.say(at, letter + 1, "place", Likely, |out| {
        literal.say(decimals, out);
        number::push(out, "độ");
        number::push(out, pole);
    });
    let end = letter + 1;
    let joined = reader.lexed.glued_symbol(end).is_some_and(range::is_dash)
        && reader.lexed.glued_digits(end + 1).is_some();
    if joined {
        reader.mark(end, end + 1, Mark::Comma);
    }
    Some(end + usize::from(joined))
}

/// 671B tham số: how many numbers a model of language has.
fn parameters(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>) -> Option<usize> {
    let scale = match reader.lexed.text(literal.end) {
        "B" => "tỷ",
        "M" => "triệu",
        "T" => "nghìn tỷ",
        _ => return None,
    };
    let end = literal.end + 1;
    let counted = reader.lexed.word(end) == "tham" && reader.lexed.word(end + 1) == "số";
    if !reader.lexed.is_glued(literal.end) || !counted {
        return None;
    }
    let decimals = reader.options.decimals;
    reader.say(at, end, "cardinal", Likely, |out| {
        literal.say(decimals, out);
        number::push(out, scale);
    });
    Some(end)
}

/// 3N2Đ: the days and nights of a journey.
fn days_and_nights(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let days = reader.lexed.digits(at).filter(|digits| digits.len() <= 2)?;
    let nights = reader.lexed.glued_digits(at + 2).filter(|digits| digits.len() <= 2)?;
    let letters = reader.lexed.text(at + 1) == "N"
        && reader.lexed.is_glued(at + 1)
        && matches!(reader.lexed.text(at + 3), "Đ" | "D")
        && reader.lexed.is_glued(at + 3);
    let goes_on = reader.lexed.is_glued(at + 4) && reader.lexed.symbol(at + 4).is_none();
    if !letters || goes_on {
        return None;
    }
    reader.say(at, at + 4, "unit", Likely, |out| {
        number::cardinal(days, out);
        number::push(out, "ngày");
        number::cardinal(nights, out);
        number::push(out, "đêm");
    });
    Some(at + 4)
}

/// 1.000+ rạp: a round number and more; not a mark of an age (phim 18+).
fn or_more(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>) -> Option<usize> {
    let sign = literal.end;
    let counted = !reader.lexed.is_glued(sign + 1)
        && reader.lexed.case(sign + 1) == Some(Case::Lower)
        && reader.is_vietnamese(sign + 1);
    let round = literal.integer.len() >= 3 && literal.integer.ends_with('0');
    if reader.lexed.glued_symbol(sign) != Some('+') || !counted || !round {
        return None;
    }
    let decimals = reader.options.decimals;
    reader.say(at, sign + 1, "cardinal", Likely, |out| {
        number::push(out, "hơn");
        literal.say(decimals, out);
    });
    Some(sign + 1)
}

/// 10,5x where a share is valued: so many times its earnings.
fn multiple(reader: &mut Reader<'_>, at: usize, literal: &Literal<'_>) -> Option<usize> {
    const VALUED: [&str; 7] = ["phóng", "định", "pe", "pb", "ev", "gấp", "bội"];
    let (sign, end) = (literal.end, literal.end + 1);
    let goes_on = reader.lexed.is_glued(end) && reader.lexed.symbol(end).is_none();
    let ratio = (3..=14).any(|back| {
        reader.lexed.before(at, back) == "p"
            && matches!(reader.lexed.before(at, back - 2), "e" | "b")
    });
    let valued = ratio || reader.near_before(at, 10, &VALUED);
    let times = matches!(reader.lexed.text(sign), "x" | "X") && reader.lexed.is_glued(sign);
    if !times || goes_on || literal.fraction.is_none() || !valued {
        return None;
    }
    let decimals = reader.options.decimals;
    reader.say(at, end, "unit", Likely, |out| {
        literal.say(decimals, out);
        number::push(out, "lần");
    });
    Some(end)
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
    let zeros = digits.len() > 2 && digits.starts_with("00") && !digits.ends_with('0'); // 007
    if leading_zero && (digits.len() > 3 || zeros || is_name(reader, at)) {
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
    let decimals = reader.options.decimals;
    reader.say(at, end, rule, confidence, |out| literal.say_with(sign, decimals, out));
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
            || reader.counts_next(at) && !reader.lexed.is_glued(at) && reader.lexed.word(at) != "x"
    };
    let other_end = || {
        reader.lexed.symbol(at).filter(|&sign| range::is_dash(sign))?;
        Some(literal::parse(&reader.lexed, at + 1)?.end)
    };
    counted(at) || other_end().is_some_and(counted)
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
    if reader.lexed.text(number.end) == "L" && reader.lexed.is_glued(number.end) {
        return false; // động cơ 2.0L
    }
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
        && (reader.near_before(at, 3, &["ip", "địa"])
            || reader.last_tokens(3).any(|t| matches!(t, Token::Word(w) if w.rule == "dotted")));
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
