//! Bytes to [`Document`]: which characters they are, which pieces the
//! text falls into, what each piece is, and whether it is read aloud.
//!
//! [`decode`] gives the text, [`article`] its blocks. No rule looks at what a text is about: they go
//! by place, length, final marks, blank lines, repetition, capitals, and a table of what sites print
//! around their articles (`tables/phrases.tsv`). Where a rule cannot tell, the text is read, because
//! losing what an author wrote is worse than reading a footer aloud. Weak evidence counts only in a
//! text that shows it was taken from a site: by a dateline, a button, or its title said twice.

mod body;
mod classify;
mod dateline;
mod decode;
mod encoding;
mod front;
mod head;
mod legacy;
mod phrases;
mod pieces;
mod policy;
mod rules;
mod signature;
mod tail;
mod yaml;

pub use classify::article;
pub use decode::decode;
pub use encoding::{Encoding, detect};
pub use front::{Field, FrontMatter, front_matter};
pub use policy::{ReadingPolicy, parse_kinds, skipped};

use crate::model::document::{Block, BlockKind, Document};

/// A text that is no article: every paragraph is a paragraph and is read. Lines broken at a margin
/// are joined.
#[must_use]
pub fn plain(source: String) -> Document {
    let spans: Vec<_> = pieces::pieces(&source).iter().map(|piece| piece.span).collect();
    paragraphs(source, spans, "a paragraph of plain text")
}

/// A text whose every line is said by itself: a paragraph for each that is not blank.
#[must_use]
pub fn lines(source: String) -> Document {
    let spans = pieces::single_lines(&source);
    paragraphs(source, spans, "a line of plain text")
}

fn paragraphs(
    source: String,
    spans: Vec<crate::model::diag::Span>,
    reason: &'static str,
) -> Document {
    let blocks = spans
        .into_iter()
        .map(|span| Block { kind: BlockKind::Paragraph, span, read: true, reason })
        .collect();
    Document { source, blocks }
}
