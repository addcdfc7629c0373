//! Holds nasals, l and z below their vowels.
//!
//! The model has learnt some of them beside vowels that were said weakly (là, mà), and in front of other
//! vowels has them as loud or louder, so that they stick out.

use super::frames::Frame;
use super::loudness::{LOUDEST, Loudness, mean};
use crate::model::phrase::Phone;

/// The onsets that are held. The others are weak by what makes them: a closure, or noise.
const HELD: [Phone; 6] = [Phone::M, Phone::N, Phone::Nh, Phone::Ng, Phone::L, Phone::Z];
/// The loudest that the middle half of such an onset is beside the loudest 20 ms of its rime, in dB.
/// In the clear clips of the corpus half of them are below -2 (n) to -5 (m), nine in ten below 0 to 3.
const MOST: f32 = -2.5;
/// Frames over which an onset is softened at either end: 15 ms.
const EDGE: f32 = 3.0;

/// Softens an onset that is too loud for its rime; `onset` and `rime` are the frames of both.
pub(super) fn hold(loudness: &Loudness, phone: Phone, onset: &mut [Frame], rime: &[Frame]) {
    let count = onset.len();
    if !HELD.contains(&phone) || count < LOUDEST {
        return;
    }
    let Some(rime) = loudness.of_rime(rime) else { return };
    let middle: Vec<f32> =
        onset[count / 4..count - count / 4].iter().map(|frame| loudness.power(frame)).collect();
    let excess = 10.0 * libm::log10f(mean(&middle)) - rime - MOST;
    if excess > 0.0 {
        let nepers = excess / 20.0 * std::f32::consts::LN_10;
        for (at, frame) in onset.iter_mut().enumerate() {
            let from_edge = (at + 1).min(count - at) as f32;
            frame.mel_cepstrum[0] -= nepers * (from_edge / EDGE).min(1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(loudness: f32, count: usize) -> Vec<Frame> {
        let mut frame = Frame::SILENT;
        frame.mel_cepstrum[..3].copy_from_slice(&[loudness, 0.7, -0.2]);
        vec![frame; count]
    }

    fn decibels(loudness: &Loudness, frame: &Frame) -> f32 {
        10.0 * loudness.power(frame).log10()
    }

    #[test]
    fn an_onset_is_softened_by_as_much_as_it_is_too_loud() {
        let loudness = Loudness::new();
        let rime = frames(-1.0, 20);
        for (phone, level, below) in [
            (Phone::L, -0.5, 2.5),
            (Phone::M, -1.0, 2.5),
            // Weak enough, or held by nothing.
            (Phone::N, -2.0, 8.686),
            (Phone::V, -1.0, 0.0),
        ] {
            let mut onset = frames(level, 12);
            hold(&loudness, phone, &mut onset, &rime);
            let middle = decibels(&loudness, &onset[6]) - decibels(&loudness, &rime[0]);
            assert!((middle + below).abs() < 0.01, "{phone:?}: {middle} dB");
        }
    }

    #[test]
    fn nothing_jumps_at_the_ends() {
        let loudness = Loudness::new();
        let mut onset = frames(0.0, 12);
        hold(&loudness, Phone::L, &mut onset, &frames(-1.0, 20));
        let step = |pair: &[Frame]| pair[0].mel_cepstrum[0] - pair[1].mel_cepstrum[0];
        assert!(onset[0].mel_cepstrum[0] > -0.5);
        assert!(onset.windows(2).all(|pair| step(pair).abs() < 0.5));
        assert_eq!(onset[0].mel_cepstrum[0], onset[11].mel_cepstrum[0]);
    }

    #[test]
    fn what_is_too_short_is_left_alone() {
        let loudness = Loudness::new();
        let mut onset = frames(0.0, 12);
        hold(&loudness, Phone::L, &mut onset, &frames(-1.0, 2));
        hold(&loudness, Phone::L, &mut onset[..2], &frames(-1.0, 20));
        assert_eq!(onset, frames(0.0, 12));
    }
}
