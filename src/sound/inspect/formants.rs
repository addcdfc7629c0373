//! Measures formants by linear prediction.
//!
//! The prediction is Burg's (Burg, J. P. (1967), "Maximum entropy spectral analysis", 37th meeting of
//! the Society of Exploration Geophysicists; Andersen, N. (1974), "On the calculation of filter
//! coefficients for maximum entropy spectral analysis", Geophysics 39); formants are the roots of its
//! polynomial (Atal, B. S., Hanauer, S. L. (1971), "Speech analysis and synthesis by linear prediction
//! of the speech wave", JASA 50). Roots are found all at once (Durand, E. (1960), Solutions numériques
//! des équations algébriques; Kerner, I. O. (1966), Numerische Mathematik 8).

use std::f64::consts::{PI, TAU};

use realfft::num_complex::Complex;

use crate::model::audio::Audio;
use crate::model::units::Hertz;
use crate::sound::resampler::Resampler;

/// Length of the Gaussian analysis window, in seconds; about half of it weighs.
const WINDOW: f64 = 0.05;
/// Formants expected below the ceiling; each takes two coefficients.
const EXPECTED: usize = 5;
/// Pre-emphasis of 6 dB an octave starts here, in Hz.
const EMPHASIS: f64 = 50.0;
/// Nothing nearer than this to 0 Hz or to the ceiling is a formant, in Hz.
const EDGE: f64 = 60.0;
/// No formant is wider, in Hz: what is wider is the slope of the spectrum.
const WIDEST: f64 = 1000.0;
/// Roots are found to this precision, or after so many rounds.
const PRECISION: f64 = 1e-10;
const ROUNDS: usize = 200;
/// Step between the moments whose median is taken, in seconds.
const STEP: f64 = 0.005;

/// A resonance of the vocal tract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Formant {
    /// Its centre.
    pub frequency: Hertz,
    /// Its width at half power.
    pub bandwidth: Hertz,
}

/// A sound made ready for its formants to be measured anywhere.
#[derive(Debug, Clone)]
pub struct Formants {
    samples: Vec<f64>,
    /// Samples per second of `samples`.
    rate: f64,
}

impl Formants {
    /// Makes a sound ready. Below `ceiling`, taken to the nearest 50 Hz, five formants are expected:
    /// 5000 Hz suits a man's vocal tract, 5500 Hz a woman's.
    #[must_use]
    pub fn new(audio: &Audio, ceiling: Hertz) -> Formants {
        // Between rates of whole hundreds a filter has few phases.
        let rate = 100 * (ceiling.0.clamp(1000.0, 12_000.0) / 50.0).round() as u32;
        let low = Resampler::new(audio.sample_rate.max(1), rate).whole(&audio.samples);
        let rate = f64::from(rate);
        let keep = (-TAU * EMPHASIS / rate).exp();
        let mut before = 0.0;
        let emphasized = low.iter().map(|sample| {
            let sample = f64::from(*sample);
            sample - keep * std::mem::replace(&mut before, sample)
        });
        Formants { samples: emphasized.collect(), rate }
    }

    /// The formants at a time in seconds, from the lowest; none beyond the sound or in silence.
    #[must_use]
    pub fn at(&self, seconds: f64) -> Vec<Formant> {
        let length = (WINDOW * self.rate) as usize;
        let start = seconds * self.rate - length as f64 / 2.0;
        let windowed: Vec<f64> = (0..length)
            .map(|i| {
                let place = start + i as f64;
                let sample = if place < 0.0 { None } else { self.samples.get(place as usize) };
                let x = (i as f64 + 0.5) / length as f64 * 2.0 - 1.0;
                sample.copied().unwrap_or(0.0) * (-6.0 * x * x).exp()
            })
            .collect();
        let coefficients = burg(&windowed, 2 * EXPECTED);
        let mut found: Vec<Formant> = roots(&coefficients)
            .into_iter()
            .filter(|root| root.im > 0.0)
            .map(|root| (root.arg() * self.rate / TAU, -root.norm().ln() * self.rate / PI))
            .filter(|(frequency, bandwidth)| {
                (EDGE..self.rate / 2.0 - EDGE).contains(frequency) && *bandwidth < WIDEST
            })
            .map(|(frequency, bandwidth)| Formant {
                frequency: Hertz(frequency as f32),
                bandwidth: Hertz(bandwidth.max(0.0) as f32),
            })
            .collect();
        found.sort_by(|a, b| a.frequency.0.total_cmp(&b.frequency.0));
        found
    }

    /// Medians of the first `N` formants over a stretch (in seconds), measured every 5 ms; none
    /// where fewer are found in most of it.
    #[must_use]
    pub fn median<const N: usize>(&self, from: f64, to: f64) -> Option<[Hertz; N]> {
        let steps = (((to - from) / STEP) as usize).max(1);
        let moments = (0..steps).map(|step| self.at(from + (step as f64 + 0.5) * STEP));
        let moments: Vec<_> = moments.filter(|formants| formants.len() >= N).collect();
        if moments.len() * 2 < steps {
            return None;
        }
        Some(std::array::from_fn(|n| {
            let mut values: Vec<f32> = moments.iter().map(|m| m[n].frequency.0).collect();
            values.sort_by(f32::total_cmp);
            Hertz(values[values.len() / 2])
        }))
    }
}

