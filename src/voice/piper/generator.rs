//! The last part of a voice: from latent frames to samples.
//!
//! It is the generator of HiFi-GAN (Kong, J. et al. (2020), "HiFi-GAN: generative adversarial
//! networks for efficient and high fidelity speech synthesis"): convolutions over time, and between
//! them steps that raise the number of moments. Three quarters of the time that a voice takes are
//! spent here. A general runtime gathers the input of a convolution value by value; over time alone
//! a convolution is a product of matrices for each tap, on the input as it lies there, in half the
//! time.
//!
//! The steps are read from the model's operators, whatever their number and sizes.

use std::collections::HashMap;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_tensor::NdTensorView;
use wide::f32x8;

use super::buffers::Buffers;
use super::onnx::{Node, Outline, Weight};
use super::workspace::Workspaces;
use crate::model::message::Message;
use crate::voice::lanes::{self, all};

/// Moments of a convolution's output that are made at once: they stay in a processor's second cache.
const TILE: usize = 1024;

/// Values of a raising step's output that are made at once.
const RAISED: usize = 1 << 17;

/// More channels, or more moments around one, are no voice's.
const MOST_CHANNELS: usize = 4096;
const WIDEST: i64 = 1 << 12;

/// Makes sound of latent frames.
pub(super) struct Generator {
    steps: Vec<Step>,
    /// Values that are given beside the frames, by name: what a speaker adds to a channel.
    pub given: Vec<String>,
    /// Numbers of a latent frame.
    pub channels: usize,
    /// How many frames around itself a sample depends on.
    pub reach: usize,
    /// Samples a frame.
    pub hop: usize,
}

/// A step: what it does, to which values, and which it uses last. Values are counted as they are
/// made; the frames are value 0.
struct Step {
    work: Work,
    takes: Vec<usize>,
    last: Vec<usize>,
}

enum Work {
    Convolve(Convolution),
    Raise(Raising),
    /// Values below zero are made smaller by a factor.
    Leak(f32),
    /// Two values are added.
    Add,
    /// What is given, by its place, is added to each channel.
    Given(usize),
    Scale(f32),
    Tanh,
    Same,
}

/// A convolution: for each tap a matrix, outputs by inputs.
struct Convolution {
    taps: Vec<PackedAMatrix<f32>>,
    bias: Vec<f32>,
    dilation: usize,
    outputs: usize,
}

/// A convolution that makes `stride` moments of each: the moments of one are below one another as
/// outputs of a matrix, tap for tap into the past.
struct Raising {
    taps: Vec<PackedAMatrix<f32>>,
    bias: Vec<f32>,
    stride: usize,
    /// Moments by which the output is early.
    early: usize,
    outputs: usize,
}

/// A row of moments for each channel.
#[derive(Debug, Clone, Default)]
struct Rows {
    length: usize,
    values: Vec<f32>,
}

/// What is known of a value while the steps are read.
#[derive(Clone, Copy)]
struct Known {
    value: usize,
    channels: usize,
    /// Reach in frames, and moments a frame.
    reach: f64,
    scale: u64,
}

