//! What parts two words of an utterance.

use crate::model::pauses::Pauses;
use crate::model::units::Millis;

/// How strongly two words are set apart; a stronger boundary has a longer pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Boundary {
    /// Only a breath in a long stretch without marks.
    Breath,
    /// A comma, a bracket.
    Phrase,
    /// A semicolon, a colon, a dash, an ellipsis inside a sentence.
    Clause,
    /// The end of a sentence.
    Sentence,
}

impl Boundary {
    /// The silence at the boundary.
    pub(super) fn pause(self, pauses: &Pauses) -> Millis {
        match self {
            Boundary::Breath => pauses.breath,
            Boundary::Phrase => pauses.phrase,
            Boundary::Clause => pauses.clause,
            Boundary::Sentence => pauses.sentence,
        }
    }
}
