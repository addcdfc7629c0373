//! In place of neural voices, where the library is built without its feature `piper`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use super::engine::Engine;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::voice_settings::VoiceSettings;

/// A neural voice is an error.
pub(super) fn open(
    settings: &VoiceSettings,
    _worker: Option<&Path>,
) -> Result<Arc<dyn Engine>, Error> {
    Err(Error::voice(message!(
        "{settings} is a neural voice, and this program was built without those: build it with its feature \
         `piper`, or take another voice",
        settings = settings.name
    )))
}

/// Runs a model, if this process was started to do that: never, as there are none.
#[must_use]
pub fn run_worker() -> Option<ExitCode> {
    None
}
