//! Stage 7, mastering: sound to the level that listeners and shops expect, at the sample rate of
//! the file.
//!
//! The level of a narration is known only when its last word is spoken. So it is spoken into a
//! [`Spool`] on disk, which measures what it takes; [`Master`] then hands the sound on, a stretch
//! at a time, with one gain from start to end (speech keeps its dynamics), its true peaks limited
//! where that gain pushes them over the ceiling, and resampled. Memory is bounded, and nothing is
//! moved in time but by the silence that a preset asks for at the start. docs/audio.md has the
//! reasons and the figures.
//!
//! Without a limiter, loudness follows the gain exactly. With it, what the limiter takes away is
//! found by listening: the limited sound is measured in passes over the spool, and the gain
//! corrected after each, until it lies within 0.1 dB of the aim. Of a long sound a sample is listened
//! to until then, and the whole once at the end.

mod limiter;
mod meter;
mod preset;
mod rotator;
mod spool;
mod treatment;

use std::ops::Range;
use std::path::Path;

use serde::Serialize;

use self::treatment::Treatment;
use crate::decode::Decoder;
use crate::model::error::Error;
use crate::sound::resampler::Resampler;

pub use self::meter::{Measured, Meter, SILENCE_DB};
pub use self::preset::{Level, Margins, PRESETS, Preset};
pub use self::spool::{Spool, Spooled};

/// How near the aim the level of limited sound is brought, in dB.
const CLOSE: f64 = 0.1;

/// Passes over the spool at most. Speech takes two or three; what is not there by then (a sound of a
/// few clicks and nothing else) cannot be made as loud as that.
const PASSES: usize = 8;

/// A sound of more seconds than this is long: the gain for it is looked for in a sample of it first.
const LONG_S: u64 = 1200;

/// Stretches in the sample of a long sound.
const SAMPLED: u64 = 60;

/// Seconds of each.
const STRETCH_S: u64 = 5;

/// The highest gain, in dB. What is quieter than the aim by more is noise, not speech.
const MOST_GAIN: f64 = 60.0;

/// What mastering did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mastered {
    /// The sound as it was spoken.
    pub before: Measured,
    /// The gain given to it, in dB.
    pub gain_db: f64,
    /// The most that the limiter took away for a peak, in dB (0 or less).
    pub limited_db: f64,
    /// The sound as it was handed on.
    pub after: Measured,
    /// Silence added before it, in milliseconds: everything is heard this much later.
    pub lead_ms: f64,
    /// Samples handed on.
    pub samples: u64,
    /// Samples per second of what was handed on.
    pub sample_rate: u32,
}

/// A sound that is spoken to its end, and what was found out about bringing it to a level.
pub struct Master {
    spool: Spooled,
    settled: Vec<(Preset, Settled)>,
}

/// What a sound needs to meet a preset, and what it then measures.
#[derive(Debug, Clone, Copy)]
struct Settled {
    treatment: Treatment,
    after: Measured,
}

impl Master {
    /// The sound of a spool.
    #[must_use]
    pub fn new(spool: Spooled) -> Master {
        Master { spool, settled: Vec::new() }
    }

