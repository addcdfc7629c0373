//! Utterances in phonemes of the International Phonetic Alphabet, as voices of Piper take them.

pub mod command;

use crate::phonemize::Phonemizer;
use crate::phrase::{Dialect, Intonation};
use crate::utterance::Utterance;

/// A word in phonemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Index of the word in [`Utterance::words`].
    pub word: usize,
    /// Its phonemes, one syllable after another apart by spaces. Never empty.
    pub ipa: String,
}

/// The words of a breath group in phonemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The words that have something to be said, in order.
    pub words: Vec<Word>,
    /// The sign of punctuation that Piper hands to the voice after the group, if any.
    pub sign: Option<char>,
}

/// The phonemes of an utterance: one [`Group`] for each of [`Utterance::groups`], in order.
#[must_use]
pub fn phonemes(utterance: &Utterance, dialect: Dialect) -> Vec<Group> {
    let phonemizer = Phonemizer::new(dialect);
    let last = utterance.groups.len().saturating_sub(1);
    let group = |(at, group): (usize, &crate::utterance::BreathGroup)| {
        let words = utterance.words.get(group.words.clone()).unwrap_or_default();
        let words = group.words.clone().zip(words).map(|(word, text)| {
            let syllables = phonemizer.syllables(&text.said);
            let ipa: Vec<_> = syllables.iter().map(|s| s.to_string().replace('.', "")).collect();
            Word { word, ipa: ipa.join(" ") }
        });
        let sign = if at < last { ',' } else { end_sign(utterance.intonation) };
        Group { words: words.filter(|word| !word.ipa.is_empty()).collect(), sign: Some(sign) }
    };
    utterance.groups.iter().enumerate().map(group).collect()
}

fn end_sign(intonation: Intonation) -> char {
    match intonation {
        Intonation::Statement => '.',
        Intonation::Question => '?',
        Intonation::Exclamation => '!',
    }
}

/// The dialect of a Vietnamese voice of espeak-ng; `None` for other languages.
#[must_use]
pub fn dialect_of(voice: &str) -> Option<Dialect> {
    match voice {
        "vi" => Some(Dialect::Northern),
        "vi-vn-x-central" => Some(Dialect::Central),
        "vi-vn-x-south" => Some(Dialect::Southern),
        _ => None,
    }
}
