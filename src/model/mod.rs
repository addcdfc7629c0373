//! The values that cross from one room to another, and what they are made of: no logic of a stage,
//! no files.

pub mod audio;
pub mod diag;
pub mod digest;
pub mod document;
pub mod error;
pub mod pauses;
pub mod phrase;
pub mod reading_options;
pub mod spoken;
pub mod tables;
pub mod tags;
pub mod units;
pub mod utterance;
