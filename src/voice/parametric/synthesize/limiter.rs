//! Keeps samples inside full scale and edges free of clicks.

/// Below this magnitude samples pass untouched.
const KNEE: f32 = 0.8;

/// Bends magnitudes above 0.8 towards 1, smoothly, never reaching it.
pub(in crate::voice) fn limit(samples: &mut [f32]) {
    for sample in samples {
        let over = sample.abs() - KNEE;
        if over > 0.0 {
            let room = 1.0 - KNEE;
            // x / (1 + x) leaves the straight line with slope 1 and stays below 1; the cap keeps
            // rounding from reaching full scale.
            let bent = (KNEE + room * over / (room + over)).min(0.999);
            *sample = bent.copysign(*sample);
        }
    }
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

    #[test]
    fn quiet_samples_pass_and_loud_ones_bend() {
        let mut samples = [0.5, -0.8, 0.9, -3.0, 1e9];
        limit(&mut samples);
        assert_eq!(samples[..2], [0.5, -0.8]);
        assert!(samples[2] > 0.8 && samples[2] < 0.9);
        assert!(samples[3] < -0.9 && samples[3] > -1.0);
        assert!(samples[4] < 1.0);
    }

    #[test]
    fn a_fade_is_silent_at_both_ends() {
        let mut samples = [1.0; 10];
        fade(&mut samples, 4);
        assert_eq!(samples, [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 0.75, 0.5, 0.25, 0.0]);
    }
}
