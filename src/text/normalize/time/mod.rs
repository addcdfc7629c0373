//! Times of day and lengths of time: 19:14, 7h30, 9h, 7 PM, 19 giờ 14', 01:02:03, 3p20s, 30s,
//! 1:58,3, 3h25'40".

mod hour;
mod length;
mod parts;

use super::date;
use super::lex::Case;
use super::number;
use super::pair::shape::{Pair, Sign};
use super::reader::Reader;
use super::verbalization::Verbalization;
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::text::normalize::range;
use crate::text::normalize::word_sets as sets;
use length::{minutes, months, seconds, stopwatch};
pub(super) use parts::{ends_minutes, has_open_quotation};
use parts::{
    glued_seconds, has_open_apostrophe, is_below, is_clock, is_prime, is_zero, push_span,
    says_minutes, sixtieths,
};

/// Reads a time that starts with digits.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    stopwatch(reader, at)
        .or_else(|| with_colons(reader, at))
        .or_else(|| with_letter(reader, at))
        .or_else(|| no_minutes(reader, at))
        .or_else(|| months(reader, at))
        .or_else(|| half_of_day(reader, at))
        .or_else(|| minutes(reader, at))
        .or_else(|| seconds(reader, at))
}

/// 19:14 and 19:14:05, on a clock of 24 hours; not where a ratio is announced.
fn with_colons(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| is_below(hours, 100))?;
    let minutes = sixtieths(reader, at + 1)?;
    let seconds = sixtieths(reader, at + 3);
    let mut end = at + if seconds.is_some() { 5 } else { 3 };
    let goes_on = matches!(reader.lexed.glued_symbol(end), Some('.' | ',' | ':'))
        && reader.lexed.glued_digits(end + 1).is_some();
    if goes_on || reader.announces_ratio(at) {
        return None;
    }
    if reader.lexed.before(at, 1) == "chương" {
        // A chapter and its verse.
        reader.verbalize(at, end, "time", Doubtful, |out| {
            number::cardinal(hours, out);
            out.push("câu");
            number::cardinal(minutes, out);
        });
        let written = reader.lexed.source(at, end);
        reader.warn(
            at,
            end,
            message!("{written} was taken as chapter and verse, not as a time", written),
        );
        return Some(end);
    }
    // phút 3:14 hiệp 1
    if reader.lexed.before(at, 1) == "phút" && seconds.is_none() {
        reader.verbalize(at, end, "time", Likely, |out| {
            number::cardinal(hours, out);
            number::cardinal(minutes, out);
            out.push("giây");
        });
        return Some(end);
    }
    // 9:30h: the letter is said with the hour
    let letter = reader.lexed.text(end) == "h"
        && reader.lexed.is_glued(end)
        && !reader.lexed.goes_on(end + 1);
    end += usize::from(letter);
    let clock = is_below(hours, 25);
    // pace 2:59/km
    let pace =
        reader.lexed.glued_symbol(end) == Some('/') && sets::PACES.has(reader.lexed.word(end + 1));
    let span = seconds.is_none()
        && (pace
            || reader.near_before(at, 4, &["pace"])
            || reader.near_before(at, 1, &sets::SPAN_LEADS)
            || !clock && reader.near_before(at, 5, &sets::RACE_TIME_LEADS));
    if !clock && !span {
        return None;
    }
    if seconds.is_none() && !span && is_prime(reader, end) && !has_open_apostrophe(reader, at) {
        end += 1; // 17:05'
    }
    if reader.lexed.word(end) == if seconds.is_some() || span { "giây" } else { "phút" } {
        end += 1; // the word is said once
    }
    if span {
        reader.verbalize(at, end, "time", Likely, |out| {
            push_span(out, hours, Some(minutes));
        });
        return Some(end);
    }
    let part = part_of_day(reader, end, hours);
    reader.verbalize(at, part.map_or(end, |(_, end)| end), "time", Sure, |out| {
        push_time(out, hours, Some(minutes), seconds);
        push_part(out, part.map_or("", |(said, _)| said));
    });
    Some(part.map_or(end, |(_, end)| end))
}

