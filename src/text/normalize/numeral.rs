//! Numerals: digits with their grouping and decimal signs.

use super::lex::{Case, Lexed};
use super::number;
use super::verbalization::Verbalization;
use super::word_sets as sets;

/// A numeral as written, its signs understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral<'a> {
    /// Index after its last lexeme.
    pub end: usize,
    /// Digits of the integer part, grouping signs removed.
    pub integer: String,
    /// Digits after the decimal sign.
    pub fraction: Option<&'a str>,
    /// Whether the decimal sign is a point, as in English.
    pub point: bool,
    /// Whether signs group the integer part.
    pub grouped: bool,
    /// Whether the signs leave two readings open: the chosen one is in the other fields.
    pub ambiguous: bool,
}

impl Numeral<'_> {
    /// Appends the numeral in words: `2.506,1` → hai nghìn năm trăm linh sáu phẩy một. The cents of
    /// a grouped number are not said if there are none: `1.000,00` → một nghìn.
    pub(super) fn verbalize(&self, out: &mut Verbalization) {
        self.verbalize_with("phẩy", out);
    }

    /// Appends the numeral with a given word for its decimal sign.
    pub(super) fn verbalize_with(&self, sign: &str, out: &mut Verbalization) {
        number::cardinal(&self.integer, out);
        if let Some(fraction) = self.fraction.filter(|&cents| !(self.grouped && cents == "00")) {
            out.push(sign);
            number::fraction(fraction, out);
        }
    }
}

/// More groups of digits than this are not a numeral, whatever is between them.
const MOST_GROUPS: usize = 16;

/// More digits than this before a decimal point are not a number that anybody measures.
const LONGEST_BEFORE_POINT: usize = 15;

/// The longest numeral at `at`, which holds digits. Signs count only between digits and without
/// white space.
///
/// A point before three digits groups (2.405), as Vietnamese writes it; a comma is the decimal sign
/// (55,61). English usage is recognized by its own pattern (1,234,567 or 1,335.5). A single comma
/// before three digits is open: what follows decides, and the numeral is marked ambiguous where it
/// does not.
pub(super) fn parse<'a>(lexed: &Lexed<'a>, at: usize) -> Option<Numeral<'a>> {
    let first = lexed.digits(at)?;
    let in_list = at >= 2 && lexed.glued_symbol(at - 1) == Some(',') && lexed.is_glued(at);
    if in_list && lexed.digits(at - 2).is_some() {
        return Some(whole(at + 1, first)); // the 3 of 2,3,4
    }
    let mut parts = vec![(' ', first)];
    let mut end = at + 1;
    while parts.len() < MOST_GROUPS
        && let (Some(sign @ ('.' | ',')), Some(digits)) =
            (lexed.glued_symbol(end), lexed.glued_digits(end + 1))
    {
        parts.push((sign, digits));
        end += 2;
    }
    if let [only] = parts[..] {
        return Some(spaced_groups(lexed, at).unwrap_or_else(|| whole(at + 1, only.1)));
    }
    let groups = |sign: char| {
        let grouped = parts[1..].iter().take_while(|(s, d)| *s == sign && d.len() == 3).count();
        // Zeros in front are those of a decimal (0.125), unless several groups follow (00,123,456).
        let fits = first.len() <= 3 && (!first.starts_with('0') || grouped > 1);
        if fits { grouped } else { 0 }
    };
    let join = |count: usize| parts[..=count].iter().map(|(_, digits)| *digits).collect();
    let number = |count: usize, decimals: bool, point: bool| Numeral {
        end: at + 1 + 2 * (count + usize::from(decimals)),
        integer: join(count),
        fraction: decimals.then(|| parts[count + 1].1),
        point,
        grouped: count > 0,
        ambiguous: false,
    };
    let (points, commas, signs) = (groups('.'), groups(','), parts.len() - 1);
    match parts[1].0 {
        '.' if points == signs => Some(number(points, false, false)),
        '.' if points > 0 && points + 1 == signs && parts[signs].0 == ',' => {
            Some(number(points, true, false))
        }
        '.' if signs == 1 && first.len() <= LONGEST_BEFORE_POINT => Some(number(0, true, true)),
        '.' if signs == 2 && parts[2].0 == ',' => Some(number(0, true, true)),
        '.' => None,
        _ if commas >= 2 && commas == signs => Some(number(commas, false, false)),
        _ if commas > 0 && commas + 1 == signs && parts[signs].0 == '.' => {
            Some(number(commas, true, true))
        }
        _ if signs == 1 && commas == 1 => Some(open_comma(lexed, at, end, number)),
        _ if signs == 1 => Some(number(0, true, false)),
        // 9,10,11 is a list: the first number ends at its comma.
        _ => Some(whole(at + 1, first)),
    }
}

fn whole<'a>(end: usize, digits: &str) -> Numeral<'a> {
    let integer = digits.to_owned();
    Numeral { end, integer, fraction: None, point: false, grouped: false, ambiguous: false }
}

/// The numeral at `at` with its only sign taken as a decimal sign, whatever is after it: the
/// `1,618` of a ratio.
pub(super) fn parse_decimal<'a>(lexed: &Lexed<'a>, at: usize) -> Option<Numeral<'a>> {
    let first = lexed.digits(at)?;
    let sign = lexed.glued_symbol(at + 1).filter(|sign| matches!(sign, '.' | ','))?;
    let fraction = lexed.glued_digits(at + 2)?;
    let goes_on = matches!(lexed.glued_symbol(at + 3), Some('.' | ','))
        && lexed.glued_digits(at + 4).is_some();
    let decimal =
        Numeral { end: at + 3, fraction: Some(fraction), point: sign == '.', ..whole(at, first) };
    (!goes_on).then_some(decimal)
}

