//! `Score`: an utterance as notes to be sounded. What `prosody` gives and `synthesize` takes.

use std::fmt;

use crate::model::phrase::Syllable;
use crate::model::units::{Hertz, Millis};

/// How many points describe the pitch of one syllable's rime.
pub const PITCH_POINTS: usize = 8;

/// One syllable with its durations and pitch.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Index of the word in `Utterance::words` that the syllable belongs to.
    pub word: usize,
    /// What is sounded.
    pub syllable: Syllable,
    /// Duration of the onset consonant, closure and release together.
    pub onset: Millis,
    /// Duration of the glide; 0 where the syllable has none.
    pub glide: Millis,
    /// Duration of the nucleus.
    pub nucleus: Millis,
    /// Duration of the coda, a stop's closure included; 0 where the syllable has none.
    pub coda: Millis,
    /// Fundamental frequency at `PITCH_POINTS` equally spaced points from the start of the glide
    /// (or nucleus) to the end of the syllable, ends included. Across a voiced onset it runs
    /// straight, in semitones, from the last note's end.
    pub f0: [Hertz; PITCH_POINTS],
    /// Glottalization (creak) at the same points: 0 is modal voice, 1 full creak.
    pub creak: [f32; PITCH_POINTS],
    /// Loudness relative to the utterance's middle: a linear gain around 1.
    pub gain: f32,
    /// Silence that follows the syllable; 0 inside a breath group.
    pub pause: Millis,
}

impl Note {
    /// Duration of the sounding part, the pause left out.
    #[must_use]
    pub fn sounding(&self) -> Millis {
        self.onset + self.glide + self.nucleus + self.coda
    }
}

/// An utterance ready for an engine.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Score {
    /// The notes in order.
    pub notes: Vec<Note>,
}

impl Score {
    /// Total duration, pauses included.
    #[must_use]
    pub fn duration(&self) -> Millis {
        self.notes.iter().map(|n| n.sounding() + n.pause).sum()
    }

    /// All it holds, as bytes: scores that differ in anything differ in these.
    #[must_use]
    pub fn content(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for note in &self.notes {
            // Every field by its name: one that is added must be added here.
            let Note { word, syllable, onset, glide, nucleus, coda, f0, creak, gain, pause } = note;
            // By its symbols, which stay what they are where phones are added.
            let symbols = syllable.to_string();
            bytes.extend((symbols.len() as u64).to_le_bytes());
            bytes.extend(symbols.as_bytes());
            bytes.extend((*word as u64).to_le_bytes());
            let parts = [onset.0, glide.0, nucleus.0, coda.0, *gain, pause.0];
            let numbers = parts.into_iter().chain(f0.iter().map(|f0| f0.0)).chain(*creak);
            numbers.for_each(|number| bytes.extend(number.to_bits().to_le_bytes()));
        }
        bytes
    }
}

/// One line a note: syllable, durations of its parts in ms, pitch in Hz at its ends and middle,
/// pause.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for note in &self.notes {
            writeln!(
                f,
                "{}\t{:.0}+{:.0}+{:.0}+{:.0}\t{:.0} {:.0} {:.0}\t|{:.0}",
                note.syllable,
                note.onset.0,
                note.glide.0,
                note.nucleus.0,
                note.coda.0,
                note.f0[0].0,
                note.f0[PITCH_POINTS / 2].0,
                note.f0[PITCH_POINTS - 1].0,
                note.pause.0,
            )?;
        }
        Ok(())
    }
}
