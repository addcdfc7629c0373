//! Neural voices as Piper has them: a VITS model in an ONNX file, with a JSON beside it.
//!
//! A [`Line`] of phonemes becomes numbers (`ids`), the model makes a sound of them part by part
//! (`vits`), and `assemble` sets the silences that the line asks for. `docs/piper.md` says what was
//! measured.

mod assemble;
mod buffers;
mod config;
mod engine;
mod generator;
mod ids;
mod line;
mod message;
mod model;
mod noise;
mod onnx;
mod parts;
mod process;
mod runtime;
mod vits;
mod voice;
mod worker;
mod workspace;

pub use self::assemble::Sound;
pub use self::config::{Config, Phonemes};
pub(super) use self::engine::open;
pub use self::line::{Clause, Line};
pub use self::voice::Piper;
pub use self::worker::run_worker;
