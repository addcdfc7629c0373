//! Dashes that take one number away from another, as a sum says: 1/2 - 1/3 =, 5 tỷ - 3,8 tỷ = 1,2 tỷ.

use super::parts::{follows_number, number_up_to, value};
use crate::text::normalize::numeral;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// Whether an amount is taken away from a greater one, as a sum or a product behind them tells: 5 tỷ - 3,8 tỷ = 1,2 tỷ, (2,8 tỷ -
/// 500 triệu) x 0,5%.
pub(super) fn is_taken_away(reader: &Reader<'_>, at: usize) -> bool {
    /// What a sum has behind a dash, in lexemes.
    const REACH: usize = 32;
    let lexed = &reader.lexed;
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1);
    if !free || lexed.digits(at + 1).is_none() {
        return false;
    }
    let is_unit =
        |i: usize| sets::MULTIPLIERS.has(lexed.word(i)) || sets::MONEY_WORDS.has(lexed.word(i));
    let units = (1..=3).take_while(|&back| at > back && is_unit(at - back)).count();
    let Some(left) = (at - units).checked_sub(1).and_then(|last| number_up_to(reader, last)) else {
        return false;
    };
    let Some(right) = numeral::parse(lexed, at + 1) else { return false };
    let scaled = |number: &numeral::Numeral<'_>, mut unit: usize| {
        let mut value = value(number);
        while let Some(scale) = scale(lexed.word(unit)) {
            value *= scale;
            unit += 1;
        }
        value
    };
    let measured = units > 0 || is_unit(right.end);
    let descends = scaled(&left, at - units) > scaled(&right, right.end);
    let mut i = right.end;
    while i < at + REACH {
        match lexed.symbol(i) {
            Some('=') => return (measured || i > right.end) && descends,
            Some(')') => {
                let times = match lexed.word(i + 1) {
                    "x" => true,
                    "nhân" => lexed.digits(i + 2).is_some() || lexed.word(i + 2) == "với",
                    _ => false,
                };
                // (3 triệu - 2 triệu) x 5 hạng mục: prizes
                let counted = times
                    && numeral::parse(lexed, i + 2).is_some_and(|n| reader.counts_next(n.end));
                let product =
                    matches!(lexed.symbol(i + 1), Some('×' | '*' | '=')) || times && !counted;
                return product && descends;
            }
            Some('+' | '-' | '–' | '.' | ',' | '%') => {}
            Some(_) => return false,
            None => {
                if lexed.digits(i).is_none() && !is_unit(i) {
                    return false;
                }
            }
        }
        i += 1;
    }
    false
}

/// How much a word multiplies a number by.
fn scale(word: &str) -> Option<f64> {
    match word {
        "nghìn" | "ngàn" => Some(1e3),
        "triệu" => Some(1e6),
        "tỷ" | "tỉ" => Some(1e9),
        _ => None,
    }
}

/// Whether the sign at `at` is between two numbers and an equals sign after them: 1/2 - 1/3 =.
pub(super) fn is_equation(reader: &Reader<'_>, at: usize) -> bool {
    follows_number(reader) && is_equated(reader, at)
}

/// Whether an equals sign is behind the number that follows the sign at `at`.
pub(super) fn is_equated(reader: &Reader<'_>, at: usize) -> bool {
    let after = || {
        let end = numeral::parse(&reader.lexed, at + 1)?.end;
        let end = end + usize::from(reader.lexed.symbol(end) == Some('%')); // 100% - 79,3%=20,7%
        let fraction = reader.lexed.glued_symbol(end) == Some('/')
            && reader.lexed.glued_digits(end + 1).is_some();
        reader.lexed.symbol(if fraction { end + 2 } else { end })
    };
    after() == Some('=')
}

/// Whether a sum is announced, and its second number is smaller than the first: phép tính 5 - 3.
pub(super) fn is_difference(reader: &Reader<'_>, at: usize) -> bool {
    let Some(first) = at.checked_sub(1).and_then(|first| reader.lexed.digits(first)) else {
        return false;
    };
    let Some(second) = reader.lexed.digits(at + 1) else { return false };
    let descends = match (first.parse::<u32>(), second.parse::<u32>()) {
        (Ok(first), Ok(second)) => first > second,
        _ => false,
    };
    let measured = matches!(reader.lexed.symbol(at + 2), Some('%' | '°' | '-' | '/'));
    descends && !measured && is_sum(reader, at - 1)
}

/// Whether the word before a number announces a sum.
fn is_sum(reader: &Reader<'_>, at: usize) -> bool {
    sets::SUM_LEADS.has(reader.lexed.before(at, 1))
}
