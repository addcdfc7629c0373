//! The stages in order: the only place that knows them all.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rayon::Yield;

use crate::job::cache::Cache;
use crate::model::digest::Digest;
use crate::model::document::Document;
use crate::model::error::Error;
use crate::model::phrase::Phrase;
use crate::model::spoken::{Confidence, SpokenText};
use crate::model::take::{Take, Times};
use crate::model::utterance::Utterance;
use crate::text::lexicon::Lexicon;
use crate::text::normalize::{self, Options};
use crate::text::readers::{Encoding, ReadingPolicy};
use crate::text::segment::{self, Pauses};
use crate::voice::espeak;
use crate::voice::parametric::phonemize::{self, Phonemizer};

pub use super::clock::Clock;
pub use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
pub use crate::text::normalize::{Finding, Normalizer};
use crate::voice::Engine;
pub use crate::voice::{Engines, TONE, voice_names};

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
pub fn findings(document: &Document, spoken: &SpokenText, level: Confidence) -> Vec<Finding> {
    normalize::findings(document, spoken, level)
}

/// The utterances of a spoken text.
#[must_use]
pub fn utterances(spoken: &SpokenText, pauses: &Pauses) -> Vec<Utterance> {
    segment::segment(spoken, pauses)
}

/// Speaks utterances: everything from sounds to samples.
pub struct Narrator {
    engine: Arc<dyn Engine>,
    cache: Option<Cache>,
}

/// An utterance that has been spoken.
#[derive(Debug)]
pub struct Speech {
    /// Its sound and the times of its words.
    pub take: Take,
    /// Whether the sound came from the cache.
    pub from_cache: bool,
}

impl Narrator {
    /// A narrator with this voice.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>) -> Narrator {
        Narrator { engine, cache: None }
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
        self.engine.info().digest
    }

    /// The name of the voice.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.engine.info().name
    }

    /// Samples a second of what is spoken.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.engine.info().sample_rate
    }

    /// How the times of words are known.
    #[must_use]
    pub fn times(&self) -> Times {
        self.engine.info().times
    }

    /// What a user should know of the voice and the cache and was not yet reported, as sentences.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let cache = self.cache.as_ref().map(Cache::warnings).unwrap_or_default();
        let cache = cache.into_iter().map(|warning| format!("cache: {warning}"));
        cache.chain(self.engine.warnings()).collect()
    }

    /// The sounds of an utterance in the dialect of the voice.
    #[must_use]
    pub fn phrase(&self, utterance: &Utterance) -> Phrase {
        Phonemizer::new(self.engine.info().dialect).phonemize(utterance)
    }

    /// The phonemes that a voice trained on espeak-ng's takes for an utterance, group by group.
    #[must_use]
    pub fn espeak(&self, utterance: &Utterance) -> Vec<espeak::Group> {
        espeak::phonemes(utterance, self.engine.info().dialect)
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
        let Some(cache) = &self.cache else {
            return Ok(Speech { take: self.engine.speak(utterance)?, from_cache: false });
        };
        let key = self.engine.key(utterance)?;
        if let Some(take) = cache.get(&key, self.sample_rate()) {
            return Ok(Speech { take, from_cache: true });
        }
        let take = self.engine.speak(utterance)?;
        cache.put(&key, &take);
        Ok(Speech { take, from_cache: false })
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
