//! Sounds written in the International Phonetic Alphabet, as Vietnamese syllables.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::rules::{Sound, parse_sounds};
use super::syllabify;
use crate::model::error::Error;
use crate::model::phrase::Tone;
use crate::model::tables;

const FILE: &str = "src/text/transliterate/tables/ipa.tsv";

/// What signs stand for, by the signs.
static SIGNS: LazyLock<HashMap<&'static str, Signs>> = LazyLock::new(|| {
    read(include_str!("tables/ipa.tsv")).expect("the embedded table is read in a test")
});

/// What one or several signs stand for.
#[derive(Debug, PartialEq)]
enum Signs {
    Sounds(Vec<Sound>),
    /// The tone of the vowel before.
    Tone(Tone),
}

/// No row of the table has more characters.
const LONGEST: usize = 3;

/// How sounds in the International Phonetic Alphabet are said: the nearest Vietnamese syllables, in lower
/// case, separated by single spaces. `None` if a sign is unknown or nothing is said.
///
/// ```
/// use docbao::text::transliterate::spell_ipa;
///
/// assert_eq!(spell_ipa("ˈbɜːlɪn").as_deref(), Some("bơ lin"));
/// assert_eq!(spell_ipa("ha˨˩ noj˨˩ˀ").as_deref(), Some("hà nội"));
/// assert_eq!(spell_ipa("x-ray?"), None);
/// ```
#[must_use]
pub fn spell_ipa(ipa: &str) -> Option<String> {
    let is_tie = |c: &char| matches!(c, '\u{361}' | '\u{35C}' | '\u{32F}');
    // In NFC but for ties and marks of what is no syllable: ç is a sign of its own, and no other sign of the table has a composed form.
    let text: String = ipa.nfc().filter(|c| !is_tie(c)).collect();
    let mut sounds: Vec<Sound> = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        let ends: Vec<usize> = ends.collect();
        let (end, signs) =
            ends.into_iter().rev().find_map(|end| Some((end, fitting(rest, end)?)))?;
        match signs {
            Signs::Sounds(found) => sounds.extend_from_slice(found),
            Signs::Tone(tone) => {
                let vowels = sounds.iter_mut().rev();
                let mut vowels = vowels.filter_map(|sound| match sound {
                    Sound::Vowel(vowel) => Some(vowel),
                    _ => None,
                });
                vowels.next()?.tone = *tone;
            }
        }
        rest = &rest[end..];
    }
    Some(syllabify::spell(&sounds)).filter(|said| !said.is_empty())
}

/// What the first `end` bytes of a text stand for. A glide before a vowel belongs to that: ka.wa, not
/// kaw.a.
fn fitting(text: &str, end: usize) -> Option<&'static Signs> {
    let (signs, rest) = text.split_at(end);
    let is_vowel = |c: char| {
        let found = SIGNS.get(c.encode_utf8(&mut [0; 4]) as &str);
        matches!(found, Some(Signs::Sounds(sounds)) if matches!(sounds[..], [Sound::Vowel(_)]))
    };
    let glides = signs.len() > 1 && signs.ends_with(['j', 'w']) && rest.starts_with(is_vowel);
    if glides { None } else { SIGNS.get(signs) }
}

fn read(text: &'static str) -> Result<HashMap<&'static str, Signs>, Error> {
    let mut signs = HashMap::new();
    for (line, fields) in tables::rows(FILE, text, &["ipa", "sounds"])? {
        let bad = |reason: &str| tables::bad_row(FILE, line, format!("{}: {reason}", fields[0]));
        let stands_for = match fields[1].strip_prefix('=') {
            Some(name) => Signs::Tone(tone(name).ok_or_else(|| bad("no tone has this name"))?),
            None => {
                Signs::Sounds(parse_sounds(fields[1]).ok_or_else(|| bad("a sound is unknown"))?)
            }
        };
        let length = fields[0].chars().count();
        if length == 0 || length > LONGEST {
            return Err(bad("a row has one to three signs"));
        }
        if signs.insert(fields[0], stands_for).is_some() {
            return Err(bad("it is listed twice"));
        }
    }
    Ok(signs)
}

fn tone(name: &str) -> Option<Tone> {
    let names = ["ngang", "huyền", "hỏi", "ngã", "sắc", "nặng"];
    let tones = [Tone::Ngang, Tone::Huyen, Tone::Hoi, Tone::Nga, Tone::Sac, Tone::Nang];
    names.iter().position(|known| *known == name).map(|at| tones[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_the_nearest_syllables() {
        for (ipa, said) in [
            ("ˈpærɪs", "pe rít"),
            ("ˈt͡ʃɑːli", "cha li"),
            ("ʃɑ̃zelize", "săng dê li dê"),
            ("ˈmɪkiː ˈmaʊs", "mi ki mao"),
            ("kyoto", "quy ô tô"),
            ("ha˨˩ noj˨˩ˀ", "hà nội"),
            ("viə̯t˨˩ˀ", "việt"),
        ] {
            assert_eq!(spell_ipa(ipa).as_deref(), Some(said), "{ipa}");
        }
    }

    #[test]
    fn what_is_no_sound_has_no_reading() {
        for ipa in ["", "ˈ.", "hello!", "˧", "a1"] {
            assert_eq!(spell_ipa(ipa), None, "{ipa}");
        }
    }

    #[test]
    fn bad_rows_are_errors_with_their_line() {
        for (row, reason) in [
            ("a\tan", "line 2: a: a sound is unknown"),
            ("˧\t=sac", "no tone has this name"),
            ("abcd\ta", "one to three signs"),
            ("a\ta\na\te", "line 3: a: it is listed twice"),
        ] {
            let text = format!("ipa\tsounds\n{row}\n").leak();
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
