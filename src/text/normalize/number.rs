//! Numbers in Vietnamese words.
//!
//! Source of the forms: the rules of reading numbers taught in primary school (Ministry of
//! Education and Training, "Toán 2" to "Toán 4"): mốt, tư, lăm after tens; linh for a zero ten;
//! "không trăm" for a zero hundred inside a number; tỷ as the unit of a thousand million.

use super::verbalization::Verbalization;
use crate::model::reading_options::{Decimals, LeadingZero, Years};

/// The ten digits.
const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// More digits than this are not a quantity anybody says: they are read one by one.
const LONGEST_CARDINAL: usize = 27;

fn digit(byte: u8) -> &'static str {
    DIGITS[usize::from(byte - b'0')]
}

/// Appends the cardinal for a string of ASCII digits, leading zeros ignored: `2405` → hai nghìn bốn
/// trăm linh năm.
pub(super) fn cardinal(digits: &str, out: &mut Verbalization) {
    let digits = digits.trim_start_matches('0').as_bytes();
    match digits.len() {
        0 => out.push(DIGITS[0]),
        1..=LONGEST_CARDINAL => billions(digits, out),
        _ => digits.iter().for_each(|&d| out.push(digit(d))),
    }
}

/// Appends the cardinal of what is counted, and the zero that fills it (02 Nghị quyết) where the
/// style says it.
pub(super) fn count(digits: &str, out: &mut Verbalization) {
    if out.style().leading_zero == LeadingZero::Say
        && matches!(digits.as_bytes(), [b'0', b'1'..=b'9'])
    {
        out.push(DIGITS[0]);
    }
    cardinal(digits, out);
}

/// Appends a year; the short style leaves out its empty hundred (2021: hai nghìn hai mươi mốt).
pub(super) fn year(digits: &str, out: &mut Verbalization) {
    match *digits.as_bytes() {
        [thousands @ b'1'..=b'9', b'0', tens, ones]
            if out.style().years == Years::Short && [tens, ones] != *b"00" =>
        {
            out.push(digit(thousands));
            out.push_thousand();
            below_hundred([tens, ones], true, out);
        }
        _ => cardinal(digits, out),
    }
}

/// Appends the parts of a second, if there are any: their cardinal, or digit by digit where a zero
/// comes first (`9"06`: chín giây không sáu).
pub(super) fn parts(digits: Option<&str>, out: &mut Verbalization) {
    match digits {
        Some(digits) if digits.starts_with('0') => one_by_one(digits, out),
        Some(digits) => cardinal(digits, out),
        None => {}
    }
}

/// Appends the digits one by one: `05` → không năm.
pub(super) fn one_by_one(digits: &str, out: &mut Verbalization) {
    digits.bytes().filter(u8::is_ascii_digit).for_each(|d| out.push(digit(d)));
}

/// Appends the part after a decimal comma. Two digits without a leading zero are said as a number
/// (`61` → sáu mươi mốt), as newsreaders do, unless the style says digits; anything else digit by
/// digit.
pub(super) fn fraction(digits: &str, out: &mut Verbalization) {
    match digits.as_bytes() {
        [b'1'..=b'9', _] if out.style().decimals == Decimals::Number => cardinal(digits, out),
        _ => one_by_one(digits, out),
    }
}

/// Digits without leading zeros, at least one: groups of nine, each group but the last followed by
/// a tỷ for every group after it.
fn billions(digits: &[u8], out: &mut Verbalization) {
    let (high, low) = digits.split_at(digits.len().saturating_sub(9));
    if high.is_empty() {
        return below_billion(low, false, out);
    }
    billions(high, out);
    out.push("tỷ");
    if low.iter().any(|&d| d != b'0') {
        below_billion(low, true, out);
    }
}

/// At most nine digits; `inside` where a higher group has been said before them.
fn below_billion(digits: &[u8], inside: bool, out: &mut Verbalization) {
    let mut padded = [b'0'; 9];
    padded[9 - digits.len()..].copy_from_slice(digits);
    let mut inside = inside;
    for (triple, scale) in padded.chunks(3).zip(["triệu", "nghìn", ""]) {
        if triple.iter().all(|&d| d == b'0') {
            continue;
        }
        below_thousand([triple[0], triple[1], triple[2]], inside, out);
        out.push_styled(scale);
        inside = true;
    }
}

/// Three digits, not all zero; `inside` where a higher group has been said before them.
fn below_thousand([hundreds, tens, ones]: [u8; 3], inside: bool, out: &mut Verbalization) {
    let has_hundreds = inside || hundreds != b'0';
    if has_hundreds {
        out.push(digit(hundreds));
        out.push("trăm");
    }
    below_hundred([tens, ones], has_hundreds, out);
}

/// Two digits; `inside` where a higher one has been said before them.
fn below_hundred([tens, ones]: [u8; 2], inside: bool, out: &mut Verbalization) {
    match (tens, ones) {
        (b'0', b'0') => {}
        (b'0', _) => {
            if inside {
                out.push_zero_ten();
            }
            out.push(digit(ones));
        }
        (b'1', _) => {
            out.push("mười");
            match ones {
                b'0' => {}
                b'5' => out.push("lăm"),
                _ => out.push(digit(ones)),
            }
        }
        _ => {
            out.push(digit(tens));
            out.push("mươi");
            match ones {
                b'0' => {}
                b'1' => out.push("mốt"),
                b'4' => out.push("tư"),
                b'5' => out.push("lăm"),
                _ => out.push(digit(ones)),
            }
        }
    }
}

