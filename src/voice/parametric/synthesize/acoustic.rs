//! The acoustic model: what each frame of a run of notes sounds like.
//!
//! A feed-forward network looks at each frame's phones and place and gives means of the
//! mel-cepstrum and of its change, of the aperiodicity, and the odds of voicing; the most probable
//! smooth trajectory through the means is what sounds (Zen, H., Senior, A., Schuster, M. (2013),
//! "Statistical parametric speech synthesis using deep neural networks", ICASSP).

use crate::model::error::Error;
use crate::voice::parametric::score::Note;

use super::frames::{BANDS, FRAME_RATE, Frame, ORDER};
use super::fricatives::Fricatives;
use super::inputs::{self, CONTEXT, POSITION};
use super::levels::Levels;
use super::loudness::Loudness;
use super::network::{Layer, Reader};
use super::{onsets, timeline, trajectory};

const MAGIC: &[u8] = b"DBVOICE1";
const VERSION: u32 = 2;
/// Outputs of a network: mel-cepstrum, its change, aperiodicity, voicing.
const OUTPUTS: usize = 2 * ORDER + BANDS + 1;
const FIRST_BAND: usize = 2 * ORDER;
const VOICING: usize = FIRST_BAND + BANDS;
/// The most networks, hidden layers, and units of a layer that are read.
const MOST_NETWORKS: usize = 16;
const MOST_LAYERS: usize = 8;
const WIDEST: usize = 4096;
/// Milliseconds a frame.
const FRAME: f32 = 1000.0 / FRAME_RATE as f32;
/// Frames of silence the model hears before and after a run: 60 ms.
pub(super) const MARGIN: usize = 12;
/// Frames over which the silence after a run dies away: 40 ms.
const FADE: usize = 8;
/// How much quieter than the model has it the silence after a run is at its end, in nepers: 60 dB.
const FALL: f32 = -6.9;
/// How much quieter than the model has it a final stop is once it is closed, in nepers: 40 dB. The
/// model averages closures with the releases and voices around them; a Vietnamese final stop is
/// unreleased and silent (Kirby, J. (2011), "Vietnamese (Hanoi Vietnamese)", JIPA 41(3)).
const CLOSURE: f32 = -4.6;
/// Which part of the coda has passed when the lips or tongue begin to close, and when they have.
const CLOSING: std::ops::Range<f32> = 0.15..0.45;

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
    loudness: Loudness,
    levels: Levels,
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
        let mut shape = [0; 8];
        for number in &mut shape {
            *number = file.u32()? as usize;
        }
        let [networks, context, position, hidden, layers, order, bands, outputs] = shape;
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
            loudness: Loudness::new(),
            levels: Levels::built_in()?,
            fricatives: Fricatives::built_in()?,
        };
        if model.variance.iter().any(|v| *v <= 0.0) {
            return Err(file.damaged("the model file has a variance that is not above 0"));
        }
        let length = bytes.len() - file.bytes.len();
        if file.u32()? != crc32fast::hash(&bytes[..length]) || !file.bytes.is_empty() {
            return Err(file.damaged("the model file's checksum does not match"));
        }
        Ok(model)
    }

    /// The frames of a run of notes between pauses, [`MARGIN`] frames of silence before and after.
    pub(super) fn frames(&self, notes: &[Note]) -> Vec<Frame> {
        let mut frames = self.modelled(notes);
        self.weigh(notes, &mut frames);
        close_stops(notes, &mut frames);
        let count = frames.len();
        let silence = &mut frames[count.saturating_sub(MARGIN)..];
        for (passed, frame) in silence.iter_mut().enumerate() {
            frame.mel_cepstrum[0] += FALL * (passed + 1) as f32 / MARGIN as f32;
        }
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

    /// Brings vowels to their levels and holds onsets below them; what is noise gets all of it.
    fn weigh(&self, notes: &[Note], frames: &mut [Frame]) {
        let count = frames.len();
        let at = |time: f32| (libm::ceilf(time / FRAME) as usize).min(count);
        let mut time = MARGIN as f32 * FRAME;
        let parts = notes.iter().map(|note| {
            let (start, end) = (time, time + note.sounding().0);
            time = end;
            (at(start), at(start + note.onset.0), at(end))
        });
        let parts: Vec<_> = parts.collect();
        let rimes: Vec<_> = parts.iter().map(|&(_, rime, end)| rime..end).collect();
        self.levels.bring(&self.loudness, notes, &rimes, frames);
        for (note, (start, rime, end)) in notes.iter().zip(parts) {
            let (onset, rime) = frames[start..end].split_at_mut(rime - start);
            onsets::hold(&self.loudness, note.syllable.onset, onset, rime);
            self.fricatives.sharpen(note.syllable.onset, onset);
        }
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

/// Gives each frame of a run the pitch, creak and loudness of its score.
fn follow(notes: &[Note], frames: &mut [Frame]) {
    let mut start = MARGIN as f32 * FRAME;
    let mut before: Option<f32> = None;
    let mut next = 0;
    for note in notes {
        let onset_end = start + note.onset.0;
        let end = start + note.sounding().0;
        let first = timeline::f0_at(note, 0.0);
        let loudness = libm::logf(timeline::gain(note));
        while next < frames.len() && (next as f32 * FRAME) < end {
            let time = next as f32 * FRAME;
            let frame = &mut frames[next];
            frame.mel_cepstrum[0] += loudness;
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

/// Silences final stops once they are closed.
fn close_stops(notes: &[Note], frames: &mut [Frame]) {
    let mut end = MARGIN as f32 * FRAME;
    for note in notes {
        end += note.sounding().0;
        if !note.syllable.is_stopped() {
            continue;
        }
        let length = note.coda.0.max(1.0);
        let first = libm::ceilf((end - length) / FRAME) as usize;
        let last = libm::ceilf(end / FRAME) as usize;
        for (index, frame) in frames.iter_mut().enumerate().take(last).skip(first) {
            let along = 1.0 - (end - index as f32 * FRAME) / length;
            let closed = (along - CLOSING.start) / (CLOSING.end - CLOSING.start);
            frame.mel_cepstrum[0] += CLOSURE * closed.clamp(0.0, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phrase::{Phone, Syllable, Tone};
    use crate::model::tables;
    use crate::model::units::{Hertz, Millis};
    use crate::voice::parametric::data::Voice;
    use crate::voice::parametric::score::PITCH_POINTS;

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

    fn note(text: &str, parts: &[f32]) -> Note {
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

    fn numbers(text: &str) -> Vec<f32> {
        text.split(',').map(|value| value.parse().unwrap()).collect()
    }

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
