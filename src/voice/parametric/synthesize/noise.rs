//! White noise whose seed is the content: the same score gives the same noise wherever it is
//! sounded.

use crate::voice::parametric::score::Score;

/// xorshift64* (Vigna, S. (2016), "An experimental exploration of Marsaglia's xorshift
/// generators", ACM TOMS 42(4)).
pub(super) struct Noise(u64);

impl Noise {
    pub(super) fn seeded(seed: u64) -> Noise {
        // The state must not be zero.
        Noise(seed | 1)
    }

    /// A value spread evenly over -1..1.
    pub(super) fn uniform(&mut self) -> f32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
        bits as f32 / (1u64 << 23) as f32 - 1.0
    }

    /// A value of mean 0 and variance 1: the sum of three uniform ones, close enough to normal
    /// to sound like it.
    pub(super) fn unit(&mut self) -> f32 {
        self.uniform() + self.uniform() + self.uniform()
    }
}

/// A hash of all that is heard of a score: FNV-1a (Fowler, Noll, Vo) over its numbers and phones.
pub(super) fn hash(score: &Score) -> u64 {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    let mut add = |value: u32| {
        for byte in value.to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    };
    for note in &score.notes {
        let syllable = &note.syllable;
        add(syllable.onset as u32);
        add(u32::from(syllable.glide));
        add(syllable.nucleus as u32);
        add(syllable.coda.map_or(u32::MAX, |coda| coda as u32));
        add(syllable.tone as u32);
        for part in [note.onset, note.glide, note.nucleus, note.coda, note.pause] {
            add(part.0.to_bits());
        }
        note.f0.iter().for_each(|f0| add(f0.0.to_bits()));
        note.creak.iter().for_each(|creak| add(creak.to_bits()));
        add(note.gain.to_bits());
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_mean_zero_and_variance_one() {
        let mut noise = Noise::seeded(42);
        let values: Vec<f64> = (0..100_000).map(|_| f64::from(noise.unit())).collect();
        let mean = values.iter().sum::<f64>() / 1e5;
        let variance = values.iter().map(|v| v * v).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.01, "{mean}");
        assert!((variance - 1.0).abs() < 0.02, "{variance}");
    }
}
