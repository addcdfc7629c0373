//! Brings vowels to the levels that they have in speech.
//!
//! In clear recordings the vowels of a sentence are within a decibel of one another. What the model has
//! learnt is not: it gives ươ five decibels more than the middle vowel, and a two less, so that single
//! syllables stick out.

use std::f32::consts::{LN_10, PI};
use std::ops::Range;

use super::frames::Frame;
use super::inputs::NUCLEI;
use super::loudness::Loudness;
use super::{phone_table, timeline};
use crate::model::error::Error;
use crate::voice::parametric::score::Note;

const FILE: &str = "src/voice/parametric/synthesize/tables/levels.tsv";
const TEXT: &str = include_str!("tables/levels.tsv");
/// The level of the middle vowel, as [`Loudness`] counts, in dB. With it the peaks of a voice whose own
/// level is 0.8 stay some decibels below full scale.
const MIDDLE: f32 = -10.0;
/// How much of the way to its level a syllable is brought. The rest is left to what else makes
/// syllables weak and strong.
const SHARE: f32 = 0.8;
/// The most that a syllable is changed, in dB.
const MOST: f32 = 12.0;
/// Frames on either side of the end of a syllable in which its gain becomes that of the next: 30 ms.
const REACH: usize = 6;

/// The levels of the vowels.
#[derive(Debug, Clone)]
pub(super) struct Levels {
    /// By phone, in dB from the middle.
    levels: Vec<Option<f32>>,
}

impl Levels {
    /// The program's own table.
    ///
    /// # Errors
    /// Of kind `Table` if a row is bad or is there twice, or a nucleus has none.
    pub(super) fn built_in() -> Result<Levels, Error> {
        Ok(Levels { levels: phone_table::read(FILE, TEXT, &NUCLEI)? })
    }

    /// Brings each syllable of a run to its level; `rimes` are the frames of their rimes, in which the
    /// notes' own gains are already.
    pub(super) fn bring(
        &self,
        loudness: &Loudness,
        notes: &[Note],
        rimes: &[Range<usize>],
        frames: &mut [Frame],
    ) {
        let mut gains = Vec::with_capacity(frames.len());
        for (note, rime) in notes.iter().zip(rimes) {
            let due = MIDDLE + self.levels[note.syllable.nucleus as usize].unwrap_or(0.0);
            let own = 20.0 * libm::log10f(timeline::gain(note));
            let is = loudness.of_rime(&frames[rime.clone()]).map(|level| level - own);
            let gain = is.map_or(0.0, |is| (SHARE * (due - is)).clamp(-MOST, MOST));
            gains.resize(rime.end, gain / 20.0 * LN_10);
        }
        let last = gains.last().copied().unwrap_or(0.0);
        gains.resize(frames.len(), last);
        for (at, frame) in frames.iter_mut().enumerate() {
            frame.mel_cepstrum[0] += smoothed(&gains, at);
        }
    }
}

/// The gain at a frame, running along a raised cosine from each syllable's to the next one's.
fn smoothed(gains: &[f32], at: usize) -> f32 {
    let around = at.saturating_sub(REACH)..(at + REACH + 1).min(gains.len());
    let (mut sum, mut total) = (0.0, 0.0);
    for other in around {
        let weight = 1.0 + libm::cosf(PI * at.abs_diff(other) as f32 / (REACH + 1) as f32);
        sum += gains[other] * weight;
        total += weight;
    }
    sum / total
}
