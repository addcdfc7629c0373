//! Holds nasals and l below their vowels.
//!
//! The model has learnt some of them beside vowels that were said weakly (là, mà), and in front of other
//! vowels has them as loud or louder, so that they stick out.

use std::f32::consts::PI;

use super::frames::{ALPHA, Frame, ORDER, SAMPLE_RATE};
use crate::model::phrase::Phone;

/// The onsets that are held. The others are weak by what makes them: a closure, or noise.
const HELD: [Phone; 5] = [Phone::M, Phone::N, Phone::Nh, Phone::Ng, Phone::L];
/// The loudest that the middle half of such an onset is beside the loudest 20 ms of its rime, in dB.
/// In the clear clips of the corpus half of them are below -2 (n) to -5 (m), nine in ten below 0 to 3.
const MOST: f32 = -2.0;
/// Frames whose mean is the loudest of a rime: 20 ms.
const LOUDEST: usize = 4;
/// Frames over which an onset is softened at either end: 15 ms.
const EDGE: f32 = 3.0;
/// Where the spectrum is looked at: so many places up to 6 kHz, where vowels and nasals have all
/// that counts.
const PLACES: usize = 64;
const HIGHEST: f32 = 6000.0;

/// Knows how loud frames are.
#[derive(Debug, Clone)]
pub(super) struct Onsets {
    /// For each place of the spectrum `cos(m β(ω))`, as [`Frame::mel_cepstrum`] counts.
    places: Vec<[f32; ORDER]>,
}

impl Onsets {
    pub(super) fn new() -> Onsets {
        let place = |n: usize| {
            let w = 2.0 * PI * HIGHEST / SAMPLE_RATE as f32 * (n as f32 + 0.5) / PLACES as f32;
            let bend = libm::atan2f(ALPHA * libm::sinf(w), 1.0 - ALPHA * libm::cosf(w));
            std::array::from_fn(|m| libm::cosf(m as f32 * (w + 2.0 * bend)))
        };
        Onsets { places: (0..PLACES).map(place).collect() }
    }

    /// Softens an onset that is too loud for its rime; `onset` and `rime` are the frames of both.
    pub(super) fn hold(&self, phone: Phone, onset: &mut [Frame], rime: &[Frame]) {
        let count = onset.len();
        if !HELD.contains(&phone) || count < LOUDEST || rime.len() < LOUDEST {
            return;
        }
        let middle: Vec<f32> =
            onset[count / 4..count - count / 4].iter().map(|frame| self.power(frame)).collect();
        let rime: Vec<f32> = rime.iter().map(|frame| self.power(frame)).collect();
        let loudest = rime.windows(LOUDEST).map(mean).fold(f32::MIN_POSITIVE, f32::max);
        let excess = 10.0 * libm::log10f(mean(&middle) / loudest) - MOST;
        if excess > 0.0 {
            let nepers = excess / 20.0 * std::f32::consts::LN_10;
            for (at, frame) in onset.iter_mut().enumerate() {
                let from_edge = (at + 1).min(count - at) as f32;
                frame.mel_cepstrum[0] -= nepers * (from_edge / EDGE).min(1.0);
            }
        }
    }

    fn power(&self, frame: &Frame) -> f32 {
        let at = |place: &[f32; ORDER]| {
            let log: f32 = place.iter().zip(&frame.mel_cepstrum).map(|(cos, c)| cos * c).sum();
            libm::expf(2.0 * log)
        };
        self.places.iter().map(at).sum()
    }
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(loudness: f32, count: usize) -> Vec<Frame> {
        let mut frame = Frame::SILENT;
        frame.mel_cepstrum[..3].copy_from_slice(&[loudness, 0.7, -0.2]);
        vec![frame; count]
    }

    fn decibels(onsets: &Onsets, frame: &Frame) -> f32 {
        10.0 * onsets.power(frame).log10()
    }

    #[test]
    fn an_onset_is_softened_by_as_much_as_it_is_too_loud() {
        let onsets = Onsets::new();
        let rime = frames(-1.0, 20);
        for (phone, loudness, below) in [
            (Phone::L, -0.5, 2.0),
            (Phone::M, -1.0, 2.0),
            // Weak enough, or held by nothing.
            (Phone::N, -2.0, 8.686),
            (Phone::V, -1.0, 0.0),
        ] {
            let mut onset = frames(loudness, 12);
            onsets.hold(phone, &mut onset, &rime);
            let middle = decibels(&onsets, &onset[6]) - decibels(&onsets, &rime[0]);
            assert!((middle + below).abs() < 0.01, "{phone:?}: {middle} dB");
        }
    }

    #[test]
    fn nothing_jumps_at_the_ends() {
        let onsets = Onsets::new();
        let mut onset = frames(0.0, 12);
        onsets.hold(Phone::L, &mut onset, &frames(-1.0, 20));
        let step = |pair: &[Frame]| pair[0].mel_cepstrum[0] - pair[1].mel_cepstrum[0];
        assert!(onset[0].mel_cepstrum[0] > -0.5);
        assert!(onset.windows(2).all(|pair| step(pair).abs() < 0.5));
        assert_eq!(onset[0].mel_cepstrum[0], onset[11].mel_cepstrum[0]);
    }

    #[test]
    fn what_is_too_short_is_left_alone() {
        let onsets = Onsets::new();
        let mut onset = frames(0.0, 12);
        onsets.hold(Phone::L, &mut onset, &frames(-1.0, 2));
        onsets.hold(Phone::L, &mut onset[..2], &frames(-1.0, 20));
        assert_eq!(onset, frames(0.0, 12));
    }
}
