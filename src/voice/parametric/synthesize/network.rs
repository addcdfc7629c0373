//! The layers of the acoustic model and the file they come in.

use crate::model::error::Error;

use super::fast_math::exp;

/// What a model file begins with.
const MAGIC: &[u8] = b"DBVOICE1";
/// Outputs computed together, so that the compiler keeps their sums in registers.
const LANES: usize = 8;
/// Frames that share a pass over the weights.
const ROWS: usize = 4;
/// A fully connected layer.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    inputs: usize,
    /// How many values it gives.
    pub outputs: usize,
    /// Whether its sums pass through the hyperbolic tangent.
    bends: bool,
    /// By block of outputs, then input, then output of the block; blocks are padded with zeros.
    weights: Vec<[f32; LANES]>,
    bias: Vec<f32>,
}

impl Layer {
    /// A layer of `inputs` inputs; `weight` gives the weight of an input to an output.
    pub(super) fn new(
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: Vec<f32>,
        bends: bool,
    ) -> Layer {
        let outputs = bias.len();
        let mut weights = Vec::with_capacity(outputs.div_ceil(LANES) * inputs);
        for block in 0..outputs.div_ceil(LANES) {
            for input in 0..inputs {
                weights.push(std::array::from_fn(|lane| {
                    let output = block * LANES + lane;
                    if output < outputs { weight(input, output) } else { 0.0 }
                }));
            }
        }
        Layer { inputs, outputs, bends, weights, bias }
    }

    /// The bias and the weights of the inputs that are 1 summed into `sums`, `outputs` long.
    pub(super) fn sum_active(&self, active: &[usize], sums: &mut Vec<f32>) {
        let from = sums.len();
        sums.extend_from_slice(&self.bias);
        for (block, sums) in sums[from..].chunks_mut(LANES).enumerate() {
            for input in active {
                let weights = &self.weights[block * self.inputs + input];
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight;
                }
            }
        }
    }

    /// For each row of `inputs` its sums and activation, added to `outputs`, which hold what the
    /// sums start from. Each row of `inputs` holds the values of the layer's inputs from `first`
    /// on.
    pub(super) fn apply_from(&self, first: usize, inputs: &[f32], outputs: &mut [f32]) {
        let width = self.inputs - first;
        let rows = inputs.chunks(width * ROWS).zip(outputs.chunks_mut(self.outputs * ROWS));
        for (inputs, outputs) in rows {
            for block in 0..self.outputs.div_ceil(LANES) {
                let weights = &self.weights[block * self.inputs + first..(block + 1) * self.inputs];
                let at = block * LANES;
                if inputs.len() == width * ROWS {
                    self.block::<ROWS>(weights, inputs, outputs, at);
                } else {
                    for (inputs, outputs) in
                        inputs.chunks(width).zip(outputs.chunks_mut(self.outputs))
                    {
                        self.block::<1>(weights, inputs, outputs, at);
                    }
                }
            }
        }
        if self.bends {
            outputs.iter_mut().for_each(|value| *value = tanh(*value));
        }
    }

    /// The layer's outputs for each row of inputs.
    pub(super) fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        let rows = inputs.len() / self.inputs.max(1);
        let mut outputs = Vec::with_capacity(rows * self.outputs);
        for _ in 0..rows {
            outputs.extend_from_slice(&self.bias);
        }
        self.apply_from(0, inputs, &mut outputs);
        outputs
    }

    /// Adds to a block of outputs of `N` rows.
    fn block<const N: usize>(
        &self,
        weights: &[[f32; LANES]],
        inputs: &[f32],
        outputs: &mut [f32],
        at: usize,
    ) {
        let width = weights.len();
        let mut sums = [[0.0f32; LANES]; N];
        for (input, weights) in weights.iter().enumerate() {
            // By index, and without iterators: quick in builds that are little optimized too, as those of
            // tests, which speak much.
            let mut row = 0;
            while row < N {
                let (value, sums) = (inputs[row * width + input], &mut sums[row]);
                let mut lane = 0;
                while lane < LANES {
                    sums[lane] += value * weights[lane];
                    lane += 1;
                }
                row += 1;
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            let end = (at + LANES).min(self.outputs);
            let outputs = &mut outputs[row * self.outputs + at..row * self.outputs + end];
            for (output, sum) in outputs.iter_mut().zip(sums) {
                *output += sum;
            }
        }
    }
}

/// Hyperbolic tangent as plain arithmetic, within 2e-7.
pub(super) fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (exp(2.0 * x) + 1.0)
}

