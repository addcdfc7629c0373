//! Captions: the source text of a narration with its times, for players.
//!
//! `atoms` makes a sentence's printed text into pieces that know when they are heard; `cues` joins
//! them to cues and lines within a layout's limits; `timing` says how long each stays; and each
//! format is one file that writes cues down. What is shown is what is printed, never what is said
//! for it: 18/02/2019 stays 18/02/2019 while its eleven words are heard.

mod atoms;
mod cues;
mod lrc;
mod srt;
mod timing;
mod transcript;
mod vtt;

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use self::cues::{Cue, Layout};
use self::timing::Timing;
use crate::files::Sealed;
use crate::model::error::Error;
use crate::model::take::Times;
use crate::sound::marks::{MarksWriter, SentenceMark};
use crate::sound::text_file::TextFile;

/// A file that takes the sentences of a narration as they are spoken. It appears under its name when
/// what [`MarkSink::seal`] gives is published; dropped before, it leaves nothing behind.
pub trait MarkSink {
    /// Takes the next sentence.
    ///
    /// # Errors
    /// [`Error::Write`] if the disk is full.
    fn write(&mut self, sentence: &SentenceMark) -> Result<(), Error>;

    /// Completes the file; it waits for its name.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be completed; nothing is left behind.
    fn seal(self: Box<Self>) -> Result<Sealed, Error>;
}

impl MarkSink for MarksWriter {
    fn write(&mut self, sentence: &SentenceMark) -> Result<(), Error> {
        MarksWriter::write(self, sentence)
    }

    fn seal(self: Box<Self>) -> Result<Sealed, Error> {
        MarksWriter::seal(*self)
    }
}

/// The formats of captions and marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Captions {
    /// WebVTT: lines of at most 65 characters.
    Vtt,
    /// SubRip: at most two lines of 32 characters.
    Srt,
    /// Lyrics with the time of each line.
    Lrc,
    /// When each sentence and word is heard, as [`MarksWriter`] writes it.
    Json,
    /// The transcript of the Podcasting 2.0 namespace, as JSON.
    Transcript,
}

impl Captions {
    /// Every format.
    pub const ALL: [Captions; 5] =
        [Captions::Vtt, Captions::Srt, Captions::Lrc, Captions::Json, Captions::Transcript];

    /// The name used on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Captions::Vtt => "vtt",
            Captions::Srt => "srt",
            Captions::Lrc => "lrc",
            Captions::Json => "json",
            Captions::Transcript => "transcript",
        }
    }

    /// How the names of its files end, after the name of the sound without its own ending.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Captions::Transcript => "transcript.json",
            other => other.name(),
        }
    }

    /// Its media type: as registered with IANA for WebVTT and JSON, and as the podcast namespace
    /// names SubRip; lyrics have none of their own.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Captions::Vtt => "text/vtt",
            Captions::Srt => "application/x-subrip",
            Captions::Lrc => "text/plain",
            Captions::Json | Captions::Transcript => "application/json",
        }
    }

    /// The format that a file's name asks for, by its ending in letters of any case;
    /// `.transcript.json` asks for a transcript, any other `.json` for marks.
    ///
    /// # Errors
    /// [`Error::Usage`] if it asks for none.
    pub fn of(path: &Path) -> Result<Captions, Error> {
        let name = path.file_name().map_or_else(String::new, lower);
        let asked = |format: &Captions| {
            let stem = name.strip_suffix(format.extension());
            stem.is_some_and(|stem| stem.ends_with('.'))
        };
        let longest = Captions::ALL.into_iter().rev().find(asked);
        longest.ok_or_else(|| {
            Error::request(format!(
                "{}: the name of a file of captions ends in {}",
                path.display(),
                listed(|format| format!(".{}", format.extension()))
            ))
        })
    }

    /// Starts a file in this format for sound of `sample_rate` samples a second.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be created, or the disk is full.
    pub fn create(
        self,
        path: &Path,
        sample_rate: u32,
        info: &CaptionInfo,
    ) -> Result<Box<dyn MarkSink>, Error> {
        let notation: Box<dyn Notation> = match self {
            Captions::Json => {
                return Ok(Box::new(MarksWriter::create(path, sample_rate, info.times)?));
            }
            Captions::Vtt => Box::new(vtt::Vtt),
            Captions::Srt => Box::new(srt::Srt::default()),
            Captions::Lrc => Box::new(lrc::Lrc),
            Captions::Transcript => Box::new(transcript::Transcript::default()),
        };
        Ok(Box::new(CaptionWriter::create(path, notation, info)?))
    }
}

