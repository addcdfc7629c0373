//! Vietnamese orthography: a written syllable as onset, glide, nucleus, coda and tone, and back.
//!
//! The analysis stands above the dialects: whatever any of them tells apart (d, gi, r; s, x; tr,
//! ch) is apart here. A leaf, because respelling and phonemizing both need it.

mod fold;
mod legal;
mod letters;
mod parse;
mod rimes;
mod spell;
mod syllable;

pub use fold::{fold, settle_tone_mark};
pub use legal::legal_syllables;
pub use parse::{parse, parse_unmarked_stop};
pub use rimes::rimes;
pub use syllable::{Coda, Nucleus, Onset, Rime, WrittenSyllable};
