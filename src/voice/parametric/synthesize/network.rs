//! The layers of the acoustic model and the file they come in.

use wide::f32x8;

use crate::model::error::Error;
use crate::voice::lanes::{LANES, all, change, lanes, put};

use super::fast_math::tanh8;

/// What a model file begins with.
const MAGIC: &[u8] = b"DBVOICE1";
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
    weights: Vec<f32x8>,
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
                weights.push(f32x8::new(std::array::from_fn(|lane| {
                    let output = block * LANES + lane;
                    if output < outputs { weight(input, output) } else { 0.0 }
                })));
            }
        }
        Layer { inputs, outputs, bends, weights, bias }
    }

    /// The bias and the weights of the inputs that are 1 summed into `sums`, `outputs` long.
    pub(super) fn sum_active(&self, active: &[usize], sums: &mut Vec<f32>) {
        let from = sums.len();
        sums.extend_from_slice(&self.bias);
        for (block, sums) in sums[from..].chunks_mut(LANES).enumerate() {
            let weights = |input: &usize| self.weights[block * self.inputs + input];
            put(sums, active.iter().map(weights).fold(lanes(sums), |sum, weights| sum + weights));
        }
    }

    /// For each row of `inputs` its sums and activation, added to `outputs`, which hold what the
    /// sums start from. Each row of `inputs` holds the values of the layer's inputs from `first`
    /// on.
    pub(super) fn apply_from(&self, first: usize, inputs: &[f32], outputs: &mut [f32]) {
        let width = self.inputs - first;
        let mut spread = Vec::with_capacity(width * ROWS);
        let rows = inputs.chunks(width * ROWS).zip(outputs.chunks_mut(self.outputs * ROWS));
        for (inputs, outputs) in rows {
            spread.clear();
            spread.extend(inputs.iter().copied().map(all));
            for block in 0..self.outputs.div_ceil(LANES) {
                let weights = &self.weights[block * self.inputs + first..(block + 1) * self.inputs];
                let at = block * LANES;
                if inputs.len() == width * ROWS {
                    self.rows(weights, &spread, outputs, at);
                } else {
                    let rows = spread.chunks(width).zip(outputs.chunks_mut(self.outputs));
                    rows.for_each(|(inputs, outputs)| self.row(weights, inputs, outputs, at));
                }
            }
        }
        if self.bends {
            change(outputs, tanh8);
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

    /// Adds to a block of outputs of [`ROWS`] rows. Each number of `inputs` is in all lanes.
    fn rows(&self, weights: &[f32x8], inputs: &[f32x8], outputs: &mut [f32], at: usize) {
        let width = weights.len();
        let [first, second, third, fourth] =
            std::array::from_fn(|row| &inputs[row * width..(row + 1) * width]);
        let inputs = first.iter().zip(second).zip(third).zip(fourth);
        // By name, and not in an array: so their sums stay in registers.
        let (mut a, mut b, mut c, mut d) = (f32x8::ZERO, f32x8::ZERO, f32x8::ZERO, f32x8::ZERO);
        for (&weights, (((&first, &second), &third), &fourth)) in weights.iter().zip(inputs) {
            a += weights * first;
            b += weights * second;
            c += weights * third;
            d += weights * fourth;
        }
        for (row, sum) in [a, b, c, d].into_iter().enumerate() {
            self.add(sum, &mut outputs[row * self.outputs..(row + 1) * self.outputs], at);
        }
    }

    /// Adds to a block of outputs of one row. Each number of `inputs` is in all lanes.
    fn row(&self, weights: &[f32x8], inputs: &[f32x8], outputs: &mut [f32], at: usize) {
        let products = weights.iter().zip(inputs).map(|(&weights, &input)| weights * input);
        self.add(products.fold(f32x8::ZERO, |sum, product| sum + product), outputs, at);
    }

    /// Adds a block's sums to a row of outputs.
    fn add(&self, sums: f32x8, outputs: &mut [f32], at: usize) {
        let outputs = &mut outputs[at..(at + LANES).min(self.outputs)];
        put(outputs, lanes(outputs) + sums);
    }
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

    /// The next matrix, row by row: a 32-bit float for each row, by which its numbers are multiplied, then the
    /// numbers, 8-bit integers.
    pub(super) fn matrix(&mut self, rows: usize, columns: usize) -> Result<Vec<f32>, Error> {
        let scales = self.floats(rows)?;
        let numbers = self.take(rows.saturating_mul(columns))?;
        let scaled = scales.iter().zip(numbers.chunks_exact(columns.max(1)));
        Ok(scaled
            .flat_map(|(scale, row)| row.iter().map(move |byte| f32::from(*byte as i8) * scale))
            .collect())
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
    fn a_matrix_is_read_row_by_row() {
        let mut bytes = [0.5f32, -2.0].map(f32::to_le_bytes).concat();
        bytes.extend([1i8, -128, 127, 0, 3, -1].map(|number| number as u8));
        let mut file = Reader { name: "model.bin", bytes: &bytes };
        assert_eq!(file.matrix(2, 3).unwrap(), [0.5, -64.0, 63.5, 0.0, -6.0, 2.0]);
        assert!(file.bytes.is_empty());
        assert!(file.matrix(1, 1).is_err());
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
}
