//! Times of day and lengths of time: 19:14, 7h30, 9h, 7 PM, 19 giờ 14', 01:02:03, 3p20s, 30s,
//! 1:58,3, 3h25'40".

use super::date;
use super::lex::Case;
use super::number;
use super::numeral::{self, Numeral};
use super::pair::shape::{Pair, Sign};
use super::reader::Reader;
use super::verbalization::Verbalization;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure};
use crate::model::spoken::Token;

/// Lines of a picture, not minutes: 720p.
const PICTURE_LINES: [&str; 6] = ["144", "240", "360", "480", "540", "720"];

/// Words after which two numbers with a colon are minutes and seconds.
const SPAN_CUES: [&str; 4] = ["dài", "trong", "hết", "mất"];

/// Words near which two numbers with a colon are minutes and seconds if they are not a clock time.
const RACE_CUES: [&str; 11] =
    ["chạy", "bơi", "tích", "lục", "dài", "trong", "hết", "mất", "phút", "với", "lượng"];

/// What has a size in inches.
const SCREENS: [&str; 11] =
    ["màn", "hình", "tivi", "tv", "laptop", "mâm", "vành", "lốp", "zăng", "ống", "inch"];

/// What goes on until or from an hour, and is not weighed.
const GOINGS: [&str; 16] = [
    "phà",
    "chờ",
    "kẹt",
    "tàu",
    "bay",
    "khởi",
    "hành",
    "họp",
    "lễ",
    "mạc",
    "cửa",
    "tắc",
    "đường",
    "hiện",
    "thông",
    "trực",
];

/// How many lexemes back a word of matches may be.
const MATCH_REACH: usize = 16;

/// How many lexemes back a quotation mark is searched.
const QUOTED: usize = 400;

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

/// The two digits below sixty after a colon at `at`.
fn sixtieths<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    (reader.lexed.glued_symbol(at) == Some(':')).then_some(())?;
    let digits = reader.lexed.glued_digits(at + 1)?;
    (digits.len() == 2 && is_below(digits, 60)).then_some(digits)
}

/// 1:58,3: minutes, seconds and their parts.
fn stopwatch(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| minutes.len() <= 2)?;
    let seconds = sixtieths(reader, at + 1)?;
    reader.lexed.glued_symbol(at + 3).filter(|sign| matches!(sign, '.' | ','))?;
    let parts = reader.lexed.glued_digits(at + 4).filter(|parts| parts.len() <= 3)?;
    let end = at + 5;
    let goes_on = matches!(reader.lexed.glued_symbol(end), Some('.' | ',' | ':' | '/' | '-'))
        && reader.lexed.glued_digits(end + 1).is_some();
    if goes_on || reader.announces_ratio(at) {
        return None;
    }
    let said = reader.lexed.word(end) == "giây";
    reader.verbalize(at, end, "time", Likely, |out| {
        number::cardinal(minutes, out);
        out.push("phút");
        number::cardinal(seconds, out);
        if parts.len() == 3 {
            out.push("giây"); // 1:31.984, as races are timed
            return number::parts(Some(parts), out);
        }
        out.push("phẩy");
        number::fraction(parts, out);
        if !said {
            out.push("giây");
        }
    });
    Some(end)
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
        reader.warn(at, end, format!("{written} was taken as chapter and verse, not as a time"));
        return Some(end);
    }
    let clock = is_below(hours, 25);
    let span = seconds.is_none()
        && (reader.near_before(at, 1, &SPAN_CUES)
            || !clock && reader.near_before(at, 5, &RACE_CUES));
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
    let said = matches!(reader.lexed.word(at + 1), "sáng" | "trưa" | "chiều" | "tối" | "đêm");
    (!goes_on).then_some((if said { "" } else { part }, at + 1))
}

