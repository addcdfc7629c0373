//! What starts with a letter: Q4/2025, T9/2024, sáng T2.

use super::district;
use super::parts::{is_day_of, is_year, push_half, push_month, push_month_of};
use super::short::is_year_of_figures;
use super::weekday;
use crate::model::message::message;
use crate::model::reading_options::Profile;
use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::model::spoken::Token;
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
            .or_else(|| weekday::listed(reader, at))
            .or_else(|| lone_month(reader, at))
            .or_else(|| weekday::lone(reader, at));
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
    let bracket = at > 0 && reader.lexed.symbol(at - 1) == Some('(');
    let begins = !reader.lexed.is_glued(at) || from || bracket;
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
    let of_week =
        ("2"..="7").contains(&month) && month.len() == 1 && weekday::is_day_of_week(reader, at);
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
