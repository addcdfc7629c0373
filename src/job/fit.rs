//! Subtitles that are heard when they are shown: where each is placed, and what does not fit.

use crate::model::manner::Cue;
use crate::model::message::{Message, message};

/// Where the cues of a recording are placed, in the order of their times.
pub(super) struct Fit {
    sample_rate: u32,
    /// Samples so far.
    at: u64,
    cues: usize,
    /// Cues that are spoken faster than asked for, and the highest factor.
    hurried: usize,
    fastest: f32,
    /// Cues that end after they are gone or after the next begins, and the longest time by which one is
    /// late, in samples, with the time of that cue.
    late: usize,
    latest: (u64, u32),
}

impl Fit {
    /// Nothing is placed yet.
    pub(super) fn new(sample_rate: u32) -> Fit {
        Fit { sample_rate, at: 0, cues: 0, hurried: 0, fastest: 1.0, late: 0, latest: (0, 0) }
    }

    /// Places a sound of so many samples at its cue, or as soon as possible after that; `hurry` is how
    /// many times as fast it is spoken as asked for. Gives the samples of silence before it.
    pub(super) fn place(&mut self, cue: Cue, length: u64, hurry: f32) -> u64 {
        let sample = |ms: u32| u64::from(ms) * u64::from(self.sample_rate) / 1000;
        let silence = sample(cue.start_ms).saturating_sub(self.at);
        let end = self.at + silence + length;
        let late = end.saturating_sub(sample(cue.end_ms));
        self.cues += 1;
        if hurry > 1.0 {
            self.hurried += 1;
            self.fastest = self.fastest.max(hurry);
        }
        // A step of the sample rate is not heard.
        if late > u64::from(self.sample_rate / 100) {
            self.late += 1;
            self.latest = self.latest.max((late, cue.start_ms));
        }
        self.at = end;
        silence
    }

    /// Places a sound of so many samples right after the one before. Gives the silence before it: none.
    pub(super) fn follow(&mut self, length: u64) -> u64 {
        self.at += length;
        0
    }

    /// What a user should know, as sentences.
    pub(super) fn notes(&self) -> Vec<Message> {
        let mut notes = Vec::new();
        if self.hurried > 0 {
            let Fit { hurried, cues, fastest, .. } = self;
            notes.push(message!("{hurried} of {cues} subtitles are spoken faster so that they fit their times, at most \
                 {fastest} times as fast", hurried, cues, fastest = format_args!("{fastest:.2}")));
        }
        if self.late > 0 {
            let Fit { late, cues, latest: (samples, start_ms), .. } = self;
            let seconds = *samples as f64 / f64::from(self.sample_rate);
            let (minutes, rest) = (start_ms / 60_000, f64::from(start_ms % 60_000) / 1000.0);
            notes.push(message!(
                "{late} of {cues} subtitles are too long for their times and end late, by up to \
                 {seconds} s (that at {minutes}:{rest}); shorten them",
                late,
                cues,
                seconds = format_args!("{seconds:.1}"),
                minutes,
                rest = format_args!("{rest:04.1}")
            ));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_placed_at_their_times_or_as_soon_as_possible() {
        let mut fit = Fit::new(1000);
        let cue = |start_ms, end_ms| Cue { start_ms, end_ms };
        assert_eq!(fit.place(cue(500, 1500), 1000, 1.0), 500);
        assert_eq!(fit.place(cue(2000, 3000), 1700, 2.0), 500);
        assert_eq!(fit.place(cue(3000, 4000), 300, 1.0), 0);
        assert_eq!(fit.follow(100), 0);
        assert_eq!(
            fit.notes(),
            [
                "1 of 3 subtitles are spoken faster so that they fit their times, at most 2.00 times as \
                 fast",
                "1 of 3 subtitles are too long for their times and end late, by up to 0.7 s (that at \
                 0:02.0); shorten them"
            ]
        );
    }
}
