//! A file of music, ready to be mixed.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use crate::decode::Decoder;
use crate::model::design::{Music, Role};
use crate::model::error::Error;
use crate::model::message::message;
use crate::model::shown;
use crate::sound::master::{Spool, Spooled};
use crate::sound::resampler::Resampler;

/// The longest jingle, in seconds. What is longer is a song, and most likely the wrong file.
const LONGEST_JINGLE: u64 = 300;

/// The longest bed, in seconds.
const LONGEST_BED: u64 = 2 * 3600;

/// What is softer than this, in LUFS, is taken for silence: made as loud as speech, it would be noise.
const SOFTEST: f64 = -60.0;

/// The sample rates that are resampled.
const RATES: std::ops::RangeInclusive<u32> = 8000..=192_000;

/// A file of music on disk, in mono at the rate of the mix. Silence at its ends (below -60 dB), such as
/// encoders add, is left out.
pub(super) struct Track {
    spool: Spooled,
    range: Range<u64>,
}

impl Track {
    /// The music of a file. It is mixed evenly to mono, because narrations are; its samples wait on the
    /// disk of `folder`.
    ///
    /// # Errors
    /// As [`Music::error`], if it is no sound that can be played, is too long, or nothing is heard of it;
    /// of kind `Write` if the disk is full.
    pub(super) fn open(
        role: Role,
        music: &Music,
        rate: u32,
        folder: &Path,
    ) -> Result<Track, Error> {
        let wrong = |error: Error| music.error(role, error.message().clone());
        let file = File::open(&music.path)
            .map_err(|cause| music.error(role, message!("cannot be read: {cause}", cause)))?;
        let mut decoder = Decoder::mixed(shown::path(&music.path), file).map_err(wrong)?;
        let from = decoder.sample_rate();
        if !RATES.contains(&from) {
            let reason =
                message!("has {from} samples per second; 8000 to 192000 are possible", from);
            return Err(music.error(role, reason));
        }
        let longest = if role == Role::Bed { LONGEST_BED } else { LONGEST_JINGLE };
        let mut resampler = Resampler::new(from, rate);
        let mut spool = Spool::create(folder, rate)?;
        let mut samples = Vec::new();
        while let Some(decoded) = decoder.read().map_err(wrong)? {
            samples.clear();
            resampler.process(decoded, &mut samples);
            spool.write(&samples)?;
            if spool.samples() > longest * u64::from(rate) {
                let minutes = longest / 60;
                let reason =
                    message!("is longer than {minutes} minutes; cut it to what is heard", minutes);
                return Err(music.error(role, reason));
            }
        }
        samples.clear();
        resampler.flush(&mut samples);
        spool.write(&samples)?;
        let spool = spool.finish()?;
        let measured = spool.measured();
        let range = {
            let silent = |ms: f64| (ms * f64::from(rate) / 1000.0).round() as u64;
            let end = spool.samples() - silent(measured.tail_silence_ms).min(spool.samples());
            silent(measured.lead_silence_ms).min(end)..end
        };
        if range.is_empty() || measured.integrated_lufs < SOFTEST {
            return Err(music.error(role, "is silent; give a file in which something is heard"));
        }
        Ok(Track { spool, range })
    }

    /// How many samples it has.
    pub(super) fn samples(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Its integrated loudness, in LUFS.
    pub(super) fn loudness(&self) -> f64 {
        self.spool.measured().integrated_lufs
    }

    /// Hands over so many of its samples, some at a time, from one on.
    ///
    /// # Errors
    /// Of kind `Read` if the disk fails.
    pub(super) fn read(
        &mut self,
        from: u64,
        count: u64,
        mut take: impl FnMut(&[f32]),
    ) -> Result<(), Error> {
        let start = (self.range.start + from).min(self.range.end);
        let end = (start + count).min(self.range.end);
        self.spool.read(&(start..end), |samples| {
            take(samples);
            Ok(())
        })
    }
}
