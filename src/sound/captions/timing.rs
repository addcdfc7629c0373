//! How long cues are shown.

use super::cues::{Cue, SHORTEST};

/// A cue that fades before the next one appears leaves this much time between, in ms: two frames of film
/// at 24 per second, after the Netflix Timed Text Style Guide (Frame Gap).
const GAP: u64 = 83;

/// A silence shorter than this is closed up to [`GAP`], so that text does not flicker in a breath,
/// in ms: half a second, by the same guide (Timing, Subtitle Timing Guidelines).
const FLICKER: u64 = 500;

/// Settles the ends of cues. A cue begins with its first word, to the millisecond, and is shown until
/// its last word is over; into a silence it stays as long as it takes to be read, but never into the
/// next cue. Words that follow without a silence have cues that touch.
#[derive(Debug, Default)]
pub(super) struct Timing {
    pending: Option<Cue>,
}

impl Timing {
    /// Takes the next cue; gives the one before, settled.
    pub(super) fn settle(&mut self, mut next: Cue) -> Option<Cue> {
        let mut cue = self.pending.take();
        if let Some(cue) = &mut cue {
            // Times ascend whatever the marks say, and no cue is shown for no time.
            next.start = next.start.max(cue.start + 1);
            let silence = next.start.saturating_sub(cue.end);
            let wanted = match silence {
                silence if silence < FLICKER => next.start.saturating_sub(GAP),
                _ => (cue.start + SHORTEST).min(next.start - GAP),
            };
            cue.end = wanted.max(cue.end).clamp(cue.start + 1, next.start);
        }
        next.end = next.end.max(next.start + 1);
        self.pending.replace(next);
        cue
    }

    /// The last cue. It ends with its last word, so that it is inside the sound.
    pub(super) fn last(self) -> Option<Cue> {
        self.pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_stay_into_silence_and_never_into_the_next() {
        // Times of a cue and the start of the next, and when the cue then ends.
        for (start, end, next, settled) in [
            (0, 2000, 2000, 2000),
            (0, 2000, 2050, 2000),
            (0, 2000, 2300, 2217),
            (0, 2000, 2600, 2000),
            (0, 300, 1000, 833),
            (0, 300, 850, 767),
            (0, 300, 350, 300),
            (0, 300, 200, 200),
            (5, 5, 5, 6),
        ] {
            let cue = |start, end| Cue { start, end, ..Cue::default() };
            let mut timing = Timing::default();
            assert_eq!(timing.settle(cue(start, end)), None);
            let found = timing.settle(cue(next, next + 10)).unwrap();
            assert_eq!((found.start, found.end), (start, settled), "{start} {end} {next}");
        }
    }
}
