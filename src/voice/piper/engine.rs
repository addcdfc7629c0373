//! The engine of Piper voices: from words to phonemes by our own analysis, or by a program that is asked
//! for, and from phonemes to samples by the voice's model.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::assemble::Sound;
use super::config::Phonemes;
use super::line::{Clause, Line};
use super::voice::Piper;
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::phrase::Dialect;
use crate::model::spoken::Mark;
use crate::model::take::{Take, to_pcm16};
use crate::model::utterance::{BreathGroup, Utterance};
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::voice::engine::{Engine, EngineInfo};
use crate::voice::espeak::{self, command};
use crate::voice::installed;

/// The model of the voice of this name: a file, or an installed one.
fn model_of(name: &str) -> Result<PathBuf, Error> {
    let installed = || installed::installed(name);
    let model = if installed::is_model(name) { Some(PathBuf::from(name)) } else { installed() };
    model.ok_or_else(|| Error::voice(message!("no voice {name} is installed", name)))
}

/// Opens the voice that the settings name.
pub(in crate::voice) fn open(
    settings: &VoiceSettings,
    worker: Option<&Path>,
) -> Result<Arc<dyn Engine>, Error> {
    Ok(Arc::new(PiperEngine::open(settings, worker)?))
}

/// The least and the greatest speed, as a factor of what the settings ask for.
const RATES: (f32, f32) = (0.25, 4.0);

/// How the words of a voice become phonemes.
enum Source {
    Vietnamese(Dialect),
    Program(String),
    Letters,
}

/// A Piper voice.
struct PiperEngine {
    piper: Piper,
    source: Source,
    info: EngineInfo,
}

impl PiperEngine {
    /// The voice that the settings name.
    ///
    /// # Errors
    /// As [`Engines::open`](crate::voice::Engines::open).
    fn open(settings: &VoiceSettings, worker: Option<&Path>) -> Result<PiperEngine, Error> {
        let model = model_of(&settings.name)?;
        if settings.pitch.0 != 0.0 {
            let message = message!(
                "the pitch of {settings} is in its model and cannot be changed",
                settings = settings.name
            );
            return Err(Error::request(message).with_hint(Hint::omit(&["pitch"])));
        }
        let piper = Piper::open(&model, settings, worker)?;
        let source = source(&piper, settings)?;
        let info = EngineInfo {
            name: piper.name().to_owned(),
            sample_rate: piper.config().sample_rate,
            dialect: match source {
                Source::Vietnamese(dialect) => dialect,
                Source::Program(_) | Source::Letters => Dialect::default(),
            },
            times: piper.times(),
            digest: EngineInfo::digest_of(&[b"piper", piper.digest().bytes()]),
        };
        Ok(PiperEngine { piper, source, info })
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
        // long stretch without marks is left to the voice.
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
        Ok(Line { clauses, rate: utterance.delivery.rate.clamp(RATES.0, RATES.1) })
    }
}

/// How a voice's words become phonemes, if they can.
fn source(piper: &Piper, settings: &VoiceSettings) -> Result<Source, Error> {
    let (name, config) = (piper.name(), piper.config());
    let language = &config.language;
    let by_program = match settings.phonemizer {
        PhonemesBy::Docbao => false,
        PhonemesBy::Espeak => true,
        PhonemesBy::Whoever => {
            config.phonemes != Phonemes::Text && espeak::dialect_of(language).is_none()
        }
    };
    let refused = |message: Message, setting: &str| {
        Err(Error::request(message).with_hint(Hint::omit(&[setting])))
    };
    if config.phonemes == Phonemes::Text {
        return match by_program {
            false => Ok(Source::Letters),
            true => {
                refused(message!("voice {name} reads letters, not phonemes", name), "phonemizer")
            }
        };
    }
    match (espeak::dialect_of(language), by_program) {
        (Some(dialect), false) => match settings.dialect {
            Some(asked) if asked != dialect => refused(
                message!("voice {name} was taught the dialect {dialect} and cannot speak {asked}", name, dialect = dialect.name(), asked = asked.name()),
                "dialect",
            ),
            _ => Ok(Source::Vietnamese(dialect)),
        },
        (Some(_), true) => refused(
            message!("voice {name} speaks Vietnamese, whose phonemes docbao makes itself", name),
            "phonemizer",
        ),
        (None, true) => Ok(Source::Program(language.clone())),
        (None, false) => Err(Error::voice(message!("voice {name} speaks {language}, and docbao makes the phonemes of Vietnamese only: take a \
             Vietnamese voice", name, language))
        .with_hint(Hint::set(
            "phonemizer",
            command::PROGRAM,
            "to let that program make the phonemes",
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

/// The letters of words in lower case: voices of letters are taught them so.
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

impl Engine for PiperEngine {
    fn info(&self) -> &EngineInfo {
        &self.info
    }

    fn key(&self, utterance: &Utterance) -> Result<Digest, Error> {
        Ok(self.info.key_of(utterance, &self.piper.content(&self.line(utterance)?)))
    }

    fn speak(&self, utterance: &Utterance) -> Result<Take, Error> {
        let Sound { samples, words } =
            self.piper.speak(&self.line(utterance)?, utterance.words.len())?;
        let samples = samples.into_iter().map(to_pcm16).collect();
        Ok(Take::new(self.info.sample_rate, samples, words))
    }

    fn warnings(&self) -> Vec<Message> {
        self.piper.warnings()
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
