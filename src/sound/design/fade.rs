//! The curves by which music comes and goes. All are smooth at both ends, so that nothing clicks.

use std::f64::consts::FRAC_PI_2;

/// The gain of what comes in, so much of its time (0 to 1) after it began: half of it, -6 dB, in the middle.
pub(super) fn rise(share: f64) -> f32 {
    let sine = libm::sin(share.clamp(0.0, 1.0) * FRAC_PI_2);
    (sine * sine) as f32
}

/// The gain of music that goes from under speech, when so much of its time (0 to 1) is left: -12 dB in
/// the middle, so that the first words are understood. Backwards it is that of music that comes.
pub(super) fn under_speech(share: f64) -> f32 {
    let gain = rise(share);
    gain * gain
}

/// The gains of what comes in and of what goes where a sound overlaps with itself, so much of the time
/// (0 to 1) after that began: together they have the power of one.
pub(super) fn seam(share: f64) -> (f32, f32) {
    let angle = share.clamp(0.0, 1.0) * FRAC_PI_2;
    (libm::sin(angle) as f32, libm::cos(angle) as f32)
}

/// The gain for so many decibels.
pub(super) fn gain(decibels: f64) -> f32 {
    libm::pow(10.0, decibels / 20.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_begin_and_end_where_they_should() {
        for curve in [rise, under_speech] {
            assert_eq!((curve(0.0), curve(1.0), curve(-1.0), curve(2.0)), (0.0, 1.0, 0.0, 1.0));
        }
        assert!((under_speech(0.5) - 0.25).abs() < 1e-6);
        for share in [0.0, 0.2, 0.5, 0.9, 1.0] {
            let (comes, goes) = seam(share);
            assert!((comes * comes + goes * goes - 1.0).abs() < 1e-6);
        }
        assert!((gain(-20.0) - 0.1).abs() < 1e-7);
    }
}
