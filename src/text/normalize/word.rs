//! Words: Vietnamese ones as they are, those of the table as they are said, and foreign ones as they
//! are written, for the phonemizer to transliterate.

use super::code_letters;
use super::foreign_names;
use super::lex::Case;
use super::reader::Reader;
use super::word_sets as sets;
use crate::model::message::message;
use crate::model::reading_options::Foreign;
use crate::model::spoken::Confidence::{self, Doubtful, Likely, Sure, Unknown};
use crate::model::spoken::{Mark, Token};
use crate::text::orthography;
use crate::text::scripts;
use crate::text::transliterate::{self, Trust};

/// How many lexemes back the equals sign of a formula may be.
const FORMULA: usize = 12;

/// The class of Vietnamese words.
pub(super) const PLAIN: &str = "word";

/// Reads any word.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexeme = reader.lexed.get(at)?;
    let text = reader.source_of(lexeme.span);
    if let Some(end) = compound_end(reader, at) {
        verbalize_foreign(reader, at, end, "foreign word", Likely, reader.lexed.source(at, end));
        return Some(end);
    }
    if text == "i" && names_chip(reader, at) {
        reader.verbalize_as(at, at + 1, "letter", Likely, "ai");
    } else if reader.is_vietnamese(at) {
        reader.verbalize_as(at, at + 1, PLAIN, Sure, text);
    } else if let Some(said) = reader.tables.word(reader.lexed.word(at)) {
        reader.verbalize_as(at, at + 1, "foreign word", Sure, said);
    } else if matches!(reader.lexed.word(at), "x" | "×") && stands_between_numbers(reader, at) {
        if reader.lexed.word(at + 2) == "lần" && reader.lexed.digits(at + 1).is_some() {
            reader.mark(at, at + 1, Mark::Comma); // 500mg x 4 lần/ngày
        } else if is_spent(reader, at) {
            reader.verbalize_as(at, at + 1, "times", Likely, "trong"); // nướng 200oC x 12 phút
        } else {
            reader.verbalize_as(at, at + 1, "times", Sure, "nhân");
        }
    } else if text == "x" && is_taken_often(reader, at) {
        reader.mark(at, at + 1, Mark::Comma); // nửa viên x 2 lần/ngày
    } else if text == "x" && is_factor(reader, at) {
        reader.verbalize_as(at, at + 1, "times", Likely, "nhân");
    } else if matches!(text, "x" | "×") && is_between_names(reader, at) {
        reader.verbalize_as(at, at + 1, "sign", Likely, "và");
    } else if !text.chars().any(scripts::is_latin) {
        reader.warn(
            at,
            at + 1,
            message!("{text} is not in Latin script; its script is named", text),
        );
        reader.verbalize_as(at, at + 1, "script", Unknown, "chữ lạ");
    } else if text.chars().nth(1).is_none() {
        let name = code_letters::spelled(reader, at);
        reader.verbalize_as(at, at + 1, "letter", Likely, &name);
    } else if let Some(said) = with_code(reader, at) {
        reader.verbalize_as(at, at + 1, "foreign word", Likely, &said);
    } else if let Some(said) = (text.ends_with('S')
        || !transliterate::is_listed(reader.lexed.word(at)))
    // MasterD has a row of its own; the S of VPBankS is no plural
    .then(|| with_last_letter(text).or_else(|| with_initial(text)))
    .flatten()
    {
        reader.verbalize_as(at, at + 1, "foreign word", Likely, &said);
    } else if transliterate::is_listed(reader.lexed.word(at)) {
        verbalize_foreign(reader, at, at + 1, "foreign word", Likely, text);
    } else {
        verbalize_unknown(reader, at, text);
    }
    Some(at + 1)
}

/// Whether the letter i at `at` is of a chip of Intel, right behind Core or behind another: Core i5, Core i3/i5.
fn names_chip(reader: &Reader<'_>, at: usize) -> bool {
    const REACH: usize = 16;
    let lexed = &reader.lexed;
    let chip = |i: usize| {
        lexed.text(i) == "i" && matches!(lexed.glued_digits(i + 1), Some("3" | "5" | "7" | "9"))
    };
    chip(at) && (at.saturating_sub(REACH)..at).any(|i| lexed.word(i) == "core")
}

