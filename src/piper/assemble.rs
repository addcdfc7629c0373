//! Puts the sound of an utterance together: what the model speaks between its silences, and the
//! silences that are asked for in place of the model's own.

use std::ops::Range;

use super::ids::Call;
use super::vits::{Parted, Spoken};
use crate::units::Millis;

/// How much is kept of what the model sounds before a word that stands after a silence, and after
/// one before a silence, in milliseconds: room for a breath of air, and for the voice to die away.
/// Both are taken out of the silence.
const LEAD: f32 = 24.0;
const TAIL: f32 = 60.0;

/// How long the sound fades where it is cut, in milliseconds.
const FADE: f32 = 5.0;

/// What is this much quieter than the loudest stretch of a sound is silence, as a factor: -40 dB.
const SILENCE: f32 = 0.01;

/// The step in which silence is looked for, in milliseconds.
const STEP: f32 = 10.0;

pub(super) struct Assembly {
    sample_rate: u32,
    samples: Vec<f32>,
    words: Vec<Option<Range<u64>>>,
}

impl Assembly {
    pub fn new(sample_rate: u32, words: usize) -> Assembly {
        Assembly { sample_rate, samples: Vec::new(), words: vec![None; words] }
    }

    /// Adds what was spoken for a call.
    pub fn add(&mut self, call: &Call, spoken: &Spoken) -> Result<(), String> {
        match spoken {
            Spoken::Parted(parted) => self.add_parted(call, parted),
            Spoken::Whole(sound) => {
                self.add_whole(call, sound);
                Ok(())
            }
        }
    }

    /// The sound, and when each word is heard in it. A word that nothing is said for is heard where
    /// the one before it ends.
    pub fn finish(self) -> (Vec<f32>, Vec<Range<u64>>) {
        let mut last = 0;
        let words = self.words.into_iter().map(|word| {
            let word = word.unwrap_or(last..last);
            last = word.end.max(last);
            word
        });
        (self.samples, words.collect())
    }

    fn add_parted(&mut self, call: &Call, parted: &Parted) -> Result<(), String> {
        let hop = parted.hop();
        // The frame at which each number begins, and the end.
        let mut starts = vec![0];
        for length in &parted.lengths {
            starts.push(starts[starts.len() - 1] + length);
        }
        let frames = |ids: &Range<usize>| starts[ids.start]..starts[ids.end];
        let (lead, tail) =
            (self.samples_of(LEAD).div_ceil(hop), self.samples_of(TAIL).div_ceil(hop));
        let mut before = 0;
        let runs = runs(call);
        for (at, (words, pause)) in runs.iter().enumerate() {
            let words = &call.words[words.clone()];
            let first = frames(&words[0].1).start;
            let last = frames(&words[words.len() - 1].1).end;
            let next = runs.get(at + 1).map_or(starts[starts.len() - 1], |(words, _)| {
                frames(&call.words[words.start].1).start
            });
            let from = first - lead.min((first - before) / 2);
            let to = last + tail.min(next - last);
            let place = self.samples.len();
            let mut sound = parted.sound(from..to)?;
            let spoken = (last - from) * hop;
            let silence = self.samples_of(pause.0).saturating_sub(self.samples_of(LEAD));
            sound.truncate(spoken + silence);
            self.fade(&mut sound);
            let length = spoken + silence;
            self.samples.append(&mut sound);
            self.samples.resize(place + length, 0.0);
            // Spaces belong to the word before, so that words touch.
            for (at, (word, ids)) in words.iter().enumerate() {
                let heard = frames(ids);
                let end = words.get(at + 1).map_or(last, |(_, next)| frames(next).start);
                let sample = |frame: usize| (place + (frame - from) * hop) as u64;
                self.set(*word, sample(heard.start)..sample(end));
            }
            before = last;
        }
        Ok(())
    }

    /// Where the model tells no lengths: the sound without the silence at its ends, and words in
    /// proportion to how many sounds they have, silences inside left out.
    fn add_whole(&mut self, call: &Call, sound: &[f32]) {
        let step = self.samples_of(STEP).max(1);
        let level = |part: &[f32]| {
            (part.iter().map(|sample| sample * sample).sum::<f32>() / part.len() as f32).sqrt()
        };
        let levels: Vec<f32> = sound.chunks(step).map(level).collect();
        let loudest = levels.iter().fold(0.0f32, |most, level| most.max(*level));
        let sounds: Vec<bool> = levels.iter().map(|level| *level > SILENCE * loudest).collect();
        let Some(first) = sounds.iter().position(|sounds| *sounds) else { return };
        let last = sounds.iter().rposition(|sounds| *sounds).unwrap_or(first) + 1;
        let total = sounds.iter().filter(|sounds| **sounds).count() as f32;
        let weight: usize = call.words.iter().map(|(_, ids)| ids.len()).sum();
        let place = self.samples.len();
        let from = first * step;
        let to = (last * step).min(sound.len());
        // The sample at which so many steps of sound have been heard.
        let moment = |heard: f32| {
            let mut left = heard * total;
            for (at, sounds) in sounds.iter().enumerate().take(last).skip(first) {
                if *sounds {
                    if left < 1.0 {
                        return (at as f32 + left) * step as f32;
                    }
                    left -= 1.0;
                }
            }
            to as f32
        };
        let mut before = 0;
        for (word, ids) in &call.words {
            let sample = |weighed: usize| {
                let sample = (moment(weighed as f32 / weight as f32) as usize).clamp(from, to);
                (place + sample - from) as u64
            };
            let heard = sample(before)..sample(before + ids.len());
            before += ids.len();
            self.set(*word, heard);
        }
        let mut sound = sound[from..to].to_vec();
        self.fade(&mut sound);
        self.samples.append(&mut sound);
        let pause = call.pauses.last().map_or(Millis(0.0), |(_, pause)| *pause);
        let length = self.samples.len() + self.samples_of(pause.0);
        self.samples.resize(length, 0.0);
    }

    /// A word is heard here; one that was parted is heard from its first part to its last.
    fn set(&mut self, word: usize, heard: Range<u64>) {
        if let Some(known) = self.words.get_mut(word) {
            let start = known.as_ref().map_or(heard.start, |known| known.start);
            *known = Some(start..heard.end);
        }
    }

    fn fade(&self, sound: &mut [f32]) {
        let length = self.samples_of(FADE).min(sound.len() / 2);
        let end = sound.len();
        for at in 0..length {
            let gain = at as f32 / length as f32;
            sound[at] *= gain;
            sound[end - 1 - at] *= gain;
        }
    }

    fn samples_of(&self, milliseconds: f32) -> usize {
        (f64::from(milliseconds) * f64::from(self.sample_rate) / 1000.0).round() as usize
    }
}

/// The words between silences, each with the silence after it.
fn runs(call: &Call) -> Vec<(Range<usize>, Millis)> {
    let mut runs: Vec<(Range<usize>, Millis)> = Vec::new();
    let mut start = 0;
    for (end, pause) in &call.pauses {
        match runs.last_mut() {
            _ if *end > start => runs.push((start..*end, *pause)),
            // Nothing is said between two silences: the longer one is heard.
            Some((_, before)) => before.0 = before.0.max(pause.0),
            None => {}
        }
        start = *end;
    }
    if start < call.words.len() {
        runs.push((start..call.words.len(), Millis(0.0)));
    }
    runs
}
