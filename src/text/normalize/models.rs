//! Models and versions of one name with strokes between them: iPhone 4S/5/5C, iPad 3/4, Windows 7/8, Galaxy S4/Note 3/S3.
//! They are neither days nor parts, and a short pause is between them.

use super::number;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::spoken::Confidence::Likely;
use crate::text::transliterate;

/// A list is followed back over so many lexemes, so that the work grows with the text alone.
const LONGEST: usize = 24;

/// A larger second number is of no day.
const MONTHS: u16 = 12;

/// The letters of a model have at most so many signs: 5S, 320Li.
const LETTERS: usize = 2;

/// Reads one number of such a list, with the letters that touch it.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let digits = lexed.digits(at).filter(|digits| digits.len() <= 4)?;
    let (version, end) = end_of_number(reader, at);
    let before = at > 0 && lexed.is_glued(at) && lexed.symbol(at - 1) == Some('/');
    let after = lexed.glued_symbol(end) == Some('/') && lexed.is_glued(end + 1);
    if !(before || after) || after && !begins(reader, end + 1) || is_measured(reader, end) {
        return None;
    }
    if !names_device(reader, at) || is_pair_of_others(reader, at, end, before) {
        return None;
    }
    let part = (version > at + 1).then(|| lexed.text(at + 2));
    let letters = (end > version).then(|| transliterate::spell_letters(lexed.text(version)));
    reader.verbalize(at, end, "code", Likely, |out| {
        number::cardinal(digits, out);
        if let Some(part) = part {
            out.push("chấm");
            number::cardinal(part, out);
        }
        if let Some(letters) = &letters {
            out.push(letters);
        }
    });
    Some(end)
}

/// Whether the stroke at `at` is between two of such a list.
pub(super) fn is_between(reader: &Reader<'_>, at: usize) -> bool {
    reader.lexed.is_glued(at)
        && reader.lexed.is_glued(at + 1)
        && begins(reader, at + 1)
        && names_device(reader, at)
}

/// Whether two bare numbers are all that the list with the one at `at` has, and the second is not the next model, or something is
/// rated or launched: Note 5/9 is a day, iPhone 4/5 sao are parts. Letters and more numbers are of models alone.
fn is_pair_of_others(reader: &Reader<'_>, at: usize, end: usize, is_second: bool) -> bool {
    let lexed = &reader.lexed;
    let first = if is_second { at.saturating_sub(2) } else { at };
    let alone = end == at + 1
        && !lexed.is_glued(first)
        && lexed.symbol(first + 1) == Some('/')
        && !lexed.goes_on(first + 3)
        && !(lexed.glued_symbol(first + 3).is_some() && lexed.goes_on(first + 4));
    let (Some(one), Some(next)) = (lexed.value(first), lexed.value(first + 2)) else {
        return false;
    };
    // Windows skips numbers: Windows 7/10
    let skips = || one < next && matches!(lexed.before(first, 1), "windows" | "android" | "ios");
    alone
        && (one + 1 != next && !skips()
            || sets::RATED_IN_PARTS.has(lexed.word(first + 3))
            || next <= MONTHS && is_launched(reader, first))
}

/// Whether a launch is told beside the pair of numbers at `first`, which is its day then: ra mắt iPad 5/6, Pixel 8/9 bán ra.
fn is_launched(reader: &Reader<'_>, first: usize) -> bool {
    const REACH: usize = 4;
    let behind = (reader.lexed.word(first + 3), reader.lexed.word(first + 4));
    reader.near_phrase(first, REACH, ["ra", "mắt"])
        || reader.near_phrase(first, REACH, ["mở", "bán"])
        || matches!(behind, ("bán", "ra") | ("ra", "mắt"))
}

/// Where the version that begins at `at` ends (8, 8.1), and where the letters that touch it do (5S).
fn end_of_number(reader: &Reader<'_>, at: usize) -> (usize, usize) {
    let lexed = &reader.lexed;
    let part = lexed.glued_symbol(at + 1) == Some('.')
        && lexed.glued_digits(at + 2).is_some_and(|part| part.len() == 1);
    let version = at + if part { 3 } else { 1 };
    let letters = lexed.goes_on(version) && lexed.text(version).len() <= LETTERS;
    (version, version + usize::from(letters))
}

/// Whether a model can begin at `at`: a number, letters with a number, or a name of the list.
fn begins(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    lexed.digits(at).is_some()
        || lexed.glued_digits(at + 1).is_some() && lexed.text(at).len() <= LETTERS
        || sets::DEVICE_NAMES.has(lexed.word(at))
}

/// Whether the last number of the list that goes on at `end` has a unit, as what devices hold has: iPhone 16/32GB.
fn is_measured(reader: &Reader<'_>, end: usize) -> bool {
    let lexed = &reader.lexed;
    let is_unit = |i: usize| {
        matches!(lexed.text(i), "G" | "K" | "inch" | "triệu")
            || sets::DEVICE_SIZES.has(lexed.text(i))
    };
    let mut last = end;
    while last < end + LONGEST && lexed.is_glued(last) {
        last += 1;
    }
    // iPad 2/3 số máy: a part of them
    let part = matches!(lexed.word(last), "số" | "tổng");
    part || is_unit(end) || is_unit(end.saturating_sub(1)) || is_unit(last) || is_unit(last - 1)
}

/// Whether the list that what is before `at` belongs to begins with the name of a device: only its signs, numbers and
/// letters are between, and white space only behind a name.
fn names_device(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    for before in (at.saturating_sub(LONGEST)..at).rev() {
        if sets::DEVICE_NAMES.has(lexed.word(before)) {
            return true;
        }
        let part = lexed.digits(before).is_some()
            || matches!(lexed.symbol(before), Some('/' | '.' | '+'))
            || lexed.case(before).is_some() && lexed.text(before).len() <= LETTERS;
        if !part || !lexed.is_glued(before + 1) {
            return false;
        }
    }
    false
}
