//! What stands in the place of a day and a month: with a long dash, of two days that và joins, or where the calendar has
//! no such day.

use super::cue::{is_date, says_day};
use super::parts::{is_day_of, is_year, push_date};
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::text::normalize::pair::shape::{Pair, Sign};
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;

/// What makes two numbers amounts is so many words before them at most.
const AMOUNTS_REACH: usize = 6;

/// Whether the words before two numbers with a long dash, or the first being the greater, tell of a day: ngày 23–10 và 24–10, tối
/// 9–11, từ 23–10. What is measured or counted behind them makes them amounts: ngày 3–5 bữa, đêm 10–12 độ C.
pub(in crate::text::normalize) fn is_led(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let descends =
        || lexed.value(at).zip(lexed.value(at + 2)).is_some_and(|(day, month)| day > month);
    let before = lexed.before(at, 1);
    let goes_on = || reader.last_tokens(2).nth(1).is_some_and(is_date);
    let sign = at.checked_sub(1).and_then(|sign| lexed.symbol(sign));
    let bracketed = || {
        let told = lexed.before(at - 1, 1);
        sets::WEEKDAYS.has(told) || sets::DAY_LEADS.has(told) // hôm nay (12–10)
    };
    // từ 9–11 đến 12–11
    let to_another = || {
        matches!(lexed.word(at + 3), "đến" | "tới")
            && lexed.glued_symbol(at + 5).is_some_and(range::is_dash)
            && lexed.glued_digits(at + 6).is_some_and(|month| is_day_of("1", month))
    };
    let free = || !reader.counts_next(at + 3) && reader.tables.unit(lexed.rest(at + 3)).is_none();
    // gỡ hòa từ 12–10, gió giật từ 8–9 đến 10–11
    let tells_term = || {
        (descends() || to_another())
            && free()
            && !is_of_match(reader, at)
            && !reader.near_before(at, AMOUNTS_REACH, &sets::AMOUNTS_AND_NO_DAYS)
    };
    // ngày 9–11 tháng 10 has the days alone
    lexed.word(at + 3) != "tháng"
        && ((sets::DAY_NAMES.has(before) || sets::PARTS_OF_DAY.has(before))
            && (descends() || free())
            || sets::DAY_OR_FRACTION_LEADS.has(before) && tells_term()
            || (matches!(before, "và" | "đến") || sign == Some(',')) && goes_on()
            || sign == Some('(') && bracketed())
}

/// Whether the words before the numbers at `at` tell of a match: lội ngược dòng từ, cân bằng từ, thua từ.
fn is_of_match(reader: &Reader<'_>, at: usize) -> bool {
    const NEAR: usize = 4;
    reader.near_before(at, NEAR, &sets::WINS_AND_LOSSES)
        || [["lội", "ngược"], ["cân", "bằng"], ["vươn", "lên"]]
            .into_iter()
            .any(|phrase| reader.near_phrase(at, NEAR, phrase))
}

/// Whether a day goes beyond the end of its month: 31-11, 30/2.
fn is_beyond(day: &str, month: &str) -> bool {
    day.len() == 2
        && ("29"..="31").contains(&day)
        && is_day_of("1", month)
        && !is_day_of(day, month)
}

/// Whether a day is told before the end of a term at `at`: từ ngày 20-10 đến …, 25/10-…
fn ends_term(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let lexed = &reader.lexed;
    let joined = matches!(lexed.before(at, 1), "đến" | "tới" | "hết")
        || at > 0 && lexed.symbol(at - 1).is_some_and(range::is_dash)
        || lexed.before(at, 1) == "ngày" && matches!(lexed.before(at, 2), "đến" | "tới" | "hết");
    joined && reader.last_tokens(REACH).any(is_date) || reader.follows(at, &["kéo", "dài", "đến"])
}

/// từ ngày 20-10 đến 31-11: the end of a term that no calendar has, said as the day that it stands for.
pub(in crate::text::normalize) fn no_such_day(
    reader: &mut Reader<'_>,
    pair: &Pair<'_>,
) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let day = pair.sign != Sign::Colon
        && is_beyond(pair.first, pair.second)
        && (ends_term(reader, at) || reader.lexed.before(at, 1) == "ngày");
    day.then_some(())?;
    say_no_such_day(reader, at, end, [pair.first, pair.second], None);
    Some(end)
}

/// đến hết 31-11-2013: the same with its year.
pub(super) fn no_such_date(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let (day, month) = (lexed.digits(at)?, lexed.glued_digits(at + 2)?);
    let sign = lexed.glued_symbol(at + 1).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let same = lexed.glued_symbol(at + 3) == Some(sign);
    let year = lexed.glued_digits(at + 4).filter(|year| is_year(year))?;
    (same && is_beyond(day, month) && ends_term(reader, at)).then_some(())?;
    say_no_such_day(reader, at, at + 5, [day, month], Some(year));
    Some(at + 5)
}

fn say_no_such_day(
    reader: &mut Reader<'_>,
    at: usize,
    end: usize,
    [day, month]: [&str; 2],
    year: Option<&str>,
) {
    let said_day = says_day(reader, at);
    reader.verbalize(at, end, "date", Doubtful, |out| push_date(out, !said_day, day, month, year));
    let written = reader.lexed.source(at, end);
    reader.warn(at, end, message!("the calendar has no day {written}", written));
}

