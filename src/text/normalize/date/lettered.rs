//! What starts with a letter: Q4/2025, T9/2024, sáng T2.

use super::district;
use super::parts::{is_day_of, is_year, push_half, push_month, push_month_of};
use super::short::is_year_of_figures;
use crate::model::message::message;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::model::spoken::{Mark, Token, Word};
use crate::text::normalize::lex::Case;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::word_sets as sets;
use crate::text::normalize::{number, range};

/// The class of the numbers of pillars, sluices and hamlets.
const WORKS: &str = "works";

/// Reads what starts with a letter: the quarter of Q4/2025 and Q1, the month of T9/2024, the weekday
/// of "sáng T2".
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if reader.lexed.text(at) == "T" {
        return month_of_letter(reader, at)
            .or_else(|| number_of_works(reader, at))
            .or_else(|| listed_weekdays(reader, at))
            .or_else(|| lone_month(reader, at))
            .or_else(|| weekday(reader, at));
    }
    if reader.lexed.text(at) == "Q" && is_beside_racer(reader, at) {
        return None;
    }
    let lettered = roman_quarter(reader, at).or_else(|| stopped_quarter(reader, at));
    if let Some(end) = lettered.or_else(|| district::read_late(reader, at)) {
        return Some(end);
    }
    let quarter = reader.lexed.glued_digits(at + 1).filter(|q| matches!(*q, "1" | "2" | "3" | "4"));
    let from = reader.last_word().is_some_and(|word| word.class == "range");
    let begins = !reader.lexed.is_glued(at) || from;
    let quarter = quarter.filter(|_| reader.lexed.text(at) == "Q" && begins)?;
    // The rounds of a qualification of cars: Q1, Q2, Q3.
    let sport = reader.options.profile == Profile::Sport;
    let race = reader.near_before(at, 24, &sets::RACES)
        || reader.mentions(at, 24, ["phân", "hạng"])
        || sport && !reader.near_before(at, 8, &sets::MONTHLY_FIGURES)
        || sport && reader.near_before(at, 24, &sets::CAR_RACES)
        || sport && reader.near_before(at, 16, &sets::RACE_ROUNDS);
    if race {
        return None;
    }
    let year = matches!(reader.lexed.glued_symbol(at + 2), Some('/' | '-' | '.'))
        .then(|| reader.lexed.glued_digits(at + 3))
        .flatten()
        .filter(|year| is_year(year));
    // Q1/24
    let short = reader.lexed.glued_digits(at + 3).filter(|year| {
        let stroke = reader.lexed.glued_symbol(at + 2) == Some('/');
        let house = reader.lexed.before(at, 1) == "số";
        stroke && !house && is_year_of_figures(year) && !reader.lexed.goes_on(at + 4)
    });
    let short = short.map(|year| format!("20{year}"));
    let year = year.or(short.as_deref());
    // Q1-Q3/2025
    let joined = reader.lexed.symbol(at + 2).is_some_and(range::is_dash)
        && reader.lexed.text(at + 3) == "Q"
        && reader.lexed.glued_digits(at + 4).is_some_and(|q| q.len() == 1);
    if joined {
        reader.verbalize(at, at + 2, "date", Likely, |out| {
            out.push("quý");
            push_month(out, quarter);
        });
        reader.verbalize_as(at + 2, at + 3, "range", Likely, "đến");
        return Some(at + 3);
    }
    if year.is_none() {
        if ranks_journals(reader, at)
            || reader.near_before(at, 3, &sets::Q_MODELS)
            || is_of_towers(reader, at)
        {
            return None; // tạp chí Q1, Audi Q3, chung cư Q2
        }
        if let Some(end) = district::read(reader, at) {
            return Some(end);
        }
    }
    let end = at + if year.is_some() { 4 } else { 2 };
    let ends = matches!(reader.lexed.symbol(end), Some('.' | ',' | ';' | ':' | ')' | '!' | '?'));
    if year.is_none() && reader.lexed.word(end).is_empty() && reader.lexed.is_glued(end) && !ends {
        return None;
    }
    let district = year.is_none()
        && (after_street(reader, at)
            || reader.near_before(at, 6, &sets::ADDRESS_PARTS)
            || reader.near_after(end, 3, "hcm"));
    if district {
        reader.verbalize(at, end, "date", Doubtful, |out| {
            out.push("quận");
            number::cardinal(quarter, out);
        });
        reader.warn(
            at,
            end,
            message!("Q{quarter} was taken as a district, not as a quarter", quarter),
        );
        return Some(end);
    }
    // Nothing may tell that it is no district, no round of a race and no name.
    let told = year.is_some() || district::tells_figures(reader, at);
    let confidence = if told { Likely } else { Doubtful };
    reader.verbalize(at, end, "date", confidence, |out| {
        out.push("quý");
        push_month(out, quarter);
        if let Some(year) = year {
            out.push("năm");
            number::year(year, out);
        }
    });
    Some(end)
}

