//! Texts and times as several formats have them.

/// A time in hours, minutes, seconds and milliseconds.
pub(super) fn parts(ms: u64) -> (u64, u64, u64, u64) {
    (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// A text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let shown = text.split(|c: char| c.is_whitespace() || c.is_control());
    shown.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
