//! Neural voices as Piper has them: a VITS model in an ONNX file, with a JSON beside it.
//!
//! A [`Line`] of phonemes becomes numbers (`ids`), the model makes a sound of them part by part
//! (`vits`), and `assemble` sets the silences that the line asks for. `docs/piper.md` says what was
//! measured.

mod alone;
mod assemble;
mod buffers;
mod config;
mod engine;
mod generator;
mod ids;
mod line;
mod noise;
mod onnx;
mod parts;
mod runtime;
mod vits;
mod voice;

pub use self::config::{Config, Phonemes};
pub(super) use self::engine::{PiperEngine, is_model};
pub use self::line::{Clause, Line};
pub use self::voice::{Piper, Sound};