/// Appends an ordinal after thứ: nhất, hai, ba, tư, năm…
pub(super) fn ordinal(digits: &str, out: &mut Verbalization) {
    match digits.trim_start_matches('0') {
        "1" => out.push("nhất"),
        "4" => out.push("tư"),
        _ => cardinal(digits, out),
    }
}

/// Appends a denominator: tư for four, otherwise the cardinal.
pub(super) fn ordinal_of_parts(digits: &str, out: &mut Verbalization) {
    match digits {
        "4" => out.push("tư"),
        _ => cardinal(digits, out),
    }
}

/// The digit that a raised one stands for.
pub(super) fn raised_digit(sign: char) -> Option<char> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let value = RAISED.chars().position(|raised| raised == sign)?;
    char::from_digit(value as u32, 10)
}

/// The value of a Roman numeral in its canonical form, 1 to 3999; `None` for anything else.
pub(super) fn roman(numeral: &str) -> Option<u16> {
    const STEPS: [(&str, u16); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let mut rest = numeral;
    let mut value = 0;
    for (symbol, worth) in STEPS {
        let most = if symbol.len() == 2 || matches!(symbol, "D" | "L" | "V") { 1 } else { 3 };
        for _ in 0..most {
            let Some(after) = rest.strip_prefix(symbol) else { break };
            rest = after;
            value += worth;
        }
    }
    // Only the canonical spelling counts: IVI or XCX would have passed the greedy walk.
    let canonical = || {
        let mut left = value;
        let mut spelled = String::new();
        for (symbol, worth) in STEPS {
            while left >= worth {
                spelled.push_str(symbol);
                left -= worth;
            }
        }
        spelled
    };
    (rest.is_empty() && value > 0 && canonical() == numeral).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading_options::{NumberStyle, Thousand, ZeroTen};

    fn said(write: fn(&str, &mut Verbalization), digits: &str) -> String {
        said_in(NumberStyle::default(), write, digits)
    }

    fn said_in(style: NumberStyle, write: fn(&str, &mut Verbalization), digits: &str) -> String {
        let mut out = Verbalization::new(style);
        write(digits, &mut out);
        out.into_string()
    }

    #[test]
    fn cardinals() {
        for (digits, words) in [
            ("0", "không"),
            ("000", "không"),
            ("10", "mười"),
            ("15", "mười lăm"),
            ("21", "hai mươi mốt"),
            ("24", "hai mươi tư"),
            ("55", "năm mươi lăm"),
            ("105", "một trăm linh năm"),
            ("111", "một trăm mười một"),
            ("2005", "hai nghìn không trăm linh năm"),
            ("2021", "hai nghìn không trăm hai mươi mốt"),
            ("10000", "mười nghìn"),
            ("1000005", "một triệu không trăm linh năm"),
            ("1000000000", "một tỷ"),
            ("1000000001", "một tỷ không trăm linh một"),
            ("2500000000000", "hai nghìn năm trăm tỷ"),
            ("1000000000000000000", "một tỷ tỷ"),
        ] {
            assert_eq!(said(cardinal, digits), words, "{digits}");
        }
    }

    #[test]
    fn very_long_digits_are_read_one_by_one() {
        assert_eq!(said(cardinal, &"1".repeat(28)), vec!["một"; 28].join(" "));
    }

    #[test]
    fn fractions() {
        for (digits, words) in
            [("61", "sáu mươi mốt"), ("02", "không hai"), ("550", "năm năm không")]
        {
            assert_eq!(said(fraction, digits), words, "{digits}");
        }
    }

    #[test]
    fn every_form_has_the_style_of_the_user() {
        let style = NumberStyle {
            thousand: Thousand::Ngan,
            zero_ten: ZeroTen::Le,
            leading_zero: LeadingZero::Say,
            decimals: Decimals::Digits,
            years: Years::Short,
            ..NumberStyle::default()
        };
        let said = |write, digits| said_in(style, write, digits);
        assert_eq!(said(cardinal, "105105"), "một trăm lẻ năm ngàn một trăm lẻ năm");
        assert_eq!(said(count, "02"), "không hai");
        assert_eq!(said(count, "00"), "không");
        assert_eq!(said(fraction, "61"), "sáu một");
        for (digits, words) in [
            ("2005", "hai ngàn lẻ năm"),
            ("2021", "hai ngàn hai mươi mốt"),
            ("2000", "hai ngàn"),
            ("1945", "một ngàn chín trăm bốn mươi lăm"),
        ] {
            assert_eq!(said(year, digits), words, "{digits}");
        }
    }

    #[test]
    fn romans_are_canonical_or_nothing() {
        for (numeral, value) in
            [("I", 1), ("IV", 4), ("XV", 15), ("XXVIII", 28), ("XIX", 19), ("MCMXCIX", 1999)]
        {
            assert_eq!(roman(numeral), Some(value), "{numeral}");
        }
        for not in ["", "IIII", "VX", "IVI", "IC", "XCX", "ABC", "VV"] {
            assert_eq!(roman(not), None, "{not}");
        }
    }
}
