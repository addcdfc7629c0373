//! The values that cross from one room to another, and what they are made of: no logic of a stage,
//! no files.

pub mod audio;
pub mod diag;
pub mod digest;
pub mod document;
pub mod error;
pub mod phrase;
pub mod spoken;
pub mod tables;
pub mod tags;
pub mod take;
pub mod units;
pub mod utterance;
pub mod voice_settings;
