//! The audio formats there are.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::row::{Bitrates, Row, UsualRate};
use super::{flac, mp3, mp4, opus, wav};
use crate::model::error::Error;
use crate::model::message::{Message, message};

/// The formats, whether this program was built to write them or not.
pub const FORMATS: &[Format] = &[
    Format::WAV,
    Format(&flac::ROW),
    Format(&mp3::ROW),
    Format(&mp4::M4A),
    Format(&mp4::M4B),
    Format(&opus::ROW),
];

/// The first format that every player and browser plays and that this program was built to write.
#[must_use]
pub fn usual() -> Format {
    let plays = |format: &&Format| format.is_universal() && format.check_built().is_ok();
    FORMATS.iter().find(plays).copied().unwrap_or(Format::WAV)
}

/// A format of audio files.
#[derive(Clone, Copy)]
pub struct Format(pub(super) &'static Row);

impl Format {
    /// Uncompressed 16-bit samples.
    pub const WAV: Format = Format(&wav::ROW);

    /// Its name, which is also the usual extension of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What people call it, such as `MP3`.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.0.label
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn about(self) -> &'static str {
        self.0.about
    }

    /// How the names of its files end, without the full stop; the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.0.extensions
    }

    /// The media type of its files.
    #[must_use]
    pub fn mime(self) -> &'static str {
        self.0.mime
    }

    /// The format of a file by its extension, in letters of any case.
    ///
    /// # Errors
    /// `ErrorKind::Request` if it has none or one of no known format.
    pub fn of(path: &Path) -> Result<Format, Error> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let found = FORMATS.iter().find(|format| format.extensions().contains(&&*extension));
        found.copied().ok_or_else(|| {
            let extensions: Vec<_> =
                FORMATS.iter().map(|format| format!(".{}", format.extensions()[0])).collect();
            Error::request(message!("{path} does not say which audio format is wanted: give it one of the extensions {extensions}", path = path.display(), extensions = Message::any_of(&extensions)))
        })
    }

    /// Whether what is heard differs from what was written.
    #[must_use]
    pub fn is_lossy(self) -> bool {
        self.0.lossy
    }

    /// Whether every player of podcasts and every browser plays it (Apple, "A Podcaster's Guide to
    /// RSS", enclosure).
    #[must_use]
    pub fn is_universal(self) -> bool {
        self.0.universal
    }

    /// Whether this program was built to write it.
    ///
    /// # Errors
    /// `ErrorKind::Request` if not, with the formats that it writes.
    pub fn check_built(self) -> Result<(), Error> {
        let Some(feature) = self.0.missing_feature else { return Ok(()) };
        let built = FORMATS.iter().filter(|format| format.0.missing_feature.is_none());
        let others: Vec<_> = built.map(|format| format!(".{}", format.extensions()[0])).collect();
        Err(Error::request(message!(
            "this docbao was built without the encoder of {label}; build it with `cargo install docbao \
             --features {feature}`, or choose {others}",
            label = self.label(),
            feature,
            others = Message::any_of(&others)
        )))
    }

    /// How much the true peak is to stay below what is asked of the file, in dB, because lossy
    /// encoding moves peaks.
    #[must_use]
    pub fn headroom_db(self) -> f64 {
        self.0.headroom_db
    }

    /// The sample rates that can be chosen.
    #[must_use]
    pub fn sample_rates(self) -> &'static [u32] {
        self.0.sample_rates
    }

    /// The sample rate of files for a voice of `voice_rate`, if none is chosen.
    #[must_use]
    pub fn usual_rate(self, voice_rate: u32) -> u32 {
        match self.0.usual_rate {
            UsualRate::Voice => voice_rate,
            UsualRate::VoiceOr(_) if self.sample_rates().contains(&voice_rate) => voice_rate,
            UsualRate::VoiceOr(rate) | UsualRate::Always(rate) => rate,
        }
    }

    /// The bitrates that can be chosen at a sample rate, in kbit/s; none if it has no bitrate.
    #[must_use]
    pub fn bitrates(self, sample_rate: u32) -> &'static [u32] {
        self.bitrates_at(sample_rate).map_or(&[], |bitrates| bitrates.choices)
    }

    /// The bitrate at a sample rate if none is chosen, in kbit/s.
    #[must_use]
    pub fn usual_bitrate(self, sample_rate: u32) -> Option<u32> {
        self.bitrates_at(sample_rate).map(|bitrates| bitrates.usual)
    }

    fn bitrates_at(self, sample_rate: u32) -> Option<&'static Bitrates> {
        self.0.bitrates.iter().find(|bitrates| sample_rate >= bitrates.from)
    }
}

/// By name.
impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// By name.
impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        let found = FORMATS.iter().find(|format| format.name() == name);
        found.copied().ok_or_else(|| {
            let names: Vec<_> = FORMATS.iter().map(|format| format.name().to_owned()).collect();
            let names = Message::all_of(&names);
            Error::request(message!(
                "there is no audio format {name}: there are {names}",
                name,
                names
            ))
        })
    }
}

/// By name.
impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// By name.
impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Format, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}
