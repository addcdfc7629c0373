//! SubRip. It has no standard; this is what players agree on: UTF-8 without a byte order mark, lines
//! that end in `\n`, cues numbered from 1, a comma before the milliseconds, a blank line after each
//! cue. There is no way to escape anything, so the one thing that could be taken for a time, an
//! arrow, is drawn as one character.

use std::io::{self, Write};

use super::{CaptionInfo, Cue, Layout, Notation, parts};

#[derive(Default)]
pub(super) struct Srt {
    /// Cues written.
    number: usize,
}

impl Notation for Srt {
    /// Two lines of 32 characters are what the podcast namespace asks for (Transcript File Format
    /// Details, SRT). Most breath groups need both, so the second one is cheap.
    fn layout(&self) -> Layout {
        Layout { characters: 32, second_line: Some(8) }
    }

    /// There is no header, and no comment in which anything could be told.
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