/// Whether an x is between degrees and the length of time that they are kept.
fn is_spent(reader: &Reader<'_>, at: usize) -> bool {
    let degrees = reader
        .last_word()
        .is_some_and(|word| word.class == "unit" && reader.said(word).starts_with("độ"));
    degrees
        && reader.lexed.digits(at + 1).is_some()
        && sets::LENGTHS_OF_TIME.has(reader.lexed.word(at + 2))
}

/// Whether an x is between so much of a medicine, told in words, and how often it is taken: nửa viên x 2 lần/ngày.
fn is_taken_often(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let number = at + 1;
    lexed.digits(number).is_some_and(|digits| digits.len() == 1)
        && lexed.word(number + 1) == "lần"
        && at > 0
        && sets::TAKEN_IN.has(lexed.word(at - 1))
}

/// Whether an x is between a number and what is told by letters, in a sum: + 3 x ĐCK.
fn is_factor(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    at > 1
        && !lexed.is_glued(at)
        && !lexed.is_glued(at + 1)
        && lexed.digits(at - 1).is_some()
        && lexed.case(at + 1) == Some(Case::Upper)
        && matches!(lexed.symbol(at - 2), Some('+' | '=' | '('))
}

/// Whether a lone x stands between words of which the next is a name: Adidas x Gucci, Mất kết nối x Nỗi đau.
fn is_between_names(reader: &Reader<'_>, at: usize) -> bool {
    let lexed = &reader.lexed;
    let word = |i: usize| lexed.case(i).is_some() && lexed.text(i).chars().nth(1).is_some();
    at > 0
        && !lexed.is_glued(at)
        && !lexed.is_glued(at + 1)
        && word(at - 1)
        && word(at + 1)
        && lexed.case(at + 1) != Some(Case::Lower)
}

/// VPBankS: a name with one more capital behind it, which is said by its name.
fn with_last_letter(text: &str) -> Option<String> {
    let last = text.char_indices().next_back().filter(|(_, c)| c.is_ascii_uppercase())?.0;
    let name = &text[..last];
    let joined = name.ends_with(|c: char| c.is_ascii_lowercase())
        && transliterate::is_listed(&name.to_lowercase());
    joined.then(|| format!("{name} {}", transliterate::spell_letters(&text[last..])))
}

/// tàuSE10: a syllable with the letters of a code behind it, which a number touches.
fn with_code(reader: &Reader<'_>, at: usize) -> Option<String> {
    const LONGEST: usize = 3;
    let text = reader.lexed.text(at);
    reader.lexed.glued_digits(at + 1)?;
    let (syllable, letters) = text.split_at(text.find(char::is_uppercase)?);
    let code = (2..=LONGEST).contains(&letters.len())
        && letters.bytes().all(|letter| letter.is_ascii_uppercase());
    let joined = syllable.chars().nth(1).is_some() && orthography::parse(syllable).is_some();
    (code && joined).then(|| format!("{syllable} {}", transliterate::spell_letters(letters)))
}

/// HKim, TNguyễn: an initial that touches a name.
fn with_initial(text: &str) -> Option<String> {
    const SHORTEST: usize = 3;
    let (first, name) = text.split_at(text.chars().next()?.len_utf8());
    let mut letters = name.chars();
    let capitals = first.chars().all(char::is_uppercase) && letters.next()?.is_uppercase();
    let joined = capitals
        && letters.all(char::is_lowercase)
        && name.chars().count() >= SHORTEST
        && orthography::parse(&orthography::fold(name)).is_some();
    joined.then(|| format!("{} {name}", transliterate::spell_letters(first)))
}

/// Where a foreign word ends that is written with one hyphen or two and that the pronunciation table
/// has as a whole (check-in, e-commerce); the longest. Not all of its parts are Vietnamese syllables,
/// so that no pair of those (Bắc-Nam) is taken for one.
pub(super) fn compound_end(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let follows = |sign: usize| {
        reader.lexed.glued_symbol(sign) == Some('-')
            && reader.lexed.is_glued(sign + 1)
            && reader.lexed.case(sign + 1).is_some()
    };
    if !follows(at + 1) {
        return None;
    }
    let mut ends = [None, Some(at + 3)];
    if follows(at + 3) {
        ends[0] = Some(at + 5);
    }
    let is_foreign = |end: usize| (at..end).step_by(2).any(|part| !reader.is_vietnamese(part));
    // The s of Pantsir-S is a letter, not that of a plural.
    let is_listed = |end: usize| {
        reader.lexed.word(end - 1) != "s" && transliterate::is_listed(reader.lexed.source(at, end))
    };
    ends.into_iter().flatten().find(|&end| is_foreign(end) && is_listed(end))
}

