//! What the author of a text asks of whoever reads it aloud, at its places in the text.

use super::reader::Reader;
use crate::model::article::Article;
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};
use crate::model::spoken::Confidence::Sure;

/// The class of words that are said because the author asks for them.
const CLASS: &str = "direction";

/// The silence after a label, in milliseconds.
const AFTER_LABEL: u32 = 200;

/// The directions of a block that were not followed yet.
pub(super) struct Directions<'a>(&'a [Direction]);

/// The directions inside a block.
pub(super) fn inside(article: &Article, block: Span) -> Directions<'_> {
    let all = &article.directions;
    let from = all.partition_point(|direction| direction.span.end < block.start);
    let to = all.partition_point(|direction| direction.span.start <= block.end);
    Directions(&all[from.min(to)..to])
}

impl Directions<'_> {
    /// Follows the direction for the lexemes from `at` on, if there is one: gives the index after them.
    pub(super) fn follow(&mut self, reader: &mut Reader<'_>, at: usize) -> Option<usize> {
        let here = reader.lexed.get(at)?.span.start;
        let mut after = at;
        while let Some((direction, rest)) = self.0.split_first() {
            if direction.span.start > here {
                break;
            }
            self.0 = rest;
            let inside = |index: usize| {
                reader.lexed.get(index).is_some_and(|lexeme| lexeme.span.end <= direction.span.end)
            };
            let end = (after..).find(|&index| !inside(index)).unwrap_or(after);
            match &direction.kind {
                DirectionKind::Pause(milliseconds) => reader.pause(*milliseconds, direction.span),
                DirectionKind::Label(said) => {
                    let end = direction.span.end;
                    reader.say(direction.span, CLASS, Sure, said);
                    reader.pause(AFTER_LABEL, Span::new(end, end));
                }
                DirectionKind::Say(said) if end > after => {
                    reader.verbalize_as(after, end, CLASS, Sure, said);
                }
                DirectionKind::Skip | DirectionKind::Hyphen | DirectionKind::Mark
                    if end > after =>
                {
                    reader.pass(after, end, CLASS);
                }
                // There is nothing in the text that it is for.
                _ => {}
            }
            after = end;
        }
        (after > at).then_some(after)
    }

    /// Follows what is left when all lexemes were read: pauses at the end.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        for direction in self.0 {
            if let DirectionKind::Pause(milliseconds) = direction.kind {
                reader.pause(milliseconds, direction.span);
            }
        }
    }
}
