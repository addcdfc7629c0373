//! Piper voices: from words to phonemes by our own analysis, or by a program that is asked for, and
//! from phonemes to samples by the voice's model.

use std::path::{Path, PathBuf};

use super::engine::{Engine, Prepared};
use super::{PhonemesBy, TONE, VoiceSettings, voice_names};
use crate::model::audio::Times;
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::phrase::Dialect;
use crate::model::spoken::Mark;
use crate::model::utterance::{BreathGroup, Utterance};
use crate::voice;
use crate::voice::espeak::{self, command};
use crate::voice::piper::{Clause, Line, Phonemes, Piper};

/// The model of a voice, if its name is that of a Piper voice: the path of an ONNX file, or the name
/// of an installed voice. Voices of our own come first.
pub(super) fn model_of(voice: &str) -> Option<PathBuf> {
    let path = Path::new(voice);
    let is_model = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("onnx"));
    let is_own = voice == TONE || voice_names().contains(&voice) || path.is_dir();
    match is_model {
        true => Some(path.to_owned()),
        false if is_own => None,
        false => voice::installed(voice),
    }
}

/// How the words of a voice become phonemes.
enum Source {
    Vietnamese(Dialect),
    Program(String),
    Letters,
}

/// A Piper voice.
pub(super) struct Neural {
    piper: Piper,
    source: Source,
}

impl Neural {
    /// The voice whose model is in this file.
    pub fn open(model: &Path, settings: &VoiceSettings) -> Result<Neural, Error> {
        if settings.pitch.0 != 0.0 {
            return Err(Error::request(format!(
                "--pitch cannot change {}: the pitch of a Piper voice is in its model; leave it out",
                settings.voice
            )));
        }
        let piper = Piper::open(model, &settings.neural.voice, settings.rate)?;
        let source = source(&piper, settings)?;
        Ok(Neural { piper, source })
    }

    fn line(&self, utterance: &Utterance) -> Result<Line, Error> {
        let groups = match &self.source {
            Source::Vietnamese(dialect) => {
                let groups = espeak::phonemes(utterance, *dialect).into_iter();
                let words = |group: espeak::Group| {
                    group.words.into_iter().map(|word| (word.word, word.ipa)).collect::<Vec<_>>()
                };
                groups.map(words).collect()
            }
            Source::Program(voice) => each_group(utterance, |words| asked(voice, words))?,
            Source::Letters => each_group(utterance, |words| Ok(letters(words)))?,
        };
        // A mark that espeak-ng passes over, such as a bracket, is a pause nevertheless; a breath in a
        // long stretch without marks is the voice's own affair.
        let sign = |mark: Mark| espeak::sign(mark).unwrap_or(',');
        let clause = |(group, words): (&BreathGroup, _)| Clause {
            words,
            sign: group.mark.map(sign),
            pause: group.pause,
        };
        let mut clauses: Vec<_> = utterance.groups.iter().zip(groups).map(clause).collect();
        // What is spoken at once ends like a sentence, whether or not one ends there.
        if let Some(last) = clauses.last_mut() {
            last.sign.get_or_insert('.');
        }
        Ok(Line { clauses })
    }
}

/// How a voice's words become phonemes, if they can.
fn source(piper: &Piper, settings: &VoiceSettings) -> Result<Source, Error> {
    let (name, config) = (piper.name(), piper.config());
    let language = &config.language;
    let by_program = settings.neural.phonemes == PhonemesBy::Espeak;
    if config.phonemes == Phonemes::Text {
        return match by_program {
            false => Ok(Source::Letters),
            true => Err(Error::request(format!(
                "voice {name} reads letters, not phonemes: leave --phonemizer out"
            ))),
        };
    }
    match (espeak::dialect_of(language), by_program) {
        (Some(dialect), false) => match settings.dialect {
            Some(asked) if asked != dialect => Err(Error::request(format!(
                "voice {name} was taught the dialect {dialect} and cannot speak {asked}: leave \
                 --dialect out"
            ))),
            _ => Ok(Source::Vietnamese(dialect)),
        },
        (Some(_), true) => Err(Error::request(format!(
            "voice {name} speaks Vietnamese, whose phonemes docbao makes itself: leave --phonemizer out"
        ))),
        (None, true) => Ok(Source::Program(language.clone())),
        (None, false) => Err(Error::voice(format!(
            "voice {name} speaks {language}, and docbao makes the phonemes of Vietnamese only: take a \
             Vietnamese voice, or let the program espeak-ng make them with --phonemizer espeak-ng"
        ))),
    }
}

