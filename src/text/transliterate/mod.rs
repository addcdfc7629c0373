//! Foreign words, letters and anything else as legal Vietnamese syllables.
//!
//! A leaf: it knows the orthography and no stage, so that the normalizer and the phonemizer read a
//! foreign name alike. The reading is that of a Vietnamese newsreader: Facebook is phây búc, Messi
//! mét xi, and a cluster the language lacks is broken with ơ (Clinton: cờ lin tơn).

mod compound;
mod fields;
mod fold;
mod ipa;
mod names;
// The build script packs; here only tests do.
#[cfg_attr(not(test), allow(dead_code))]
mod pack;
mod pinyin;
mod rules;
mod syllabify;
mod trust;
mod words;

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::text::orthography::{self, WrittenSyllable};
use fold::Piece;
pub use ipa::spell_ipa;
use names::name;
pub use trust::Trust;
use words::append;

/// What is said for a sign that has no reading.
const UNREADABLE: &str = "ký tự lạ";

/// How a word is read: legal Vietnamese syllables, in lower case, separated by single spaces.
///
/// Each part that is a Vietnamese syllable stays as it is; a frequent foreign word is looked up; short
/// words in capitals (USD, UBND) and words without a vowel are spelled by [`spell_letters`]; what is
/// left goes by letter-to-sound rules. Digits are read one by one, and a run of letters of a script
/// that cannot be read, or a word of signs only, is read as ký tự lạ. Empty only if `word` is blank.
///
/// ```
/// assert_eq!(docbao::text::transliterate::transliterate("Messi"), "mét xi");
/// assert_eq!(docbao::text::transliterate::transliterate("Wi-Fi"), "oai phai");
/// assert_eq!(docbao::text::transliterate::transliterate("F1"), "ép một");
/// ```
#[must_use]
pub fn transliterate(word: &str) -> String {
    if let Some(syllable) = orthography::parse(word) {
        return syllable.to_string();
    }
    if let Some(reading) = words::listed(word) {
        return reading.text();
    }
    let mut said = String::new();
    if let Some((consonant, syllable)) = highland_name(word) {
        append(&mut said, &by_rules(&fold::latin_letters(consonant)));
        append(&mut said, &syllable.to_string());
        return said;
    }
    for piece in fold::pieces(word) {
        match piece {
            Piece::Letters(letters) => read_letters(&letters, &mut said),
            Piece::Digit(digit) => append(&mut said, name(digit).unwrap_or(UNREADABLE)),
            Piece::Unreadable => append(&mut said, UNREADABLE),
        }
    }
    if said.is_empty() && !word.trim().is_empty() {
        said.push_str(UNREADABLE);
    }
    said
}

/// Hands over every syllable that is said for words separated by white space, in order, each as it is
/// written: Vietnamese ones as they are, but composed, anything else as [`transliterate`] writes it.
pub fn syllables(words: &str, mut take: impl FnMut(&str, WrittenSyllable)) {
    let composed: Cow<str> =
        if is_nfc(words) { words.into() } else { words.nfc().collect::<String>().into() };
    for word in composed.split_whitespace() {
        match orthography::parse(word) {
            Some(written) => take(word, written),
            None => {
                for syllable in transliterate(word).split(' ') {
                    if let Some(written) = orthography::parse(syllable) {
                        take(syllable, written);
                    }
                }
            }
        }
    }
}

/// Whether the table of words has a row for a word, so that its reading is known and no guess. Signs
/// and accents do not matter (check-in, Beyoncé), nor does an English ending (startups, Trump's).
/// Nothing is allocated for a word in the lower-case letters a to z, listed or not.
///
/// ```
/// assert!(docbao::text::transliterate::is_listed("facebook"));
/// assert!(!docbao::text::transliterate::is_listed("fxqw"));
/// ```
#[must_use]
pub fn is_listed(word: &str) -> bool {
    words::listed(word).is_some()
}

