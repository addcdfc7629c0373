//! `Article`: a text as a reader found it, as blocks, with what it says of itself. What is read aloud
//! of it is decided later, by a [`ReadingPolicy`].

use std::fmt::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use crate::model::block::{Block, BlockKind};
use crate::model::diag::{SourceLine, Span};
use crate::model::digest::Digest;
use crate::model::direction::Direction;
use crate::model::manner::Manner;
use crate::model::message::{Message, message};
use crate::model::metadata::{FrontMatter, Metadata};
use crate::model::place_reading::PlaceReading;
use crate::model::reading_policy::ReadingPolicy;

/// Where an article comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// What messages call it: a file's name, `standard input`, an address.
    pub name: String,
    /// What identifies the bytes that it was read from.
    pub digest: Digest,
}

/// A text as a reader found it: its blocks in order, and what it says of itself. Blocks do not
/// overlap, and everything between them is white space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Where it comes from.
    pub origin: Origin,
    /// The whole text in NFC with `\n` line ends and without a byte order mark. Spans of all later
    /// values index into it.
    pub text: String,
    /// What it says of itself.
    pub metadata: Metadata,
    /// The entries in front of the text, where it opens with such.
    pub front_matter: Option<FrontMatter>,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What its author asks of whoever reads it aloud, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directions: Vec<Direction>,
    /// How stretches of it are to be spoken, in the order in which they begin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manners: Vec<Manner>,
    /// How words are read at their place alone, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<PlaceReading>,
    /// The parts of a book or a bulletin, in order; empty for a single article. They cover all its
    /// blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ArticlePart>,
    /// Whether its parts have nothing to do with one another, as the articles of a bulletin: what each is about,
    /// and what it explains, counts for itself alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_separate_parts: bool,
    /// Which lines of its source its text comes from, in the order of the text, if a reader made it from
    /// markup; empty where its lines are those of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<SourceLine>,
    /// What its reader did to the text that a person should know, as sentences: that a damaged text was
    /// repaired.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Message>,
}

/// A part of an article that was joined from several: a chapter of a book, an article of a bulletin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticlePart {
    /// What messages call it.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it begins in the text.
    pub start: usize,
    /// Where its front matter ends in the text; as `start` if it has none.
    pub front_end: usize,
    /// Its front matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_matter: Option<FrontMatter>,
    /// Whether it is no article, but what is said before the first or after the last.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_frame: bool,
}

impl Article {
    /// One article of several: their texts one after another, each a part. What all of them say alike,
    /// it says too; its title is that of the collection they belong to.
    #[must_use]
    pub fn join(articles: Vec<Article>, origin: Origin) -> Article {
        let mut whole = Article { origin, metadata: common(&articles), ..Article::default() };
        for article in articles {
            let offset = whole.text.len();
            let front_end = offset + article.front_matter.as_ref().map_or(0, |front| front.end);
            let name = article.origin.name;
            let title = article.metadata.title.unwrap_or_else(|| stem(&name).to_owned());
            whole
                .notes
                .extend(article.notes.iter().map(|note| message!("{name}: {note}", name, note)));
            whole.parts.push(ArticlePart {
                name,
                title,
                start: offset,
                front_end,
                front_matter: article.front_matter,
                is_frame: false,
            });
            whole.text.push_str(&article.text);
            if !article.text.ends_with('\n') {
                whole.text.push('\n');
            }
            let blocks = article.blocks.into_iter();
            whole
                .blocks
                .extend(blocks.map(|block| Block { span: block.span.moved(offset), ..block }));
            let directions = article.directions.into_iter();
            whole
                .directions
                .extend(directions.map(|one| Direction { span: one.span.moved(offset), ..one }));
            let lines = article.lines.into_iter();
            whole.lines.extend(lines.map(|line| line.moved(offset)));
            let manners = article.manners.into_iter();
            whole.manners.extend(manners.map(|one| Manner { span: one.span.moved(offset), ..one }));
            let readings = article.readings.into_iter();
            whole
                .readings
                .extend(readings.map(|one| PlaceReading { span: one.span.moved(offset), ..one }));
        }
        whole
    }

    /// The articles among its parts, each with its number from 1 and where it is in the text.
    pub fn items(&self) -> impl Iterator<Item = (u32, &ArticlePart, Span)> {
        let ends = self.parts.iter().skip(1).map(|next| next.start).chain([self.text.len()]);
        let parts = self.parts.iter().zip(ends).filter(|(part, _)| !part.is_frame);
        (1..).zip(parts).map(|(number, (part, end))| (number, part, Span::new(part.start, end)))
    }

