//! What only a measure has behind it: a laboratory's unit, a version, a comparison. The name of a body, a post
//! or a person has none, so that letters before it are letters: CVP < 7 cmH2O, TLS 1.2, ATK +50%.

use super::document_number::is_office;
use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;

/// What is right behind letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// What no body has: a decimal alone, a bound, a unit of a laboratory.
    Other,
    /// A share, which a body may have of votes or capital, if seldom right behind its name.
    Share,
}

/// Whether words name a body, a post or a person, by how they begin.
pub(super) fn names_a_body(said: &str) -> bool {
    let small = said.to_lowercase();
    let begins = |with: &str| {
        small.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    // Thành phố Hồ Chí Minh 7,5%: a place with its name has figures of its own.
    is_office(said) || sets::DIVISIONS_ALONE.has(&small) || sets::POSTS.iter().any(begins)
}

/// The measure that begins at an index, right behind letters.
pub(super) fn begins(reader: &Reader<'_>, at: usize) -> Option<Measure> {
    let lexed = &reader.lexed;
    let sign = lexed.symbol(at);
    let bound = matches!(sign, Some('<' | '>' | '≤' | '≥' | '=' | '+' | '±'));
    if bound {
        let glued = sign != Some('+') || lexed.glued_digits(at + 1).is_some();
        // ĐBQH < 40 tuổi: what is counted is no measure
        let counted = reader.counts_next(at + 2) || lexed.case(at + 2) == Some(Case::Upper);
        return (glued && lexed.digits(at + 1).is_some() && !counted).then_some(Measure::Other);
    }
    lexed.digits(at).filter(|_| !lexed.is_glued(at))?;
    let fraction = lexed.glued_digits(at + 2).filter(|digits| {
        matches!(lexed.glued_symbol(at + 1), Some(',' | '.')) && digits.len() <= 2
    });
    let end = at + if fraction.is_some() { 3 } else { 1 };
    if lexed.goes_on(end) && lexed.symbol(end) != Some('%') {
        return is_of_laboratory(reader, end).then_some(Measure::Other);
    }
    if lexed.symbol(end) == Some('%') {
        return Some(Measure::Share);
    }
    // TP 2,5 triệu dân; cách UBND 1,5 km
    let counted =
        lexed.case(end) == Some(Case::Lower) && !sets::FUNCTION_WORDS.has(lexed.word(end));
    let version = lexed.word(end) == "trở";
    let range = matches!(lexed.glued_symbol(end), Some('-' | '–'));
    let alone = fraction.is_some() && !range && (!counted || version);
    (alone || is_of_laboratory(reader, end)).then_some(Measure::Other)
}

/// Whether a unit in which a laboratory measures is at an index: mmHg, cmH2O, ng/mL, G/L.
fn is_of_laboratory(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let unit = lexed.case(at).is_some();
    let of =
        lexed.glued_symbol(at + 1) == Some('/') && sets::TESTED_VOLUMES.has(lexed.word(at + 2));
    unit && (of || sets::PRESSURES_OF_BODY.has(lexed.word(at)))
}