/// Whether a driver of racing cars is near the Q1 at `at`, and no figures: Ở Q3, Norris nhanh nhất.
fn is_beside_racer(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 20;
    let lexed = &reader.lexed;
    matches!(lexed.glued_digits(at + 1), Some("1" | "2" | "3"))
        && lexed.glued_symbol(at + 2) != Some('/')
        && (at.saturating_sub(REACH)..at + REACH).any(|i| sets::RACERS.has(lexed.word(i)))
        && !reader.near_before(at, 8, &sets::MONTHLY_FIGURES)
}

/// Whether the Q at `at` is of the name of towers: chung cư Q2 Thảo Điền. A city behind it, or figures beside it,
/// tell of a district or a quarter.
fn is_of_towers(reader: &Reader<'_>, at: usize) -> bool {
    reader.near_before(at, 1, &sets::TOWERS)
        && !district::is_before_city(reader, at + 2)
        && !district::tells_figures(reader, at)
}

/// QIII/2012, Q.III/2012: a quarter in Roman numerals, and its year.
fn roman_quarter(reader: &mut Reader<'_>, start: usize) -> Option<usize> {
    let stopped = reader.lexed.text(start) == "Q"
        && reader.lexed.glued_symbol(start + 1) == Some('.')
        && reader.lexed.is_glued(start + 2);
    let at = if stopped { start + 2 } else { start };
    let quarter = match (reader.lexed.text(at), stopped) {
        ("QI", false) | ("I", true) => "1",
        ("QII", false) | ("II", true) => "2",
        ("QIII", false) | ("III", true) => "3",
        ("QIV", false) | ("IV", true) => "4",
        _ => return None,
    };
    let year = matches!(reader.lexed.glued_symbol(at + 1), Some('/' | '-' | '.'))
        .then(|| reader.lexed.glued_digits(at + 2))
        .flatten()
        .filter(|year| is_year(year));
    let Some(year) = year else {
        // Q.I tăng: the letters of a person have a stop behind them, or a person before.
        let initial = reader.lexed.glued_symbol(at + 1) == Some('.') && at + 2 < reader.lexed.len();
        let joined = reader.lexed.goes_on(at + 1) || reader.lexed.is_glued(start);
        let person = sets::PERSONS.has(reader.lexed.before(start, 1));
        let lone = stopped && !initial && !joined && !person;
        lone.then(|| {
            reader.verbalize(start, at + 1, "date", Likely, |out| {
                out.push("quý");
                push_month(out, quarter);
            });
        })?;
        return Some(at + 1);
    };
    reader.verbalize(start, at + 3, "date", Likely, |out| {
        out.push("quý");
        push_month_of(out, quarter, year);
    });
    Some(at + 3)
}

