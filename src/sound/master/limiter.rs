//! Holds true peaks under a ceiling.

use std::collections::VecDeque;

use crate::sound::sinc;

/// Samples on each side that the peaks between samples are computed from.
const HALF: usize = 12;

/// Length of the ramp into a peak, in seconds: short enough to go unheard, long enough not to
/// click.
const ATTACK: f32 = 0.005;

/// Time in which the gain recovers after a peak to within a third, in seconds: longer than a period
/// of a voice, so that vowels are not bent.
const RELEASE: f32 = 0.04;

/// What peaks between the measured quarters, and those that a moving gain makes, can rise above the
/// ceiling, in dB.
const MARGIN_DB: f64 = 0.3;

/// A look-ahead limiter: the gain that each peak needs, computed at four times the sample rate as
/// ITU-R BS.1770-4 (annex 2) measures true peak, is held through the look-ahead, let go
/// exponentially and smoothed by a moving average as long as the look-ahead. The average of what is
/// nowhere above the needed gain is not above it either, so no peak slips through.
pub(super) struct Limiter {
    ceiling: f32,
    /// Interpolators for the three quarters between two samples.
    quarters: [Vec<f32>; 3],
    /// Samples below this have no peaks above the ceiling between them.
    harmless: f32,
    /// How many more windows have a sample above that in them.
    loud: usize,
    window: Vec<f32>,
    at: usize,
    ahead: usize,
    /// Needed gains within the look-ahead that can still be the smallest, with their place.
    needed: VecDeque<(u64, f32)>,
    last_peak: f32,
    held: f32,
    recovery: f32,
    gains: VecDeque<f32>,
    sum: f64,
    delayed: VecDeque<f32>,
    taken: u64,
    smallest: f32,
}

impl Limiter {
    /// Holds peaks under `ceiling_db`, in dBTP.
    pub(super) fn new(rate: u32, ceiling_db: f64) -> Limiter {
        let ahead = ((rate as f32 * ATTACK) as usize).max(1);
        let beta = sinc::kaiser_beta(60.0);
        let quarters = [0.25, 0.5, 0.75].map(|part| sinc::taps(2 * HALF, part, 1.0, beta));
        let ceiling = libm::pow(10.0, (ceiling_db - MARGIN_DB) / 20.0) as f32;
        let sum = |taps: &Vec<f32>| taps.iter().map(|tap| tap.abs()).sum::<f32>();
        let most = quarters.iter().map(sum).fold(1.0, f32::max);
        Limiter {
            ceiling,
            quarters,
            harmless: ceiling / most,
            loud: 0,
            window: vec![0.0; 4 * HALF],
            at: 0,
            ahead,
            needed: VecDeque::with_capacity(ahead + 2),
            last_peak: 0.0,
            held: 1.0,
            recovery: 1.0 - libm::expf(-1.0 / (RELEASE * rate as f32)),
            gains: VecDeque::from(vec![1.0; ahead + 1]),
            sum: (ahead + 1) as f64,
            delayed: VecDeque::from(vec![0.0; ahead + HALF]),
            taken: 0,
            smallest: 1.0,
        }
    }

    /// Samples by which the output lags behind the input.
    pub(super) fn latency(&self) -> usize {
        self.ahead + HALF
    }

    /// The most it took away so far, in dB (0 or less).
    pub(super) fn reduction_db(&self) -> f64 {
        20.0 * f64::from(self.smallest).log10()
    }

    /// Puts each sample in the place of that one which came [`Limiter::latency`] before it.
    pub(super) fn process(&mut self, samples: &mut [f32]) {
        for sample in samples {
            *sample = self.next(*sample);
        }
    }

    fn next(&mut self, sample: f32) -> f32 {
        let peak = self.peak(sample);
        let needed = (self.ceiling / peak.max(self.last_peak)).min(1.0);
        self.last_peak = peak;
        // The smallest needed gain of the last `ahead + 1`.
        while self.needed.back().is_some_and(|(_, gain)| *gain >= needed) {
            self.needed.pop_back();
        }
        self.needed.push_back((self.taken, needed));
        if self.needed.front().is_some_and(|(place, _)| place + (self.ahead as u64) < self.taken) {
            self.needed.pop_front();
        }
        self.taken += 1;
        let smallest = self.needed.front().map_or(needed, |(_, gain)| *gain);
        let recovered = self.held + (smallest - self.held) * self.recovery;
        self.held = recovered.min(smallest);
        let gone = self.gains.pop_front().unwrap_or(1.0);
        self.gains.push_back(self.held);
        self.sum += f64::from(self.held) - f64::from(gone);
        let gain = (self.sum / (self.ahead + 1) as f64) as f32;
        self.smallest = self.smallest.min(gain);
        self.delayed.push_back(sample);
        self.delayed.pop_front().unwrap_or(0.0) * gain
    }

    /// Takes a sample; gives the highest magnitude from the sample `HALF` before it up to, not
    /// including, the next.
    fn peak(&mut self, sample: f32) -> f32 {
        // Every sample is stored twice, so that the last ones are always in one piece.
        self.window[self.at] = sample;
        self.window[self.at + 2 * HALF] = sample;
        self.at = (self.at + 1) % (2 * HALF);
        let window = &self.window[self.at..self.at + 2 * HALF];
        self.loud =
            if sample.abs() > self.harmless { 2 * HALF } else { self.loud.saturating_sub(1) };
        let middle = window[HALF - 1].abs();
        if self.loud == 0 {
            return middle;
        }
        let between = self.quarters.iter().map(|taps| sinc::dot(window, taps).abs());
        between.fold(middle, f32::max)
    }
}
