//! Abbreviations: those the document explains, those of the table, and letters read by their names
//! for the rest.

use super::definitions;
use super::lex::Case;
use super::profiles::Profiles;
use super::reader::Reader;
use super::tables::Abbreviation;
use crate::model::spoken::Confidence::{Doubtful, Likely, Sure, Unknown};
use crate::model::spoken::Mark;
use crate::text::scripts;
use crate::text::transliterate;

/// At most this many lexemes make one abbreviation: `LĐ-TB&XH` has five.
const LONGEST: usize = 7;

/// Stands for any number among the words beside an abbreviation: SN 1960, 2PN.
const ANY_NUMBER: &str = "#";

/// Stands for a number of up to three digits: ĐT.741.
const SHORT_NUMBER: &str = "#3";

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
    explained_after(reader, at)
        .or_else(|| defined(reader, at))
        .or_else(|| initial_of_two(reader, at))
        .or_else(|| listed(reader, at))
        .or_else(|| spelled(reader, at))
}

/// Small letters are worth a look only where a sign sits between them (v.v, đ/c), or where the
/// table has them and they are not a syllable (Cty).
fn may_be_one(reader: &Reader<'_>, at: usize) -> bool {
    match reader.lexed.case(at) {
        Some(Case::Upper | Case::Mixed) => true,
        _ => {
            matches!(reader.lexed.glued_symbol(at + 1), Some('.' | '/'))
                || reader.definitions.has_phrases()
                || !reader.tables.abbreviations(reader.lexed.text(at)).is_empty()
                    && !reader.is_vietnamese(at)
        }
    }
}

/// An abbreviation before a dash and the words it stands for: NLTT - năng lượng tái tạo. It is
/// passed over, for the words say it.
fn explained_after(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexed = &reader.lexed;
    let letters: Vec<char> = lexed.text(at).chars().flat_map(char::to_lowercase).collect();
    let dash = lexed.symbol(at + 1).filter(|sign| matches!(sign, '-' | '–' | '—'));
    let free = !lexed.is_glued(at) && !lexed.is_glued(at + 1) && !lexed.is_glued(at + 2);
    if dash.is_none() || !free || !(3..=LONGEST).contains(&letters.len()) {
        return None;
    }
    let explains = letters.iter().enumerate().all(|(i, &letter)| {
        let word = at + 2 + i;
        !matches!(lexed.case(word), None | Some(Case::Upper))
            && definitions::is_initial(letter, lexed.word(word))
    });
    explains.then(|| reader.pass(at, at + 2, "definition"))?;
    Some(at + 2)
}

/// An abbreviation that the document explains; the longest that fits.
fn defined(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let phrases = reader.definitions.has_phrases();
    let glued = (1..LONGEST)
        .take_while(|&more| phrases && more < 4 || reader.lexed.is_glued(at + more))
        .take_while(|&more| at + more < reader.lexed.len())
        .count();
    let (end, expansion) = (at + 1..=at + 1 + glued).rev().find_map(|end| {
        reader.definitions.expansion(reader.lexed.source(at, end)).map(|said| (end, said))
    })?;
    let words = expansion.split([' ', '\n']).filter(|word| !is_sign(word));
    let said = words.map(|word| word.trim_matches(is_joint)).collect::<Vec<_>>().join(" ");
    reader.verbalize_as(at, end, "defined abbreviation", Sure, &said);
    Some(end)
}

fn is_joint(c: char) -> bool {
    matches!(c, '-' | '–' | ',')
}

fn is_sign(word: &str) -> bool {
    word.chars().all(is_joint)
}

/// The first letters of a name that is kept back: anh Tr., chị Ng., Nguyễn Văn Th.
fn initial_of_two(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    const ONSETS: [&str; 9] = ["Tr", "Th", "Ng", "Nh", "Ph", "Ch", "Kh", "Gi", "Qu"];
    const PERSONS: [&str; 12] =
        ["anh", "chị", "ông", "bà", "em", "cháu", "cô", "chú", "bác", "cậu", "tên", "bé"];
    let lexed = &reader.lexed;
    let before = lexed.before(at, 1);
    let named = lexed.case(at.wrapping_sub(1)) == Some(Case::Capital);
    let kept_back = ONSETS.contains(&lexed.text(at))
        && lexed.glued_symbol(at + 1) == Some('.')
        && (named || PERSONS.contains(&before));
    kept_back.then_some(())?;
    let inside = lexed.case(at + 2) == Some(Case::Lower)
        || matches!(lexed.symbol(at + 2), Some('(' | ',' | ';'))
        || lexed.is_glued(at + 2) && lexed.case(at + 2).is_some(); // Ng.T.Lan
    let end = at + 1 + usize::from(inside);
    let said = transliterate::spell_letters(lexed.text(at));
    reader.verbalize_as(at, end, "letters", Likely, &said);
    Some(end)
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
    if names_a_code(reader, row, at, end) {
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
        reader.verbalize_listed(at, end, "abbreviation", confidence, expansion);
        reader.mark(end, end_with_stop, Mark::Period);
    } else {
        reader.verbalize_listed(at, end_with_stop, "abbreviation", confidence, expansion);
    }
    Some(end_with_stop)
}

