//! Voices: from an utterance to its sound.

mod engine;
mod engines;
pub mod espeak;
pub mod install;
mod installed;
pub mod parametric;
#[cfg(feature = "piper")]
pub mod piper;
#[cfg(not(feature = "piper"))]
#[path = "no_piper.rs"]
mod piper;
mod tone;

pub use self::engine::{Engine, EngineInfo};
pub use self::engines::{Engines, voice_names};
pub use self::installed::{FOLDER_VARIABLE, folder, installed, is_name};
pub use self::piper::run_worker;
pub use self::tone::{NAME as TONE, Sine};
