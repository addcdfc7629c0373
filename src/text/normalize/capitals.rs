//! Capitals that no table knows: words that are written in capitals, and initialisms that are spelled.

use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use super::{code, code_letters, letters, ticker, web_labels};
use crate::model::message::message;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure, Unknown};
use crate::text::{scripts, transliterate};

/// A run of capitals of another language has so many words at least: WE CAN DO IT.
const RUN: usize = 3;

/// Capitals of fewer letters than this are not several words written together.
const SHORTEST_RUN_OF_WORDS: usize = 5;

/// Capitals that no table knows: by the names of their letters, unless they are a word written in
/// capitals.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    let letters = text.chars().count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if is_foreign_word(reader, at, letters) {
        return None;
    }
    if let Some(name) = english_letter(reader, at) {
        reader.verbalize_as(at, at + 1, "letter", Likely, name);
        return Some(at + 1);
    }
    let known = reader.tables.is_initialism(text);
    if let Some(stem) = text.strip_suffix('s').filter(|stem| is_plural(stem)) {
        let listed = reader.tables.is_initialism(stem);
        if !listed {
            reader.warn(
                at,
                at + 1,
                message!("the abbreviation {stem} is not known; it is spelled", stem),
            );
        }
        let (said, confidence) = (said_for(reader, stem), if listed { Likely } else { Unknown });
        reader.verbalize_as(at, at + 1, "letters", confidence, &said);
        return Some(at + 1);
    }
    let of_code = code::names_a_class(reader, at) || is_of_code(reader, at);
    if let Some(said) = parts_of_name(text).filter(|_| !known) {
        reader.verbalize_as(at, at + 1, "letters and word", Unknown, &said);
        reader.warn(
            at,
            at + 1,
            message!("the name {text} is not known; its capitals are spelled", text),
        );
        return Some(at + 1);
    }
    if capitals * 2 <= letters || reader.tables.word(reader.lexed.word(at)).is_some() {
        return None;
    }
    if !text.chars().all(scripts::is_latin) {
        return None;
    }
    let syllable = reader.is_vietnamese(at);
    if syllable && (letters == 1 || !text.is_ascii() || in_capitals(reader, at)) {
        return None;
    }
    let in_brackets = at > 0
        && reader.lexed.symbol(at - 1) == Some('(')
        && reader.lexed.symbol(at + 1) == Some(')'); // Nội Bài (HAN)
    let ticker = reader.near_before(at, 4, &["phiếu", "mã"]) // cổ phiếu HAI
        || reader.follows(at, &["viết", "tắt", "là"])
        || (!syllable || is_beside_code(reader, at)) && ticker::is_among_codes(reader, at)
        || code_letters::is_airport(reader, at);
    if syllable && letters > 2 && !in_brackets && !ticker && !known {
        // A title or a stressed word: phim MAI, nó KHEN tôi.
        let word = text.to_lowercase();
        reader.warn(
            at,
            at + 1,
            message!("{text} may be a word or an abbreviation; it is a word", text),
        );
        reader.verbalize_as(at, at + 1, "word in capitals", Doubtful, &word);
        return Some(at + 1);
    }
    if !syllable && !known && is_pronounceable(reader.lexed.word(at)) {
        return None;
    }
    let (class, confidence) = match (letters, syllable) {
        (1, _) => ("letter", Likely),
        (_, false) if reader.tables.is_letters(text) => ("letters", Sure),
        _ if syllable && known || ticker || of_code => ("letters", Likely),
        _ if syllable || known => ("letters", Doubtful),
        _ if are_two(text) => ("letters", Likely),
        _ => ("letters", Unknown),
    };
    if !known
        && !ticker
        && letters >= SHORTEST_RUN_OF_WORDS
        && !syllable
        && let Some(said) = web_labels::unmarked_words(reader.lexed.word(at))
    {
        reader.warn(
            at,
            at + 1,
            message!("{text} may be words or an abbreviation; it is words", text),
        );
        reader.verbalize_as(at, at + 1, "run of words", Doubtful, &said);
        return Some(at + 1);
    }
    if confidence == Doubtful && known {
        let message =
            message!("{text} may be letters or one of several abbreviations; it is spelled", text);
        reader.warn(at, at + 1, message);
    } else if confidence == Doubtful {
        reader.warn(
            at,
            at + 1,
            message!("{text} may be a word or an abbreviation; it is spelled", text),
        );
    } else if confidence == Unknown {
        reader.warn(
            at,
            at + 1,
            message!("the abbreviation {text} is not known; it is spelled", text),
        );
    }
    let said = code_letters::spelled(reader, at);
    reader.verbalize_as(at, at + 1, class, confidence, &said);
    Some(at + 1)
}

