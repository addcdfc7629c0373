//! Changes the sample rate, and takes out what lies above a frequency. No sound is moved, and the
//! length is exact.

use super::sinc;
use crate::model::take::{Take, from_pcm16, to_pcm16};

/// Taps of each phase if the stopband begins at the Nyquist frequency: flat up to 0.88 of it,
/// [`ATTENUATION`] dB down from there on. A multiple of 8.
const TAPS: usize = 96;

/// What is taken out, and images and aliases, lie this many dB below the sound.
const ATTENUATION: f64 = 85.0;

/// A polyphase windowed-sinc resampler (Crochiere and Rabiner, Multirate Digital Signal Processing,
/// 4.3) for a ratio of whole numbers, streamed.
pub(super) struct Resampler {
    /// Output samples for every `down` input samples.
    up: u64,
    down: u64,
    /// The filters of the `up` phases one after the other.
    phases: Vec<f32>,
    taps: usize,
    /// Input not yet done with; its first sample is `first` samples after the first tap of output
    /// sample 0.
    pending: Vec<f32>,
    first: u64,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// From and to a number of samples per second, neither 0. All is kept that both can hold.
    pub(super) fn new(from: u32, to: u32) -> Resampler {
        let stop = if from > to { f64::from(to) / f64::from(from) } else { 1.0 };
        Resampler::with_stopband(from, to, stop)
    }

    /// The same, with what lies above `stop` (in Hz) taken out; from 0.88 of that on it is weaker.
    #[cfg(feature = "inspect")]
    pub(super) fn below(from: u32, to: u32, stop: f64) -> Resampler {
        let nyquist = f64::from(from) / 2.0;
        let stop = stop.min(f64::from(from.min(to)) / 2.0);
        Resampler::with_stopband(from, to, stop / nyquist)
    }

    /// `stop` is where the stopband begins, as a share of the Nyquist frequency of `from`.
    fn with_stopband(from: u32, to: u32, stop: f64) -> Resampler {
        let shared = greatest_common_divisor(from, to);
        let (up, down) = (u64::from(to / shared), u64::from(from / shared));
        // The filter is as much longer as the stopband begins lower.
        let taps = ((TAPS as f64 / stop / 8.0).ceil() as usize) * 8;
        let width = sinc::transition(ATTENUATION, taps);
        let beta = sinc::kaiser_beta(ATTENUATION);
        let cutoff = stop - width / 2.0;
        let phases = if from == to && stop == 1.0 {
            Vec::new()
        } else {
            (0..up)
                .flat_map(|phase| sinc::taps(taps, phase as f64 / up as f64, cutoff, beta))
                .collect()
        };
        // Before the sound there is silence, as much as the first output sample looks back.
        let pending = vec![0.0; taps / 2 - 1];
        Resampler { up, down, phases, taps, pending, first: 0, taken: 0, given: 0 }
    }

    /// A whole sound at the new rate.
    pub(super) fn whole(mut self, samples: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        self.process(samples, &mut out);
        self.flush(&mut out);
        out
    }

    /// Takes samples and appends those that are ready to `out`.
    pub(super) fn process(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.taken += samples.len() as u64;
        if self.phases.is_empty() {
            self.given += samples.len() as u64;
            out.extend_from_slice(samples);
            return;
        }
        self.pending.extend_from_slice(samples);
        self.run(u64::MAX, out);
    }

    /// Appends what is still to come: in all as many samples as the input lasts, to the nearest.
    pub(super) fn flush(&mut self, out: &mut Vec<f32>) {
        if self.phases.is_empty() {
            return;
        }
        self.pending.resize(self.pending.len() + self.taps, 0.0);
        self.run((self.taken * self.up + self.down / 2) / self.down, out);
    }

    fn run(&mut self, total: u64, out: &mut Vec<f32>) {
        while self.given < total {
            let position = self.given * self.down;
            let start = (position / self.up - self.first) as usize;
            let Some(window) = self.pending.get(start..start + self.taps) else { break };
            let phase = (position % self.up) as usize * self.taps;
            out.push(sinc::dot(window, &self.phases[phase..phase + self.taps]));
            self.given += 1;
        }
        let done = (self.given * self.down / self.up - self.first) as usize;
        let done = done.min(self.pending.len());
        self.pending.drain(..done);
        self.first += done as u64;
    }
}