    /// The article with only what is in one of its parts, by its number from 0, at the same places of the text.
    #[must_use]
    pub fn part_alone(&self, number: usize) -> Article {
        let start = self.parts.get(number).map_or(0, |part| part.start);
        let end = self.parts.get(number + 1).map_or(self.text.len(), |part| part.start);
        let inside = |span: Span| span.start < end && span.end > start || span.start == start;
        Article {
            text: self.text.clone(),
            parts: self.parts.clone(),
            metadata: self.metadata.clone(),
            blocks: self.blocks.iter().filter(|it| inside(it.span)).cloned().collect(),
            directions: self.directions.iter().filter(|it| inside(it.span)).cloned().collect(),
            manners: self.manners.iter().filter(|it| inside(it.span)).cloned().collect(),
            readings: self.readings.iter().filter(|it| inside(it.span)).cloned().collect(),
            ..Article::default()
        }
    }

    /// The article with its title as a block above its text, if it has a title that stands nowhere in it: so
    /// that whoever hears it among others knows when it begins.
    #[must_use]
    pub fn with_headline(self) -> Article {
        let Some(title) = self.metadata.title.as_deref().filter(|it| !it.trim().is_empty()) else {
            return self;
        };
        let folded =
            |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let first = self.blocks.iter().find(|block| block.kind != BlockKind::Boilerplate);
        let is_there = self.blocks.iter().any(|block| block.kind == BlockKind::Title)
            || first.is_some_and(|block| folded(self.text_of(block)) == folded(title));
        if is_there {
            return self;
        }
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = title.len();
        let reason = "its title, which does not stand in the text";
        let headline = Article {
            text: format!("{title}\n\n"),
            blocks: vec![Block::new(BlockKind::Title, Span::new(0, end), reason)],
            ..Article::default()
        };
        let by = headline.text.len();
        let lines = if self.lines.is_empty() { self.own_lines() } else { self.lines.clone() };
        let front_matter = self.front_matter.clone();
        let front_matter = front_matter.map(|front| FrontMatter { end: front.end + by, ..front });
        let (origin, metadata, notes) =
            (self.origin.clone(), self.metadata.clone(), self.notes.clone());
        let joined = Article::join(vec![headline, Article { lines, ..self }], Origin::default());
        let lines = joined.lines.into_iter();
        let above = SourceLine { offset: 0, line: 1 };
        let lines = std::iter::once(above).chain(lines).collect();
        Article { origin, metadata, notes, front_matter, lines, parts: Vec::new(), ..joined }
    }

    /// The lines of a text that are those of its source.
    fn own_lines(&self) -> Vec<SourceLine> {
        let starts = self.text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).zip(1..);
        lines.map(|(offset, line)| SourceLine { offset, line }).collect()
    }

    /// Which of the parts a place in the text is in, if the article has parts.
    #[must_use]
    pub fn part_index(&self, offset: usize) -> Option<usize> {
        self.parts.partition_point(|part| part.start <= offset).checked_sub(1)
    }

    /// The part that a place in the text is in, if the article has parts.
    #[must_use]
    pub fn part_at(&self, offset: usize) -> Option<&ArticlePart> {
        self.parts.get(self.part_index(offset)?)
    }

    /// The text of a block.
    #[must_use]
    pub fn text_of(&self, block: &Block) -> &str {
        block.span.of(&self.text)
    }

    /// The text of a block on one line.
    #[must_use]
    pub fn line_of(&self, block: &Block) -> String {
        self.text_of(block).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The text of a heading on one line. A number of a part on a line of its own has a colon after it:
    /// `Chương 1: Đêm trăng`.
    #[must_use]
    pub fn heading_of(&self, block: &Block) -> String {
        let mut heading = String::new();
        for line in self.text_of(block).lines().map(str::trim).filter(|line| !line.is_empty()) {
            let is_number = |word: &str| {
                word.bytes().all(|b| b.is_ascii_digit())
                    || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
            };
            let last = heading.trim_end_matches(['.', ':']).rsplit(' ').next().unwrap_or_default();
            if !heading.is_empty() {
                heading.push_str(if !last.is_empty() && is_number(last) { ": " } else { " " });
            }
            heading.extend(line.split_whitespace().flat_map(|word| [word, " "]));
            heading.truncate(heading.trim_end().len());
        }
        heading
    }

    /// Whether a block is read aloud: as a person chose, or else under a policy. A front matter never
    /// is, except a title in it.
    #[must_use]
    pub fn is_read(&self, block: &Block, policy: &ReadingPolicy) -> bool {
        let is_wanted = || block.choice.unwrap_or_else(|| policy.reads(block.kind));
        !self.is_front_matter(block) && is_wanted()
    }

    /// Whether a block is front matter, and no title.
    #[must_use]
    pub fn is_front_matter(&self, block: &Block) -> bool {
        let single = self.front_matter.as_ref().map_or(0, |front| front.end);
        let front = self.part_at(block.span.start).map_or(single, |part| part.front_end);
        block.kind == BlockKind::Boilerplate && block.span.end <= front
    }

    /// The blocks that are read under a policy, in order.
    pub fn read<'a>(&'a self, policy: &'a ReadingPolicy) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(|block| self.is_read(block, policy))
    }

    /// One line for each block, separated by tabs: kind, `read` or `skip` under a policy, reason, text
    /// (line ends shown as `⏎`).
    #[must_use]
    pub fn listing(&self, policy: &ReadingPolicy) -> String {
        let mut lines = String::new();
        for block in &self.blocks {
            let read = if self.is_read(block, policy) { "read" } else { "skip" };
            let text = self.text_of(block).replace('\n', "⏎");
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{}\t{read}\t{}\t{text}", block.kind, block.reason);
        }
        lines
    }
}

