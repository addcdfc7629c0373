//! The sixth stage: a [`Score`] becomes samples.
//!
//! A [`Synthesizer`] is anything that sounds a score: [`Builtin`] with a voice's own model; [`InRoom`]
//! is another one, heard in a room. Each utterance is sounded by itself, so any number can be at once.

mod acoustic;
mod builtin;
mod creak;
mod fast_math;
mod frames;
mod inputs;
pub(in crate::voice) mod limiter;
mod network;
mod noise;
mod onsets;
mod response;
mod room;
pub(in crate::voice) mod timeline;
mod trajectory;
mod vocoder;

pub use self::builtin::Builtin;
pub use self::room::InRoom;
use crate::model::error::Error;
use crate::voice::parametric::score::Score;

/// The generation of the engines' sound: raised with every change that gives the same score another
/// sound, so that no sound of an older program is taken for one of this. `tests/synthesize.rs` tells
/// when that is due.
pub const GENERATION: u32 = 1;

/// Sounds scores.
pub trait Synthesizer: Send + Sync {
    /// Samples per second of the sound it makes.
    fn sample_rate(&self) -> u32;

    /// The samples of a score, full scale ±1: as long as the score's duration, rounded to a sample, within ±1, and
    /// the same whenever the score is the same.
    ///
    /// # Errors
    /// [`Error::Usage`] if a duration of the score is negative or no number, or the whole is
    /// longer than ten minutes.
    fn synthesize(&self, score: &Score) -> Result<Vec<f32>, Error>;
}
