//! How loud frames are.

use std::f32::consts::PI;

use super::fast_math::exp;
use super::frames::{ALPHA, Frame, ORDER, SAMPLE_RATE};

/// Where the spectrum is looked at: so many places up to 6 kHz, where vowels and nasals have all
/// that counts.
const PLACES: usize = 64;
const HIGHEST: f32 = 6000.0;
/// Frames whose mean is the loudest of a rime: 20 ms.
pub(super) const LOUDEST: usize = 4;

/// Knows how loud frames are.
#[derive(Debug, Clone)]
pub(super) struct Loudness {
    /// For each place of the spectrum `cos(m β(ω))`, as [`Frame::mel_cepstrum`] counts.
    places: Vec<[f32; ORDER]>,
}

impl Loudness {
    pub(super) fn new() -> Loudness {
        Loudness {
            places: (0..PLACES)
                .map(|n| place((n as f32 + 0.5) / PLACES as f32 * HIGHEST))
                .collect(),
        }
    }

    /// The mean power of a frame up to 6 kHz.
    pub(super) fn power(&self, frame: &Frame) -> f32 {
        let power = |place: &[f32; ORDER]| exp(2.0 * amplitude(place, frame));
        self.places.iter().map(power).sum::<f32>() / PLACES as f32
    }

    /// The mean power of the loudest 20 ms of a rime, in dB; `None` if it is shorter.
    pub(super) fn of_rime(&self, rime: &[Frame]) -> Option<f32> {
        let powers: Vec<f32> = rime.iter().map(|frame| self.power(frame)).collect();
        let loudest = powers.windows(LOUDEST).map(mean).reduce(f32::max)?;
        Some(10.0 * libm::log10f(loudest.max(f32::MIN_POSITIVE)))
    }
}

/// Cosines by which a frame's mel-cepstrum gives its amplitude at a frequency in Hz.
pub(super) fn place(hertz: f32) -> [f32; ORDER] {
    let w = 2.0 * PI * hertz / SAMPLE_RATE as f32;
    let bend = libm::atan2f(ALPHA * libm::sinf(w), 1.0 - ALPHA * libm::cosf(w));
    std::array::from_fn(|m| libm::cosf(m as f32 * (w + 2.0 * bend)))
}

/// The amplitude of a frame at a place, in nepers.
pub(super) fn amplitude(place: &[f32; ORDER], frame: &Frame) -> f32 {
    place.iter().zip(&frame.mel_cepstrum).map(|(cos, c)| cos * c).sum()
}

pub(super) fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}
