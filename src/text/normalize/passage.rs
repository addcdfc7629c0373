//! Passages in other languages: said as they are written where a voice of their language is there for
//! them, left out if the user wants that, and otherwise read as foreign words are, with a warning.

use super::lex::Kind;
use super::reader::Reader;
use crate::model::diag::Span;
use crate::model::manner::{Manner, MannerKind};
use crate::model::message::message;
use crate::model::reading_options;
use crate::model::spoken::Confidence::Sure;

/// The class of words that are said as they are written.
const CLASS: &str = "passage";

/// A passage that markup names and that has fewer words is a term; nobody is warned of it.
const FEWEST: usize = 5;

/// The passages of an article that were not read yet.
pub(super) struct Passages<'a> {
    later: Vec<(Span, String)>,
    languages: &'a [String],
    skips: bool,
    /// Where the last passage begins that was warned of.
    warned: Option<usize>,
}

impl<'a> Passages<'a> {
    /// The passages among the manners of an article, in the order in which they begin. Those in
    /// `languages` are said as they are written.
    pub(super) fn new(
        manners: &[Manner],
        languages: &'a [String],
        others: reading_options::Passages,
    ) -> Passages<'a> {
        let passage = |manner: &Manner| match &manner.kind {
            MannerKind::Language(language) if language != "vi" => {
                Some((manner.span, language.clone()))
            }
            _ => None,
        };
        let mut later: Vec<_> = manners.iter().filter_map(passage).collect();
        later.reverse();
        let skips = others == reading_options::Passages::Skip;
        Passages { later, languages, skips, warned: None }
    }

    /// Reads the lexemes from `at` on if they are in a passage that is not read as foreign words are:
    /// gives the index after them.
    pub(super) fn read(&mut self, reader: &mut Reader<'_>, at: usize) -> Option<usize> {
        let here = reader.lexed.get(at)?.span;
        while self.later.pop_if(|(span, _)| span.end <= here.start).is_some() {}
        let &(passage, ref language) = self.later.last()?;
        if passage.start > here.start {
            return None;
        }
        let is_known = self.languages.iter().any(|known| known == language);
        let inside = |index: usize| {
            reader.lexed.get(index).is_some_and(|lexeme| lexeme.span.end <= passage.end)
        };
        if is_known {
            return as_written(reader, at, inside(at));
        }
        // A passage is looked through once, however long it is.
        let was_warned = self.warned.replace(passage.start) == Some(passage.start);
        if was_warned && !self.skips {
            return None;
        }
        let end = (at..).find(|&index| !inside(index)).unwrap_or(at).max(at + 1);
        if self.skips {
            reader.warn(
                at,
                end,
                message!("a passage in another language ({language}) is left out", language),
            );
            reader.pass(at, end, CLASS);
            return Some(end);
        }
        let words = reader.lexed.source(at, end).split_whitespace().count();
        if words >= FEWEST {
            let message = message!(
                "a passage of {words} words in another language ({language}) begins here, and is read \
                 as foreign words are; give it a voice of its own, or leave such passages out",
                words,
                language
            );
            reader.warn(at, at + 1, message);
        }
        None
    }
}

/// Says a word as it is written, with all that is joined to it: `don't`, `3.5%`, `e-mail`. Marks around
/// it are read as marks.
fn as_written(reader: &mut Reader<'_>, at: usize, is_inside: bool) -> Option<usize> {
    let is_word = |index: usize| {
        reader.lexed.get(index).is_some_and(|lexeme| match lexeme.kind {
            Kind::Word(_) | Kind::Digits => true,
            Kind::Symbol(c) => c.is_alphanumeric(),
        })
    };
    if !is_inside || !is_word(at) {
        return None;
    }
    let glued = |index: usize| reader.lexed.get(index).is_some_and(|lexeme| lexeme.glued);
    let run = (at + 1..).find(|&index| !glued(index)).unwrap_or(at + 1);
    let end = (at + 1..=run).rev().find(|&end| is_word(end - 1)).unwrap_or(at + 1);
    let written = reader.lexed.source(at, end);
    reader.verbalize_as(at, end, CLASS, Sure, written);
    Some(end)
}
