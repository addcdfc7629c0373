//! `Direction`: what the author of a text asks of whoever reads it aloud, at a place in it.

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;

/// What is asked for a stretch of the text, by marks in it or by the markup it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// The stretch; empty where something is asked between two words.
    pub span: Span,
    /// What is asked.
    pub kind: DirectionKind,
}

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DirectionKind {
    /// These words are said for it.
    Say(String),
    /// These words are said for it, as a label of what follows: the heading of a column for
    /// what separates its cell from the one before.
    Label(String),
    /// Nothing is said for it, because the author does not want it read.
    Skip,
    /// Nothing is said for it: it breaks a word at the end of a line.
    Hyphen,
    /// Nothing is said for it: it is a mark that says how the text around it is spoken.
    Mark,
    /// Nothing is said for it, and there is silence of at least so many milliseconds.
    Pause(u32),
}

impl Direction {
    /// The longest pause that can be asked for, in milliseconds.
    pub const LONGEST_PAUSE: u32 = 60_000;
}
