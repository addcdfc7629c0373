//! `Audio`: what an engine gives and `write` takes; and `Voiced`, the same with the times of its words.

use std::ops::Range;

use serde::Serialize;

/// Mono sound.
#[derive(Debug, Clone, PartialEq)]
pub struct Audio {
    /// Samples a second.
    pub sample_rate: u32,
    /// Amplitudes; full scale is ±1.
    pub samples: Vec<f32>,
}

/// An utterance that is spoken.
#[derive(Debug, Clone, PartialEq)]
pub struct Voiced {
    /// Its sound, pauses included.
    pub audio: Audio,
    /// The samples at which each word begins and ends; they ascend.
    pub words: Vec<Range<u64>>,
}

/// How the times of words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Times {
    /// From the engine, to the sample.
    #[default]
    Exact,
    /// From the lengths that a neural voice gives its sounds, to a frame of it: 12 ms or 16 ms.
    Model,
    /// Reckoned from the number of sounds in each word and from where the sound is silent.
    Estimated,
}
