//! The engine inside the program: an acoustic model and a vocoder.

use crate::model::error::Error;
use crate::voice::parametric::data::Voice;
use crate::voice::parametric::score::{Note, Score};

use super::follow::MARGIN;
use super::frames::{ALPHA, FRAME_RATE, Frame, SAMPLE_RATE};
use super::model::Model;
use super::noise::{self, Noise};
use super::synthesizer::Synthesizer;
use super::vocoder::Vocoder;
use super::{limiter, timeline};

/// How long an utterance fades at its edges, as a fraction of a second.
const FADE: u32 = 400;

/// Sounds scores with a voice's own model.
pub struct Builtin {
    acoustic: Model,
    vocoder: Vocoder,
    level: f32,
}

impl Builtin {
    /// Makes a voice's engine ready.
    ///
    /// # Errors
    /// Of kind `Voice` if the voice's model is damaged or does not fit its `voice.toml`.
    pub fn new(voice: &Voice) -> Result<Builtin, Error> {
        let manifest = &voice.manifest;
        let name = format!("{}/{}", manifest.name, manifest.files.model);
        if manifest.sample_rate != SAMPLE_RATE {
            return Err(Error::voice(format!(
                "voice {} makes {} samples per second: this engine makes {SAMPLE_RATE}",
                manifest.name, manifest.sample_rate
            )));
        }
        let acoustic = Model::read(&name, &voice.model)?;
        let vocoder = Vocoder::new(SAMPLE_RATE, ALPHA, acoustic.order(), manifest.creak);
        Ok(Builtin { acoustic, vocoder, level: manifest.level })
    }

    /// Adds a run of notes to `samples`; `span` is where they and the pause after them are.
    fn run(
        &self,
        notes: &[Note],
        span: std::ops::Range<usize>,
        noise: &mut Noise,
        scratch: &mut super::response::Scratch,
        samples: &mut [f32],
    ) {
        let frames = self.acoustic.frames(notes);
        let hop = (SAMPLE_RATE / FRAME_RATE) as usize;
        let heard: &[Frame] = frames.get(MARGIN..).unwrap_or_default();
        let length = (heard.len() * hop).min(span.len());
        self.vocoder.render(heard, span.start, length, noise, scratch, samples);
    }
}

impl Synthesizer for Builtin {
    fn sample_rate(&self) -> u32 {
        SAMPLE_RATE
    }

    fn synthesize(&self, score: &Score) -> Result<Vec<f32>, Error> {
        let sample_rate = SAMPLE_RATE;
        let mut samples = vec![0.0; timeline::length(score, sample_rate)?];
        let mut noise = Noise::seeded(noise::hash(score));
        let mut scratch = self.vocoder.scratch();
        let mut time = 0.0;
        let mut start = 0;
        for run in score.notes.split_inclusive(|note| note.pause.0 > 0.0) {
            for note in run {
                time += f64::from(note.sounding().0) + f64::from(note.pause.0);
            }
            let end = timeline::sample_at(time, sample_rate).min(samples.len());
            self.run(run, start..end, &mut noise, &mut scratch, &mut samples);
            start = end;
        }
        samples.iter_mut().for_each(|sample| *sample *= self.level);
        limiter::limit(&mut samples, sample_rate);
        limiter::fade(&mut samples, (sample_rate / FADE) as usize);
        Ok(samples)
    }
}
