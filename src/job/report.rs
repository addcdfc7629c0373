//! What of an article a person should know after it was spoken.

use serde::{Deserialize, Serialize};

use crate::model::diag::{Places, Warning};
use crate::model::document::{BlockKind, Document};
use crate::text::readers;

/// A part of an article that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The line where it begins, from 1.
    pub line: usize,
    /// What it is.
    pub kind: BlockKind,
    /// Why it was taken for that.
    pub reason: String,
    /// Its text on one line.
    pub text: String,
}

/// A reading that may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The line where it stands, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What is doubtful, as a full sentence.
    pub message: String,
}

pub(super) fn not_read(document: &Document) -> Vec<Skipped> {
    let mut places = Places::new(&document.source);
    let skipped = readers::skipped(document).map(|block| Skipped {
        line: places.at(block.span.start).0,
        kind: block.kind,
        reason: block.reason.to_owned(),
        text: document.text(block).replace('\n', " "),
    });
    skipped.collect()
}

pub(super) fn doubts(document: &Document, warnings: Vec<Warning>) -> Vec<Doubt> {
    let mut places = Places::new(&document.source);
    let doubt = |warning: Warning| {
        let (line, column) = warning.span.map_or((1, 1), |span| places.at(span.start));
        Doubt { line, column, message: warning.message }
    };
    warnings.into_iter().map(doubt).collect()
}
