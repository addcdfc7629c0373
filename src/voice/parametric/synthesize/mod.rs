//! The sixth stage: a [`Score`](super::score::Score) becomes samples.
//!
//! A [`Synthesizer`] is anything that sounds a score: [`Builtin`] with a voice's own model; [`InRoom`]
//! is another one, heard in a room. Each utterance is sounded by itself, so any number can be at once.

mod acoustic;
mod balance;
mod builtin;
mod convolution;
mod creak;
mod fast_math;
mod follow;
mod frames;
mod fricatives;
mod inputs;
mod levels;
pub(in crate::voice) mod limiter;
mod loudness;
mod model;
mod network;
mod noise;
mod onsets;
mod phone_table;
mod response;
mod room;
mod synthesizer;
mod taught;
pub(in crate::voice) mod timeline;
mod trajectory;
mod vocoder;

pub use self::builtin::Builtin;
pub use self::room::InRoom;
pub use self::synthesizer::{GENERATION, Synthesizer};
