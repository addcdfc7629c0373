//! When everything of a narration is heard.

use crate::job::clock::Clock;
use crate::job::recording::Times;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::script::Script;
use crate::sound::marks::SentenceMark;
use crate::sound::master::{Master, Preset};

/// When the sentences of a narration are heard in its files.
pub(super) struct Timeline<'a> {
    /// The article.
    pub article: &'a Article,
    script: &'a Script,
    times: &'a [Times],
    sample_rate: u32,
    /// The silence before the first utterance and after the last, in milliseconds.
    padding_ms: (f64, f64),
}

impl<'a> Timeline<'a> {
    /// The timeline of a recording that is mastered so. The times of words depend on how much silence
    /// the preset puts at the start.
    pub(super) fn new(
        article: &'a Article,
        script: &'a Script,
        times: &'a [Times],
        sound: &Master,
        preset: &Preset,
    ) -> Timeline<'a> {
        Timeline {
            article,
            script,
            times,
            sample_rate: sound.rate(),
            padding_ms: preset.padding_ms(sound.measured()),
        }
    }

    /// How many utterances there are.
    pub(super) fn utterances(&self) -> usize {
        self.times.len()
    }

    /// Hands the sentences to `take`, in order.
    ///
    /// # Errors
    /// What `take` says.
    pub(super) fn sentences(
        &self,
        mut take: impl FnMut(&SentenceMark) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut clock = Clock::new(self.sample_rate, self.padding_ms.0);
        for (utterance, times) in self.script.utterances.iter().zip(self.times) {
            if let Some(sentence) = clock.take(self.article, utterance, times) {
                take(&sentence)?;
            }
        }
        clock.finish(self.article).map_or(Ok(()), |sentence| take(&sentence))
    }

    /// The length of the whole sound, in seconds.
    pub(super) fn seconds(&self) -> f64 {
        let clock = Clock::new(self.sample_rate, self.padding_ms.0);
        let samples: u64 = self.times.iter().map(|times| times.samples).sum();
        (clock.samples() + samples) as f64 / f64::from(self.sample_rate)
            + self.padding_ms.1 / 1000.0
    }
}
