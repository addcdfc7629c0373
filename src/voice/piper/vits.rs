//! A voice's model, run part by part.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::generator::Generator;
use super::noise::Noise;
use super::onnx::{self, Outline};
use super::parts::{self, Parts};
use super::runtime::{Rten, Runtime, Tensor};
use super::workspace::Workspaces;
use crate::model::message::{Message, message};

/// Versions of ONNX's standard operators that are understood. Piper's own voices have 15.
const OPSETS: std::ops::RangeInclusive<u64> = 9..=24;

/// The most numbers a weight has: beyond, a model is far larger than any voice.
const MOST_WEIGHTS: u64 = 1 << 28;

/// The longest sound of one call, in seconds.
const LONGEST: f32 = 150.0;

/// Frames of which the sound is made at once, with what is around them. More take more memory; fewer
/// cost time, because what is around them is made twice.
const STRETCH: usize = 256;

/// Names of a voice's inputs, those of `piper/train/export_onnx.py` of piper-tts.
const NUMBERS: &str = "input";
const COUNT: &str = "input_lengths";
const SCALES: &str = "scales";
const SPEAKER: &str = "sid";

/// How a voice is asked to speak.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct SynthesisParameters {
    pub noise: f32,
    pub length: f32,
    pub noise_width: f32,
    /// Who speaks, where the voice has several speakers.
    pub speaker: u32,
}

/// What is seen in the file of a model before it is loaded.
pub(super) struct Seen {
    parts: Option<Parts>,
    output: String,
    takes_speaker: bool,
}

/// Looks into the bytes of an ONNX file.
///
/// # Errors
/// What makes it no voice.
pub(super) fn look(bytes: &[u8]) -> Result<Seen, Message> {
    let whole = "it is not whole, or no ONNX model; download it again";
    let outline = onnx::outline(bytes).ok_or(whole)?;
    check(&outline)?;
    Ok(Seen {
        parts: parts::find(&outline),
        output: outline.outputs[0].to_owned(),
        takes_speaker: outline.inputs.contains(&SPEAKER),
    })
}

/// A voice's model.
pub(super) struct Vits {
    runtime: Box<dyn Runtime>,
    /// Its parts, if they were found.
    parts: Option<Parts>,
    output: String,
    takes_speaker: bool,
    sample_rate: u32,
    workspaces: Workspaces,
}

/// What was spoken in one call.
pub(super) enum Spoken<'a> {
    /// The lengths are known, and any stretch of the sound can be made.
    Parted(Parted<'a>),
    /// The sound as a whole.
    Whole(Vec<f32>),
}

/// Latent frames that sound can be made of.
pub(super) struct Parted<'a> {
    vits: &'a Vits,
    parts: &'a Parts,
    /// Frames of each number.
    pub lengths: Vec<usize>,
    /// One row a channel.
    latent: Vec<f32>,
    frames: usize,
    /// What the speaker adds, as the generator takes it.
    given: Vec<Vec<f32>>,
}

impl Vits {
    /// The model in the bytes of an ONNX file, in which this was seen.
    ///
    /// # Errors
    /// What the runtime says against it.
    pub(super) fn load(bytes: Vec<u8>, seen: Seen, sample_rate: u32) -> Result<Vits, Message> {
        let runtime: Box<dyn Runtime> = Box::new(Rten::load(bytes)?);
        let Seen { parts, output, takes_speaker } = seen;
        // The runtime joins operators, and some values are no more.
        let parts = parts.filter(|parts| {
            let noise = parts.length_noise.iter().chain([&parts.noise]);
            let made = [&parts.lengths, &parts.latent].into_iter().chain(&parts.generator.given);
            noise.chain(made).all(|name| runtime.has(name))
        });
        let parts = parts.map(|mut parts| {
            parts.carried.retain(|name| runtime.has(name));
            parts
        });
        Ok(Vits {
            runtime,
            parts,
            output,
            takes_speaker,
            sample_rate,
            workspaces: Workspaces::default(),
        })
    }

