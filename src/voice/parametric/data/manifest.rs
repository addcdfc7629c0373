//! `voice.toml`: what a voice is.

use serde::Deserialize;

use crate::model::error::Error;
use crate::model::phrase::Dialect;
use crate::model::units::Hertz;

/// Name of the manifest in a voice's folder.
pub(super) const FILE: &str = "voice.toml";

/// What a voice is, as its `voice.toml` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The voice's name, that of its folder.
    pub name: String,
    /// Language as a BCP 47 tag, `vi`.
    pub language: String,
    /// The dialect it was recorded in, which it speaks unless asked otherwise.
    pub dialect: Dialect,
    /// Whether its pitch lies in the range usual of women or of men: `female` or `male`.
    pub range: String,
    /// A sentence about it.
    pub description: String,
    /// Licence of its data, as an SPDX expression.
    pub licence: String,
    /// Whom to credit where the voice is used.
    pub attribution: String,
    /// Samples per second of the sound its engine makes, 8000 to 48000.
    pub sample_rate: u32,
    /// Speed at which it reads by default, as a factor of the speed of its durations: 0.5 to 2.
    pub rate: f32,
    /// Factor that brings what its model gives to a comfortable level, more than 0, up to 10.
    pub level: f32,
    /// Its pitch.
    pub pitch: Pitch,
    /// How its folds beat in creak.
    pub creak: Creak,
    /// The room it is heard in, unless asked otherwise; `None` is none at all.
    pub room: Option<Room>,
    /// Its other files, all in the same folder.
    pub files: Files,
}

/// The pitch of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pitch {
    /// The middle of its speech: the tones' semitones count from here.
    pub base: Hertz,
    /// No pitch is scored below.
    pub lowest: Hertz,
    /// No pitch is scored above.
    pub highest: Hertz,
}

/// What full creak does to the pulses of a voice; lesser creak does proportionally less.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Creak {
    /// By how much of itself every other pulse is weakened, 0 to 1.
    pub weakening: f32,
    /// By how much of itself every other period is longer and the next one shorter, 0 to 0.5.
    pub alternation: f32,
    /// The largest random change of a period as a part of it, 0 to 0.5.
    pub jitter: f32,
}

/// The room a voice is heard in.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// How much of a sound's energy comes back, in dB: -60 to 0.
    pub level_db: f32,
    /// How long what comes back takes to fall by 60 dB, in milliseconds: 50 to 2000.
    pub decay_ms: f32,
    /// After how long the first of it comes back, in milliseconds: 0 to 50.
    pub delay_ms: f32,
    /// Above this pitch the walls swallow more, by 6 dB an octave: 500 to 20000.
    pub cutoff: Hertz,
}

/// Names of a voice's files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The table of durations.
    pub durations: String,
    /// The table of tone contours.
    pub tones: String,
    /// The weights of the acoustic model.
    pub model: String,
}

impl Manifest {
    /// Reads and checks a manifest; `file` is what messages call it.
    ///
    /// # Errors
    /// Of kind `Voice` if it is not TOML of this shape or a value is out of its range.
    pub fn parse(file: &str, text: &str) -> Result<Manifest, Error> {
        let manifest: Manifest = toml::from_str(text)
            .map_err(|cause| Error::voice(format!("{file}: {}", cause.to_string().trim_end())))?;
        let wrong = |what: &str| Err(Error::voice(format!("{file}: {what}")));
        let within = |value: f32, low: f32, high: f32| (low..=high).contains(&value);
        let Manifest { pitch, creak, files, .. } = &manifest;
        if !(8000..=48_000).contains(&manifest.sample_rate) {
            return wrong("sample_rate must lie between 8000 and 48000");
        }
        if !within(manifest.rate, 0.5, 2.0) {
            return wrong("rate must lie between 0.5 and 2");
        }
        if !(manifest.level > 0.0 && manifest.level <= 10.0) {
            return wrong("level must be more than 0 and at most 10");
        }
        if !(within(pitch.lowest.0, 40.0, pitch.base.0)
            && within(pitch.highest.0, pitch.base.0, 1000.0))
        {
            return wrong("pitch must have 40 <= lowest <= base <= highest <= 1000");
        }
        if !(within(creak.weakening, 0.0, 1.0)
            && within(creak.alternation, 0.0, 0.5)
            && within(creak.jitter, 0.0, 0.5))
        {
            return wrong("creak must have weakening up to 1, alternation and jitter up to 0.5");
        }
        if let Some(room) = &manifest.room
            && !(within(room.level_db, -60.0, 0.0)
                && within(room.decay_ms, 50.0, 2000.0)
                && within(room.delay_ms, 0.0, 50.0)
                && within(room.cutoff.0, 500.0, 20_000.0))
        {
            return wrong(
                "room must have level_db from -60 to 0, decay_ms from 50 to 2000, delay_ms up to \
                 50 and cutoff from 500 to 20000",
            );
        }
        for name in [&files.durations, &files.tones, &files.model] {
            if name.is_empty() || name.contains(['/', '\\', ':']) || name.starts_with('.') {
                return wrong("files must be named without a folder");
            }
        }
        Ok(manifest)
    }
}