impl Generator {
    /// Reads the steps from the latent frames to the model's first output; `None` if there are others
    /// than a generator has.
    pub(super) fn read(outline: &Outline, latent: &str, channels: usize) -> Option<Generator> {
        let weights: HashMap<&str, &Weight> =
            outline.weights.iter().map(|weight| (weight.name, weight)).collect();
        let constant = |node: &&Node| node.op == "Constant" && node.outputs.len() == 1;
        let constants: HashMap<&str, &Weight> = (outline.nodes.iter().filter(constant))
            .filter_map(|node| Some((node.outputs[0], node.attribute("value")?.tensor.as_ref()?)))
            .collect();
        let stored = |name: &str| weights.get(name).or_else(|| constants.get(name)).copied();
        let mut known: HashMap<&str, Known> =
            HashMap::from([(latent, Known { value: 0, channels, reach: 0.0, scale: 1 })]);
        let mut steps = Vec::new();
        let mut given = Vec::new();
        for node in &outline.nodes {
            let inputs: Vec<&str> = node.inputs.clone();
            let taken: Vec<Known> =
                inputs.iter().filter_map(|name| known.get(name)).copied().collect();
            let Some(mut state) = taken.first().copied() else { continue };
            let work = match (node.op, &taken[..]) {
                ("Conv", [_]) => convolution(node, &mut state, &stored)?,
                ("ConvTranspose", [_]) => raising(node, &mut state, &stored)?,
                ("LeakyRelu", [_]) => {
                    Work::Leak(node.attribute("alpha").map_or(0.01, |alpha| alpha.float))
                }
                ("Relu", [_]) => Work::Leak(0.0),
                ("Tanh", [_]) => Work::Tanh,
                ("Identity" | "Cast" | "Squeeze" | "Unsqueeze", [_]) => Work::Same,
                ("Add", [a, b]) if a.scale == b.scale && a.channels == b.channels => {
                    state.reach = a.reach.max(b.reach);
                    Work::Add
                }
                ("Add", [_]) => {
                    let other = *inputs.iter().find(|name| !known.contains_key(*name))?;
                    if stored(other).is_some() {
                        return None;
                    }
                    given.push(other.to_owned());
                    Work::Given(given.len() - 1)
                }
                ("Div" | "Mul", [_]) => {
                    let factor = stored(inputs[1])?.floats()?;
                    let [factor] = factor[..] else { return None };
                    Work::Scale(if node.op == "Div" { 1.0 / factor } else { factor })
                }
                _ => return None,
            };
            let takes = taken.iter().map(|known| known.value).collect();
            steps.push(Step { work, takes, last: Vec::new() });
            state.value = steps.len();
            known.insert(node.outputs.first()?, state);
        }
        let end = *known.get(outline.outputs.first()?)?;
        let hop = usize::try_from(end.scale).ok().filter(|hop| (1..=1 << 16).contains(hop))?;
        if end.channels != 1 || end.reach > 1000.0 || end.value != steps.len() {
            return None;
        }
        let mut used = vec![false; steps.len() + 1];
        used[end.value] = true;
        for step in steps.iter_mut().rev() {
            for value in &step.takes {
                if !std::mem::replace(&mut used[*value], true) {
                    step.last.push(*value);
                }
            }
        }
        let reach = end.reach.ceil() as usize;
        Some(Generator { steps, given, channels, reach, hop })
    }

    /// The samples of latent frames, one row a channel; `given` are the values of
    /// [`Generator::given`], a number a channel.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn sound(
        &self,
        workspaces: &Workspaces,
        frames: Vec<f32>,
        given: &[Vec<f32>],
    ) -> Result<Vec<f32>, Message> {
        workspaces.run(|workspace| {
            let buffers = &mut workspace.buffers;
            let length = frames.len() / self.channels;
            let mut values = vec![Rows::default(); self.steps.len() + 1];
            values[0] = Rows { length, values: frames };
            for (at, step) in self.steps.iter().enumerate() {
                let made = self.step(step, &mut values, given, buffers)?;
                values[at + 1] = made;
                for value in &step.last {
                    buffers.give(std::mem::take(&mut values[*value]).values);
                }
            }
            Ok(values.pop().unwrap_or_default().values)
        })
    }

    /// What a step makes of the values that were made before. A value that it is the last to use it
    /// may take.
    fn step(
        &self,
        step: &Step,
        values: &mut [Rows],
        given: &[Vec<f32>],
        buffers: &mut Buffers,
    ) -> Result<Rows, Message> {
        let mut take = |place: usize| {
            let value = step.takes[place];
            if step.last.contains(&value) {
                std::mem::take(&mut values[value])
            } else {
                values[value].copied(buffers)
            }
        };
        Ok(match &step.work {
            Work::Convolve(convolution) => convolution.of(&values[step.takes[0]], buffers)?,
            Work::Raise(raising) => raising.of(&values[step.takes[0]], buffers)?,
            Work::Leak(factor) => {
                let factor = all(*factor);
                take(0).changed(|value| value.simd_lt(f32x8::ZERO).bitselect(value * factor, value))
            }
            Work::Add if step.takes[0] == step.takes[1] => take(0).changed(|value| value + value),
            Work::Add => {
                // Into the one that is used last, if one is.
                let first = usize::from(!step.last.contains(&step.takes[0]));
                let mut sum = take(first);
                let other = &values[step.takes[1 - first]];
                lanes::add(&mut sum.values, &other.values);
                sum
            }
            Work::Given(place) => {
                let mut sum = take(0);
                let rows = sum.values.chunks_mut(sum.length.max(1));
                for (row, added) in rows.zip(&given[*place]) {
                    let added = all(*added);
                    lanes::change(row, |value| value + added);
                }
                sum
            }
            Work::Scale(factor) => {
                let factor = all(*factor);
                take(0).changed(|value| value * factor)
            }
            Work::Tanh => {
                let mut rows = take(0);
                rows.values.iter_mut().for_each(|value| *value = libm::tanhf(*value));
                rows
            }
            Work::Same => take(0),
        })
    }
}

