//! How far the reading of a word can be trusted.

use std::sync::LazyLock;

use super::fold::is_vowel;
use crate::model::error::Error;
use crate::model::tables;

/// How far the reading of a word can be trusted: the least of its parts, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// By the letter-to-sound rules, and the letters may stand for other sounds.
    Guess,
    /// By the rules, of a spelling that gives each letter its plain value, as most of Spanish, Slavic,
    /// Japanese or Malay. Of such words that were judged, about 95 in 100 were acceptable.
    Regular,
    /// Syllable by syllable, of Chinese; or part by part, of English words that the table has; or a
    /// Vietnamese syllable that lacks a horn (đuợc).
    Composed,
    /// A Vietnamese syllable or a word of the table.
    Listed,
}

/// Letters that are read in more ways than one by the languages that write them; `^` is the start of a
/// word and `$` its end.
static DOUBTFUL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    load(include_str!("tables/doubtful.tsv")).expect("the embedded table is read in a test")
});

/// More of them, but not in a word that ends in a, i, o or u, as few of English do.
const DOUBTFUL_IN_ENGLISH: &[&str] = &["ei", "eo", "oi", "ou", "uo"];

/// The ends of words that are read as they are written, in English, too.
const PLAIN_ENDS: &[&str] = &[
    "a", "ab", "ac", "ad", "ah", "ak", "am", "an", "ance", "ang", "ap", "ar", "as", "at", "az",
    "ck", "dze", "ee", "eh", "ek", "el", "em", "ence", "ep", "ev", "ez", "ff", "i", "ib", "ic",
    "ich", "id", "ie", "ik", "im", "in", "ine", "ip", "ir", "is", "ism", "it", "ity", "iv", "iz",
    "ks", "ment", "ms", "nk", "nn", "ns", "o", "od", "ogy", "ok", "ol", "om", "on", "ong", "op",
    "or", "os", "ov", "rg", "sh", "sk", "sky", "ss", "th", "tive", "tt", "u", "ul", "um", "un",
    "ung", "up", "us", "ut", "uz", "zole",
];

/// More of them, after two consonants: before a single one, the vowel may be another (Viper, Biden).
const PLAIN_ENDS_AFTER_TWO: &[&str] = &["en", "er", "ing"];

/// Ends that look plain, but come after a silent e: Wakeman.
const DOUBTFUL_ENDS: &[&str] = &["man"];

/// Whether a word of the letters of [`latin_letters`](super::fold::latin_letters) gives each of its
/// letters its plain value.
pub(super) fn is_regular(latin: &str) -> bool {
    const SHORTEST: usize = 4;
    if !latin.chars().all(|letter| letter.is_ascii() || "çñ".contains(letter)) {
        return false;
    }
    let letters: Vec<char> = latin.chars().collect();
    let vowels = letters.iter().filter(|letter| is_vowel(**letter)).count();
    let is_vowel_at = |at: usize| letters.get(at).is_some_and(|letter| is_vowel(*letter));
    let is_doubtful_in_english = || {
        let y_is_vowel = latin.match_indices('y').any(|(at, _)| {
            let is_last = at + 1 == latin.len();
            !is_last && !is_vowel_at(at + 1)
        });
        // ơ in English, i and u elsewhere.
        let is_before_r = ["ir", "ur"].iter().any(|pair| {
            latin.match_indices(pair).any(|(at, _)| at + 2 < latin.len() && !is_vowel_at(at + 2))
        });
        y_is_vowel
            || is_before_r
            || DOUBTFUL_IN_ENGLISH.iter().any(|pair| has_doubtful(latin, pair))
    };
    letters.len() >= SHORTEST
        && vowels >= 2
        && !DOUBTFUL_ENDS.iter().any(|end| latin.ends_with(end))
        && has_plain_end(latin)
        && !DOUBTFUL.iter().any(|letters| has_anchored(latin, letters))
        && (latin.ends_with(['a', 'i', 'o', 'u']) || !is_doubtful_in_english())
}

fn has_plain_end(latin: &str) -> bool {
    let is_after_two = |before: &str| {
        let mut last = before.chars().rev().take(2);
        before.len() > 1 && last.all(|letter| !is_vowel(letter))
    };
    let after_two = |end: &&str| latin.strip_suffix(*end).is_some_and(is_after_two);
    PLAIN_ENDS.iter().any(|end| latin.ends_with(end)) || PLAIN_ENDS_AFTER_TWO.iter().any(after_two)
}

/// Whether a word has one of [`DOUBTFUL`]; w and y are plain consonants before a, o and u (Morikawa,
/// Toyota).
fn has_doubtful(latin: &str, pair: &str) -> bool {
    let starts_syllable = |at: usize| {
        pair.ends_with(['w', 'y']) && latin[at + pair.len()..].starts_with(['a', 'o', 'u'])
    };
    latin.match_indices(pair).any(|(at, _)| !starts_syllable(at))
}

/// Whether a word has letters of the table in their place.
fn has_anchored(latin: &str, letters: &str) -> bool {
    match (letters.strip_prefix('^'), letters.strip_suffix('$')) {
        (Some(start), _) => latin.starts_with(start),
        (_, Some(end)) => latin.ends_with(end),
        _ => has_doubtful(latin, letters),
    }
}

fn load(text: &'static str) -> Result<Vec<&'static str>, Error> {
    tables::words("src/text/transliterate/tables/doubtful.tsv", text, "letters", |letters| {
        let inside = letters.trim_start_matches('^').trim_end_matches('$');
        let sound = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_lowercase());
        (!sound).then_some("write small letters between ^ and $")
    })
    .map(|letters| letters.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert!(!load(include_str!("tables/doubtful.tsv")).unwrap().is_empty());
        let error = load("letters\nEa\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }

    #[test]
    fn letters_are_looked_for_in_their_place() {
        assert!(has_anchored("wissanu", "^wi") && !has_anchored("swiss", "^wi"));
        assert!(has_anchored("sawicki", "cki$") && !has_anchored("hockin", "cki$"));
        assert!(has_anchored("majko", "aj"));
    }
}
