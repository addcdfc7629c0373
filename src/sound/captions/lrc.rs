//! LRC, lyrics with times. It has no standard; this is what players agree on: tags in brackets, then
//! lines of `[minutes:seconds.hundredths]` and text. Minutes go on past 99.

use std::io::{self, Write};

use super::cues::{Cue, Layout};
use super::info::{CaptionInfo, SYNTHETIC};
use super::row::Row;
use super::text::one_line;
use super::writer::{self, Notation};

/// The row of the table; lyrics have no media type of their own.
pub(super) static ROW: Row = Row {
    name: "lrc",
    extension: "lrc",
    mime: "text/plain",
    about: "lyrics",
    has_phones: false,
    start: |out, _, info| writer::start(out, Lrc, info),
};

struct Lrc;

impl Notation for Lrc {
    /// Players show one line at a time; ours is as long as that of WebVTT.
    fn layout(&self) -> Layout {
        Layout { characters: 65, second_line: None }
    }

    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()> {
        let tags = [
            ("ti", info.title.as_deref()),
            ("ar", info.author.as_deref()),
            ("al", info.album.as_deref()),
            ("la", Some(info.language.as_str())),
            ("by", Some(SYNTHETIC)),
        ];
        for (name, value) in tags {
            let value = one_line(value.unwrap_or_default()).replace(']', ")").replace('[', "(");
            if !value.is_empty() {
                writeln!(out, "[{name}:{value}]")?;
            }
        }
        writeln!(out)
    }

    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
        let text = &cue.text;
        // A bracket right after the time would be taken for another tag.
        let space = if text.starts_with('[') { " " } else { "" };
        writeln!(out, "[{}]{space}{text}", time(cue.start))
    }
}

fn time(ms: u64) -> String {
    let hundredths = ms / 10;
    format!("{:02}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_go_on_past_an_hour_and_past_a_hundred() {
        assert_eq!(time(0), "00:00.00");
        assert_eq!(time(61_239), "01:01.23");
        assert_eq!(time(36_000_000), "600:00.00");
    }
}
