//! When everything of a narration is heard.

use std::ops::Range;

use crate::job::clock::Clock;
use crate::job::narrate::Narrator;
use crate::job::times::{AllTimes, TimesReader};
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::script::Script;
use crate::model::spoken::Confidence;
use crate::sound::marks::SentenceMark;
use crate::sound::master::{Master, Preset};
use crate::text::{FrontEnd, Utterances};

/// When the sentences of a narration are heard in its files. Its utterances are made anew whenever they
/// are gone through, for there may be millions of them.
pub(super) struct Timeline<'a> {
    /// The article.
    pub article: &'a Article,
    front_end: &'a FrontEnd,
    times: &'a AllTimes,
    sample_rate: u32,
    /// The silence before the first utterance and after the last, in milliseconds.
    padding_ms: (f64, f64),
    /// Who knows the sounds of words, if they are asked for.
    phones: Option<&'a Narrator<'a>>,
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
    /// The timeline of a recording of what `front_end` makes of an article, mastered so. The times of
    /// words depend on how much silence the preset puts at the start.
    pub(super) fn new(
        article: &'a Article,
        front_end: &'a FrontEnd,
        times: &'a AllTimes,
        sound: &Master,
        preset: &Preset,
    ) -> Timeline<'a> {
        let padding_ms = preset.padding_ms(sound.measured());
        Timeline { article, front_end, times, sample_rate: sound.rate(), padding_ms, phones: None }
    }

    /// The same, with the sounds of words as this narrator knows them.
    pub(super) fn with_phones(self, narrator: &'a Narrator<'a>) -> Timeline<'a> {
        Timeline { phones: Some(narrator), ..self }
    }

    /// The script of the narration, all of it in memory.
    pub(super) fn script(&self) -> Script {
        self.front_end.script(self.article, Confidence::Doubtful)
    }

    /// Samples per second of the sound before it is written.
    pub(super) fn rate(&self) -> u32 {
        self.sample_rate
    }

    /// How many utterances there are.
    pub(super) fn utterances(&self) -> usize {
        self.times.utterances()
    }

    /// The stretches of the parts of the article in which something is said, in order. Together they
    /// are the whole narration.
    ///
    /// # Errors
    /// Of kind `Read` if the times cannot be read back.
    pub(super) fn stretches(&self) -> Result<Vec<Stretch>, Error> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut at = 0;
        let utterances = self.front_end.utterances(self.article);
        for (number, (utterance, times)) in utterances.zip(self.times.read()).enumerate() {
            let place = utterance.words.first().map(|word| word.source.start);
            let part = place.and_then(|place| self.article.part_index(place)).unwrap_or(0);
            let (next, end) = (number + 1, at + times?.samples);
            match stretches.last_mut().filter(|last| part <= last.part) {
                Some(last) => (last.utterances.end, last.samples.end) = (next, end),
                None => {
                    stretches.push(Stretch { part, samples: at..end, utterances: number..next });
                }
            }
            at = end;
        }
        Ok(stretches)
    }

    /// Goes through the sentences, in order.
    pub(super) fn sentences(&self) -> Sentences<'_> {
        let utterances = self.front_end.utterances(self.article);
        Sentences { timeline: self, utterances, times: self.times.read(), utterance: 0 }
    }

    /// The length of the whole sound, in seconds.
    pub(super) fn seconds(&self) -> f64 {
        let lead = Clock::new(self.sample_rate, self.padding_ms.0).samples();
        (lead + self.times.samples()) as f64 / f64::from(self.sample_rate)
            + self.padding_ms.1 / 1000.0
    }
}

/// A walk through the sentences of a narration.
pub(super) struct Sentences<'a> {
    timeline: &'a Timeline<'a>,
    utterances: Utterances<'a>,
    times: TimesReader<'a>,
    /// How many utterances were taken.
    utterance: usize,
}

impl Sentences<'_> {
    /// Hands all that are left to `take`, in order.
    ///
    /// # Errors
    /// What `take` says; of kind `Read` if the times cannot be read back.
    pub(super) fn rest(
        &mut self,
        take: impl FnMut(&SentenceMark) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.until(usize::MAX, take)
    }

    /// The sentences of the next stretch, in order, with the times in its own sound.
    ///
    /// # Errors
    /// Of kind `Read` if the times cannot be read back.
    pub(super) fn of(&mut self, stretch: &Stretch) -> Result<Vec<SentenceMark>, Error> {
        let mut sentences = Vec::new();
        self.until(stretch.utterances.end, |sentence| {
            sentences.push(sentence.clone());
            Ok(())
        })?;
        Ok(sentences)
    }

    /// Hands the sentences of the utterances before `end` to `take`, with the times in the sound of
    /// these alone.
    fn until(
        &mut self,
        end: usize,
        mut take: impl FnMut(&SentenceMark) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Timeline { article, sample_rate, padding_ms, .. } = *self.timeline;
        let lead_ms = if self.utterance == 0 { padding_ms.0 } else { 0.0 };
        let mut clock = Clock::new(sample_rate, lead_ms);
        while self.utterance < end
            && let Some((utterance, times)) = self.utterances.by_ref().zip(&mut self.times).next()
        {
            self.utterance += 1;
            let phones = self.timeline.phones.map(|it| it.phones(&utterance)).unwrap_or_default();
            if let Some(sentence) = clock.take(article, &utterance, &times?, &phones) {
                take(&sentence)?;
            }
        }
        clock.finish(article).map_or(Ok(()), |sentence| take(&sentence))
    }
}
