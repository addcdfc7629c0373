//! What tells the g of an hour from that of a gram: 14g CN, 9g mùng 4, 18g-19g30, Khởi hành: 6g.

use super::parts::{is_below, is_clock};
use crate::model::spoken::Token;
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// How many hours of a list are looked through for one with minutes.
const MOST: usize = 6;

/// How far before an hour the colon of its heading may be, in lexemes.
const HEADING_REACH: usize = 24;

/// Whether the number at `at`, with a lone g behind it, is an hour by what is beside it.
pub(super) fn is_told(reader: &Reader<'_>, at: usize) -> bool {
    is_before_day(reader, at)
        || is_before_minutes(reader, at)
        || is_after_clock(reader, at)
        || is_announced(reader, at)
        || opens_shift(reader, at)
        || begins_range(reader, at)
        || is_alone_in_list(reader, at)
}

/// Whether a generation of mobile networks is at `at` and no hour: phủ sóng 4G. A word of the hour right beside it, or
/// a later hour that it is joined to, makes it one (lúc 5G, 5G sáng, từ 4G đến 9G).
pub(super) fn is_generation(reader: &Reader<'_>, at: usize) -> bool {
    /// What speaks of networks is so many words before at most.
    const NETWORK: usize = 10;
    let lexed = &reader.lexed;
    let generation =
        |i: usize| lexed.digits(i).is_some_and(|d| d.len() == 1 && ("2"..="6").contains(&d));
    if lexed.text(at + 1) != "G" || !generation(at) {
        return false;
    }
    let hour = |i: usize| lexed.digits(i).is_some_and(|d| is_below(d, 25)) && !generation(i);
    let later = joins(reader, at + 2) && hour(at + 3) && lexed.word(at + 4) == "g";
    let earlier = at > 2 && joins(reader, at - 1) && lexed.word(at - 2) == "g" && hour(at - 3);
    // Di quan: 5G ngày 8-12; chợ họp từ 2G đến 6G
    let dated = lexed.word(at + 2) == "ngày"
        && (lexed.digits(at + 3).is_some() || lexed.word(at + 3) == "mai");
    let headed =
        at > 1 && lexed.symbol(at - 1) == Some(':') && sets::HOUR_HEADINGS.has(lexed.word(at - 2));
    let range = lexed.word(at + 2) == "đến" && generation(at + 3) && lexed.text(at + 4) == "G";
    let range_end = lexed.before(at, 1) == "đến" && at > 2 && lexed.text(at - 2) == "G";
    let of_hours = (range || range_end) && !reader.near_before(at, NETWORK, &sets::NETWORKS);
    !dated
        && !headed
        && !of_hours
        && !matches!(lexed.before(at, 1), "lúc" | "hồi")
        && !sets::PARTS_OF_DAY.has(lexed.word(at + 2))
        && !later
        && !earlier
}

/// Whether a weekday or a day of the lunar calendar is behind it: 14g CN, 19g T7 (5/4), 9g mùng 4.
fn is_before_day(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let day = at + 2 + usize::from(lexed.symbol(at + 2) == Some('('));
    let next = lexed.word(day + 1);
    match lexed.word(day) {
        "t" => {
            lexed.text(day) == "T"
                && lexed.glued_digits(day + 1).is_some_and(|d| ("2"..="7").contains(&d))
        }
        "cn" => lexed.text(day) == "CN" && lexed.glued_symbol(day + 1) != Some('-'),
        "chủ" => next == "nhật",
        "thứ" => sets::WEEKDAYS.has(next) && !reader.near_before(at, 3, &sets::PORTIONS),
        "mùng" | "mồng" => lexed.digits(day + 1).is_some() || sets::WEEKDAYS.has(next),
        _ => false,
    }
}

/// Whether what is at an index joins two hours: a dash, a comma, và, đến.
fn joins(reader: &Reader<'_>, at: usize) -> bool {
    let sign = reader.lexed.symbol(at);
    sign.is_some_and(|sign| range::is_dash(sign) || matches!(sign, ',' | ';'))
        || sets::JOINS.has(reader.lexed.word(at))
        || matches!(reader.lexed.word(at), "đến" | "tới")
}

/// Whether an hour with minutes follows in the same list or range: 18g-19g30; 9g, 14g, 19g30.
fn is_before_minutes(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let mut hour = at;
    for _ in 0..MOST {
        let next = hour + 3;
        let hours = lexed.digits(next).is_some_and(|hours| is_below(hours, 25));
        if !joins(reader, hour + 2) || !hours || lexed.text(next + 1) != "g" {
            return false;
        }
        if lexed.glued_digits(next + 2).is_some_and(|m| m.len() == 2 && is_below(m, 60)) {
            return true;
        }
        hour = next;
    }
    false
}

