//! The sound of one glottal pulse, or of one stretch of noise, from a frame's parameters.

use std::f32::consts::PI;
use std::f64::consts::PI as PI_64;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use wide::f32x8;

use super::fast_math::{exp8, sin_cos8};
use super::frames::{BANDS, Frame, ORDER};
use crate::voice::lanes::{LANES, all};

/// Length of a response in samples. At 24 kHz its second half, after the pulse, is 21 ms: longer
/// than a vocal tract rings.
pub(super) const LENGTH: usize = 1024;
/// Where in the response the pulse is.
pub(super) const CENTRE: usize = LENGTH / 2;
const BINS: usize = LENGTH / 2 + 1;
const BLOCKS: usize = BINS.div_ceil(LANES);

/// Cosine and sine of `m β(ω)` for a block of bins.
type Warp = (f32x8, f32x8);

/// The tables and plans that depend only on the voice's format.
pub(super) struct Shaper {
    /// A block of bins after the other, a row a coefficient.
    warp: Vec<Warp>,
    /// How many coefficients the frames have.
    order: usize,
    /// For each bin, which two of the points -60 dB at 0 Hz, the bands, 0 dB at half the rate it
    /// is between, and how far along.
    band: Vec<(usize, f32)>,
    /// For a block of bins, what is added to a frame's sharpness there, in nepers.
    sharp: Vec<f32x8>,
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
}

/// Working memory for [`Shaper::shape`], reused from pulse to pulse.
pub(super) struct Scratch {
    /// Noise going in.
    noise: Vec<f32>,
    excitation: Vec<Complex32>,
    work: Vec<Complex32>,
    /// The response that came out.
    pub response: Vec<f32>,
}

/// What drives the vocal tract at one moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pulse {
    /// Amplitude; 0 for noise alone. A train of pulses sounds as strong as unit noise when this
    /// is the square root of the period in samples.
    pub amplitude: f32,
    /// How far after the sample it is counted from the pulse falls: 0 up to 1.
    pub delay: f32,
}