/// Q.3/2024: a quarter and its year, with a stop behind the letter.
fn stopped_quarter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let stopped = lexed.text(at) == "Q" && lexed.glued_symbol(at + 1) == Some('.');
    let quarter = lexed.glued_digits(at + 2).filter(|q| matches!(*q, "1" | "2" | "3" | "4"))?;
    let stroke = stopped && lexed.glued_symbol(at + 3) == Some('/');
    let year = lexed.glued_digits(at + 4).filter(|year| stroke && is_year(year))?;
    reader.verbalize(at, at + 5, "date", Likely, |out| {
        out.push("quý");
        push_month_of(out, quarter, year);
    });
    Some(at + 5)
}

/// H1/2025: a half of a year.
pub(super) fn half_year(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const REACH: usize = 6;
    let lexed = &reader.lexed;
    let lettered = lexed.text(at) == "H" && !lexed.is_glued(at);
    let half = lexed.glued_digits(at + 1).filter(|half| lettered && matches!(*half, "1" | "2"))?;
    let stroke = lexed.glued_symbol(at + 2) == Some('/') && !lexed.goes_on(at + 4);
    let year = lexed.glued_digits(at + 3).filter(|year| stroke && is_year(year))?;
    // căn hộ H1/2025, quyết định H1/2023
    let figures = reader.options.profile == Profile::Finance
        || reader.near_before(at, REACH, &sets::FIGURES_OF_MONTHS)
        || reader.near_before(at, REACH, &sets::MONTHLY_FIGURES);
    figures.then_some(())?;
    reader.verbalize(at, at + 4, "date", Likely, |out| {
        push_half(half, out);
        out.push("năm");
        number::year(year, out);
    });
    Some(at + 4)
}

/// Whether the Q1 at `at` is a rank of scientific journals.
fn ranks_journals(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    reader.near_phrase(at, REACH, ["tạp", "chí"])
        || reader.near_phrase(at, REACH, ["bài", "báo"])
        || reader.near_after(at + 2, 2, "scopus")
        || reader.near_after(at + 2, 2, "isi")
}

/// The number of a pillar, a sluice, a hamlet and the like, alone or in a list: trụ T9-T12, cống T4 và trạm bơm T6.
fn number_of_works(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    /// A list goes on for so many words, and so many tokens.
    const REACH: usize = 3;
    let lexed = &reader.lexed;
    let number = lexed.glued_digits(at + 1).filter(|digits| digits.len() <= 2)?;
    let before = at.checked_sub(1)?;
    let joined = lexed.symbol(before).is_some_and(|sign| sign == ',' || range::is_dash(sign))
        || sets::JOINS.has(lexed.word(before))
        || matches!(lexed.word(before), "đến" | "tới");
    let goes_on = || {
        reader.last_tokens(REACH).any(|token| match token {
            Token::Word(word) => word.class == WORKS,
            _ => false,
        })
    };
    let led = sets::NUMBERED_WORKS.has(lexed.word(before)) && lexed.word(before) != "bơm"
        || reader.follows(at, &["trạm", "bơm"])
        || joined && goes_on();
    if !led || lexed.goes_on(at + 2) {
        return None;
    }
    reader.verbalize(at, at + 2, WORKS, Likely, |out| {
        out.push("tê");
        number::cardinal(number, out);
    });
    Some(at + 2)
}

