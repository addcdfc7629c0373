//! Voices: from an utterance to its sound.

mod engine;
pub mod espeak;
pub mod install;
mod installed;
pub mod memory;
mod neural;
pub mod parametric;
pub mod piper;
mod scored;
mod settings;

pub use self::engine::{Engine, Prepared, open};
pub use self::installed::{FOLDER_VARIABLE, folder, installed, is_name};
pub use self::settings::{NeuralSettings, PhonemesBy, TONE, VoiceSettings, voice_names};
