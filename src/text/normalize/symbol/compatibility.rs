//! Characters that stand for others: raised digits, digits of other scripts, units and fractions in one character.

use unicode_normalization::UnicodeNormalization;

use super::picture::LONGEST_RUN;
use crate::model::reading_options::NumberStyle;
use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::number;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::verbalization::Verbalization;

/// A power in raised digits: 10⁻³, x⁴. A lone square or cube has its own name.
pub(super) fn raised(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let follows = lexed.is_glued(at)
        && at > 0
        && (lexed.digits(at - 1).is_some() || lexed.text(at - 1).chars().count() == 1)
        && lexed.symbol(at - 1).is_none_or(|sign| sign == ')');
    let mut digits = String::new();
    let mut minus = false;
    let mut end = at;
    while end < at + LONGEST_RUN && (end == at || lexed.is_glued(end)) {
        match lexed.symbol(end) {
            Some('⁻') if end == at => minus = true,
            Some('⁺') if end == at => {}
            Some(sign) => match number::raised_digit(sign) {
                Some(digit) => digits.push(digit),
                None => break,
            },
            None => break,
        }
        end += 1;
    }
    let lone = !minus && matches!(digits.as_str(), "2" | "3");
    if !follows || digits.is_empty() || lone {
        return None;
    }
    reader.verbalize(at, end, "power", Likely, |out| {
        out.push(if minus { "mũ trừ" } else { "mũ" });
        number::cardinal(&digits, out);
    });
    Some(end)
}

/// A number in full-width digits or those of another script.
pub(super) fn other_digits(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mut digits = String::new();
    let mut end = at;
    while end < at + LONGEST_RUN && (end == at || reader.lexed.is_glued(end)) {
        let Some(digit) = reader.lexed.symbol(end).and_then(other_digit) else { break };
        digits.push(digit);
        end += 1;
    }
    (!digits.is_empty()).then_some(())?;
    reader.verbalize(at, end, "cardinal", Likely, |out| {
        if digits.len() > 15 || digits.len() > 1 && digits.starts_with('0') {
            number::one_by_one(&digits, out);
        } else {
            number::cardinal(&digits, out);
        }
    });
    Some(end)
}

/// The value of a digit that is not ASCII (Unicode Standard 16.0: characters of general category
/// Nd in the scripts of Vietnam's neighbours).
fn other_digit(sign: char) -> Option<char> {
    const ZEROS: [char; 9] = ['０', '٠', '۰', '०', '๐', '໐', '០', '၀', '᠐'];
    let code = u32::from(sign);
    let zero = ZEROS
        .iter()
        .map(|&zero| u32::from(zero))
        .find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// A unit in one character: ㎞, ℃, ㎡.
pub(super) fn square_unit(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let sign = reader.lexed.symbol(at).filter(|sign| matches!(sign, '㌀'..='㏿' | '℉' | '℃'))?;
    let plain: String = [sign].into_iter().nfkc().collect();
    let unit = reader.tables.unit(&plain).filter(|unit| unit.symbol == plain)?;
    reader.verbalize_listed(at, at + 1, "unit", Likely, unit.spoken);
    Some(at + 1)
}

/// A raised digit that touches a word in letters points to a note: theo báo cáo¹. After a single
/// letter it is a power (x²).
pub(super) fn is_note_mark(reader: &Reader<'_>, at: usize, sign: char) -> bool {
    matches!(sign, '¹' | '²' | '³' | '⁴'..='⁹')
        && reader.lexed.is_glued(at)
        && at > 0
        && reader.lexed.word(at - 1).chars().count() > 1
        && (reader.is_vietnamese(at - 1) || number::roman(reader.lexed.text(at - 1)).is_some())
}

/// What a compatibility character stands for: powers, fractions, Roman numerals, digits in
/// circles and full-width forms (Unicode Standard Annex 15, compatibility decomposition).
pub(super) fn compatible(sign: char, style: NumberStyle) -> Option<String> {
    match sign {
        '²' => return Some("bình phương".to_owned()),
        '³' => return Some("lập phương".to_owned()),
        _ => {}
    }
    let plain: String = [sign].into_iter().nfkc().collect();
    let mut out = Verbalization::new(style);
    if let Some((above, below)) = plain.split_once('⁄') {
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(above) || !all_digits(below) {
            return None;
        }
        number::cardinal(above, &mut out);
        out.push("phần");
        number::ordinal_of_parts(below, &mut out);
    } else if let Some(value) = number::roman(&plain.to_uppercase()) {
        number::cardinal(&value.to_string(), &mut out);
    } else {
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        number::cardinal(&digits, &mut out);
    }
    Some(out.into_string())
}
