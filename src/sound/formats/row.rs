//! What an audio format is: a row of the table.

use std::io;

use crate::files::{Output, WriteFault};
use crate::model::tags::{Chapter, Tags};

/// Sound on its way into an output. Dropped before it is finished, it leaves there what cannot be
/// used.
pub trait AudioWriter {
    /// Adds samples, full scale ±1.
    ///
    /// # Errors
    /// As the output, for example if the disk is full; and if the format can hold no more.
    fn write(&mut self, samples: &[f32]) -> io::Result<()>;

    /// Hands on what can be heard of the samples so far, for whoever listens while the sound is made; a few
    /// hundredths of a second may wait for the samples after them. The bytes of a file depend on where that
    /// is done.
    ///
    /// # Errors
    /// As [`AudioWriter::write`].
    fn hand_on(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Completes what was written.
    ///
    /// # Errors
    /// As [`AudioWriter::write`].
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What a writer is started with.
#[derive(Clone, Copy)]
pub(super) struct Order<'a> {
    /// Samples per second.
    pub sample_rate: u32,
    /// In kbit/s; 0 for a format without a bitrate.
    pub bitrate: u32,
    pub tags: &'a Tags,
    pub chapters: &'a [Chapter],
}

/// Starts a writer.
pub(super) type Start =
    for<'a> fn(&'a mut dyn Output, &Order) -> Result<Box<dyn AudioWriter + 'a>, WriteFault>;

/// The sample rate of a file if none is chosen.
#[derive(Clone, Copy)]
pub(super) enum UsualRate {
    /// That of the voice.
    Voice,
    /// That of the voice if the format has it, or else this one.
    VoiceOr(u32),
    /// This one.
    Always(u32),
}

/// The bitrates of a format at a range of sample rates.
pub(super) struct Bitrates {
    /// The lowest sample rate that has them.
    pub from: u32,
    /// Those that can be chosen, in kbit/s.
    pub choices: &'static [u32],
    /// The one if none is chosen: where speech of one voice no longer gets better to the ear.
    pub usual: u32,
}

/// A format of audio files.
pub(super) struct Row {
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// How the names of its files end, without the full stop; the usual one first.
    pub extensions: &'static [&'static str],
    /// Its media type.
    pub mime: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether what is heard differs from what was written.
    pub lossy: bool,
    /// Whether every player of podcasts and every browser plays it.
    pub universal: bool,
    /// By how much its encoder raises peaks, in dB. Measured on speech; docs/audio.md has the
    /// figures.
    pub headroom_db: f64,
    /// The sample rates that can be chosen.
    pub sample_rates: &'static [u32],
    pub usual_rate: UsualRate,
    /// Its bitrates, the highest sample rates first; empty for a format without any.
    pub bitrates: &'static [Bitrates],
    /// The feature of the crate that this program would need to write it, and was built without.
    pub missing_feature: Option<&'static str>,
    pub start: Start,
}

/// The sample rates that MPEG-1, MPEG-2 and MPEG-2.5 Layer III have in common with all formats but
/// Opus.
pub(super) const SAMPLE_RATES: &[u32] =
    &[8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
