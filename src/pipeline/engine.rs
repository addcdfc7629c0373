//! What a narrator asks of whoever speaks.

use crate::audio::{Times, Voiced};
use crate::diag::Error;
use crate::digest::Digest;
use crate::phrase::Dialect;
use crate::utterance::Utterance;

/// Speaks utterances, each by itself, so that any number can be spoken at once.
pub(super) trait Engine: Send + Sync {
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
pub(super) struct Prepared<'a> {
    /// All that its sound depends on, besides [`Engine::digest`].
    pub content: Vec<u8>,
    /// Speaks it.
    pub speak: Box<dyn FnOnce() -> Result<Voiced, Error> + 'a>,
}
