//! Which of its senses an abbreviation has: the conditions of a row of `tables/abbreviations.tsv`
//! on the words around.

use super::definitions::Definitions;
use super::initials;
use super::lex::{Case, Lexed};
use super::reader::Reader;
use super::senses::Senses;
use super::tables::Abbreviation;
use crate::model::article::Article;
use crate::model::reading_options::Options;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::spoken::SpokenText;
use crate::text::lexicon::Lexicon;

/// Stands for any number among the words beside an abbreviation: SN 1960, 2PN.
const ANY_NUMBER: &str = "#";

/// Stands for a number of up to three digits: ĐT.741.
const SHORT_NUMBER: &str = "#3";

/// Stands for a number of three digits or four: P.302.
const LONG_NUMBER: &str = "##";

/// Stands for a number that begins with zero: ĐT 0912.
const LEADING_ZERO: &str = "#0";

/// Stands for a number that touches the abbreviation: GĐ2.
const GLUED_NUMBER: &str = "#g";

/// Stands for the start of a plate, two digits and letters: BKS 47B.
const PLATE: &str = "#A";

/// Stands for a day and its month, or a time of the day: CN 17/8, CN 7:30.
const DATE: &str = "#/";

/// Stands for a bracket that opens after a number: ngày 17/8 (CN).
const BRACKET_OF_NUMBER: &str = "#(";

/// Stands for a word with a capital: TS Nguyễn Hương.
const CAPITAL: &str = "Aa";

/// Stands for a word with a capital that is no syllable of Vietnamese: TT Recep Erdogan.
const FOREIGN: &str = "Ax";

/// Stands for nothing but the end of an article: its author signs so.
const SIGNS: &str = "@";

/// Before a word that is near, not right beside: so many words away at most.
const NEAR: char = '~';
const NEAR_REACH: usize = 8;

/// Before a word that is right before.
const BESIDE: char = '=';

/// A word without a sign is among so many words before.
const REACH: usize = 3;

/// One sense for an article: what the neighbours of an abbreviation tell of it wherever they tell
/// anything (Gale, Church and Yarowsky 1992).
pub(super) fn of_article(
    article: &Article,
    parts: &ReadingPolicy,
    options: Options,
    definitions: &Definitions<'_>,
) -> Senses {
    let lexicon = Lexicon::default();
    let mut unread = SpokenText::default();
    let mut senses = Senses::default();
    for block in article.read(parts) {
        let lexed = Lexed::new(&article.text, block.span);
        let reader = Reader::new(lexed, options, &lexicon, definitions, &mut unread);
        for at in 0..reader.lexed.len() {
            let Some((row, _)) = row_at(&reader, at).filter(|(row, _)| !row.is_usual()) else {
                continue;
            };
            senses.tell(row.written, row.expansion);
        }
    }
    senses
}

/// Whether a number right after belongs to the abbreviation.
pub(super) fn takes_number(row: &Abbreviation) -> bool {
    const NUMBERS: [&str; 5] = [ANY_NUMBER, SHORT_NUMBER, LONG_NUMBER, LEADING_ZERO, GLUED_NUMBER];
    row.after.iter().any(|word| NUMBERS.contains(word))
}

/// The row that reads what is at `at`, and where it ends: the longest written form, and the first of
/// its rows whose conditions hold.
pub(super) fn row_at(reader: &Reader<'_>, at: usize) -> Option<(&'static Abbreviation, usize)> {
    let candidates = reader.tables.abbreviations(reader.lexed.text(at));
    if candidates.is_empty() {
        return None;
    }
    let before = Before {
        at,
        near: words_before(reader, at).take(NEAR_REACH).collect(),
        clause: reader.words_before(at, REACH).collect(),
    };
    let rest = reader.lexed.rest(at);
    candidates.iter().find_map(|row| {
        let length = length_of(row.written, rest)?;
        let boundary = !rest[length..].starts_with(char::is_alphabetic);
        let end = reader.lexed.after(at, length)?;
        let holds = (row.before.is_empty() || holds_before(reader, row, &before))
            && (row.after.is_empty() || holds_after(reader, row, end));
        (boundary && holds).then_some((row, end))
    })
}

/// Whether a word that another sense of an abbreviation asks for is near, though not where it asks: what
/// speaks for that sense is weak, but it is more than nothing.
pub(super) fn has_rival_near(
    reader: &Reader<'_>,
    row: &Abbreviation,
    at: usize,
    end: usize,
) -> bool {
    let before: Vec<&str> = words_before(reader, at).take(NEAR_REACH).collect();
    let after: Vec<&str> = words_after(reader, end).take(NEAR_REACH).collect();
    let is_near = |condition: &&str| {
        let words = condition.trim_start_matches([BESIDE, NEAR]).to_lowercase();
        let phrase = words.split(' ');
        words.contains(char::is_alphabetic)
            && (contains(&before, phrase.clone().rev()) || contains(&after, phrase))
    };
    let rows = reader.tables.abbreviations(reader.lexed.text(at)).iter();
    let rivals =
        rows.filter(|other| other.written == row.written && other.expansion != row.expansion);
    rivals.flat_map(|rival| rival.before.iter().chain(&rival.after)).any(is_near)
}

/// How many bytes of a text an abbreviation takes that it begins with; there may be a space on either side
/// of an ampersand: LĐTB & XH.
fn length_of(written: &str, text: &str) -> Option<usize> {
    let mut rest = text;
    for (index, part) in written.split('&').enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('&')?;
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        rest = rest.strip_prefix(part)?;
    }
    Some(text.len() - rest.len())
}

/// The words before an abbreviation, the nearest first.
struct Before<'r> {
    at: usize,
    near: Vec<&'r str>,
    clause: Vec<&'r str>,
}

