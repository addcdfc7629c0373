//! Strokes between two codes, or between the ends of two that begin alike: 3G/4G, S23/S23+, S-300/S-400, A320/321. A short pause
//! is between them.

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;

/// Whether the stroke at `at` is between two codes of any of these shapes.
pub(super) fn are_beside(reader: &Reader<'_>, at: usize) -> bool {
    are_kinds(reader, at)
        || are_codes(reader, at)
        || are_numbers_of_code(reader, at)
        || are_designations(reader, at)
}

/// Whether a stroke is between two of a kind that are named by numbers and letters: 3G/4G, 5S/5C, 13MP/2MP,
/// Galaxy S4/Note 3. A house has a number and a letter too (15A/28B).
fn are_kinds(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let letters = |i: usize| lexed.is_glued(i) && lexed.case(i).is_some();
    let numbered = |digits: usize| lexed.digits(digits).is_some() && letters(digits + 1);
    let both = at >= 2 && numbered(at - 2) && lexed.is_glued(at + 1) && numbered(at + 1);
    let street = lexed.case(at + 3) == Some(Case::Capital) && reader.is_vietnamese(at + 3)
        || matches!(lexed.word(at + 3), "đường" | "phố");
    let house = street || reader.near_before(at, 3, &sets::HOUSE_LEADS);
    let code = reader.last_word().is_some_and(|word| matches!(word.class, "code" | "dotted"));
    let name = lexed.is_glued(at + 1)
        && matches!(lexed.case(at + 1), Some(Case::Capital | Case::Upper | Case::Mixed))
        && lexed.text(at + 1).chars().nth(1).is_some();
    lexed.is_glued(at) && (both && !house || code && name)
}

/// Whether a stroke is between two codes of the same letters: S23/S23+, P30/P40.
pub(super) fn are_codes(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.glued_symbol(at) == Some('/')
        && lexed.is_glued(at + 1)
        && at >= 2
        && lexed.case(at - 2) == Some(Case::Upper)
        && lexed.glued_digits(at - 1).is_some_and(|digits| digits.len() > 1)
        && lexed.text(at + 1) == lexed.text(at - 2)
        && lexed.glued_digits(at + 2).is_some()
}

/// Whether a stroke is between two designations with hyphens, or what they end with: S-300/S-400, Iskander-M/KN-23,
/// MiG-29/35, F-16A/B.
fn are_designations(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    if at < 3 || lexed.glued_symbol(at) != Some('/') || !lexed.is_glued(at + 1) {
        return false;
    }
    let lettered = |i: usize| {
        matches!(lexed.case(i), Some(Case::Upper | Case::Capital | Case::Mixed))
            && !reader.is_vietnamese(i)
    };
    let numbered = |i: usize| {
        lettered(i) && lexed.glued_symbol(i + 1) == Some('-') && lexed.glued_digits(i + 2).is_some()
    };
    let hyphened = |end: usize| {
        end > 1
            && lexed.is_glued(end)
            && lexed.glued_symbol(end - 1) == Some('-')
            && lettered(end - 2)
            && (lexed.digits(end).is_some() || lexed.case(end) == Some(Case::Upper))
    };
    let alone = !lexed.goes_on(at + 2) && lexed.symbol(at + 2) != Some('/');
    // Mi-8/17, Su-27/30
    let named = matches!(lexed.case(at - 3), Some(Case::Capital | Case::Mixed))
        && lexed.text(at - 3).len() < 4
        && lexed.glued_symbol(at - 2) == Some('-')
        && lexed.digits(at - 1).is_some()
        && lexed.is_glued(at - 1)
        && lexed.is_glued(at)
        && lexed.digits(at + 1).is_some_and(|digits| digits.len() < 4);
    let alike = |i: usize| {
        let digits = lexed.digits(i).filter(|digits| matches!(digits.len(), 2 | 3));
        digits.is_some_and(|one| lexed.digits(at + 1).is_some_and(|next| next.len() == one.len()))
    };
    let single = |i: usize| lexed.case(i) == Some(Case::Upper) && lexed.text(i).len() == 1;
    hyphened(at - 1) && (numbered(at + 1) || alone && alike(at - 1))
        || named && alone
        || at > 3
            && alone
            && single(at - 1)
            && single(at + 1)
            && lexed.digits(at - 2).is_some()
            && hyphened(at - 2)
}

/// Whether a stroke is between two numbers of as many digits that share the letters of one code: A320/321, A319/320/321. A house
/// has such a number too (A12/15 Lê Lợi).
fn are_numbers_of_code(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 4;
    let lexed = &reader.lexed;
    let Some(next) = lexed.glued_digits(at + 1) else { return false };
    let alike = |i: usize| lexed.digits(i).is_some_and(|digits| digits.len() == next.len());
    if !matches!(next.len(), 2 | 3) || lexed.symbol(at) != Some('/') || !lexed.is_glued(at) {
        return false;
    }
    let mut first = at;
    for _ in 0..MOST {
        let another = first > 1 && lexed.symbol(first) == Some('/') && alike(first - 1);
        if !another {
            return false;
        }
        first -= 2;
        if !lexed.is_glued(first + 1) {
            return false;
        }
        if lexed.case(first) == Some(Case::Upper) {
            break;
        }
    }
    let letters = lexed.case(first) == Some(Case::Upper) && !lexed.goes_on(first);
    let street = lexed.case(at + 2) == Some(Case::Capital) && reader.is_vietnamese(at + 2)
        || sets::STREETS.has(lexed.word(at + 2));
    let ascends = lexed.text(at - 1) < next;
    letters
        && ascends
        && !lexed.goes_on(at + 2)
        && !street
        && !sets::SMALL_PLACES.has(lexed.word(at + 2)) // D15/38 ấp 4
        && !reader.near_before(first, 3, &sets::HOUSE_LEADS)
}
