//! Vietnamese orthography: a written syllable as onset, glide, nucleus, coda and tone, and back.
//!
//! The analysis is that of no dialect: whatever any of them distinguishes (d, gi, r; s, x; tr,
//! ch) is distinguished here. A leaf, because transliterating and phonemizing both need it.

mod fold;
mod legal;
mod letters;
mod parse;
mod rimes;
mod spell;
mod syllable;

pub(crate) use fold::{fold, settle_tone_mark};
pub use legal::legal_syllables;
pub use parse::{parse, parse_unmarked_stop};
pub(crate) use rimes::rimes;
pub use syllable::{Coda, Nucleus, Onset, Rime, WrittenSyllable};
