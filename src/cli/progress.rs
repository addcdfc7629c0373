//! The progress bar, shown where a person is watching.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// How far the steps of something have come.
pub(super) const STEPS: &str = "{msg} {pos}/{len} {eta}";

/// How far a download has come.
pub(super) const BYTES: &str = "{bytes}/{total_bytes} {bytes_per_sec} {eta}";

/// A bar that counts in this way, or none where it is not wanted or nobody is watching.
pub(super) fn bar(is_wanted: bool, counted: &str) -> ProgressBar {
    if !is_wanted || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(&format!("{{prefix}} {{wide_bar}} {counted}"));
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