/// 7AM, 10 PM.
fn half_of_day(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const BANDS: [&str; 4] = ["nhóm", "nhạc", "boyband", "fan"];
    let hours = reader.lexed.digits(at).filter(|hours| is_below(hours, 13))?;
    if reader.lexed.is_glued(at + 1) && reader.near_before(at, 2, &BANDS) {
        return None; // nhóm nhạc 2PM
    }
    let (part, end) = part_of_day(reader, at + 1, hours)?;
    reader.verbalize(at, end, "time", Likely, |out| {
        push_time(out, hours, None, None);
        push_part(out, part);
    });
    Some(end)
}

/// 7h30, 7h, 9g15, 3h25'40"; a lone g only before or after a part of the day, for it is also a gram.
fn with_letter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let hours = reader.lexed.digits(at).filter(|hours| hours.len() <= 3)?;
    let letter = reader.lexed.word(at + 1);
    if !matches!(letter, "h" | "g") || !reader.lexed.is_glued(at + 1) {
        return None;
    }
    let capital = reader.lexed.text(at + 1) == "H";
    if capital && (!is_below(hours, 25) || reader.near_before(at, 2, &["mã", "biển", "lớp"])) {
        return None; // biển 51H
    }
    let minutes = reader.lexed.glued_digits(at + 2).filter(|m| is_below(m, 60));
    let chemical = capital || !is_below(hours, 25);
    if minutes.is_some_and(|m| m.len() != 2 && chemical && !says_minutes(reader, at + 3)) {
        return None; // 2H2 is not a time
    }
    let part_of_day =
        matches!(reader.lexed.word(at + 2), "sáng" | "trưa" | "chiều" | "tối" | "đêm" | "ngày")
            || reader.near_before(
                at,
                1,
                &["lúc", "hồi", "từ", "trước", "sau", "nay", "mai", "qua"],
            )
            || reader.near_before(at, 1, &["khoảng", "đến", "tới"])
                && (reader.near_before(at, 4, &["lúc", "vào", "hồi", "phải", "mãi"])
                    || at == 2 && reader.lexed.symbol(at + 2).is_some()
                    || reader.last_tokens(24).any(is_clock))
            || is_below(hours, 25) && reader.near_before(at, 12, &GOINGS);
    if letter == "g" && minutes.is_none() && !part_of_day {
        return None;
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

/// 9T, 6T/2023 in the figures of a firm, 11T behind an index: so many months of the year; 12T as a term.
fn months(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const FIGURES: [&str; 12] =
        ["nhuận", "thu", "tiêu", "lãi", "lỗ", "kết", "kế", "lnst", "quý", "kim", "cáo", "số"];
    const TERMS: [&str; 8] = ["hạn", "hành", "gửi", "vay", "sau", "trả", "góp", "thai"];
    const INDICES: [&str; 6] = ["cpi", "pmi", "iip", "gdp", "lạm", "phát"];
    let months = reader.lexed.digits(at).filter(|months| is_below(months, 61))?;
    let end = at + 2;
    let letter = reader.lexed.text(at + 1) == "T" && reader.lexed.is_glued(at + 1);
    let of_year = reader.lexed.glued_symbol(end) == Some('/')
        && reader.lexed.glued_digits(end + 1).is_some_and(|year| year.len() == 4);
    let listed =
        || reader.last_tokens(12).any(|t| matches!(t, Token::Word(w) if w.class == "months"));
    let quarterly = matches!(months, "3" | "6" | "9" | "12");
    let in_year = is_below(months, 13) && reader.near_before(at, 3, &INDICES);
    let cued = quarterly && (of_year || reader.near_before(at, 8, &FIGURES) || listed())
        || in_year
        || reader.near_before(at, 2, &TERMS);
    if !letter || !cued || !of_year && reader.lexed.goes_on(end) {
        return None;
    }
    reader.verbalize(at, end, "months", Likely, |out| {
        number::cardinal(months, out);
        out.push("tháng");
    });
    if !of_year {
        return Some(end);
    }
    let year = reader.lexed.glued_digits(end + 1)?;
    reader.verbalize(end, end + 2, "date", Likely, |out| {
        out.push("năm");
        number::year(year, out);
    });
    Some(end + 2)
}

/// Whether a word or sign for minutes is at `at`.
fn says_minutes(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.text(at), "p" | "ph" | "m") && reader.lexed.is_glued(at)
        || reader.lexed.word(at) == "phút"
        || is_prime(reader, at)
}

