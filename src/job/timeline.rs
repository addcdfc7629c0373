//! When everything of a narration is heard.

use std::ops::Range;

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

/// A stretch of a narration: all of it, or what is said of one part of its article.
pub(super) struct Stretch {
    /// Which of the article's parts, from 0; 0 in an article without parts.
    pub part: usize,
    /// Its samples, as they were spoken.
    pub samples: Range<u64>,
    utterances: Range<usize>,
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

    /// The stretches of the parts of the article in which something is said, in order. Together they
    /// are the whole narration.
    pub(super) fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut at = 0;
        for (number, (utterance, times)) in
            self.script.utterances.iter().zip(self.times).enumerate()
        {
            let place = utterance.words.first().map(|word| word.source.start);
            let part = place.and_then(|place| self.article.part_index(place)).unwrap_or(0);
            let (next, end) = (number + 1, at + times.samples);
            match stretches.last_mut().filter(|last| part <= last.part) {
                Some(last) => (last.utterances.end, last.samples.end) = (next, end),
                None => {
                    stretches.push(Stretch { part, samples: at..end, utterances: number..next });
                }
            }
            at = end;
        }
        stretches
    }

    /// Hands the sentences to `take`, in order.
    ///
    /// # Errors
    /// What `take` says.
    pub(super) fn sentences(
        &self,
        take: impl FnMut(&SentenceMark) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.sentences_in(0..self.times.len(), take)
    }

    /// The sentences of a stretch, in order, with the times in its own sound.
    pub(super) fn sentences_of(&self, stretch: &Stretch) -> Result<Vec<SentenceMark>, Error> {
        let mut sentences = Vec::new();
        self.sentences_in(stretch.utterances.clone(), |sentence| {
            sentences.push(sentence.clone());
            Ok(())
        })?;
        Ok(sentences)
    }

    /// Hands the sentences of some utterances to `take`, with the times in the sound of these alone.
    fn sentences_in(
        &self,
        range: Range<usize>,
        mut take: impl FnMut(&SentenceMark) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let lead_ms = if range.start == 0 { self.padding_ms.0 } else { 0.0 };
        let mut clock = Clock::new(self.sample_rate, lead_ms);
        let utterances = &self.script.utterances[range.clone()];
        for (utterance, times) in utterances.iter().zip(&self.times[range]) {
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
