//! Turns phases so that peaks are lower.

use std::f64::consts::PI;

/// Centre of the rotation, in hertz: where a voice's first harmonics lie.
const CENTRE: f64 = 200.0;

/// Its width, in hertz.
const WIDTH: f64 = 800.0;

/// Second-order sections one after another.
const SECTIONS: usize = 4;

/// An all-pass filter, as broadcasters put before their limiters: every frequency keeps its
/// strength, but the low harmonics of a voice, which its pulses line up, are spread over a few
/// milliseconds. The same sound to the ear (it is delayed by 5 ms at 200 Hz, 3 ms at 500 Hz and less
/// than 1 ms from 1 kHz up, below what Blauert and Laws, JASA 63, 1978, found audible) has peaks some
/// 3 dB lower, which the limiter need not take away.
pub(super) struct Rotator {
    /// Coefficients of the denominator, but the first, which is 1; the numerator has the same in
    /// reverse.
    a: [f64; 2],
    state: [[f64; 2]; SECTIONS],
}

impl Rotator {
    pub(super) fn new(rate: u32) -> Rotator {
        let rate = f64::from(rate);
        let radius = libm::exp(-PI * WIDTH / rate);
        let angle = 2.0 * PI * CENTRE / rate;
        let a = [-2.0 * radius * libm::cos(angle), radius * radius];
        Rotator { a, state: [[0.0; 2]; SECTIONS] }
    }

    pub(super) fn process(&mut self, samples: &mut [f32]) {
        let [a1, a2] = self.a;
        for sample in samples {
            let mut x = f64::from(*sample);
            for [s1, s2] in &mut self.state {
                // Transposed direct form II, with the numerator a2 + a1 z^-1 + z^-2.
                let y = a2 * x + *s1;
                *s1 = a1 * x - a1 * y + *s2;
                *s2 = x - a2 * y;
                x = y;
            }
            *sample = x as f32;
        }
        // What dies away must not end in denormal numbers, which are slow.
        for value in self.state.iter_mut().flatten() {
            if value.abs() < 1e-30 {
                *value = 0.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frequency_keeps_its_strength() {
        for hertz in [50.0, 200.0, 500.0, 3000.0, 11_000.0] {
            let tone = |n: usize| libm::sin(2.0 * PI * hertz * n as f64 / 24_000.0) as f32;
            let mut samples: Vec<f32> = (0..48_000).map(tone).collect();
            Rotator::new(24_000).process(&mut samples);
            let power: f32 = samples[24_000..].iter().map(|s| s * s).sum::<f32>() / 24_000.0;
            assert!((power - 0.5).abs() < 1e-3, "{hertz} Hz: {power}");
        }
    }

    #[test]
    fn a_pulse_train_has_lower_peaks() {
        let mut pulses: Vec<f32> =
            (0..24_000).map(|n| if n % 200 < 4 { 0.8 } else { 0.0 }).collect();
        Rotator::new(24_000).process(&mut pulses);
        let peak = pulses[12_000..].iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        assert!(peak < 0.7, "{peak}");
    }
}
