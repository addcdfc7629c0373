//! Where everything is heard in a mix.

use std::ops::Range;

use crate::model::design::Role;

/// Where everything is heard in a mix, in samples of the mix. All lists are in the order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Silence that is put into the speech, as room for music.
    pub silences: Vec<Silence>,
    /// The jingles.
    pub cues: Vec<Cue>,
    /// The stretches with a bed.
    pub bed: Vec<BedStretch>,
    /// The pauses in which a bed comes up.
    pub pauses: Vec<Range<u64>>,
    /// The length of the whole.
    pub length: u64,
}

/// Silence that is put into the speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The sample of the speech, at the rate of the mix, that it is before.
    pub at: u64,
    /// How long it is.
    pub samples: u64,
}

/// A jingle in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// Which one.
    pub role: Role,
    /// Where it begins.
    pub start: u64,
    /// How long it comes in under speech.
    pub fade_in: u64,
    /// How long it goes under speech.
    pub fade_out: u64,
}

/// A stretch with a bed, its fades included. The bed begins anew in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BedStretch {
    /// Where it is.
    pub range: Range<u64>,
    /// How long it comes in.
    pub fade_in: u64,
    /// How long it goes.
    pub fade_out: u64,
}
