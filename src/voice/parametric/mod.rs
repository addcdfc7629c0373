//! Voices of our own: phonemes, prosody and a vocoder driven by small networks.

pub mod data;
mod engine;
pub mod phonemize;
pub mod prosody;
pub mod score;
pub mod synthesize;

pub(super) use self::engine::{Parametric, Sound};