/// How far the reading of a word can be trusted, that is, of the least known of its parts.
///
/// ```
/// use docbao::text::transliterate::{Trust, trust};
///
/// assert_eq!(trust("Facebook"), Trust::Listed);
/// assert_eq!(trust("Lockwood"), Trust::Composed);
/// assert_eq!(trust("Kinshasa"), Trust::Regular);
/// assert_eq!(trust("Featherstonehaugh"), Trust::Guess);
/// ```
#[must_use]
pub fn trust(word: &str) -> Trust {
    if orthography::parse(word).is_some() || is_listed(word) {
        return Trust::Listed;
    }
    let mut least = Trust::Listed;
    for piece in fold::pieces(word) {
        least = least.min(match piece {
            Piece::Letters(letters) => trust_of_letters(&letters),
            Piece::Digit(_) => Trust::Listed,
            Piece::Unreadable => Trust::Guess,
        });
    }
    least
}

/// The names of the letters and digits of an initialism, separated by single spaces: FPT is ép pê tê.
/// Accents of letters beyond the Vietnamese alphabet are dropped, and signs are left out; the result
/// is empty only if nothing is a letter or digit. Among other letters a D is đê and an O is ô, as everybody
/// says PDF and VOV, but where a Đ beside it must be told from it; alone they are dê and o.
///
/// ```
/// use docbao::text::transliterate::spell_letters;
/// assert_eq!(spell_letters("THPT"), "tê hát pê tê");
/// assert_eq!(spell_letters("PDF"), "pê đê ép");
/// assert_eq!(spell_letters("TVO"), "tê vê ô");
/// assert_eq!(spell_letters("ĐHDL"), "đê hát dê lờ");
/// assert_eq!(spell_letters("D"), "dê");
/// ```
#[must_use]
pub fn spell_letters(initialism: &str) -> String {
    let mut said = String::new();
    for piece in fold::pieces(initialism) {
        match piece {
            Piece::Letters(letters) => {
                let letters = fold::latin_letters(&letters);
                let foreign = letters.len() > 1 && !letters.contains('đ');
                for letter in letters.chars() {
                    let spelled = match letter {
                        'd' if foreign => 'đ',
                        'o' if foreign => 'ô',
                        letter => letter,
                    };
                    append(&mut said, name(spelled).unwrap_or(UNREADABLE));
                }
            }
            Piece::Digit(digit) => append(&mut said, name(digit).unwrap_or(UNREADABLE)),
            Piece::Unreadable => append(&mut said, UNREADABLE),
        }
    }
    said
}

/// A consonant before a Vietnamese syllable, separated by an apostrophe, as in names of the Central
/// Highlands (K'Nia, H'Linh).
fn highland_name(word: &str) -> Option<(&str, orthography::WrittenSyllable)> {
    let (consonant, rest) = word.split_once(['\'', '’'])?;
    let mut letters = consonant.chars();
    let is_consonant = letters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() && !fold::is_vowel(c.to_ascii_lowercase()));
    if !is_consonant || letters.next().is_some() {
        return None;
    }
    Some((consonant, orthography::parse(rest)?))
}

/// Reads a run of letters: whole, or by its parts where words are written together (VinFast, HDBank).
fn read_letters(letters: &str, said: &mut String) {
    if let Some(reading) = known(letters) {
        append(said, &reading);
        return;
    }
    let mut rest = letters;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(first_part(rest));
        match joined_part(part, letters, after) {
            Some(reading) => append(said, reading),
            None => read_part(part, said),
        }
        rest = after;
    }
}

/// How a part of words written together is read if not as it is alone: that of English words
/// (MicroStrategy), and i and e before a capital (iShares, eToro).
fn joined_part(part: &str, whole: &str, after: &str) -> Option<&'static str> {
    if part.len() == whole.len() {
        return None;
    }
    let mut next = after.chars();
    let is_word_next =
        next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    match part {
        "i" if is_word_next => Some("ai"),
        "e" if is_word_next => Some("i"),
        _ => compound::said_of_part(&part.to_lowercase()),
    }
}

/// The least trust in the parts that [`read_letters`] reads.
fn trust_of_letters(letters: &str) -> Trust {
    let is_known = |word: &str| orthography::parse(word).is_some() || is_listed(word);
    let mut least = Trust::Listed;
    let mut rest = if is_known(letters) { "" } else { letters };
    while !rest.is_empty() {
        let (part, after) = rest.split_at(first_part(rest));
        if !is_known(part) && joined_part(part, letters, after).is_none() {
            least = least.min(trust_of_rules(part));
        }
        rest = after;
    }
    least
}

