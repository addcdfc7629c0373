//! Builds the text of an article block by block, for readers of formats that say what each part is.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use super::decode;
use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::{SourceLine, Span};
use crate::model::direction::{Direction, DirectionKind};
use crate::model::manner::Manner;

/// An article as a reader finds it in a structured source. Text is added piece by piece; white space is
/// collapsed as browsers do, and every block begins on a line of its own, after a blank line.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    blocks: Vec<Block>,
    /// The block that is being filled, and where it begins in the text.
    open: Option<(BlockKind, &'static str, usize)>,
    /// Whether white space came after the last character of the open block.
    is_spaced: bool,
    /// Bytes of the open block that are in links, in links into the page, bold, and italic.
    styled: [usize; 4],
    /// What is known of the place of the open block.
    place: Place,
    looks: Vec<Look>,
    directions: Vec<Direction>,
    manners: Vec<Manner>,
    /// The line of the source that is being read, if its reader says.
    line: Option<usize>,
    lines: Vec<SourceLine>,
}

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub is_link: bool,
    /// A link to a place in the same document.
    pub is_jump: bool,
    pub is_bold: bool,
    pub is_italic: bool,
}

/// Where a block is on its page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Whether it is set in the middle of the line.
    pub is_centered: bool,
    /// Whether a picture is right before it.
    pub is_under_picture: bool,
}

/// How a block looks: its style is that of (nearly) all its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub style: Style,
    pub place: Place,
}

/// A block is bold or italic if this share of its bytes is.
const NEARLY_ALL: f64 = 0.9;

/// A block is a link if this share of its bytes is: a date or a count may stand beside it.
const MOSTLY: f64 = 0.7;

impl Builder {
    /// Text of this kind follows, in a block of its own.
    pub(super) fn open(&mut self, kind: BlockKind, reason: &'static str) {
        self.close();
        self.styled = [0; 4];
        self.place = Place::default();
        self.open = Some((kind, reason, self.text.len()));
    }

    /// Whether a block is being filled, though it may be empty still.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The text of the block that is being filled.
    pub(super) fn current(&self) -> &str {
        self.open.map_or("", |(_, _, start)| &self.text[start..])
    }

    /// Adds text to the open block. Without one it is lost, so open one first.
    pub(super) fn push(&mut self, text: &str) {
        let Some((_, _, start)) = self.open else { return };
        self.note_line(text);
        for c in text.chars().filter_map(decode::cleaned) {
            if c.is_whitespace() {
                self.is_spaced = true;
                continue;
            }
            let is_inside = self.text.len() > start && !self.text.ends_with('\n');
            if self.is_spaced && is_inside {
                self.text.push(' ');
            }
            self.is_spaced = false;
            self.text.push(c);
        }
    }

    /// Text that follows is of this line of the source.
    pub(super) fn at_line(&mut self, line: usize) {
        self.line = Some(line);
    }

    /// Notes which line of the source a text is of, if it is another than that of the text before.
    fn note_line(&mut self, text: &str) {
        let last = self.lines.last().map(|last| last.line);
        if let Some(line) = self.line.filter(|_| self.line != last && !text.trim().is_empty()) {
            self.lines.push(SourceLine { offset: self.text.len(), line });
        }
    }

    /// Says where the open block is on its page.
    pub(super) fn place(&mut self, place: Place) {
        self.place = place;
    }

    /// Adds text that looks so to the open block.
    pub(super) fn push_styled(&mut self, text: &str, style: Style) {
        let before = self.text.len();
        self.push(text);
        let added = self.text.len() - before;
        let has = [style.is_link, style.is_jump, style.is_bold, style.is_italic];
        for (bytes, has) in self.styled.iter_mut().zip(has) {
            *bytes += if has { added } else { 0 };
        }
    }

    /// How much text there is so far, in bytes.
    pub(super) fn position(&self) -> usize {
        self.text.len()
    }

    /// What is asked for the text from a position on up to its end so far.
    pub(super) fn direct(&mut self, from: usize, kind: DirectionKind) {
        self.directions.push(Direction { span: self.since(from), kind });
    }

    /// The stretch from a position on up to the end of the text so far. The text of a block may have
    /// become shorter since, when it was ended.
    pub(super) fn since(&self, from: usize) -> Span {
        Span::new(self.text.floor_char_boundary(from), self.text.len())
    }

    /// How a stretch is to be spoken.
    pub(super) fn speak(&mut self, manner: Manner) {
        self.manners.push(manner);
    }

    /// Ends the line inside the open block.
    pub(super) fn line_break(&mut self) {
        if let Some((_, _, start)) = self.open {
            if self.text.len() > start && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            self.is_spaced = false;
        }
    }

    /// Ends the open block. One without text leaves nothing.
    pub(super) fn close(&mut self) {
        let Some((kind, reason, start)) = self.open.take() else { return };
        self.is_spaced = false;
        let end = start + self.text[start..].trim_end().len();
        self.text.truncate(end);
        if end > start {
            let [linked, jumps, bold, italic] = self.styled;
            let is = |bytes: usize, share: f64| bytes as f64 >= share * (end - start) as f64;
            let style = Style {
                is_link: is(linked, MOSTLY),
                is_jump: is(jumps, MOSTLY),
                is_bold: is(bold, NEARLY_ALL),
                is_italic: is(italic, NEARLY_ALL),
            };
            self.looks.push(Look { style, place: self.place });
            self.compose(start);
            self.blocks.push(Block::new(kind, Span::new(start, self.text.len()), reason));
            self.text.push_str("\n\n");
        }
    }

