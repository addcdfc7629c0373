//! Voices: from an utterance to its sound.

mod engine;
mod engines;
pub mod espeak;
#[cfg(any(feature = "net", feature = "piper"))]
mod estimate;
#[cfg(feature = "net")]
mod http;
#[cfg(not(feature = "net"))]
#[path = "no_http.rs"]
mod http;
pub mod install;
mod installed;
mod lanes;
mod means;
pub mod parametric;
#[cfg(feature = "piper")]
pub mod piper;
#[cfg(not(feature = "piper"))]
#[path = "no_piper.rs"]
mod piper;
mod remote_name;
mod tone;

pub use self::engine::{Engine, EngineInfo, PhoneLength};
pub use self::engines::{Engines, voice_names};
pub use self::installed::{FOLDER_VARIABLE, folder, installed, is_name};
pub use self::means::HttpBounds;
pub use self::piper::run_worker;
pub use self::remote_name::remote_name;
pub use self::tone::{NAME as TONE, Sine};
