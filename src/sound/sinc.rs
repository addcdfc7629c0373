//! Windowed-sinc filters.

use std::f64::consts::PI;

use wide::f32x8;

/// The Kaiser window's shape for a stopband `attenuation` dB down (above 50), by Kaiser's formula
/// (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.5.3).
pub(super) fn kaiser_beta(attenuation: f64) -> f64 {
    0.1102 * (attenuation - 8.7)
}

/// The width of the step from passband to stopband, as a share of the Nyquist frequency, for a
/// filter of `taps` taps (ibid.).
pub(super) fn transition(attenuation: f64, taps: usize) -> f64 {
    (attenuation - 8.0) / (2.285 * (taps - 1) as f64) / PI
}

/// Taps that give the value of a sound `offset` samples (0 to 1) after the middle of `taps` samples
/// (an even number, the middle being number `taps / 2 - 1`), everything above `cutoff` (a share of
/// the Nyquist frequency) taken out. They sum to 1, so that a constant stays what it is.
pub(super) fn taps(taps: usize, offset: f64, cutoff: f64, beta: f64) -> Vec<f32> {
    let half = (taps / 2) as f64;
    let tap = |j: usize| {
        let t = j as f64 - (half - 1.0) - offset;
        let window = bessel_i0(beta * libm::sqrt((1.0 - (t / half) * (t / half)).max(0.0)));
        let x = PI * cutoff * t;
        let sinc = if x.abs() < 1e-9 { 1.0 } else { libm::sin(x) / x };
        sinc * window
    };
    let values: Vec<f64> = (0..taps).map(tap).collect();
    let sum: f64 = values.iter().sum();
    values.iter().map(|value| (value / sum) as f32).collect()
}

/// The modified Bessel function of the first kind and order zero, by its series.
fn bessel_i0(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut k = 1.0;
    while term > sum * 1e-16 {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
        k += 1.0;
    }
    sum
}

/// The sum of products, in eight lanes; the order of additions is fixed, and with it the result.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, rest_of_a), (b, rest_of_b)) = (a.as_chunks(), b.as_chunks());
    let products = a.iter().zip(b).map(|(a, b)| f32x8::new(*a) * f32x8::new(*b));
    let lanes = products.fold(f32x8::ZERO, |sum, products| sum + products).to_array();
    let rest: f32 = rest_of_a.iter().zip(rest_of_b).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f32>() + rest
}
