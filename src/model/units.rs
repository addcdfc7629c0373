//! Newtypes for the quantities that go from stage to stage, so that a duration is never taken for a
//! sample count or a pitch interval for a frequency.

use serde::{Deserialize, Serialize};

/// A duration or a moment, in milliseconds (≥ 0 wherever a stage gives one to another).
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub f32);

/// A frequency in hertz (> 0 wherever a stage gives one to another).
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hertz(pub f32);

/// A pitch interval in equal-tempered semitones; positive is up.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Semitones(pub f32);

impl Hertz {
    /// This frequency moved by an interval: `f · 2^(semitones / 12)`.
    #[must_use]
    pub fn shifted(self, by: Semitones) -> Hertz {
        Hertz(self.0 * libm::exp2f(by.0 / 12.0))
    }
}

impl std::ops::Add for Millis {
    type Output = Millis;
    fn add(self, other: Millis) -> Millis {
        Millis(self.0 + other.0)
    }
}

impl std::iter::Sum for Millis {
    fn sum<I: Iterator<Item = Millis>>(durations: I) -> Millis {
        Millis(durations.map(|d| d.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_octave_doubles_the_frequency() {
        assert_eq!(Hertz(110.0).shifted(Semitones(12.0)), Hertz(220.0));
        assert_eq!(Hertz(220.0).shifted(Semitones(-12.0)), Hertz(110.0));
    }
}
