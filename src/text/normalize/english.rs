//! English words that pass for Vietnamese syllables, in a run of English words: Got to dance, The Voice,
//! TURN ON. What is beside such a word decides; which words there are and what each needs is in
//! `tables/english.tsv`.

use super::english_words::{self, Needs};
use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// A run is looked at for so many words on either side.
const REACH: usize = 8;

/// So many words of the table in a row are English, though no other foreign word is beside them.
const LONG_RUN: usize = 3;

/// Reads a word that passes for a syllable of Vietnamese as English where a run of English words is around
/// it.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let entry =
        english_words::find(reader.lexed.word(at)).filter(|entry| !entry.spoken.is_empty())?;
    let glued = touches(reader, at);
    if glued && !is_of_compound(reader, at, entry.needs)
        || reader.definitions.expansion(reader.lexed.text(at)).is_some()
    {
        return None;
    }
    if is_letter(reader, at) || numbers_name(reader, at) || is_by_whom(reader, at) {
        return None; // The Godfather I
    }
    (glued || is_between_plugs(reader, at) || is_english(reader, at, entry.needs)).then_some(())?;
    reader.verbalize_as(at, at + 1, "foreign word", Likely, entry.spoken);
    Some(at + 1)
}

/// Whether a capital A is a letter and no article of English, which is never before a vowel: chuẩn A Olympic, in A
/// minor.
fn is_letter(reader: &Reader<'_>, at: usize) -> bool {
    let next = reader.lexed.word(at + 1);
    reader.lexed.text(at) == "A"
        && (next.starts_with(['a', 'e', 'i', 'o']) || sets::KEYS_OF_MUSIC.has(next))
}

/// Whether do is the Vietnamese word for who made something, between a title and a name: The Sorrow of War do Frank Palmos
/// dịch. English titles have a capital there, and English text has a word in lower case behind.
fn is_by_whom(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let name =
        |i: usize| lexed.case(i).is_some_and(|case| case != Case::Lower) && lexed.text(i).len() > 1;
    lexed.text(at) == "do" && at > 0 && name(at - 1) && name(at + 1)
}

/// Whether to is between what a cable or an adapter has at its two ends: USB-C to USB-C, HDMI to VGA.
fn is_between_plugs(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let plug = |i: usize| lexed.case(i) == Some(Case::Upper) && !reader.is_vietnamese(i);
    let joined = |i: usize| i > 0 && lexed.glued_symbol(i - 1) == Some('-') && lexed.is_glued(i);
    let single = |i: usize| lexed.text(i).len() == 1;
    lexed.text(at) == "to"
        && at > 0
        && (plug(at - 1) || joined(at - 1) && single(at - 1))
        && (plug(at + 1) || is_foreign(reader, at + 1))
}

/// Whether what a word needs is beside it.
fn is_english(reader: &Reader<'_>, at: usize, needs: Needs) -> bool {
    let belongs = |i: usize| is_foreign(reader, i) || is_listed(reader, i);
    let from = at
        - (1..=REACH.min(at))
            .take_while(|&back| joins(reader, at - back + 1) && belongs(at - back))
            .count();
    let to = at
        + 1
        + (1..=REACH).take_while(|&more| joins(reader, at + more) && belongs(at + more)).count();
    let before = (from..at).any(|i| is_foreign(reader, i));
    // Dead to Me: the title of what is named goes on with a word that needs one before it
    let goes_on = |i: usize| {
        let entry = english_words::find(reader.lexed.word(i));
        reader.lexed.case(i) == Some(Case::Capital)
            && entry.is_some_and(|entry| entry.needs == Needs::Before)
    };
    let after = (at + 1..to).any(|i| is_foreign(reader, i) || before && goes_on(i));
    let capital = reader.lexed.case(at) != Some(Case::Lower) && !begins_sentence(reader, from);
    let named = from > 0
        && joins(reader, from)
        && !begins_sentence(reader, from - 1)
        && reader.lexed.case(from - 1).is_some_and(|case| case != Case::Lower);
    let shows = |needs: &[Needs]| {
        (from..to).any(|i| {
            let entry = english_words::find(reader.lexed.word(i));
            i != at && entry.is_some_and(|entry| needs.contains(&entry.needs))
        })
    };
    // on the go: a run of such words alone
    let run = to - from >= LONG_RUN && shows(&[Needs::One, Needs::Title]);
    let between = before && after || after && capital && !named || run;
    match needs {
        // Hà My Makeup: the end of a name
        Needs::One => before || after && !(capital && named) || run,
        Needs::Title => {
            let capital = |i: usize| reader.lexed.case(i) == Some(Case::Capital);
            // The 6 Nature, The X-Factor
            let next = at + 1 + usize::from(reader.lexed.digits(at + 1).is_some());
            let named = capital(next) || reader.lexed.case(next) == Some(Case::Upper);
            let titled = capital(at) && named && !reader.lexed.is_glued(next);
            let ascii = reader.lexed.text(next).chars().all(|c| c.is_ascii() || c == '’');
            before || after || titled && ascii && !begins_sentence(reader, at) || run
        }
        Needs::Before => before || run,
        Needs::Between => between,
        // Le Figaro at the start, but not Le Hoai Trung
        Needs::Article => between || joins(reader, at + 1) && is_foreign(reader, at + 1),
        Needs::Phrase => {
            between
                && shows(&[Needs::One, Needs::Title, Needs::Before, Needs::Between, Needs::Article])
        }
    }
}

