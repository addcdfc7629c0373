//! What was said of a script: its sound, on disk, and when each word is heard.

use std::ops::Range;
use std::path::Path;

use crate::job::arrange::Arranger;
use crate::job::fit::Fit;
use crate::job::narrate::{Narrator, Speech};
use crate::job::outcome::{Progress, Watcher};
use crate::job::times::{AllTimes, Times, TimesWriter};
use crate::model::article::Article;
use crate::model::design::MixSettings;
use crate::model::error::Error;
use crate::model::take::from_pcm16;
use crate::model::utterance::Utterance;
use crate::sound::design::Tracks;
use crate::sound::master::{Spool, Spooled};
use crate::text::FrontEnd;

/// How much silence is written at once, in samples.
const SILENCE: u64 = 1 << 16;

/// The sound of a whole script, at the voice's own level.
pub(super) struct Recording {
    /// The samples, on disk, measured.
    pub sound: Spooled,
    /// The times of each utterance, in order, on disk.
    pub times: AllTimes,
    /// How many utterances came from the cache.
    pub from_cache: usize,
    /// How the subtitles fit their times, where that was asked for.
    pub fit: Fit,
}

impl Recording {
    /// Speaks `count` utterances; `folder` is on the disk that has room for their sound. It needs little
    /// memory, however many they are.
    ///
    /// # Errors
    /// What the voice, the disk and `watcher` say.
    pub(super) fn make(
        narrator: &Narrator,
        utterances: impl Iterator<Item = Utterance>,
        count: usize,
        folder: &Path,
        watcher: &mut Watcher,
    ) -> Result<Recording, Error> {
        let mut spool = Spool::create(folder, narrator.info().sample_rate)?;
        let mut times = TimesWriter::new(folder);
        let mut from_cache = 0;
        let mut fit = Fit::new(narrator.info().sample_rate);
        let mut samples = Vec::new();
        narrator.narrate(utterances, |utterance, speech| {
            let Speech { take, from_cache: is_kept, hurry } = speech;
            let length = take.samples.len() as u64;
            let silence = match utterance.delivery.cue {
                Some(cue) => fit.place(cue, length, hurry),
                None => fit.follow(length),
            };
            let mut left = silence;
            while left > 0 {
                samples.clear();
                samples.resize(left.min(SILENCE) as usize, 0.0);
                spool.write(&samples)?;
                left -= samples.len() as u64;
            }
            samples.clear();
            samples.extend(take.samples.iter().copied().map(from_pcm16));
            spool.write(&samples)?;
            let later = |word: Range<u64>| word.start + silence..word.end + silence;
            let words = take.words.into_iter().map(later).collect();
            times.add(&Times { samples: silence + length, words })?;
            from_cache += usize::from(is_kept);
            watcher(Progress { spoken: times.utterances(), of: count, written: 0 })
        })?;
        let times = times.finish()?;
        Ok(Recording { sound: spool.finish()?, times, from_cache, fit })
    }

    /// The recording of what `front_end` makes of an article among its music: with the room that it needs
    /// in the speech, and everything heard that much later.
    ///
    /// # Errors
    /// What the disk and `watcher` say.
    pub(super) fn with_music(
        mut self,
        (article, front_end): (&Article, &FrontEnd),
        (tracks, mix): (&mut Tracks, &MixSettings),
        folder: &Path,
        watcher: &mut Watcher,
    ) -> Result<Recording, Error> {
        let of = self.times.utterances();
        let mut check = || watcher(Progress { spoken: of, of, written: 0 });
        let mut arranger = Arranger::new(article, tracks, mix, self.sound.rate(), folder);
        for (utterance, times) in front_end.utterances(article).zip(self.times.read()) {
            arranger.take(&utterance, &times?)?;
        }
        check()?;
        let (layout, times) = arranger.finish()?;
        let sound = tracks.mix(&mut self.sound, &layout, folder, &mut check)?;
        Ok(Recording { sound, times, ..self })
    }
}
