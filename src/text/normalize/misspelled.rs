//! Slips of the keyboard in Vietnamese words: đuợc for được, đă for đã, thưc for thực, hco for cho,
//! ctới for tới. Only what is no syllable is looked at, and only what is one fix away from one.

use unicode_normalization::UnicodeNormalization;

use super::lex::Case;
use super::reader::Reader;
use crate::model::message::{Message, message};
use crate::model::spoken::Confidence::{Doubtful, Likely};
use crate::text::orthography;
use crate::text::transliterate;

/// A word with the slip in it has no more letters than this.
const LONGEST: usize = 9;

/// What went wrong, as it is reported.
const HORN: &str = "a lost horn";
const SHAPE: &str = "a breve for a tilde";
const TONE: &str = "a lost tone mark";
const TWICE: &str = "a letter typed twice";
const ORDER: &str = "two letters in the wrong order";
const STRAY: &str = "a stray letter";

/// Reads a misspelled word as what was meant. The first of each kind in a document is doubtful.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let case = reader.lexed.case(at)?;
    let word = reader.lexed.word(at);
    let letters = word.chars().count();
    let glued = reader.lexed.goes_on(at + 1) || at > 0 && reader.lexed.goes_on(at);
    if case == Case::Mixed || !(2..=LONGEST).contains(&letters) || glued {
        return None;
    }
    if word == "gi" || reader.is_vietnamese(at) && !lacks_horn(word) {
        return None;
    }
    let (kind, meant) = meant(reader, at, case)?;
    let said = match case {
        Case::Capital => capitalized(&meant),
        Case::Upper => meant.to_uppercase(),
        _ => meant,
    };
    let written = reader.lexed.text(at);
    let message = message!(
        "{kind}: {written} was taken as {said}; more of this kind may follow",
        kind = Message::from(kind),
        written,
        said
    );
    let first = reader.warn_once(at, at + 1, kind, message);
    let confidence = if first { Doubtful } else { Likely };
    reader.verbalize_as(at, at + 1, "misspelled word", confidence, &said);
    Some(at + 1)
}

/// Whether what passes for a syllable may be a slip.
pub(super) fn may_be_slip(word: &str) -> bool {
    word == "gi" || lacks_horn(word)
}

/// What was meant, and what went wrong.
fn meant(reader: &Reader<'_>, at: usize, case: Case) -> Option<(&'static str, String)> {
    let word = reader.lexed.word(at);
    let letters: Vec<char> = word.nfc().collect();
    if let Some(meant) = with_horn(&letters) {
        return Some((HORN, meant));
    }
    if let Some(meant) = with_tilde(&letters) {
        return Some((SHAPE, meant));
    }
    // Names have letters of their own: Đăk, Krông, Mnông.
    let (native, marked) = words_beside(reader, at);
    if case != Case::Lower || transliterate::is_listed(word) || !marked {
        return None;
    }
    with_tone(reader, word, native)
        .map(|meant| (TONE, meant))
        .or_else(|| once(&letters).map(|meant| (TWICE, meant)))
        .or_else(|| in_order(&letters).map(|meant| (ORDER, meant)))
        .or_else(|| without_first(&letters).map(|meant| (STRAY, meant)))
}

fn is_syllable(letters: String) -> Option<String> {
    orthography::parse(&letters).map(|_| letters)
}

/// Whether a word that may pass for a syllable is a slip all the same: uơ ends its syllable (thuở, huơ), but
/// after q.
fn lacks_horn(word: &str) -> bool {
    let horned = |rest: &str| {
        rest.starts_with(['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ']) && rest.chars().nth(1).is_some()
    };
    !word.starts_with('q') && word.split_once('u').is_some_and(|(_, rest)| horned(rest))
}

/// đuợc, nguời: the horn is on one letter of ươ alone; or ngưòi, on the other alone.
fn with_horn(letters: &[char]) -> Option<String> {
    const PLAIN: &str = "oòóỏõọ";
    const HORNED: &str = "ơờớởỡợ";
    let at = letters.windows(2).position(|pair| {
        pair[0] == 'u' && HORNED.contains(pair[1]) || pair[0] == 'ư' && PLAIN.contains(pair[1])
    })?;
    let mut mended = letters.to_vec();
    mended[at] = 'ư';
    if let Some(tone) = PLAIN.chars().position(|plain| plain == letters[at + 1]) {
        mended[at + 1] = HORNED.chars().nth(tone)?;
    }
    is_syllable(mended.into_iter().collect())
}

