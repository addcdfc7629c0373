//! The values that go from one room to another, and what they are made of: no logic of a stage, no
//! files.

pub mod address;
pub mod article;
pub mod audio;
pub mod block;
pub mod date;
pub mod design;
pub mod diag;
pub mod digest;
pub mod direction;
pub mod edits;
pub mod encoding;
pub mod error;
pub mod lexicon_text;
pub mod manner;
pub mod message;
pub mod metadata;
pub mod pauses;
pub mod phrase;
pub mod place_reading;
pub mod reading_options;
pub mod reading_policy;
pub mod request;
pub mod roles;
pub mod script;
mod shared;
pub mod shown;
pub mod source_place;
pub mod spoken;
pub mod tables;
pub mod tags;
pub mod take;
pub mod units;
pub mod utterance;
pub mod voice_settings;
pub mod xml;