    /// Whether the model says how long each number is heard, and can be given its noise.
    pub(super) fn has_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// Whether it has several speakers.
    pub(super) fn takes_speaker(&self) -> bool {
        self.takes_speaker
    }

    /// Speaks numbers; `content` is what their noise is made of.
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with what it gives.
    pub(super) fn speak(
        &self,
        ids: &[i32],
        parameters: SynthesisParameters,
        content: &[u8],
    ) -> Result<Spoken<'_>, Message> {
        let count = ids.len();
        let mut given = vec![
            (NUMBERS, Tensor::integers(&[1, count], ids.to_vec())),
            (COUNT, Tensor::integers(&[1], vec![count as i32])),
        ];
        if self.takes_speaker {
            given.push((SPEAKER, Tensor::integers(&[1], vec![parameters.speaker as i32])));
        }
        let Some(parts) = &self.parts else {
            // Its noise would be another every time.
            given.push((SCALES, Tensor::floats(&[3], vec![0.0, parameters.length, 0.0])));
            return self.whole(&given);
        };
        let SynthesisParameters { noise, length, noise_width, .. } = parameters;
        given.push((SCALES, Tensor::floats(&[3], vec![noise, length, noise_width])));
        let mut random = Noise::seeded(content);
        if let Some(name) = &parts.length_noise {
            let channels = 2; // of the stochastic duration predictor
            let values = random.take(channels * count);
            given.push((name, Tensor::floats(&[1, channels, count], values)));
        }
        let mut wanted = vec![parts.lengths.as_str()];
        wanted.extend(parts.carried.iter().map(String::as_str));
        let mut made = self.runtime.run(&given, &wanted)?.into_iter();
        let lengths = made.next().and_then(Tensor::into_floats).unwrap_or_default();
        let Generator { channels, hop, .. } = parts.generator;
        let heard = self.checked_lengths(&lengths, count, hop)?;
        let frames: usize = heard.iter().sum();
        // What is given need not be made again.
        let carried = parts.carried.iter().map(String::as_str).zip(made);
        given.extend(carried);
        given.push((&parts.lengths, Tensor::floats(&[1, 1, count], lengths)));
        let values = random.take(channels * frames);
        given.push((&parts.noise, Tensor::floats(&[1, channels, frames], values)));
        let wanted: Vec<&str> =
            parts.generator.given.iter().chain([&parts.latent]).map(String::as_str).collect();
        let mut made = self.runtime.run(&given, &wanted)?;
        let latent = made.pop().filter(|latent| latent.shape == [1, channels, frames]);
        let latent = latent.and_then(Tensor::into_floats).ok_or("its frames are not as many")?;
        let given = made.into_iter().map(Tensor::into_floats).collect::<Option<_>>();
        let given = given.ok_or("what its speaker adds is no number")?;
        Ok(Spoken::Parted(Parted { vits: self, parts, lengths: heard, latent, frames, given }))
    }

    /// The lengths in frames, if they can be.
    fn checked_lengths(
        &self,
        lengths: &[f32],
        count: usize,
        hop: usize,
    ) -> Result<Vec<usize>, Message> {
        let most = LONGEST * self.sample_rate as f32 / hop as f32;
        if lengths.len() != count {
            return Err(message!(
                "it gives {lengths} lengths for {count} sounds",
                lengths = lengths.len(),
                count
            ));
        }
        let sum: f32 = lengths.iter().sum();
        if lengths.iter().any(|length| !(0.0..=most).contains(length))
            || !(1.0..=most).contains(&sum)
        {
            return Err(message!(
                "it would speak {count} sounds for {sum} frames of {hop} samples",
                count,
                sum,
                hop
            ));
        }
        Ok(lengths.iter().map(|length| *length as usize).collect())
    }

    /// Everything at once.
    fn whole(&self, given: &[(&str, Tensor)]) -> Result<Spoken<'_>, Message> {
        let made = self.runtime.run(given, &[&self.output])?.pop();
        let sound = made.and_then(Tensor::into_floats).ok_or("it gives no sound")?;
        self.check_sound(&sound)?;
        Ok(Spoken::Whole(sound))
    }

    fn check_sound(&self, sound: &[f32]) -> Result<(), Message> {
        if sound.len() as f32 > LONGEST * self.sample_rate as f32 {
            return Err(message!(
                "it gives {sound} samples for one utterance",
                sound = sound.len()
            ));
        }
        if sound.iter().any(|sample| !sample.is_finite()) {
            return Err("it gives sound that is no number".into());
        }
        Ok(())
    }
}

