//! What a narrator asks of whoever speaks.

use super::neural::{self, Neural};
use super::scored::Scored;
use super::settings::VoiceSettings;
use crate::model::audio::{Times, Voiced};
use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::phrase::Dialect;
use crate::model::utterance::Utterance;

/// Speaks utterances, each by itself, so that any number can be spoken at once.
pub trait Engine: Send + Sync {
    /// The name of the voice.
    fn name(&self) -> &str;

    /// Samples a second.
    fn sample_rate(&self) -> u32;

    /// What identifies the voice and the engine.
    fn digest(&self) -> Digest;

    /// How the times of words are known.
    fn times(&self) -> Times;

    /// The dialect it speaks.
    fn dialect(&self) -> Dialect;

    /// Makes an utterance ready to be spoken, which takes little time.
    fn prepare<'a>(&'a self, utterance: &'a Utterance) -> Result<Prepared<'a>, Error>;

    /// What a user should know and was not yet told, as sentences.
    fn complaints(&self) -> Vec<String>;
}

/// An utterance that is ready to be spoken.
pub struct Prepared<'a> {
    /// All that its sound depends on, besides [`Engine::digest`].
    pub content: Vec<u8>,
    /// Speaks it.
    pub speak: Box<dyn FnOnce() -> Result<Voiced, Error> + 'a>,
}

/// The engine of the voice that the settings name.
///
/// # Errors
/// [`Error::Voice`] or [`Error::Table`] if there is no such voice or its files are damaged;
/// [`Error::Read`] if the files of a voice cannot be read; [`Error::Usage`] if the settings ask for
/// what the voice cannot do.
pub fn open(settings: &VoiceSettings) -> Result<Box<dyn Engine>, Error> {
    Ok(match neural::model_of(&settings.voice) {
        Some(model) => Box::new(Neural::open(&model, settings)?),
        None => Box::new(Scored::open(settings)?),
    })
}