/// A word that no table knows is left as it is written, to be transliterated: in lower case if it is
/// in capitals, for it is not an initialism, and word by word if words are written together (VnBank,
/// OutlookĐể), but for McGrath.
fn verbalize_unknown(reader: &mut Reader<'_>, at: usize, text: &str) {
    if reader.lexed.case(at) == Some(Case::Upper) {
        let lower = text.to_lowercase();
        let confidence = confidence_in(&lower);
        return verbalize_foreign(reader, at, at + 1, "respelled word", confidence, &lower);
    }
    let mut parts = String::with_capacity(text.len() + 4);
    let mut last_is_small = false;
    for c in text.chars() {
        if c.is_uppercase() && last_is_small && !matches!(parts.as_str(), "Mc" | "Mac") {
            parts.push(' ');
        }
        last_is_small = c.is_lowercase();
        parts.push(c);
    }
    if let Some(said) = foreign_names::with_article(&parts) {
        parts = said;
    }
    verbalize_foreign(reader, at, at + 1, "respelled word", confidence_in(&parts), &parts);
}

/// How sure the reading of words is that no table has: what nobody has judged is not relied on, though its
/// spelling be regular.
fn confidence_in(words: &str) -> Confidence {
    match words.split(' ').map(transliterate::trust).min() {
        Some(Trust::Listed | Trust::Composed) => Likely,
        Some(Trust::Regular) => Doubtful,
        Some(Trust::Guess) | None => Unknown,
    }
}

/// Says a foreign word as the user wants it: as written, in Vietnamese syllables, or by its letters.
pub(super) fn verbalize_foreign(
    reader: &mut Reader<'_>,
    at: usize,
    end: usize,
    class: &'static str,
    confidence: Confidence,
    written: &str,
) {
    match reader.options.foreign {
        Foreign::Keep => reader.verbalize_as(at, end, class, confidence, written),
        Foreign::Transliterate => {
            let parts: Vec<String> = written.split(' ').map(transliterate::transliterate).collect();
            reader.verbalize_as(at, end, class, confidence, &parts.join(" "));
        }
        Foreign::Spell => {
            reader.verbalize_as(at, end, class, confidence, &transliterate::spell_letters(written));
        }
    }
}

fn stands_between_numbers(reader: &Reader<'_>, at: usize) -> bool {
    // kinh nghiệm x2, vàng x3
    let doubled = at > 0
        && !reader.lexed.is_glued(at)
        && reader.lexed.glued_digits(at + 1).is_some_and(|d| d.len() == 1 && d > "1")
        && !reader.lexed.goes_on(at + 2)
        && (sets::DOUBLED.has(reader.lexed.before(at, 1))
            || reader.follows(at, &["kinh", "nghiệm"]));
    if doubled {
        return true;
    }
    // Lãi = gốc x lãi suất; 2 kíp x 8 giờ; 60ml sữa x 8 cữ; 35k/bữa x 26 công
    let apart = !reader.lexed.is_glued(at) && !reader.lexed.is_glued(at + 1);
    let per = reader.lexed.digits(at + 1).is_some()
        && reader.last_tokens(2).any(|t| matches!(t, Token::Word(word) if word.class == "per"));
    if apart && per {
        return true;
    }
    let formula = (at.saturating_sub(FORMULA)..at).any(|i| reader.lexed.symbol(i) == Some('='));
    let counted = reader.lexed.digits(at + 1).is_some()
        && (1..=at.min(3)).any(|back| reader.lexed.digits(at - back).is_some());
    if apart && (formula || counted) {
        return true;
    }
    let after_number = reader
        .last_word()
        .is_some_and(|w| matches!(w.class, "cardinal" | "decimal" | "unit" | "code"));
    let after_bracket = matches!(reader.last_token(), Some(Token::Mark(Mark::CloseBracket, _)));
    // dài x rộng x cao
    let dimension = |at: usize| sets::DIMENSION_WORDS.has(reader.lexed.word(at));
    let dimensions = at > 0 && dimension(at - 1) && dimension(at + 1)
        || apart && after_number && dimension(at + 1) && reader.lexed.digits(at + 2).is_some();
    dimensions || (after_number || after_bracket) && reader.lexed.digits(at + 1).is_some()
}