impl Shaper {
    /// For a voice at `sample_rate`, whose frequency axis is warped by an all-pass of
    /// coefficient `alpha`: `β(ω) = ω + 2 atan(α sin ω / (1 - α cos ω))`. Of the mel-cepstra `order`
    /// coefficients count.
    pub(super) fn new(sample_rate: u32, alpha: f32, order: usize) -> Shaper {
        let alpha = f64::from(alpha);
        let beta = |bin: usize| {
            let w = PI_64 * bin.min(BINS - 1) as f64 / (BINS - 1) as f64;
            w + 2.0 * libm::atan2(alpha * libm::sin(w), 1.0 - alpha * libm::cos(w))
        };
        let order = order.clamp(1, ORDER);
        let warp = (0..BLOCKS * order)
            .map(|row| {
                let (block, m) = (row / order, row % order);
                let angles: [f64; LANES] =
                    std::array::from_fn(|lane| m as f64 * beta(block * LANES + lane));
                let (cosines, sines) = (angles.map(libm::cos), angles.map(libm::sin));
                (f32x8::new(cosines.map(|it| it as f32)), f32x8::new(sines.map(|it| it as f32)))
            })
            .collect();
        let nyquist = sample_rate as f32 / 2.0;
        let points: [f32; BANDS + 2] =
            std::array::from_fn(|i| if i <= BANDS { 3000.0 * i as f32 } else { nyquist });
        let band = (0..BINS)
            .map(|bin| {
                let hertz = bin as f32 / (BINS - 1) as f32 * nyquist;
                let low = (0..BANDS).rev().find(|&i| points[i + 1] <= hertz).map_or(0, |i| i + 1);
                let low = low.min(BANDS);
                let along = (hertz - points[low]) / (points[low + 1] - points[low]);
                (low, along.clamp(0.0, 1.0))
            })
            .collect();
        let sharp = |bin: usize| sharp_at(bin as f32 / (BINS - 1) as f32 * nyquist);
        let of_block = |block| std::array::from_fn(|lane| sharp(block * LANES + lane));
        let sharp = (0..BLOCKS).map(|block| f32x8::new(of_block(block))).collect();
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) =
            (planner.plan_fft_forward(LENGTH), planner.plan_fft_inverse(LENGTH));
        Shaper { warp, order, band, sharp, forward, inverse }
    }

    pub(super) fn scratch(&self) -> Scratch {
        let work = self.forward.get_scratch_len().max(self.inverse.get_scratch_len());
        Scratch {
            noise: vec![0.0; LENGTH],
            excitation: vec![Complex32::default(); BINS],
            work: vec![Complex32::default(); work],
            response: vec![0.0; LENGTH],
        }
    }

    /// Fills `scratch.response` with what is heard of a pulse and of `noise`, both passed through
    /// the frame's envelope as a minimum-phase filter. Sample [`CENTRE`] is where the pulse (less
    /// its delay) and the noise begin. `noise` is called for `noise_length` samples (at most
    /// [`CENTRE`]).
    pub(super) fn shape(
        &self,
        frame: &Frame,
        pulse: Pulse,
        noise_length: usize,
        mut noise: impl FnMut() -> f32,
        scratch: &mut Scratch,
    ) {
        scratch.noise.fill(0.0);
        for sample in &mut scratch.noise[CENTRE..CENTRE + noise_length.min(CENTRE)] {
            *sample = noise();
        }
        let Scratch { noise, excitation, work, response } = scratch;
        // The buffers have the plans' own lengths, the only thing that can be wrong with them.
        let _ = self.forward.process_with_scratch(noise, excitation, work);
        if pulse.amplitude > 0.0 {
            self.add_pulse(frame, pulse, excitation);
        }
        self.filter(frame, excitation);
        // No direct current: taking bin 0 out, and half of bin 1, subtracts a raised cosine
        // around the pulse that ends at the response's edges.
        excitation[0] = Complex32::default();
        excitation[1] *= 0.5;
        excitation[BINS - 1].im = 0.0;
        let _ = self.inverse.process_with_scratch(excitation, response, work);
    }

    /// Mixes the spectrum of noise with that of a pulse: with aperiodicity `a`, noise has
    /// amplitude `a` and the pulse `sqrt(1 - a²)`.
    fn add_pulse(&self, frame: &Frame, pulse: Pulse, excitation: &mut [Complex32]) {
        const DECIBELS_TO_NEPERS: f32 = std::f32::consts::LN_10 / 20.0;
        const EACH: f32x8 = f32x8::new([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        const EVERY_OTHER: f32x8 = f32x8::new([1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
        let mut level = [-60.0 * DECIBELS_TO_NEPERS; BANDS + 2];
        for (l, &decibels) in level[1..].iter_mut().zip(&frame.aperiodicity) {
            *l = decibels.clamp(-60.0, 0.0) * DECIBELS_TO_NEPERS;
        }
        level[BANDS + 1] = 0.0;
        let step = all(-PI * pulse.delay / (BINS - 1) as f32);
        let amplitude = all(pulse.amplitude);
        let blocks = excitation.chunks_mut(LANES).zip(self.band.chunks(LANES)).enumerate();
        for (block, (bins, band)) in blocks {
            let (mut from, mut to, mut share) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
            for (lane, &(low, along)) in band.iter().enumerate() {
                (from[lane], to[lane], share[lane]) = (level[low], level[low + 1], along);
            }
            let [from, to, share] = [from, to, share].map(f32x8::new);
            let aperiodicity = exp8(from + (to - from) * share);
            let periodic =
                (const { all(1.0) } - aperiodicity * aperiodicity).fast_max(f32x8::ZERO).sqrt();
            // A delay by half the length turns every other bin around.
            let periodic = periodic * (EVERY_OTHER * amplitude);
            let (sine, cosine) = sin_cos8((EACH + all((block * LANES) as f32)) * step);
            let (re, im) = ((periodic * cosine).to_array(), (periodic * sine).to_array());
            let aperiodicity = aperiodicity.to_array();
            for (lane, value) in bins.iter_mut().enumerate() {
                *value = *value * aperiodicity[lane] + Complex32::new(re[lane], im[lane]);
            }
        }
    }

    /// Passes a spectrum through the frame's envelope.
    fn filter(&self, frame: &Frame, excitation: &mut [Complex32]) {
        const SCALE: f32x8 = all(1.0 / LENGTH as f32);
        let sharpness = all(frame.sharpness);
        let cepstrum = frame.mel_cepstrum.map(all);
        let blocks =
            self.warp.chunks(self.order).zip(&self.sharp).zip(excitation.chunks_mut(LANES));
        for ((warp, &sharp), bins) in blocks {
            let (mut gain, mut phase) = (f32x8::ZERO, f32x8::ZERO);
            for (&(cosines, sines), &c) in warp.iter().zip(&cepstrum) {
                gain += cosines * c;
                phase -= sines * c;
            }
            let amplitude = exp8(gain.fast_max(sharp + sharpness)) * SCALE;
            let (sine, cosine) = sin_cos8(phase);
            let (re, im) = ((amplitude * cosine).to_array(), (amplitude * sine).to_array());
            for ((value, re), im) in bins.iter_mut().zip(re).zip(im) {
                *value *= Complex32::new(re, im);
            }
        }
    }
}

/// The shape of sharp noise: what is added to its level at a frequency in Hz, in nepers.
fn sharp_at(hertz: f32) -> f32 {
    const POINTS: [(f32, f32); 5] =
        [(4500.0, -12.0), (6000.0, 0.0), (9000.0, 0.0), (11_000.0, -1.0), (12_000.0, -6.0)];
    let after = POINTS.iter().position(|(place, _)| *place > hertz).unwrap_or(POINTS.len());
    match (after.checked_sub(1).map(|before| POINTS[before]), POINTS.get(after)) {
        (Some((from, low)), Some((to, high))) => low + (high - low) * (hertz - from) / (to - from),
        _ => 10.0 * Frame::DULL,
    }
}
