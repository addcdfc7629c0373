//! The transcript of the Podcasting 2.0 namespace as JSON, version 1.0.0 (Transcript File Format
//! Details, JSON): a segment for each cue, times in seconds. Its words are in the marks.

use std::io::{self, Write};

use serde::Serialize;

use super::cues::{Cue, Layout};
use super::info::CaptionInfo;
use super::row::Row;
use super::text::one_line;
use super::writer::{self, Notation};

/// The row of the table; its media type is registered with IANA.
pub(super) static ROW: Row = Row {
    name: "transcript",
    extension: "transcript.json",
    mime: "application/json",
    about: "for podcasts",
    has_phones: false,
    start: |out, _, info| writer::start(out, Transcript::default(), info),
};

#[derive(Default)]
struct Transcript {
    speaker: Option<String>,
    /// Whether a segment has been written.
    begun: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Segment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    start_time: f64,
    end_time: f64,
    body: &'a str,
}

impl Notation for Transcript {
    /// The cues of WebVTT.
    fn layout(&self) -> Layout {
        Layout { characters: 65, second_line: Some(20) }
    }

    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()> {
        self.speaker = info.speaker.as_deref().map(one_line);
        write!(out, "{{\"version\":\"1.0.0\",\"segments\":[")
    }

    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()> {
        writeln!(out, "{}", if self.begun { "," } else { "" })?;
        self.begun = true;
        let segment = Segment {
            speaker: self.speaker.as_deref(),
            start_time: cue.start as f64 / 1000.0,
            end_time: cue.end as f64 / 1000.0,
            body: &cue.text,
        };
        serde_json::to_writer(out, &segment).map_err(io::Error::from)
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n]}}")
    }
}
