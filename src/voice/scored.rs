//! Voices that sing from a score: those of our own, and the tone.

use super::TONE;
use super::engine::{Engine, Prepared};
use super::settings::NeuralSettings;
use super::{VoiceSettings, voice_names};
use crate::model::audio::{Times, Voiced};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::phrase::Dialect;
use crate::model::units::Millis;
use crate::model::utterance::Utterance;
use crate::voice::parametric::data::Voice;
use crate::voice::parametric::phonemize::Phonemizer;
use crate::voice::parametric::prosody::{self, Prosody};
use crate::voice::parametric::score::Score;
use crate::voice::parametric::synthesize::{self, Builtin, InRoom, Stub, Synthesizer};

use std::ops::Range;

/// A voice of our own, with everything from words to samples.
pub(super) struct Scored {
    phonemizer: Phonemizer,
    prosody: Prosody,
    synthesizer: Box<dyn Synthesizer>,
    name: String,
    digest: Digest,
}

impl Scored {
    /// The voice that the settings name.
    pub fn open(settings: &VoiceSettings) -> Result<Scored, Error> {
        let is_tone = settings.voice == TONE;
        let name = if is_tone { voice_names()[0] } else { settings.voice.as_str() };
        let voice = Voice::load(name)?;
        if settings.neural != NeuralSettings::default() {
            return Err(Error::request(format!(
                "--speaker, --noise, --noise-width and --phonemizer are for Piper voices, and {name} \
                 is none: leave them out, or give --voice the .onnx file of one"
            )));
        }
        let dialect = settings.dialect.unwrap_or(voice.manifest.dialect);
        let how = prosody::Settings { rate: settings.rate, pitch_shift: settings.pitch, dialect };
        let prosody = Prosody::new(&voice, how)?;
        let room = voice.manifest.room.filter(|_| !settings.dry);
        let synthesizer: Box<dyn Synthesizer> = match room {
            _ if is_tone => Box::new(Stub::new(voice.manifest.sample_rate)),
            Some(room) => Box::new(InRoom::new(Builtin::new(&voice)?, &room)),
            None => Box::new(Builtin::new(&voice)?),
        };
        let digest = Digest::of_parts(&[
            &synthesize::GENERATION.to_le_bytes(),
            &[u8::from(is_tone), u8::from(room.is_some())],
            voice.digest().bytes(),
        ]);
        let name = if is_tone { TONE.to_owned() } else { voice.manifest.name };
        Ok(Scored { phonemizer: Phonemizer::new(dialect), prosody, synthesizer, name, digest })
    }
}

impl Engine for Scored {
    fn name(&self) -> &str {
        &self.name
    }

    fn sample_rate(&self) -> u32 {
        self.synthesizer.sample_rate()
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn times(&self) -> Times {
        Times::Exact
    }

    fn dialect(&self) -> Dialect {
        self.phonemizer.dialect()
    }

    fn prepare<'a>(&'a self, utterance: &'a Utterance) -> Result<Prepared<'a>, Error> {
        let score = self.prosody.score(&self.phonemizer.phonemize(utterance));
        let content = score.content();
        let speak = move || {
            let audio = self.synthesizer.synthesize(&score)?;
            let words = word_times(&score, utterance.words.len(), audio.sample_rate);
            Ok(Voiced { audio, words })
        };
        Ok(Prepared { content, speak: Box::new(speak) })
    }

    fn complaints(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The samples at which each word begins and ends in a score.
fn word_times(score: &Score, words: usize, sample_rate: u32) -> Vec<Range<u64>> {
    let sample = |at: Millis| (f64::from(at.0) * f64::from(sample_rate) / 1000.0).round() as u64;
    let mut times = vec![0..0; words];
    let mut seen = vec![false; words];
    let mut now = Millis(0.0);
    for note in &score.notes {
        let end = now + note.sounding();
        if let Some(time) = times.get_mut(note.word) {
            if !std::mem::replace(&mut seen[note.word], true) {
                time.start = sample(now);
            }
            time.end = sample(end);
        }
        now = end + note.pause;
    }
    times
}
