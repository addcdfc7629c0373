//! The acoustic model: what each frame of a run of notes sounds like.
//!
//! A feed-forward network looks at each frame's phones and place and gives means of the
//! mel-cepstrum and of its change, of the aperiodicity, and the odds of voicing; the most probable
//! smooth trajectory through the means is what sounds (Zen, H., Senior, A., Schuster, M. (2013),
//! "Statistical parametric speech synthesis using deep neural networks", ICASSP).

use crate::model::error::Error;
use crate::voice::parametric::score::Note;

use super::balance::Balance;
use super::follow::{MARGIN, close_stops, die_away, follow};
use super::frames::{BANDS, Frame};
use super::fricatives::Fricatives;
use super::inputs::{self, CONTEXT, POSITION};
use super::network::{Layer, Reader};
use super::trajectory;

/// The version of a model file of this kind.
pub(super) const VERSION: u32 = 2;
/// Coefficients of its mel-cepstra.
pub(super) const ORDER: usize = 40;
/// Outputs of a network: mel-cepstrum, its change, aperiodicity, voicing.
const OUTPUTS: usize = 2 * ORDER + BANDS + 1;
const FIRST_BAND: usize = 2 * ORDER;
const VOICING: usize = FIRST_BAND + BANDS;
/// The most networks, hidden layers, and units of a layer that are read.
const MOST_NETWORKS: usize = 16;
const MOST_LAYERS: usize = 8;
const WIDEST: usize = 4096;
/// Frames over which the silence after a run dies away: 40 ms.
const FADE: usize = 8;

/// A voice's acoustic model.
#[derive(Debug, Clone)]
pub(super) struct Acoustic {
    /// Networks whose outputs are averaged.
    networks: Vec<Vec<Layer>>,
    /// Variances of the mel-cepstrum and its change around what the networks give.
    variance: Vec<f32>,
    /// Mean of each coefficient of the trajectories.
    mean: Vec<f32>,
    /// By how much each coefficient is spread around that mean, so that it varies as in speech.
    scale: Vec<f32>,
    /// Mean of each coefficient in speech.
    offset: Vec<f32>,
    balance: Balance,
    fricatives: Fricatives,
}

