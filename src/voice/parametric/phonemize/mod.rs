//! The stage from words to sounds: an [`Utterance`] becomes a [`Phrase`] of the syllables its words
//! have in a dialect. Any text has some reading; nothing fails and nothing is left out.

mod dialect;

pub use dialect::load as load_sounds;

use dialect::{Sounds, sounds};
use unicode_normalization::UnicodeNormalization;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::phrase::{Dialect, Phrase, PhraseGroup, PhraseWord, Syllable};
use crate::model::utterance::Utterance;
use crate::text::orthography;
use crate::text::transliterate;

/// Gives words their sounds in one dialect.
#[derive(Debug, Clone, Copy)]
pub struct Phonemizer {
    dialect: Dialect,
    sounds: &'static Sounds,
}

impl Phonemizer {
    /// A phonemizer for a dialect; the tables are read once and shared.
    #[must_use]
    pub fn new(dialect: Dialect) -> Phonemizer {
        Phonemizer { dialect, sounds: sounds(dialect) }
    }

    /// The dialect.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The utterance as sounds: groups, pauses and melody as they were, each word under its index.
    /// A blank word has nothing to say and is left out, and so is a group of such words; what
    /// `segment` gives has neither.
    #[must_use]
    pub fn phonemize(&self, utterance: &Utterance) -> Phrase {
        let groups = utterance.groups.iter().zip(utterance.roles()).map(|(group, role)| {
            let words = utterance.words.get(group.words.clone()).unwrap_or_default();
            let sounded = group.words.clone().zip(words).map(|(word, text)| PhraseWord {
                word,
                syllables: self.syllables(&text.said),
                is_emphasized: text.is_emphasized,
                is_quoted: text.is_quoted,
            });
            PhraseGroup {
                words: sounded.filter(|word| !word.syllables.is_empty()).collect(),
                role,
                pause: group.pause,
            }
        });
        Phrase {
            groups: groups.filter(|group| !group.words.is_empty()).collect(),
            intonation: utterance.intonation,
        }
    }

    /// The syllables of a word, or of several separated by spaces: those written in Vietnamese as they
    /// are, anything else as [`transliterate::transliterate`] writes it. Empty only if `word` is blank.
    #[must_use]
    pub fn syllables(&self, word: &str) -> Vec<Syllable> {
        let mut syllables = Vec::with_capacity(2);
        transliterate::syllables(word, |_, written| {
            syllables.push(self.sounds.realize(written, self.dialect));
        });
        syllables
    }
}

/// The words whose sounds in the North are `sounds`, written as [`Syllable`]'s text form: phones
/// separated by points with the tone's number after them, syllables separated by hyphens or spaces. Where
/// several syllables sound the same, the first in alphabetical order. `None` where one is no
/// syllable of Vietnamese.
#[must_use]
pub fn spelling(sounds: &str) -> Option<String> {
    static SPELLINGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let phonemizer = Phonemizer::new(Dialect::Northern);
        let mut spellings: HashMap<String, String> = HashMap::new();
        for written in orthography::legal_syllables() {
            let spelled = written.to_string();
            let sounds = phonemizer.sounds.realize(written, Dialect::Northern).to_string();
            let known = spellings.entry(sounds).or_insert_with(|| spelled.clone());
            if spelled < *known {
                *known = spelled;
            }
        }
        spellings
    });
    let sounds: String = sounds.nfc().collect();
    let syllables = sounds.split([' ', '-']).filter(|syllable| !syllable.is_empty());
    let spelled: Option<Vec<_>> =
        syllables.map(|syllable| SPELLINGS.get(syllable).map(String::as_str)).collect();
    spelled.filter(|spelled| !spelled.is_empty()).map(|spelled| spelled.join(" "))
}
