//! Dashes between numbers: 2021- 2026, 2020 - 2025, 5-10 người, 7h-9h.

use super::literal;
use super::number;
use super::reader::Reader;
use crate::spoken::Confidence::{Likely, Sure};
use crate::spoken::{Mark, Token};

/// Reads a dash with a number said before it and digits after it as `đến`; as `trừ` where an
/// equals sign follows the second number.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if !is_dash(reader.lexed.symbol(at)?) {
        return None;
    }
    if reader.lexed.glued_symbol(at + 1) == Some('>') {
        reader.say_text(at, at + 2, "range", Likely, "đến"); // an arrow in plain type
        return Some(at + 2);
    }
    let signed = usize::from(matches!(reader.lexed.symbol(at + 1), Some('$' | '€' | '£' | '+')));
    let right = at + 1 + signed;
    let after_roman = reader.last_word().is_some_and(|word| word.rule == "roman");
    let roman = after_roman && number::roman(reader.lexed.text(right)).is_some();
    if !roman && (reader.lexed.digits(right).is_none() || !follows_number(reader)) {
        return None;
    }
    if is_list(reader, right) {
        reader.mark(at, at + 1, Mark::Comma);
        return Some(at + 1);
    }
    let (rule, confidence, said) = if reader.lexed.symbol(right + 1) == Some('=') {
        ("minus", Sure, "trừ")
    } else {
        ("range", Likely, "đến")
    };
    reader.say_text(at, at + 1, rule, confidence, said);
    Some(at + 1)
}

/// Whether the dash before `right` is one of several between numbers with units: the shares of a
/// whole (18,2% - 52,6% - 29,2%), not a range.
fn is_list(reader: &Reader<'_>, right: usize) -> bool {
    let listed = reader.last_tokens(3).any(|token| match token {
        Token::Mark(Mark::Comma, span) => reader.source_of(*span).starts_with(is_dash),
        _ => false,
    });
    let another = || {
        let end = literal::parse(&reader.lexed, right)?.end;
        reader.lexed.symbol(end).filter(|&sign| sign == '%')?;
        reader.lexed.symbol(end + 1).filter(|&sign| is_dash(sign))?;
        reader.lexed.digits(end + 2)
    };
    listed || another().is_some()
}

/// The signs that stand between the ends of a range.
pub(super) fn is_dash(symbol: char) -> bool {
    matches!(symbol, '-' | '–' | '—' | '~' | '−' | '÷')
}

fn follows_number(reader: &Reader<'_>) -> bool {
    const NUMERIC: [&str; 11] = [
        "cardinal", "decimal", "unit", "date", "time", "money", "fraction", "roman", "ordinal",
        "digits", "dotted",
    ];
    match reader.last_token() {
        Some(Token::Word(word)) => NUMERIC.contains(&word.rule),
        _ => false,
    }
}
