//! How loud a sound is, and where it is silent.

use serde::Serialize;

use crate::model::audio::Audio;
use crate::model::units::Millis;

/// The level given for silence, in dBFS: below the noise of 20-bit sound.
const SILENCE: f32 = -120.0;
/// Step of the levels by which pauses are found, in seconds.
const STEP: f64 = 0.005;
/// A pause is this much below the loud parts, in dB, wherever the recording is quiet enough.
const PAUSE_DEPTH: f32 = 40.0;
/// In a noisy recording a pause is this much above its noise …
const ABOVE_NOISE: f32 = 6.0;
/// … but at least this much below the loud parts.
const LEAST_DEPTH: f32 = 22.0;

/// Levels of a sound. Full scale is an amplitude of 1; a full-scale sine has an RMS of -3.01 dBFS.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Levels {
    /// Largest magnitude of a sample, in dBFS, at least -120.
    pub peak_dbfs: f32,
    /// Root mean square of all samples, in dBFS, at least -120.
    pub rms_dbfs: f32,
    /// Mean of all samples, in parts of full scale.
    pub dc_offset: f32,
}

/// A stretch of silence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pause {
    /// Where it starts, in seconds.
    pub start: f64,
    /// Where it ends, in seconds.
    pub end: f64,
}

/// An amplitude in decibels relative to 1; -120 for anything less than that.
#[must_use]
pub fn decibels(amplitude: f32) -> f32 {
    (20.0 * amplitude.log10()).max(SILENCE)
}

/// Root mean square of samples; 0 of none.
#[must_use]
pub fn root_mean_square(samples: &[f32]) -> f32 {
    let sum: f64 = samples.iter().map(|s| f64::from(*s) * f64::from(*s)).sum();
    (sum / samples.len().max(1) as f64).sqrt() as f32
}

/// How loud a sound is over time, in dBFS, at least -120: the root mean square of 40 ms,
/// every 10 ms from the start on.
#[must_use]
pub fn intensity(audio: &Audio) -> Vec<f32> {
    let rate = audio.sample_rate as usize;
    let (step, half) = ((rate / 100).max(1), rate / 50);
    let window = |at: usize| {
        let (from, to) = (at.saturating_sub(half), (at + half).min(audio.samples.len()));
        decibels(root_mean_square(&audio.samples[from..to]))
    };
    (0..audio.samples.len()).step_by(step).map(window).collect()
}

/// Measures the levels of samples.
#[must_use]
pub fn levels(samples: &[f32]) -> Levels {
    let peak = samples.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
    let sum: f64 = samples.iter().map(|s| f64::from(*s)).sum();
    Levels {
        peak_dbfs: decibels(peak),
        rms_dbfs: decibels(root_mean_square(samples)),
        dc_offset: (sum / samples.len().max(1) as f64) as f32,
    }
}

/// The silences of at least `shortest`, found in steps of 5 ms: where the level is 40 dB below the
/// loud parts (the 95th percentile), or near the noise of a recording that is never so quiet.
#[must_use]
pub fn pauses(audio: &Audio, shortest: Millis) -> Vec<Pause> {
    let step = ((f64::from(audio.sample_rate) * STEP) as usize).max(1);
    let steps: Vec<f32> =
        audio.samples.chunks(step).map(|c| decibels(root_mean_square(c))).collect();
    let mut sorted = steps.clone();
    sorted.sort_by(f32::total_cmp);
    let Some(last) = sorted.len().checked_sub(1) else { return Vec::new() };
    let (noise, loud) = (sorted[last / 20], sorted[last - last / 20]);
    let silent = (loud - PAUSE_DEPTH).max((noise + ABOVE_NOISE).min(loud - LEAST_DEPTH));
    let whole = audio.samples.len();
    let time =
        |step_index: usize| (step_index * step).min(whole) as f64 / f64::from(audio.sample_rate);
    let mut found = Vec::new();
    let mut start = None;
    for (index, level) in steps.iter().chain([&f32::INFINITY]).enumerate() {
        if *level <= silent {
            start.get_or_insert(index);
        } else if let Some(start) = start.take() {
            let pause = Pause { start: time(start), end: time(index) };
            if (pause.end - pause.start) * 1000.0 >= f64::from(shortest.0) {
                found.push(pause);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hertz: f32, amplitude: f32, count: usize) -> Vec<f32> {
        let step = std::f32::consts::TAU * hertz / 24_000.0;
        (0..count).map(|i| amplitude * (step * i as f32).sin()).collect()
    }

    #[test]
    fn a_sine_has_its_levels() {
        let mut samples = sine(100.0, 0.5, 24_000);
        samples.iter_mut().for_each(|s| *s += 0.01);
        let have = levels(&samples);
        assert!((have.peak_dbfs - decibels(0.51)).abs() < 0.01, "{have:?}");
        assert!((have.rms_dbfs - (-9.03)).abs() < 0.02, "{have:?}");
        assert!((have.dc_offset - 0.01).abs() < 1e-4, "{have:?}");
        let nothing = levels(&[]);
        assert_eq!((nothing.peak_dbfs, nothing.dc_offset), (-120.0, 0.0));
    }

    #[test]
    fn intensity_follows_the_sound() {
        let samples = [sine(200.0, 0.5, 12_000), vec![0.0; 12_000]].concat();
        let levels = intensity(&Audio { sample_rate: 24_000, samples });
        assert_eq!(levels.len(), 100);
        assert!((levels[25] - (-9.03)).abs() < 0.1 && levels[75] == -120.0, "{levels:?}");
    }

    #[test]
    fn silences_are_found_and_short_ones_left_out() {
        let tone = sine(200.0, 0.3, 12_000);
        let silence = |milliseconds: usize| vec![0.0; 24 * milliseconds];
        let samples =
            [&tone[..], &silence(60), &tone, &silence(300), &tone, &silence(100)].concat();
        let audio = Audio { sample_rate: 24_000, samples };
        let found = pauses(&audio, Millis(80.0));
        let want = [(1.06, 1.36), (1.86, 1.96)];
        assert_eq!(found.len(), want.len(), "{found:?}");
        for (pause, (start, end)) in found.iter().zip(want) {
            assert!((pause.start - start).abs() < 0.006, "{found:?}");
            assert!((pause.end - end).abs() < 0.006, "{found:?}");
        }
        assert!(pauses(&Audio { sample_rate: 8000, samples: vec![] }, Millis(80.0)).is_empty());
    }
}
