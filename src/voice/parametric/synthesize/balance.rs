//! Brings the parts of a run's syllables to the levels that they have beside one another in speech.

use super::follow::{FRAME, MARGIN};
use super::frames::Frame;
use super::levels::Levels;
use super::loudness::Loudness;
use super::onsets;
use crate::model::error::Error;
use crate::voice::parametric::score::Note;

/// Knows how loud vowels are, and how loud onsets may be beside them.
#[derive(Debug, Clone)]
pub(super) struct Balance {
    loudness: Loudness,
    levels: Levels,
}

impl Balance {
    /// By the program's own tables.
    ///
    /// # Errors
    /// Of kind `Table` if the table of levels has a fault.
    pub(super) fn built_in() -> Result<Balance, Error> {
        Ok(Balance { loudness: Loudness::new(), levels: Levels::built_in()? })
    }

    /// Brings vowels to their levels and holds onsets below them, in the frames of a run of notes with
    /// [`MARGIN`] frames of silence before and after. `onset_of` is given each note and the frames of its onset.
    pub(super) fn bring(
        &self,
        notes: &[Note],
        frames: &mut [Frame],
        onset_of: impl Fn(&Note, &mut [Frame]),
    ) {
        let count = frames.len();
        let at = |time: f32| (libm::ceilf(time / FRAME) as usize).min(count);
        let mut time = MARGIN as f32 * FRAME;
        let parts = notes.iter().map(|note| {
            let (start, end) = (time, time + note.sounding().0);
            time = end;
            (at(start), at(start + note.onset.0), at(end))
        });
        let parts: Vec<_> = parts.collect();
        let rimes: Vec<_> = parts.iter().map(|&(_, rime, end)| rime..end).collect();
        self.levels.bring(&self.loudness, notes, &rimes, frames);
        for (note, (start, rime, end)) in notes.iter().zip(parts) {
            let (onset, rime) = frames[start..end].split_at_mut(rime - start);
            onsets::hold(&self.loudness, note.syllable.onset, onset, rime);
            onset_of(note, onset);
        }
    }
}
