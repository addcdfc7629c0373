//! Letters that are not Latin: words of other scripts, full-width letters, and single letters of
//! another script that look like Latin ones.

use unicode_normalization::UnicodeNormalization;

use super::reader::Reader;
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Unknown};
use crate::text::orthography;
use crate::text::scripts;
use crate::text::transliterate;

/// More letters than this in another script are a passage; its script is named once. Fewer are a
/// word beside its Vietnamese reading, and are passed over.
const LONGEST_WORD: usize = 12;

/// A passage is followed no farther than this, so that the work grows with the text alone.
const LONGEST_PASSAGE: usize = 256;

/// Reads a run of letters that are not Latin.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    if text.is_ascii() {
        return None;
    }
    if text == "ƒ" {
        reader.verbalize_as(at, at + 1, "letter", Likely, "ép"); // ƒ/2.8
        return Some(at + 1);
    }
    full_width(reader, at).or_else(|| look_alike(reader, at)).or_else(|| passage(reader, at))
}

/// Full-width, mathematical and raised letters by the Latin ones they stand for: capitals and single
/// letters by their names, others as a word.
fn full_width(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    if text.chars().any(scripts::is_latin) {
        return None;
    }
    let plain: String = text.nfkc().collect();
    if !plain.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    if plain.len() == 1 || plain.chars().all(|c| c.is_ascii_uppercase()) {
        reader.verbalize_as(at, at + 1, "letters", Likely, &transliterate::spell_letters(&plain));
    } else {
        reader.verbalize_as(at, at + 1, "respelled word", Likely, &plain);
    }
    Some(at + 1)
}

/// A word that is a Vietnamese syllable once its Cyrillic or Greek look-alikes are taken for the
/// Latin letters of their shape.
fn look_alike(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    let alien = |c: char| latin_shape(c) != c;
    if !text.chars().any(|c| scripts::is_latin(c) && !alien(c)) || !text.chars().any(alien) {
        return None;
    }
    let plain: String = text.chars().map(latin_shape).nfc().collect();
    orthography::parse(&plain)?;
    if text.chars().all(scripts::is_latin) {
        reader.verbalize_as(at, at + 1, "look-alike letters", Likely, &plain); // Ðảng, with an eth
        return Some(at + 1);
    }
    reader.warn(
        at,
        at + 1,
        message!("{text} holds letters of another script; read as {plain}", text, plain),
    );
    reader.verbalize_as(at, at + 1, "look-alike letters", Doubtful, &plain);
    Some(at + 1)
}

/// The Latin letter that a Cyrillic or Greek letter, or an eth, looks like (Unicode Technical Standard 39,
/// confusable characters).
fn latin_shape(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Е' | 'Ε' => 'E',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Н' | 'Η' => 'H',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'І' | 'Ι' => 'I',
        'а' => 'a',
        'е' => 'e',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'с' => 'c',
        'х' => 'x',
        'у' => 'y',
        'і' => 'i',
        'Ð' | 'Ɖ' => 'Đ',
        'ð' => 'đ',
        c => c,
    }
}

/// Words of one script, one after the other. A short run is passed over and reported: beside it
/// is what it means or how it is read. A long one is named once by its script.
fn passage(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let script = scripts::spoken_name(reader.lexed.text(at).chars().next()?)?;
    if reader.lexed.text(at).chars().any(scripts::is_latin)
        || reader.tables.word(reader.lexed.word(at)).is_some()
    {
        return None;
    }
    let limit = reader.lexed.len().min(at + LONGEST_PASSAGE);
    let belongs = |i: usize| {
        reader.lexed.text(i).chars().next().is_some_and(|c| {
            scripts::spoken_name(c)
                .is_some_and(|other| other == script || both_east_asian(other, script))
        })
    };
    let end = (at..limit).find(|&i| !belongs(i)).unwrap_or(limit);
    let written = reader.lexed.source(at, end);
    let letters = written.chars().filter(|c| !c.is_whitespace()).count();
    if letters <= LONGEST_WORD {
        reader.warn(at, end, message!("{written} is not in Latin script and is not read", written));
        reader.pass(at, end, "script");
    } else {
        reader.warn(at, end, "a passage is not in Latin script; its script is named".into());
        reader.verbalize(at, end, "script", Unknown, |out| out.push(script));
    }
    Some(end)
}

/// Japanese is written in Kana and Han mixed.
fn both_east_asian(one: &str, other: &str) -> bool {
    let east_asian = |script| matches!(script, "chữ Hán" | "chữ Nhật");
    east_asian(one) && east_asian(other)
}