impl Acoustic {
    /// Reads a model file; `name` is what messages call it. Little endian: `DBVOICE1`, the
    /// version, the numbers of networks, context inputs, position inputs, hidden units, hidden
    /// layers, coefficients, bands and outputs as 32-bit integers; the pitch it was trained
    /// around; variance, mean, scale and offset as 32-bit floats; the weights of each network as
    /// 16-bit floats; the CRC-32 of all that.
    ///
    /// # Errors
    /// Of kind `Voice` if it is not such a file, is damaged, or was made for another program.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Acoustic, Error> {
        let mut file = Reader::after_version(name, bytes)?;
        let [networks, context, position, hidden, layers, order, bands, outputs] =
            file.numbers()?;
        let format = [context, position, order, bands, outputs];
        if format != [CONTEXT, POSITION, ORDER, BANDS, OUTPUTS]
            || !(1..=MOST_NETWORKS).contains(&networks)
            || !(1..=WIDEST).contains(&hidden)
            || !(1..=MOST_LAYERS).contains(&layers)
        {
            return Err(file.damaged("the model file has a shape this program does not know"));
        }
        // The pitch it was trained around, which `voice.toml` says too.
        file.floats(1)?;
        let model = Acoustic {
            variance: file.floats(2 * ORDER)?,
            mean: file.floats(ORDER)?,
            scale: file.floats(ORDER)?,
            offset: file.floats(ORDER)?,
            networks: (0..networks)
                .map(|_| read_network(&mut file, hidden, layers))
                .collect::<Result<_, _>>()?,
            balance: Balance::built_in()?,
            fricatives: Fricatives::built_in()?,
        };
        if model.variance.iter().any(|v| *v <= 0.0) {
            return Err(file.damaged("the model file has a variance that is not above 0"));
        }
        file.finish(bytes)?;
        Ok(model)
    }

    /// The frames of a run of notes between pauses, [`MARGIN`] frames of silence before and after.
    pub(super) fn frames(&self, notes: &[Note]) -> Vec<Frame> {
        let mut frames = self.modelled(notes);
        // What is noise gets all of it.
        self.balance.bring(notes, &mut frames, |note, onset| {
            self.fricatives.sharpen(note.syllable.onset, onset);
        });
        close_stops(notes, &mut frames);
        die_away(&mut frames);
        frames
    }

    /// The frames as the model has them.
    fn modelled(&self, notes: &[Note]) -> Vec<Frame> {
        let phones = inputs::phones(notes, MARGIN);
        let outputs = self.outputs(&phones);
        let count = outputs.len() / OUTPUTS;
        let mut frames = vec![Frame::SILENT; count];
        let (mut value, mut change) = (vec![0.0; count], vec![0.0; count]);
        for m in 0..ORDER {
            for (t, row) in outputs.chunks_exact(OUTPUTS).enumerate() {
                (value[t], change[t]) = (f64::from(row[m]), f64::from(row[ORDER + m]));
            }
            let precision = |index: usize| 1.0 / f64::from(self.variance[index]);
            trajectory::smooth(&mut value, &change, precision(m), precision(ORDER + m));
            for (frame, value) in frames.iter_mut().zip(&value) {
                let deviation = *value as f32 - self.mean[m];
                frame.mel_cepstrum[m] = self.offset[m] + self.scale[m] * deviation;
            }
        }
        for (frame, row) in frames.iter_mut().zip(outputs.chunks_exact(OUTPUTS)) {
            frame.aperiodicity.copy_from_slice(&row[FIRST_BAND..VOICING]);
            frame.voiced = row[VOICING] > 0.0;
        }
        // Silence has no voice, and the last of it dies away.
        let end = count.saturating_sub(MARGIN);
        frames.iter_mut().take(MARGIN).for_each(|frame| frame.voiced = false);
        for (frame, left) in frames[end..].iter_mut().zip((1..=MARGIN).rev()) {
            frame.voiced = false;
            frame.mel_cepstrum[0] += libm::logf(left as f32 / (FADE + 1) as f32).min(0.0);
        }
        follow(notes, &mut frames);
        frames
    }

    /// What the networks give for each frame, on average.
    fn outputs(&self, phones: &[inputs::RunPhone]) -> Vec<f32> {
        let positions = inputs::positions(phones);
        let share = 1.0 / self.networks.len() as f32;
        let mut average = vec![0.0; positions.len() / POSITION * OUTPUTS];
        for layers in &self.networks {
            let outputs = run_network(layers, phones, &positions);
            for (sum, output) in average.iter_mut().zip(outputs) {
                *sum += output * share;
            }
        }
        average
    }
}

/// Reads the layers of one network: the weights of the context inputs (input by input), then
/// those of the position inputs and of each later layer (output by output), biases after each.
fn read_network(file: &mut Reader, hidden: usize, layers: usize) -> Result<Vec<Layer>, Error> {
    let context = file.halves(CONTEXT * hidden)?;
    let position = file.halves(POSITION * hidden)?;
    let first = |input: usize, output: usize| match input.checked_sub(CONTEXT) {
        None => context[input * hidden + output],
        Some(input) => position[output * POSITION + input],
    };
    let bias = file.halves(hidden)?;
    let mut network = vec![Layer::new(CONTEXT + POSITION, first, bias, true)];
    for layer in 1..=layers {
        let outputs = if layer == layers { OUTPUTS } else { hidden };
        let weights = file.halves(hidden * outputs)?;
        let bias = file.halves(outputs)?;
        let weight = |input: usize, output: usize| weights[output * hidden + input];
        network.push(Layer::new(hidden, weight, bias, layer < layers));
    }
    Ok(network)
}

