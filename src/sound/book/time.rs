//! Times in a book.

use std::fmt;

/// A time in whole milliseconds. Its text form is a full clock value (EPUB 3.3, I Clock values):
/// `0:12:34.567`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(pub u64);

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, ms) = (self.0 / 1000, self.0 % 1000);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours}:{minutes:02}:{seconds:02}.{ms:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_full_clock_values() {
        for (ms, text) in
            [(0, "0:00:00.000"), (754_567, "0:12:34.567"), (36_000_001, "10:00:00.001")]
        {
            assert_eq!(Time(ms).to_string(), text);
        }
    }
}
