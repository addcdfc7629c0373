//! `Article`: a text as a reader found it, as blocks, with what it says about itself. What is read
//! aloud is decided later, by a [`ReadingPolicy`].

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;
use crate::model::digest::Digest;
use crate::model::metadata::{FrontMatter, Metadata};
use crate::model::reading_policy::ReadingPolicy;

/// What a block is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Date, time and section label above the text.
    Dateline,
    /// The opening paragraph, which sums up the article.
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
    /// A block that repeats an earlier one, such as the title under a photo.
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
}

impl Block {
    /// A block of this kind, for this reason.
    #[must_use]
    pub fn new(kind: BlockKind, span: Span, reason: &'static str) -> Block {
        Block { kind, span, reason: Cow::Borrowed(reason) }
    }
}

/// Where an article comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its name in messages: a file's name, `standard input`, an address.
    pub name: String,
    /// What identifies the bytes that it was read from.
    pub digest: Digest,
}

/// A text as a reader found it: its blocks in order, and what it says about itself. Blocks do not
/// overlap, and everything between them is white space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Where it comes from.
    pub origin: Origin,
    /// The whole text in NFC with `\n` line ends and without a byte order mark. Spans of all later
    /// values index into it.
    pub text: String,
    /// What it says about itself.
    pub metadata: Metadata,
    /// The entries in front of the text, where it has them.
    pub front_matter: Option<FrontMatter>,
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Article {
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

    /// Whether a block is read aloud under a policy. A front matter never is, except a title in it.
    #[must_use]
    pub fn is_read(&self, block: &Block, policy: &ReadingPolicy) -> bool {
        let front = self.front_matter.as_ref().map_or(0, |front| front.end);
        let is_front_matter = block.kind == BlockKind::Boilerplate && block.span.end <= front;
        !is_front_matter && policy.reads(block.kind)
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