/// What all of these articles say alike. The title is that of the collection they belong to.
fn common(articles: &[Article]) -> Metadata {
    let all = || articles.iter().map(|article| &article.metadata);
    let Some(first) = all().next() else { return Metadata::default() };
    let alike = |value: fn(&Metadata) -> &Option<String>| {
        value(first).clone().filter(|_| all().all(|other| value(other) == value(first)))
    };
    let authors = || all().all(|other| other.authors == first.authors);
    Metadata {
        title: alike(|metadata| &metadata.collection),
        authors: if authors() { first.authors.clone() } else { Vec::new() },
        date: first.date.filter(|_| all().all(|other| other.date == first.date)),
        language: alike(|metadata| &metadata.language),
        section: alike(|metadata| &metadata.section),
        description: alike(|metadata| &metadata.description),
        cover: alike(|metadata| &metadata.cover),
        address: None,
        collection: None,
    }
}

/// The name of a file without its folder and its ending.
fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::block::BlockKind;
    use crate::model::diag::Span;

    fn article(name: &str, text: &str, title: Option<&str>) -> Article {
        let metadata = Metadata {
            title: title.map(str::to_owned),
            authors: vec!["Lan".to_owned()],
            collection: Some("Sách".to_owned()),
            ..Metadata::default()
        };
        let origin = Origin { name: name.to_owned(), ..Origin::default() };
        let blocks = vec![Block::new(BlockKind::Paragraph, Span::new(0, text.len()), "a test")];
        Article { origin, text: text.to_owned(), metadata, blocks, ..Article::default() }
    }

    #[test]
    fn a_part_alone_is_at_its_places() {
        let parts = vec![article("a.txt", "Một.", None), article("b.txt", "Hai.\n", Some("B"))];
        let whole = Article::join(parts, Origin::default());
        for (number, text) in [(0, "Một."), (1, "Hai.\n")] {
            let alone = whole.part_alone(number);
            let texts: Vec<_> = alone.blocks.iter().map(|block| alone.text_of(block)).collect();
            assert_eq!(texts, [text]);
        }
    }

    #[test]
    fn a_title_that_stands_nowhere_is_put_above_the_text() {
        let headed = article("a.txt", "Một.\nHai.\n", Some("Tin  vui")).with_headline();
        assert_eq!(headed.text, "Tin vui\n\nMột.\nHai.\n");
        let kinds: Vec<_> = headed.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [BlockKind::Title, BlockKind::Paragraph]);
        let lines: Vec<_> = headed.lines.iter().map(|line| (line.offset, line.line)).collect();
        assert_eq!(lines, [(0, 1), (9, 1), (16, 2), (21, 3)]);
        assert_eq!((headed.origin.name.as_str(), headed.parts.len()), ("a.txt", 0));
        assert_eq!(headed.clone().with_headline(), headed);
        let same = article("a.txt", "Tin vui", Some("TIN VUI"));
        assert_eq!(same.clone().with_headline(), same);
        let none = article("a.txt", "Một.", None);
        assert_eq!(none.clone().with_headline(), none);
    }

    #[test]
    fn joined_articles_keep_their_places_and_names() {
        let parts =
            vec![article("a/chuong-1.txt", "Một.", None), article("b.txt", "Hai.\n", Some("B"))];
        let whole = Article::join(parts, Origin::default());
        assert_eq!(whole.text, "Một.\nHai.\n");
        let texts: Vec<_> = whole.blocks.iter().map(|block| whole.text_of(block)).collect();
        assert_eq!(texts, ["Một.", "Hai.\n"]);
        let parts: Vec<_> = whole.parts.iter().map(|part| (&*part.title, part.start)).collect();
        assert_eq!(parts, [("chuong-1", 0), ("B", 7)]);
        assert_eq!(whole.part_at(6).unwrap().name, "a/chuong-1.txt");
        assert_eq!(whole.part_at(7).unwrap().name, "b.txt");
        assert_eq!(whole.metadata.title.as_deref(), Some("Sách"));
        assert_eq!(whole.metadata.authors, ["Lan"]);
    }
}
