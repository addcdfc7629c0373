//! `Line`: an utterance as phonemes.

use crate::model::units::Millis;

/// Words that are said in one breath, as phonemes.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Each word's place in its utterance, and its phonemes: of a voice of espeak-ng's phonemes its
    /// IPA, syllables separated by spaces.
    pub words: Vec<(usize, String)>,
    /// The sign that closes it. A clause that no sign closes runs on into the next.
    pub sign: Option<char>,
    /// Silence that follows a sign.
    pub pause: Millis,
}

/// An utterance as phonemes.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its clauses in order.
    pub clauses: Vec<Clause>,
    /// Speed as a factor of the voice's own and of what its settings ask for.
    pub rate: f32,
}
