//! `Document`: an article as blocks of text. What `input` gives and `normalize` takes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;

/// What a block is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Date, time and section label above the text.
    Dateline,
    /// The opening paragraph that sums the article up.
    Sapo,
    /// A heading inside the text.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    List,
    /// A block of quoted text.
    Quote,
    /// Text under a picture.
    Caption,
    /// Who wrote it.
    Byline,
    /// A block that says again what an earlier one said, such as the title under a photo.
    Repetition,
    /// Headlines of other articles.
    Related,
    /// What the site puts on every page.
    Boilerplate,
}

impl BlockKind {
    /// All kinds, in the order of their declaration.
    pub const ALL: [BlockKind; 12] = [
        BlockKind::Title,
        BlockKind::Dateline,
        BlockKind::Sapo,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::List,
        BlockKind::Quote,
        BlockKind::Caption,
        BlockKind::Byline,
        BlockKind::Repetition,
        BlockKind::Related,
        BlockKind::Boilerplate,
    ];

    /// The name used on the command line and in text forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Dateline => "dateline",
            BlockKind::Sapo => "sapo",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::List => "list",
            BlockKind::Quote => "quote",
            BlockKind::Caption => "caption",
            BlockKind::Byline => "byline",
            BlockKind::Repetition => "repetition",
            BlockKind::Related => "related",
            BlockKind::Boilerplate => "boilerplate",
        }
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A stretch of the source that is one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without the white space around it; may span several lines.
    pub span: Span,
    /// Whether it is to be read aloud under the policy in force.
    pub read: bool,
    /// Why the block was taken for its kind, as a phrase such as `repeats the title`.
    pub reason: &'static str,
}

/// An article: its source text and the blocks it is made of, in order. Blocks do not overlap, and
/// everything between them is white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The whole text in NFC with `\n` line ends and without a byte order mark. Spans of all later
    /// stages index into it.
    pub source: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The text of a block.
    #[must_use]
    pub fn text(&self, block: &Block) -> &str {
        block.span.of(&self.source)
    }
}

/// One line a block: kind, `read` or `skip`, reason, text (line ends shown as `⏎`).
impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for block in &self.blocks {
            let read = if block.read { "read" } else { "skip" };
            let text = self.text(block).replace('\n', "⏎");
            writeln!(f, "{}\t{read}\t{}\t{text}", block.kind, block.reason)?;
        }
        Ok(())
    }
}