/// The words of each group, as `phonemes` gives them.
fn each_group(
    utterance: &Utterance,
    phonemes: impl Fn(&[&str]) -> Result<Vec<String>, Error>,
) -> Result<Vec<Vec<(usize, String)>>, Error> {
    let group = |group: &BreathGroup| {
        let words = utterance.words.get(group.words.clone()).unwrap_or_default();
        let words: Vec<&str> = words.iter().map(|word| word.said.as_str()).collect();
        let sounded = group.words.clone().zip(phonemes(&words)?);
        Ok(sounded.filter(|(_, text)| !text.is_empty()).collect())
    };
    utterance.groups.iter().map(group).collect()
}

/// The letters of words, small: voices of letters are taught them so.
fn letters(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

/// What espeak-ng says for words, which it joins where people do (of the, in a). Where it has another
/// number of words, ours share them by their length.
fn asked(voice: &str, words: &[&str]) -> Result<Vec<String>, Error> {
    let clauses = command::clauses(voice, &words.join(" "))?;
    let sounded: Vec<&str> = clauses.iter().flat_map(|clause| clause.split_whitespace()).collect();
    Ok(shared(words, &sounded))
}

/// Shares out what is sounded among words.
fn shared(words: &[&str], sounded: &[&str]) -> Vec<String> {
    let parts: Vec<usize> = words.iter().map(|word| word.split_whitespace().count()).collect();
    let same = parts.iter().sum::<usize>() == sounded.len();
    let weights: Vec<usize> =
        if same { parts } else { words.iter().map(|word| word.chars().count().max(1)).collect() };
    let total = weights.iter().sum::<usize>().max(1);
    let mut weighed = 0;
    let share = |weight: &usize| {
        let place = |weighed: usize| weighed * sounded.len() / total;
        let start = place(weighed);
        weighed += weight;
        sounded[start..place(weighed)].join(" ")
    };
    weights.iter().map(share).collect()
}

impl Engine for Neural {
    fn name(&self) -> &str {
        self.piper.name()
    }

    fn sample_rate(&self) -> u32 {
        self.piper.config().sample_rate
    }

    fn digest(&self) -> Digest {
        self.piper.digest()
    }

    fn times(&self) -> Times {
        self.piper.times()
    }

    fn dialect(&self) -> Dialect {
        match self.source {
            Source::Vietnamese(dialect) => dialect,
            Source::Program(_) | Source::Letters => Dialect::default(),
        }
    }

    fn prepare<'a>(&'a self, utterance: &'a Utterance) -> Result<Prepared<'a>, Error> {
        let line = self.line(utterance)?;
        let content = self.piper.content(&line);
        let speak = move || self.piper.speak(&line, utterance.words.len());
        Ok(Prepared { content, speak: Box::new(speak) })
    }

    fn complaints(&self) -> Vec<String> {
        self.piper.complaints()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sounded_is_shared_by_words_or_by_length() {
        let cases: [(&[&str], &[&str], &[&str]); 5] = [
            (&["a", "b c", "d"], &["1", "2", "3", "4"], &["1", "2 3", "4"]),
            (&["of", "the", "abcde"], &["1", "2"], &["", "1", "2"]),
            (&["abc", "def"], &["1", "2", "3", "4"], &["1 2", "3 4"]),
            (&["abc"], &[], &[""]),
            (&[], &[], &[]),
        ];
        for (words, sounded, shares) in cases {
            assert_eq!(shared(words, sounded), shares, "{words:?}");
        }
    }
}
