//! Marks: when each sentence and word is heard, and which source text it speaks. For subtitles,
//! highlighting while listening, and finding a place again.

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;

/// When a word is heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordMark {
    /// Start, in milliseconds from the start of the sound.
    pub start_ms: f64,
    /// End, likewise.
    pub end_ms: f64,
    /// The source text it speaks: byte offsets into the text in NFC with `\n` line ends. Empty where it is
    /// said for no text: that a caption follows.
    pub span: Span,
    /// The source text itself.
    pub text: String,
    /// What is said for it.
    pub spoken: String,
    /// Its sounds, one after another from its start to its end, where they were asked for and the voice
    /// knows them. They are in no JSON.
    #[serde(skip)]
    pub phones: Vec<PhoneMark>,
}

/// When a sound of a word is over.
#[derive(Debug, Clone, PartialEq)]
pub struct PhoneMark {
    /// Its symbol in the International Phonetic Alphabet.
    pub phone: String,
    /// End, in milliseconds from the start of the sound.
    pub end_ms: f64,
}

/// When a sentence is heard, and its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentenceMark {
    /// Number of the sentence, from 0.
    pub sentence: usize,
    /// Start, in milliseconds from the start of the sound.
    pub start_ms: f64,
    /// End, likewise; the silence after the sentence is not part of it.
    pub end_ms: f64,
    /// The sentence in the source, as in [`WordMark::span`]: its words, the marks before and after
    /// them, and what is unspoken among them.
    pub span: Span,
    /// The source text itself.
    pub text: String,
    /// What is said for it.
    pub spoken: String,
    /// Its words in order.
    pub words: Vec<WordMark>,
    /// The words that a breath group begins with, by their place in `words`: 0 and up.
    #[serde(default)]
    pub breaths: Vec<usize>,
}

/// The time of a sample, in milliseconds to the microsecond, exact for any length of sound. 0 if the
/// rate is.
#[must_use]
pub fn milliseconds(sample: u64, sample_rate: u32) -> f64 {
    let microseconds = u128::from(sample) * 1_000_000 + u128::from(sample_rate / 2);
    microseconds.checked_div(u128::from(sample_rate)).unwrap_or(0) as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_exact_to_the_microsecond() {
        assert_eq!(milliseconds(22_050, 22_050), 1000.0);
        assert_eq!(milliseconds(1, 22_050), 0.045);
        assert_eq!(milliseconds(u64::MAX, 1), u64::MAX as f64 * 1000.0);
        assert_eq!(milliseconds(5, 0), 0.0);
    }
}
