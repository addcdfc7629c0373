//! Samples in fewer bytes, without loss: the second difference of the samples, in Rice codes.
//!
//! This is the fixed predictor of order 2 and the residual coding of Shorten and FLAC (Robinson, T.
//! (1994), "SHORTEN: Simple lossless and near-lossless waveform compression", CUED/F-INFENG/TR.156;
//! RFC 9639, sections 9.2.5 and 9.2.7), in blocks that each begin with their parameter.

/// Samples that share a Rice parameter.
const BLOCK: usize = 256;

/// Bits that a block's parameter takes.
const PARAMETER_BITS: u32 = 5;

/// The largest parameter: a second difference of 16-bit samples has 18 bits, folded.
const LARGEST_PARAMETER: u32 = 18;

/// A quotient of this many ones is an escape: the value follows in `ESCAPE_BITS` bits.
const LONGEST_QUOTIENT: u32 = 24;
const ESCAPE_BITS: u32 = 19;

/// The samples in their short form.
pub(super) fn pack(samples: &[i16]) -> Vec<u8> {
    let mut bits = Writer { bytes: Vec::with_capacity(samples.len()), buffer: 0, held: 0 };
    let mut predictor = Predictor::default();
    let mut folded = [0u32; BLOCK];
    for block in samples.chunks(BLOCK) {
        let folded = &mut folded[..block.len()];
        for (folded, &sample) in folded.iter_mut().zip(block) {
            let difference = i32::from(sample) - predictor.next();
            predictor.take(i32::from(sample));
            *folded = ((difference << 1) ^ (difference >> 31)) as u32;
        }
        let parameter = best_parameter(folded);
        bits.put(parameter, PARAMETER_BITS);
        for &value in &*folded {
            let quotient = value >> parameter;
            if quotient < LONGEST_QUOTIENT {
                // The ones of the quotient and the zero that ends them.
                bits.put((1 << (quotient + 1)) - 2, quotient + 1);
                bits.put(value & ((1 << parameter) - 1), parameter);
            } else {
                bits.put((1 << LONGEST_QUOTIENT) - 1, LONGEST_QUOTIENT);
                bits.put(value, ESCAPE_BITS);
            }
        }
    }
    bits.finish()
}

/// `count` samples out of their short form; `None` if the bytes are not that.
pub(super) fn unpack(bytes: &[u8], count: usize) -> Option<Vec<i16>> {
    // A sample takes at least one bit.
    if count > bytes.len().saturating_mul(8) {
        return None;
    }
    let mut bits = Reader { bytes, buffer: 0, held: 0 };
    let mut predictor = Predictor::default();
    let mut samples = Vec::with_capacity(count);
    while samples.len() < count {
        let parameter = bits.take(PARAMETER_BITS)?;
        for _ in 0..BLOCK.min(count - samples.len()) {
            let quotient = bits.ones(LONGEST_QUOTIENT)?;
            let folded = if quotient == LONGEST_QUOTIENT {
                bits.take(ESCAPE_BITS)?
            } else {
                (quotient << parameter) | bits.take(parameter)?
            };
            let difference = (folded >> 1) as i32 ^ -((folded & 1) as i32);
            let sample = i16::try_from(predictor.next() + difference).ok()?;
            predictor.take(i32::from(sample));
            samples.push(sample);
        }
    }
    Some(samples)
}

/// The parameter whose codes are shortest for values of this mean.
fn best_parameter(folded: &[u32]) -> u32 {
    let sum: u64 = folded.iter().map(|&value| u64::from(value)).sum();
    let mean = sum / folded.len().max(1) as u64;
    (0..LARGEST_PARAMETER)
        .find(|&k| mean < 1 << k)
        .map_or(LARGEST_PARAMETER, |k| k.saturating_sub(1))
}

/// Continues the line through the last two samples.
#[derive(Default)]
struct Predictor {
    last: i32,
    before: i32,
}

impl Predictor {
    fn next(&self) -> i32 {
        2 * self.last - self.before
    }

    fn take(&mut self, sample: i32) {
        self.before = self.last;
        self.last = sample;
    }
}

/// Bits to bytes, the highest first.
struct Writer {
    bytes: Vec<u8>,
    buffer: u64,
    held: u32,
}

impl Writer {
    /// Adds the lowest `count` bits of `value`, of which no higher one is set; at most 32.
    fn put(&mut self, value: u32, count: u32) {
        self.buffer = (self.buffer << count) | u64::from(value);
        self.held += count;
        while self.held >= 8 {
            self.held -= 8;
            self.bytes.push((self.buffer >> self.held) as u8);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.held > 0 {
            self.put(0, 8 - self.held);
        }
        self.bytes
    }
}

/// Bytes to bits, the highest first.
struct Reader<'a> {
    bytes: &'a [u8],
    buffer: u64,
    held: u32,
}

impl Reader<'_> {
    /// Holds at least 32 bits, or all there are.
    fn fill(&mut self) {
        while self.held <= 56 {
            let Some((&byte, rest)) = self.bytes.split_first() else { break };
            self.bytes = rest;
            self.buffer = (self.buffer << 8) | u64::from(byte);
            self.held += 8;
        }
    }

    /// The next `count` bits, at most 32.
    fn take(&mut self, count: u32) -> Option<u32> {
        if count == 0 {
            return Some(0);
        }
        self.fill();
        self.held = self.held.checked_sub(count)?;
        Some(((self.buffer >> self.held) & ((1 << count) - 1)) as u32)
    }

    /// Counts ones, and takes the zero after them; or `most` ones, and no zero.
    fn ones(&mut self, most: u32) -> Option<u32> {
        self.fill();
        let left = self.buffer.checked_shl(64 - self.held).unwrap_or(0);
        let ones = left.leading_ones().min(self.held);
        if ones >= most {
            self.held -= most;
            return Some(most);
        }
        self.held = self.held.checked_sub(ones + 1)?;
        Some(ones)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn samples_come_back_as_they_were(
            stretches in prop::collection::vec((prop::collection::vec(any::<i16>(), 0..600), 0..16), 0..4)
        ) {
            // Loud and quiet stretches after one another.
            let samples: Vec<i16> = stretches
                .iter()
                .flat_map(|(stretch, quiet)| stretch.iter().map(move |sample| sample >> quiet))
                .collect();
            prop_assert_eq!(unpack(&pack(&samples), samples.len()), Some(samples));
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes: Vec<u8>, count in 0usize..5000) {
            let _ = unpack(&bytes, count);
        }
    }

    #[test]
    fn extremes_come_back_and_quiet_sound_is_short() {
        let edges: Vec<i16> =
            (0..2000).map(|i| if i % 2 == 0 { i16::MIN } else { i16::MAX }).collect();
        assert_eq!(unpack(&pack(&edges), edges.len()), Some(edges));
        assert!(pack(&[0; 8000]).len() <= 8000 / 8 + 8000 / BLOCK + 1);
        let tone: Vec<i16> =
            (0..24_000).map(|i| (8000.0 * (f64::from(i) * 0.05).sin()) as i16).collect();
        assert!(pack(&tone).len() < 24_000);
    }

    #[test]
    fn too_few_bytes_are_no_samples() {
        let packed = pack(&[1, 2, 3, 500, -500]);
        assert_eq!(unpack(&packed[..packed.len() - 1], 5), None);
        assert_eq!(unpack(&[], 1), None);
        assert_eq!(unpack(&[], usize::MAX), None);
    }
}
