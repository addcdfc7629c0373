//! The labels of an address and the words of a tag: letters without marks that are words of Vietnamese, of English or of
//! nothing (phongtaichinh, hungvuong, SongXanh).

use std::collections::HashSet;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::broken;
use super::tables::Tables;
use super::verbalization::Verbalization;
use super::word_sets as sets;
use crate::text::orthography;
use crate::text::transliterate;

/// Longer labels that have a row of their own may still be several words of Vietnamese: hungvuong.
const LONGEST_NAME: usize = 6;

/// The words of a run of letters, apart where a capital follows a lower-case letter, or where capitals
/// give way to a word: SEAGames is SEA and Games.
pub(super) fn words_of(run: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let mut starts = vec![0];
    for i in 1..letters.len() {
        let (at, c) = letters[i];
        let after_small = letters[i - 1].1.is_lowercase() && c.is_uppercase();
        let before_small = c.is_uppercase()
            && letters[i - 1].1.is_uppercase()
            && letters.get(i + 1).is_some_and(|(_, next)| next.is_lowercase());
        if after_small || before_small {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([run.len()]);
    starts.iter().zip(ends).map(|(&from, to)| &run[from..to]).collect()
}

/// Short labels without a vowel are spelled (www, gov is said); labels of Vietnamese syllables
/// without their marks are said syllable by syllable.
pub(super) fn push_label(out: &mut Verbalization, label: &str) {
    let small = label.to_lowercase();
    let tables = Tables::get();
    if let Some(said) = tables.web_label(&small).or_else(|| tables.word(&small)) {
        return out.push(said);
    }
    let said_whole = sets::ENDINGS_SAID_WHOLE.has(small.as_str());
    if sets::FILE_ENDINGS.has(small.as_str()) && small.len() <= 4 && !said_whole {
        return out.push(&transliterate::spell_letters(label));
    }
    let capitals = label.chars().all(char::is_uppercase) && label.chars().nth(1).is_some();
    if orthography::parse(&small).is_some() && !capitals {
        return out.push(label);
    }
    let listed = small.len() <= LONGEST_NAME && transliterate::is_listed(&small);
    if !capitals && listed {
        return out.push(label); // keeng
    }
    let whole = |piece: &str| orthography::parse(piece).is_some() || is_bare_syllable(piece);
    // So few letters are rather an English word: home, demo.
    let short = small.is_ascii() && small.len() <= 4;
    if let Some(words) = listed_words(&small) {
        return words.iter().for_each(|word| out.push(word));
    }
    if let Some(syllables) = broken::syllables(&small, whole).filter(|_| !short) {
        return with_marks(&syllables).iter().for_each(|word| out.push(word));
    }
    if is_bare_syllable(&small) && !capitals {
        return push_syllable(out, &small);
    }
    if let Some((words, letters, first)) = beside_letters(&small) {
        let letters = transliterate::spell_letters(letters);
        if first {
            out.push(&letters);
        }
        words.iter().for_each(|word| out.push(word));
        if !first {
            out.push(&letters);
        }
        return;
    }
    // mpi, vov: too few letters for a word that no table has
    let brief = small.len() <= 3 && !transliterate::is_listed(&small);
    let has_vowel = has_vowel(&small);
    if has_vowel && !brief && small != "io" && !(capitals && label.len() <= 3) {
        out.push(label);
    } else {
        out.push(&transliterate::spell_letters(label));
    }
}

/// The words of a label that is made of several which the table has, wherever other syllables might end: trungtamantoan.
fn listed_words(label: &str) -> Option<Vec<&'static str>> {
    /// Shorter ones are parts of other words.
    const SHORTEST: usize = 5;
    const LONGEST: usize = 40;
    if !label.is_ascii() || !(2 * SHORTEST..=LONGEST).contains(&label.len()) {
        return None;
    }
    // from[i]: the words of what is before i, the longest last
    let mut from: Vec<Option<Vec<&'static str>>> = vec![None; label.len() + 1];
    from[0] = Some(Vec::new());
    for end in SHORTEST..=label.len() {
        from[end] = (0..=end - SHORTEST).find_map(|start| {
            let words = from[start].as_ref()?;
            let last = Tables::get().web_label(&label[start..end])?;
            Some(words.iter().copied().chain([last]).collect())
        });
    }
    from.pop().flatten()
}

fn has_vowel(letters: &str) -> bool {
    letters.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// The words of a label that tables know, with letters behind or before them that are no word: thitotnghiepthpt,
/// tsdaucap; and whether the letters are before.
fn beside_letters(label: &str) -> Option<(Vec<&str>, &str, bool)> {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
    let words = |part: &'_ str| -> bool {
        let cut = broken::syllables(part, is_bare_syllable);
        part.len() > 4 && cut.is_some_and(|cut| are_known(&cut))
    };
    if !label.is_ascii() || label.len() < 7 || transliterate::is_listed(label) {
        return None;
    }
    let fits = |&(words_of, letters): &(&str, &str)| !has_vowel(letters) && words(words_of);
    let behind = LETTERS.filter_map(|n| label.split_at_checked(label.len().checked_sub(n)?));
    let before = LETTERS.filter_map(|n| label.split_at_checked(n).map(|(a, b)| (b, a)));
    let found = behind.map(|pair| (pair, false)).chain(before.map(|pair| (pair, true)));
    let ((part, letters), first) = found.into_iter().find(|(pair, _)| fits(pair))?;
    let cut = broken::syllables(part, is_bare_syllable)?;
    Some((with_marks(&cut), letters, first))
}

/// Whether tables have all words that syllables without their marks make.
fn are_known(syllables: &[&str]) -> bool {
    parts(syllables).iter().all(|(_, known)| *known)
}

/// Whether the site of an address has a part that no table knows: words without their marks of which one may be another
/// (duan: đu an, dự án), or letters that make no word.
pub(super) fn guesses(address: &str) -> bool {
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let letters = host.split(|c: char| !c.is_alphabetic() || c.is_numeric());
    letters.filter(|run| !run.is_empty()).flat_map(words_of).any(is_guess)
}

/// Whether what is said for a part of an address is a guess.
fn is_guess(label: &str) -> bool {
    /// Shorter ones are said as one syllable, or spelled.
    const SHORTEST: usize = 5;
    let small = label.to_lowercase();
    let tables = Tables::get();
    let known = |part: &str| tables.web_label(part).is_some() || tables.word(part).is_some();
    if small.len() < SHORTEST
        || !has_vowel(&small)
        || known(&small)
        || listed_words(&small).is_some()
        || orthography::parse(&small).is_some()
    {
        return false;
    }
    let whole = |piece: &str| orthography::parse(piece).is_some() || is_bare_syllable(piece);
    let listed = || transliterate::is_listed(&small);
    match broken::syllables(&small, whole) {
        Some(_) if small.len() <= LONGEST_NAME && listed() => false,
        Some(syllables) => !are_known(&syllables),
        None => !is_bare_syllable(&small) && !listed() && beside_letters(&small).is_none(),
    }
}

/// A syllable that may have lost its marks: by the table as what it most likely is, or as written.
fn push_syllable(out: &mut Verbalization, syllable: &str) {
    out.push(Tables::get().web_label(syllable).unwrap_or(syllable));
}

/// The words that letters without marks are cut into, with the marks that they most likely lost: BONGDA.
pub(super) fn unmarked_words(letters: &str) -> Option<String> {
    if let Some(said) = Tables::get().web_label(letters) {
        return Some(said.to_owned());
    }
    Some(with_marks(&broken::syllables(letters, is_bare_syllable)?).join(" "))
}

/// Syllables that may have lost their marks, with those that they most likely had; the longest words of the table
/// first: bao, quangninh. Where tables lack one that no mark follows, all are said as they are written.
fn with_marks<'a>(syllables: &[&'a str]) -> Vec<&'a str> {
    let parts = parts(syllables);
    if parts.iter().all(|(_, known)| *known) {
        parts.into_iter().map(|(words, _)| words).collect()
    } else {
        syllables.to_vec()
    }
}

