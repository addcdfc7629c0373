//! SubRip. It has no standard; this is what players agree on: UTF-8 without a byte order mark, lines
//! that end in `\n`, cues numbered from 1, a comma before the milliseconds, a blank line after each
//! cue. There is no way to escape anything, so the one thing that could be taken for a time, an
//! arrow, is drawn as one character.

use std::io::{self, Write};

use super::cues::{Cue, Layout};
use super::info::CaptionInfo;
use super::row::Row;
use super::text::parts;
use super::writer::{self, Notation};

/// The row of the table; its media type is the podcast namespace's.
pub(super) static ROW: Row = Row {
    name: "srt",
    extension: "srt",
    mime: "application/x-subrip",
    about: "SubRip",
    has_phones: false,
    start: |out, _, info| writer::start(out, Srt::default(), info),
};

#[derive(Default)]
struct Srt {
    /// Cues written.
    number: usize,
}

impl Notation for Srt {
    /// Two lines of 32 characters are what the podcast namespace asks for (Transcript File Format
    /// Details, SRT). Most breath groups need both, so the second one is cheap.
    fn layout(&self) -> Layout {
        Layout { characters: 32, second_line: Some(8) }
    }

    /// There is no header, and no comment in which anything could be said.
    fn begin(&mut self, _out: &mut dyn Write, _info: &CaptionInfo) -> io::Result<()> {
        Ok(())
    }

    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
        self.number += 1;
        writeln!(out, "{}\n{} --> {}", self.number, time(cue.start), time(cue.end))?;
        cue.lines.iter().try_for_each(|line| writeln!(out, "{}", line.replace("-->", "→")))?;
        writeln!(out)
    }
}

fn time(ms: u64) -> String {
    let (hours, minutes, seconds, ms) = parts(ms);
    format!("{hours:02}:{minutes:02}:{seconds:02},{ms:03}")
}