/// Whether a time of day is right before it in the same list: 5g30, 7g và 9g. What is weighed has a name behind it.
fn is_after_clock(reader: &Reader<'_>, at: usize) -> bool {
    at > 0
        && joins(reader, at - 1)
        && !is_weighed(reader, at)
        && reader.last_tokens(2).any(is_clock)
}

/// Whether the number at `at`, or the last of the list that it begins, measures the word behind it: 14g, 20g đạm.
fn is_weighed(reader: &Reader<'_>, at: usize) -> bool {
    let goes_on = |&i: &usize| {
        joins(reader, i + 2)
            && reader.lexed.digits(i + 3).is_some()
            && reader.lexed.text(i + 4) == "g"
    };
    let last = (0..MOST).map(|more| at + 3 * more).find(|i| !goes_on(i)).unwrap_or(at);
    reader.counts_next(last + 2) && !sets::AFTER_HOURS.has(reader.lexed.word(last + 2))
}

/// Whether a heading with a colon says that hours follow (Lịch chiếu: 9g, 14g), or a word right before: suất chiếu 14g.
fn is_announced(reader: &Reader<'_>, at: usize) -> bool {
    if is_weighed(reader, at) {
        return false;
    }
    let lexed = &reader.lexed;
    let colon = (at.saturating_sub(HEADING_REACH)..at)
        .rev()
        .take_while(|&i| !matches!(lexed.symbol(i), Some('.' | '!' | '?')))
        .find(|&i| lexed.symbol(i) == Some(':'));
    let headed = colon.is_some_and(|colon| reader.near_before(colon, 4, &sets::HOUR_HEADINGS));
    headed || matches!(lexed.before(at, 1), "chiếu" | "diễn" | "mở")
}

/// Whether hours from the beginning of a shift to its end are at `at`: ca sáng 7g-11g.
fn opens_shift(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    sets::PARTS_OF_DAY.has(lexed.before(at, 1))
        && lexed.symbol(at + 2).is_some_and(range::is_dash)
        && lexed.digits(at + 3).is_some_and(|hours| is_below(hours, 25))
        && lexed.text(at + 4) == "g"
        && (lexed.before(at, 2) == "ca" || !is_weighed(reader, at + 3))
}

/// Whether hours from the beginning to the end of a range are at `at`: a part of the day or a day is behind the last, or they begin
/// a sentence that tells when they are: 18g-20g chiều, 18g-20g thứ bảy; 8g-11g hằng ngày, bảo tàng mở cửa.
fn begins_range(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let (last, end) = (at + 3, at + 5);
    let range = lexed.symbol(at + 2).is_some_and(range::is_dash)
        && lexed.digits(at).is_some_and(|hours| !is_below(hours, 5))
        && lexed.digits(last).is_some_and(|hours| is_below(hours, 25))
        && lexed.text(last + 1) == "g"
        && lexed.is_glued(last + 1);
    if !range || reader.near_before(at, 4, &sets::DOSES) {
        return false;
    }
    let (next, after) = (lexed.word(end), end + 1);
    // 8g-11g hằng ngày, ngày 5-10, cuối tuần; 5g-10g mỗi ngày may be salt
    let when = || {
        next != "mỗi" && sets::AFTER_HOURS.has(next) && lexed.word(after) == "ngày"
            || next == "ngày" && lexed.digits(after).is_some()
            || next == "cuối" && lexed.word(after) == "tuần"
    };
    let opens = at == 0 || matches!(lexed.symbol(at - 1), Some('.' | '!' | '?' | '…'));
    sets::PARTS_OF_DAY.has(next) || is_before_day(reader, last) || opens && when()
}

/// Whether it is alone between the signs of a list of times: 21h15 ngày 2/10; 20g; 8h-10h30. A time or its day is right before it, and
/// a time or the end behind, or else a list tells what to cook: 8h với đường, 10g, muối.
fn is_alone_in_list(reader: &Reader<'_>, at: usize) -> bool {
    /// A sign, a day and its word are between it and the time before at most.
    const TOKENS: usize = 6;
    let lexed = &reader.lexed;
    let parts = |i: usize| matches!(lexed.symbol(i), Some(';' | ','));
    let goes_on = || {
        let hours = lexed.digits(at + 3).is_some();
        parts(at + 2) && hours && (lexed.word(at + 4) == "h" || lexed.symbol(at + 4) == Some(':'))
    };
    let ends = || lexed.symbol(at + 2) == Some('.') && !lexed.is_glued(at + 3);
    let times = || {
        let mut last = reader.last_tokens(2).filter(|token| matches!(token, Token::Word(_)));
        matches!(last.next(), Some(Token::Word(word)) if matches!(word.class, "time" | "date"))
    };
    at > 0
        && parts(at - 1)
        && (goes_on() || ends())
        && times()
        && reader.last_tokens(TOKENS).any(is_clock)
}
