//! A format, and what was chosen of it.

use serde::{Deserialize, Serialize};

use super::format::Format;
use crate::model::error::Error;
use crate::model::message::message;

/// How a file is to be encoded: a format and choices that it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Choices")]
pub struct Encoding {
    format: Format,
    sample_rate: Option<u32>,
    bitrate: Option<u32>,
}

/// A format and choices that it may not allow.
#[derive(Deserialize)]
struct Choices {
    format: Format,
    sample_rate: Option<u32>,
    bitrate: Option<u32>,
}

impl TryFrom<Choices> for Encoding {
    type Error = Error;

    fn try_from(choices: Choices) -> Result<Encoding, Error> {
        Encoding::new(choices.format, choices.sample_rate, choices.bitrate)
    }
}

impl Encoding {
    /// A format, with a sample rate and a bitrate in kbit/s if they are not to be the usual ones.
    ///
    /// # Errors
    /// `ErrorKind::Request` if the format has no such rate, with those it has; or if this program
    /// was built without its encoder.
    pub fn new(
        format: Format,
        sample_rate: Option<u32>,
        bitrate: Option<u32>,
    ) -> Result<Encoding, Error> {
        format.check_built()?;
        if let Some(rate) = sample_rate.filter(|rate| !format.sample_rates().contains(rate)) {
            return Err(Error::request(message!(
                "{format} files cannot have {rate} samples per second: choose one of {sample_rates}",
                format = format.name(),
                rate,
                sample_rates = list(format.sample_rates())
            )));
        }
        let encoding = Encoding { format, sample_rate, bitrate };
        let rate = encoding.output_rate(48_000);
        let allowed = format.bitrates(rate);
        if let Some(bitrate) = bitrate.filter(|bitrate| !allowed.contains(bitrate)) {
            return Err(Error::request(if allowed.is_empty() {
                message!(
                    "{format} files have no bitrate to choose: they lose nothing",
                    format = format.name()
                )
            } else {
                message!(
                    "{format} files of {rate} samples per second cannot have {bitrate} kbit/s: \
                     choose one of {allowed}",
                    format = format.name(),
                    rate,
                    bitrate,
                    allowed = list(allowed)
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

    /// Samples per second of the file, for a voice of `voice_rate`.
    #[must_use]
    pub fn output_rate(&self, voice_rate: u32) -> u32 {
        self.sample_rate.unwrap_or_else(|| self.format.usual_rate(voice_rate))
    }

    /// Its bitrate in kbit/s, if it has one.
    #[must_use]
    pub fn bitrate(&self) -> Option<u32> {
        self.bitrate.or_else(|| self.format.usual_bitrate(self.output_rate(48_000)))
    }
}

fn list(values: &[u32]) -> String {
    values.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
