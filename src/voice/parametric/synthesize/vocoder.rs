//! Frames to samples: pulses and noise, each through its moment's envelope, added up.
//!
//! After Morise, M., Yokomori, F., Ozawa, K. (2016), "WORLD: a vocoder-based high-quality speech
//! synthesis system for real-time applications", IEICE Trans. Inf. Syst. E99-D(7), and for the
//! mixing of pulse and noise Morise, M. (2016), "D4C, a band-aperiodicity estimator for
//! high-quality speech synthesis", Speech Communication 84.

use super::creak::Glottis;
use super::frames::{FRAME_RATE, Frame};
use super::noise::Noise;
use super::response::{CENTRE, LENGTH, Pulse, Scratch, Shaper};
use crate::voice::parametric::data::Creak;

/// Voiceless sound is renewed this many times per second: fast enough for a stop's burst.
const NOISE_RATE: u32 = 400;

/// Turns frames into samples at one sample rate.
pub(super) struct Vocoder {
    shaper: Shaper,
    sample_rate: u32,
    creak: Creak,
}

impl Vocoder {
    /// `alpha` is the warping of the frames' mel-cepstra at `sample_rate`, `order` how many of their
    /// coefficients count; `creak` is what full creak does to the voice's pulses.
    pub(super) fn new(sample_rate: u32, alpha: f32, order: usize, creak: Creak) -> Vocoder {
        Vocoder { shaper: Shaper::new(sample_rate, alpha, order), sample_rate, creak }
    }

    pub(super) fn scratch(&self) -> Scratch {
        self.shaper.scratch()
    }

    /// Adds the sound of `frames` to `samples`; the first frame is at sample `start`, and
    /// sound is made for `length` samples from there, then rings out.
    pub(super) fn render(
        &self,
        frames: &[Frame],
        start: usize,
        length: usize,
        noise: &mut Noise,
        scratch: &mut Scratch,
        samples: &mut [f32],
    ) {
        let hop = self.sample_rate as f32 / FRAME_RATE as f32;
        let noise_step = (self.sample_rate / NOISE_RATE) as f32;
        let mut glottis = Glottis::new(self.creak);
        // A whole sample and the part of one after it, kept separate so that late times are as
        // exact as early ones.
        let (mut at, mut part) = (0usize, 0.0f32);
        while at < length {
            let place = (at as f32 + part) / hop;
            let Some(frame) = frame_at(frames, place) else { return };
            let (step, amplitude) = if frame.voiced {
                let period = self.sample_rate as f32 / frame.f0;
                let (period, strength) = glottis.next(period, frame.creak, noise);
                (period, period.sqrt() * strength)
            } else {
                glottis = Glottis::new(self.creak);
                part = 0.0;
                (noise_step, 0.0)
            };
            let pulse = Pulse { amplitude, delay: part };
            let end = part + step.clamp(1.0, CENTRE as f32);
            let whole = end as usize;
            self.shaper.shape(&frame, pulse, whole, || noise.unit(), scratch);
            add(&scratch.response, start + at, samples);
            at += whole;
            part = end - whole as f32;
        }
    }
}

/// The frame at a place between two, or at the last one from there on.
fn frame_at(frames: &[Frame], place: f32) -> Option<Frame> {
    let before = frames.get(place as usize).or(frames.last())?;
    Some(match frames.get(place as usize + 1) {
        Some(after) => before.between(after, place.fract()),
        None => *before,
    })
}

/// Adds a response whose centre is at sample `at`, leaving out what falls outside.
fn add(response: &[f32], at: usize, samples: &mut [f32]) {
    let skip = CENTRE.saturating_sub(at);
    let from = (at + skip).saturating_sub(CENTRE).min(samples.len());
    let to = (at + LENGTH - CENTRE).min(samples.len());
    for (sample, value) in samples[from..to].iter_mut().zip(&response[skip..]) {
        *sample += value;
    }
}
