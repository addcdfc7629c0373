//! Indexes of lists in lower-case Roman numerals, of sections in a Roman numeral and a number, and of points that run
//! through a paragraph: (i), (ii), iv), II.1, … 2. Công Vinh.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::{Mark, Token};

/// A point of a series has so many lexemes at most.
const LONGEST_POINT: usize = 600;

/// Reads `(ii)` or `ii)`, or `II.1` at the start of a block.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    section(reader, at).or_else(|| bracketed(reader, at)).or_else(|| note(reader, at))
}

/// `[1]` behind a word: it points to a note, and nobody says it.
fn note(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    (lexed.symbol(at) == Some('[') && lexed.glued_symbol(at + 2) == Some(']')).then_some(())?;
    let number = lexed.glued_digits(at + 1)?;
    let before = at.checked_sub(1)?;
    let behind = lexed.case(before).is_some()
        || lexed.digits(before).is_some()
        || matches!(lexed.symbol(before), Some('%' | ')' | '.' | '"' | '”'));
    let counts = number.len() <= 3 && !number.starts_with('0');
    if !counts || !behind || sets::INTERVALS.has(lexed.word(before)) {
        return None;
    }
    reader.pass(at, at + 3, "footnote");
    Some(at + 3)
}

/// A lower-case Roman numeral before a closing bracket.
fn bracketed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let open = lexed.symbol(at) == Some('(');
    let numeral = at + usize::from(open);
    let heads = open && !lexed.is_glued(at)
        || !open && at == 0
        || !open && at > 0 && matches!(lexed.symbol(at - 1), Some(';' | ':' | ',' | '.'));
    let touches = !open || lexed.is_glued(numeral);
    if !heads || !touches || lexed.case(numeral) != Some(Case::Lower) {
        return None;
    }
    if lexed.glued_symbol(numeral + 1) != Some(')') {
        return None;
    }
    let written = lexed.text(numeral);
    if !open && written.len() < 2 && written != "i" {
        return None; // v) and x) are letters of a list too
    }
    let value = small_roman(written)?;
    reader.verbalize(at, numeral + 1, "list index", Likely, |out| number::cardinal(&value, out));
    reader.mark(numeral + 1, numeral + 2, Mark::Comma);
    Some(numeral + 2)
}

/// `II.1` or `II.1.`: a section of a document. Its number is left to the numbers.
fn section(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let heads = at == 0 && lexed.case(0) == Some(Case::Upper);
    if !heads || lexed.glued_symbol(1) != Some('.') || lexed.glued_digits(2).is_none() {
        return None;
    }
    let value = number::roman(lexed.text(0))?.to_string();
    if !lexed.text(0).bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X')) {
        return None;
    }
    let section = lexed.digits(2)?;
    reader.verbalize(0, 3, "list index", Likely, |out| {
        number::cardinal(&value, out);
        out.push("chấm");
        number::cardinal(section, out);
    });
    Some(3)
}

/// Whether the number at `at` is a point of a series that runs through a paragraph, 1. first, and nothing before it says that the
/// point begins: … ghi bàn 2. Công Vinh …. The first two tell that there is a series, and so nothing may count by them. The first
/// begins the text or is behind a sign, or a third goes on, and not each is behind a name: names end in numbers, too (Khu công nghiệp
/// Sóng Thần 1. …).
pub(super) fn opens_point(reader: &Reader<'_>, at: usize) -> bool {
    let Some(number) = point(reader, at) else { return false };
    if !matches!(reader.last_token(), Some(Token::Word(_))) {
        return false;
    }
    let noun = reader.lexed.before(at, 1);
    // Cách 1. … Cách 2. …: the points are named
    let amount = at > 1 && reader.lexed.digits(at - 2).is_some(); // 6 điểm 2. Dortmund
    let named = |i: usize| !amount && !noun.is_empty() && reader.lexed.before(i, 1) == noun;
    let is_point = |i: usize, number: u8| {
        point(reader, i) == Some(number) && (number > 2 || !is_counted(reader, i))
    };
    let next = |i: usize, number: u8| {
        (i + 1..i + LONGEST_POINT).find(|&i| is_point(i, number)).filter(|&next| !named(next))
    };
    let (mut first, mut second, mut third) = (at, at, at);
    for number in (1..number).rev() {
        let mut before = (first.saturating_sub(LONGEST_POINT)..first).rev();
        match before.find(|&i| is_point(i, number)) {
            Some(before) if !named(before) => (third, second, first) = (second, first, before),
            _ => return false,
        }
    }
    let third = match number {
        1 => {
            let Some(two) = next(at, 2) else { return false };
            second = two;
            next(two, 3)
        }
        2 => next(at, 3),
        _ => Some(third),
    };
    let sign = |i: usize| matches!(reader.lexed.symbol(i), Some('.' | ':' | ';' | '!' | '?'));
    let series = if first == 0 || sign(first - 1) {
        third.is_some() || !ends_name(reader, second)
    } else {
        let either = |third| ends_name(reader, second) || ends_name(reader, third);
        third.is_some_and(|third| !ends_name(reader, first) || !either(third))
    };
    series && (number > 2 || !is_counted(reader, at))
}

/// Whether the number at `at` is behind a word with a capital, and so may be the last of a name: Vĩnh Tân 1.
fn ends_name(reader: &Reader<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| reader.lexed.case(before));
    before.is_some_and(|case| case != Case::Lower)
}

/// The number of a point at `at`: one with a stop and a capital behind it.
fn point(reader: &Reader<'_>, at: usize) -> Option<u8> {
    let lexed = &reader.lexed;
    let number = lexed.digits(at).filter(|number| number.len() <= 2 && !number.starts_with('0'))?;
    let opens = !lexed.is_glued(at)
        && lexed.glued_symbol(at + 1) == Some('.')
        && !lexed.is_glued(at + 2)
        && matches!(lexed.case(at + 2), Some(Case::Capital | Case::Upper | Case::Mixed));
    opens.then(|| number.parse().ok()).flatten()
}

/// Whether the word before the number at `at` may count or name by it: thứ 2., trang 2., còn 2.
fn is_counted(reader: &Reader<'_>, at: usize) -> bool {
    // Trận 1. Hà Nội
    let heads = |i: usize| i == 0 || matches!(reader.lexed.symbol(i - 1), Some('.' | ':' | ';'));
    if at > 0 && heads(at - 1) && reader.lexed.case(at - 1).is_some() {
        return true;
    }
    let before = reader.lexed.before(at, 1);
    let counts = sets::NAMED_ENDS.has(before)
        || sets::NUMBERED_NOUNS.has(before)
        || sets::NUMBERED_THINGS.has(before)
        || sets::FUNCTION_WORDS.has(before)
        || sets::QUANTITY_LEADS.has(before)
        || sets::ROMAN_LEADS.has(before);
    // Arsenal 6 điểm 2. Dortmund: what is counted before is no name of the number
    counts && (at < 2 || reader.lexed.digits(at - 2).is_none())
}

/// The value of a numeral of the letters i, v and x.
fn small_roman(written: &str) -> Option<String> {
    let few = written.len() <= 5 && written.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    few.then(|| number::roman(&written.to_uppercase()))?.map(|value| value.to_string())
}
