//! An engine without a voice: a tone of the scored length and pitch.

use super::parametric::data::Voice;
use super::parametric::score::Score;
use super::parametric::synthesize::{Synthesizer, limiter, timeline};
use super::parametric::{self, Parametric};
use crate::model::error::Error;
use crate::model::voice_settings::VoiceSettings;

/// The name by which it is asked for.
pub const NAME: &str = "tone";

/// Amplitude of the tone.
const AMPLITUDE: f64 = 0.25;
/// Each syllable fades in and out over this many seconds, so that syllables can be distinguished.
const FADE: f64 = 0.005;

/// The voice whose durations and melody the tone has.
const LIKE: &str = "bac";

/// The tone, with the durations and the melody of a voice.
pub(super) fn open(settings: &VoiceSettings) -> Result<Parametric, Error> {
    let voice = Voice::load(LIKE)?;
    let synthesizer = Box::new(Sine::new(voice.manifest.sample_rate));
    let sound = parametric::Sound { name: NAME, synthesizer, marks: b"tone" };
    Parametric::new(&voice, settings, sound)
}

/// Sounds each syllable as a sine at its scored pitch. It lets everything around the engine be
/// tried and tested without a voice.
#[derive(Debug, Clone, Copy)]
pub struct Sine {
    sample_rate: u32,
}

impl Sine {
    /// A tone of `sample_rate` samples per second.
    #[must_use]
    pub fn new(sample_rate: u32) -> Sine {
        Sine { sample_rate }
    }
}

impl Synthesizer for Sine {
    fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    fn synthesize(&self, score: &Score) -> Result<Vec<f32>, Error> {
        let rate = f64::from(self.sample_rate);
        let mut samples = vec![0.0; timeline::length(score, self.sample_rate)?];
        let mut start = 0.0;
        for note in &score.notes {
            let (onset, sounding) = (f64::from(note.onset.0), f64::from(note.sounding().0));
            let from = timeline::sample_at(start, self.sample_rate).min(samples.len());
            let to = timeline::sample_at(start + sounding, self.sample_rate).min(samples.len());
            let count = to - from;
            let mut phase = 0.0;
            for (at, sample) in samples[from..to].iter_mut().enumerate() {
                let rime = (at as f64 / rate * 1000.0 - onset) / (sounding - onset).max(1.0);
                phase += f64::from(timeline::f0_at(note, rime as f32)) / rate;
                let edge = at.min(count - at) as f64 / rate / FADE;
                let wave = libm::sin(std::f64::consts::TAU * (phase - libm::floor(phase)));
                *sample =
                    (AMPLITUDE * f64::from(timeline::gain(note)) * edge.min(1.0) * wave) as f32;
            }
            start += sounding + f64::from(note.pause.0);
        }
        limiter::limit(&mut samples, self.sample_rate);
        Ok(samples)
    }
}
