//! The user's own readings, which beat every rule.

use super::reader::Reader;
use crate::model::spoken::Confidence::Sure;
use crate::text::lexicon::Entry;

/// Reads what the user's lexicon says of the lexemes from `at` on; the longest form that fits.
pub(super) fn read(reader: &mut Reader<'_>, at: usize) -> Option<usize> {
    let lexicon = reader.lexicon;
    if lexicon.is_empty() {
        return None;
    }
    let lexed = &reader.lexed;
    let word = lexed.word(at);
    let first = if word.is_empty() { lexed.text(at) } else { word };
    let (entry, end) = lexicon.starting_with(first).iter().find_map(|entry| {
        let end = end_of(reader, at, entry)?;
        holds(reader, entry, at, end).then_some((entry, end))
    })?;
    reader.owe(at, end, &entry.lexicon);
    if entry.said.is_empty() {
        reader.pass(at, end, "lexicon");
    } else {
        reader.verbalize_as(at, end, "lexicon", Sure, &entry.said);
    }
    Some(end)
}

/// The index after the lexemes that spell the entry's written form, if they do.
fn end_of(reader: &Reader<'_>, at: usize, entry: &Entry) -> Option<usize> {
    let lexed = &reader.lexed;
    if touches(reader, at) {
        return None;
    }
    let mut rest = entry.folded.as_str();
    let mut end = at;
    while !rest.is_empty() {
        if end > at {
            let spaced = rest.strip_prefix(' ');
            if spaced.is_some() == lexed.is_glued(end) {
                return None;
            }
            rest = spaced.unwrap_or(rest);
        }
        let word = lexed.word(end);
        rest = rest.strip_prefix(if word.is_empty() { lexed.text(end) } else { word })?;
        end += 1;
        if end > lexed.len() {
            return None;
        }
    }
    let same_case = || {
        let letters = |text: &'_ str| -> Vec<bool> {
            text.chars().filter(|c| !c.is_whitespace()).map(char::is_uppercase).collect()
        };
        letters(lexed.source(at, end)) == letters(&entry.written)
    };
    (!touches(reader, end) && (!entry.exact_case || same_case())).then_some(end)
}

/// Whether the lexeme at `at` and the one before it are letters or digits that touch.
fn touches(reader: &Reader<'_>, at: usize) -> bool {
    let is_sign = |at: usize| reader.lexed.symbol(at).is_some();
    at > 0 && reader.lexed.is_glued(at) && !is_sign(at) && !is_sign(at - 1)
}

/// Whether the conditions of an entry hold.
fn holds(reader: &Reader<'_>, entry: &Entry, at: usize, end: usize) -> bool {
    let is_listed = |words: &[String], word: &str| words.iter().any(|listed| listed == word);
    let before = entry.before.is_empty()
        || reader.words_before(at, 3).any(|word| is_listed(&entry.before, word));
    before && (entry.after.is_empty() || is_listed(&entry.after, reader.lexed.text(end)))
}
