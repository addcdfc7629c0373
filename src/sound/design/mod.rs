//! Sound design: speech is put among its music.
//!
//! Each file of music is a `Track`: decoded once, mixed to mono, brought to the rate at
//! which all is mixed, measured, and kept on disk; memory is bounded however long it is. A [`Layout`]
//! says where everything is heard, and [`Tracks::mix`] makes one sound of it, which is then mastered as
//! speech alone would be. docs/audio.md has the levels and the curves.

mod bed;
mod fade;
mod layout;
mod mixdown;
mod track;

pub use self::layout::{BedStretch, Cue, Layout, Silence};
pub use self::mixdown::Tracks;
