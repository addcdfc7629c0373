//! What is on either side of a dash: numbers, their values, years.

use crate::model::spoken::{Mark, Token};
use crate::text::normalize::numeral;
use crate::text::normalize::reader::Reader;

/// The year at `at`, of the twentieth or the twenty-first century.
pub(in crate::text::normalize) fn year<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    reader.lexed.digits(at).filter(|d| d.len() == 4 && matches!(&d[..2], "19" | "20"))
}

/// More groups of digits than this are no numeral.
const LONGEST_NUMBER: usize = 16;

/// The numeral that ends with the digits at `last`.
pub(super) fn number_up_to<'a>(reader: &Reader<'a>, last: usize) -> Option<numeral::Numeral<'a>> {
    number_from_to(reader, last).map(|(_, numeral)| numeral)
}

/// The same, with where it begins.
pub(super) fn number_from_to<'a>(
    reader: &Reader<'a>,
    last: usize,
) -> Option<(usize, numeral::Numeral<'a>)> {
    let mut from = last;
    reader.lexed.digits(from)?;
    while from >= 2
        && from + 2 * LONGEST_NUMBER > last
        && reader.lexed.is_glued(from)
        && matches!(reader.lexed.glued_symbol(from - 1), Some('.' | ','))
        && reader.lexed.digits(from - 2).is_some()
    {
        from -= 2;
    }
    let numeral = numeral::parse(&reader.lexed, from)?;
    (numeral.end == last + 1).then_some((from, numeral))
}

/// The value of a numeral, near enough to compare it.
pub(in crate::text::normalize) fn value(numeral: &numeral::Numeral<'_>) -> f64 {
    format!("{}.{}", numeral.integer, numeral.fraction.unwrap_or("0")).parse().unwrap_or_default()
}

/// Whether the numbers before have been taken for a row.
pub(super) fn row_before(reader: &Reader<'_>) -> bool {
    reader.last_tokens(3).any(|token| match token {
        Token::Mark(Mark::Comma, span) => reader.source_of(*span).starts_with(is_dash),
        _ => false,
    })
}

/// The signs that are between the ends of a range.
pub(in crate::text::normalize) fn is_dash(symbol: char) -> bool {
    matches!(symbol, '-' | '–' | '—' | '~' | '−' | '÷')
}

/// Whether a number was said right before.
pub(super) fn follows_number(reader: &Reader<'_>) -> bool {
    const NUMERIC: [&str; 11] = [
        "cardinal", "decimal", "unit", "date", "time", "money", "fraction", "roman", "ordinal",
        "digits", "dotted",
    ];
    match reader.last_token() {
        Some(Token::Word(word)) => NUMERIC.contains(&word.class),
        _ => false,
    }
}
