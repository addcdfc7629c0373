//! `Block`: a stretch of an article that is one thing.

use std::borrow::Cow;

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
    /// A line of verse that another follows in its stanza.
    Verse,
    /// A row of a table.
    Table,
    /// Code of a program.
    Code,
    /// A note at the foot of a page or the end of the text.
    Footnote,
    /// Text under a picture.
    Caption,
    /// Who made a picture.
    Credit,
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
    pub const ALL: [BlockKind; 17] = [
        BlockKind::Title,
        BlockKind::Dateline,
        BlockKind::Sapo,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::List,
        BlockKind::Quote,
        BlockKind::Verse,
        BlockKind::Table,
        BlockKind::Code,
        BlockKind::Footnote,
        BlockKind::Caption,
        BlockKind::Credit,
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
            BlockKind::Verse => "verse",
            BlockKind::Table => "table",
            BlockKind::Code => "code",
            BlockKind::Footnote => "footnote",
            BlockKind::Caption => "caption",
            BlockKind::Credit => "credit",
            BlockKind::Byline => "byline",
            BlockKind::Repetition => "repetition",
            BlockKind::Related => "related",
            BlockKind::Boilerplate => "boilerplate",
        }
    }
}

impl std::fmt::Display for BlockKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// A stretch of the text that is one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is, without the white space around it; may span several lines.
    pub span: Span,
    /// Why the block was taken for its kind, as a phrase such as `repeats the title`.
    pub reason: Cow<'static, str>,
    /// Whether a person wants it read, whatever its kind; `None` if its kind decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<bool>,
}

impl Block {
    /// A block of this kind, for this reason.
    #[must_use]
    pub fn new(kind: BlockKind, span: Span, reason: &'static str) -> Block {
        Block { kind, span, reason: Cow::Borrowed(reason), choice: None }
    }
}
