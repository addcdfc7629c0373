//! Abbreviations: those the document explains, those of the table, and letters read by their names
//! for the rest.

use super::lex::Case;
use super::profiles::Profiles;
use super::reader::Reader;
use super::tables::Abbreviation;
use crate::respell;
use crate::spoken::Confidence::{Doubtful, Likely, Sure, Unknown};
use crate::spoken::Mark;

/// At most this many lexemes make one abbreviation: `LĐ-TB&XH` has five.
const LONGEST: usize = 7;

/// Passes over a bracket that only explains an abbreviation: what it says was said before it.
pub(super) fn read_explanation(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let open = reader.lexed.get(at)?.span.start;
    let close = reader.definitions.bracket(open)?;
    let end = reader.lexed.after(at, close - open)?;
    reader.pass(at, end, "definition");
    Some(end)
}

/// Reads an abbreviation.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    if !may_be_one(reader, at) {
        return None;
    }
    defined(reader, at).or_else(|| listed(reader, at)).or_else(|| spelled(reader, at))
}

/// Small letters are worth a look only where a sign sits between them: v.v, đ/c.
fn may_be_one(reader: &Reader<'_>, at: usize) -> bool {
    match reader.lexed.case(at) {
        Some(Case::Upper | Case::Mixed) => true,
        _ => {
            matches!(reader.lexed.glued_symbol(at + 1), Some('.' | '/'))
                || matches!(reader.lexed.word(at), "vv" | "ths" | "tp" | "wifi" | "svck")
        }
    }
}

/// An abbreviation that the document explains; the longest that fits.
fn defined(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let glued = (1..LONGEST).take_while(|&more| reader.lexed.is_glued(at + more)).count();
    let (end, expansion) = (at + 1..=at + 1 + glued).rev().find_map(|end| {
        reader.definitions.expansion(reader.lexed.source(at, end)).map(|said| (end, said))
    })?;
    let said: String = expansion.split([' ', '\n']).filter(|word| !is_sign(word)).fold(
        String::new(),
        |mut said, word| {
            super::number::push(&mut said, word.trim_matches(is_joint));
            said
        },
    );
    reader.say_text(at, end, "defined abbreviation", Sure, &said);
    Some(end)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | ',')
}

fn is_sign(word: &str) -> bool {
    word.chars().all(is_joint)
}

/// An abbreviation of the table.
fn listed(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let candidates = reader.tables.abbreviations(reader.lexed.text(at));
    let rest = reader.lexed.rest(at);
    let (row, end) = candidates.iter().find_map(|row| {
        let after = rest.strip_prefix(row.written)?;
        let boundary = !after.starts_with(char::is_alphabetic);
        let end = reader.lexed.after(at, row.written.len())?;
        (boundary && holds(reader, row, at, end)).then_some((row, end))
    })?;
    if names_a_code(reader, row, end) {
        return None;
    }
    if row.written.chars().count() == 1 && !is_single_letter(reader, row, at, end) {
        return None;
    }
    let conditional = !row.before.is_empty() || !row.after.is_empty();
    let by_profile =
        Profiles::get().expansion(reader.options.profile, row.written).filter(|_| !conditional);
    let expansion = by_profile.unwrap_or(row.expansion);
    let open = candidates.iter().filter(|other| other.written == row.written).count() > 1;
    let confidence = match (open, conditional) {
        (true, false) => Likely,
        _ => Sure,
    };
    let stop = row.stop && reader.lexed.glued_symbol(end) == Some('.');
    let end_with_stop = end + usize::from(stop);
    if stop && ends_sentence(reader, row, end_with_stop) {
        reader.say_text(at, end, "abbreviation", confidence, expansion);
        reader.mark(end, end_with_stop, Mark::Period);
    } else {
        reader.say_text(at, end_with_stop, "abbreviation", confidence, expansion);
    }
    Some(end_with_stop)
}