/// `9 000 000`: groups of three separated by spaces. One group alone counts only if it is `000` or
/// a noun follows, for two numbers may be side by side.
fn spaced_groups<'a>(lexed: &Lexed<'a>, at: usize) -> Option<Numeral<'a>> {
    let first = lexed.digits(at)?;
    if first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let mut end = at + 1;
    while lexed.digits(end).is_some_and(|d| d.len() == 3) && !lexed.is_glued(end) {
        end += 1;
    }
    let groups = end - at - 1;
    let counts = groups == 1
        && lexed.case(end) == Some(Case::Lower)
        && !sets::NUMBERED_NOUNS.has(lexed.before(at, 1))
        && !is_behind_name(lexed, at);
    let stands_alone =
        lexed.symbol(end).is_none() || !lexed.is_glued(end) || { lexed.digits(end + 1).is_none() };
    if groups == 0 || (groups == 1 && lexed.text(at + 1) != "000" && !counts) || !stands_alone {
        return None;
    }
    let integer = (at..end).map(|i| lexed.text(i)).collect();
    Some(Numeral { end, integer, fraction: None, point: false, grouped: true, ambiguous: false })
}

/// Whether a foreign name is right before `at`, to which the number there belongs: Sunlight 3 750ml.
fn is_behind_name(lexed: &Lexed<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|name| {
        matches!(lexed.case(name), Some(Case::Capital | Case::Mixed)) && !lexed.is_syllable(name)
    })
}

/// `1,335`: the decimal comma of Vietnamese or the grouping comma of English. Before what is only
/// counted whole it groups; three decimals of which the last is zero nobody writes; elsewhere it
/// is a decimal comma.
fn open_comma<'a>(
    lexed: &Lexed<'a>,
    at: usize,
    end: usize,
    number: impl Fn(usize, bool, bool) -> Numeral<'a>,
) -> Numeral<'a> {
    let next = lexed.word(end);
    let scaled = sets::DECIMAL_SCALES.has(next)
        || next == "giây"
        || matches!(lexed.symbol(end), Some('%' | '‰' | '°'))
        || is_price_of_oil(lexed, end);
    let counted = sets::COUNTED_WHOLE.has(next);
    let noun = lexed.case(end) == Some(Case::Lower)
        && lexed.is_syllable(end)
        && !sets::DECIMAL_MEASURES.has(next);
    let ends_in_zero = lexed.text(at + 2).ends_with('0');
    let round = lexed.text(at + 2) == "000"; // 1,000 tỷ
    let english = (lexed.points_decimals || lexed.points_measure) && lexed.text(at) != "0";
    let grouped =
        english || round && lexed.text(at) != "0" || !scaled && (counted || noun || ends_in_zero);
    let mut numeral = if grouped { number(1, false, false) } else { number(0, true, false) };
    numeral.ambiguous = !(scaled && !grouped || grouped && (counted || english));
    numeral
}

/// Whether dollars for a barrel, or for a tonne of fuel, are at `at`: neither has cost a thousand times as much.
fn is_price_of_oil(lexed: &Lexed<'_>, at: usize) -> bool {
    (lexed.symbol(at) == Some('$') || matches!(lexed.word(at), "usd" | "đô"))
        && (at + 1..at + 5).any(|i| matches!(lexed.word(i), "thùng" | "tấn"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diag::Span;

    fn said(text: &str) -> Option<(String, usize, bool)> {
        let lexed = Lexed::new(text, Span::new(0, text.len()));
        parse(&lexed, 0).map(|numeral| {
            let mut out = Verbalization::default();
            numeral.verbalize(&mut out);
            (out.into_string(), numeral.end, numeral.ambiguous)
        })
    }

    #[test]
    fn signs_are_understood() {
        for (text, words, end, ambiguous) in [
            ("2.405 học viên", "hai nghìn bốn trăm linh năm", 3, false),
            ("55,61 triệu", "năm mươi lăm phẩy sáu mươi mốt", 3, false),
            ("2.506,1 tỷ", "hai nghìn năm trăm linh sáu phẩy một", 5, false),
            ("100,02%", "một trăm phẩy không hai", 3, false),
            ("100,550 tấn", "một trăm nghìn năm trăm năm mươi", 3, true),
            ("1,335 ca", "một nghìn ba trăm ba mươi lăm", 3, false),
            ("1,335 tỷ", "một phẩy ba ba năm", 3, false),
            ("0,125", "không phẩy một hai năm", 3, false),
            ("1,234,567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy", 5, false),
            ("1,335.5", "một nghìn ba trăm ba mươi lăm phẩy năm", 5, false),
            ("3.5 triệu", "ba phẩy năm", 3, false),
            ("9,10,11", "chín", 1, false),
            ("9 000 000 đồng", "chín triệu", 3, false),
            ("12 345 người", "mười hai nghìn ba trăm bốn mươi lăm", 2, false),
            ("12 345", "mười hai", 1, false),
            ("5. Sau", "năm", 1, false),
        ] {
            assert_eq!(said(text), Some((words.to_owned(), end, ambiguous)), "{text}");
        }
    }

    #[test]
    fn versions_are_no_numerals() {
        assert_eq!(said("1.2.3"), None);
        assert_eq!(said("192.168.1.1"), None);
    }
}