fn holds_before(reader: &Reader<'_>, row: &Abbreviation, before: &Before<'_>) -> bool {
    let Before { at, near, clause } = before;
    let at = *at;
    row.before.iter().any(|&condition| match condition {
        SIGNS => initials::is_signature(reader, at),
        ANY_NUMBER => at.checked_sub(1).is_some_and(|i| reader.lexed.digits(i).is_some()),
        BRACKET_OF_NUMBER => {
            at > 1
                && reader.lexed.symbol(at - 1) == Some('(')
                && reader.lexed.digits(at - 2).is_some()
        }
        _ => match (condition.strip_prefix(BESIDE), condition.strip_prefix(NEAR)) {
            (Some(words), _) => is_beside(reader, at, words),
            (_, Some(words)) => contains(near, words.split(' ').rev()),
            _ => contains(clause, condition.split(' ').rev()),
        },
    })
}

fn holds_after(reader: &Reader<'_>, row: &Abbreviation, end: usize) -> bool {
    let end = end + usize::from(row.stop && reader.lexed.glued_symbol(end) == Some('.'));
    let number = reader.lexed.digits(end);
    let near: Vec<&str> = words_after(reader, end).take(NEAR_REACH).collect();
    row.after.iter().any(|&condition| match condition {
        ANY_NUMBER => number.is_some(),
        SHORT_NUMBER => number.is_some_and(|n| n.len() <= 3 && !n.starts_with('0')),
        GLUED_NUMBER => reader.lexed.glued_digits(end).is_some(),
        PLATE => begins_plate(reader, end),
        DATE => begins_date(reader, end),
        CAPITAL => reader.lexed.case(end) == Some(Case::Capital),
        FOREIGN => reader.lexed.case(end) == Some(Case::Capital) && !reader.lexed.is_syllable(end),
        LEADING_ZERO => number.is_some_and(|n| n.starts_with('0')),
        LONG_NUMBER => number.is_some_and(|n| matches!(n.len(), 3 | 4)),
        _ => match condition.strip_prefix(NEAR) {
            Some(words) => contains(&near, words.split(' ')),
            None => {
                condition.split(' ').enumerate().all(|(i, word)| is_word(reader, end + i, word))
            }
        },
    })
}

/// Whether a plate begins at an index, perhaps after a colon: two digits and a letter or two.
fn begins_plate(reader: &Reader<'_>, at: usize) -> bool {
    let at = at + usize::from(reader.lexed.symbol(at) == Some(':'));
    let series = at + 1 + usize::from(reader.lexed.glued_symbol(at + 1) == Some('-'));
    reader.lexed.digits(at).is_some_and(|digits| digits.len() == 2)
        && reader.lexed.is_glued(series)
        && reader.lexed.case(series) == Some(Case::Upper)
        && reader.lexed.text(series).chars().count() <= 2
}

/// Whether a day and its month are at an index, perhaps after a bracket or a comma.
fn begins_date(reader: &Reader<'_>, at: usize) -> bool {
    let at = at + usize::from(matches!(reader.lexed.symbol(at), Some('(' | ',')));
    let short = |digits: &str| digits.len() <= 2;
    let lexed = &reader.lexed;
    let minutes = || lexed.glued_digits(at + 2).is_some_and(|minutes| minutes.len() == 2);
    let sign = lexed.glued_symbol(at + 1);
    let day = sign == Some('/') && lexed.glued_digits(at + 2).is_some_and(short);
    let clock = (sign == Some(':') || matches!(lexed.text(at + 1), "h" | "g")) && minutes();
    lexed.digits(at).is_some_and(short) && (day || clock)
}

/// Whether a word is at an index as it is written, or in capitals.
fn is_word(reader: &Reader<'_>, at: usize, word: &str) -> bool {
    let text = reader.lexed.text(at);
    text == word
        || reader.lexed.case(at) == Some(Case::Upper)
            && text.chars().count() > 1
            && word.to_uppercase() == text
}

/// Whether the words right before are these; a colon or a quotation mark may be between (Lưu: VT).
fn is_beside(reader: &Reader<'_>, at: usize, words: &str) -> bool {
    let mark = at.checked_sub(1).and_then(|i| reader.lexed.symbol(i));
    let at = at - usize::from(matches!(mark, Some(':' | '"' | '“')));
    words.split(' ').rev().enumerate().all(|(i, word)| reader.lexed.before(at, i + 1) == word)
}

/// Whether `words` stand side by side in `text`.
fn contains<'a>(text: &[&str], words: impl Iterator<Item = &'a str> + Clone) -> bool {
    (0..text.len()).any(|start| {
        let mut rest = text[start..].iter();
        words.clone().all(|word| rest.next() == Some(&word))
    })
}

/// The words before in the sentence, the nearest first.
fn words_before<'r>(reader: &'r Reader<'_>, at: usize) -> impl Iterator<Item = &'r str> {
    (at.saturating_sub(4 * NEAR_REACH)..at)
        .rev()
        .take_while(move |&i| !ends_sentence(reader, i))
        .map(move |i| reader.lexed.word(i))
        .filter(|word| !word.is_empty())
}

/// The words after in the sentence.
fn words_after<'r>(reader: &'r Reader<'_>, at: usize) -> impl Iterator<Item = &'r str> {
    (at..at + 4 * NEAR_REACH)
        .take_while(move |&i| i < reader.lexed.len() && !ends_sentence(reader, i))
        .map(move |i| reader.lexed.word(i))
        .filter(|word| !word.is_empty())
}

fn ends_sentence(reader: &Reader<'_>, at: usize) -> bool {
    match reader.lexed.symbol(at) {
        Some('.') => !reader.lexed.is_glued(at + 1), // not in TP.HCM
        symbol => matches!(symbol, Some(';' | '!' | '?')),
    }
}
