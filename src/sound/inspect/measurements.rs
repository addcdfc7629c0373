//! What is measured of a recording as a whole.

use serde::Serialize;

use super::levels::{Levels, Pause, levels, pauses};
use super::pitch::PitchTrack;
use crate::model::audio::Audio;
use crate::model::units::{Hertz, Millis};

/// A silence shorter than this is the closure of a stop, not a pause.
pub const SHORTEST_PAUSE: Millis = Millis(80.0);

/// What is measured of a sound as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measurements {
    /// Length in seconds.
    pub seconds: f64,
    /// Samples per second.
    pub sample_rate: u32,
    /// Peak, mean level and offset.
    #[serde(flatten)]
    pub levels: Levels,
    /// Part of the time in which the vocal folds sound, 0 to 1, pauses counted in.
    pub voiced: f32,
    /// Median fundamental frequency; none where nothing is voiced.
    pub median_f0: Option<Hertz>,
    /// The fundamental frequencies below which lie 5% and 95% of the voiced time.
    pub f0_range: Option<(Hertz, Hertz)>,
    /// Silences of at least [`SHORTEST_PAUSE`], those at the ends counted in.
    pub pauses: Vec<Pause>,
}

impl Measurements {
    /// Measures a sound whose pitch has been tracked.
    #[must_use]
    pub fn of(audio: &Audio, track: &PitchTrack) -> Measurements {
        Measurements {
            seconds: seconds(audio),
            sample_rate: audio.sample_rate,
            levels: levels(&audio.samples),
            voiced: track.voiced(),
            median_f0: track.quantile(0.5),
            f0_range: track.quantile(0.05).zip(track.quantile(0.95)),
            pauses: pauses(audio, SHORTEST_PAUSE),
        }
    }
}

/// How long a sound lasts, in seconds.
fn seconds(audio: &Audio) -> f64 {
    audio.samples.len() as f64 / f64::from(audio.sample_rate.max(1))
}