impl Rows {
    fn changed(mut self, by: impl Fn(f32x8) -> f32x8) -> Rows {
        lanes::change(&mut self.values, by);
        self
    }

    fn copied(&self, buffers: &mut Buffers) -> Rows {
        let mut values = buffers.take(self.values.len());
        values.copy_from_slice(&self.values);
        Rows { length: self.length, values }
    }

    /// With so many moments of silence before and after each row.
    fn padded(&self, before: usize, after: usize, buffers: &mut Buffers) -> Rows {
        let length = before + self.length + after;
        let channels = self.values.len() / self.length.max(1);
        let mut values = buffers.take(channels * length);
        for (padded, row) in values.chunks_mut(length).zip(self.values.chunks(self.length.max(1))) {
            padded[before..before + self.length].copy_from_slice(row);
        }
        Rows { length, values }
    }

    /// The moments from `start` on of all rows, as a matrix.
    fn matrix(&self, start: usize, length: usize) -> Result<NdTensorView<'_, f32, 2>, Message> {
        let channels = self.values.len() / self.length.max(1);
        let strides = [self.length, 1];
        NdTensorView::from_data_with_strides([channels, length], &self.values[start..], strides)
            .map_err(|error| error.to_string().into())
    }
}

/// The sum over taps of their matrices with the input, each from another moment on.
fn multiply(
    taps: &[PackedAMatrix<f32>],
    bias: Option<&[f32]>,
    input: &Rows,
    starts: impl Fn(usize) -> usize,
    length: usize,
    output: &mut [f32],
) -> Result<(), Message> {
    let executor = GemmExecutor::<f32, f32, f32>::new();
    for (tap, matrix) in taps.iter().enumerate() {
        let options = GemmOptions {
            beta: if tap == 0 { 0.0 } else { 1.0 },
            bias: bias.filter(|_| tap == 0).map(BiasVector::Column),
            ..GemmOptions::default()
        };
        let moments = GemmInputB::Unpacked(input.matrix(starts(tap), length)?);
        executor
            .gemm(output, GemmInputA::Packed(matrix), moments, options)
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

impl Convolution {
    fn of(&self, input: &Rows, buffers: &mut Buffers) -> Result<Rows, Message> {
        let around = self.dilation * (self.taps.len() - 1) / 2;
        let length = input.length;
        let padded = input.padded(around, around, buffers);
        let mut values = buffers.take(self.outputs * length);
        let mut tile = buffers.take(self.outputs * TILE.min(length));
        for start in (0..length).step_by(TILE) {
            let moments = TILE.min(length - start);
            let tile = &mut tile[..self.outputs * moments];
            let from = |tap: usize| start + tap * self.dilation;
            multiply(&self.taps, Some(&self.bias), &padded, from, moments, tile)?;
            for (row, made) in values.chunks_mut(length).zip(tile.chunks(moments)) {
                row[start..start + moments].copy_from_slice(made);
            }
        }
        buffers.give(padded.values);
        buffers.give(tile);
        Ok(Rows { length, values })
    }
}

impl Raising {
    fn of(&self, input: &Rows, buffers: &mut Buffers) -> Result<Rows, Message> {
        let Raising { stride, early, outputs, .. } = *self;
        let length = input.length * stride;
        let past = self.taps.len() - 1;
        // As many moments as the last sample needs.
        let count = (length + early).div_ceil(stride);
        let padded = input.padded(past, count.saturating_sub(input.length), buffers);
        let mut values = buffers.take(outputs * length);
        let step = (RAISED / (outputs * stride)).clamp(1, TILE);
        let mut tile = buffers.take(outputs * stride * step.min(count));
        for start in (0..count).step_by(step) {
            let moments = step.min(count - start);
            let tile = &mut tile[..outputs * stride * moments];
            multiply(&self.taps, None, &padded, |tap| start + past - tap, moments, tile)?;
            for (at, made) in tile.chunks(moments).enumerate() {
                let (phase, output) = (at / outputs, at % outputs);
                let row = &mut values[output * length..(output + 1) * length];
                for (moment, value) in made.iter().enumerate() {
                    let sample = (start + moment) * stride + phase;
                    if let Some(place) = sample.checked_sub(early).and_then(|at| row.get_mut(at)) {
                        *place = value + self.bias[output];
                    }
                }
            }
        }
        buffers.give(padded.values);
        buffers.give(tile);
        Ok(Rows { length, values })
    }
}

/// The sizes of a convolution: its kernel, stride, dilation, and how much it pads at each side.
fn sizes(node: &Node) -> Option<(i64, i64, i64, i64)> {
    let kernel = node.single("kernel_shape")?;
    let stride = node.single("strides").unwrap_or(1);
    let dilation = node.single("dilations").unwrap_or(1);
    let [left, right] = match node.attribute("pads") {
        Some(pads) => <[i64; 2]>::try_from(pads.integers.clone()).ok()?,
        None => [0, 0],
    };
    let is_sane = [kernel, stride, dilation].iter().all(|size| (1..=WIDEST).contains(size));
    let is_plain = left == right && node.attribute("auto_pad").is_none();
    (is_sane && is_plain).then_some((kernel, stride, dilation, left))
}

/// The weight and the bias of a convolution, and the weight's sizes.
fn weights_of<'a>(
    node: &Node,
    outputs: usize,
    stored: &impl Fn(&str) -> Option<&'a Weight<'a>>,
) -> Option<(Vec<f32>, Vec<f32>, [usize; 3])> {
    let weight = stored(node.inputs.get(1)?)?;
    let [a, b, c] = weight.dims[..] else { return None };
    let sizes = [a as usize, b as usize, c as usize];
    let is_sane = sizes[..2].iter().all(|size| (1..=MOST_CHANNELS).contains(size));
    let count = sizes[outputs];
    let bias = match node.inputs.get(2) {
        Some(bias) => stored(bias)?.floats()?,
        None => vec![0.0; count],
    };
    (is_sane && bias.len() == count).then_some((weight.floats()?, bias, sizes))
}

fn convolution<'a>(
    node: &Node,
    state: &mut Known,
    stored: &impl Fn(&str) -> Option<&'a Weight<'a>>,
) -> Option<Work> {
    let (kernel, stride, dilation, padding) = sizes(node)?;
    let (weight, bias, [outputs, inputs, taps]) = weights_of(node, 0, stored)?;
    let span = (kernel - 1) * dilation;
    let fits = taps as i64 == kernel && inputs == state.channels && stride == 1;
    if !fits || 2 * padding != span || span % 2 != 0 {
        return None;
    }
    let tap = |tap: usize| {
        packed([outputs, inputs], |output, input| weight[(output * inputs + input) * taps + tap])
    };
    let taps = (0..taps).map(tap).collect();
    state.channels = outputs;
    state.reach += span as f64 / 2.0 / state.scale as f64;
    Some(Work::Convolve(Convolution { taps, bias, dilation: dilation as usize, outputs }))
}

