//! In place of voices of servers, where the library is built without its feature `net`.

use std::sync::Arc;

use super::engine::Engine;
use super::means::Means;
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::voice_settings::VoiceSettings;

/// A voice of a server is an error.
pub(super) fn open(settings: &VoiceSettings, _means: &Means) -> Result<Arc<dyn Engine>, Error> {
    Err(Error::voice(message!(
        "{settings} is the voice of a server, and this program was built without the network: build it with its \
         feature `net`, or take another voice",
        settings = settings.name
    )))
}
