//! The acoustic model: what each frame of a run of notes sounds like.
//!
//! A feed-forward network looks at each frame's phones and place and gives means of the
//! mel-cepstrum and of its change, of the aperiodicity, and the odds of voicing; the most probable
//! smooth trajectory through the means is what sounds (Zen, H., Senior, A., Schuster, M. (2013),
//! "Statistical parametric speech synthesis using deep neural networks", ICASSP).

use crate::diag::Error;
use crate::score::Note;

use super::frames::{BANDS, FRAME_RATE, Frame, ORDER};
use super::inputs::{self, CONTEXT, POSITION};
use super::network::{Activation, Layer, MOST_LAYERS, Reader, WIDEST};
use super::{timeline, trajectory};

const MAGIC: &[u8] = b"DBAM";
const VERSION: u32 = 1;
/// Outputs of the network: mel-cepstrum, its change, aperiodicity, voicing.
const OUTPUTS: usize = 2 * ORDER + BANDS + 1;
const FIRST_BAND: usize = 2 * ORDER;
const VOICING: usize = FIRST_BAND + BANDS;
/// Frames of silence the model hears before and after a run.
pub(super) const MARGIN: usize = 10;

/// A voice's acoustic model.
#[derive(Debug, Clone)]
pub(super) struct Acoustic {
    /// Samples a second that it was made for.
    pub sample_rate: u32,
    /// Warping of its mel-cepstra.
    pub alpha: f32,
    layers: Vec<Layer>,
    mean: Vec<f32>,
    deviation: Vec<f32>,
    /// Variances of the mel-cepstrum and its change around what the network gives.
    variance: Vec<f32>,
    /// Standard deviation each coefficient has in speech.
    spread: Vec<f32>,
    /// Factor of each coefficient that sharpens the formants.
    postfilter: Vec<f32>,
}

