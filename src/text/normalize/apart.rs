//! Hyphens that touch words on both sides and yet are dashes: rau-đặc biệt là rau xanh, Ông Nam-giảng viên, Lý Thường
//! Kiệt-Q.Hoàn Kiếm. What belongs together is joined: kinh tế-xã hội, Hoa Kỳ-ASEAN, tuyến Hà Nội-Hải Phòng.

use super::document_number;
use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Mark;

/// How far behind a hyphen that opens a parenthesis the one is that closes it.
const PARENTHESIS: usize = 12;

/// The pause at a hyphen, `at..end`, that parts what it touches.
pub(super) fn mark(reader: &Reader<'_>, at: usize, end: usize) -> Option<Mark> {
    let lexed = &reader.lexed;
    let left = at.checked_sub(1)?;
    // “…tiến hành điều tra”-bà Nga nói, (Mỹ)-một công ty
    if matches!(lexed.symbol(left), Some('”' | '’' | ')')) {
        return (is_whole(reader, end) && !lexed.is_glued(end + 1)).then_some(Mark::Dash);
    }
    if begins_clause(reader, left, end) {
        return Some(Mark::Dash);
    }
    let list = is_before_place(reader, left, end)
        || is_in_chain(reader, at, end)
        || is_between_bodies(reader, left, end)
        || is_before_country(reader, left, end);
    list.then_some(Mark::Comma)
}

/// Whether a syllable of Vietnamese of more than one letter is there.
pub(super) fn is_whole(reader: &Reader<'_>, at: usize) -> bool {
    reader.is_vietnamese(at) && reader.lexed.text(at).chars().nth(1).is_some()
}

/// Whether what begins at `end` says something of what is before the hyphen: giá rau-đặc biệt là, Ông Nam-giảng viên, Trung
/// Quốc-nước đông dân nhất-đã.
fn begins_clause(reader: &Reader<'_>, left: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let words = lexed.case(left).is_some()
        && !lexed.is_glued(left)
        && lexed.case(end) == Some(Case::Lower)
        && is_whole(reader, end)
        && !lexed.is_glued(end + 1)
        && lexed.case(end + 1).is_some();
    if !words || sets::FUNCTION_WORDS.has(lexed.word(left)) {
        return false;
    }
    let named = lexed.case(left) == Some(Case::Capital)
        && reader.is_vietnamese(left)
        && left > 0
        && (lexed.case(left - 1) == Some(Case::Capital)
            || sets::SPEAKERS.has(lexed.before(left, 1)));
    // how a clause goes on after a parenthesis, what is told of a name
    begins_with(reader, end, &sets::CLAUSE_OPENERS)
        || named && begins_with(reader, end, &sets::TOLD_OF_NAMES)
        || is_closed(reader, end)
}

/// Whether a set has the word at `at`, or it and the next: thủ môn, but not thủ đô.
fn begins_with(reader: &Reader<'_>, at: usize, set: &sets::WordSet) -> bool {
    let (word, next) = (reader.lexed.word(at), reader.lexed.word(at + 1));
    set.has(word) || set.has(&format!("{word} {next}"))
}

/// Whether another such hyphen follows, behind which the clause goes on.
fn is_closed(reader: &Reader<'_>, end: usize) -> bool {
    let lexed = &reader.lexed;
    (end + 1..(end + PARENTHESIS).min(lexed.len()))
        .take_while(|&i| matches!(lexed.symbol(i), None | Some('-' | '–')))
        .find(|&i| lexed.symbol(i).is_some() && lexed.is_glued(i) && lexed.is_glued(i + 1))
        .is_some_and(|i| {
            lexed.case(i + 1) == Some(Case::Lower)
                && begins_with(reader, i + 1, &sets::CLAUSE_OPENERS)
        })
}

/// Lý Thường Kiệt-Q.Hoàn Kiếm, Q.1-TP.HCM: a larger place, told by its abbreviation.
fn is_before_place(reader: &Reader<'_>, left: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let written = lexed.text(end);
    let place = |said: &str| {
        sets::DIVISIONS_OF_COUNTRY.has(said)
            || sets::DIVISIONS_ALONE.has(said)
            || matches!(said, "thị xã" | "thị trấn")
    };
    lexed.case(end) == Some(Case::Upper)
        && lexed.glued_symbol(end + 1) == Some('.')
        && (lexed.digits(left).is_some() || lexed.case(left) == Some(Case::Capital))
        && reader.tables.abbreviations(written).iter().any(|row| {
            (row.written == written || row.written.strip_suffix('.') == Some(written))
                && place(row.expansion)
        })
        && (written != "TP" || !is_route(reader, left + 1)) // tàu Hà Nội-TP.HCM
}

