//! The acoustic model of a voice taught by clean speech of one speaker: convolutions over the phones of a
//! run, then over its frames of 10 ms. `tools/voice/student` tells how it is made.

use crate::model::error::Error;
use crate::voice::lanes;
use crate::voice::parametric::score::Note;

use super::balance::Balance;
use super::convolution::{Block, Norm, gelu, linear};
use super::fast_math::{exp, sin_cos};
use super::follow::{FRAME, MARGIN, close_stops, die_away, follow, stay_closed};
use super::frames::{self, BANDS, Frame};
use super::inputs::{self, CONTEXT, Sound};
use super::network::{Layer, Reader};

/// The version of a model file of this kind.
pub(super) const VERSION: u32 = 4;
/// Coefficients of its mel-cepstra.
pub(super) const ORDER: usize = frames::ORDER;
/// Numbers that say where a frame is and what pitch it has.
const PLACES: usize = 18;
/// Outputs of the network: mel-cepstrum, aperiodicity, the odds of voicing.
const OUTPUTS: usize = ORDER + BANDS + 1;
const VOICING: usize = ORDER + BANDS;
/// Frames of the program to one of the network.
const STRIDE: usize = 2;
/// Milliseconds of a frame of the network.
const STEP: f32 = FRAME * STRIDE as f32;
/// The most channels, blocks, moments that a block sees, and growth inside a block that are read.
const WIDEST: usize = 1024;
const MOST_BLOCKS: usize = 16;
const LONGEST: usize = 31;
const MOST_GROWTH: usize = 8;

/// A voice's acoustic model.
#[derive(Debug, Clone)]
pub(super) struct Taught {
    /// The pitch in Hz from which the network counts.
    base: f32,
    mean: Vec<f32>,
    scale: Vec<f32>,
    context: Layer,
    phones: Vec<Block>,
    spread: Layer,
    places: Layer,
    mix: Layer,
    frames: Vec<Block>,
    norm: Norm,
    out: Layer,
    balance: Balance,
}

