//! Keeps samples inside full scale and edges free of clicks.

use std::f32::consts::PI;

/// No sample is louder than this.
const CEILING: f32 = 0.95;
/// Blocks a second whose peaks are looked at: one every 5 ms.
const BLOCKS: u32 = 200;
/// Over how many blocks a gain falls before a peak and rises after it: 60 ms.
const REACH: usize = 12;

/// Makes what is too loud softer, all around it: the gain falls along a raised cosine before a peak and
/// rises along one after it, slower than a sound swings, so that no wave is bent. Where nothing is above
/// 0.95, and more than some 0.1 s away from there, samples stay as they are.
pub(in crate::voice) fn limit(samples: &mut [f32], sample_rate: u32) {
    let block = (sample_rate / BLOCKS).max(1) as usize;
    let peak = |block: &[f32]| block.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
    let needed: Vec<f32> =
        samples.chunks(block).map(|block| (CEILING / peak(block)).min(1.0)).collect();
    if needed.iter().all(|gain| *gain >= 1.0) {
        return;
    }
    let gains = smooth(&needed);
    for (at, sample) in samples.iter_mut().enumerate() {
        // Straight from the middle of one block to the middle of the next.
        let place = ((at as f32 + 0.5) / block as f32 - 0.5).max(0.0);
        let before = (place as usize).min(gains.len() - 1);
        let after = (before + 1).min(gains.len() - 1);
        *sample *=
            gains[before] + (gains[after] - gains[before]) * (place - before as f32).min(1.0);
    }
}

/// For each block a gain that nowhere exceeds what is needed there or in the blocks beside it, and
/// changes along raised cosines.
fn smooth(needed: &[f32]) -> Vec<f32> {
    let count = needed.len();
    let around = |at: usize, reach: usize| at.saturating_sub(reach)..(at + reach + 1).min(count);
    let least = |at| needed[around(at, REACH + 1)].iter().copied().fold(1.0, f32::min);
    let held: Vec<f32> = (0..count).map(least).collect();
    let weight = |distance: usize| 1.0 + libm::cosf(PI * distance as f32 / (REACH + 1) as f32);
    let weights: [f32; REACH + 1] = std::array::from_fn(weight);
    let mean = |at: usize| {
        let (mut sum, mut total) = (0.0, 0.0);
        for other in around(at, REACH) {
            let weight = weights[at.abs_diff(other)];
            sum += held[other] * weight;
            total += weight;
        }
        sum / total
    };
    (0..count).map(mean).collect()
}

/// Fades the first and the last `length` samples in and out.
pub(super) fn fade(samples: &mut [f32], length: usize) {
    let length = length.min(samples.len() / 2);
    let rising = |i: usize| i as f32 / length as f32;
    samples.iter_mut().take(length).enumerate().for_each(|(i, sample)| *sample *= rising(i));
    fade_out(samples, length);
}

/// Fades the last `length` samples out.
pub(super) fn fade_out(samples: &mut [f32], length: usize) {
    let falling = |i: usize| i as f32 / length as f32;
    samples.iter_mut().rev().take(length).enumerate().for_each(|(i, s)| *s *= falling(i));
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 24_000;

    /// A second of a wave of 200 Hz, so loud at each moment.
    fn wave(loud: impl Fn(f32) -> f32) -> Vec<f32> {
        let sample = |at: usize| {
            let time = at as f32 / RATE as f32;
            loud(time) * libm::sinf(2.0 * PI * 200.0 * time)
        };
        (0..RATE as usize).map(sample).collect()
    }

    #[test]
    fn what_is_not_too_loud_stays_as_it_is() {
        let before = wave(|_| CEILING);
        let mut samples = before.clone();
        limit(&mut samples, RATE);
        assert_eq!(samples, before);
        limit(&mut [], RATE);
    }

    #[test]
    fn no_sample_is_bent() {
        for loudest in [1.0, 2.0, 50.0] {
            let before = wave(|time| if (0.4..0.6).contains(&time) { loudest } else { 0.5 });
            let mut samples = before.clone();
            limit(&mut samples, RATE);
            assert!(samples.iter().all(|sample| sample.abs() <= CEILING + 1e-6));
            let gains: Vec<f32> = samples
                .iter()
                .zip(&before)
                .filter(|(_, before)| before.abs() > 0.01)
                .map(|(after, before)| after / before)
                .collect();
            // Within the 2.5 ms from one crossing of zero to the next the wave keeps its shape.
            let step = gains.windows(60).map(|gains| (gains[59] / gains[0] - 1.0).abs());
            let most = step.fold(0.0, f32::max);
            assert!(most < 0.25, "{loudest}: the gain changes by {most} in a half wave");
            // Far from what is loud nothing is softer.
            assert_eq!(samples[..6000], before[..6000]);
            assert_eq!(samples[18_000..], before[18_000..]);
        }
    }

    #[test]
    fn a_fade_is_silent_at_both_ends() {
        let mut samples = [1.0; 10];
        fade(&mut samples, 4);
        assert_eq!(samples, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0]);
    }
}
