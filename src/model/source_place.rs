//! `SourcePlaces`: where in its source a person finds what is at an offset of an article's text.

use std::fmt;

use serde::Serialize;

use crate::model::article::Article;
use crate::model::diag::Places;

/// A place in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SourcePlace<'a> {
    /// The part of a joined article; lines count from its start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<&'a str>,
    /// The line, from 1; of a word processor's document the paragraph.
    pub line: usize,
    /// The column, in characters from 1; `None` where a reader made the line from markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// As `12:5`, or `12` without a column.
impl fmt::Display for SourcePlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.line)?;
        self.column.map_or(Ok(()), |column| write!(f, ":{column}"))
    }
}

/// Finds the places of many offsets. Offsets in ascending order cost one walk over the text in all.
#[derive(Debug)]
pub struct SourcePlaces<'a> {
    article: &'a Article,
    text: Places<'a>,
    /// The part that the last offset was in, and the line of the text on which it begins.
    part: Option<(usize, usize)>,
}

impl<'a> SourcePlaces<'a> {
    /// For the offsets of an article's text.
    #[must_use]
    pub fn of(article: &'a Article) -> SourcePlaces<'a> {
        SourcePlaces { article, text: Places::new(&article.text), part: None }
    }

    /// The place of an offset of the text.
    pub fn at(&mut self, offset: usize) -> SourcePlace<'a> {
        let part = self.article.part_index(offset).map(|index| (index, &self.article.parts[index]));
        let name = part.map(|(_, part)| &*part.name);
        let start = part.map_or(0, |(_, part)| part.start);
        if let Some(line) = self.noted(start, offset) {
            return SourcePlace { part: name, line, column: None };
        }
        let above = match (part, self.part) {
            (None, _) => 0,
            (Some((index, _)), Some((last, line))) if last == index => line - 1,
            (Some((index, _)), _) => {
                let (line, _) = self.text.at(start);
                self.part = Some((index, line));
                line - 1
            }
        };
        let (line, column) = self.text.at(offset);
        SourcePlace { part: name, line: line - above, column: Some(column) }
    }

    /// The line that a reader noted for an offset in a part that begins at `start`.
    fn noted(&self, start: usize, offset: usize) -> Option<usize> {
        let lines = &self.article.lines;
        let after = lines.partition_point(|line| line.offset <= offset);
        let last = lines.get(after.checked_sub(1)?)?;
        (last.offset >= start).then_some(last.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::ArticlePart;
    use crate::model::diag::SourceLine;

    fn part(name: &str, start: usize) -> ArticlePart {
        ArticlePart {
            name: name.to_owned(),
            title: name.to_owned(),
            start,
            front_end: start,
            ..ArticlePart::default()
        }
    }

    #[test]
    fn a_plain_text_has_its_own_lines() {
        let article = Article { text: "mưa\nto gió\n".to_owned(), ..Article::default() };
        let mut places = SourcePlaces::of(&article);
        let place = places.at("mưa\nto ".len());
        assert_eq!(place, SourcePlace { part: None, line: 2, column: Some(4) });
        assert_eq!(place.to_string(), "2:4");
    }

    #[test]
    fn a_part_has_the_lines_that_its_reader_noted_or_counts_its_own() {
        let article = Article {
            text: "a\nb\nc\nd\n".to_owned(),
            parts: vec![part("x.txt", 0), part("y.html", 4)],
            lines: vec![SourceLine { offset: 4, line: 30 }, SourceLine { offset: 6, line: 41 }],
            ..Article::default()
        };
        let mut places = SourcePlaces::of(&article);
        let found: Vec<_> = [0, 2, 4, 5, 6, 2].map(|offset| places.at(offset)).into();
        let shown: Vec<_> =
            found.iter().map(|place| format!("{} {place}", place.part.unwrap_or(""))).collect();
        assert_eq!(
            shown,
            ["x.txt 1:1", "x.txt 2:1", "y.html 30", "y.html 30", "y.html 41", "x.txt 2:1"]
        );
    }
}