/// Whether digits that touch the letters make them a code (VN-1174, CT02): only roads keep their
/// names there (QL1A).
fn names_a_code(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let sign = reader.lexed.glued_symbol(end).filter(|sign| matches!(sign, '-' | '.'));
    let joint = usize::from(sign.is_some());
    let dash = at > 1
        && reader.lexed.glued_symbol(at - 1) == Some('-')
        && reader.lexed.is_glued(at)
        && reader.lexed.digits(at - 2).is_some();
    if dash && row.written.len() <= 3 && row.written.is_ascii() {
        return true; // tàu cá 90123-TS
    }
    let road = ["quốc lộ", "tỉnh lộ", "đường tỉnh", "đường huyện"].contains(&row.expansion);
    reader.lexed.glued_digits(end + joint).is_some()
        && row.written.chars().all(char::is_uppercase)
        && row.expansion.contains(' ')
        && !road
        && !(sign == Some('.') && row.stop)
        && !row.after.iter().any(|word| word.starts_with(ANY_NUMBER))
        && row.written.chars().count() <= 3
}

/// Whether the conditions of a row hold.
fn holds(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let counted = row.before.contains(&ANY_NUMBER)
        && at.checked_sub(1).is_some_and(|before| reader.lexed.digits(before).is_some());
    let before = row.before.is_empty()
        || counted
        || reader.words_before(at, 3).any(|word| row.before.contains(&word));
    let stop = row.stop && reader.lexed.glued_symbol(end) == Some('.');
    let next = reader.lexed.text(end + usize::from(stop));
    let number = reader.lexed.digits(end + usize::from(stop));
    let short = |digits: &str| digits.len() <= 3 && !digits.starts_with('0');
    let after = |word: &&str| match *word {
        ANY_NUMBER => number.is_some(),
        SHORT_NUMBER => number.is_some_and(short),
        word => word == next,
    };
    before && (row.after.is_empty() || row.after.iter().any(after))
}

/// A single letter is an abbreviation only with a stop. Where its context says so, it may be
/// before anything (anh T. khai); otherwise a number or name must touch it (Q.1, P.Bến Nghé), and
/// no name before it may make it an initial.
fn is_single_letter(reader: &Reader<'_>, row: &Abbreviation, at: usize, end: usize) -> bool {
    let conditional = !row.before.is_empty() || !row.after.is_empty();
    let named = at > 0
        && reader.lexed.case(at - 1).is_some_and(|case| case != Case::Lower)
        && reader.tables.abbreviations(reader.lexed.text(at - 1)).is_empty();
    let initial = |i: usize| {
        reader.lexed.case(i) == Some(Case::Upper) && reader.lexed.text(i).chars().count() == 1
    };
    let after_initial = at > 1
        && reader.lexed.is_glued(at)
        && reader.lexed.symbol(at - 1) == Some('.')
        && (initial(at - 2)
            || matches!(reader.lexed.text(at - 2), "Ng" | "Th" | "Tr" | "Ph" | "Nh"));
    let before_initial = reader.lexed.is_glued(end + 1) && initial(end + 1);
    if after_initial || before_initial && reader.lexed.glued_symbol(end) == Some('.') {
        return false; // chị T.T.H, ảnh: T.H
    }
    let next_is_name = reader.lexed.digits(end + 1).is_some()
        || reader.lexed.case(end + 1).is_some_and(|case| case != Case::Lower);
    reader.lexed.glued_symbol(end) == Some('.')
        && if transliterate::spell_letters(row.written) != row.expansion {
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
    let goes_on = reader.lexed.is_glued(end); // tp.Huế
    last || (!title && !goes_on && reader.lexed.case(end).is_some_and(|case| case != Case::Lower))
}

/// Capitals that no table knows: by the names of their letters, unless they are a word written in
/// capitals.
fn spelled(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.lexed.text(at);
    let letters = text.chars().count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if is_foreign_word(reader, at, letters) {
        return None;
    }
    if let Some(said) = parts_of_name(text) {
        reader.verbalize_as(at, at + 1, "letters and word", Unknown, &said);
        reader.warn(at, at + 1, format!("the name {text} is not known; its capitals are spelled"));
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
    let ticker = reader.near_before(at, 4, &["phiếu", "mã"]); // cổ phiếu HAI
    if syllable && letters > 2 && !in_brackets && !ticker {
        // A title or a stressed word: phim MAI, nó KHEN tôi.
        let word = text.to_lowercase();
        reader.warn(at, at + 1, format!("{text} may be a word or an abbreviation; it is a word"));
        reader.verbalize_as(at, at + 1, "word in capitals", Doubtful, &word);
        return Some(at + 1);
    }
    if !syllable && is_pronounceable(reader.lexed.word(at)) {
        return None;
    }
    let (class, confidence) = match (letters, syllable) {
        (1, _) => ("letter", Likely),
        (_, true) => ("letters", Doubtful),
        _ => ("letters", Unknown),
    };
    if confidence == Doubtful {
        reader.warn(at, at + 1, format!("{text} may be a word or an abbreviation; it is spelled"));
    } else if confidence == Unknown {
        reader.warn(at, at + 1, format!("the abbreviation {text} is not known; it is spelled"));
    }
    let said = transliterate::spell_letters(text);
    reader.verbalize_as(at, at + 1, class, confidence, &said);
    Some(at + 1)
}

/// Whether capitals are a foreign word of the pronunciation table (VINFAST; of three letters or fewer
/// they may be initials), or the first letter of one with a hyphen (K-pop).
fn is_foreign_word(reader: &Reader<'_>, at: usize, letters: usize) -> bool {
    let shortest = if reader.lexed.case(at) == Some(Case::Mixed) { 2 } else { 4 };
    (letters >= shortest && transliterate::is_listed(reader.lexed.word(at)))
        || super::word::compound_end(reader, at).is_some()
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