/// Prediction-error filter of an order: `1, a1, …`; only the 1 for silence.
fn burg(samples: &[f64], order: usize) -> Vec<f64> {
    let mut filter = vec![1.0];
    let (mut forward, mut backward) = (samples.to_vec(), samples.to_vec());
    for stage in 1..=order {
        let (mut numerator, mut denominator) = (0.0, 0.0);
        for at in stage..samples.len() {
            numerator += forward[at] * backward[at - 1];
            denominator += forward[at] * forward[at] + backward[at - 1] * backward[at - 1];
        }
        if denominator <= f64::MIN_POSITIVE {
            break;
        }
        let reflection = -2.0 * numerator / denominator;
        filter.push(0.0);
        let old = filter.clone();
        for (at, coefficient) in filter.iter_mut().enumerate() {
            *coefficient += reflection * old[stage - at];
        }
        for at in (stage..samples.len()).rev() {
            let (f, b) = (forward[at], backward[at - 1]);
            forward[at] = f + reflection * b;
            backward[at] = b + reflection * f;
        }
    }
    filter
}

/// Roots of the polynomial `z^n + a1 z^(n-1) + … + an`, given `1, a1, …, an`.
fn roots(coefficients: &[f64]) -> Vec<Complex<f64>> {
    let degree = coefficients.len() - 1;
    let value =
        |z: Complex<f64>| coefficients.iter().fold(Complex::<f64>::ZERO, |sum, a| sum * z + *a);
    // Starts that no symmetry maps onto one another.
    let start = |n: usize| Complex::from_polar(0.9, TAU * (n as f64 + 0.3) / degree as f64);
    let mut roots: Vec<_> = (0..degree).map(start).collect();
    for _ in 0..ROUNDS {
        let mut largest = 0.0f64;
        for n in 0..degree {
            let here = roots[n];
            let others = roots.iter().enumerate().filter(|(other, _)| *other != n);
            let product =
                others.fold(Complex::<f64>::ONE, |product, (_, root)| product * (here - *root));
            let step = value(here) / product;
            if step.is_finite() {
                roots[n] = here - step;
                largest = largest.max(step.norm());
            }
        }
        if largest < PRECISION {
            break;
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pulse train through resonances of 80 Hz width: a vowel as Fant's source and filter have it.
    fn vowel(f0: f64, formants: &[f64]) -> Audio {
        let rate = 24_000.0;
        let period = rate / f0;
        let mut samples = vec![0.0; 9600];
        let mut at = 0.0;
        while (at as usize) < samples.len() {
            samples[at as usize] = 1.0;
            at += period;
        }
        // The source falls by 12 dB an octave, the lips give 6 back.
        let mut slope = 0.0;
        for sample in &mut samples {
            slope = *sample + 0.97 * slope;
            *sample = slope;
        }
        for formant in formants {
            let radius = (-PI * 80.0 / rate).exp();
            let (a, b) = (2.0 * radius * (TAU * formant / rate).cos(), -radius * radius);
            let (mut y1, mut y2) = (0.0, 0.0);
            for sample in &mut samples {
                let y = *sample + a * y1 + b * y2;
                (y2, y1) = (y1, y);
                *sample = y;
            }
        }
        let peak = samples.iter().fold(0.0f64, |peak, s| peak.max(s.abs()));
        Audio { sample_rate: 24_000, samples: samples.iter().map(|s| (s / peak) as f32).collect() }
    }

    #[test]
    fn vowels_have_their_formants() {
        let vowels = [
            (110.0, [310.0, 2250.0, 2900.0, 3600.0, 4500.0]),
            (110.0, [750.0, 1300.0, 2500.0, 3500.0, 4500.0]),
            (120.0, [340.0, 750.0, 2300.0, 3400.0, 4400.0]),
            (180.0, [550.0, 1900.0, 2600.0, 3500.0, 4500.0]),
        ];
        for (f0, formants) in vowels {
            let measured = Formants::new(&vowel(f0, &formants), Hertz(5000.0));
            let have = measured.median::<3>(0.1, 0.3).unwrap();
            for (have, want) in have.iter().zip(formants) {
                // Harmonics pull formants by up to a fraction of f0.
                let error = (f64::from(have.0) - want).abs();
                assert!(error < 0.25 * f0 + 0.02 * want, "{have:?} is not {want} in {formants:?}");
            }
        }
    }

    #[test]
    fn silence_has_none() {
        let audio = Audio { sample_rate: 16_000, samples: vec![0.0; 8000] };
        let formants = Formants::new(&audio, Hertz(5000.0));
        assert_eq!(formants.at(0.2), []);
        assert_eq!(formants.at(99.0), []);
        assert_eq!(formants.median::<2>(0.1, 0.2), None);
    }

    #[test]
    fn roots_are_found() {
        // (z² - z + 0.5)(z + 0.25) = z³ - 0.75 z² + 0.25 z + 0.125
        let mut found = roots(&[1.0, -0.75, 0.25, 0.125]);
        found.sort_by(|a, b| a.im.total_cmp(&b.im));
        let want = [Complex::new(0.5, -0.5), Complex::new(-0.25, 0.0), Complex::new(0.5, 0.5)];
        for (have, want) in found.iter().zip(want) {
            assert!((have - want).norm() < 1e-8, "{found:?}");
        }
    }
}
