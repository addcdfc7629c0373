//! The room a voice is heard in.
//!
//! What a vocoder makes is drier than any recording: between two syllables there is nothing at all.
//! The walls of a small room answer every sound with a faint, even decay, and that is what listeners
//! are used to. Such an answer is noise that dies away exponentially (Polack, J.-D. (1993), "Playing
//! billiards in the concert hall", Applied Acoustics 38), so noise is what it is made of here.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

use super::limiter;
use super::noise::Noise;
use super::synthesizer::Synthesizer;
use crate::model::error::Error;
use crate::voice::parametric::data;
use crate::voice::parametric::score::Score;

/// Every room has these walls.
const SEED: u64 = 0x0D0C_BA00;

/// Over how long, in ms, the answer fades at the end of an utterance, so that its cut is not heard.
const FADE_MS: usize = 40;

/// An engine, heard in a room. Sounds stay where they are; the room's answer is added to them.
pub struct InRoom<S> {
    engine: S,
    walls: Walls,
}

impl<S: Synthesizer> InRoom<S> {
    /// Puts an engine into a room.
    pub fn new(engine: S, room: &data::Room) -> InRoom<S> {
        let walls = Walls::new(room, engine.sample_rate());
        InRoom { engine, walls }
    }
}

impl<S: Synthesizer> Synthesizer for InRoom<S> {
    fn sample_rate(&self) -> u32 {
        self.engine.sample_rate()
    }

    fn synthesize(&self, score: &Score) -> Result<Vec<f32>, Error> {
        let mut samples = self.engine.synthesize(score)?;
        let mut answer = self.walls.answer(&samples);
        limiter::fade_out(&mut answer, FADE_MS * self.sample_rate() as usize / 1000);
        samples.iter_mut().zip(&answer).for_each(|(sample, answer)| *sample += answer);
        limiter::limit(&mut samples, self.sample_rate());
        Ok(samples)
    }
}

/// What answers a sound: convolution with a room's response, a block at a time (overlap and add;
/// Stockham, T. (1966), "High-speed convolution and correlation", AFIPS 28).
struct Walls {
    /// The response's spectrum, divided by the length of the transforms.
    response: Vec<Complex32>,
    /// Samples taken at a time: with the response after them they fill a transform.
    block: usize,
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
}

impl Walls {
    fn new(room: &data::Room, sample_rate: u32) -> Walls {
        let mut padded = response(room, sample_rate as f32);
        let taps = padded.len();
        let size = (2 * taps).next_power_of_two();
        let mut planner = RealFftPlanner::new();
        let (forward, inverse) = (planner.plan_fft_forward(size), planner.plan_fft_inverse(size));
        padded.resize(size, 0.0);
        let mut response = forward.make_output_vec();
        transform(&*forward, &mut padded, &mut response);
        response.iter_mut().for_each(|bin| *bin /= size as f32);
        Walls { response, block: size - taps + 1, forward, inverse }
    }

    /// The room's answer to some samples, as long as they are.
    fn answer(&self, samples: &[f32]) -> Vec<f32> {
        let mut answer = vec![0.0; samples.len()];
        let mut block = self.forward.make_input_vec();
        let mut spectrum = self.forward.make_output_vec();
        let mut scratch = self.inverse.make_scratch_vec();
        for (index, samples) in samples.chunks(self.block).enumerate() {
            block.fill(0.0);
            block[..samples.len()].copy_from_slice(samples);
            transform(&*self.forward, &mut block, &mut spectrum);
            spectrum.iter_mut().zip(&self.response).for_each(|(bin, response)| *bin *= response);
            // The inverse of a real signal's spectrum has no imaginary part at either end.
            let done = self.inverse.process_with_scratch(&mut spectrum, &mut block, &mut scratch);
            debug_assert!(done.is_ok());
            let after = answer[index * self.block..].iter_mut();
            after.zip(&block).for_each(|(answer, heard)| *answer += heard);
        }
        answer
    }
}

fn transform(plan: &dyn RealToComplex<f32>, samples: &mut [f32], spectrum: &mut [Complex32]) {
    let mut scratch = plan.make_scratch_vec();
    let done = plan.process_with_scratch(samples, spectrum, &mut scratch);
    debug_assert!(done.is_ok(), "the buffers are the plan's own");
    // Numerically the ends are real already; the inverse asks for exactly that.
    if let [first, .., last] = spectrum {
        (first.im, last.im) = (0.0, 0.0);
    }
}

/// What a room answers to a single sample of 1: nothing for as long as the first reflection takes,
/// then noise that falls by 60 dB in the decay time and loses its highs to the walls. Its energy is
/// the room's level.
fn response(room: &data::Room, sample_rate: f32) -> Vec<f32> {
    let samples = |ms: f32| (ms / 1000.0 * sample_rate) as usize;
    let (delay, length) = (samples(room.delay_ms), samples(room.decay_ms).max(1));
    // A filter of one pole.
    let share = 1.0 - libm::expf(-2.0 * std::f32::consts::PI * room.cutoff.0 / sample_rate);
    let mut noise = Noise::seeded(SEED);
    let mut low = 0.0;
    let mut response = vec![0.0; delay];
    response.extend((0..length).map(|index| {
        let fallen = libm::powf(10.0, -3.0 * index as f32 / length as f32);
        low += share * (noise.unit() * fallen - low);
        low
    }));
    let energy: f32 = response.iter().map(|sample| sample * sample).sum();
    let gain = libm::powf(10.0, room.level_db / 20.0) / libm::sqrtf(energy.max(f32::MIN_POSITIVE));
    response.iter_mut().for_each(|sample| *sample *= gain);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::Hertz;

    const RATE: u32 = 24_000;

    fn room() -> data::Room {
        data::Room { level_db: -20.0, decay_ms: 400.0, delay_ms: 10.0, cutoff: Hertz(4000.0) }
    }

    fn energy(samples: &[f32]) -> f32 {
        samples.iter().map(|sample| sample * sample).sum()
    }

    #[test]
    fn a_click_is_answered_at_the_level_and_after_the_delay_of_the_room() {
        let mut click = vec![0.0; 60_000];
        click[40_000] = 1.0;
        let answer = Walls::new(&room(), RATE).answer(&click);
        assert_eq!(answer.len(), click.len());
        let heard = &answer[40_000..];
        assert!(energy(&answer[..40_000]) < 1e-9);
        assert!(energy(&heard[..240]) < 1e-9);
        assert!((energy(heard) - 0.01).abs() < 1e-4, "{}", energy(heard));
        // 60 dB in 9600 samples: the second quarter has 15 dB less than the first.
        let fall = 10.0 * (energy(&heard[240..2640]) / energy(&heard[2640..5040])).log10();
        assert!((fall - 15.0).abs() < 2.0, "{fall}");
    }

    #[test]
    fn the_answer_is_the_convolution_wherever_blocks_end() {
        let walls = Walls::new(&room(), RATE);
        let response = response(&room(), RATE as f32);
        let mut noise = Noise::seeded(1);
        let samples: Vec<f32> = (0..walls.block + 500).map(|_| noise.unit()).collect();
        let answer = walls.answer(&samples);
        for at in [0, 300, walls.block - 1, walls.block, walls.block + 499] {
            let first = (at + 1).saturating_sub(response.len());
            let sum: f64 = (first..=at)
                .map(|from| f64::from(samples[from]) * f64::from(response[at - from]))
                .sum();
            assert!((f64::from(answer[at]) - sum).abs() < 1e-5, "{at}: {} {sum}", answer[at]);
        }
    }
}
