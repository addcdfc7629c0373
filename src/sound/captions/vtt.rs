//! WebVTT: <https://www.w3.org/TR/webvtt1/>, sections 4.1 (the file) and 4.2 (cue text).

use std::io::{self, Write};

use quick_xml::escape::partial_escape;

use crate::model::take::Times;

use super::cues::{Cue, Layout};
use super::info::{CaptionInfo, SYNTHETIC};
use super::row::Row;
use super::text::{one_line, parts};
use super::writer::{self, Notation};

/// The row of the table; its media type is registered with IANA.
pub(super) static ROW: Row = Row {
    name: "vtt",
    extension: "vtt",
    mime: "text/vtt",
    about: "WebVTT",
    has_phones: false,
    start: |out, _, info| writer::start(out, Vtt, info),
};

/// What is said of times that are estimated; `docs/captions.md` states by how much they err.
const ESTIMATED: &str = "Thời điểm của từng từ được ước lượng (word times are estimated)";

struct Vtt;

impl Notation for Vtt {
    /// 65 characters are what the podcast namespace recommends (Transcript File Format Details,
    /// WebVTT), counted as a reader sees them, before escaping. A second line costs more than another
    /// cue, so that breath groups stay separate.
    fn layout(&self) -> Layout {
        Layout { characters: 65, second_line: Some(20) }
    }

    /// The language comes after the file's magic, the one place of the header where the standard
    /// allows any text.
    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()> {
        writeln!(out, "WEBVTT Kind: captions; Language: {}\n", one_line(&info.language))?;
        let title = info.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        writeln!(out, "NOTE")?;
        if let Some(title) = title {
            writeln!(out, "{}", partial_escape(&*title))?;
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
        // `&`, `<` and `>` as references, so that nothing in a line is a tag or an arrow.
        cue.lines.iter().try_for_each(|line| writeln!(out, "{}", partial_escape(&**line)))
    }
}

fn time(ms: u64) -> String {
    let (hours, minutes, seconds, ms) = parts(ms);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{ms:03}")
}
