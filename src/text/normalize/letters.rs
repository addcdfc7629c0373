//! The names of letters, and the words they stand for.

use unicode_normalization::UnicodeNormalization;

/// The letters of English by their names, A to Z.
pub(super) const ENGLISH: [&str; 26] = [
    "ây",
    "bi",
    "xi",
    "đi",
    "i",
    "ép",
    "gi",
    "ết",
    "ai",
    "giây",
    "cây",
    "eo",
    "em",
    "en",
    "âu",
    "pi",
    "kiu",
    "a",
    "ét",
    "ti",
    "diu",
    "vi",
    "đắp liu",
    "ích",
    "quai",
    "dét",
];

/// The letters of Vietnamese by their names, as the voices spell them.
const VIETNAMESE: [&str; 24] = [
    "a", "bê", "xê", "dê", "e", "ép", "gờ", "giê", "hát", "i", "ca", "lờ", "mờ", "nờ", "o", "pê",
    "quy", "rờ", "ét", "tê", "u", "vê", "kép", "ích",
];

/// Whether words are names of letters, English or Vietnamese ones, so that the table spells: IP58, ai pi.
pub(super) fn is_spelled(expansion: &str) -> bool {
    let is_name = |word: &str| {
        ENGLISH.contains(&word) || VIETNAMESE.contains(&word) || matches!(word, "ô" | "đê")
    };
    expansion.split(' ').all(is_name)
}

/// Whether a letter of an abbreviation stands for a word: its first letter without tone mark or
/// vowel sign, đ distinguished from d (but D may stand for đ in old typewriting).
pub(super) fn is_initial(letter: char, word: &str) -> bool {
    let Some(first) = word.chars().next() else { return false };
    let bare = |c: char| [c].into_iter().nfd().next().unwrap_or(c);
    bare(first) == bare(letter) || (letter == 'd' && first == 'đ')
}
