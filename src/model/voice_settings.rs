//! `VoiceSettings`: who speaks, and how.

use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::phrase::Dialect;
use super::units::Semitones;
use crate::model::message::{Message, message};

/// Who speaks, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VoiceSettings {
    /// The voice: the name of one, the folder of a parametric one, the ONNX file of a Piper voice, or the
    /// address of one that a server has (`http://127.0.0.1:8880/v1#NAME`).
    pub name: String,
    /// Whose Vietnamese; `None` is the voice's own.
    pub dialect: Option<Dialect>,
    /// Speed as a factor of the voice's own, 0.5 to 3: 2 is twice as fast.
    pub rate: f32,
    /// How much higher than its own pitch it speaks, in semitones, -12 to 12. Parametric voices only.
    pub pitch: Semitones,
    /// Whether it is heard without the room that a parametric voice has.
    pub dry: bool,
    /// Who speaks, by name or number, where a Piper voice has several speakers; `None` is its first.
    pub speaker: Option<String>,
    /// How much the sound of a Piper voice varies, 0 to 2; `None` is the voice's own.
    pub noise: Option<f32>,
    /// How much the lengths of a Piper voice's sounds vary, 0 to 2; `None` is the voice's own.
    pub noise_width: Option<f32>,
    /// Who makes the phonemes of a Piper voice.
    pub phonemizer: PhonemesBy,
}

impl Default for VoiceSettings {
    fn default() -> VoiceSettings {
        VoiceSettings::of(VoiceSettings::DEFAULT_NAME)
    }
}

impl VoiceSettings {
    /// The voice that speaks if none is named.
    pub const DEFAULT_NAME: &str = "bac-nu-trong";

    /// What [`VoiceSettings::rate`] may be.
    pub const RATE: RangeInclusive<f32> = 0.5..=3.0;

    /// What [`VoiceSettings::pitch`] may be, in semitones.
    pub const PITCH: RangeInclusive<f32> = -12.0..=12.0;

    /// What [`VoiceSettings::noise`] and [`VoiceSettings::noise_width`] may be.
    pub const NOISE: RangeInclusive<f32> = 0.0..=2.0;

    /// A voice in its own way: its dialect, speed, pitch and room.
    #[must_use]
    pub fn of(name: &str) -> VoiceSettings {
        VoiceSettings {
            name: name.to_owned(),
            dialect: None,
            rate: 1.0,
            pitch: Semitones(0.0),
            dry: false,
            speaker: None,
            noise: None,
            noise_width: None,
            phonemizer: PhonemesBy::Docbao,
        }
    }

    /// Whether every number is within its range.
    ///
    /// # Errors
    /// Of kind `Request` if one is not.
    pub fn check(&self) -> Result<(), Error> {
        for (setting, value, range) in [
            ("rate", Some(self.rate), VoiceSettings::RATE),
            ("pitch", Some(self.pitch.0), VoiceSettings::PITCH),
            ("noise", self.noise, VoiceSettings::NOISE),
            ("noise_width", self.noise_width, VoiceSettings::NOISE),
        ] {
            if let Some(value) = value.filter(|value| !range.contains(value)) {
                let (least, most) = range.into_inner();
                return Err(Error::request(message!(
                    "{setting} is {value}: it must be a number from {least} to {most}",
                    setting,
                    value,
                    least,
                    most
                )));
            }
        }
        Ok(())
    }
}

/// Who makes the phonemes of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum PhonemesBy {
    /// docbao itself: Vietnamese only.
    #[default]
    #[serde(rename = "docbao")]
    Docbao,
    /// The program espeak-ng, which must be installed: other languages.
    #[serde(rename = "espeak-ng")]
    Espeak,
    /// docbao those of a voice that speaks Vietnamese, and espeak-ng those of any other.
    #[serde(rename = "auto")]
    Whoever,
}

/// Reads `docbao`, `espeak-ng` or `auto`.
impl FromStr for PhonemesBy {
    type Err = Message;

    fn from_str(name: &str) -> Result<PhonemesBy, Message> {
        match name {
            "docbao" => Ok(PhonemesBy::Docbao),
            "espeak-ng" => Ok(PhonemesBy::Espeak),
            "auto" => Ok(PhonemesBy::Whoever),
            _ => Err("give docbao, espeak-ng or auto".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_data_whose_parts_can_be_left_out() {
        let settings: VoiceSettings =
            serde_json::from_str(r#"{"name": "a.onnx", "noise": 0.5, "phonemizer": "espeak-ng"}"#)
                .unwrap();
        let phonemizer = PhonemesBy::Espeak;
        assert_eq!(
            settings,
            VoiceSettings { noise: Some(0.5), phonemizer, ..VoiceSettings::of("a.onnx") }
        );
        let json = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<VoiceSettings>(&json).unwrap(), settings);
        assert!(serde_json::from_str::<VoiceSettings>(r#"{"speed": 2}"#).is_err());
    }

    #[test]
    fn numbers_out_of_their_range_are_refused() {
        let usual = VoiceSettings::default;
        assert!(usual().check().is_ok());
        for (settings, message) in [
            (
                VoiceSettings { rate: 0.1, ..usual() },
                "rate is 0.1: it must be a number from 0.5 to 3",
            ),
            (VoiceSettings { rate: f32::NAN, ..usual() }, "rate is NaN"),
            (VoiceSettings { pitch: Semitones(13.0), ..usual() }, "pitch is 13: it must be"),
            (VoiceSettings { noise: Some(-1.0), ..usual() }, "noise is -1"),
            (VoiceSettings { noise_width: Some(2.5), ..usual() }, "noise_width is 2.5"),
        ] {
            let error = settings.check().unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