/// What one network gives for each frame.
fn run_network(layers: &[Layer], phones: &[inputs::RunPhone], positions: &[f32]) -> Vec<f32> {
    let Some((first, rest)) = layers.split_first() else { return Vec::new() };
    // The context is the same through a phone: sum its weights once.
    let mut values = Vec::with_capacity(positions.len() / POSITION * first.outputs);
    for phone in phones {
        let from = values.len();
        first.sum_active(&phone.active, &mut values);
        for _ in phone.start + 1..phone.end {
            values.extend_from_within(from..from + first.outputs);
        }
    }
    first.apply_from(CONTEXT, positions, &mut values);
    for layer in rest {
        values = layer.apply(&values);
    }
    values
}

/// What cases of models are written in.
#[cfg(test)]
pub(super) mod cases {
    use crate::model::phrase::{Phone, Syllable, Tone};
    use crate::model::units::{Hertz, Millis};
    use crate::voice::parametric::score::{Note, PITCH_POINTS};

    fn syllable(text: &str) -> Syllable {
        let (sounds, tone) = text.split_at(text.len() - 1);
        let phone = |symbol| *Phone::ALL.iter().find(|p| p.symbol() == symbol).unwrap();
        let mut phones: Vec<Phone> = sounds.split('.').map(phone).collect();
        let onset = phones.remove(0);
        let glide = phones[0] == Phone::W;
        if glide {
            phones.remove(0);
        }
        let tone = Tone::ALL[tone.parse::<usize>().unwrap() - 1];
        Syllable { onset, glide, nucleus: phones[0], coda: phones.get(1).copied(), tone }
    }

    /// A note of a syllable as Phrase prints it, at 120 Hz, whose onset, glide, nucleus and coda last so long.
    pub(crate) fn note(text: &str, parts: &[f32]) -> Note {
        Note {
            word: 0,
            syllable: syllable(text),
            onset: Millis(parts[0]),
            glide: Millis(parts[1]),
            nucleus: Millis(parts[2]),
            coda: Millis(parts[3]),
            f0: [Hertz(120.0); PITCH_POINTS],
            creak: [0.0; PITCH_POINTS],
            gain: 1.0,
            pause: Millis(0.0),
        }
    }

    /// Numbers with commas between.
    pub(crate) fn numbers(text: &str) -> Vec<f32> {
        text.split(',').map(|value| value.parse().unwrap()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::cases::{note, numbers};
    use super::*;
    use crate::model::tables;
    use crate::voice::parametric::data::Voice;

    #[test]
    fn the_model_gives_what_its_training_program_gives() {
        let voice = Voice::load("bac").unwrap();
        let model = Acoustic::read("bac/model.bin", &voice.model).unwrap();
        let text = include_str!("../../../../tests/cases/synthesize/reference.tsv");
        let rows = tables::rows("reference.tsv", text, &["kind", "name", "values"]).unwrap();
        let notes: Vec<_> = rows
            .iter()
            .filter(|(_, row)| row[0] == "note")
            .map(|(_, row)| note(row[1], &numbers(row[2])))
            .collect();
        assert!(notes.len() > 4);
        let frames = model.modelled(&notes);
        let mut compared = 0;
        for (line, row) in rows.iter().filter(|(_, row)| row[0] == "frame") {
            let (frame, values) = (&frames[row[1].parse::<usize>().unwrap()], numbers(row[2]));
            assert_eq!(frame.voiced, values[0] > 0.0, "line {line}");
            let (mel_cepstrum, aperiodicity) = values[1..].split_at(ORDER);
            for (have, want) in frame.mel_cepstrum.iter().zip(mel_cepstrum) {
                assert!((have - want).abs() < 1e-3, "line {line}: {have} for {want}");
            }
            for (have, want) in frame.aperiodicity.iter().zip(aperiodicity) {
                let have = have.clamp(-60.0, 0.0);
                assert!((have - want).abs() < 1e-2, "line {line}: {have} dB for {want}");
            }
            compared += 1;
        }
        assert!(compared > 20);
    }
}
