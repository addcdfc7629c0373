//! The noise a voice is given, the same for the same content.

use crate::model::digest::Digest;

/// Normally distributed numbers of mean 0 and variance 1 (Box, G. and Muller, M. (1958), "A note on
/// the generation of random normal deviates") from SplitMix64 (Steele, G. et al. (2014), "Fast
/// splittable pseudorandom number generators"), seeded with what is spoken.
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn seeded(content: &[u8]) -> Noise {
        let digest = Digest::of(content);
        let seed: [u8; 8] = std::array::from_fn(|at| digest.bytes()[at]);
        Noise(u64::from_le_bytes(seed))
    }

    /// So many numbers.
    pub(super) fn take(&mut self, count: usize) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(count + 1);
        while numbers.len() < count {
            let bits = self.bits();
            // 24 bits each: what an f32 holds. The first lies above 0, so that it has a logarithm.
            let part = |bits: u64| (bits & 0xFF_FFFF) as f32 / 16_777_216.0;
            let radius = libm::sqrtf(-2.0 * libm::logf(1.0 - part(bits)));
            let angle = std::f32::consts::TAU * part(bits >> 32);
            numbers.push(radius * libm::cosf(angle));
            numbers.push(radius * libm::sinf(angle));
        }
        numbers.truncate(count);
        numbers
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_normal_and_the_same_for_the_same_content() {
        let values = Noise::seeded(b"a").take(100_001);
        let moment = |power: i32| {
            values.iter().map(|v| f64::from(*v).powi(power)).sum::<f64>() / values.len() as f64
        };
        assert!(moment(1).abs() < 0.01, "mean {}", moment(1));
        assert!((moment(2) - 1.0).abs() < 0.02, "variance {}", moment(2));
        assert!((moment(4) - 3.0).abs() < 0.1, "kurtosis {}", moment(4));
        assert_eq!(Noise::seeded(b"a").take(5), values[..5]);
        assert_ne!(Noise::seeded(b"b").take(5), values[..5]);
    }
}
