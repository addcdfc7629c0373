//! The stages in order: the only place that knows them all.

mod clock;
mod extent;

use rayon::prelude::*;

use crate::audio::Audio;
use crate::cache::Cache;
use crate::diag::Error;
use crate::digest::Digest;
use crate::document::Document;
use crate::espeak;
use crate::input::{Encoding, ReadingPolicy};
use crate::lexicon::Lexicon;
use crate::normalize::{self, Options};
use crate::phonemize::{self, Phonemizer};
use crate::phrase::{Dialect, Phrase};
use crate::prosody::{self, Prosody};
use crate::score::Score;
use crate::segment::{self, Pauses};
use crate::spoken::{Confidence, SpokenText};
use crate::synthesize::{self, Builtin, InRoom, Stub, Synthesizer};
use crate::units::{Millis, Semitones};
use crate::utterance::Utterance;
use crate::voice::Voice;
use crate::write::{from_pcm16, to_pcm16};

pub use self::clock::{Clock, Timing};
pub use crate::normalize::{Finding, Normalizer};

/// The name of the engine that sounds a plain tone for every syllable instead of speech.
pub const TONE: &str = "tone";

/// Utterances that are spoken ahead of the one being written, for each thread. It bounds the memory
/// of a run, however long the text.
const WINDOW: usize = 4;

/// How text is taken and read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The encoding of the text, where it is not recognized by itself.
    pub encoding: Option<Encoding>,
    /// Which parts of an article are read.
    pub policy: ReadingPolicy,
    /// How it is read where newsreaders differ.
    pub options: Options,
    /// The user's own readings: the name of each file and its text. A later file beats an earlier
    /// one.
    pub lexicons: Vec<(String, String)>,
}

/// The normalizer that reads so.
///
/// # Errors
/// [`Error::Table`] if a row of a lexicon cannot be understood.
pub fn normalizer(reading: &Reading) -> Result<Normalizer, Error> {
    let mut lexicon = Lexicon::default();
    for (name, text) in &reading.lexicons {
        lexicon.add(name, text, &phonemize::spelling)?;
    }
    Ok(Normalizer::new(reading.options, lexicon))
}

/// The document as it is said.
#[must_use]
pub fn spoken(document: &Document, normalizer: &Normalizer) -> SpokenText {
    normalizer.normalize(document)
}

/// What of a spoken text is no surer than `level`.
#[must_use]
pub fn findings(document: &Document, spoken: &SpokenText, level: Confidence) -> Vec<Finding> {
    normalize::findings(document, spoken, level)
}

/// The utterances of a spoken text.
#[must_use]
pub fn utterances(spoken: &SpokenText, pauses: &Pauses) -> Vec<Utterance> {
    segment::segment(spoken, pauses)
}

/// Names of the voices inside the program, the default one first.
#[must_use]
pub fn voice_names() -> Vec<&'static str> {
    Voice::list()
}

/// Who speaks, and how.
#[derive(Debug, Clone)]
pub struct VoiceSettings {
    /// Name or folder of the voice.
    pub voice: String,
    /// Whose Vietnamese; `None` is the voice's own.
    pub dialect: Option<Dialect>,
    /// Speed: 1 is the voice's own.
    pub rate: f32,
    /// How much higher.
    pub pitch: Semitones,
    /// Silences.
    pub pauses: Pauses,
    /// Whether it is heard without the room that its voice asks for.
    pub dry: bool,
}

/// Speaks utterances: everything from sounds to samples.
pub struct Narrator {
    phonemizer: Phonemizer,
    prosody: Prosody,
    engine: Box<dyn Synthesizer>,
    name: String,
    digest: Digest,
    cache: Option<Cache>,
}

/// An utterance that has been spoken.
#[derive(Debug)]
pub struct Speech {
    /// Its sound, pauses included, in steps of 16 bits.
    pub audio: Audio,
    /// Whether the sound came from the cache.
    pub from_cache: bool,
    /// When its words are heard.
    pub timing: Timing,
}

