//! The stages in order: the only place that knows them all.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use rayon::Yield;

use crate::job::cache::{Cache, Stored};
use crate::model::audio::{Audio, Times, Voiced};
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::pauses::Pauses;
use crate::model::phrase::Phrase;
use crate::model::reading_options::Options;
use crate::model::spoken::{Confidence, SpokenText};
use crate::model::utterance::Utterance;
use crate::sound::formats::from_pcm16;
use crate::sound::formats::to_pcm16;
use crate::text::lexicon::Lexicon;
use crate::text::readers::{Encoding, ReadingPolicy};
use crate::text::segment;
use crate::voice::espeak;
use crate::voice::parametric::phonemize::{self, Phonemizer};

pub use super::clock::{Clock, Timing};
pub use crate::text::normalize::{Finding, Normalizer};
use crate::voice::{self, Engine, Prepared};
pub use crate::voice::{NeuralSettings, PhonemesBy, TONE, VoiceSettings, voice_names};

/// Utterances that are spoken ahead of the one being written, for each thread. It bounds the memory
/// of a run, however long the text.
const WINDOW: usize = 4;

/// How long a thread that has nothing to speak waits before it looks again.
const PATIENCE: Duration = Duration::from_millis(5);

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
pub fn findings(
    document: &Document,
    spoken: &SpokenText,
    normalizer: &Normalizer,
    level: Confidence,
) -> Vec<Finding> {
    normalizer.findings(document, spoken, level)
}

/// The utterances of a spoken text.
#[must_use]
pub fn utterances(spoken: &SpokenText, pauses: &Pauses) -> Vec<Utterance> {
    segment::segment(spoken, pauses)
}

/// Speaks utterances: everything from sounds to samples.
pub struct Narrator {
    engine: Box<dyn Engine>,
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
    /// [`Error::Read`] if the files of a voice cannot be read; [`Error::Usage`] if the settings ask
    /// for what the voice cannot do.
    pub fn new(settings: &VoiceSettings) -> Result<Narrator, Error> {
        let engine = voice::open(settings)?;
        let version = env!("CARGO_PKG_VERSION").as_bytes();
        let digest = Digest::of_parts(&[version, engine.digest().bytes()]);
        Ok(Narrator { engine, digest, cache: None })
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

    /// What identifies the program and the voice that speak: the same utterance sounds the same
    /// wherever this is the same.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The name of the voice.
    #[must_use]
    pub fn name(&self) -> &str {
        self.engine.name()
    }

    /// Samples a second of what is spoken.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.engine.sample_rate()
    }

    /// How the times of words are known.
    #[must_use]
    pub fn times(&self) -> Times {
        self.engine.times()
    }

    /// What a user should know of the voice and the cache and was not yet told, as sentences.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let cache = self.cache.as_ref().map(Cache::complaints).unwrap_or_default();
        let cache = cache.into_iter().map(|complaint| format!("cache: {complaint}"));
        cache.chain(self.engine.complaints()).collect()
    }

    /// The sounds of an utterance in the dialect of the voice.
    #[must_use]
    pub fn phrase(&self, utterance: &Utterance) -> Phrase {
        Phonemizer::new(self.engine.dialect()).phonemize(utterance)
    }

    /// The phonemes that a voice trained on espeak-ng's takes for an utterance, group by group.
    #[must_use]
    pub fn espeak(&self, utterance: &Utterance) -> Vec<espeak::Group> {
        espeak::phonemes(utterance, self.engine.dialect())
    }

    /// Speaks one utterance.
    ///
    /// Samples are rounded to 16 bits whether there is a cache or not, so that both give the same
    /// sound: 98 dB below full scale, the rounding is beneath any noise floor asked of a narration,
    /// and an utterance takes a quarter of the place it would take in full.
    ///
    /// # Errors
    /// What the engine says.
    pub fn speak(&self, utterance: &Utterance) -> Result<Speech, Error> {
        let sample_rate = self.sample_rate();
        // All that an engine knows of an utterance stands in what it has prepared: the words, and
        // every setting that touches the sound, count by what they change in it.
        let Prepared { content, speak } = self.engine.prepare(utterance)?;
        let key = || Digest::of_parts(&[self.digest.bytes(), &content]);
        let cache = self.cache.as_ref().map(|cache| (cache, key()));
        let kept = cache.as_ref().and_then(|(cache, key)| cache.get(key, sample_rate));
        let from_cache = kept.is_some();
        let Stored { samples, words } = match kept {
            Some(kept) => kept,
            None => {
                let Voiced { audio, words } = speak()?;
                let samples = audio.samples.into_iter().map(to_pcm16).collect();
                let spoken = Stored { samples, words };
                if let Some((cache, key)) = &cache {
                    cache.put(key, sample_rate, &spoken);
                }
                spoken
            }
        };
        let audio = Audio { sample_rate, samples: samples.into_iter().map(from_pcm16).collect() };
        let timing = Timing { samples: audio.samples.len() as u64, words };
        Ok(Speech { audio, from_cache, timing })
    }

    /// Speaks utterances in parallel on the current thread pool and hands each to `take`, in order,
    /// while others are being spoken.
    ///
    /// # Errors
    /// The first error of the engine or of `take`; later utterances are not taken.
    pub fn narrate(
        &self,
        utterances: &[Utterance],
        mut take: impl FnMut(&Utterance, Speech) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let ahead = WINDOW * rayon::current_num_threads();
        let (sender, receiver) = mpsc::channel();
        let is_over = AtomicBool::new(false);
        rayon::in_place_scope_fifo(|scope| {
            // Spoken before their turn.
            let mut early = BTreeMap::new();
            let mut begun = 0;
            let mut next = |turn: usize| {
                while begun < utterances.len().min(turn + ahead) {
                    let (place, sender, is_over) = (begun, sender.clone(), &is_over);
                    scope.spawn_fifo(move |_| {
                        if !is_over.load(Ordering::Relaxed) {
                            let speak = AssertUnwindSafe(|| self.speak(&utterances[place]));
                            // Nobody waits for it once all is over.
                            let _ = sender.send((place, panic::catch_unwind(speak)));
                        }
                    });
                    begun += 1;
                }
                loop {
                    early.extend(receiver.try_iter());
                    match early.remove(&turn) {
                        Some(Ok(speech)) => return speech,
                        Some(Err(cause)) => panic::resume_unwind(cause),
                        // This thread speaks too; with nothing left to begin it waits for the others.
                        None if rayon::yield_now() == Some(Yield::Executed) => {}
                        None => early.extend(receiver.recv_timeout(PATIENCE)),
                    }
                }
            };
            let mut turns = utterances.iter().enumerate();
            let told = turns.try_for_each(|(turn, utterance)| take(utterance, next(turn)?));
            is_over.store(true, Ordering::Relaxed);
            told
        })
    }
}