    /// Samples per second of the sound as it was spoken.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.spool.rate()
    }

    /// How loud it was spoken.
    #[must_use]
    pub fn measured(&self) -> &Measured {
        self.spool.measured()
    }

    /// Hands the sound to `sink` as the preset asks, at `out_rate` samples per second. May be called
    /// again, for other files; what the same preset needs is found out once, and `sink` gets nothing
    /// meanwhile, again and again, so that it can stop the work.
    ///
    /// # Errors
    /// `ErrorKind::Read` if the disk of the spool fails, and what `sink` gives.
    pub fn finish(
        &mut self,
        preset: &Preset,
        out_rate: u32,
        mut sink: impl FnMut(&[f32]) -> Result<(), Error>,
    ) -> Result<Mastered, Error> {
        let Settled { treatment, after } = self.settled(preset, &mut || sink(&[]))?;
        let whole = 0..self.spool.samples();
        let (samples, limited_db) = self.hand_on(&treatment, out_rate, &whole, sink)?;
        Ok(Mastered {
            before: *self.spool.measured(),
            gain_db: treatment.gain_db,
            limited_db,
            after,
            lead_ms: treatment.lead as f64 * 1000.0 / f64::from(self.spool.rate()),
            samples,
            sample_rate: out_rate,
        })
    }

    /// As [`Master::finish`], for a stretch of the sound, which is given in samples as they were
    /// spoken: with the gain of the whole, so that stretches in files of their own are equally loud.
    /// The silence that the preset asks for is before the first sample of the whole and after the
    /// last. Gives the number of samples handed on.
    ///
    /// # Errors
    /// As [`Master::finish`].
    pub fn finish_stretch(
        &mut self,
        preset: &Preset,
        out_rate: u32,
        stretch: &Range<u64>,
        mut sink: impl FnMut(&[f32]) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        let treatment = self.settled(preset, &mut || sink(&[]))?.treatment;
        Ok(self.hand_on(&treatment, out_rate, stretch, sink)?.0)
    }

    /// Hands a stretch of the sound on; gives the number of samples, and the most that the limiter
    /// took away, in dB.
    fn hand_on(
        &mut self,
        treatment: &Treatment,
        out_rate: u32,
        stretch: &Range<u64>,
        mut sink: impl FnMut(&[f32]) -> Result<(), Error>,
    ) -> Result<(u64, f64), Error> {
        let mut resampler = Resampler::new(self.spool.rate(), out_rate);
        let mut out = Vec::new();
        let mut samples = 0;
        let limited_db = treatment.apply(&mut self.spool, stretch, |sound| {
            out.clear();
            resampler.process(sound, &mut out);
            samples += out.len() as u64;
            sink(&out)
        })?;
        out.clear();
        resampler.flush(&mut out);
        samples += out.len() as u64;
        sink(&out)?;
        Ok((samples, limited_db))
    }

    fn settled(&mut self, preset: &Preset, check: Check) -> Result<Settled, Error> {
        if let Some((_, settled)) = self.settled.iter().find(|(known, _)| known == preset) {
            return Ok(*settled);
        }
        let settled = settle(&mut self.spool, preset, check)?;
        self.settled.push((*preset, settled));
        Ok(settled)
    }
}

/// How loud a file is, as a listener hears it: see [`measure`].
///
/// # Errors
/// As [`Decoder`].
pub fn verify(path: &Path) -> Result<Measured, Error> {
    measure(Decoder::open(path)?)
}

/// How loud encoded sound is: it is decoded and measured as a listener hears it, a stretch at a time.
///
/// # Errors
/// As [`Decoder`].
pub fn measure(decoder: Decoder) -> Result<Measured, Error> {
    let mut meter = Meter::new(decoder.sample_rate())?;
    listen(&mut meter, decoder)?;
    Ok(meter.finish())
}

/// Measures encoded sound, as [`measure`] does, that goes on where the meter is.
///
/// # Errors
/// As [`Decoder`].
pub fn listen(meter: &mut Meter, mut decoder: Decoder) -> Result<(), Error> {
    while let Some(samples) = decoder.read()? {
        meter.add(samples);
    }
    Ok(())
}

/// Is called now and then, and may stop the work.
type Check<'a> = &'a mut dyn FnMut() -> Result<(), Error>;

