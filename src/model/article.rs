//! `Article`: a text as a reader found it, as blocks, with what it says of itself. What is read aloud
//! of it is decided later, by a [`ReadingPolicy`].

use std::fmt::Write;

use serde::{Deserialize, Serialize};

pub use crate::model::block::{Block, BlockKind};
use crate::model::digest::Digest;
use crate::model::metadata::{FrontMatter, Metadata};
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