/// Whether the sign for minutes is at `end`, after numbers from `at` on.
pub(super) fn ends_minutes(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    is_prime(reader, end) && double_prime(reader, end).is_none() && !has_open_apostrophe(reader, at)
}

/// The digits of seconds at `at`, with their sign, touching what is before them; and the index
/// after them.
fn glued_seconds<'a>(reader: &Reader<'a>, at: usize) -> Option<(&'a str, usize)> {
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

/// 14' as minutes: after hours, or in the account of a match; 10p, 3p20s, 4'30".
fn minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| minutes.len() <= 3)?;
    let letter = matches!(reader.lexed.text(at + 1), "p" | "ph")
        && reader.lexed.is_glued(at + 1)
        && !PICTURE_LINES.contains(&minutes);
    if let Some(end) = added_minutes(reader, at) {
        return Some(end);
    }
    let prime = is_prime(reader, at + 1) && double_prime(reader, at + 1).is_none();
    if !letter && (!prime || has_open_apostrophe(reader, at)) {
        return None;
    }
    let seconds = glued_seconds(reader, at + 2);
    let end = seconds.map_or(at + 2, |(_, end)| end);
    let goes_on = reader.lexed.goes_on(end);
    let parts = reader.lexed.glued_digits(end).filter(|_| seconds.is_some());
    if letter && goes_on
        || reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some()
    {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "phút";
    let end = end + usize::from(parts.is_some());
    // 90'+4: the fourth minute beyond the time of a match.
    let beyond = (prime && reader.lexed.glued_symbol(end) == Some('+'))
        .then(|| reader.lexed.glued_digits(end + 1))
        .flatten();
    // Văn Quyết 58': when it was, behind the name of who did it.
    let named = prime
        && at > 1
        && reader.lexed.case(at - 1) == Some(Case::Capital)
        && !matches!(reader.lexed.word(end), "vĩ" | "kinh")
        || prime && is_of_match(reader, at, end);
    if seconds.is_none() && parts.is_none() && (beyond.is_some() || named) {
        let end = end + if beyond.is_some() { 2 } else { 0 };
        reader.verbalize(at, end, "time", Likely, |out| {
            if !said {
                out.push("phút");
            }
            number::cardinal(minutes, out);
            if let Some(beyond) = beyond {
                out.push("cộng");
                number::cardinal(beyond, out);
            }
        });
        return Some(end);
    }
    reader.verbalize(at, end, "time", Likely, |out| {
        if said {
            number::cardinal(minutes, out);
        } else {
            push_span(out, minutes, seconds.map(|(digits, _)| digits));
        }
        number::parts(parts, out);
    });
    Some(end)
}

/// 45+1': a minute beyond the time of a half.
fn added_minutes(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let minutes = reader.lexed.digits(at).filter(|minutes| is_below(minutes, 121))?;
    (reader.lexed.glued_symbol(at + 1) == Some('+')).then_some(())?;
    let beyond = reader.lexed.glued_digits(at + 2).filter(|beyond| beyond.len() <= 2)?;
    is_prime(reader, at + 3).then_some(())?;
    let said = reader.lexed.before(at, 1) == "phút";
    reader.verbalize(at, at + 4, "time", Likely, |out| {
        if !said {
            out.push("phút");
        }
        number::cardinal(minutes, out);
        out.push("cộng");
        number::cardinal(beyond, out);
    });
    Some(at + 4)
}

