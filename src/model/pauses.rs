//! The pauses of a narration.

use serde::{Deserialize, Serialize};

use crate::model::block::BlockKind;
use crate::model::units::Millis;

/// How long the silence usually is after each part of the text, in ms: a single one is up to a third
/// longer or shorter, by how much is said before and after it, and less inside a list. The defaults are
/// our own: a comma is a short breath, a sentence's end is twice that, and a new block is heard as a new
/// topic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pauses {
    /// After the title.
    pub title: Millis,
    /// After the dateline.
    pub dateline: Millis,
    /// After the opening paragraph.
    pub sapo: Millis,
    /// After a heading.
    pub heading: Millis,
    /// After a line of verse that another follows in its stanza.
    pub verse: Millis,
    /// After an item of a list.
    pub list: Millis,
    /// After a block of quoted text.
    pub quote: Millis,
    /// After a row of a table.
    pub table: Millis,
    /// After any other block.
    pub paragraph: Millis,
    /// After a sentence inside a block.
    pub sentence: Millis,
    /// After a semicolon, a colon, a dash or an ellipsis.
    pub clause: Millis,
    /// After a comma, and around brackets.
    pub phrase: Millis,
    /// At a breath in a long stretch without marks.
    pub breath: Millis,
}

impl Default for Pauses {
    fn default() -> Pauses {
        Pauses {
            title: Millis(1200.0),
            dateline: Millis(900.0),
            sapo: Millis(1000.0),
            heading: Millis(950.0),
            verse: Millis(500.0),
            list: Millis(700.0),
            quote: Millis(1000.0),
            table: Millis(700.0),
            paragraph: Millis(950.0),
            sentence: Millis(680.0),
            clause: Millis(380.0),
            phrase: Millis(300.0),
            breath: Millis(90.0),
        }
    }
}

impl Pauses {
    /// The pause after a whole block.
    #[must_use]
    pub fn after_block(&self, kind: BlockKind) -> Millis {
        match kind {
            BlockKind::Title => self.title,
            BlockKind::Dateline => self.dateline,
            BlockKind::Sapo => self.sapo,
            BlockKind::Heading => self.heading,
            BlockKind::Verse => self.verse,
            BlockKind::List => self.list,
            BlockKind::Quote => self.quote,
            BlockKind::Table => self.table,
            _ => self.paragraph,
        }
    }
}
