//! Weekdays by their letter and number: sáng T2, T2-4-6, T7 đóng cửa, T2: cá kho.

use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::model::spoken::{Mark, Token, Word};
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range};

/// T2-3-4, T2-T4-T6: three weekdays or more, one after the other.
pub(super) fn listed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const FEWEST: usize = 3;
    let lexed = &reader.lexed;
    let weekday =
        |i: usize| lexed.glued_digits(i).filter(|d| d.len() == 1 && ("2"..="7").contains(d));
    let lettered = lexed.text(at + 3) == "T";
    let (mut end, mut days) = (at + 2, vec![weekday(at + 1)?]);
    while lexed.glued_symbol(end).is_some_and(range::is_dash) && lexed.is_glued(end + 1) {
        let next = end + 1 + usize::from(lettered);
        let same = !lettered || lexed.text(end + 1) == "T";
        let day = weekday(next).filter(|day| same && days.last().is_some_and(|last| last < day))?;
        days.push(day);
        end = next + 1;
    }
    let place = reader.near_before(at, 5, &sets::NUMBERED_PLACES);
    let months = reader.near_before(at, 6, &sets::FIGURES_OF_MONTHS);
    if days.len() < FEWEST || place || months || lexed.goes_on(end) || lexed.is_glued(at) && at > 0
    {
        return None;
    }
    let said = lexed.before(at, 1) == "thứ";
    let step = if lettered { 3 } else { 2 };
    for (i, day) in days.into_iter().enumerate() {
        // The sign before a day of the list stands between the lexemes of two.
        let from = if i == 0 { at } else { at + 2 + step * (i - 1) + 1 };
        let to = at + 2 + step * i;
        if i > 0 {
            reader.mark(from - 1, from, Mark::Comma);
        }
        reader.verbalize(from, to, "weekday", Likely, |out| {
            if i > 0 || !said {
                out.push("thứ");
            }
            number::ordinal(day, out);
        });
    }
    Some(end)
}

/// Whether a T with a number from 2 to 7 is a weekday, whatever figures are near: ngày T5, từ T2 đến hết T7.
pub(super) fn is_day_of_week(reader: &Reader<'_>, at: usize) -> bool {
    const TOKENS: usize = 8;
    let before = reader.lexed.before(at, 1);
    let goes_on =
        reader.last_tokens(TOKENS).any(|t| matches!(t, Token::Word(w) if is_weekday(reader, w)));
    before == "ngày"
        || sets::PARTS_OF_DAY.has(before)
        || goes_on
        || is_behind_date(reader, at)
        || heads_menu(reader, at)
}

/// Whether a weekday was said, by this class or by a row of the table.
fn is_weekday(reader: &Reader<'_>, word: &Word) -> bool {
    word.class == "weekday" || word.class == "abbreviation" && reader.said(word).starts_with("thứ ")
}

/// Whether a day and its month are at an index, behind a comma, a bracket or ngày: T6, 15/11; T7 ngày 8-11.
fn leads_date(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let at = at + usize::from(matches!(lexed.symbol(at), Some(',' | '(')));
    let at = at + usize::from(lexed.word(at) == "ngày");
    lexed.digits(at).is_some_and(|day| day.len() <= 2)
        && matches!(lexed.glued_symbol(at + 1), Some('/' | '-' | '.'))
        && lexed.glued_digits(at + 2).is_some_and(|month| month.len() <= 2)
}

/// T2 to T7 where a time of the day, a week or another day is beside it; elsewhere they are the
/// names of buildings.
pub(super) fn lone(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let day = reader.lexed.glued_digits(at + 1).filter(|day| ("2"..="7").contains(day))?;
    let end = at + 2;
    let next =
        |at: usize| reader.lexed.text(at) == "T" && reader.lexed.glued_digits(at + 1).is_some();
    let dash = reader.lexed.symbol(end).is_some_and(range::is_dash) && next(end + 1);
    let joined = matches!(reader.lexed.word(end), "đến" | "tới") && next(end + 1);
    let sunday = reader.near_after(end, 2, "cn") || reader.near_after(end, 2, "tuần");
    let listed =
        reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if is_weekday(reader, word)));
    let place = !listed && reader.near_before(at, 5, &sets::NUMBERED_PLACES);
    let last = spans_days(reader, at);
    let cued = dash
        || joined
        || sunday
        || listed
        || reader.last_word().is_some_and(|word| word.class == "time") // 18g T7
        || leads_date(reader, end)
        || sets::WEEKDAY_LEADS.has(reader.lexed.before(at, 1))
        || is_day_off(reader, at)
        || is_behind_date(reader, at)
        || heads_menu(reader, at)
        || last.is_some();
    let opens = at > 0 && reader.lexed.symbol(at - 1) == Some('(');
    if !cued || place || day.len() != 1 || reader.lexed.is_glued(at) && !listed && !opens {
        return None;
    }
    if reader.lexed.goes_on(end) {
        return None;
    }
    let said = reader.lexed.before(at, 1) == "thứ";
    // T3-5 may be two days or three
    let apart = last.is_some_and(|last| last.bytes().next() == day.bytes().next().map(|b| b + 2));
    let confidence = if apart { Doubtful } else { Likely };
    let day_of = |reader: &mut Reader<'_>, from: usize, to: usize, day: &str, said: bool| {
        reader.verbalize(from, to, "weekday", confidence, |out| {
            if !said {
                out.push("thứ");
            }
            number::ordinal(day, out);
        });
    };
    day_of(reader, at, end, day, said);
    let Some(last) = last else { return Some(end) };
    reader.verbalize_as(end, end + 1, "range", confidence, "đến");
    day_of(reader, end + 1, end + 2, last, false);
    Some(end + 2)
}

