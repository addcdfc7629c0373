//! What whoever speaks has to offer.

use crate::model::digest::Digest;
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::phrase::Dialect;
use crate::model::take::{Take, Times};
use crate::model::units::Millis;
use crate::model::utterance::Utterance;

/// A voice that is ready. It speaks utterances, each by itself, so that any number can be spoken at
/// once, on any threads. The same utterance gives the same [`Take`] every time, unless it is a server that
/// speaks: what that does is its own affair.
pub trait Engine: Send + Sync {
    /// What is known of the voice.
    fn info(&self) -> &EngineInfo;

    /// What identifies the sound of an utterance: the program and its version, the voice, its
    /// settings, and all that this utterance gives it. What has the same key sounds the same. It takes
    /// far less time than to speak.
    ///
    /// # Errors
    /// As [`Engine::speak`], where the analysis fails.
    fn key(&self, utterance: &Utterance) -> Result<Digest, Error>;

    /// Speaks an utterance. The take may have another sample rate than [`EngineInfo::sample_rate`] where
    /// that is not known before: whoever takes it brings it there.
    ///
    /// # Errors
    /// Of kind `Voice` if the voice fails, of kind `Program` if a program that it needs does, and of
    /// kind `Request` if the utterance cannot be spoken.
    fn speak(&self, utterance: &Utterance) -> Result<Take, Error>;

    /// The sounds of each word of an utterance, where the voice knows how long each lasts; no words where it
    /// does not.
    fn phones(&self, _utterance: &Utterance) -> Vec<Vec<PhoneLength>> {
        Vec::new()
    }

    /// What a user should know and was not yet reported, as sentences.
    fn warnings(&self) -> Vec<Message>;
}

/// A sound of a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhoneLength {
    /// Its symbol in the International Phonetic Alphabet.
    pub symbol: &'static str,
    /// How long it lasts, more than 0, in milliseconds of the utterance as the voice speaks it.
    pub length: Millis,
}

/// What is known of a voice before it speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineInfo {
    /// The name of the voice.
    pub name: String,
    /// Samples per second of what it speaks, or of what is kept of it.
    pub sample_rate: u32,
    /// The dialect it speaks.
    pub dialect: Dialect,
    /// How the times of words are known.
    pub times: Times,
    /// What identifies the program, its version, the voice and its settings.
    pub digest: Digest,
}

impl EngineInfo {
    /// The digest of an engine: that of this program's version and of all the engine names.
    pub(super) fn digest_of(parts: &[&[u8]]) -> Digest {
        let version: &[u8] = env!("CARGO_PKG_VERSION").as_bytes();
        Digest::of_parts(&[&[version], parts].concat())
    }

    /// The key of an utterance of which the engine uses this content. How many words it has counts too:
    /// a take has times for each, those that are not heard included.
    pub(super) fn key_of(&self, utterance: &Utterance, content: &[u8]) -> Digest {
        let words = utterance.words.len() as u64;
        Digest::of_parts(&[self.digest.bytes(), &words.to_le_bytes(), content])
    }
}