/// The same, each with whether a table has it.
pub(super) fn parts<'a>(syllables: &[&'a str]) -> Vec<(&'a str, bool)> {
    let mut said = Vec::with_capacity(syllables.len());
    let mut at = 0;
    while at < syllables.len() {
        let longest = (at + 1..=syllables.len())
            .rev()
            .find_map(|end| Some((Tables::get().web_label(&syllables[at..end].concat())?, end)));
        let known = longest.is_some() || Tables::get().word(syllables[at]).is_some();
        let (words, end) = longest.unwrap_or((syllables[at], at + 1));
        said.push((words, known || !words.is_ascii()));
        at = end;
    }
    said
}

/// Whether letters without marks are those of a Vietnamese syllable.
pub(super) fn is_bare_syllable(letters: &str) -> bool {
    static BARE: OnceLock<HashSet<String>> = OnceLock::new();
    // p begins no native syllable, and few words in addresses begin so.
    if !letters.is_ascii() || letters.starts_with('p') && !letters.starts_with("ph") {
        return false;
    }
    let bare = BARE.get_or_init(|| {
        let marks = |c: &char| !matches!(c, '\u{300}'..='\u{36f}');
        orthography::legal_syllables()
            .map(|syllable| {
                let plain: String = syllable.to_string().nfd().filter(marks).collect();
                plain.replace('đ', "d")
            })
            .collect()
    });
    bare.contains(letters)
}
