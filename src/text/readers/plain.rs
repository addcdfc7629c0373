//! Plain text, as it was copied from a site or saved by an editor.

use std::borrow::Cow;

use super::decode::Decoded;
use super::reader::{Input, Reader};
use super::{builder, classify, decode, front, grid, metadata, pieces, rewrite};
use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
use crate::model::direction::{Direction, DirectionKind};
use crate::model::error::Error;

/// The reader of plain text. It takes everything that no other reader takes, and says why a source
/// is not text.
pub(super) struct Plain;

impl Reader for Plain {
    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn accepts(&self, _input: &Input<'_>) -> bool {
        true
    }

    fn read(&self, input: Input<'_>) -> Result<Vec<Article>, Error> {
        let Decoded { text, notes } = decode::text(input)?;
        let text = rewrite::by_lines(text, |line| match builder::decoded(line) {
            Cow::Borrowed(_) => None,
            // What the entities stood for may be a space or a mark of its own.
            Cow::Owned(line) => Some(decode::settled(line)),
        });
        Ok(vec![Article { notes, ..article(text) }])
    }
}

/// The article in a text that is decoded.
#[must_use]
pub fn article(text: String) -> Article {
    let front_matter = front::front_matter(&text);
    let blocks = classify::blocks(&text, front_matter.as_ref());
    let mut article = Article { text, front_matter, blocks, ..Article::default() };
    article.metadata = metadata::find(&mut article);
    grid::find(&mut article);
    broken_words(&mut article);
    article
}

/// A hyphen that breaks a word at the end of a line is not said.
fn broken_words(article: &mut Article) {
    let Article { text: source, blocks, directions, .. } = article;
    for block in blocks.iter() {
        let text = block.span.of(source);
        for (at, _) in text.match_indices("-\n") {
            let before = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
            let after = text[at + 2..].trim_start().chars().next().is_some_and(char::is_lowercase);
            if before && after {
                let start = block.span.start + at;
                let span = Span::new(start, start + 1);
                directions.push(Direction { span, kind: DirectionKind::Hyphen });
            }
        }
    }
}

/// A text that is not an article: every paragraph is a paragraph. Lines broken at a margin are joined.
#[must_use]
pub fn paragraphs(text: String) -> Article {
    let spans = pieces::pieces(&text).iter().map(|piece| piece.span).collect();
    of_paragraphs(text, spans, "a paragraph of plain text")
}

/// A text in which every line is said by itself: a paragraph for each that is not blank.
#[must_use]
pub fn lines(text: String) -> Article {
    let spans = pieces::single_lines(&text);
    of_paragraphs(text, spans, "a line of plain text")
}

fn of_paragraphs(text: String, spans: Vec<Span>, reason: &'static str) -> Article {
    let block = |span| Block::new(BlockKind::Paragraph, span, reason);
    let blocks = spans.into_iter().map(block).collect();
    Article { text, blocks, ..Article::default() }
}
