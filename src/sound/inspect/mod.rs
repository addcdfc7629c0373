//! Looks at sound: measures the level, the pauses, the pitch and the formants of a recording or of
//! what a voice said, and draws them.
//!
//! One file per algorithm, each after the paper it names. Nothing here reaches a narration: it is for
//! people who compare voices and for the tests that hold voices to what Vietnamese sounds like.

mod axes;
mod canvas;
mod formants;
mod letters;
mod levels;
mod measurements;
mod picture;
mod pitch;
mod recording;
mod spectrogram;
mod tiers;

pub use self::formants::{Formant, Formants};
pub use self::levels::{Levels, Pause, decibels, intensity, levels, pauses, root_mean_square};
pub use self::measurements::{Measurements, SHORTEST_PAUSE};
pub use self::picture::{Picture, Style, Subject};
pub use self::pitch::{HOP, PitchFrame, PitchTrack, Search, pitch};
pub use self::recording::{Recording, Stretch};
pub use self::spectrogram::{Grid, Spectrogram};
pub use self::tiers::{Interval, Tier};
