//! The article as it is shown to be read along: its parts, sentences and words, as a page and a book
//! have them.

use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::sound::heard::heard;
use crate::sound::marks::SentenceMark;

/// The title among some blocks of an article, on one line.
pub(super) fn title(document: &Article, blocks: &[Block]) -> Option<String> {
    let title = blocks.iter().find(|block| block.kind == BlockKind::Title)?;
    Some(document.line_of(title))
}

/// A part of an article as an element.
pub(super) struct Part<'a> {
    /// The block that it shows.
    pub block: &'a Block,
    /// Whether any of it is heard.
    pub is_heard: bool,
    /// The name of the element.
    pub element: &'static str,
    /// Its classes, separated by spaces.
    pub class: String,
    /// Whether a list begins before it and ends after it.
    pub begins_list: bool,
    pub ends_list: bool,
    pub content: Vec<Content<'a>>,
}

impl Part<'_> {
    /// Makes a heading one level lower: of one article below the title of several.
    pub(super) fn lower(&mut self) {
        self.element = match self.element {
            "h1" => "h2",
            "h2" => "h3",
            other => other,
        };
    }
}

/// What is in a part.
pub(super) enum Content<'a> {
    /// What is not heard.
    Unheard(&'a str),
    /// A sentence.
    Sentence {
        /// Its place among the sentences that were given, from 0.
        number: usize,
        /// Its words, and what is between them.
        pieces: Vec<Piece<'a>>,
    },
}

/// What is in a sentence.
pub(super) enum Piece<'a> {
    Between(&'a str),
    Word(&'a str),
}

/// How a part of an article is shown, heard or not: its element and its class. `None`: it is left
/// out.
fn element(kind: BlockKind, heard: bool) -> Option<(&'static str, &'static str)> {
    let shown = match kind {
        BlockKind::Title => ("h1", ""),
        BlockKind::Heading => ("h2", ""),
        BlockKind::Sapo => ("p", "sapo"),
        BlockKind::Paragraph => ("p", ""),
        BlockKind::List => ("li", ""),
        BlockKind::Quote => ("blockquote", ""),
        BlockKind::Dateline => ("p", "dateline"),
        BlockKind::Verse => ("p", "verse"),
        BlockKind::Table => ("p", "row"),
        BlockKind::Code => ("pre", ""),
        BlockKind::Footnote => ("p", "note"),
        BlockKind::Caption | BlockKind::Credit => ("p", "caption"),
        BlockKind::Byline => ("p", "byline"),
        BlockKind::Repetition | BlockKind::Related | BlockKind::Boilerplate => {
            return heard.then_some(("p", ""));
        }
    };
    Some(shown)
}

/// The parts of some blocks of an article that are shown; these sentences are heard of them.
pub(super) fn parts<'a>(
    document: &'a Article,
    blocks: &'a [Block],
    sentences: &[SentenceMark],
) -> Vec<Part<'a>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut sentences = sentences.iter().enumerate().peekable();
    for block in blocks {
        let mut text = Text { source: &document.text, at: block.span.start };
        let mut content = Vec::new();
        let mut is_heard = false;
        while let Some((number, next)) =
            sentences.next_if(|(_, next)| next.span.start < block.span.end)
        {
            is_heard = true;
            content.push(Content::Unheard(text.up_to(next.span.start)));
            content.push(Content::Sentence { number, pieces: pieces(&mut text, next) });
        }
        content.push(Content::Unheard(text.up_to(block.span.end)));
        let Some((element, class)) = element(block.kind, is_heard) else { continue };
        let classes = [class, if is_heard { "" } else { "unread" }];
        let classes: Vec<_> = classes.into_iter().filter(|class| !class.is_empty()).collect();
        let in_list = parts.last().is_some_and(|last| last.element == "li");
        if let Some(last) = parts.last_mut() {
            last.ends_list = in_list && element != "li";
        }
        parts.push(Part {
            block,
            is_heard,
            element,
            class: classes.join(" "),
            begins_list: element == "li" && !in_list,
            ends_list: false,
            content,
        });
    }
    if let Some(last) = parts.last_mut() {
        last.ends_list = last.element == "li";
    }
    parts
}

fn pieces<'a>(text: &mut Text<'a>, sentence: &SentenceMark) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for heard in heard(sentence) {
        let Span { start, end } = heard.span;
        pieces.push(Piece::Between(text.up_to(start)));
        pieces.push(Piece::Word(text.up_to(end)));
    }
    pieces.push(Piece::Between(text.up_to(sentence.span.end)));
    pieces
}

/// Source text that is taken a piece at a time. Whatever the places are, every character is taken
/// once.
struct Text<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Text<'a> {
    /// What is left of the text up to a place; nothing if that is behind.
    fn up_to(&mut self, place: usize) -> &'a str {
        let Some(text) = self.source.get(self.at..place) else { return "" };
        self.at = place;
        text
    }
}
