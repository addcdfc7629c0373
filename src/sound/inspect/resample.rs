//! Brings a sound to another rate, for analyses that want a lower one.
//!
//! A sinc low-pass under a Hann window: Smith, J. O., Gossett, P. (1984), "A flexible sampling-rate
//! conversion method", ICASSP.

use std::f64::consts::PI;

use crate::model::audio::Audio;

/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 16.0;
/// The filter is tabulated this finely: points a zero crossing.
const FINENESS: usize = 128;

/// The sound at `rate` samples a second, with what lies above `cutoff` (in Hz) taken out. The
/// cutoff is lowered to what both rates can hold.
pub(super) fn resample(audio: &Audio, rate: f64, cutoff: f64) -> Vec<f32> {
    let from = f64::from(audio.sample_rate.max(1));
    let cutoff = cutoff.min(0.47 * from).min(0.47 * rate);
    // Samples of the old rate from one zero crossing of the sinc to the next.
    let crossing = from / (2.0 * cutoff);
    let reach = CROSSINGS * crossing;
    let filter = filter();
    let length = (audio.samples.len() as f64 * rate / from) as usize;
    let at = |index: usize| -> f32 {
        let center = index as f64 * from / rate;
        let first = (center - reach).ceil().max(0.0) as usize;
        let last = ((center + reach) as usize + 1).min(audio.samples.len());
        let mut sum = 0.0;
        for (offset, sample) in audio.samples[first.min(last)..last].iter().enumerate() {
            let away = ((first + offset) as f64 - center).abs() / crossing;
            sum += filter[(away * FINENESS as f64) as usize] * sample;
        }
        sum / crossing as f32
    };
    (0..length).map(at).collect()
}

/// One side of the windowed sinc.
fn filter() -> Vec<f32> {
    let points = CROSSINGS as usize * FINENESS + 1;
    let value = |point: usize| {
        let x = (point as f64 + 0.5) / FINENESS as f64;
        let window = 0.5 + 0.5 * (PI * (x / CROSSINGS).min(1.0)).cos();
        ((PI * x).sin() / (PI * x) * window) as f32
    };
    (0..points).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::inspect::root_mean_square;

    fn level_after(hertz: f64, from: u32, to: f64, cutoff: f64) -> f32 {
        let step = 2.0 * PI * hertz / f64::from(from);
        let samples = (0..from / 2).map(|i| (step * f64::from(i)).sin() as f32).collect();
        let out = resample(&Audio { sample_rate: from, samples }, to, cutoff);
        assert!((out.len() as f64 - to / 2.0).abs() < 2.0);
        root_mean_square(&out[out.len() / 4..out.len() * 3 / 4]) * 2f32.sqrt()
    }

    #[test]
    fn what_lies_below_the_cutoff_stays_and_what_lies_above_goes() {
        for (from, to) in [(24_000, 8000.0), (44_100, 11_000.0), (8000, 10_000.0)] {
            let kept = level_after(700.0, from, to, 2000.0);
            assert!((kept - 1.0).abs() < 0.01, "{from} to {to}: {kept}");
            let gone = level_after(3500.0, from, to, 2000.0);
            assert!(gone < 0.005, "{from} to {to}: {gone}");
        }
    }
}
