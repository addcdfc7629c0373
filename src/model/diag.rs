//! Diagnostics: where something is in the source, and what is doubtful about it.

use crate::model::message::Message;
use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into [`Article::text`](crate::model::article::Article::text), on
/// character boundaries.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`; `start <= end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// The text it covers.
    #[must_use]
    pub fn of(self, source: &str) -> &str {
        &source[self.start..self.end]
    }

    /// The span so many bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Line and column of an offset, both counted from 1, the column in characters.
#[must_use]
pub fn line_column(source: &str, offset: usize) -> (usize, usize) {
    Places::new(source).at(offset)
}

/// Finds the lines and columns of many offsets. Offsets in ascending order cost one walk over the text
/// in all.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a str,
    offset: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    /// For the offsets of a text.
    #[must_use]
    pub fn new(source: &'a str) -> Places<'a> {
        Places { source, offset: 0, line: 1, column: 1 }
    }

    /// Line and column of an offset, both counted from 1, the column in characters.
    pub fn at(&mut self, offset: usize) -> (usize, usize) {
        if offset < self.offset {
            *self = Places::new(self.source);
        }
        for c in self.source[self.offset..offset].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.offset = offset;
        (self.line, self.column)
    }
}

/// From an offset of an article's text on, the text is that of a line of its source. Readers of markup
/// note them; the text of plain sources has the lines of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// Where the text of the line begins.
    pub offset: usize,
    /// The line, from 1; of a word processor's document the paragraph.
    pub line: usize,
}

impl SourceLine {
    /// The same line for a text that begins so many bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> SourceLine {
        SourceLine { offset: self.offset + by, ..self }
    }
}

/// Something the reader of the output should know: the work continued, but a choice was doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What is doubtful, as a full sentence.
    pub message: Message,
    /// The text it is about, where it is about a place.
    pub span: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_and_column_count_characters_from_one() {
        assert_eq!(line_column("bão\ngió", 0), (1, 1));
        assert_eq!(line_column("bão\ngió", "bão\ngi".len()), (2, 3));
        let mut places = Places::new("bão\ngió");
        assert_eq!(places.at("bão\n".len()), (2, 1));
        assert_eq!(places.at("bão\ngi".len()), (2, 3));
        assert_eq!(places.at("b".len()), (1, 2));
    }
}
