//! How an episode sounds: its length, and whether it is as loud as its preset asks.

use std::path::Path;

use crate::model::error::Error;
use crate::model::message::Message;
use crate::sound::master::{self, Preset};

/// Measures sounds against a preset of loudness.
pub(super) struct Judge(Preset);

impl Judge {
    /// # Errors
    /// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if there is no such preset.
    pub(super) fn new(loudness: &str) -> Result<Judge, Error> {
        loudness.parse().map(Judge)
    }

    /// The length of a sound in seconds, and what is wrong with it by the preset.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::model::error::ErrorKind::Input) if it cannot be decoded.
    pub(super) fn measure(&self, file: &Path) -> Result<(f64, Vec<Message>), Error> {
        let measured = master::verify(file)?;
        Ok((measured.duration_ms / 1000.0, self.0.faults(&measured)))
    }
}