/// The AM or PM at `at` as the part of the day it means for an hour, and the index after it. It is
/// silent where the part of the day follows in words.
fn part_of_day(reader: &Reader<'_>, at: usize, hours: &str) -> Option<(&'static str, usize)> {
    let hour: u8 = hours.parse().ok()?;
    let part = match (reader.lexed.text(at), hour) {
        ("AM" | "am", 12) => "đêm",
        ("AM" | "am", _) => "sáng",
        ("PM" | "pm", 12) => "trưa",
        ("PM" | "pm", 1..=5 | 13..=17) => "chiều",
        ("PM" | "pm", 6..=9 | 18..=21) => "tối",
        ("PM" | "pm", _) => "đêm",
        _ => return None,
    };
    let lower = reader.lexed.text(at) == "am"; // am is a word, too
    let goes_on =
        reader.lexed.glued_digits(at + 1).is_some() || lower && !reader.lexed.is_glued(at);
    let said = sets::PARTS_OF_DAY.has(reader.lexed.word(at + 1));
    (!goes_on).then_some((if said { "" } else { part }, at + 1))
}

/// The a.m. or p.m. at `at`, which stops part, and the index after its last letter's stop.
fn stopped_part(reader: &Reader<'_>, at: usize, hours: &str) -> Option<(&'static str, usize)> {
    let lexed = &reader.lexed;
    let hour: u8 = hours.parse().ok()?;
    let stopped = lexed.glued_symbol(at + 1) == Some('.')
        && lexed.is_glued(at + 2)
        && lexed.text(at + 2) == "m"
        && !lexed.goes_on(at + 3);
    let part = match (lexed.text(at), hour) {
        ("a", _) => "sáng",
        ("p", 12) => "trưa",
        ("p", 1..=5) => "chiều",
        ("p", _) => "tối",
        _ => return None,
    };
    let stop = usize::from(lexed.glued_symbol(at + 3) == Some('.') && at + 4 < lexed.len());
    stopped.then_some((part, at + 3 + stop))
}

/// 7AM, 10 PM.
fn half_of_day(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| is_below(hours, 13))?;
    if let Some(end) = band(reader, at) {
        return Some(end);
    }
    let (part, end) =
        part_of_day(reader, at + 1, hours).or_else(|| stopped_part(reader, at + 1, hours))?;
    reader.verbalize(at, end, "time", Likely, |out| {
        push_time(out, hours, None, None);
        push_part(out, part);
    });
    Some(end)
}

/// nhóm nhạc 2PM, nhóm EXO, 2PM và 2AM: bands whose names look like hours.
fn band(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 24;
    let lexed = &reader.lexed;
    let digits = lexed.digits(at).filter(|&digits| digits == "2")?; // DJ Soda, 9PM: an hour
    let letters = match lexed.text(at + 1) {
        "PM" => "pi em",
        "AM" => "ây em",
        _ => return None,
    };
    if !lexed.is_glued(at + 1) {
        return None;
    }
    // nhóm EXO, f(x), 2PM và 2AM: nothing but names is between
    let joint = |i: usize| lexed.symbol(i) == Some(',') || sets::JOINS.has(lexed.word(i));
    let name = |i: usize| {
        lexed.case(i) != Some(Case::Lower) || lexed.is_glued(i) || lexed.text(i).len() == 1
    };
    let mut before = (at.saturating_sub(REACH)..at).rev();
    let last = before.find(|&i| sets::BANDS.has(lexed.word(i)) || !joint(i) && !name(i));
    let listed =
        at > 0 && joint(at - 1) && last.is_some_and(|first| sets::BANDS.has(lexed.word(first)));
    (listed || reader.near_before(at, 2, &sets::BANDS)).then_some(())?;
    reader.verbalize(at, at + 2, "code", Likely, |out| {
        number::cardinal(digits, out);
        out.push(letters);
    });
    Some(at + 2)
}

