//! docbao turns Vietnamese articles into narration: an article goes in, speech comes out, offline.
//!
//! Data flows one way through named types, each in a leaf module of its own: [`document::Document`]
//! → [`spoken::SpokenText`] → [`utterance::Utterance`] → [`phrase::Phrase`] → [`score::Score`] →
//! [`audio::Audio`]. The stages between them know those types and nothing of one another;
//! `docs/architecture.md` is the map.

pub mod audio;
pub mod batch;
pub mod cache;
pub mod cli;
pub mod config;
pub mod decode;
pub mod diag;
pub mod digest;
pub mod document;
pub mod espeak;
pub mod fetch;
pub mod input;
pub mod inspect;
pub mod install;
pub mod lexicon;
pub mod master;
pub mod memory;
pub mod normalize;
pub mod orthography;
pub mod phonemize;
pub mod phrase;
pub mod pipeline;
pub mod piper;
pub mod podcast;
pub mod produce;
pub mod prosody;
pub mod respell;
pub mod score;
pub mod segment;
pub mod spoken;
pub mod synthesize;
pub mod tables;
pub mod tags;
pub mod units;
pub mod utterance;
pub mod voice;
pub mod write;
