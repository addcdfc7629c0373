//! Puts the sound of an utterance together: what the model speaks between its silences, and the
//! silences that are asked for in place of the model's own.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::ids::Call;
use super::vits::{Parted, Spoken};
use crate::model::message::Message;
use crate::model::units::Millis;
use crate::voice::estimate::estimate;

/// How much is kept of what the model sounds before a word that is after a silence, and after
/// one before a silence, in milliseconds: room for a breath of air, and for the voice to die away.
/// Both are taken out of the silence.
const LEAD: f32 = 24.0;
const TAIL: f32 = 60.0;

/// How long the sound fades where it is cut, in milliseconds.
const FADE: f32 = 5.0;

/// What a voice makes of an utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sound {
    /// The samples, pauses included; full scale is ±1.
    #[serde(skip)]
    pub samples: Vec<f32>,
    /// The samples at which each word begins and ends; they ascend.
    pub words: Vec<Range<u64>>,
}

/// A sound that is being put together.
pub(super) struct Assembly {
    sample_rate: u32,
    samples: Vec<f32>,
    words: Vec<Option<Range<u64>>>,
}

impl Assembly {
    pub(super) fn new(sample_rate: u32, words: usize) -> Assembly {
        Assembly { sample_rate, samples: Vec::new(), words: vec![None; words] }
    }

    /// Adds what was spoken for a call.
    pub(super) fn add(&mut self, call: &Call, spoken: &Spoken) -> Result<(), Message> {
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
    pub(super) fn finish(self) -> Sound {
        let mut last = 0;
        let words = self.words.into_iter().map(|word| {
            let word = word.unwrap_or(last..last);
            last = word.end.max(last);
            word
        });
        Sound { samples: self.samples, words: words.collect() }
    }

    fn add_parted(&mut self, call: &Call, parted: &Parted) -> Result<(), Message> {
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

    /// Where the model gives no lengths: the sound without the silence at its ends, and the times of
    /// words as they are estimated.
    fn add_whole(&mut self, call: &Call, sound: &[f32]) {
        let Some(estimate) = estimate(&counted(call), &[], sound, self.sample_rate) else { return };
        let place = self.samples.len();
        let Range { start, end } = estimate.heard;
        for ((word, _), heard) in call.words.iter().zip(estimate.words) {
            let sample = |at: usize| (place + at - start) as u64;
            self.set(*word, sample(heard.start)..sample(heard.end));
        }
        let mut sound = sound[start..end].to_vec();
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

/// How many sounds of a call come before each word, and before it is over. A space belongs to the word
/// before it.
fn counted(call: &Call) -> Vec<Range<usize>> {
    let first = call.words.first().map_or(0, |(_, ids)| ids.start);
    let ends = call.words.iter().skip(1).map(|(_, next)| next.start);
    let ends = ends.chain(call.words.last().map(|(_, last)| last.end));
    let words = call.words.iter().zip(ends);
    words.map(|((_, ids), end)| ids.start - first..end - first).collect()
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

#[cfg(test)]
mod tests {
    use super::super::config::Config;
    use super::super::ids;
    use super::super::line::{Clause, Line};
    use super::super::vits::{self, SynthesisParameters, Vits};
    use super::*;

    /// What docs/piper.md says of estimated times, in milliseconds: the error of half of all words,
    /// and that of nineteen in twenty.
    const HALF: f32 = 80.0;
    const MOST: f32 = 260.0;

    #[test]
    #[ignore = "needs a real Piper voice"]
    fn estimated_times_err_as_little_as_is_said() {
        let named = std::env::var("DOCBAO_PIPER_VOICE");
        let model = named.unwrap_or("target/piper/en_US-joe-medium.onnx".to_owned());
        let bytes = std::fs::read(&model).unwrap();
        let json = std::fs::read_to_string(format!("{model}.json")).unwrap();
        let config = Config::parse("json", &json).unwrap();
        let seen = vits::look(&bytes).unwrap();
        let vits = Vits::load(bytes, seen, config.sample_rate).unwrap();
        let parameters =
            SynthesisParameters { noise: 0.667, length: 1.0, noise_width: 0.8, speaker: 0 };
        let mut errors = Vec::new();
        for sentence in std::fs::read_to_string("tests/cases/piper/sentences.txt").unwrap().lines()
        {
            let words = sentence.split(' ').map(str::to_owned).enumerate().collect();
            let clause = Clause { words, sign: Some('.'), pause: Millis(0.0) };
            let line = Line { clauses: vec![clause], rate: 1.0 };
            let call = ids::calls(&config, &line, &mut |_| {}).remove(0);
            let Ok(Spoken::Parted(parted)) = vits.speak(&call.ids, parameters, b"") else {
                panic!()
            };
            let frames = parted.lengths.iter().sum();
            let sound = parted.sound(0..frames).unwrap();
            let estimate = estimate(&counted(&call), &[], &sound, config.sample_rate).unwrap();
            for ((_, ids), found) in call.words.iter().zip(estimate.words) {
                let start = parted.lengths[..ids.start].iter().sum::<usize>() * parted.hop();
                errors.push(start.abs_diff(found.start) as f32 / config.sample_rate as f32 * 1e3);
            }
        }
        errors.sort_by(f32::total_cmp);
        let (half, most) = (errors[errors.len() / 2], errors[errors.len() * 19 / 20]);
        let count = errors.len();
        assert!(half < HALF && most < MOST, "{half} ms and {most} ms of {count} words");
    }
}
