//! docbao turns Vietnamese articles into narration: an article goes in, speech comes out, offline.
//!
//! Data flows one way through named types, each in a leaf module of its own: [`document::Document`]
//! → [`spoken::SpokenText`] → [`utterance::Utterance`] → [`phrase::Phrase`] → [`score::Score`] →
//! [`take::Take`]. The stages between them know those types and nothing of one another;
//! `docs/architecture.md` is the map.

pub mod batch;
pub mod cli;
pub mod files;
pub mod job;
pub mod model;
pub mod podcast;
pub mod sound;
pub mod text;
pub mod voice;