/// T2-3-4, T2-T4-T6: three weekdays or more, one after the other.
fn listed_weekdays(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
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

/// Whether a comma and a name of two syllables or more are before `at` and another comma, a bracket
/// or the end after the digit, as in an address: Trần Văn Ơn, Q1, cho biết.
fn after_street(reader: &Reader<'_>, at: usize) -> bool {
    let is_name = |back: usize| {
        at.checked_sub(back)
            .is_some_and(|i| reader.lexed.case(i) == Some(Case::Capital) && reader.is_vietnamese(i))
    };
    let comma = at > 0 && reader.lexed.symbol(at - 1) == Some(',');
    let closed = matches!(reader.lexed.symbol(at + 2), Some(',' | ')' | '.'));
    comma && is_name(2) && is_name(3) && closed
}

/// T9/2024: a month and its year.
fn month_of_letter(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let month = reader.lexed.glued_digits(at + 1).filter(|month| is_day_of("1", month))?;
    reader.lexed.glued_symbol(at + 2).filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let year = reader.lexed.glued_digits(at + 3).filter(|year| is_year(year))?;
    let touches = reader.lexed.is_glued(at)
        && at > 0
        && (reader.lexed.case(at - 1).is_some() || reader.lexed.digits(at - 1).is_some());
    if touches || reader.lexed.goes_on(at + 4) {
        return None;
    }
    reader.verbalize(at, at + 4, "date", Likely, |out| {
        out.push("tháng");
        push_month_of(out, month, year);
    });
    Some(at + 4)
}

/// T9 as a month where figures of months are told, or where a word before leads to a month; elsewhere
/// it is the name of a building or a team.
fn lone_month(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let wages = !reader.lexed.symbol(at + 2).is_some_and(range::is_dash)
        && reader.near_before(at, 2, &["lương", "thưởng"]);
    // lương T13: what is paid beside the twelve of a year
    let is_month = |month: &&str| {
        is_day_of("1", month) || wages && *month == "13" && reader.lexed.before(at, 1) == "lương"
    };
    let month = reader.lexed.glued_digits(at + 1).filter(is_month)?;
    let free = !reader.lexed.is_glued(at)
        || at > 0
            && reader.lexed.symbol(at - 1).is_some_and(|sign| sign == '(' || range::is_dash(sign));
    let after_month = at > 1
        && reader.lexed.symbol(at - 1).is_some_and(range::is_dash)
        && reader.last_tokens(2).any(super::cue::is_date);
    // Đỉnh dịch vào T3-T4 hằng năm
    let dashed = reader.lexed.symbol(at + 2).is_some_and(range::is_dash);
    // T10-T11: no weekdays
    let next_month =
        reader.lexed.text(at + 3) == "T" && reader.lexed.glued_digits(at + 4).is_some();
    let late = month.parse::<u8>().is_ok_and(|month| month > 7) && dashed && next_month;
    let yearly = late
        || dashed
            && (at + 3..at + 7).any(|i| matches!(reader.lexed.word(i), "hằng" | "hàng"))
            && reader.near_after(at + 4, 4, "năm");
    let figures = yearly
        || wages
        || reader.follows(at, &["so", "với"])
        || reader.near_before(at, 2, &sets::FUTURES)
        || reader.near_before(at, 6, &sets::MONTHLY_FIGURES)
        || is_among_months(reader, at);
    let leads = sets::MONTH_LEADS.has(reader.lexed.before(at, 1));
    let place = reader.near_before(at, 5, &sets::NUMBERED_PLACES);
    let of_week = ("2"..="7").contains(&month) && month.len() == 1 && is_day_of_week(reader, at);
    if !free
        || place
        || of_week
        || !(figures || leads || after_month)
        || reader.lexed.goes_on(at + 2)
    {
        return None;
    }
    let confidence = if figures || after_month { Likely } else { Doubtful };
    reader.verbalize(at, at + 2, "date", confidence, |out| {
        out.push("tháng");
        push_month(out, month);
    });
    Some(at + 2)
}

/// Whether a T with a number from 2 to 7 is a weekday, whatever figures are near: ngày T5, từ T2 đến hết T7.
fn is_day_of_week(reader: &Reader<'_>, at: usize) -> bool {
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

/// Whether a month is told by its letter here and another near, of which one can be no weekday: từ T1 đến T2, thì T11.
fn is_among_months(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 24;
    let lexed = &reader.lexed;
    let led = |i: usize| {
        let letter = lexed.text(i) == "T" && sets::MONTH_SPAN_LEADS.has(lexed.before(i, 1));
        lexed.glued_digits(i + 1).filter(|month| letter && is_day_of("1", month))
    };
    let no_weekday = |month: &str| !("2"..="7").contains(&month);
    let around = at.saturating_sub(REACH)..at + REACH;
    let mut told = around.filter_map(led);
    led(at).is_some() && told.clone().count() > 1 && told.any(no_weekday)
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
fn weekday(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
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
