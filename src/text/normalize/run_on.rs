//! Sentences that run on, for a page gave no mark to the caption, the heading or the sentence before: "… ngập nhà Trong nhiều
//! ngày qua", "… Portege Z30 Ngoài ra, máy có".

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::{Mark, Token};

/// Whether a sentence begins with the word at `at`, though no mark ends the one before.
pub(super) fn begins(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let Some(before) = at.checked_sub(1).filter(|_| lexed.case(at) == Some(Case::Capital)) else {
        return false;
    };
    let opens = || {
        let opener = sets::RUN_ON_OPENERS.has(lexed.word(at));
        let denies = lexed.word(at) != "không" || sets::RUN_ON_DENIALS.has(lexed.word(at + 1));
        opener
            && denies
            && is_lower(reader, at + 1)
            && is_lower(reader, at + 2)
            && (is_end(reader, before) || has_comma(reader, at) || lexed.word(at + 1) == "là")
            && !leads_to_name(reader, at)
    };
    (opens() || connects(reader, at) || dates(reader, at))
        && !lexed.is_glued(at)
        && (lexed.case(before).is_some()
            || lexed.digits(before).is_some()
            || lexed.symbol(before) == Some(')'))
        && !matches!(reader.last_token(), Some(Token::Mark(Mark::Period, _)))
}

/// Whether what is at an index ends a caption more often than it leads to a name: a name, a number, a bracket.
fn is_end(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.case(at).is_none_or(|case| case != Case::Lower)
}

/// Whether the words at `at` are set off by a comma, as what begins a sentence is, before the sentence ends: Trong nhiều ngày qua,
fn has_comma(reader: &Reader<'_>, at: usize) -> bool {
    const LONGEST: usize = 24;
    let sign =
        |i: usize| reader.lexed.symbol(i).filter(|sign| matches!(sign, ',' | '.' | '?' | '!'));
    (at..at + LONGEST).find_map(sign) == Some(',')
}

/// Whether the words at `at` join a sentence to what was told before it, up to their comma: Theo đó, Bên cạnh đó,
fn connects(reader: &Reader<'_>, at: usize) -> bool {
    /// They have so many syllables at most.
    const LONGEST: usize = 3;
    let lexed = &reader.lexed;
    let comma = (at + 1..=at + LONGEST).find(|&i| lexed.symbol(i) == Some(','));
    comma.is_some_and(|comma| {
        (at + 1..comma).all(|i| lexed.case(i) == Some(Case::Lower))
            && sets::RUN_ON_CONNECTIVES.has(&lexed.source(at, comma).to_lowercase())
    })
}

/// Whether a part of a day of the calendar is at `at`: Sáng 24/10.
fn dates(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    sets::PARTS_OF_DAY.has(lexed.word(at))
        && lexed.digits(at + 1).is_some()
        && lexed.glued_symbol(at + 2) == Some('/')
        && lexed.glued_digits(at + 3).is_some()
}

/// Whether a whole word of Vietnamese in small letters is there, and white space before it.
fn is_lower(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.case(at) == Some(Case::Lower) && !lexed.is_glued(at) && reader.is_vietnamese(at)
}

/// Whether what is before `at` leads to a name, which the word begins or ends: phim Trong vòng tay mẹ, thôn Ngoài, Lê Văn Một.
fn leads_to_name(reader: &Reader<'_>, at: usize) -> bool {
    /// What a work is may be so many words before its name: ca khúc nổi tiếng Một thuở yêu người.
    const REACH: usize = 3;
    let before = reader.lexed.before(at, 1);
    let second = sets::RUN_ON_NAME_SECONDS.has(reader.lexed.word(at + 1)); // Viện Sau đại học
    let family = reader.lexed.case(at - 1) == Some(Case::Capital) && sets::FAMILIES.has(before);
    family
        || second
        || sets::PERSONS.has(before)
        || sets::MIDDLE_NAMES.has(before)
        || sets::NAMED_BY_WORDS.has(before)
        || reader.near_before(at, REACH, &sets::NAMED_WORKS)
}