impl Narrator {
    /// A narrator with this voice.
    ///
    /// # Errors
    /// [`Error::Voice`] or [`Error::Table`] if there is no such voice or its files are damaged;
    /// [`Error::Read`] if the files of a voice's folder cannot be read.
    pub fn new(settings: &VoiceSettings) -> Result<Narrator, Error> {
        let is_tone = settings.voice == TONE;
        let name = if is_tone { voice_names()[0] } else { settings.voice.as_str() };
        let voice = Voice::load(name)?;
        let dialect = settings.dialect.unwrap_or(voice.manifest.dialect);
        let how = prosody::Settings { rate: settings.rate, pitch_shift: settings.pitch, dialect };
        let prosody = Prosody::new(&voice, how)?;
        let room = voice.manifest.room.filter(|_| !settings.dry);
        let engine: Box<dyn Synthesizer> = match room {
            _ if is_tone => Box::new(Stub::new(voice.manifest.sample_rate)),
            Some(room) => Box::new(InRoom::new(Builtin::new(&voice)?, &room)),
            None => Box::new(Builtin::new(&voice)?),
        };
        let digest = Digest::of_parts(&[
            env!("CARGO_PKG_VERSION").as_bytes(),
            &synthesize::GENERATION.to_le_bytes(),
            &[u8::from(is_tone), u8::from(room.is_some())],
            voice.digest().bytes(),
        ]);
        let phonemizer = Phonemizer::new(dialect);
        let name = if is_tone { TONE.to_owned() } else { voice.manifest.name };
        Ok(Narrator { phonemizer, prosody, engine, name, digest, cache: None })
    }

    /// The narrator, taking what was spoken before from this cache and adding to it. The sound is
    /// the same with and without.
    #[must_use]
    pub fn with_cache(self, cache: Option<Cache>) -> Narrator {
        Narrator { cache, ..self }
    }

    /// The cache it uses.
    #[must_use]
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// What identifies the program and the voice that speak: the same score sounds the same
    /// wherever this is the same.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The name of the voice.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Samples a second of what is spoken.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.engine.sample_rate()
    }

    /// The sounds of an utterance.
    #[must_use]
    pub fn phrase(&self, utterance: &Utterance) -> Phrase {
        self.phonemizer.phonemize(utterance)
    }

    /// The phonemes that a voice trained on espeak-ng's takes for an utterance, group by group.
    #[must_use]
    pub fn espeak(&self, utterance: &Utterance) -> Vec<espeak::Group> {
        espeak::phonemes(utterance, self.phonemizer.dialect())
    }

    /// Speaks one utterance.
    ///
    /// # Errors
    /// What the engine says.
    pub fn speak(&self, utterance: &Utterance) -> Result<Speech, Error> {
        let score = self.prosody.score(&self.phrase(utterance));
        let words = word_times(&score, utterance.words.len());
        let (steps, from_cache) = self.sound(&score)?;
        let samples = steps.into_iter().map(from_pcm16).collect();
        let audio = Audio { sample_rate: self.sample_rate(), samples };
        let timing = Timing { samples: audio.samples.len() as u64, words };
        Ok(Speech { audio, from_cache, timing })
    }

    /// The samples of a score, and whether they came from the cache.
    ///
    /// They are rounded to 16 bits whether there is a cache or not, so that both give the same
    /// sound: 98 dB below full scale, the rounding is beneath any noise floor asked of a narration,
    /// and an utterance takes a quarter of the place it would take in full.
    fn sound(&self, score: &Score) -> Result<(Vec<i16>, bool), Error> {
        let rate = self.sample_rate();
        // All that an engine knows of an utterance is its score: its words, and every setting that
        // touches the sound, count by what they change in it.
        let key = || Digest::of_parts(&[self.digest.bytes(), &score.content()]);
        let cache = self.cache.as_ref().map(|cache| (cache, key()));
        if let Some(steps) = cache.as_ref().and_then(|(cache, key)| cache.get(key, rate)) {
            return Ok((steps, true));
        }
        let audio = self.engine.synthesize(score)?;
        let steps: Vec<i16> = audio.samples.into_iter().map(to_pcm16).collect();
        if let Some((cache, key)) = &cache {
            cache.put(key, rate, &steps);
        }
        Ok((steps, false))
    }

    /// Speaks utterances in parallel on the current thread pool and hands each to `take`, in order.
    ///
    /// # Errors
    /// The first error of the engine or of `take`; later utterances are not taken.
    pub fn narrate(
        &self,
        utterances: &[Utterance],
        mut take: impl FnMut(&Utterance, Speech) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for window in utterances.chunks(WINDOW * rayon::current_num_threads()) {
            let spoken: Vec<_> = window.par_iter().map(|utterance| self.speak(utterance)).collect();
            for (utterance, speech) in window.iter().zip(spoken) {
                take(utterance, speech?)?;
            }
        }
        Ok(())
    }
}

/// When each word begins and ends in a score.
fn word_times(score: &Score, words: usize) -> Vec<(Millis, Millis)> {
    let mut times = vec![(Millis(0.0), Millis(0.0)); words];
    let mut seen = vec![false; words];
    let mut now = Millis(0.0);
    for note in &score.notes {
        let end = now + note.sounding();
        if let Some(time) = times.get_mut(note.word) {
            if !std::mem::replace(&mut seen[note.word], true) {
                time.0 = now;
            }
            time.1 = end;
        }
        now = end + note.pause;
    }
    times
}
