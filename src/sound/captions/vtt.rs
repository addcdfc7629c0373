//! WebVTT: <https://www.w3.org/TR/webvtt1/>, sections 4.1 (the file) and 4.2 (cue text).

use std::io::{self, Write};

use crate::model::take::Times;

use super::{CaptionInfo, Cue, Layout, Notation, SYNTHETIC, one_line, parts};

/// What is said of times that are estimated; `docs/captions.md` states by how much they err.
const ESTIMATED: &str = "Thời điểm của từng từ được ước lượng (word times are estimated)";

pub(super) struct Vtt;

impl Notation for Vtt {
    /// 65 characters are what the podcast namespace recommends (Transcript File Format Details,
    /// WebVTT), counted as a reader sees them, before escaping. A second line costs more than another
    /// cue, so that breath groups stand apart.
    fn layout(&self) -> Layout {
        Layout { characters: 65, second_line: Some(20) }
    }

    /// The language stands behind the file's magic, the one place of the header where the standard
    /// allows any text.
    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()> {
        writeln!(out, "WEBVTT Kind: captions; Language: {}\n", one_line(&info.language))?;
        let title = info.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        writeln!(out, "NOTE")?;
        if let Some(title) = title {
            writeln!(out, "{}", escaped(&title))?;
        }
        writeln!(out, "{SYNTHETIC}")?;
        match info.times {
            Times::Exact | Times::Model => Ok(()),
            Times::Estimated => writeln!(out, "{ESTIMATED}"),
        }
    }

    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
        writeln!(out, "\n{}.{}", cue.sentence + 1, cue.part + 1)?;
        writeln!(out, "{} --> {}", time(cue.start), time(cue.end))?;
        cue.lines.iter().try_for_each(|line| writeln!(out, "{}", escaped(line)))
    }
}

fn time(ms: u64) -> String {
    let (hours, minutes, seconds, ms) = parts(ms);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{ms:03}")
}

/// Cue text: `&`, `<` and `>` are written as references, so that nothing in it is a tag or an arrow.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
