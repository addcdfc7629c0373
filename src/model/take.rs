//! `Take`: an utterance as it was spoken.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// An utterance as it was spoken: mono sound in steps of 16 bits, with the times of its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Take {
    /// The version of this form, [`Take::VERSION`].
    pub version: u32,
    /// Samples per second.
    pub sample_rate: u32,
    /// The sound, pauses included, in steps of 16 bits: full scale is ±32767.
    pub samples: Vec<i16>,
    /// The samples at which each word of the utterance begins and ends, counted from the start of the
    /// sound; they ascend.
    pub words: Vec<Range<u64>>,
}

impl Take {
    /// The version of this form.
    pub const VERSION: u32 = 1;

    /// A take of this sound, whose words begin and end at these samples.
    #[must_use]
    pub fn new(sample_rate: u32, samples: Vec<i16>, words: Vec<Range<u64>>) -> Take {
        Take { version: Take::VERSION, sample_rate, samples, words }
    }

    /// How long it is, in seconds, pauses included.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.sample_rate.max(1))
    }
}

/// How the times of words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Times {
    /// From the engine, to the sample.
    #[default]
    Exact,
    /// From the lengths that a neural voice gives its sounds, to a frame of it: 12 ms or 16 ms.
    Model,
    /// Estimated from the number of sounds in each word and from where the sound is silent.
    Estimated,
}

/// A sample as 16-bit PCM: full scale ±1 is ±32767, more is clipped, the nearest step is taken
/// (halves away from zero), and what is not a number is silence. No dither, so that the same sound
/// always gives the same file.
#[must_use]
pub fn to_pcm16(sample: f32) -> i16 {
    // The cast saturates, and takes NaN to 0.
    (sample.clamp(-1.0, 1.0) * 32767.0).round() as i16
}

/// The sample of a step of 16-bit PCM; [`to_pcm16`] takes it back to the same step.
#[must_use]
pub fn from_pcm16(step: i16) -> f32 {
    f32::from(step) / 32767.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_rounded_clipped_and_never_wrap() {
        let cases = [
            (0.0, 0),
            (1.0, 32767),
            (-1.0, -32767),
            (7.5, 32767),
            (f32::NEG_INFINITY, -32767),
            (f32::NAN, 0),
            (0.4 / 32767.0, 0),
            (0.6 / 32767.0, 1),
            (-0.6 / 32767.0, -1),
        ];
        for (sample, pcm) in cases {
            assert_eq!(to_pcm16(sample), pcm, "{sample}");
        }
    }

    #[test]
    fn every_step_comes_back() {
        for step in -32767..=32767 {
            assert_eq!(to_pcm16(from_pcm16(step)), step);
        }
    }
}