impl Acoustic {
    /// Reads a model file; `name` is what messages call it.
    ///
    /// # Errors
    /// [`Error::Voice`] if it is not such a file, is damaged, or was made for another program.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Acoustic, Error> {
        let mut file = Reader { name, bytes };
        if file.take(MAGIC.len())? != MAGIC {
            return Err(file.damaged("this is not a model file"));
        }
        let version = file.u32()?;
        if version != VERSION {
            return Err(file.damaged(&format!(
                "the model file is of version {version}, this program reads {VERSION}"
            )));
        }
        let sample_rate = file.u32()?;
        let alpha = file.floats(1)?[0];
        let (order, bands, count) = (file.u32()?, file.u32()?, file.u32()? as usize);
        let fits = order as usize == ORDER && bands as usize == BANDS;
        if !fits || !(0.0..1.0).contains(&alpha) || !(1..=MOST_LAYERS).contains(&count) {
            return Err(file.damaged("the model file has a shape this program does not know"));
        }
        let mut shapes = Vec::with_capacity(count);
        let mut width = CONTEXT + POSITION;
        for _ in 0..count {
            let (inputs, outputs) = (file.u32()? as usize, file.u32()? as usize);
            let activation = match file.u32()? {
                0 => Activation::Linear,
                1 => Activation::Tanh,
                2 => Activation::Relu,
                _ => return Err(file.damaged("the model file names an unknown activation")),
            };
            if inputs != width || !(1..=WIDEST).contains(&outputs) {
                return Err(file.damaged("the layers of the model file do not fit each other"));
            }
            width = outputs;
            shapes.push((inputs, outputs, activation));
        }
        if width != OUTPUTS {
            return Err(file.damaged("the model file gives something else than speech"));
        }
        let mut layers = Vec::with_capacity(count);
        for (inputs, outputs, activation) in shapes {
            let weights = file.halves(inputs * outputs)?;
            layers.push(Layer::new(&weights, &file.floats(outputs)?, activation));
        }
        let model = Acoustic {
            sample_rate,
            alpha,
            layers,
            mean: file.floats(OUTPUTS)?,
            deviation: file.floats(OUTPUTS)?,
            variance: file.floats(2 * ORDER)?,
            spread: file.floats(ORDER)?,
            postfilter: file.floats(ORDER)?,
        };
        if model.variance.iter().any(|v| *v <= 0.0) {
            return Err(file.damaged("the model file has a variance that is not above 0"));
        }
        let length = bytes.len() - file.bytes.len();
        if file.u32()? != crc32(&bytes[..length]) || !file.bytes.is_empty() {
            return Err(file.damaged("the model file's checksum does not match"));
        }
        Ok(model)
    }

    /// The frames of a run of notes between pauses, [`MARGIN`] frames of silence before and after.
    pub(super) fn frames(&self, notes: &[Note]) -> Vec<Frame> {
        let phones = inputs::phones(notes, MARGIN);
        let outputs = self.outputs(&phones);
        let count = outputs.len() / OUTPUTS;
        let blank = Frame {
            mel_cepstrum: [0.0; ORDER],
            aperiodicity: [0.0; BANDS],
            voiced: false,
            f0: 0.0,
            creak: 0.0,
        };
        let mut frames = vec![blank; count];
        let (mut mean, mut change) = (vec![0.0; count], vec![0.0; count]);
        for m in 0..ORDER {
            for (t, row) in outputs.chunks_exact(OUTPUTS).enumerate() {
                (mean[t], change[t]) = (f64::from(row[m]), f64::from(row[ORDER + m]));
            }
            let precision = |index: usize| 1.0 / f64::from(self.variance[index]);
            trajectory::smooth(&mut mean, &change, precision(m), precision(ORDER + m));
            for (frame, value) in frames.iter_mut().zip(&mean) {
                frame.mel_cepstrum[m] = *value as f32 * self.postfilter[m];
            }
        }
        for (frame, row) in frames.iter_mut().zip(outputs.chunks_exact(OUTPUTS)) {
            frame.aperiodicity.copy_from_slice(&row[FIRST_BAND..VOICING]);
            frame.voiced = row[VOICING] > 0.0;
        }
        set_pitch(notes, &mut frames);
        frames
    }

    /// What the network gives for each frame, in the units of speech.
    fn outputs(&self, phones: &[inputs::RunPhone]) -> Vec<f32> {
        let Some((first, rest)) = self.layers.split_first() else { return Vec::new() };
        let positions = inputs::positions(phones);
        // The context is the same through a phone: sum its weights once.
        let mut values = Vec::with_capacity(positions.len() / POSITION * first.outputs);
        for phone in phones {
            let from = values.len();
            first.sum_active(&phone.active, &mut values);
            for _ in phone.start + 1..phone.end {
                values.extend_from_within(from..from + first.outputs);
            }
        }
        first.apply_from(CONTEXT, &positions, &mut values);
        for layer in rest {
            values = layer.apply(&values);
        }
        for row in values.chunks_exact_mut(OUTPUTS) {
            for ((value, deviation), mean) in row.iter_mut().zip(&self.deviation).zip(&self.mean) {
                *value = *value * deviation + mean;
            }
        }
        values
    }
}

/// Gives each frame of a run its scored pitch and creak.
fn set_pitch(notes: &[Note], frames: &mut [Frame]) {
    const FRAME: f32 = 1000.0 / FRAME_RATE as f32;
    let mut start = MARGIN as f32 * FRAME;
    let mut before: Option<f32> = None;
    let mut next = 0;
    for note in notes {
        let onset_end = start + note.onset.0;
        let end = start + note.sounding().0;
        let first = timeline::f0_at(note, 0.0);
        while next < frames.len() && (next as f32 * FRAME) < end {
            let time = next as f32 * FRAME;
            let frame = &mut frames[next];
            if time < onset_end {
                // Across the onset the pitch runs straight, in semitones, from the last note's end.
                let from = before.unwrap_or(first);
                let along = ((time - start) / note.onset.0).max(0.0);
                frame.f0 = from * libm::powf(first / from, along);
            } else {
                let along = (time - onset_end) / (end - onset_end).max(1.0);
                frame.f0 = timeline::f0_at(note, along);
                frame.creak = timeline::creak_at(note, along);
            }
            next += 1;
        }
        before = Some(timeline::f0_at(note, 1.0));
        start = end;
    }
    let last = before.unwrap_or(timeline::sane_pitch(0.0));
    frames[next..].iter_mut().for_each(|frame| frame.f0 = last);
}

/// The checksum of zip and PNG files (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
        })
    })
}
