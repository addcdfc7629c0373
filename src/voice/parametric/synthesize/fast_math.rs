//! Exponential, sine and cosine, hyperbolic tangent as plain arithmetic, eight at once, with the same bits
//! on every machine.
//!
//! Nothing here fuses a multiplication with an addition, which only some processors do.
//!
//! Range reduction and minimax polynomials after Moshier, S. L. (1992), Cephes Mathematical
//! Library, `expf` and `sinf`; error below 2 units in the last place over the ranges stated.

use std::f32::consts::{FRAC_2_PI, LOG2_E};

use bytemuck::cast;
use wide::{f32x8, i32x8};

use crate::voice::lanes::{LANES, all};

/// Adding and subtracting it rounds a float of magnitude below 2^22 to the nearest integer.
const ROUND: f32 = 12_582_912.0;

/// `e^x`. Arguments are held within ±80, so the results are always finite and normal.
#[inline]
pub(super) fn exp8(x: f32x8) -> f32x8 {
    const BIAS: i32x8 = i32x8::new([127; LANES]);
    let x = x.fast_max(const { all(-80.0) }).fast_min(const { all(80.0) });
    let rounded = x * const { all(LOG2_E) } + const { all(ROUND) };
    let power = rounded - const { all(ROUND) };
    // ln 2 in two parts, so that the remainder keeps its low bits.
    let r = (x - power * const { all(0.693_359_4) }) - power * const { all(-2.121_944_4e-4) };
    let mut poly = const { all(1.987_569_1e-4) };
    poly = poly * r + const { all(1.398_199_9e-3) };
    poly = poly * r + const { all(8.333_452e-3) };
    poly = poly * r + const { all(4.166_579_6e-2) };
    poly = poly * r + const { all(1.666_666_6e-1) };
    poly = poly * r + const { all(0.5) };
    let mantissa = poly * (r * r) + r + const { all(1.0) };
    mantissa * cast::<i32x8, f32x8>((power.fast_trunc_int() + BIAS) << 23)
}

/// `(sin x, cos x)` for `|x|` up to some thousands.
#[inline]
pub(super) fn sin_cos8(x: f32x8) -> (f32x8, f32x8) {
    const ONE: i32x8 = i32x8::new([1; LANES]);
    const TWO: i32x8 = i32x8::new([2; LANES]);
    let quadrant = (x * const { all(FRAC_2_PI) } + const { all(ROUND) }) - const { all(ROUND) };
    // π/2 in three parts.
    let r = x - quadrant * const { all(1.570_312_5) };
    let r = r - quadrant * const { all(4.837_513e-4) };
    let r = r - quadrant * const { all(7.549_79e-8) };
    let r2 = r * r;
    let sine = const { all(-1.951_529_6e-4) } * r2 + const { all(8.332_161e-3) };
    let sine = (sine * r2 - const { all(1.666_665_5e-1) }) * r2 * r + r;
    let cosine = const { all(2.443_315_7e-5) } * r2 - const { all(1.388_731_6e-3) };
    let cosine = (cosine * r2 + const { all(4.166_664_6e-2) }) * r2 * r2;
    let cosine = cosine - const { all(0.5) } * r2 + const { all(1.0) };
    let quadrant = quadrant.fast_trunc_int();
    let swapped: f32x8 = cast((quadrant & ONE).simd_eq(ONE));
    let (s, c) = (swapped.bitselect(cosine, sine), swapped.bitselect(sine, cosine));
    let sine_sign: f32x8 = cast((quadrant & TWO) << 30);
    let cosine_sign: f32x8 = cast(((quadrant + ONE) & TWO) << 30);
    (s ^ sine_sign, c ^ cosine_sign)
}

/// Hyperbolic tangent, within 2e-7.
#[inline]
pub(super) fn tanh8(x: f32x8) -> f32x8 {
    let (one, two) = (const { all(1.0) }, const { all(2.0) });
    one - two / (exp8(two * x) + one)
}

/// [`exp8`] of one number.
pub(super) fn exp(x: f32) -> f32 {
    exp8(all(x)).to_array()[0]
}

/// [`sin_cos8`] of one number.
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    let (sine, cosine) = sin_cos8(all(x));
    (sine.to_array()[0], cosine.to_array()[0])
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

    #[test]
    fn tanh_agrees_with_libm() {
        for i in -1000..1000 {
            let x = i as f32 * 0.02;
            let have = tanh8(all(x)).to_array()[7];
            assert!((f64::from(have) - libm::tanh(f64::from(x))).abs() < 5e-7, "{x}");
        }
    }

    #[test]
    fn each_lane_has_its_own_number() {
        let x = [-3.0, -0.5, 0.0, 0.25, 1.0, 2.0, 7.5, 40.0];
        let (powers, (sines, cosines)) = (exp8(f32x8::new(x)), sin_cos8(f32x8::new(x)));
        for (lane, x) in x.into_iter().enumerate() {
            assert_eq!(powers.to_array()[lane], exp(x));
            assert_eq!((sines.to_array()[lane], cosines.to_array()[lane]), sin_cos(x));
        }
    }
}
