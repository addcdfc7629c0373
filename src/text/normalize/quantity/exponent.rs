//! Powers: 10^-3, 10⁻³, 6.626e-34.

use crate::model::spoken::Confidence::Likely;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::verbalization::Verbalization;
use crate::text::normalize::{number, numeral, unit};

/// What ten, or the number before it, is raised to.
pub(super) struct Exponent {
    /// Index after its last lexeme.
    pub end: usize,
    negative: bool,
    digits: String,
}

impl Exponent {
    /// Appends the exponent: mũ trừ ba.
    pub(super) fn verbalize(&self, out: &mut Verbalization) {
        out.push("mũ");
        if self.negative {
            out.push("trừ");
        }
        number::cardinal(&self.digits, out);
    }
}

/// More digits than this no exponent has.
const LONGEST_EXPONENT: usize = 4;

/// `^-3` or `⁻³` at an index; a lone ² or ³ is left to the signs.
pub(super) fn exponent(reader: &Reader<'_>, at: usize) -> Option<Exponent> {
    if reader.lexed.glued_symbol(at) == Some('^') {
        return plain_exponent(reader, at + 1);
    }
    let mut digits = String::new();
    let (mut end, mut signed, mut negative) = (at, false, false);
    while let Some(sign) = reader.lexed.glued_symbol(end).filter(|_| end < at + LONGEST_EXPONENT) {
        match (number::raised_digit(sign), sign) {
            (Some(digit), _) => digits.push(digit),
            (None, '⁻' | '⁺') if end == at => (signed, negative) = (true, sign == '⁻'),
            _ => break,
        }
        end += 1;
    }
    let lone = !signed && matches!(digits.as_str(), "2" | "3");
    (!digits.is_empty() && !lone).then_some(Exponent { end, negative, digits })
}

/// `-3`, `+3` or `3` at an index, touching what is before it.
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
pub(super) fn scientific(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let mantissa = numeral::parse_decimal(&reader.lexed, at)?;
    let e = mantissa.end;
    matches!(reader.lexed.text(e), "e" | "E").then_some(())?;
    let exponent = plain_exponent(reader, e + 1).filter(|_| reader.lexed.is_glued(e))?;
    if reader.lexed.is_glued(exponent.end) && reader.lexed.case(exponent.end).is_some() {
        return None;
    }
    let sign = if mantissa.point { "chấm" } else { "phẩy" };
    reader.verbalize(at, exponent.end, "decimal", Likely, |out| {
        mantissa.verbalize_with(sign, out);
        out.push("nhân mười");
        exponent.verbalize(out);
    });
    let unit = unit::after_number(reader, exponent.end, None);
    Some(unit::verbalize(reader, exponent.end, unit))
}
