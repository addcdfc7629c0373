//! Times of day and lengths of time: 19:14, 7h30, 9h, 19 giờ 14', 01:02:03.

use super::number;
use super::reader::Reader;
use crate::spoken::Confidence::{Likely, Sure};
use crate::spoken::Token;

/// Reads a time that starts with digits.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    with_colons(reader, at).or_else(|| with_letter(reader, at)).or_else(|| minutes(reader, at))
}

/// 19:14 and 19:14:05, on a clock of 24 hours; not where a ratio is announced.
fn with_colons(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| is_below(hours, 25))?;
    let sixtieths = |sign: usize| {
        (reader.lexed.glued_symbol(sign) == Some(':'))
            .then(|| reader.lexed.glued_digits(sign + 1))
            .flatten()
            .filter(|digits| digits.len() == 2 && is_below(digits, 60))
    };
    let minutes = sixtieths(at + 1)?;
    let seconds = sixtieths(at + 3);
    let mut end = at + if seconds.is_some() { 5 } else { 3 };
    let goes_on = matches!(reader.lexed.glued_symbol(end), Some('.' | ',' | ':'))
        && reader.lexed.glued_digits(end + 1).is_some();
    if goes_on || reader.near_phrase(at, 4, ["tỷ", "lệ"]) || reader.near_phrase(at, 4, ["tỉ", "lệ"])
    {
        return None;
    }
    if reader.lexed.word(end) == if seconds.is_some() { "giây" } else { "phút" } {
        end += 1; // the word is said once
    }
    if seconds.is_none() && reader.near_before(at, 1, &["dài", "trong", "hết", "mất"]) {
        reader.say(at, end, "time", Likely, |out| {
            number::cardinal(hours, out);
            number::push(out, "phút");
            number::cardinal(minutes, out);
            number::push(out, "giây");
        });
        return Some(end);
    }
    reader.say(at, end, "time", Sure, |out| push_time(out, hours, Some(minutes), seconds));
    Some(end)
}

/// 7h30, 7h, 9g15; a lone g only before or after a part of the day, for it is also a gram.
fn with_letter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| hours.len() <= 3)?;
    let letter = reader.lexed.word(at + 1);
    if !matches!(letter, "h" | "g") || !reader.lexed.is_glued(at + 1) {
        return None;
    }
    let minutes = reader.lexed.glued_digits(at + 2).filter(|m| is_below(m, 60));
    if minutes.is_some_and(|m| m.len() != 2 && !says_minutes(reader, at + 3)) {
        return None; // 2H2 is no time
    }
    let part_of_day =
        matches!(reader.lexed.word(at + 2), "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "ngày")
            || reader.near_before(at, 1, &["lúc", "hồi", "từ", "trước", "sau", "khoảng"]);
    if letter == "g" && minutes.is_none() && !part_of_day {
        return None;
    }
    let mut end = at + if minutes.is_some() { 3 } else { 2 };
    if minutes.is_some() && says_minutes(reader, end) {
        end += 1; // the word for minutes is said once
    }
    let confidence = if letter == "h" { Sure } else { Likely };
    reader.say(at, end, "time", confidence, |out| push_time(out, hours, minutes, None));
    Some(end)
}

/// Whether a word or sign for minutes stands at `at`.
fn says_minutes(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.word(at), "p" | "ph") && reader.lexed.is_glued(at)
        || reader.lexed.word(at) == "phút"
        || is_prime(reader, at)
}

/// 14' as minutes: after hours, or in the account of a match.
fn minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| minutes.len() <= 3)?;
    if !is_prime(reader, at + 1) || reader.has_open_apostrophe(at) {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "phút";
    reader.say(at, at + 2, "time", Likely, |out| {
        number::cardinal(minutes, out);
        if !said {
            number::push(out, "phút");
        }
    });
    Some(at + 2)
}

fn is_prime(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at), Some('\'' | '′' | '’'))
        && !(reader.lexed.is_glued(at + 1) && reader.lexed.case(at + 1).is_some())
}

fn is_below(digits: &str, bound: u32) -> bool {
    digits.len() <= 3 && digits.parse::<u32>().is_ok_and(|value| value < bound)
}

/// On the hour the minutes are not said.
fn push_time(out: &mut String, hours: &str, minutes: Option<&str>, seconds: Option<&str>) {
    number::cardinal(hours, out);
    number::push(out, "giờ");
    let has_seconds = seconds.is_some_and(|seconds| !is_zero(seconds));
    if let Some(minutes) = minutes.filter(|minutes| !is_zero(minutes) || has_seconds) {
        number::cardinal(minutes, out);
        number::push(out, "phút");
    }
    if let Some(seconds) = seconds.filter(|_| has_seconds) {
        number::cardinal(seconds, out);
        number::push(out, "giây");
    }
}

fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

impl Reader<'_> {
    /// Whether an apostrophe that opens a quotation stands before `at` and is not closed.
    fn has_open_apostrophe(&self, at: usize) -> bool {
        let opens = |i: &usize| {
            matches!(self.lexed.symbol(*i), Some('\'' | '‘'))
                && !self.lexed.is_glued(*i)
                && self.lexed.is_glued(i + 1)
        };
        (0..at).rev().take(20).find(opens).is_some()
            && !matches!(self.last_token(), Some(Token::Word(word)) if word.rule == "time")
    }
}
