//! Who speaks, and how.

use std::str::FromStr;

use super::espeak::command;
use super::parametric::data::Voice;
use super::piper;
use crate::model::pauses::Pauses;
use crate::model::phrase::Dialect;
use crate::model::units::Semitones;

/// The name of the engine that sounds a plain tone for every syllable instead of speech.
pub const TONE: &str = "tone";

/// Names of the voices inside the program, the default one first.
#[must_use]
pub fn voice_names() -> Vec<&'static str> {
    Voice::list()
}

/// Who speaks, and how.
#[derive(Debug, Clone)]
pub struct VoiceSettings {
    /// Name of the voice, folder of one, or the ONNX file of a Piper voice.
    pub voice: String,
    /// Whose Vietnamese; `None` is the voice's own.
    pub dialect: Option<Dialect>,
    /// Speed: 1 is the voice's own.
    pub rate: f32,
    /// How much higher.
    pub pitch: Semitones,
    /// Silences.
    pub pauses: Pauses,
    /// Whether it is heard without the room that its voice asks for.
    pub dry: bool,
    /// What only Piper voices have.
    pub neural: NeuralSettings,
}

impl VoiceSettings {
    /// A voice in its own way: its dialect, speed, pitch and room, and the usual silences.
    #[must_use]
    pub fn of(voice: &str) -> VoiceSettings {
        VoiceSettings {
            voice: voice.to_owned(),
            dialect: None,
            rate: 1.0,
            pitch: Semitones(0.0),
            pauses: Pauses::default(),
            dry: false,
            neural: NeuralSettings::default(),
        }
    }
}

/// Who makes the phonemes of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PhonemesBy {
    /// We ourselves: Vietnamese only.
    #[default]
    Docbao,
    /// The program espeak-ng: other languages.
    Espeak,
}

/// Reads `docbao` or `espeak-ng`.
impl FromStr for PhonemesBy {
    type Err = String;

    fn from_str(name: &str) -> Result<PhonemesBy, String> {
        match name {
            "docbao" => Ok(PhonemesBy::Docbao),
            command::PROGRAM => Ok(PhonemesBy::Espeak),
            _ => Err("give docbao or espeak-ng".to_owned()),
        }
    }
}

/// Settings that only Piper voices have.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NeuralSettings {
    /// How the voice speaks.
    pub voice: piper::Settings,
    /// Who makes its phonemes.
    pub phonemes: PhonemesBy,
}
