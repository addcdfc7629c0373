//! What times of day and lengths of time have in common: minutes and seconds, and their signs.

use crate::model::spoken::Token;
use crate::text::normalize::number;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::verbalization::Verbalization;

/// How many lexemes back a quotation mark is searched.
const QUOTED: usize = 400;

/// The two digits below sixty after a colon at `at`.
pub(super) fn sixtieths<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    (reader.lexed.glued_symbol(at) == Some(':')).then_some(())?;
    let digits = reader.lexed.glued_digits(at + 1)?;
    (digits.len() == 2 && is_below(digits, 60)).then_some(digits)
}

/// Whether a word or sign for minutes is at `at`.
pub(super) fn says_minutes(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.text(at), "p" | "ph" | "m") && reader.lexed.is_glued(at)
        || reader.lexed.word(at) == "phút"
        || is_prime(reader, at)
}

/// Whether the sign for minutes is at `end`, after numbers from `at` on.
pub(in crate::text::normalize) fn ends_minutes(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    is_prime(reader, end) && double_prime(reader, end).is_none() && !has_open_apostrophe(reader, at)
}

/// The digits of seconds at `at`, with their sign, touching what is before them; and the index
/// after them.
pub(super) fn glued_seconds<'a>(reader: &Reader<'a>, at: usize) -> Option<(&'a str, usize)> {
    let digits = reader.lexed.glued_digits(at).filter(|digits| is_below(digits, 60))?;
    let letter = matches!(reader.lexed.text(at + 1), "s" | "giây")
        && reader.lexed.is_glued(at + 1)
        && !reader.lexed.goes_on(at + 2);
    let bare = digits.len() == 2
        && reader.lexed.text(at - 1) == "p"
        && (!reader.lexed.is_glued(at + 1)
            || matches!(reader.lexed.symbol(at + 1), Some('.' | ',' | ';' | ')'))); // 1p30
    let after = if letter {
        Some(at + 2)
    } else {
        double_prime(reader, at + 1).or_else(|| bare.then_some(at + 1))
    };
    after.map(|after| (digits, after))
}

/// Whether a token is a time of day.
pub(super) fn is_clock(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.class == "time")
}

/// The index after the sign for seconds at `at`: one sign, or two of the sign for minutes.
pub(super) fn double_prime(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let prime = |at: usize| matches!(reader.lexed.glued_symbol(at), Some('\'' | '′' | '’'));
    let end = match reader.lexed.glued_symbol(at)? {
        '"' | '″' | '”' => at + 1,
        _ if prime(at) && prime(at + 1) => at + 2,
        _ => return None,
    };
    let pole = is_pole(reader.lexed.text(end));
    let in_word = reader.lexed.is_glued(end) && reader.lexed.case(end).is_some();
    (!in_word || pole).then_some(end)
}

pub(super) fn is_prime(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at), Some('\'' | '′' | '’'))
        && (!(reader.lexed.is_glued(at + 1) && reader.lexed.case(at + 1).is_some())
            || is_pole(reader.lexed.text(at + 1)))
}

/// Whether a letter stands for a quarter of the sky, after minutes and seconds of a place: 10°45'N.
pub(super) fn is_pole(letter: &str) -> bool {
    matches!(letter, "N" | "S" | "E" | "W" | "B" | "Đ" | "T")
}

pub(super) fn is_below(digits: &str, bound: u32) -> bool {
    digits.len() <= 3 && digits.parse::<u32>().is_ok_and(|value| value < bound)
}

/// Minutes and seconds; no seconds are not said.
pub(super) fn push_span(out: &mut Verbalization, minutes: &str, seconds: Option<&str>) {
    number::cardinal(minutes, out);
    out.push("phút");
    if let Some(seconds) = seconds.filter(|seconds| !is_zero(seconds)) {
        number::cardinal(seconds, out);
        out.push("giây");
    }
}

pub(super) fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

/// Whether a quotation mark that opens is before `at` and is not closed.
pub(in crate::text::normalize) fn has_open_quotation(reader: &Reader<'_>, at: usize) -> bool {
    let mark = |&i: &usize| matches!(reader.lexed.symbol(i), Some('"' | '“' | '”'));
    let last = (at.saturating_sub(QUOTED)..at).rev().find(mark);
    last.is_some_and(|i| match reader.lexed.symbol(i) {
        Some('"') => !reader.lexed.is_glued(i) && reader.lexed.is_glued(i + 1),
        sign => sign == Some('“'),
    })
}

/// Whether an apostrophe that opens a quotation is before `at` and is not closed.
pub(super) fn has_open_apostrophe(reader: &Reader<'_>, at: usize) -> bool {
    let opens = |i: &usize| {
        matches!(reader.lexed.symbol(*i), Some('\'' | '‘'))
            && !reader.lexed.is_glued(*i)
            && reader.lexed.is_glued(i + 1)
    };
    (0..at).rev().take(20).find(opens).is_some()
        && !matches!(reader.last_token(), Some(Token::Word(word)) if word.class == "time")
}