/// xây dựng-vận hành-chuyển giao: three or more of two syllables each.
fn is_in_chain(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    const STEP: usize = 3;
    let lexed = &reader.lexed;
    let hyphen = |i: usize| {
        matches!(lexed.symbol(i), Some('-' | '–')) && lexed.is_glued(i) && lexed.is_glued(i + 1)
    };
    let half = |i: usize| lexed.case(i) == Some(Case::Lower) && is_whole(reader, i);
    let two = |i: usize| half(i) && half(i + 1) && !lexed.is_glued(i + 1);
    end == at + 1
        && at > 1
        && two(at - 2)
        && two(end)
        && (hyphen(at + STEP) && two(end + STEP)
            || at > STEP + 1 && hyphen(at - STEP) && two(at - STEP - 2))
}

/// HĐND-UBND, QĐNDVN-Giảng viên: two bodies, or a body and who is told next.
fn is_between_bodies(reader: &Reader<'_>, left: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let letters =
        |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).chars().nth(2).is_some();
    let phrase = || {
        lexed.case(end) == Some(Case::Capital)
            && is_whole(reader, end)
            && lexed.case(end + 1) == Some(Case::Lower)
            && is_whole(reader, end + 1)
            && !sets::LEARNED_TITLES.has(lexed.word(left))
    };
    letters(left)
        && !lexed.is_glued(left)
        && !lexed.is_glued(end + 1)
        && (phrase() || letters(end) && is_body(reader, left) && is_body(reader, end))
}

/// Whether an abbreviation is that of a body.
pub(super) fn is_body(reader: &Reader<'_>, at: usize) -> bool {
    let written = reader.lexed.text(at);
    let rows = reader.tables.abbreviations(written).iter();
    rows.filter(|row| row.written == written).any(|row| document_number::is_office(row.expansion))
}

/// bang Virginia-Mỹ: a place of another country and that country; Iran-Mỹ are two countries.
fn is_before_country(reader: &Reader<'_>, left: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let led = |before: &str| before == "bang" || sets::PLACE_LEADS.has(before);
    // tại Paris-Pháp và London-Anh
    let listed = || {
        left > 4
            && (sets::JOINS.has(lexed.word(left - 1)) || lexed.symbol(left - 1) == Some(','))
            && sets::COUNTRIES.has(lexed.word(left - 2))
            && lexed.glued_symbol(left - 3) == Some('-')
            && led(lexed.before(left - 4, 1))
    };
    let lead = || led(lexed.before(left, 1)) || listed();
    lexed.case(left) == Some(Case::Capital)
        && !reader.is_vietnamese(left)
        && lexed.case(end) == Some(Case::Capital)
        && lexed.case(end + 1) != Some(Case::Capital)
        && !lexed.goes_on(end + 1)
        && sets::COUNTRIES.has(lexed.word(end))
        && !sets::COUNTRIES.has(lexed.word(left))
        && lead()
}

/// Whether the two names beside a hyphen are those of countries or of their unions: Việt Nam-Hoa Kỳ, Hoa Kỳ-ASEAN.
pub(super) fn are_countries(reader: &Reader<'_>, at: usize, end: usize) -> bool {
    let lexed = &reader.lexed;
    let name = |first: usize| format!("{} {}", lexed.word(first), lexed.word(first + 1));
    at > 1
        && sets::COUNTRIES.has(&name(at - 2))
        && (sets::COUNTRIES.has(lexed.word(end)) || sets::COUNTRIES.has(&name(end)))
}

/// Whether a road or a line between two places is told before them.
pub(super) fn is_route(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    /// The names of a list of routes are so many lexemes at most: các tuyến Hải Phòng-Quảng Ninh, Nội Bài-Lào Cai.
    const LIST: usize = 24;
    let lexed = &reader.lexed;
    let name = |&i: &usize| {
        lexed.case(i) == Some(Case::Capital)
            || matches!(lexed.symbol(i), Some('-' | '–' | ','))
            || lexed.word(i) == "và"
    };
    let first = (at.saturating_sub(LIST)..at).rev().take_while(name).last().unwrap_or(at);
    reader.near_before(at, REACH, &sets::ROUTES) || sets::ROUTES.has(lexed.before(first, 1))
}
