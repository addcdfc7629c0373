//! Captions: the source text of a narration with its times, for players.
//!
//! `atoms` makes a sentence's printed text into pieces that know when they are heard; `cues` joins
//! them to cues and lines within a layout's limits; `timing` says how long each stays; and each
//! format is one file with a row of [`FORMATS`]. What is shown is what is printed, never what is said
//! for it: 18/02/2019 stays 18/02/2019 while its eleven words are heard.

mod ass;
mod atoms;
mod cues;
mod info;
mod json;
mod lrc;
mod row;
mod srt;
mod text;
mod textgrid;
mod timing;
mod transcript;
mod vtt;
mod writer;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::info::CaptionInfo;
pub use self::json::{read_marks, sentences};
pub use self::row::MarkSink;
use self::row::Row;
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The formats of captions and marks.
pub const FORMATS: &[Captions] = &[
    Captions::VTT,
    Captions::SRT,
    Captions(&ass::ROW),
    Captions(&lrc::ROW),
    Captions::JSON,
    Captions::TRANSCRIPT,
    Captions(&textgrid::ROW),
];

/// A format of captions or marks.
#[derive(Clone, Copy)]
pub struct Captions(&'static Row);

impl Captions {
    /// WebVTT: lines of at most 65 characters.
    pub const VTT: Captions = Captions(&vtt::ROW);

    /// SubRip: at most two lines of 32 characters.
    pub const SRT: Captions = Captions(&srt::ROW);

    /// When each sentence and word is heard; [`read_marks`] reads it back.
    pub const JSON: Captions = Captions(&json::ROW);

    /// The transcript of the Podcasting 2.0 namespace, as JSON.
    pub const TRANSCRIPT: Captions = Captions(&transcript::ROW);

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// How the names of its files end, after the name of the sound without its own ending.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.0.extension
    }

    /// Its media type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        self.0.mime
    }

    /// Whether it says when each sound of a word is heard, where the voice knows.
    #[must_use]
    pub fn has_phones(self) -> bool {
        self.0.has_phones
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.0.about
    }

    /// The format that a file's name asks for, by its ending in letters of any case;
    /// `.transcript.json` asks for a transcript, any other `.json` for marks.
    ///
    /// # Errors
    /// `ErrorKind::Request` if it asks for none.
    pub fn of(path: &Path) -> Result<Captions, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let asked = |format: &&Captions| {
            let stem = name.strip_suffix(&*format.extension().to_lowercase());
            stem.is_some_and(|stem| stem.ends_with('.'))
        };
        let found = FORMATS.iter().filter(asked).max_by_key(|format| format.extension().len());
        found.copied().ok_or_else(|| {
            let endings = FORMATS.iter().map(|format| format!(".{}", format.extension()));
            Error::request(message!(
                "{path}: the name of a file of captions ends in {endings}",
                path = path.display(),
                endings = Message::any_of(&endings.collect::<Vec<_>>())
            ))
        })
    }
}

/// Starts captions or marks in a format for sound of `sample_rate` samples per second. They are
/// whole once [`MarkSink::finish`] is done.
///
/// # Errors
/// As the output.
pub fn create<'a>(
    out: &'a mut dyn Write,
    format: Captions,
    sample_rate: u32,
    info: &CaptionInfo,
) -> io::Result<Box<dyn MarkSink + 'a>> {
    (format.0.start)(out, sample_rate, info)
}

/// By name.
impl PartialEq for Captions {
    fn eq(&self, other: &Captions) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Captions {}

impl fmt::Display for Captions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Captions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By name.
impl FromStr for Captions {
    type Err = Error;

    fn from_str(name: &str) -> Result<Captions, Error> {
        let found = FORMATS.iter().find(|format| format.name() == name);
        found.copied().ok_or_else(|| {
            let names = FORMATS.iter().map(|format| format.name().to_owned());
            Error::request(message!(
                "no format of captions `{name}`: choose {names}",
                name,
                names = Message::any_of(&names.collect::<Vec<_>>())
            ))
        })
    }
}

/// By name.
impl Serialize for Captions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// By name.
impl<'de> Deserialize<'de> for Captions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Captions, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_and_by_ending() {
        for format in FORMATS {
            assert_eq!(format.name().parse::<Captions>().unwrap(), *format);
            let path = format!("bài.{}", format.extension().to_uppercase());
            assert_eq!(Captions::of(Path::new(&path)).unwrap(), *format);
            let json = serde_json::to_string(format).unwrap();
            assert_eq!(serde_json::from_str::<Captions>(&json).unwrap(), *format);
        }
        let error = "ssa".parse::<Captions>().unwrap_err().to_string();
        assert!(error.contains("`ssa`") && error.contains("transcript or textgrid"), "{error}");
        for path in ["a.txt", "vtt", "", "a.vtt/"] {
            let found = Captions::of(Path::new(path));
            assert_eq!(found.is_err(), path != "a.vtt/", "{path}");
        }
    }
}
