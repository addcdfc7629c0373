//! Exponential, sine and cosine as plain arithmetic, so that loops over a spectrum vectorize and
//! give the same bits on every machine.
//!
//! Range reduction and minimax polynomials after Moshier, S. L. (1992), Cephes Mathematical
//! Library, `expf` and `sinf`; error below 2 units in the last place over the ranges stated.

use std::f32::consts::{FRAC_2_PI, LOG2_E};

/// Adding and subtracting it rounds a float of magnitude below 2^22 to the nearest integer.
const ROUND: f32 = 12_582_912.0;

/// `e^x`. Arguments are held within ±80, so the result is always finite and normal.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    let rounded = x * LOG2_E + ROUND;
    let power = rounded - ROUND;
    // ln 2 in two parts, so that the remainder keeps its low bits.
    let r = (x - power * 0.693_359_4) - power * -2.121_944_4e-4;
    let mut poly = 1.987_569_1e-4;
    poly = poly * r + 1.398_199_9e-3;
    poly = poly * r + 8.333_452e-3;
    poly = poly * r + 4.166_579_6e-2;
    poly = poly * r + 1.666_666_6e-1;
    poly = poly * r + 0.5;
    let mantissa = poly * (r * r) + r + 1.0;
    mantissa * f32::from_bits(((power as i32 + 127) as u32) << 23)
}

/// `(sin x, cos x)` for `|x|` up to some thousands.
#[inline(always)]
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    let quadrant = (x * FRAC_2_PI + ROUND) - ROUND;
    // π/2 in three parts.
    let r = ((x - quadrant * 1.570_312_5) - quadrant * 4.837_513e-4) - quadrant * 7.549_79e-8;
    let r2 = r * r;
    let sine = ((-1.951_529_6e-4 * r2 + 8.332_161e-3) * r2 - 1.666_665_5e-1) * r2 * r + r;
    let cosine =
        ((2.443_315_7e-5 * r2 - 1.388_731_6e-3) * r2 + 4.166_664_6e-2) * r2 * r2 - 0.5 * r2 + 1.0;
    let quadrant = quadrant as i32;
    let swapped = quadrant & 1 == 1;
    let (s, c) = if swapped { (cosine, sine) } else { (sine, cosine) };
    let sine_sign = ((quadrant & 2) as u32) << 30;
    let cosine_sign = (((quadrant + 1) & 2) as u32) << 30;
    (f32::from_bits(s.to_bits() ^ sine_sign), f32::from_bits(c.to_bits() ^ cosine_sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_libm() {
        for i in -8000..8000 {
            let x = i as f32 * 0.01;
            let (have, want) = (f64::from(exp(x)), libm::exp(f64::from(x)));
            assert!((have / want - 1.0).abs() < 5e-7, "exp({x}): {have} against {want}");
        }
        assert!(exp(f32::INFINITY).is_finite());
        assert!(exp(f32::NEG_INFINITY) > 0.0);
    }

    #[test]
    fn sine_and_cosine_agree_with_libm() {
        for i in -20_000..20_000 {
            let x = i as f32 * 0.0131;
            let (s, c) = sin_cos(x);
            assert!((f64::from(s) - libm::sin(f64::from(x))).abs() < 2e-6, "sin({x}): {s}");
            assert!((f64::from(c) - libm::cos(f64::from(x))).abs() < 2e-6, "cos({x}): {c}");
        }
    }
}
