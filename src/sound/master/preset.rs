//! How loud a narration is to be.

use std::str::FromStr;

use super::meter::Measured;
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// What the level of a narration is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Level {
    /// Integrated loudness by ITU-R BS.1770-4, in LUFS.
    Loudness(f64),
    /// Root mean square of all samples, in dB of full scale.
    Rms(f64),
}

/// How much silence a narration begins and ends with, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Least and most silence before the first sound.
    pub lead: (f64, f64),
    /// Least and most silence after the last.
    pub tail: (f64, f64),
}

/// A set of demands on the level of a narration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// The level aimed at; `None` leaves the sound as it is.
    pub level: Option<Level>,
    /// How far the level may lie from the aim, in dB.
    pub tolerance: f64,
    /// The highest true peak allowed, in dBTP.
    pub ceiling: f64,
    /// The highest noise floor allowed, in dB of full scale.
    pub noise_floor: Option<f64>,
    /// The silence asked for at both ends.
    pub margins: Option<Margins>,
}

/// The presets there are. The tolerance of those that state none is that of Apple.
///
/// - `apple`: Apple Podcasts' audio requirements: loudness around -16 LKFS ±1 dB, true peak no higher
///   than -1 dBFS.
/// - `spotify`: Spotify's loudness normalization for creators: -14 LUFS, true peak below -1 dBTP.
/// - `acx`: ACX's audio submission requirements for audiobooks: -23 to -18 dB RMS, peaks no higher
///   than -3 dB, noise floor no higher than -60 dB RMS, 0.5 to 1 s of room tone before and 1 to 5 s
///   after.
/// - `none`: the voice's own level.
pub const PRESETS: [Preset; 4] = [
    Preset {
        name: "apple",
        level: Some(Level::Loudness(-16.0)),
        tolerance: 1.0,
        ceiling: -1.0,
        noise_floor: None,
        margins: None,
    },
    Preset {
        name: "spotify",
        level: Some(Level::Loudness(-14.0)),
        tolerance: 1.0,
        ceiling: -1.0,
        noise_floor: None,
        margins: None,
    },
    Preset {
        name: "acx",
        level: Some(Level::Rms(-20.5)),
        tolerance: 2.5,
        ceiling: -3.0,
        noise_floor: Some(-60.0),
        margins: Some(Margins { lead: (500.0, 1000.0), tail: (1000.0, 5000.0) }),
    },
    Preset {
        name: "none",
        level: None,
        tolerance: f64::INFINITY,
        ceiling: f64::INFINITY,
        noise_floor: None,
        margins: None,
    },
];

impl Preset {
    /// The same demands with a ceiling lower by `headroom` dB, for a file whose encoding raises
    /// peaks.
    #[must_use]
    pub fn with_headroom(self, headroom: f64) -> Preset {
        Preset { ceiling: self.ceiling - headroom, ..self }
    }

    /// The same demands on speech with music: where they have no ceiling, true peaks stay below -1 dBTP,
    /// because two sounds together can be too loud for a file though neither is.
    #[must_use]
    pub fn with_music(self) -> Preset {
        Preset { ceiling: self.ceiling.min(-1.0), ..self }
    }

    /// How many dB more a sound must have to reach the level aimed at; `None` if it is to stay as
    /// it is or nothing can be heard of it.
    pub(super) fn missing(&self, measured: &Measured) -> Option<f64> {
        let (aim, level) = match self.level? {
            Level::Loudness(aim) => (aim, measured.integrated_lufs),
            Level::Rms(aim) => (aim, measured.rms_db),
        };
        (level > super::meter::SILENCE_DB).then_some(aim - level)
    }

    /// By how many dB the true peak of a finished sound is too high, if it is.
    #[must_use]
    pub fn excess(&self, measured: &Measured) -> Option<f64> {
        let excess = measured.true_peak_dbtp - self.ceiling;
        (excess > 0.0).then_some(excess)
    }

    /// What of a finished sound misses the demands, as full sentences; nothing if it meets them.
    #[must_use]
    pub fn faults(&self, measured: &Measured) -> Vec<Message> {
        let mut faults = Vec::new();
        if let Some(missing) = self.missing(measured).filter(|m| m.abs() > self.tolerance) {
            let (aim, level, unit) = match self.level {
                Some(Level::Rms(aim)) => (aim, measured.rms_db, "dB RMS"),
                Some(Level::Loudness(aim)) => (aim, measured.integrated_lufs, "LUFS"),
                None => (0.0, 0.0, ""),
            };
            let word = match missing > 0.0 {
                true => message!("it is too quiet"),
                false => message!("it is too loud"),
            };
            faults.push(message!(
                "{word}: {level} {unit} where {name} asks for {aim} ±{tolerance}",
                word,
                level = format_args!("{level:.1}"),
                unit,
                name = self.name,
                aim = format_args!("{aim:.1}"),
                tolerance = self.tolerance
            ));
        }
        if self.excess(measured).is_some() {
            faults.push(message!(
                "its true peak is {true_peak_dbtp} dBTP where {name} allows {ceiling}",
                true_peak_dbtp = format_args!("{:.2}", measured.true_peak_dbtp),
                name = self.name,
                ceiling = format_args!("{:.1}", self.ceiling)
            ));
        }
        if let Some(floor) = self.noise_floor.filter(|floor| measured.noise_floor_db > *floor) {
            faults.push(message!(
                "its noise floor is {noise_floor_db} dB where {name} allows {floor}",
                noise_floor_db = format_args!("{:.1}", measured.noise_floor_db),
                name = self.name,
                floor = format_args!("{floor:.0}")
            ));
        }
        if let Some(margins) = self.margins {
            let ends = [
                (measured.lead_silence_ms, margins.lead),
                (measured.tail_silence_ms, margins.tail),
            ];
            for (end, (have, (least, most))) in ends.into_iter().enumerate() {
                if have >= least && have <= most {
                    continue;
                }
                let (have, name) = (format_args!("{:.2}", have / 1000.0), self.name);
                let (least, most) = (least / 1000.0, most / 1000.0);
                faults.push(match end {
                    0 => message!(
                        "it begins with {have} s of silence where {name} asks for {least} to {most}",
                        have, name, least, most
                    ),
                    _ => message!(
                        "it ends with {have} s of silence where {name} asks for {least} to {most}",
                        have, name, least, most
                    ),
                });
            }
        }
        faults
    }

    /// The names of all presets.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PRESETS.into_iter().map(|preset| preset.name)
    }

    /// Milliseconds of silence to add before and after a sound.
    #[must_use]
    pub fn padding_ms(&self, measured: &Measured) -> (f64, f64) {
        let missing = |have: f64, (least, most): (f64, f64)| {
            if have < least { (least + most) / 2.0 - have } else { 0.0 }
        };
        match self.margins {
            Some(Margins { lead, tail }) => (
                missing(measured.lead_silence_ms, lead),
                // The tail's range is wide: just above its lower end is enough.
                missing(measured.tail_silence_ms, (tail.0, tail.0 + 1000.0)),
            ),
            None => (0.0, 0.0),
        }
    }
}

impl FromStr for Preset {
    type Err = Error;

    fn from_str(name: &str) -> Result<Preset, Error> {
        PRESETS.into_iter().find(|preset| preset.name == name).ok_or_else(|| {
            let names: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
            Error::request(message!(
                "there is no loudness preset {name}: there are {names}",
                name,
                names = names.join(", ")
            ))
        })
    }
}

impl std::fmt::Display for Preset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}
