//! Where the moments of a score fall among samples.

use crate::model::error::Error;
use crate::voice::parametric::score::{Note, PITCH_POINTS, Score};

/// The longest utterance that is sounded, in seconds. `segment` makes none nearly as long.
const LONGEST: f64 = 600.0;

/// The sample at a time in milliseconds.
pub(in crate::voice) fn sample_at(milliseconds: f64, sample_rate: u32) -> usize {
    libm::round(milliseconds * f64::from(sample_rate) / 1000.0) as usize
}

/// How many samples a score makes: its duration, rounded.
///
/// # Errors
/// Of kind `Request` if a duration is negative or no number, or the whole is over ten minutes.
pub(in crate::voice) fn length(score: &Score, sample_rate: u32) -> Result<usize, Error> {
    for note in &score.notes {
        for part in [note.onset, note.glide, note.nucleus, note.coda, note.pause] {
            if part.0.is_nan() || part.0 < 0.0 {
                let (syllable, part) = (note.syllable, part.0);
                return Err(Error::request(format!("syllable {syllable} has a part of {part} ms")));
            }
        }
    }
    let duration = f64::from(score.duration().0);
    if duration > LONGEST * 1000.0 {
        return Err(Error::request(format!(
            "an utterance of {:.0} s is longer than an engine sounds at once: cut the text into \
             sentences",
            duration / 1000.0
        )));
    }
    Ok(sample_at(duration, sample_rate))
}

/// The pitch in Hz a part `along` (0 to 1) of the way through a note's rime; held beyond its ends.
pub(in crate::voice) fn f0_at(note: &Note, along: f32) -> f32 {
    let (index, part) = place(along);
    let (a, b) = (note.f0[index].0, note.f0[index + 1].0);
    sane_pitch(a + (b - a) * part)
}

/// The creak at the same place.
pub(super) fn creak_at(note: &Note, along: f32) -> f32 {
    let (index, part) = place(along);
    let (a, b) = (note.creak[index], note.creak[index + 1]);
    held(a + (b - a) * part, 0.0, 1.0)
}

/// A pitch that an engine can sound, whatever the score says.
pub(super) fn sane_pitch(hertz: f32) -> f32 {
    held(hertz, 40.0, 1000.0)
}

/// How loud a note is, whatever the score says: a factor between a thousandth and a thousand.
pub(in crate::voice) fn gain(note: &Note) -> f32 {
    held(note.gain, 1e-3, 1e3)
}

/// A value held within bounds; what is no number becomes the lower one.
fn held(value: f32, low: f32, high: f32) -> f32 {
    if value.is_nan() { low } else { value.clamp(low, high) }
}

/// Between which two pitch points, and how far along from the one to the next.
fn place(along: f32) -> (usize, f32) {
    const STEPS: usize = PITCH_POINTS - 1;
    let place = held(along, 0.0, 1.0) * STEPS as f32;
    let index = (place as usize).min(STEPS - 1);
    (index, place - index as f32)
}
