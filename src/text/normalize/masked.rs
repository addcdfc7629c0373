//! Names kept back in judgments: the last name is a letter, with a number where several begin alike (ông Vũ
//! Văn T1, bà T2). No month, weekday or quarter is meant there.

use super::lex::Case;
use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// Reads a letter and a number that stand for a person's last name.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let letter = lexed.case(at) == Some(Case::Upper) && lexed.text(at).chars().nth(1).is_none();
    let digits =
        lexed.glued_digits(at + 1).filter(|digits| letter && digits.len() == 1 && *digits != "0");
    let number = digits.filter(|_| !lexed.is_glued(at) && !lexed.goes_on(at + 2))?;
    (is_named(reader, at) && !tells_a_day(reader, at + 2)).then_some(())?;
    let letter = transliterate::spell_letters(lexed.text(at));
    reader.verbalize(at, at + 2, "letters", Likely, |out| {
        out.push(&letter);
        number::cardinal(number, out);
    });
    Some(at + 2)
}

/// Whether the word before is a person (bà T2), or the middle of a name behind that of a family (Vũ Văn T1).
fn is_named(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let before = lexed.before(at, 1);
    let capital = |back: usize| {
        at.checked_sub(back)
            .is_some_and(|i| lexed.case(i) == Some(Case::Capital) && reader.is_vietnamese(i))
    };
    let middle = capital(1) && capital(2) && sets::MIDDLE_NAMES.has(before);
    let full_name =
        || (2..=4).any(|back| at > back && (1..=back).all(capital) && is_person(reader, at - back));
    middle || is_person(reader, at) || full_name()
}

/// Whether a word that goes before the name of a person is before `at`; công nhân T7 nghỉ tells of a day.
fn is_person(reader: &Reader<'_>, at: usize) -> bool {
    sets::PERSONS.has(reader.lexed.before(at, 1)) && !reader.follows(at, &["công", "nhân"])
}

/// Whether a word behind makes it a day: chị T7 này có rảnh không.
fn tells_a_day(reader: &Reader<'_>, at: usize) -> bool {
    let word = reader.lexed.word(at);
    matches!(word, "này" | "tuần" | "tới") || sets::OPENS_OR_RESTS.has(word)
}
