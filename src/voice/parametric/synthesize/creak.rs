//! How the vocal folds beat: evenly, or in creak.
//!
//! In creaky voice periods are longer and uneven, and every other pulse is weaker (Gerratt, B.,
//! Kreiman, J. (2001), "Toward a taxonomy of nonmodal phonation", J. Phonetics 29; Keating, P.,
//! Garellek, M., Kreiman, J. (2015), "Acoustic properties of different kinds of creaky voice",
//! ICPhS). Hanoi ngã and nặng are creaky so (Brunelle, M. (2009), "Tone perception in Northern
//! and Southern Vietnamese", J. Phonetics 37).

use super::noise::Noise;
use crate::voice::parametric::data::Creak;

/// Remembers which pulse of a pair comes next.
#[derive(Debug)]
pub(super) struct Glottis {
    full: Creak,
    weak: bool,
}

impl Glottis {
    /// `full` is what full creak does to the voice's pulses.
    pub(super) fn new(full: Creak) -> Glottis {
        Glottis { full, weak: false }
    }

    /// The next period in samples and the strength of its pulse, for a voice at `period` with
    /// `creak` from 0 to 1.
    pub(super) fn next(&mut self, period: f32, creak: f32, noise: &mut Noise) -> (f32, f32) {
        if creak <= 0.0 {
            self.weak = false;
            return (period, 1.0);
        }
        self.weak = !self.weak;
        let Creak { weakening, alternation, jitter } = self.full;
        let side = if self.weak { -alternation } else { alternation };
        let period = period * (1.0 + creak * (side + jitter * noise.uniform()));
        (period, if self.weak { 1.0 - weakening * creak } else { 1.0 })
    }
}