/// đă, nă: no syllable ends in ă.
fn with_tilde(letters: &[char]) -> Option<String> {
    let (last, rest) = letters.split_last()?;
    if *last != 'ă' {
        return None;
    }
    is_syllable(rest.iter().chain(&['ã']).collect())
}

/// thưc, viêc: a syllable that ends in a stop has a tone mark. The table has those where the
/// heavy tone is the commoner; the others have the sharp one. Without any mark it
/// may be foreign, so no word beside it is.
fn with_tone(reader: &Reader<'_>, word: &str, native: bool) -> Option<String> {
    if let Some(meant) = reader.tables.lost_tone(word) {
        return (native || !word.is_ascii()).then(|| meant.to_owned());
    }
    // A foreign word has no letters but those of English.
    let sharp = orthography::parse_unmarked_stop(word).filter(|_| !word.is_ascii())?;
    Some(sharp.to_string())
}

/// đươợc, thườờng: of two that are the same but for the tone mark, the one with the mark is left.
fn once(letters: &[char]) -> Option<String> {
    let at = letters.windows(2).position(|pair| without_tone(pair[0]) == without_tone(pair[1]))?;
    let marked = without_tone(letters[at]) != letters[at];
    let mut mended = letters.to_vec();
    mended.remove(if marked { at + 1 } else { at });
    is_syllable(mended.into_iter().collect()).filter(|meant| !meant.is_ascii())
}

fn without_tone(letter: char) -> char {
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    letter.nfd().filter(|c| !tone(c)).nfc().next().unwrap_or(letter)
}

/// hco, gnười: the two letters of a consonant changed places.
fn in_order(letters: &[char]) -> Option<String> {
    let turned = matches!(
        letters,
        ['h', 'c' | 'n' | 't' | 'p' | 'k' | 'g', ..] | ['g', 'n', ..] | ['r', 't', ..]
    );
    let mut mended = letters.to_vec();
    if !turned || letters.len() < 3 {
        return None;
    }
    mended.swap(0, 1);
    is_syllable(mended.into_iter().collect())
}

/// ctới, ctrong: a letter before a syllable whose marks, or the letters it begins with, are Vietnamese.
fn without_first(letters: &[char]) -> Option<String> {
    let (first, rest) = letters.split_first()?;
    let consonants = !is_vowel(*first) && rest.first().is_some_and(|c| !is_vowel(*c));
    let minority = matches!(rest, ['r' | 'l' | 'n', ..]) && !matches!(rest, ['n', 'g' | 'h', ..]); // krông
    let cluster =
        matches!(rest, ['t', 'r' | 'h', ..] | ['n', 'g' | 'h', ..] | ['k' | 'p' | 'c', 'h', ..]);
    if !consonants || minority || rest.len() < 2 {
        return None;
    }
    let meant = is_syllable(rest.iter().collect())?;
    (!meant.is_ascii() || cluster && *first != 's' && rest.len() > 3).then_some(meant)
}

fn is_vowel(c: char) -> bool {
    c.nfd().next().is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

/// Whether no word beside `at` is foreign, and whether one is Vietnamese and has marks.
fn words_beside(reader: &Reader<'_>, at: usize) -> (bool, bool) {
    let beside = [at.checked_sub(1), Some(at + 1)];
    let mut words = beside.into_iter().flatten().filter(|&i| reader.lexed.case(i).is_some());
    let native = words.clone().all(|i| reader.is_vietnamese(i));
    let marked = words.any(|i| reader.is_vietnamese(i) && !reader.lexed.text(i).is_ascii());
    (native, marked)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    #[test]
    fn slips_are_mended_to_syllables_alone() {
        let horn = |word: &str| with_horn(&chars(word));
        assert_eq!(horn("đuợc").as_deref(), Some("được"));
        assert_eq!(horn("ngưòi").as_deref(), Some("người"));
        assert_eq!(horn("nguời").as_deref(), Some("người"));
        assert!(lacks_horn("nguời") && !lacks_horn("thuở") && !lacks_horn("quơn"));
        assert_eq!(horn("buơx"), None);
        assert_eq!(with_tilde(&chars("đă")).as_deref(), Some("đã"));
        assert_eq!(once(&chars("đươợc")).as_deref(), Some("được"));
        assert_eq!(in_order(&chars("hco")).as_deref(), Some("cho"));
        assert_eq!(in_order(&chars("hot")), None);
        assert_eq!(without_first(&chars("ctới")).as_deref(), Some("tới"));
        assert_eq!(without_first(&chars("ctrong")).as_deref(), Some("trong"));
        assert_eq!(without_first(&chars("krông")), None);
    }
}