/// 7h30, 7h, 9g15, 3h25'40"; a lone g only before or after a part of the day, for it is also a gram.
fn with_letter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| hours.len() <= 3)?;
    let letter = reader.lexed.word(at + 1);
    if !matches!(letter, "h" | "g") || !reader.lexed.is_glued(at + 1) {
        return None;
    }
    let capital = reader.lexed.text(at + 1) == "H";
    let model = hours.len() == 3
        && at > 0
        && !reader.lexed.is_glued(at)
        && matches!(reader.lexed.case(at - 1), Some(Case::Upper | Case::Capital))
        && !reader.is_vietnamese(at - 1);
    // bản 350h, 350h tự sạc, 450h+ PHEV
    let after = at + 2 + usize::from(reader.lexed.glued_symbol(at + 2) == Some('+'));
    let charged = reader.lexed.word(after) == "tự" && reader.lexed.word(after + 1) == "sạc";
    let hybrid = hours.len() == 3
        && (reader.near_before(at, 1, &sets::CAR_EDITIONS)
            || sets::HYBRIDS.has(reader.lexed.word(after))
            || charged);
    if model || hybrid {
        return None; // Lexus RX 350h
    }
    let long = !is_below(hours, 25) && !matches!(hours, "36" | "48" | "72" | "96"); // khử mùi 48H
    if capital && (long || reader.near_before(at, 2, &sets::CODE_LEADS_WITH_H)) {
        return None; // biển 51H
    }
    let minutes = reader.lexed.glued_digits(at + 2).filter(|m| is_below(m, 60));
    let chemical = capital || !is_below(hours, 25);
    if minutes.is_some_and(|m| m.len() != 2 && chemical && !says_minutes(reader, at + 3)) {
        return None; // 2H2 is not a time
    }
    let part_of_day = sets::PARTS_OF_DAY_AND_DAY.has(reader.lexed.word(at + 2))
        || reader.near_before(at, 1, &sets::HOUR_LEADS)
        || reader.near_before(at, 1, &sets::HOUR_OR_LENGTH_LEADS)
            && (reader.near_before(at, 4, &sets::HOUR_SETTLED)
                || at == 2 && reader.lexed.symbol(at + 2).is_some()
                || reader.last_tokens(24).any(is_clock))
        || is_below(hours, 25)
            && (reader.near_before(at, 12, &sets::GOINGS)
                || reader.near_phrase(at, 12, ["cấm", "đường"]));
    // từ 17g đến 2g sáng, đông nhất là 19g - 23g
    let of_clock = letter == "g" && is_below(hours, 25) && reader.last_tokens(24).any(is_clock);
    let joined = |i: usize| reader.lexed.symbol(i).is_some_and(range::is_dash);
    let part_of_day = part_of_day || of_clock && (joined(at + 2) || at > 0 && joined(at - 1));
    let told = || is_below(hours, 25) && hour::is_told(reader, at);
    if letter == "g" && minutes.is_none() && !part_of_day && !told() {
        return None;
    }
    if minutes.is_none() && hour::is_generation(reader, at) {
        return None; // Xã hiện có 4G
    }
    let mut end = at + if minutes.is_some() { 3 } else { 2 };
    let mut seconds = None;
    if minutes.is_some() && says_minutes(reader, end) {
        end += 1; // the word for minutes is said once
        if let Some((digits, after)) = glued_seconds(reader, end) {
            (seconds, end) = (Some(digits), after);
        }
    }
    let confidence = if letter == "h" { Sure } else { Likely };
    reader.verbalize(at, end, "time", confidence, |out| push_time(out, hours, minutes, seconds));
    Some(day_after_stroke(reader, end).unwrap_or(end))
}

/// The day behind a time and a stroke, as forecasts write it: 22h/06/11.
fn day_after_stroke(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    (reader.lexed.glued_symbol(at) == Some('/')).then_some(())?;
    let first = reader.lexed.glued_digits(at + 1)?;
    let sign = Sign::of(reader.lexed.glued_symbol(at + 2)?)?;
    let second = reader.lexed.glued_digits(at + 3)?;
    let day = Pair { at: at + 1, first, sign, second };
    if !date::is_possible(&day) || reader.lexed.goes_on(at + 4) {
        return None;
    }
    reader.pass(at, at + 1, "stroke");
    reader.verbalize(at + 1, at + 4, "date", Likely, |out| date::push_pair(out, &day, true));
    Some(at + 4)
}

/// On the hour the minutes are not said.
fn push_time(out: &mut Verbalization, hours: &str, minutes: Option<&str>, seconds: Option<&str>) {
    number::cardinal(hours, out);
    out.push("giờ");
    let has_seconds = seconds.is_some_and(|seconds| !is_zero(seconds));
    if let Some(minutes) = minutes.filter(|minutes| !is_zero(minutes) || has_seconds) {
        number::cardinal(minutes, out);
        out.push("phút");
    }
    if let Some(seconds) = seconds.filter(|_| has_seconds) {
        number::cardinal(seconds, out);
        out.push("giây");
    }
}

/// The 00 of 8 giờ 00, with the word for minutes behind it: on the hour they are not said.
fn no_minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hour = at > 1
        && reader.lexed.before(at, 1) == "giờ"
        && reader.lexed.digits(at - 2).is_some_and(|hours| is_below(hours, 25));
    if !hour || reader.lexed.digits(at) != Some("00") || reader.lexed.goes_on(at + 1) {
        return None;
    }
    let end = at + 1 + usize::from(reader.lexed.word(at + 1) == "phút");
    reader.pass(at, end, "time");
    Some(end)
}

/// The part of the day, if it is to be said.
fn push_part(out: &mut Verbalization, part: &str) {
    if !part.is_empty() {
        out.push(part);
    }
}