/// Reads little-endian numbers off the front of a file.
pub(super) struct Reader<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A model file behind its mark and version.
    ///
    /// # Errors
    /// Of kind `Voice` if it is no model file.
    pub(super) fn after_version(name: &'a str, bytes: &'a [u8]) -> Result<Reader<'a>, Error> {
        let mut file = Reader { name, bytes };
        file.version()?;
        Ok(file)
    }

    /// The version of the model file, which is taken off with its mark.
    pub(super) fn version(&mut self) -> Result<u32, Error> {
        if self.take(MAGIC.len())? != MAGIC {
            return Err(self.damaged("this is not a model file"));
        }
        self.u32()
    }

    /// Makes sure that `bytes`, the whole file, ends here with its checksum.
    pub(super) fn finish(mut self, bytes: &[u8]) -> Result<(), Error> {
        let length = bytes.len() - self.bytes.len();
        if self.u32()? != crc32fast::hash(&bytes[..length]) || !self.bytes.is_empty() {
            return Err(self.damaged("the model file's checksum does not match"));
        }
        Ok(())
    }

    /// The error for a file that says `what`.
    pub(super) fn damaged(&self, what: &str) -> Error {
        Error::voice(format!("{}: {what}; fetch the voice again", self.name))
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        match self.bytes.split_at_checked(count) {
            Some((taken, rest)) => {
                self.bytes = rest;
                Ok(taken)
            }
            None => Err(self.damaged("the model file ends too early")),
        }
    }

    pub(super) fn u32(&mut self) -> Result<u32, Error> {
        Ok(self.take(4)?.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte)))
    }

    /// The next 32-bit integers, as counts.
    pub(super) fn numbers<const COUNT: usize>(&mut self) -> Result<[usize; COUNT], Error> {
        let mut numbers = [0; COUNT];
        for number in &mut numbers {
            *number = self.u32()? as usize;
        }
        Ok(numbers)
    }

    /// The next `count` 32-bit floats, all finite.
    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let bytes = self.take(count.saturating_mul(4))?;
        let values: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(self.damaged("the model file holds values that are no numbers"))
        }
    }

    /// The next `count` 16-bit floats (IEEE 754 binary16), all finite.
    pub(super) fn halves(&mut self, count: usize) -> Result<Vec<f32>, Error> {
        let bytes = self.take(count.saturating_mul(2))?;
        let halves = bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]]));
        halves
            .map(half)
            .map(|value| match value.is_finite() {
                true => Ok(value),
                false => Err(self.damaged("the model file holds values that are no numbers")),
            })
            .collect()
    }
}

/// A 16-bit float as a 32-bit one.
fn half(bits: u16) -> f32 {
    let bits = u32::from(bits);
    let (sign, exponent, fraction) = (bits >> 15 << 31, bits >> 10 & 31, bits & 1023);
    match exponent {
        0 => f32::from_bits(sign | (fraction as f32 / (1 << 24) as f32).to_bits()),
        31 => f32::NAN,
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read() {
        let cases = [(0x0000, 0.0), (0x3C00, 1.0), (0xC000, -2.0), (0x3555, 0.333_251_95)];
        for (bits, value) in cases {
            assert_eq!(half(bits), value);
        }
        assert_eq!(half(0x0001), 2f32.powi(-24));
        assert_eq!(half(0x7BFF), 65504.0);
        assert!(half(0x7C00).is_nan());
    }

    #[test]
    fn a_layer_multiplies_each_row() {
        // 3 inputs, 9 outputs (a block and one more), 6 rows (a pass of four and two more).
        let weights: Vec<f32> = (0..27).map(|i| i as f32 * 0.1 - 1.0).collect();
        let bias: Vec<f32> = (0..9).map(|i| i as f32).collect();
        let inputs: Vec<f32> = (0..18).map(|i| (i % 5) as f32 - 2.0).collect();
        let weight = |input: usize, output: usize| weights[input * 9 + output];
        let layer = Layer::new(3, weight, bias.clone(), false);
        let outputs = layer.apply(&inputs);
        assert_eq!(outputs.len(), 6 * 9);
        for (row, outputs) in outputs.chunks(9).enumerate() {
            for (output, have) in outputs.iter().enumerate() {
                let want: f32 = bias[output]
                    + (0..3).map(|i| inputs[row * 3 + i] * weights[i * 9 + output]).sum::<f32>();
                assert!((have - want).abs() < 1e-5, "row {row}, output {output}: {have} {want}");
            }
        }
    }

    #[test]
    fn tanh_agrees_with_libm() {
        for i in -1000..1000 {
            let x = i as f32 * 0.01;
            assert!((f64::from(tanh(x)) - libm::tanh(f64::from(x))).abs() < 5e-7, "{x}");
        }
    }
}
