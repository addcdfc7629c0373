//! Letters with a plus or a minus behind them, and letters with a number as agencies give them: blood
//! of the groups O+ and AB-, Rh-, credit of BB+, B- and Ba3, marks of A-.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::model::spoken::Token;
use crate::text::transliterate;

/// Reads a group or a rank.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let apart = reader.lexed.symbol(at).is_some()
        || !reader.lexed.is_glued(at)
        || at
            .checked_sub(1)
            .is_some_and(|i| matches!(reader.lexed.symbol(i), Some('(' | '"' | '“' | '/')));
    if !apart {
        return None;
    }
    result(reader, at).or_else(|| numbered(reader, at)).or_else(|| signed(reader, at))
}

/// A second result is so many tokens behind the first at most.
const LIST: usize = 10;

/// xét nghiệm (-), HBsAg (+), Rh(-): the result of a test.
fn result(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    (reader.lexed.symbol(at) == Some('(')).then_some(())?;
    let said = match reader.lexed.glued_symbol(at + 1)? {
        '-' | '–' | '−' => "âm tính",
        '+' => "dương tính",
        _ => return None,
    };
    // HBsAg (+), HER2(-): behind the letters of what is looked for
    let named = at.checked_sub(1).is_some_and(|name| {
        let digits = usize::from(reader.lexed.digits(name).is_some() && name > 0);
        let letters = reader.lexed.text(name - digits);
        matches!(reader.lexed.case(name - digits), Some(Case::Upper | Case::Mixed))
            && letters.chars().nth(1).is_some()
    });
    let blood = matches!(reader.lexed.text(at.wrapping_sub(1)), "Rh" | "RH");
    let said = match (blood, said) {
        (true, "âm tính") => "âm",
        (true, _) => "dương",
        (false, said) => said,
    };
    let again = || {
        reader.last_tokens(LIST).any(|token| match token {
            Token::Word(word) => word.class == "rating",
            _ => false,
        })
    };
    let tested = named || blood || again() || is_near(reader, at, 6, &sets::TESTED);
    if reader.lexed.glued_symbol(at + 2) != Some(')') || !tested {
        return None;
    }
    reader.verbalize_as(at, at + 3, "rating", Likely, said);
    Some(at + 3)
}

/// Whether one of `words` is near before, whatever marks are between.
fn is_near(reader: &Reader<'_>, at: usize, reach: usize, words: &sets::WordSet) -> bool {
    (at.saturating_sub(reach)..at).any(|i| words.has(reader.lexed.word(i)))
}

/// AB-, Rh+, BB+.
fn signed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let letters = reader.lexed.text(at);
    let group = matches!(letters, "A" | "B" | "AB" | "O" | "Rh" | "RH");
    let rank = letters.len() <= 3
        && letters.starts_with(['A', 'B', 'C', 'D'])
        && letters.bytes().all(|letter| letters.as_bytes()[0] == letter);
    let sign = reader.lexed.glued_symbol(at + 1)?;
    let minus = matches!(sign, '-' | '–' | '−');
    let ends = !reader.lexed.is_glued(at + 2)
        || reader
            .lexed
            .symbol(at + 2)
            .is_some_and(|s| matches!(s, '.' | ',' | ';' | ')' | '"' | '”' | ':' | '/'));
    if !(minus || sign == '+') || !ends || !group && !rank {
        return None;
    }
    let blood =
        group && (is_near(reader, at, 8, &sets::BLOOD) || letters.len() == 2 && letters != "AB");
    let known = blood || rank && is_near(reader, at, 10, &sets::RANK_LEADS);
    if !known {
        return None;
    }
    let said = match (minus, blood) {
        (true, true) => "âm",
        (true, false) => "trừ",
        (false, true) => "dương",
        (false, false) => "cộng",
    };
    let letters = transliterate::spell_letters(letters);
    reader.verbalize(at, at + 2, "rating", Likely, |out| {
        out.push(&letters);
        out.push(said);
    });
    Some(at + 2)
}

/// Ba3, Aa1: a rank of Moody's (Moody's, Rating Symbols and Definitions).
fn numbered(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let letters = reader.lexed.text(at);
    let grade =
        reader.lexed.glued_digits(at + 1).filter(|digits| matches!(*digits, "1" | "2" | "3"))?;
    let rank = matches!(letters, "Aa" | "A" | "Baa" | "Ba" | "B" | "Caa" | "Ca");
    let named = is_near(reader, at, 16, &sets::MOODYS);
    if !rank || !named || reader.lexed.goes_on(at + 2) {
        return None;
    }
    let letters = transliterate::spell_letters(letters);
    reader.verbalize(at, at + 2, "rating", Likely, |out| {
        out.push(&letters);
        number::cardinal(grade, out);
    });
    Some(at + 2)
}