/// tăng từ 1/7 và 1/10, từ 1/10 và 1/4 năm sau: two days on which something changes; từ 5-9 đến 31-5: the ends of a term. What is
/// counted behind them makes them parts of it or amounts.
pub(in crate::text::normalize) fn two_days(
    reader: &mut Reader<'_>,
    pair: &Pair<'_>,
) -> Option<usize> {
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let dash = matches!(pair.sign, Sign::Hyphen | Sign::Dash);
    let day = |at: usize| {
        let first = lexed.digits(at)?;
        let parts = |sign: char| if dash { range::is_dash(sign) } else { sign == '/' };
        lexed.glued_symbol(at + 1).filter(|&sign| parts(sign))?;
        let second = lexed.glued_digits(at + 2)?;
        (is_day_of(first, second) && !lexed.goes_on(at + 3)).then_some(())
    };
    day(at)?;
    let free = |end: usize| {
        lexed.case(end).is_none() && !matches!(lexed.symbol(end), Some('%' | '/' | '='))
            || lexed.word(end) == "năm" && is_of_calendar(reader, end + 1)
            || sets::FUNCTION_WORDS.has(lexed.word(end))
    };
    let is_first = || lexed.word(end) == "và" && day(end + 1).is_some() && free(end + 4);
    let before = lexed.before(at, 1);
    let is_second =
        || reader.goes_on_from("date", before) && at > 4 && day(at - 4).is_some() && free(end);
    let goes_to = matches!(lexed.word(end), "đến" | "tới");
    let begins_term = || {
        goes_to
            && day(end + 1).is_some()
            && free(end + 4)
            && !is_of_match(reader, at)
            && !reader.near_before(at, AMOUNTS_REACH, &sets::AMOUNTS_AND_NO_DAYS)
    };
    // từ ngày 3-4 đến 5-4, từ ngày 1-6 đến hết ngày 30-9
    let begins_term_of_days = || {
        let skipped = (1..3).take_while(|&i| matches!(lexed.word(end + i), "hết" | "ngày")).count();
        goes_to && day(end + 1 + skipped).is_some()
    };
    let told = match before {
        "từ" if dash => begins_term(),
        "ngày" if dash => lexed.before(at, 2) == "từ" && begins_term_of_days(),
        "đến" | "tới" if dash => is_second() && matches!(lexed.word(at - 5), "từ" | "ngày"),
        _ if dash => false,
        "từ" => is_first(),
        "và" => is_second(),
        _ => false,
    };
    told.then_some(())?;
    let said_day = says_day(reader, at);
    // giảm từ 1/2 và 1/3 could be parts all the same
    let part = !dash && pair.first == "1" && matches!(pair.second, "2" | "3" | "4");
    let confidence = if part { Doubtful } else { Likely };
    reader.verbalize(at, end, "date", confidence, |out| {
        push_date(out, !said_day, pair.first, pair.second, None);
    });
    Some(end)
}

/// Whether what is at `at`, behind năm, makes it a year of the calendar: năm 2014, năm sau. Five to seven years are no days.
fn is_of_calendar(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.lexed.word(at);
    reader.lexed.digits(at).is_some() || word == "nay" || sets::AFTER_PERIODS.has(word)
}

/// Whether the year of a day or a month is at `at`, behind a comma as in English: hôm 31-10, 2013; tháng 10, 2013.
pub(in crate::text::normalize) fn is_year_of_day(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let counted = || {
        let (next, after) = (lexed.word(at + 1), lexed.word(at + 2));
        // 2013 trong số 3000 công nhân, 2013 đến 3000 người, 2013 bị cáo
        let part = next == "trong" && after == "số";
        let joined = matches!(next, "đến" | "tới" | "và") && lexed.digits(at + 2).is_some();
        let accused = next == "bị" && matches!(after, "cáo" | "can" | "hại");
        // a round number counts more often than it is a year
        let round = lexed.case(at + 1).is_some() && lexed.text(at).ends_with("00");
        reader.counts_next(at + 1) && next != "không" || part || joined || accused || round
    };
    let goes_on = || {
        let sign = lexed.symbol(at + 1);
        lexed.goes_on(at + 1)
            || sign.is_some_and(|sign| sign == '%' || range::is_dash(sign))
            || sign.is_some() && lexed.is_glued(at + 1) && lexed.glued_digits(at + 2).is_some()
    };
    let comma = at > 2 && lexed.glued_symbol(at - 1) == Some(',') && !lexed.is_glued(at);
    if !comma || range::year(reader, at).is_none() {
        return false;
    }
    let month = || {
        lexed.word(at - 3) == "tháng"
            && lexed.digits(at - 2).is_some_and(|month| month.len() <= 2 && !lexed.is_glued(at - 2))
    };
    let day = || {
        reader.last_tokens(2).nth(1).is_some_and(is_date)
            && lexed.digits(at - 2).is_some_and(|month| month.len() <= 2)
    };
    (month() || day()) && !counted() && !goes_on()
}