/// Finds out what a sound needs to meet a preset.
fn settle(spool: &mut Spooled, preset: &Preset, check: Check) -> Result<Settled, Error> {
    let before = *spool.measured();
    let padding_ms = preset.padding_ms(&before);
    let samples = |ms: f64| (ms * f64::from(spool.rate()) / 1000.0).round() as usize;
    let (lead, tail) = (samples(padding_ms.0), samples(padding_ms.1));
    let treatment = |gain_db: f64| {
        let over = before.true_peak_dbtp + gain_db > preset.ceiling;
        Treatment { gain_db, ceiling: over.then_some(preset.ceiling), lead, tail }
    };

    let padded = before.changed(0.0, padding_ms);
    let Some(missing) = preset.missing(&padded) else {
        let treatment = treatment(0.0);
        let after = match treatment.ceiling {
            Some(_) => heard(spool, &treatment, check)?,
            None => padded,
        };
        return Ok(Settled { treatment, after });
    };
    let mut search = Search::new(missing);
    if treatment(search.gain_db).is_only_gain() {
        let gain_db = search.gain_db;
        return Ok(Settled {
            treatment: treatment(gain_db),
            after: before.changed(gain_db, padding_ms),
        });
    }
    if let Some(gain_db) = settle_sample(spool, preset, missing, treatment, check)? {
        search.gain_db = gain_db;
    }
    loop {
        let treatment = treatment(search.gain_db);
        let after = heard(spool, &treatment, check)?;
        if search.ends(preset.missing(&after).unwrap_or(0.0)) {
            return Ok(Settled { treatment, after });
        }
    }
}

/// How the whole sound measures when it is treated.
fn heard(spool: &mut Spooled, treatment: &Treatment, check: Check) -> Result<Measured, Error> {
    let mut meter = Meter::new(spool.rate())?;
    let whole = 0..spool.samples();
    treatment.apply(spool, &whole, |sound| {
        meter.add(sound);
        check()
    })?;
    Ok(meter.finish())
}

/// About the gain that a long sound needs, from stretches spread evenly over it: so most passes are
/// over these alone. Nothing for a short sound, or one with no speech in these stretches.
fn settle_sample(
    spool: &mut Spooled,
    preset: &Preset,
    missing: f64,
    treatment: impl Fn(f64) -> Treatment,
    check: Check,
) -> Result<Option<f64>, Error> {
    let rate = u64::from(spool.rate());
    if spool.samples() < LONG_S * rate {
        return Ok(None);
    }
    let step = spool.samples() / SAMPLED;
    let stretch = |index: u64| index * step..index * step + STRETCH_S * rate;
    let mut listen = |treatment: &Treatment| {
        let mut meter = Meter::new(spool.rate())?;
        for index in 0..SAMPLED {
            treatment.apply(spool, &stretch(index), |sound| {
                meter.add(sound);
                check()
            })?;
        }
        Ok::<Measured, Error>(meter.finish())
    };
    let untreated = Treatment { gain_db: 0.0, ceiling: None, lead: 0, tail: 0 };
    let Some(missing_here) = preset.missing(&listen(&untreated)?) else { return Ok(None) };
    let mut search = Search::new(missing);
    loop {
        let after = listen(&treatment(search.gain_db))?;
        // As much as the sample lacks more than the whole, it lacks after the treatment too.
        let here = preset.missing(&after).unwrap_or(0.0);
        if search.ends(here - (missing_here - missing)) {
            return Ok(Some(search.gain_db));
        }
    }
}

/// Looks for the gain of a limited sound, a pass at a time.
struct Search {
    /// The gain to try, in dB.
    gain_db: f64,
    /// What a gain higher by 1 dB adds to the level: 1 without a limiter, less with it.
    slope: f64,
    /// The gain tried before, and how much was missing with it.
    last: Option<(f64, f64)>,
    passes: usize,
}

impl Search {
    /// Begins with what the sound lacks before it is treated, in dB.
    fn new(missing: f64) -> Search {
        // The slope as it is for most speech.
        Search { gain_db: missing.min(MOST_GAIN), slope: 0.7, last: None, passes: 0 }
    }

    /// Takes what is missing with the gain that was tried, in dB; whether that is the gain to keep. If
    /// not, another is to be tried.
    fn ends(&mut self, missing: f64) -> bool {
        self.passes += 1;
        if missing.abs() <= CLOSE || self.passes == PASSES || self.gain_db >= MOST_GAIN {
            return true;
        }
        if let Some((gain_before, missing_before)) = self.last {
            let slope = (missing_before - missing) / (self.gain_db - gain_before);
            self.slope = slope.clamp(0.1, 1.0);
        }
        self.last = Some((self.gain_db, missing));
        self.gain_db = (self.gain_db + missing / self.slope).min(MOST_GAIN);
        false
    }
}