/// How far [`read_part`] is to be trusted with a word that no table has.
fn trust_of_rules(part: &str) -> Trust {
    let latin = fold::latin_letters(part);
    let is_known = |part: &str| compound::said_of_part(part).is_some() || is_listed(part);
    let is_made_of_known =
        || compound::parts(&latin).is_some_and(|parts| parts.iter().all(|part| is_known(part)));
    if with_both_horns(part).is_some() || pinyin::spell(&latin).is_some() || is_made_of_known() {
        Trust::Composed
    } else if trust::is_regular(&latin) {
        Trust::Regular
    } else {
        Trust::Guess
    }
}

/// Where the first of words written together ends: before a capital after a lower-case letter, but that
/// of McCarthy, and before the last of several capitals if a lower-case letter follows it.
fn first_part(letters: &str) -> usize {
    let mut characters = letters.char_indices().peekable();
    let mut last = [None; 2];
    while let Some((at, character)) = characters.next() {
        if character.is_uppercase() {
            let small_before = last[1].is_some_and(char::is_lowercase);
            let of_mac = matches!(&letters[..at], "Mc" | "Mac");
            let capitals_before = last.iter().flatten().filter(|c| c.is_uppercase()).count() == 2;
            let small_after = characters.peek().is_some_and(|(_, next)| next.is_lowercase());
            if (small_before && !of_mac) || (capitals_before && small_after) {
                return at;
            }
        }
        last = [last[1], Some(character)];
    }
    letters.len()
}

fn read_part(letters: &str, said: &mut String) {
    let reading = known(letters)
        .or_else(|| orthography::parse_unmarked_stop(letters).map(|syllable| syllable.to_string()))
        .or_else(|| with_both_horns(letters))
        .unwrap_or_else(|| by_rules(&fold::latin_letters(letters)));
    append(said, &reading);
}

/// A Vietnamese syllable with ươ that lacks the horn of its first letter, a common slip (đuợc, huớng).
fn with_both_horns(letters: &str) -> Option<String> {
    let (before, after) = letters.split_once(['u', 'U'])?;
    let has_horn = after.starts_with(|letter: char| "ơờớởỡợƠỜỚỞỠỢ".contains(letter));
    let syllable = has_horn.then(|| orthography::parse(&format!("{before}ư{after}")))?;
    syllable.map(|syllable| syllable.to_string())
}

/// A word no table has: syllable by syllable if it is Chinese, part by part if it is made of words,
/// otherwise by letter-to-sound rules.
fn by_rules(latin: &str) -> String {
    if let Some(said) = pinyin::spell(latin) {
        return said;
    }
    let Some(parts) = compound::parts(latin) else {
        return syllabify::spell(&rules::sounds(latin));
    };
    let mut said = String::new();
    for part in parts {
        if let Some(reading) = compound::said_of_part(part) {
            append(&mut said, reading);
        } else if let Some(reading) = words::listed(part) {
            append(&mut said, &reading.text());
        } else {
            append(&mut said, &syllabify::spell(&rules::sounds(part)));
        }
    }
    said
}

/// The reading of a Vietnamese syllable, a word of the table, or an initialism.
fn known(letters: &str) -> Option<String> {
    if let Some(syllable) = orthography::parse(letters) {
        return Some(syllable.to_string());
    }
    if let Some(reading) = words::listed(letters) {
        return Some(reading.text());
    }
    let latin = fold::latin_letters(letters);
    (is_initialism(letters, &latin) || !fold::has_vowel(&latin)).then(|| spell_letters(letters))
}

/// Whether capitals are to be spelled: two or three of any kind, or four with three consonants in a
/// row (UBND, BHYT), where NATO and FIFA are words.
fn is_initialism(letters: &str, latin: &str) -> bool {
    if !letters.chars().all(char::is_uppercase) {
        return false;
    }
    match letters.chars().count() {
        2 | 3 => true,
        4 => {
            let consonants: Vec<bool> =
                latin.chars().map(|letter| letter == 'y' || !fold::is_vowel(letter)).collect();
            consonants.windows(3).any(|three| three.iter().all(|consonant| *consonant))
        }
        _ => false,
    }
}