    /// Puts the text from a position on into NFC. It is done for whole blocks, because an element may
    /// end between a letter and its marks. What is asked for a place between them is asked before them.
    fn compose(&mut self, start: usize) {
        if is_nfc(&self.text[start..]) {
            return;
        }
        let parts = self.text.split_off(start);
        // Where each letter began, and where it begins now.
        let mut places = Vec::new();
        let mut chars = parts.char_indices().peekable();
        while let Some((from, _)) = chars.next() {
            places.push((start + from, self.text.len()));
            while chars.next_if(|(_, c)| !begins_letter(*c)).is_some() {}
            let to = chars.peek().map_or(parts.len(), |(at, _)| *at);
            self.text.extend(parts[from..to].nfc());
        }
        places.push((start + parts.len(), self.text.len()));
        let moved = |at: usize| {
            let after = places.partition_point(|(from, _)| *from <= at);
            after.checked_sub(1).map_or(at, |letter| places[letter].1)
        };
        let directions = self.directions.iter_mut().rev().map(|direction| &mut direction.span);
        let manners = self.manners.iter_mut().rev().map(|manner| &mut manner.span);
        let inside = |span: &&mut Span| span.end > start;
        for span in directions.take_while(inside).chain(manners.take_while(inside)) {
            *span = Span::new(moved(span.start), moved(span.end));
        }
        let lines = self.lines.iter_mut().rev().take_while(|line| line.offset > start);
        lines.for_each(|line| line.offset = moved(line.offset));
    }

    /// A whole block.
    pub(super) fn block(&mut self, kind: BlockKind, reason: &'static str, text: &str) {
        self.open(kind, reason);
        self.push(text);
        self.close();
    }

    /// Adds all that another builder holds.
    pub(super) fn append(&mut self, other: Builder) {
        self.close();
        let offset = self.text.len();
        let (article, looks) = other.finish_with_looks();
        self.text.push_str(&article.text);
        self.text.push('\n');
        self.looks.extend(looks);
        let directions = article.directions.into_iter();
        self.directions
            .extend(directions.map(|one| Direction { span: one.span.moved(offset), ..one }));
        let lines = article.lines.into_iter();
        self.lines.extend(lines.map(|line| line.moved(offset)));
        let manners = article.manners.into_iter();
        self.manners.extend(manners.map(|one| Manner { span: one.span.moved(offset), ..one }));
        let blocks = article.blocks.into_iter();
        self.blocks.extend(blocks.map(|one| Block { span: one.span.moved(offset), ..one }));
    }

    /// Whether its first block is of this kind.
    pub(super) fn opens_with(&self, kind: BlockKind) -> bool {
        self.blocks.first().is_some_and(|block| block.kind == kind)
    }

    /// The texts of the blocks so far, the open one ended.
    pub(super) fn texts(&mut self) -> impl Iterator<Item = &str> {
        self.close();
        self.blocks.iter().map(|block| block.span.of(&self.text))
    }

    /// The article, without metadata.
    pub(super) fn finish(self) -> Article {
        self.finish_with_looks().0
    }

    /// The article, and how each of its blocks looks.
    pub(super) fn finish_with_looks(mut self) -> (Article, Vec<Look>) {
        self.close();
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let end = self.text.len();
        let directions = self.directions.iter_mut().map(|direction| &mut direction.span);
        for span in directions.chain(self.manners.iter_mut().map(|manner| &mut manner.span)) {
            *span = Span::new(span.start.min(end), span.end.min(end));
        }
        let Builder { text, blocks, directions, manners, lines, .. } = self;
        let article = Article { text, blocks, directions, manners, lines, ..Article::default() };
        (article, self.looks)
    }
}

/// Whether a character never becomes one with what stands before it (UAX #15, 9.1).
fn begins_letter(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick([c].into_iter()) == IsNormalized::Yes
}

/// A text whose entities (`&agrave;`, `&#225;`) are decoded.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('&') && text.contains(';') {
        html_escape::decode_html_entities(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// A text on one line, as a builder would keep it.
pub(super) fn line(text: &str) -> String {
    let mut builder = Builder::default();
    builder.open(BlockKind::Paragraph, "");
    builder.push(text);
    builder.current().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_collapsed_and_composed() {
        let mut builder = Builder::default();
        builder.push("lost: no block is open");
        builder.open(BlockKind::Paragraph, "p");
        builder.push("  Ha\n\t ");
        builder.push("No");
        builder.push("\u{302}\u{323}i\u{200B}");
        builder.line_break();
        builder.line_break();
        builder.push(" mu\u{31B}a ");
        builder.open(BlockKind::List, "li");
        builder.push(" ");
        builder.block(BlockKind::Quote, "q", "một hai");
        let article = builder.finish();
        assert_eq!(article.text, "Ha Nội\nmưa\n\nmột hai\n");
        let blocks: Vec<_> =
            article.blocks.iter().map(|block| (block.kind, article.text_of(block))).collect();
        assert_eq!(blocks, [(BlockKind::Paragraph, "Ha Nội\nmưa"), (BlockKind::Quote, "một hai")]);
    }
}