fn raising<'a>(
    node: &Node,
    state: &mut Known,
    stored: &impl Fn(&str) -> Option<&'a Weight<'a>>,
) -> Option<Work> {
    let (kernel, stride, dilation, early) = sizes(node)?;
    let (weight, bias, [inputs, outputs, taps]) = weights_of(node, 1, stored)?;
    let added = node.attribute("output_padding").is_some_and(|a| a.integers != [0]);
    let fits = taps as i64 == kernel && inputs == state.channels && dilation == 1 && !added;
    if !fits || kernel - stride != 2 * early {
        return None;
    }
    let (stride, early) = (stride as usize, early as usize);
    let past = taps.div_ceil(stride);
    let matrix = |back: usize| {
        packed([stride * outputs, inputs], |row, input| {
            let tap = row / outputs + back * stride;
            let place = (input * outputs + row % outputs) * taps + tap;
            if tap < taps { weight[place] } else { 0.0 }
        })
    };
    state.channels = outputs;
    state.reach += past as f64 / state.scale as f64;
    state.scale = state.scale.checked_mul(stride as u64)?;
    let taps = (0..past).map(matrix).collect();
    Some(Work::Raise(Raising { taps, bias, stride, early, outputs }))
}

/// A matrix as the multiplication takes it.
fn packed([rows, columns]: [usize; 2], value: impl Fn(usize, usize) -> f32) -> PackedAMatrix<f32> {
    let values: Vec<f32> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| value(row, column))
        .collect();
    let matrix = NdTensorView::from_data([rows, columns], values.as_slice());
    GemmExecutor::<f32, f32, f32>::new().prepack_a(matrix)
}