/// Whether nothing but white space is between a word and the one before it.
fn joins(reader: &Reader<'_>, at: usize) -> bool {
    at > 0
        && reader.lexed.case(at).is_some()
        && reader.lexed.case(at - 1).is_some()
        && !reader.lexed.is_glued(at)
}

/// Whether letters, digits or a sign that joins words touch a word.
fn touches(reader: &Reader<'_>, at: usize) -> bool {
    let joint = |sign: Option<char>| {
        sign.is_some_and(|s| matches!(s, '-' | '/' | '_' | '@' | '&' | '+' | '#' | '.'))
    };
    let before = reader.lexed.is_glued(at)
        && at > 0
        && (reader.lexed.symbol(at - 1).is_none() || joint(reader.lexed.symbol(at - 1)));
    let after = reader.lexed.is_glued(at + 1)
        && (reader.lexed.symbol(at + 1).is_none()
            || joint(reader.lexed.symbol(at + 1)) && reader.lexed.is_glued(at + 2));
    before || after
}

/// Whether a hyphen joins a word to a foreign one: zero-day, day-one.
fn is_of_compound(reader: &Reader<'_>, at: usize, needs: Needs) -> bool {
    let lexed = &reader.lexed;
    let plain = matches!(needs, Needs::One | Needs::Title | Needs::Before);
    let before = at > 1 && lexed.is_glued(at) && lexed.symbol(at - 1) == Some('-');
    let after = lexed.glued_symbol(at + 1) == Some('-') && lexed.is_glued(at + 2);
    plain
        && lexed.case(at) == Some(Case::Lower)
        && (before && lexed.is_glued(at - 1) && is_foreign(reader, at - 2)
            || after && is_foreign(reader, at + 2))
}

/// Whether a sentence begins at an index.
pub(super) fn begins_sentence(reader: &Reader<'_>, at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        matches!(reader.lexed.symbol(before), Some('.' | '!' | '?' | '…' | ':' | '-' | '–' | '•'))
    })
}

/// Whether I or V numbers the foreign name before it, and no foreign word follows: Artemis I, Saturn V. After a person it keeps
/// back a name, and I may be English (When I Grow Up).
pub(super) fn numbers_name(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    if !matches!(lexed.text(at), "I" | "V") || !reader.follows_foreign_name(at) {
        return false;
    }
    let next = at + 1 + usize::from(lexed.glued_symbol(at + 1) == Some('.'));
    let stopped = next > at + 1;
    let goes_on = match lexed.case(next) {
        // Anna V. khai, Robert V. Smith
        Some(case) => !reader.is_vietnamese(next) || stopped && case == Case::Lower,
        None => lexed.digits(next).is_some() || stopped && lexed.symbol(next).is_some(),
    };
    !lexed.is_glued(at)
        && !lexed.goes_on(at + 1)
        && !goes_on
        && !sets::ENGLISH_BEFORE_I.has(lexed.before(at, 1))
        && !sets::PERSONS.has(lexed.before(at, 2))
        && !reader.all_capitals
}

/// Whether a word is one of the table.
fn is_listed(reader: &Reader<'_>, at: usize) -> bool {
    english_words::find(reader.lexed.word(at)).is_some()
}

/// Whether a letter is one that slips of the keyboard do not put into Vietnamese words: a plain one, or one with
/// an accent of French, Spanish or German (Privé).
fn is_of_latin(letter: char) -> bool {
    letter.is_ascii()
        || matches!(letter, '’' | 'é' | 'è' | 'ë' | 'ç' | 'ü' | 'ö' | 'ä' | 'ñ' | 'å' | 'ø')
}

/// Whether a word is of another language: letters of English that no syllable of Vietnamese has, no
/// abbreviation and no unit; in capitals only if the pronunciation table has it.
fn is_foreign(reader: &Reader<'_>, at: usize) -> bool {
    let text = reader.lexed.text(at);
    let known = || transliterate::is_listed(reader.lexed.word(at));
    reader.lexed.case(at).is_some()
        && text.chars().all(is_of_latin)
        && text.len() > 1
        && !reader.is_vietnamese(at)
        && (reader.lexed.case(at) != Some(Case::Upper) || text.len() > 2 && known())
        && reader.tables.abbreviations(text).iter().all(|row| row.written != text)
        && reader.tables.word(reader.lexed.word(at)).is_none()
        && (known() || reader.tables.unit(text).is_none() && reader.tables.chat(text).is_none())
}
