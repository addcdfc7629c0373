//! Numbers that are told one after the other, whatever signs are between them: the handicap of a bet
//! (chấp 1/2-1, kèo 0:1/4), the points of a tie-break, and what a player of a video game did (KDA 13/2/25).

use super::fraction;
use super::lex::Case;
use super::number;
use super::pair;
use super::range;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Mark;

/// How many words before the numbers they may be.
const REACH: usize = 8;

/// Reads such numbers.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    handicap(reader, at).or_else(|| player(reader, at)).or_else(|| strain(reader, at))
}

/// A/Victoria/4897/2022, B/Austria/1359417/2021: the number and the year of a strain of influenza, behind its type and its place.
fn strain(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const LONGEST_PLACE: usize = 5;
    let lexed = &reader.lexed;
    let number = lexed.digits(at).filter(|_| at > 3 && lexed.is_glued(at))?;
    let strokes = lexed.symbol(at - 1) == Some('/')
        && lexed.glued_symbol(at + 1) == Some('/')
        && lexed.is_glued(at + 2);
    (strokes && !lexed.goes_on(at + 3)).then_some(())?;
    let year =
        range::year(reader, at + 2).or_else(|| lexed.digits(at + 2).filter(|d| d.len() == 2))?;
    // A/Hong Kong/4801/2014, A/Puerto Rico/8/34
    let kind = |i: usize| {
        matches!(lexed.text(i), "A" | "B")
            && lexed.glued_symbol(i + 1) == Some('/')
            && lexed.case(i + 2) == Some(Case::Capital)
            && (!reader.is_vietnamese(i + 2) || reader.near_before(i, REACH, &["cúm", "chủng"]))
    };
    (at.saturating_sub(2 + LONGEST_PLACE)..at - 2).any(kind).then_some(())?;
    reader.verbalize(at, at + 1, "code", Likely, |out| match number.len() {
        1 | 2 => number::cardinal(number, out),
        _ => number::one_by_one(number, out),
    });
    reader.mark(at + 1, at + 2, Mark::Comma);
    reader.verbalize(at + 2, at + 3, "code", Likely, |out| match year.len() {
        4 => number::year(year, out),
        _ => number::cardinal(year, out),
    });
    Some(at + 3)
}

/// 7-6(4), 6-7 (5-7): the points of the game that ended a set of tennis.
pub(super) fn read_tie_break(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let short = |i: usize| lexed.digits(i).filter(|digits| digits.len() <= 2);
    let set = at > 2
        && lexed.symbol(at) == Some('(')
        && matches!((lexed.text(at - 3), lexed.text(at - 1)), ("7", "6") | ("6", "7"))
        && lexed.symbol(at - 2).is_some_and(range::is_dash);
    let first = short(at + 1).filter(|_| set)?;
    let second = short(at + 3).filter(|_| lexed.symbol(at + 2).is_some_and(range::is_dash));
    let end = if second.is_some() { at + 5 } else { at + 3 };
    (lexed.symbol(end - 1) == Some(')')).then_some(())?;
    let apart = second.filter(|second| pair::run_together(first, second));
    let middle = if apart.is_some() { at + 2 } else { end };
    reader.verbalize(at, middle, "score", Likely, |out| {
        out.push("tai bờ rếch");
        number::cardinal(first, out);
        if let Some(second) = second.filter(|_| apart.is_none()) {
            number::cardinal(second, out);
        }
    });
    if let Some(second) = apart {
        reader.mark(middle, middle + 1, Mark::Comma);
        reader.verbalize(middle + 1, end, "score", Likely, |out| number::cardinal(second, out));
    }
    Some(end)
}

/// Where the numbers of a player are three that strokes part.
fn player(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let end = at + 5;
    let short = |i: usize| lexed.digits(i).is_some_and(|digits| digits.len() <= 2);
    let fits = (at..end).step_by(2).all(short)
        && (at + 1..end).all(|i| lexed.is_glued(i))
        && [at + 1, at + 3].iter().all(|&sign| lexed.symbol(sign) == Some('/'))
        && !lexed.goes_on(end)
        && (reader.near_before(at, REACH, &sets::PLAYERS) || has_another(reader, at));
    fits.then(|| fraction::tell_apart(reader, at, end))?;
    Some(end)
}

/// Whether three numbers behind a name and its bracket, as of a player and whom he played, have others near that are no day:
/// Oner (Xin Zhao) 5/2/11, Faker (Azir) 12/0/8.
fn has_another(reader: &Reader<'_>, at: usize) -> bool {
    const FAR: usize = 40;
    let lexed = &reader.lexed;
    let named =
        |i: usize| i > 0 && (lexed.symbol(i - 1) == Some(')') || reader.follows_foreign_name(i));
    let value = |i: usize| lexed.digits(i).filter(|d| d.len() <= 2)?.parse::<u8>().ok();
    let stroke = |i: usize| lexed.glued_symbol(i) == Some('/') && lexed.is_glued(i + 1);
    let no_day = |i: usize| {
        stroke(i + 1)
            && stroke(i + 3)
            && value(i).zip(value(i + 2)).zip(value(i + 4)).is_some_and(|((first, second), _)| {
                !(1..=31).contains(&first) || !(1..=12).contains(&second)
            })
    };
    let best = |i: usize| lexed.word(i) == "mvp"; // Oner (Xin Zhao) 5/2/11 là MVP
    let near = || (at.saturating_sub(FAR)..at + FAR).any(|i| named(i) && no_day(i));
    named(at) && (near() || (at..at + 2 * REACH).any(best))
}

/// A whole number or a part of one, and where it ends.
fn term<'a>(reader: &Reader<'a>, at: usize) -> Option<(&'a str, Option<&'a str>, usize)> {
    let short = |digits: &&str| digits.len() <= 2;
    let whole = reader.lexed.digits(at).filter(short)?;
    let below = reader.lexed.glued_digits(at + 2).filter(short);
    let part = below.filter(|_| reader.lexed.glued_symbol(at + 1) == Some('/'));
    Some((whole, part, if part.is_some() { at + 3 } else { at + 1 }))
}

/// Two numbers of which one at least is a part: 1/2-1, 0-1/4, 0:1/2.
fn handicap(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    // No day and no count of anything else is written 0-1/4.
    if reader.lexed.text(at) != "0" && !reader.near_before(at, REACH, &sets::BETS) {
        return None;
    }
    let first = term(reader, at)?;
    let sign = reader.lexed.symbol(first.2).filter(|sign| matches!(sign, '-' | '–' | ':'))?;
    let second = term(reader, first.2 + 1)?;
    let end = second.2;
    let goes_on = reader.lexed.is_glued(end)
        && (reader.lexed.symbol(end) == Some(sign) || reader.lexed.goes_on(end));
    if goes_on || first.1.is_none() && second.1.is_none() {
        return None;
    }
    for (from, (whole, part, to)) in [(at, first), (first.2 + 1, second)] {
        if from > at {
            reader.mark(from - 1, from, Mark::Comma);
        }
        reader.verbalize(from, to, "fraction", Likely, |out| {
            number::cardinal(whole, out);
            if let Some(part) = part {
                out.push("phần");
                number::ordinal_of_parts(part, out);
            }
        });
    }
    Some(end)
}
