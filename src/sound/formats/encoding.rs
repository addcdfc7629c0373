//! Which file formats there are, and what can be chosen of each.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::model::error::Error;

/// A format of audio files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Uncompressed 16-bit samples.
    Wav,
    /// The same, compressed without loss.
    Flac,
    /// MPEG Layer III.
    Mp3,
    /// AAC in an MP4 file.
    M4a,
    /// The same, marked as an audiobook.
    M4b,
    /// Opus in an Ogg file.
    Opus,
}

impl Format {
    /// All formats, whether this program was built to write them or not.
    pub const ALL: [Format; 6] =
        [Format::Wav, Format::Flac, Format::Mp3, Format::M4a, Format::M4b, Format::Opus];

    /// Its name, which is also the usual extension of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Wav => "wav",
            Format::Flac => "flac",
            Format::Mp3 => "mp3",
            Format::M4a => "m4a",
            Format::M4b => "m4b",
            Format::Opus => "opus",
        }
    }

    /// The media type of its files (IANA; `audio/mpeg` by RFC 3003, `audio/ogg` by RFC 5334,
    /// `audio/mp4` by RFC 4337, `audio/flac` by RFC 9639).
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Format::Wav => "audio/wav",
            Format::Flac => "audio/flac",
            Format::Mp3 => "audio/mpeg",
            Format::M4a | Format::M4b => "audio/mp4",
            Format::Opus => "audio/ogg",
        }
    }

    /// The format of a file by its extension: `.ogg` is Opus too.
    ///
    /// # Errors
    /// [`Error::Usage`] if it has none or one of no known format.
    pub fn of(path: &Path) -> Result<Format, Error> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "ogg" => Ok(Format::Opus),
            name => name.parse().map_err(|_| {
                Error::request(format!(
                    "{} does not say which audio format is wanted: give it one of the extensions {}",
                    path.display(),
                    names()
                ))
            }),
        }
    }

    /// Whether what is heard differs from what was written.
    #[must_use]
    pub fn is_lossy(self) -> bool {
        !matches!(self, Format::Wav | Format::Flac)
    }

    /// How much the true peak is to stay below what is asked of the file, in dB, because lossy
    /// encoding moves peaks. Measured on speech; docs/audio.md has the figures.
    #[must_use]
    pub fn headroom_db(self) -> f64 {
        match self {
            Format::Wav | Format::Flac => 0.0,
            Format::Mp3 => 0.3,
            Format::Opus => 0.7,
            Format::M4a | Format::M4b => 1.5,
        }
    }

    /// The sample rates that can be chosen: those that MPEG-1, MPEG-2 and MPEG-2.5 Layer III have
    /// in common with all others; Opus has its own (RFC 6716, 2.1.3).
    #[must_use]
    pub fn sample_rates(self) -> &'static [u32] {
        match self {
            Format::Opus => &[8000, 12_000, 16_000, 24_000, 48_000],
            _ => &[8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000],
        }
    }

    /// The sample rate if none is chosen: for files without loss and for Opus, which always plays
    /// at 48 kHz, the voice's own if it can be.
    fn default_rate(self, voice_rate: u32) -> u32 {
        match self {
            Format::Mp3 | Format::M4a | Format::M4b => 44_100,
            Format::Opus if !self.sample_rates().contains(&voice_rate) => 48_000,
            Format::Wav | Format::Flac | Format::Opus => voice_rate,
        }
    }

    /// The bitrates that can be chosen at a sample rate, in kbit/s; none if it has no bitrate.
    #[must_use]
    pub fn bitrates(self, sample_rate: u32) -> &'static [u32] {
        // The rows of Layer III (ISO/IEC 11172-3, 2.4.2.3, and 13818-3) that the encoder offers.
        const LAYER_3: [u32; 13] = [32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        const LAYER_3_LOW: [u32; 12] = [8, 16, 24, 32, 40, 48, 64, 80, 96, 112, 128, 160];
        match self {
            Format::Wav | Format::Flac => &[],
            Format::Mp3 => match sample_rate {
                32_000.. => &LAYER_3,
                16_000.. => &LAYER_3_LOW,
                _ => &LAYER_3_LOW[..7],
            },
            Format::M4a | Format::M4b => match sample_rate {
                32_000.. => &[32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192],
                _ => &[16, 24, 32, 40, 48, 56, 64],
            },
            Format::Opus => &[12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256],
        }
    }

    /// The bitrate if none is chosen, in kbit/s: where speech of one voice no longer gets better to
    /// the ear.
    fn default_bitrate(self, sample_rate: u32) -> Option<u32> {
        match (self, sample_rate) {
            (Format::Wav | Format::Flac, _) => None,
            (Format::Mp3, 32_000..) => Some(96),
            (Format::Mp3, 16_000..) => Some(64),
            (Format::Mp3, _) => Some(32),
            (Format::M4a | Format::M4b, 32_000..) => Some(96),
            (Format::M4a | Format::M4b, _) => Some(48),
            (Format::Opus, _) => Some(48),
        }
    }
}

/// What to say of MP3 in a program without its encoder.
#[cfg(not(feature = "mp3"))]
pub(super) fn without_mp3() -> String {
    "this docbao was built without the MP3 encoder; build it with `cargo install --features mp3`, \
     or choose .m4a, .opus or .flac"
        .to_owned()
}

fn names() -> String {
    Format::ALL.map(|format| format!(".{format}")).join(", ")
}

fn list(values: &[u32]) -> String {
    values.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format, Error> {
        let found = Format::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| {
            let names = Format::ALL.map(Format::name).join(", ");
            Error::request(format!("there is no audio format {name}: there are {names}"))
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How a file is to be encoded: a format and choices that it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    format: Format,
    sample_rate: Option<u32>,
    bitrate: Option<u32>,
}

impl Encoding {
    /// A format, with a sample rate and a bitrate in kbit/s if they are not to be the usual ones.
    ///
    /// # Errors
    /// [`Error::Usage`] if the format has no such rate, with those it has; or if this program was
    /// built without its encoder.
    pub fn new(
        format: Format,
        sample_rate: Option<u32>,
        bitrate: Option<u32>,
    ) -> Result<Encoding, Error> {
        #[cfg(not(feature = "mp3"))]
        if format == Format::Mp3 {
            return Err(Error::request(without_mp3()));
        }
        if let Some(rate) = sample_rate.filter(|rate| !format.sample_rates().contains(rate)) {
            return Err(Error::request(format!(
                "{format} files cannot have {rate} samples a second: choose one of {}",
                list(format.sample_rates())
            )));
        }
        let encoding = Encoding { format, sample_rate, bitrate };
        let rate = encoding.output_rate(48_000);
        let allowed = format.bitrates(rate);
        if let Some(bitrate) = bitrate.filter(|bitrate| !allowed.contains(bitrate)) {
            return Err(Error::request(if allowed.is_empty() {
                format!("{format} files have no bitrate to choose: they lose nothing")
            } else {
                format!(
                    "{format} files of {rate} samples a second cannot have {bitrate} kbit/s: choose \
                     one of {}",
                    list(allowed)
                )
            }));
        }
        Ok(encoding)
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Samples a second of the file, for a voice of `voice_rate`.
    #[must_use]
    pub fn output_rate(&self, voice_rate: u32) -> u32 {
        self.sample_rate.unwrap_or_else(|| self.format.default_rate(voice_rate))
    }

    /// Its bitrate in kbit/s, if it has one.
    #[must_use]
    pub fn bitrate(&self) -> Option<u32> {
        self.bitrate.or_else(|| self.format.default_bitrate(self.output_rate(48_000)))
    }
}