/// Whether capitals in a list stand beside letters that are no syllable: FLC, ROS, HAI.
fn is_beside_code(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let code = |i: usize| {
        lexed.case(i) == Some(Case::Upper) && lexed.text(i).len() == 3 && !reader.is_vietnamese(i)
    };
    at > 1 && lexed.symbol(at - 1) == Some(',') && code(at - 2)
        || lexed.symbol(at + 1) == Some(',') && code(at + 2)
}

/// Whether capitals are two that no table knows: GI, CR. They are spelled. Of three, one cannot tell whether newsreaders
/// say their Vietnamese names or their English ones: CTO, GNU.
fn are_two(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The English name of a letter that a hyphen joins to an English word (G-Dragon, K-Star, but not X-quang), or of
/// an initial in an English name.
fn english_letter(reader: &Reader<'_>, at: usize) -> Option<&'static str> {
    const SHORTEST: usize = 3;
    let lexed = &reader.lexed;
    let &[letter] = lexed.text(at).as_bytes() else { return None };
    let word = lexed.text(at + 2);
    let joined = lexed.glued_symbol(at + 1) == Some('-')
        && lexed.is_glued(at + 2)
        && matches!(lexed.case(at + 2), Some(Case::Capital | Case::Lower))
        && word.is_ascii()
        && word.len() >= SHORTEST
        && !reader.is_vietnamese(at + 2);
    let index = usize::from(letter.checked_sub(b'A')?);
    letters::ENGLISH.get(index).copied().filter(|_| joined || is_middle_initial(reader, at))
}

/// Whether a letter is an initial of an English name: between two of its names (Tổng thống Franklin D. Roosevelt, but no
/// Serie A. Napoli), or one of several before it that Vietnamese names do not have (J.K. Rowling).
fn is_middle_initial(reader: &Reader<'_>, at: usize) -> bool {
    const MOST: usize = 3;
    let lexed = &reader.lexed;
    let initial = |i: usize| lexed.glued_symbol(i + 1) == Some('.') && lexed.text(i).len() == 1;
    let foreign = |i: usize| {
        lexed.case(i) == Some(Case::Capital) && lexed.text(i).is_ascii() && !reader.is_vietnamese(i)
    };
    if !initial(at) {
        return false;
    }
    let last = (0..MOST)
        .map(|more| at + 2 * more)
        .find(|&i| !(lexed.is_glued(i + 2) && lexed.case(i + 2) == Some(Case::Upper)));
    let Some(last) = last.filter(|&last| initial(last) && !lexed.is_glued(last + 2)) else {
        return false;
    };
    let first = (1..MOST)
        .map_while(|less| at.checked_sub(2 * less))
        .take_while(|&i| lexed.is_glued(i + 2) && initial(i))
        .last()
        .unwrap_or(at);
    let foreign_letter = || (first..=last).any(|i| matches!(lexed.text(i), "J" | "W" | "F" | "Z"));
    let person =
        |i: usize| sets::PERSONS.has(lexed.word(i)) || sets::OFFICES_OF_PERSONS.has(lexed.word(i));
    // Samuel L. Jackson
    let given = |i: usize| foreign(i) && sets::ENGLISH_GIVEN_NAMES.has(lexed.word(i));
    let named = first > 1 && foreign(first - 1) && person(first - 2)
        || first > 0 && !lexed.is_glued(first) && given(first - 1);
    foreign(last + 2) && (named || last > first && foreign_letter())
}

/// Whether capitals may be those of a plural of English: ICBMs, SUVs.
fn is_plural(stem: &str) -> bool {
    (2..=5).contains(&stem.len()) && stem.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// What is said for the capitals of a plural: what the table has for them, or the names of the letters.
fn said_for(reader: &Reader<'_>, stem: &str) -> String {
    let mut rows = reader.tables.abbreviations(stem).iter();
    let row = rows.find(|row| row.written == stem && row.is_usual());
    row.map_or_else(|| transliterate::spell_letters(stem), |row| row.expansion.to_owned())
}

/// Whether digits that touch capitals make them a code: FA-50. Letters that Vietnamese alone has are
/// of its own words, whatever touches them: TĐC2.
fn is_of_code(reader: &Reader<'_>, at: usize) -> bool {
    let dash = usize::from(reader.lexed.glued_symbol(at + 1) == Some('-'));
    reader.lexed.text(at).is_ascii() && reader.lexed.glued_digits(at + 1 + dash).is_some()
}

/// Whether capitals are a foreign word of the pronunciation table (VINFAST; of three letters or fewer
/// they may be initials), or the first letter of one with a hyphen (K-pop).
fn is_foreign_word(reader: &Reader<'_>, at: usize, letters: usize) -> bool {
    let shortest = if reader.lexed.case(at) == Some(Case::Mixed) { 2 } else { 4 };
    (letters >= shortest && transliterate::is_listed(reader.lexed.word(at)))
        || super::word::compound_end(reader, at).is_some()
}

/// Whether capitals stand in a run of words in capitals of another language (WE CAN DO IT), all of
/// which are words that the pronunciation table or Vietnamese has.
pub(super) fn is_in_foreign_run(reader: &Reader<'_>, at: usize) -> bool {
    let is_foreign = |i: usize| transliterate::is_listed(reader.lexed.word(i));
    let fits = |i: usize| {
        reader.lexed.case(i) == Some(Case::Upper)
            && reader.lexed.text(i).len() > 1
            && reader.lexed.text(i).is_ascii()
            && (is_foreign(i) || reader.is_vietnamese(i))
    };
    if !fits(at) {
        return false;
    }
    let first = (at.saturating_sub(RUN)..at).rev().take_while(|&i| fits(i)).last().unwrap_or(at);
    let last = (at..=at + RUN).take_while(|&i| fits(i)).last().unwrap_or(at);
    let foreign = (first..=last).filter(|&i| is_foreign(i)).count();
    last + 1 - first >= RUN && 2 * foreign > last - first
}

/// Capitals beside a word in lower case: ChatGPT, VPBank, eKYC. The capitals are spelled, the
/// word stays as it is; `None` for any other shape.
fn parts_of_name(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let small = text.bytes().filter(u8::is_ascii_lowercase).count();
    let big = text.len() - small;
    let word_at = |from: usize, to: usize| {
        let word = &text[from..to];
        word.len() > 2
            && word[1..].bytes().all(|b| b.is_ascii_lowercase())
            && word.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
    };
    let all_big = |from: usize, to: usize| text[from..to].bytes().all(|b| b.is_ascii_uppercase());
    if big < 3 || small < 2 {
        return None;
    }
    let (word, letters, word_first) = if word_at(0, small + 1) && all_big(small + 1, text.len()) {
        (&text[..=small], &text[small + 1..], true)
    } else if word_at(big - 1, text.len()) && all_big(0, big - 1) {
        (&text[big - 1..], &text[..big - 1], false)
    } else {
        return None;
    };
    let letters = transliterate::spell_letters(letters);
    Some(if word_first { format!("{word} {letters}") } else { format!("{letters} {word}") })
}

/// Whether capitals make a word that can be said, such as VINFAST or LONA, rather than initials: at
/// least two vowels, no more than two consonants running; with four letters or fewer, consonants
/// and vowels by turns.
fn is_pronounceable(folded: &str) -> bool {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let letters = folded.chars().count();
    let vowels = folded.chars().filter(|&c| is_vowel(c)).count();
    let (mut consonants, mut run, mut longest) = (0, 0, 0);
    let mut by_turns = true;
    let mut last = None;
    for c in folded.chars() {
        by_turns &= last != Some(is_vowel(c));
        last = Some(is_vowel(c));
        run = if is_vowel(c) { 0 } else { run + 1 };
        consonants += usize::from(!is_vowel(c));
        longest = longest.max(run);
    }
    match letters {
        0..=3 => false,
        _ if !folded.contains(['a', 'e', 'i', 'o', 'u']) => false, // SYTYCD
        4 => by_turns,
        7.. => vowels >= 2 && longest <= 3 && consonants <= 3 * vowels, // FIGHTING, TRAPPIST
        6 => vowels >= 2 && longest <= 2 && 2 * consonants <= 5 * vowels, // TEMPEST
        _ => vowels >= 2 && longest <= 2 && consonants <= 2 * vowels,
    }
}

/// Whether the text around is in capitals, so that a syllable in capitals is a word.
pub(super) fn in_capitals(reader: &Reader<'_>, at: usize) -> bool {
    let is_capital_word =
        |at: usize| reader.lexed.case(at) == Some(Case::Upper) && reader.is_vietnamese(at);
    reader.all_capitals || at.checked_sub(1).is_some_and(is_capital_word) || is_capital_word(at + 1)
}
