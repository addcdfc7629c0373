//! What sounds a score.

use crate::model::error::Error;
use crate::voice::parametric::score::Score;

/// The generation of the engines' sound: raised with every change that gives the same score another
/// sound, so that no sound of an older program is taken for one of this. `tests/voice/synthesize.rs` says
/// when that is due.
pub const GENERATION: u32 = 2;

/// Sounds scores.
pub trait Synthesizer: Send + Sync {
    /// Samples per second of the sound it makes.
    fn sample_rate(&self) -> u32;

    /// The samples of a score, full scale ±1: as long as the score's duration, rounded to a sample, within ±1, and
    /// the same whenever the score is the same.
    ///
    /// # Errors
    /// Of kind `Request` if a duration of the score is negative or no number, or the whole is
    /// longer than ten minutes.
    fn synthesize(&self, score: &Score) -> Result<Vec<f32>, Error>;
}
