//! Plain text, as it was copied from a site or saved by an editor.

use super::reader::{Input, Reader};
use super::{classify, decode, front, metadata, pieces};
use crate::model::article::{Article, Block, BlockKind};
use crate::model::diag::Span;
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

    fn read(&self, input: &Input<'_>) -> Result<Vec<Article>, Error> {
        let text = decode::decode(input.name, input.bytes, input.encoding)?;
        Ok(vec![article(text)])
    }
}

/// The article in a text that is decoded.
#[must_use]
pub fn article(text: String) -> Article {
    let front_matter = front::front_matter(&text);
    let blocks = classify::blocks(&text, front_matter.as_ref());
    let mut article = Article { text, front_matter, blocks, ..Article::default() };
    article.metadata = metadata::find(&mut article);
    article
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
