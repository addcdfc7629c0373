//! `Utterance`: a sentence, or a part of a long one, cut into breath groups.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::diag::Span;
use crate::model::manner::Delivery;
use crate::model::phrase::Intonation;
use crate::model::spoken::{Confidence, Mark};
use crate::model::units::Millis;

/// A word of an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtteranceWord {
    /// What is said: one or more words separated by single spaces.
    pub said: String,
    /// The text it is said for.
    pub source: Span,
    /// The semiotic class that made the reading.
    pub class: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What it could be instead, if that was asked for, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Whether it is stressed. Parametric voices do it; a neural voice cannot be asked to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_emphasized: bool,
}

impl UtteranceWord {
    /// A word that is surely said so.
    #[must_use]
    pub fn new(said: impl Into<String>, source: Span) -> UtteranceWord {
        UtteranceWord {
            said: said.into(),
            source,
            class: Cow::Borrowed("word"),
            confidence: Confidence::Sure,
            alternatives: Vec::new(),
            is_emphasized: false,
        }
    }
}

/// Words said in one breath.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreathGroup {
    /// Which of [`Utterance::words`]; never empty.
    pub words: Range<usize>,
    /// The mark that closes it; `None` at a breath in a long stretch without marks, and where a block
    /// ends without one.
    pub mark: Option<Mark>,
    /// Silence that follows.
    pub pause: Millis,
}

/// What one call of the engine speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Number of the sentence in the document, from 0. A very long sentence makes several
    /// utterances with the same number.
    pub sentence: usize,
    /// The words in order.
    pub words: Vec<UtteranceWord>,
    /// The breath groups in order; together they cover `words`.
    pub groups: Vec<BreathGroup>,
    /// The melody.
    pub intonation: Intonation,
    /// Who speaks it, how fast, and when.
    #[serde(default)]
    pub delivery: Delivery,
}

/// One line for each utterance: its sentence's number, its melody, and its breath groups, each followed
/// by its mark and, between bars, its pause in ms.
impl fmt::Display for Utterance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let melody = match self.intonation {
            Intonation::Statement => '.',
            Intonation::Question => '?',
            Intonation::Exclamation => '!',
        };
        write!(f, "{}{melody}", self.sentence)?;
        for group in &self.groups {
            for word in &self.words[group.words.clone()] {
                write!(f, " {}", word.said)?;
            }
            if let Some(mark) = group.mark {
                let space = if mark.opens() || mark == Mark::Dash { " " } else { "" };
                write!(f, "{space}{}", mark.symbol())?;
            }
            write!(f, " |{}|", group.pause.0)?;
        }
        Ok(())
    }
}