/// Whether digits that touch the letters make them a code (VN-1174, CT02): only roads keep their
/// names there (QL1A).
fn names_a_code(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> bool {
    let joint = usize::from(matches!(reader.lexed.glued_symbol(end), Some('-' | '.')));
    let road = ["quốc lộ", "tỉnh lộ", "đường tỉnh", "đường huyện"].contains(&row.expansion);
    reader.lexed.glued_digits(end + joint).is_some()
        && row.written.chars().all(char::is_uppercase)
        && row.expansion.contains(' ')
        && !road
        && !(joint == 1 && row.stop)
        && row.written.chars().count() <= 3
}

/// Whether the conditions of a row hold.
fn holds(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let before =
        row.before.is_empty() || reader.words_before(at, 3).any(|word| row.before.contains(&word));
    let stop = row.stop && reader.lexed.glued_symbol(end) == Some('.');
    let next = reader.lexed.text(end + usize::from(stop));
    before && (row.after.is_empty() || row.after.contains(&next))
}

/// A single letter is an abbreviation only with a stop. Where its context says so, it may stand
/// before anything (anh T. khai); otherwise a number or name must touch it (Q.1, P.Bến Nghé), and
/// no name before it may make it an initial.
fn is_single_letter(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let conditional = !row.before.is_empty() || !row.after.is_empty();
    let named = at > 0 && reader.lexed.case(at - 1).is_some_and(|case| case != Case::Lower);
    let next_is_name = reader.lexed.digits(end + 1).is_some()
        || reader.lexed.case(end + 1).is_some_and(|case| case != Case::Lower);
    reader.lexed.glued_symbol(end) == Some('.')
        && if row.expansion.contains(' ') || row.expansion.chars().count() > 3 {
            let two_syllables = reader.lexed.case(end + 2) == Some(Case::Capital) && at > 0;
            next_is_name
                && !named
                && (conditional || two_syllables || reader.lexed.is_glued(end + 1))
        } else {
            conditional && reader.lexed.case(end + 1) == Some(Case::Lower)
        }
}

/// The stop of "v.v." may end the sentence too: it does at the end and before a capital. The stop
/// of a title (GS., TP.) never does, for a name follows it.
fn ends_sentence(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> bool {
    let last = end >= reader.lexed.len();
    let title = row.written.chars().next().is_some_and(char::is_uppercase);
    last || (!title && reader.lexed.case(end).is_some_and(|case| case != Case::Lower))
}

/// Capitals that no table knows: by the names of their letters, unless they are a word written in
/// capitals.
fn spelled(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    let letters = text.chars().count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if capitals * 2 <= letters || reader.tables.word(reader.lexed.word(at)).is_some() {
        return None;
    }
    if is_foreign_word(reader, at, letters) {
        return None;
    }
    if !text.chars().all(super::lex::is_latin) {
        return None;
    }
    let syllable = reader.is_vietnamese(at);
    if syllable && (letters == 1 || !text.is_ascii() || in_capitals(reader, at)) {
        return None;
    }
    if !syllable && is_pronounceable(reader.lexed.word(at)) {
        return None;
    }
    let (rule, confidence) = match (letters, syllable) {
        (1, _) => ("letter", Likely),
        (_, true) => ("letters", Doubtful),
        _ => ("letters", Unknown),
    };
    if confidence == Doubtful {
        reader.warn(at, at + 1, format!("{text} may be a word or an abbreviation; it is spelled"));
    } else if confidence == Unknown {
        reader.warn(at, at + 1, format!("the abbreviation {text} is not known; it is spelled"));
    }
    let said = respell::spell_letters(text);
    reader.say_text(at, at + 1, rule, confidence, &said);
    Some(at + 1)
}

/// Whether capitals are a foreign word of the pronunciation table (VINFAST; of three letters or fewer
/// they may be initials), or the first letter of one with a hyphen (K-pop).
fn is_foreign_word(reader: &Reader<'_>, at: usize, letters: usize) -> bool {
    (letters >= 4 && respell::is_listed(reader.lexed.word(at)))
        || super::word::compound_end(reader, at).is_some()
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
        4 => by_turns,
        _ => vowels >= 2 && longest <= 2 && consonants <= 2 * vowels,
    }
}

/// Whether the text around is in capitals, so that a syllable in capitals is a word.
fn in_capitals(reader: &Reader<'_>, at: usize) -> bool {
    let is_capital_word =
        |at: usize| reader.lexed.case(at) == Some(Case::Upper) && reader.is_vietnamese(at);
    reader.all_capitals || at.checked_sub(1).is_some_and(is_capital_word) || is_capital_word(at + 1)
}
