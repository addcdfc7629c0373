//! Utterances in the phonemes of espeak-ng, which the voices of Piper are trained on.
//!
//! For Vietnamese they come from our own analysis of the syllable and are, sign for sign, what
//! espeak-ng's library gives Piper for the same words (`docs/espeak-phonemes.md` says how they were
//! found and where we differ on purpose). For other languages [`command`] asks the program itself.

pub mod command;
mod sounds;

pub use sounds::load as load_sounds;

use crate::model::phrase::Dialect;
use crate::model::spoken::Mark;
use crate::model::utterance::Utterance;
use crate::text::transliterate;
use sounds::SOUNDS;

/// A word in phonemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Index of the word in [`Utterance::words`].
    pub word: usize,
    /// Its phonemes in espeak-ng's IPA, one syllable after another separated by spaces: `hˈaːj mˈyəj`.
    /// Never empty.
    pub ipa: String,
}

/// The words of a breath group in phonemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The words that have something to be said, in order.
    pub words: Vec<Word>,
    /// The sign of punctuation that Piper hands to the voice after the group, if any: one of
    /// `, ; : . ? !`.
    pub sign: Option<char>,
}

impl Group {
    /// The phonemes of the group with its sign, as Piper has them before it looks up their numbers.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| word.ipa.as_str()).collect();
        let mut text = words.join(" ");
        text.extend(self.sign);
        text
    }
}

/// The phonemes of an utterance: one [`Group`] for each of [`Utterance::groups`], in order.
///
/// Words written in Vietnamese sound as espeak-ng's voice for the dialect says them; what is not
/// (foreign names, letters) sounds as the Vietnamese syllables that `transliterate` reads it in, where
/// espeak-ng changes to English or spells.
#[must_use]
pub fn phonemes(utterance: &Utterance, dialect: Dialect) -> Vec<Group> {
    let group = |group: &crate::model::utterance::BreathGroup| {
        let words = utterance.words.get(group.words.clone()).unwrap_or_default();
        let sounded = group
            .words
            .clone()
            .zip(words)
            .map(|(word, text)| Word { word, ipa: word_phonemes(&text.said, dialect) });
        Group {
            words: sounded.filter(|word| !word.ipa.is_empty()).collect(),
            sign: group.mark.and_then(sign),
        }
    };
    utterance.groups.iter().map(group).collect()
}

/// The phonemes of one word, or of several separated by spaces; empty only if `words` is blank.
#[must_use]
pub fn word_phonemes(words: &str, dialect: Dialect) -> String {
    let mut ipa = String::new();
    transliterate::syllables(words, |spelled, written| {
        if !ipa.is_empty() {
            ipa.push(' ');
        }
        SOUNDS.syllable(spelled, written, dialect, &mut ipa);
    });
    ipa
}

/// The sign of punctuation that espeak-ng's library reports for a mark. A dash makes it a semicolon;
/// brackets part nothing; after an ellipsis the clause ends without a sign.
#[must_use]
pub fn sign(mark: Mark) -> Option<char> {
    match mark {
        Mark::Comma => Some(','),
        Mark::Semicolon | Mark::Dash => Some(';'),
        Mark::Colon => Some(':'),
        Mark::Period => Some('.'),
        Mark::Question => Some('?'),
        Mark::Exclamation => Some('!'),
        Mark::Ellipsis
        | Mark::OpenQuote
        | Mark::CloseQuote
        | Mark::OpenBracket
        | Mark::CloseBracket => None,
    }
}

/// The names espeak-ng has for its Vietnamese voices.
const VOICES: [(Dialect, &str); 3] = [
    (Dialect::Northern, "vi"),
    (Dialect::Central, "vi-vn-x-central"),
    (Dialect::Southern, "vi-vn-x-south"),
];

/// The name of espeak-ng's voice for a dialect.
#[must_use]
pub fn voice_of(dialect: Dialect) -> &'static str {
    VOICES[dialect as usize].1
}

/// The dialect of a Vietnamese voice of espeak-ng, such as a Piper voice's JSON names; `None` for
/// other languages.
#[must_use]
pub fn dialect_of(voice: &str) -> Option<Dialect> {
    let named = VOICES.iter().find(|(_, name)| name.eq_ignore_ascii_case(voice));
    named.map(|(dialect, _)| *dialect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_and_dialects_are_named_both_ways() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect_of(voice_of(dialect)), Some(dialect));
        }
        assert_eq!(dialect_of("vi-VN-x-south"), Some(Dialect::Southern));
        assert_eq!(dialect_of("en-us"), None);
    }
}