/// Whether the minutes at `at` say when something happened in a match: in a bracket after a name or
/// a word of matches, in the same bracket as another such minute, or at the head of a block.
fn is_of_match(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const MATCH: [&str; 13] = [
        "bàn", "thẻ", "ghi", "hiệp", "đội", "vệ", "đạo", "sân", "phạt", "thủ", "đá", "trick", "pen",
    ];
    let lexed = &reader.lexed;
    let heads = at == 0
        && (matches!(lexed.case(end), Some(Case::Capital))
            || lexed.symbol(end).is_some_and(|sign| matches!(sign, '-' | '–' | ':')));
    let open = at.checked_sub(1).filter(|&open| lexed.symbol(open) == Some('('));
    let named = open.and_then(|open| open.checked_sub(1)).is_some_and(|name| {
        matches!(lexed.case(name), Some(Case::Capital | Case::Upper))
            || lexed.digits(name).is_some()
    });
    let told = || (at.saturating_sub(MATCH_REACH)..at).any(|i| MATCH.contains(&lexed.word(i)));
    let listed = reader.last_tokens(3).any(|token| match token {
        Token::Word(word) if word.class == "time" => reader.said(word).starts_with("phút "),
        _ => false,
    });
    heads || open.is_some() && (named || told()) || listed
}

/// Whether a token is a time of day.
fn is_clock(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.class == "time")
}

/// 30s, 9,58s, 2 giờ 15 phút 30", 10"52; a decade is not a length of time (những năm 80s), nor is the
/// number of a make (iPhone 5s) or the size of a screen (55").
fn seconds(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let numeral = numeral::parse(&reader.lexed, at).filter(|number| number.integer.len() <= 4)?;
    if let Some(end) = double_prime(reader, numeral.end) {
        return primed_seconds(reader, at, &numeral, end);
    }
    let (sign, end) = (numeral.end, numeral.end + 1);
    let unit = match reader.lexed.text(sign) {
        "s" => "giây",
        "h" if numeral.fraction.is_some() => "giờ",
        "p" if numeral.fraction.is_some() => "phút",
        _ => return None,
    };
    if let Some(end) = hundredths(reader, at, &numeral) {
        return Some(end);
    }
    let letter = reader.lexed.is_glued(sign) || unit == "giây";
    let goes_on = reader.lexed.is_glued(end)
        && !matches!(
            reader.lexed.symbol(end),
            Some('.' | ',' | ';' | ':' | ')' | '!' | '?' | '-' | '/')
        );
    if !letter
        || goes_on
        || reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some()
    {
        return None;
    }
    let decade = numeral.integer.ends_with('0')
        && reader.near_before(at, 3, &["năm", "niên", "kỷ", "kỉ", "thời", "hệ", "nhạc", "cách"]);
    if decade {
        reader.verbalize(at, end, "cardinal", Likely, |out| numeral.verbalize(out));
        return Some(end);
    }
    const FILMS: [&str; 6] = ["video", "clip", "tvc", "trailer", "teaser", "spot"];
    let named = at > 0
        && reader.lexed.case(at - 1).is_some()
        && !reader.is_vietnamese(at - 1)
        && !FILMS.contains(&reader.lexed.before(at, 1));
    if named && numeral.fraction.is_none() {
        return None;
    }
    reader.verbalize(at, end, "time", Likely, |out| {
        numeral.verbalize(out);
        out.push(unit);
    });
    Some(end)
}

/// 9s58: seconds and their hundredths, as runners and swimmers are timed.
fn hundredths(reader: &mut Reader<'_>, at: usize, seconds: &Numeral<'_>) -> Option<usize> {
    let sign = seconds.end;
    let fits = seconds.fraction.is_none() && seconds.integer.len() <= 2;
    let letter = reader.lexed.text(sign) == "s" && reader.lexed.is_glued(sign);
    let parts = reader.lexed.glued_digits(sign + 1).filter(|parts| parts.len() <= 2)?;
    let apart = !(reader.lexed.is_glued(at) && at > 0 && reader.lexed.case(at - 1).is_some());
    if !fits || !letter || !apart || reader.lexed.goes_on(sign + 2) {
        return None;
    }
    reader.verbalize(at, sign + 2, "time", Likely, |out| {
        seconds.verbalize(out);
        out.push("giây");
        number::parts(Some(parts), out);
    });
    Some(sign + 2)
}