impl Taught {
    /// Reads a model file; `name` is what messages call it. `tools/voice/student/model.py` has the layout.
    ///
    /// # Errors
    /// Of kind `Voice` if it is not such a file, is damaged, or was made for another program.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Taught, Error> {
        let mut file = Reader::after_version(name, bytes)?;
        let [
            context,
            places,
            phone,
            phone_blocks,
            phone_width,
            channels,
            blocks,
            width,
            grow,
            order,
            bands,
        ] = file.numbers()?;
        let small = |value: usize, most: usize| (1..=most).contains(&value);
        let odd = |width: usize| small(width, LONGEST) && width % 2 == 1;
        if [context, places, order, bands] != [CONTEXT, PLACES, ORDER, BANDS]
            || !(small(phone, WIDEST) && small(channels, WIDEST) && small(grow, MOST_GROWTH))
            || !(small(phone_blocks, MOST_BLOCKS) && small(blocks, MOST_BLOCKS))
            || !(odd(phone_width) && odd(width))
        {
            return Err(file.damaged("the model file has a shape this program does not know"));
        }
        let base = file.floats(1)?[0];
        if !(40.0..=1000.0).contains(&base) {
            return Err(file.damaged("the model file has a base pitch outside 40 to 1000 Hz"));
        }
        let (mean, scale) = (file.floats(OUTPUTS)?, file.floats(OUTPUTS)?);
        let rows = file.matrix(CONTEXT, phone)?;
        let context = Layer::new(
            CONTEXT,
            |input, output| rows[input * phone + output],
            vec![0.0; phone],
            false,
        );
        let phones = (0..phone_blocks)
            .map(|_| Block::read(&mut file, phone, phone_width, grow, 1))
            .collect::<Result<_, _>>()?;
        let spread = linear(&mut file, phone, channels)?;
        let rows = file.matrix(channels, PLACES)?;
        let weight = |input: usize, output: usize| rows[output * PLACES + input];
        let places = Layer::new(PLACES, weight, vec![0.0; channels], false);
        let mix = linear(&mut file, channels, channels)?;
        let frames = (0..blocks)
            .map(|index| Block::read(&mut file, channels, width, grow, 1 + index % 2))
            .collect::<Result<_, _>>()?;
        let norm = Norm::read(&mut file, channels)?;
        let out = linear(&mut file, channels, OUTPUTS)?;
        file.finish(bytes)?;
        let balance = Balance::built_in()?;
        Ok(Taught {
            base,
            mean,
            scale,
            context,
            phones,
            spread,
            places,
            mix,
            frames,
            norm,
            out,
            balance,
        })
    }

    /// The frames of a run of notes between pauses, [`MARGIN`] frames of silence before and after.
    pub(super) fn frames(&self, notes: &[Note]) -> Vec<Frame> {
        let mut frames = self.modelled(notes);
        self.balance.bring(notes, &mut frames, |_, _| ());
        close_stops(notes, &mut frames);
        stay_closed(notes, &mut frames);
        die_away(&mut frames);
        frames
    }

    /// The frames as the model has them, with the score's pitch, creak and loudness.
    fn modelled(&self, notes: &[Note]) -> Vec<Frame> {
        let sounds = inputs::sounds(notes, MARGIN);
        let length = sounds.last().map_or(0.0, |sound| sound.end);
        let steps = (length / f64::from(STEP)) as usize + 1;
        let mut frames = vec![Frame::SILENT; STRIDE * (steps - 1) + 1];
        follow(notes, &mut frames);
        let pitch: Vec<f32> = frames.iter().step_by(STRIDE).map(|frame| frame.f0).collect();
        let outputs = self.outputs(&sounds, &pitch);
        let count = frames.len();
        for (at, frame) in frames.iter_mut().enumerate() {
            let (before, after) = (at / STRIDE * OUTPUTS, at.div_ceil(STRIDE) * OUTPUTS);
            let (before, after) =
                (&outputs[before..before + OUTPUTS], &outputs[after..after + OUTPUTS]);
            let middle = |index: usize| (before[index] + after[index]) / 2.0;
            for (m, c) in frame.mel_cepstrum.iter_mut().enumerate() {
                *c += middle(m);
            }
            frame.aperiodicity = std::array::from_fn(|band| middle(ORDER + band));
            let sounding = (MARGIN..count.saturating_sub(MARGIN)).contains(&at);
            frame.voiced = sounding && before[VOICING] > 0.0 && after[VOICING] > 0.0;
        }
        frames
    }

    /// What the network gives for each of its frames, `pitch` in Hz at each.
    fn outputs(&self, sounds: &[Sound], pitch: &[f32]) -> Vec<f32> {
        let mut phones = Vec::new();
        for sound in sounds {
            self.context.sum_active(&sound.active, &mut phones);
        }
        self.phones.iter().for_each(|block| block.add(&mut phones));
        let phones = self.spread.apply(&phones);
        let (owners, places) = places(sounds, pitch, self.base);
        let mut rows = self.places.apply(&places);
        let channels = self.spread.outputs;
        for (row, owner) in rows.chunks_exact_mut(channels).zip(owners) {
            let phone = &phones[owner * channels..(owner + 1) * channels];
            lanes::add(row, phone);
        }
        let mut bent = rows.clone();
        lanes::change(&mut bent, gelu);
        lanes::add(&mut rows, &self.mix.apply(&bent));
        self.frames.iter().for_each(|block| block.add(&mut rows));
        self.norm.apply(&mut rows);
        let mut outputs = self.out.apply(&rows);
        for row in outputs.chunks_exact_mut(OUTPUTS) {
            for ((value, mean), scale) in row.iter_mut().zip(&self.mean).zip(&self.scale) {
                *value = mean + scale * *value;
            }
            row[ORDER..VOICING].iter_mut().for_each(|band| *band = band.clamp(-60.0, 0.0));
        }
        outputs
    }
}

