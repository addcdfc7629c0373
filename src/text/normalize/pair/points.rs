//! Points of a match that could be days or a range, too, where the words beside them tell.

use super::shape::{Pair, Sign};
use crate::model::spoken::Confidence::{self, Likely};
use crate::model::spoken::{Mark, Token};
use crate::text::normalize::number;
use crate::text::normalize::range;
use crate::text::normalize::reader::Reader;
use crate::text::normalize::weigh::Kind;
use crate::text::normalize::word_sets as sets;

/// 3 điểm (8-5 và 13-10), để thua set hai 8-21, gỡ hòa từ 5-8 và 10-13: points of a match that could be days or a range, too.
pub(super) fn told_score(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const NEAR: usize = 4;
    const MATCH_REACH: usize = 12;
    let (at, end) = (pair.at, pair.end());
    let dash = match pair.sign {
        Sign::Hyphen | Sign::Dash => reader.lexed.is_glued(at + 1),
        // (21/19, 18/21 và 7/21)
        Sign::Stroke => at > 4 && reader.lexed.symbol(at - 3) == Some('/'),
        _ => false,
    };
    // ngược dòng từ 0-2 thành 3-2
    let to_other = matches!(reader.lexed.word(end), "thành" | "lên")
        && reader.lexed.digits(end + 1).is_some()
        && reader.lexed.glued_symbol(end + 2).is_some_and(range::is_dash);
    if !dash || pair.is_measured(reader) || !to_other && reader.counts_next(end) {
        return None;
    }
    let before = reader.lexed.before(at, 1);
    let goes_on = || reader.goes_on_from("score", before);
    let points = |digits: &str| digits.parse::<u8>().is_ok_and(|points| points > 6);
    let of_set = || {
        (points(pair.first) || points(pair.second))
            && pair.first != pair.second
            && !sets::DAY_LEADS.has(before)
            && !sets::DAY_OR_FRACTION_LEADS.has(before)
            && reader.near_before(at, NEAR, &sets::SETS_OF_MATCHES)
            && reader.near_before(at, NEAR + 2, &sets::WINS_AND_LOSSES)
    };
    let evened = || {
        let near = |phrase| reader.near_phrase(at, NEAR, phrase);
        // boats turn against a stream and ground is levelled, too
        let of_match = || {
            let told = reader.near_before(at, MATCH_REACH, &sets::MATCH)
                || reader.near_before(at, MATCH_REACH, &sets::WINS_AND_LOSSES);
            to_other || told && !matches!(reader.lexed.word(end), "đến" | "tới")
        };
        near(["gỡ", "hòa"]) && !reader.near_before(at, NEAR, &["vốn"]) // gỡ hòa vốn
            || (near(["san", "bằng"]) || near(["ngược", "dòng"])) && of_match()
    };
    // dẫn từ 8-5 đến 15-12
    let from = || at > 4 && reader.lexed.word(at - 5) == "từ" && goes_on();
    let told = match before {
        "và" => goes_on(),
        _ if pair.sign == Sign::Stroke => false,
        "thành" => goes_on(),
        "đến" | "lên" => from(),
        "từ" => evened(),
        _ => of_set() || is_in_bracket_of_points(reader, at),
    };
    told.then_some(())?;
    part_set(reader, pair);
    verbalize_score(reader, pair, Likely);
    Some(end)
}

/// Whether a bracket behind a count of points has pairs alone, of which the one at `at` is the first: 3 điểm (8-5 và 13-10).
fn is_in_bracket_of_points(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 5;
    const NEAR: usize = 4;
    let lexed = &reader.lexed;
    let open = at.checked_sub(1).filter(|&open| lexed.symbol(open) == Some('('));
    let Some(open) = open.filter(|&open| sets::POINTS_OF_MATCHES.has(lexed.before(open, 1))) else {
        return false;
    };
    // thời điểm (20-11, 8-3) and cộng 3 điểm (1-2, 3-5) are no points of a match
    let counted = || open > 1 && lexed.digits(open - 2).is_some();
    let ascends = || lexed.value(at) < lexed.value(at + 2);
    let won = || reader.near_before(open, NEAR, &sets::WINS_AND_LOSSES);
    if lexed.before(open, 1) == "điểm" && !(counted() && (won() || !ascends())) {
        return false;
    }
    let pair = |i: usize| {
        lexed.digits(i).is_some()
            && lexed.glued_symbol(i + 1).is_some_and(range::is_dash)
            && lexed.glued_digits(i + 2).is_some()
    };
    let mut i = at;
    for _ in 0..MOST {
        if !pair(i) {
            return false;
        }
        match lexed.symbol(i + 3) {
            Some(')') => return true,
            Some(',') => i += 4,
            None if lexed.word(i + 3) == "và" => i += 4,
            _ => return false,
        }
    }
    false
}

/// chót bảng với 1/9 điểm: so many points of as many as could be won, and no part of one.
pub(super) fn points_of_rounds(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<usize> {
    const FEWEST: u8 = 5;
    let (at, end) = (pair.at, pair.end());
    let lexed = &reader.lexed;
    let scored = pair.sign == Sign::Stroke
        && pair.first == "1"
        && lexed.word(end) == "điểm"
        && pair.second.parse::<u8>().is_ok_and(|all| all >= FEWEST)
        // có 1/5 điểm trường: places
        && !reader.counts_next(end + 1)
        && sets::QUANTITY_LEADS.has(lexed.before(at, 1));
    scored.then_some(())?;
    reader.verbalize(at, end, "fraction", Likely, |out| pair.verbalize(Kind::Ratio, false, out));
    Some(end)
}

/// Sets a pause between the number of a set in words and its points: set hai 8-21.
pub(super) fn part_set(reader: &mut Reader<'_>, pair: &Pair<'_>) {
    let lexed = &reader.lexed;
    let numbered = pair.at > 1
        && sets::NUMBERS_OF_SETS.has(lexed.before(pair.at, 1))
        && sets::SETS_OF_MATCHES.has(lexed.before(pair.at, 2));
    if numbered && matches!(reader.last_token(), Some(Token::Word(_))) {
        reader.mark_before(pair.at, Mark::Comma);
    }
}

/// Says the numbers of a score, with a pause where they would be heard as one.
pub(super) fn verbalize_score(reader: &mut Reader<'_>, pair: &Pair<'_>, confidence: Confidence) {
    let (at, end) = (pair.at, pair.end());
    if !pair.runs_together() {
        return reader.verbalize(at, end, "score", confidence, |out| {
            pair.verbalize(Kind::Score, false, out);
        });
    }
    reader.verbalize(at, at + 1, "score", confidence, |out| number::cardinal(pair.first, out));
    reader.mark(at + 1, at + 2, Mark::Comma);
    reader.verbalize(at + 2, end, "score", confidence, |out| number::cardinal(pair.second, out));
}