/// Digits before the sign for seconds that ends at `end`, as seconds or as the size of a screen.
fn primed_seconds(
    reader: &mut Reader<'_>,
    at: usize,
    numeral: &Numeral<'_>,
    end: usize,
) -> Option<usize> {
    // The mark after a year or another long number closes a quotation.
    if numeral.integer.len() > 2 || has_open_quotation(reader, at) {
        return None;
    }
    if reader.near_before(at, 4, &SCREENS) {
        let unit = reader.tables.unit("inch")?.spoken;
        reader.verbalize(at, end, "unit", Likely, |out| {
            numeral.verbalize(out);
            out.push(unit);
        });
        return Some(end);
    }
    let parts = reader.lexed.glued_digits(end).filter(|parts| parts.len() <= 2);
    let after_time = matches!(reader.last_token(), Some(Token::Word(word)) if word.class == "time");
    let cued = after_time
        || parts.is_some()
        || reader.near_before(at, 2, &["phút", "hết", "trong", "sau", "còn", "mất", "kéo", "dài"]);
    if !cued {
        return None;
    }
    let end = end + usize::from(parts.is_some());
    reader.verbalize(at, end, "time", Likely, |out| {
        numeral.verbalize(out);
        out.push("giây");
        number::parts(parts, out);
    });
    Some(end)
}

/// The index after the sign for seconds at `at`: one sign, or two of the sign for minutes.
fn double_prime(reader: &Reader<'_>, at: usize) -> Option<usize> {
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

fn is_prime(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lexed.glued_symbol(at), Some('\'' | '′' | '’'))
        && (!(reader.lexed.is_glued(at + 1) && reader.lexed.case(at + 1).is_some())
            || is_pole(reader.lexed.text(at + 1)))
}

/// Whether a letter stands for a quarter of the sky, after minutes and seconds of a place: 10°45'N.
fn is_pole(letter: &str) -> bool {
    matches!(letter, "N" | "S" | "E" | "W" | "B" | "Đ" | "T")
}

fn is_below(digits: &str, bound: u32) -> bool {
    digits.len() <= 3 && digits.parse::<u32>().is_ok_and(|value| value < bound)
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

/// Minutes and seconds; no seconds are not said.
fn push_span(out: &mut Verbalization, minutes: &str, seconds: Option<&str>) {
    number::cardinal(minutes, out);
    out.push("phút");
    if let Some(seconds) = seconds.filter(|seconds| !is_zero(seconds)) {
        number::cardinal(seconds, out);
        out.push("giây");
    }
}

fn is_zero(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

/// Whether a quotation mark that opens is before `at` and is not closed.
pub(super) fn has_open_quotation(reader: &Reader<'_>, at: usize) -> bool {
    let mark = |&i: &usize| matches!(reader.lexed.symbol(i), Some('"' | '“' | '”'));
    let last = (at.saturating_sub(QUOTED)..at).rev().find(mark);
    last.is_some_and(|i| match reader.lexed.symbol(i) {
        Some('"') => !reader.lexed.is_glued(i) && reader.lexed.is_glued(i + 1),
        sign => sign == Some('“'),
    })
}

/// Whether an apostrophe that opens a quotation is before `at` and is not closed.
fn has_open_apostrophe(reader: &Reader<'_>, at: usize) -> bool {
    let opens = |i: &usize| {
        matches!(reader.lexed.symbol(*i), Some('\'' | '‘'))
            && !reader.lexed.is_glued(*i)
            && reader.lexed.is_glued(i + 1)
    };
    (0..at).rev().take(20).find(opens).is_some()
        && !matches!(reader.last_token(), Some(Token::Word(word)) if word.class == "time")
}