/// Which sound each of the network's frames is in, and [`PLACES`] numbers a frame.
fn places(sounds: &[Sound], pitch: &[f32], base: f32) -> (Vec<usize>, Vec<f32>) {
    let last = sounds.len().saturating_sub(1);
    let end = |index: usize| sounds.get(index).map_or(0.0, |sound| sound.end as f32);
    let start = |index: usize| index.checked_sub(1).map_or(0.0, end);
    let length = |index: Option<usize>| match index.filter(|index| *index <= last) {
        Some(index) => end(index) - start(index),
        None => 100.0,
    };
    let octaves: Vec<f32> = pitch.iter().map(|hertz| libm::log2f(hertz / base)).collect();
    let (mut owners, mut values) = (Vec::new(), Vec::new());
    let mut owner = 0;
    for at in 0..pitch.len() {
        let time = at as f32 * STEP;
        while owner < last && end(owner) <= time {
            owner += 1;
        }
        let since = time - start(owner);
        let until = (end(owner) - time).max(0.0);
        let along = (since / length(Some(owner)).max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
        let (sine, cosine) = sin_cos(std::f32::consts::PI * along);
        let (sine_2, cosine_2) = sin_cos(std::f32::consts::TAU * along);
        values.extend([2.0 * along - 1.0, cosine, sine, cosine_2, sine_2]);
        for scale in [10.0, 30.0, 90.0] {
            values.extend([exp(-since / scale), exp(-until / scale)]);
        }
        let around = [Some(owner), owner.checked_sub(1), owner.checked_add(1)];
        values.extend(around.map(|index| inputs::log_length(length(index))));
        let silent = owner == 0 || owner == last;
        let (run_start, run_end) =
            if silent { (start(owner), end(owner)) } else { (start(1), start(last)) };
        values.extend([
            exp(-(time - run_start).max(0.0) / 200.0),
            exp(-(run_end - time).max(0.0) / 200.0),
        ]);
        let (before, after) = (at.saturating_sub(1), (at + 1).min(pitch.len() - 1));
        let slope = (octaves[after] - octaves[before]) / (after - before).max(1) as f32;
        values.extend([2.0 * octaves[at], (10.0 * slope).clamp(-3.0, 3.0)]);
        owners.push(owner);
    }
    (owners, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tables;
    use crate::voice::parametric::data::Voice;
    use crate::voice::parametric::synthesize::acoustic::cases::{note, numbers};

    fn model() -> (Taught, Vec<u8>) {
        let voice = Voice::load("bac-trong").unwrap();
        (Taught::read("bac-trong/model.bin", &voice.model).unwrap(), voice.model.to_vec())
    }

    #[test]
    fn the_model_gives_what_its_training_program_gives() {
        let (model, _) = model();
        let text = include_str!("../../../../tests/cases/synthesize/taught.tsv");
        let rows = tables::rows("taught.tsv", text, &["kind", "name", "values"]).unwrap();
        let of_kind = |kind: &'static str| rows.iter().filter(move |(_, row)| row[0] == kind);
        let notes: Vec<_> =
            of_kind("note").map(|(_, row)| note(row[1], &numbers(row[2]))).collect();
        assert!(notes.len() > 4);
        let pitch = of_kind("pitch").map(|(_, row)| numbers(row[2])).next().unwrap();
        let outputs = model.outputs(&inputs::sounds(&notes, MARGIN), &pitch);
        assert_eq!(outputs.len(), pitch.len() * OUTPUTS);
        let mut compared = 0;
        for (line, row) in of_kind("frame") {
            let at = row[1].parse::<usize>().unwrap() * OUTPUTS;
            let (have, values) = (&outputs[at..at + OUTPUTS], numbers(row[2]));
            assert_eq!(have[VOICING] > 0.0, values[0] > 0.0, "line {line}");
            let (mel_cepstrum, aperiodicity) = values[1..].split_at(ORDER);
            for (have, want) in have.iter().zip(mel_cepstrum) {
                assert!((have - want).abs() < 2e-3, "line {line}: {have} for {want}");
            }
            for (have, want) in have[ORDER..VOICING].iter().zip(aperiodicity) {
                assert!((have - want).abs() < 5e-2, "line {line}: {have} dB for {want}");
            }
            compared += 1;
        }
        assert!(compared > 20);
    }

    #[test]
    fn a_damaged_model_is_an_error_and_never_a_panic() {
        let (_, bytes) = model();
        let reason = |bytes: &[u8]| Taught::read("x", bytes).unwrap_err().to_string();
        for length in [0, 11, 12, 40, 60, 1000, bytes.len() - 1] {
            assert!(reason(&bytes[..length]).contains("ends too early"), "{length} bytes");
        }
        let with = |at: usize, value: u8| {
            let mut bytes = bytes.clone();
            bytes[at] = value;
            bytes
        };
        for number in 0..11 {
            assert!(reason(&with(12 + 4 * number + 3, 0xFF)).contains("shape"), "{number}");
        }
        assert!(reason(&with(59, 0xC2)).contains("base pitch"));
        assert!(reason(&with(bytes.len() - 9, bytes[bytes.len() - 9] ^ 1)).contains("checksum"));
    }
}