/// The last day of T3-5, T2-6: a weekday whose T is that of the first.
fn spans_days<'a>(reader: &Reader<'a>, at: usize) -> Option<&'a str> {
    let lexed = &reader.lexed;
    let day = |i: usize| lexed.glued_digits(i).filter(|d| d.len() == 1 && ("2"..="7").contains(d));
    let (first, last) = (day(at + 1)?, day(at + 3)?);
    let dash = lexed.glued_symbol(at + 2).is_some_and(range::is_dash);
    let place = reader.near_before(at, 5, &sets::NUMBERED_PLACES);
    let weekly = (at + 4..at + 7).any(|i| sets::WEEKLY.has(reader.lexed.word(i)));
    let told = weekly
        || reader.last_word().is_some_and(|word| word.class == "time")
        || at > 0
            && lexed.symbol(at - 1) == Some('(')
            && lexed.symbol(at + 4) == Some(')')
            && reader
                .last_tokens(5)
                .any(|token| matches!(token, Token::Word(word) if word.class != "word"))
        || sets::WEEKDAY_LEADS.has(lexed.before(at, 1))
        || is_day_off(reader, at);
    (dash && told && first < last && !place && !lexed.goes_on(at + 4)).then_some(last)
}

/// Whether something opens or rests on the weekday: nghỉ T2, trừ T3, T7 đóng cửa. Behind a name it is a building:
/// tòa Vạn Phúc T2 mở cửa.
fn is_day_off(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 3;
    /// So many tokens before it, a time, a day or another weekday may be told.
    const TIMED: usize = 24;
    let named = at > 0 && reader.lexed.case(at - 1).is_some_and(|case| case != Case::Lower);
    let verb = reader.lexed.word(at + 2);
    let door = !matches!(verb, "đóng" | "mở") || reader.lexed.word(at + 3) == "cửa";
    let opens = door && sets::OPENS_OR_RESTS.has(verb);
    let sold = reader.lexed.word(at + 3) == "bán";
    let before = reader.lexed.before(at, 1);
    // Phòng gym mở lúc 5h30, T7 đóng cửa; but T3 mở cửa, a terminal
    let timed = reader.last_tokens(TIMED).any(|token| match token {
        Token::Word(word) => matches!(word.class, "time" | "weekday" | "date"),
        _ => false,
    });
    sets::DAYS_OFF.has(before)
        || before != "với" && reader.near_before(at, REACH, &["nghỉ"])
        || opens && !named && !sold && (timed || verb == "nghỉ")
}

/// Whether a day and its month are right before the bracket that it fills: 8/11 (T7).
fn is_behind_date(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 3
        && lexed.symbol(at - 1) == Some('(')
        && lexed.symbol(at + 2) == Some(')')
        && lexed.digits(at - 2).is_some()
        && matches!(lexed.glued_symbol(at - 3), Some('/' | '-' | '.'))
        && lexed.digits(at - 4).is_some()
}

/// Whether it heads the dishes or lessons of a day, beside another: T2: cá kho; T3: thịt luộc.
fn heads_menu(reader: &Reader<'_>, at: usize) -> bool {
    /// The dishes of a day fit between two.
    const REACH: usize = 40;
    let lexed = &reader.lexed;
    let heads = |i: usize| {
        let day = lexed.glued_digits(i + 1).filter(|d| d.len() == 1 && ("2"..="7").contains(d));
        lexed.text(i) == "T" && day.is_some() && lexed.symbol(i + 2) == Some(':')
    };
    let food = lexed.case(at + 3).is_some() && heads(at);
    let others = || (at.saturating_sub(REACH)..at + REACH).any(|i| i != at && heads(i));
    let menu = (at.saturating_sub(REACH)..at + REACH).any(|i| sets::MENUS.has(lexed.word(i)));
    food && menu && (others() || reader.follows(at, &["thực", "đơn"]))
}
