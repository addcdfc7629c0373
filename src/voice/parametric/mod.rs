//! Voices of our own: phonemes, prosody and a vocoder driven by small networks.

pub mod data;
pub mod phonemize;
pub mod prosody;
pub mod score;
pub mod synthesize;