/// By its [`name`](Captions::name).
impl FromStr for Captions {
    type Err = Error;

    fn from_str(name: &str) -> Result<Captions, Error> {
        Captions::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            Error::request(format!(
                "no format of captions `{name}`: choose {}",
                listed(|format| format.name().to_owned())
            ))
        })
    }
}

fn lower(name: &OsStr) -> String {
    name.to_string_lossy().to_lowercase()
}

fn listed(what: impl Fn(Captions) -> String) -> String {
    let mut names = Captions::ALL.map(what).to_vec();
    let last = names.pop().unwrap_or_default();
    format!("{} or {last}", names.join(", "))
}

/// What a file of captions says of the narration it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionInfo {
    /// The title of the article.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The show or the collection it belongs to.
    pub album: Option<String>,
    /// Who speaks, for transcripts: the name of the voice, or of the show.
    pub speaker: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// How the times of words are known.
    pub times: Times,
}

impl Default for CaptionInfo {
    /// Nothing but the language, Vietnamese.
    fn default() -> CaptionInfo {
        CaptionInfo {
            title: None,
            author: None,
            album: None,
            speaker: None,
            language: "vi".to_owned(),
            times: Times::Exact,
        }
    }
}

/// What listeners are told: no person speaks.
const SYNTHETIC: &str = "Giọng đọc do máy tổng hợp (synthetic voice), docbao";

/// How a format writes cues down.
trait Notation {
    /// How much text a cue has room for.
    fn layout(&self) -> Layout;
    /// Writes what stands before the first cue.
    fn begin(&mut self, out: &mut dyn Write, info: &CaptionInfo) -> io::Result<()>;
    /// Writes the next cue.
    fn cue(&mut self, out: &mut dyn Write, cue: &Cue) -> io::Result<()>;
    /// Writes what stands after the last cue.
    fn end(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A file of captions in some notation. It holds one sentence at a time.
struct CaptionWriter {
    file: TextFile,
    notation: Box<dyn Notation>,
    timing: Timing,
}

impl CaptionWriter {
    fn create(
        path: &Path,
        mut notation: Box<dyn Notation>,
        info: &CaptionInfo,
    ) -> Result<CaptionWriter, Error> {
        let mut file = TextFile::create(path)?;
        file.put(|out| notation.begin(out, info))?;
        Ok(CaptionWriter { file, notation, timing: Timing::default() })
    }
}

impl MarkSink for CaptionWriter {
    fn write(&mut self, sentence: &SentenceMark) -> Result<(), Error> {
        for cue in cues::of_sentence(sentence, self.notation.layout()) {
            if let Some(settled) = self.timing.settle(cue) {
                self.file.put(|out| self.notation.cue(out, &settled))?;
            }
        }
        Ok(())
    }

    fn seal(self: Box<Self>) -> Result<Sealed, Error> {
        let CaptionWriter { mut file, mut notation, timing } = *self;
        if let Some(last) = timing.last() {
            file.put(|out| notation.cue(out, &last))?;
        }
        file.put(|out| notation.end(out))?;
        file.seal()
    }
}

/// A time apart in hours, minutes, seconds and milliseconds.
fn parts(ms: u64) -> (u64, u64, u64, u64) {
    (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

/// A text on one line, without characters that are no text.
fn one_line(text: &str) -> String {
    let shown = text.split(|c: char| c.is_whitespace() || c.is_control());
    shown.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_and_by_ending() {
        for format in Captions::ALL {
            assert_eq!(format.name().parse::<Captions>().unwrap(), format);
            let path = format!("bài.{}", format.extension().to_uppercase());
            assert_eq!(Captions::of(Path::new(&path)).unwrap(), format);
        }
        let error = "ass".parse::<Captions>().unwrap_err().to_string();
        assert!(error.contains("`ass`") && error.contains("lrc, json or transcript"), "{error}");
        for path in ["a.txt", "vtt", "", "a.vtt/"] {
            let found = Captions::of(Path::new(path));
            assert_eq!(found.is_err(), path != "a.vtt/", "{path}");
        }
    }
}
