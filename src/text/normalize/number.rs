//! Numbers in Vietnamese words.
//!
//! Source of the forms: the rules of reading numbers taught in primary school (Ministry of
//! Education and Training, "Toán 2" to "Toán 4"): mốt, tư, lăm after tens; linh for a zero ten;
//! "không trăm" for a zero hundred inside a number; tỷ as the unit of a thousand million.

/// The ten digits.
const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// More digits than this are not a quantity anybody says: they are read one by one.
const LONGEST_CARDINAL: usize = 27;

/// Appends a word, with a space before it where something stands before it.
pub(super) fn push(out: &mut String, word: &str) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push_str(word);
}

fn digit(byte: u8) -> &'static str {
    DIGITS[usize::from(byte - b'0')]
}

/// Appends the cardinal for a string of ASCII digits, leading zeros ignored: `2405` → hai nghìn bốn
/// trăm linh năm.
pub(super) fn cardinal(digits: &str, out: &mut String) {
    let digits = digits.trim_start_matches('0').as_bytes();
    match digits.len() {
        0 => push(out, DIGITS[0]),
        1..=LONGEST_CARDINAL => billions(digits, out),
        _ => digits.iter().for_each(|&d| push(out, digit(d))),
    }
}

/// Appends the parts of a second, if there are any: their cardinal, or digit by digit where a zero
/// comes first (`9"06`: chín giây không sáu).
pub(super) fn parts(digits: Option<&str>, out: &mut String) {
    match digits {
        Some(digits) if digits.starts_with('0') => one_by_one(digits, out),
        Some(digits) => cardinal(digits, out),
        None => {}
    }
}

/// Appends the digits one by one: `05` → không năm.
pub(super) fn one_by_one(digits: &str, out: &mut String) {
    digits.bytes().filter(u8::is_ascii_digit).for_each(|d| push(out, digit(d)));
}

/// Appends the part after a decimal comma. Two digits without a leading zero are said as a number
/// (`61` → sáu mươi mốt), as newsreaders do; anything else digit by digit.
pub(super) fn fraction(digits: &str, out: &mut String) {
    match digits.as_bytes() {
        [b'1'..=b'9', _] => cardinal(digits, out),
        _ => one_by_one(digits, out),
    }
}

/// Digits without leading zeros, at least one: groups of nine, each group but the last followed by
/// a tỷ for every group after it.
fn billions(digits: &[u8], out: &mut String) {
    let (high, low) = digits.split_at(digits.len().saturating_sub(9));
    if high.is_empty() {
        return below_billion(low, false, out);
    }
    billions(high, out);
    push(out, "tỷ");
    if low.iter().any(|&d| d != b'0') {
        below_billion(low, true, out);
    }
}

/// At most nine digits; `inside` where a higher group has been said before them.
fn below_billion(digits: &[u8], inside: bool, out: &mut String) {
    let mut padded = [b'0'; 9];
    padded[9 - digits.len()..].copy_from_slice(digits);
    let mut inside = inside;
    for (triple, scale) in padded.chunks(3).zip(["triệu", "nghìn", ""]) {
        if triple.iter().all(|&d| d == b'0') {
            continue;
        }
        below_thousand([triple[0], triple[1], triple[2]], inside, out);
        if !scale.is_empty() {
            push(out, scale);
        }
        inside = true;
    }
}

/// Three digits, not all zero; `inside` where a higher group has been said before them.
fn below_thousand([hundreds, tens, ones]: [u8; 3], inside: bool, out: &mut String) {
    let has_hundreds = inside || hundreds != b'0';
    if has_hundreds {
        push(out, digit(hundreds));
        push(out, "trăm");
    }
    match (tens, ones) {
        (b'0', b'0') => {}
        (b'0', _) => {
            if has_hundreds {
                push(out, "linh");
            }
            push(out, digit(ones));
        }
        (b'1', _) => {
            push(out, "mười");
            match ones {
                b'0' => {}
                b'5' => push(out, "lăm"),
                _ => push(out, digit(ones)),
            }
        }
        _ => {
            push(out, digit(tens));
            push(out, "mươi");
            match ones {
                b'0' => {}
                b'1' => push(out, "mốt"),
                b'4' => push(out, "tư"),
                b'5' => push(out, "lăm"),
                _ => push(out, digit(ones)),
            }
        }
    }
}

/// Appends an ordinal after thứ: nhất, hai, ba, tư, năm…
pub(super) fn ordinal(digits: &str, out: &mut String) {
    match digits.trim_start_matches('0') {
        "1" => push(out, "nhất"),
        "4" => push(out, "tư"),
        _ => cardinal(digits, out),
    }
}

/// Appends a denominator: tư for four, otherwise the cardinal.
pub(super) fn ordinal_of_parts(digits: &str, out: &mut String) {
    match digits {
        "4" => push(out, "tư"),
        _ => cardinal(digits, out),
    }
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

    fn said(write: fn(&str, &mut String), digits: &str) -> String {
        let mut out = String::new();
        write(digits, &mut out);
        out
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