impl Parted<'_> {
    /// Samples of a frame.
    pub(super) fn hop(&self) -> usize {
        self.parts.generator.hop
    }

    /// The sound of a stretch of frames, as it is inside the whole.
    ///
    /// # Errors
    /// What the runtime says, or what is wrong with what it gives.
    pub(super) fn sound(&self, frames: Range<usize>) -> Result<Vec<f32>, Message> {
        let generator = &self.parts.generator;
        let Generator { reach, hop, .. } = *generator;
        let frames = frames.start..frames.end.min(self.frames);
        let mut sound = Vec::with_capacity(frames.len() * hop);
        let stretches = frames.len().div_ceil(STRETCH).max(1);
        let stretch = frames.len().div_ceil(stretches).max(1);
        for start in frames.clone().step_by(stretch) {
            let end = (start + stretch).min(frames.end);
            let around = start.saturating_sub(reach)..(end + reach).min(self.frames);
            let rows = self.latent.chunks_exact(self.frames);
            let part: Vec<f32> = rows.flat_map(|row| &row[around.clone()]).copied().collect();
            let made = generator.sound(&self.vits.workspaces, part, &self.given)?;
            self.vits.check_sound(&made)?;
            let wanted = (start - around.start) * hop..(end - around.start) * hop;
            if made.len() != around.len() * hop {
                return Err(message!(
                    "it gives {made} samples for {hop}",
                    made = made.len(),
                    hop = around.len() * hop
                ));
            }
            sound.extend_from_slice(&made[wanted]);
        }
        Ok(sound)
    }
}

/// Whether a model can be a voice that is run within reason.
fn check(outline: &Outline) -> Result<(), Message> {
    let Outline { opset, inputs, outputs, nodes, weights } = outline;
    if nodes.is_empty() || outputs.is_empty() {
        return Err("it has no operators; it is no ONNX model of a voice".into());
    }
    if !OPSETS.contains(opset) {
        let (least, most) = (OPSETS.start(), OPSETS.end());
        return Err(message!(
            "it is made for version {opset} of ONNX's operators: {least} to {most} are understood",
            opset,
            least,
            most
        ));
    }
    for weight in weights {
        let size = weight.dims.iter().try_fold(1u64, |size, dim| size.checked_mul(*dim));
        let size = size.filter(|size| *size <= MOST_WEIGHTS);
        let shape = &weight.dims;
        if weight.elsewhere {
            return Err(message!("its weight {weight} is in another file", weight = weight.name));
        }
        if size.is_none_or(|size| size > weight.bytes as u64) {
            return Err(message!(
                "its weight {weight} has not what its shape {shape} says",
                weight = weight.name,
                shape = format_args!("{shape:?}")
            ));
        }
    }
    let weighty = |name: &&str| weights.iter().any(|weight| weight.name == *name);
    for needed in [NUMBERS, COUNT, SCALES] {
        if !inputs.contains(&needed) {
            return Err(message!(
                "it has no input `{needed}`; it is no model of a Piper voice",
                needed
            ));
        }
    }
    let known = [NUMBERS, COUNT, SCALES, SPEAKER];
    if let Some(other) = inputs.iter().find(|name| !known.contains(name) && !weighty(name)) {
        return Err(message!("it has an input `{other}`, which no Piper voice has", other));
    }
    Ok(())
}