/// A take at another number of samples per second, not 0.
pub(crate) fn at_rate(take: Take, rate: u32) -> Take {
    if take.sample_rate == rate {
        return take;
    }
    let samples: Vec<f32> = take.samples.iter().copied().map(from_pcm16).collect();
    let samples = Resampler::new(take.sample_rate, rate).whole(&samples);
    let moved = |at: u64| {
        let at = at * u64::from(rate) / u64::from(take.sample_rate);
        at.min(samples.len() as u64)
    };
    let words = take.words.iter().map(|word| moved(word.start)..moved(word.end)).collect();
    Take::new(rate, samples.iter().copied().map(to_pcm16).collect(), words)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn tone(hertz: f64, rate: u32, samples: usize) -> Vec<f32> {
        let tone = |n| libm::sin(2.0 * PI * hertz * n as f64 / f64::from(rate)) as f32 * 0.5;
        (0..samples).map(tone).collect()
    }

    fn resampled(samples: &[f32], from: u32, to: u32, chunk: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(from, to);
        let mut out = Vec::new();
        samples.chunks(chunk).for_each(|chunk| resampler.process(chunk, &mut out));
        resampler.flush(&mut out);
        out
    }

    /// The error against the tone itself at the new rate, in dB of the tone, edges left out.
    fn error(hertz: f64, from: u32, to: u32) -> f64 {
        let out = resampled(&tone(hertz, from, from as usize), from, to, 1000);
        let want = tone(hertz, to, out.len());
        let middle = to as usize / 10..out.len() - to as usize / 10;
        let power = |samples: &mut dyn Iterator<Item = f64>| samples.map(|s| s * s).sum::<f64>();
        let error = power(&mut middle.clone().map(|n| f64::from(out[n] - want[n])));
        10.0 * (error / power(&mut middle.map(|n| f64::from(want[n])))).log10()
    }

    #[test]
    fn tones_keep_their_place_and_have_no_images() {
        for (from, to) in [(24_000, 44_100), (24_000, 48_000), (22_050, 48_000), (48_000, 24_000)] {
            let nyquist = f64::from(from.min(to)) / 2.0;
            for share in [0.01, 0.1, 0.5, 0.8, 0.87] {
                let error = error(share * nyquist, from, to);
                assert!(error < -80.0, "{from} to {to}, {share} of Nyquist: {error} dB");
            }
        }
    }

    #[test]
    fn downwards_nothing_folds_back() {
        let out = resampled(&tone(12_100.0, 48_000, 48_000), 48_000, 24_000, 1000);
        let loudest = out[2400..21_600].iter().fold(0.0f32, |most, s| most.max(s.abs()));
        assert!(loudest < 0.5e-4, "{loudest}");
    }

    #[cfg(feature = "inspect")]
    #[test]
    fn what_lies_below_the_stopband_stays_and_what_lies_in_it_goes() {
        for (from, to) in [(24_000, 8000), (44_100, 11_000), (8000, 10_000), (8000, 8000)] {
            let level = |hertz: f64| {
                let out = Resampler::below(from, to, 2000.0).whole(&tone(hertz, from, 10_000));
                assert_eq!(out.len(), (10_000 * to as usize + from as usize / 2) / from as usize);
                let middle = &out[out.len() / 4..out.len() * 3 / 4];
                let power = middle.iter().map(|s| s * s).sum::<f32>() / middle.len() as f32;
                (8.0 * power).sqrt()
            };
            let kept = level(700.0);
            assert!((kept - 1.0).abs() < 0.002, "{from} to {to}: {kept}");
            let gone = level(2001.0);
            assert!(gone < 1e-4, "{from} to {to}: {gone}");
        }
    }

    #[test]
    fn the_length_is_exact_and_chunks_do_not_matter() {
        for samples in [0, 1, 7, 79, 24_000, 24_001] {
            let sound = tone(440.0, 24_000, samples);
            let whole = resampled(&sound, 24_000, 44_100, 1 << 20);
            assert_eq!(whole.len(), (samples * 44_100 + 12_000) / 24_000);
            assert_eq!(resampled(&sound, 24_000, 44_100, 13), whole);
        }
        let sound = tone(440.0, 24_000, 1000);
        assert_eq!(resampled(&sound, 24_000, 24_000, 13), sound);
    }
}
