//! Blocks of convolutions over time.

use wide::f32x8;

use crate::model::error::Error;
use crate::voice::lanes::{self, add_products, all, change};

use super::fast_math::tanh8;
use super::network::{Layer, Reader};

/// Added to a variance, so that silence is not divided by 0.
const LEAST_VARIANCE: f32 = 1e-5;

/// Brings each row to mean 0 and variance 1, then to a scale and an offset of each channel.
#[derive(Debug, Clone)]
pub(super) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(super) fn read(file: &mut Reader, channels: usize) -> Result<Norm, Error> {
        Ok(Norm { weight: file.halves(channels)?, bias: file.halves(channels)? })
    }

    pub(super) fn apply(&self, rows: &mut [f32]) {
        let channels = self.weight.len();
        for row in rows.chunks_exact_mut(channels) {
            let mean = row.iter().sum::<f32>() / channels as f32;
            row.iter_mut().for_each(|value| *value -= mean);
            let variance = row.iter().map(|value| value * value).sum::<f32>() / channels as f32;
            let scale = 1.0 / (variance + LEAST_VARIANCE).sqrt();
            for ((value, weight), bias) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
                *value = *value * scale * weight + bias;
            }
        }
    }
}

/// What a block adds to its input: each channel seen over some time, then all channels of a moment bent
/// together (after Liu, Z. et al. (2022), "A ConvNet for the 2020s", CVPR).
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// By step of time, then channel.
    depthwise: Vec<Vec<f32>>,
    bias: Vec<f32>,
    /// Moments between the steps.
    dilation: usize,
    norm: Norm,
    up: Layer,
    down: Layer,
}

impl Block {
    /// Reads a block of `channels` that sees `width` moments, `dilation` apart, and has `grow` times the
    /// channels inside.
    ///
    /// # Errors
    /// Of kind `Voice` if the file ends too early or holds what is no number.
    pub(super) fn read(
        file: &mut Reader,
        channels: usize,
        width: usize,
        grow: usize,
        dilation: usize,
    ) -> Result<Block, Error> {
        let weights = file.halves(channels * width)?;
        let depthwise = (0..width)
            .map(|step| (0..channels).map(|channel| weights[channel * width + step]).collect())
            .collect();
        Ok(Block {
            depthwise,
            bias: file.halves(channels)?,
            dilation,
            norm: Norm::read(file, channels)?,
            up: linear(file, channels, channels * grow)?,
            down: linear(file, channels * grow, channels)?,
        })
    }

    /// Adds to rows of one moment each what the block makes of them; before the first and after the last
    /// is 0.
    pub(super) fn add(&self, rows: &mut [f32]) {
        let channels = self.bias.len();
        let count = rows.len() / channels;
        let reach = self.depthwise.len() / 2 * self.dilation;
        let mut seen = Vec::with_capacity(rows.len());
        for at in 0..count {
            let from = seen.len();
            seen.extend_from_slice(&self.bias);
            for (step, weights) in self.depthwise.iter().enumerate() {
                let other = (at + step * self.dilation).checked_sub(reach);
                let Some(other) = other.filter(|other| *other < count) else { continue };
                let row = &rows[other * channels..(other + 1) * channels];
                add_products(&mut seen[from..], row, weights);
            }
        }
        self.norm.apply(&mut seen);
        let mut inner = self.up.apply(&seen);
        change(&mut inner, gelu);
        lanes::add(rows, &self.down.apply(&inner));
    }
}

/// Reads a fully connected layer: a matrix with a row for each output, then biases.
///
/// # Errors
/// As [`Block::read`].
pub(super) fn linear(file: &mut Reader, inputs: usize, outputs: usize) -> Result<Layer, Error> {
    let weights = file.matrix(outputs, inputs)?;
    let bias = file.halves(outputs)?;
    Ok(Layer::new(inputs, |input, output| weights[output * inputs + input], bias, false))
}

/// The Gaussian error linear unit by its usual approximation (Hendrycks, D., Gimpel, K. (2016),
/// arXiv:1606.08415).
pub(super) fn gelu(x: f32x8) -> f32x8 {
    const HALF: f32x8 = all(0.5);
    const SCALE: f32x8 = all(0.797_884_6); // sqrt(2 / π)
    HALF * x * (const { all(1.0) } + tanh8(SCALE * (x + const { all(0.044_715) } * x * x * x)))
}
