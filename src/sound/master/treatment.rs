//! What is done to a sound, at its own sample rate.

use std::ops::Range;

use super::limiter::Limiter;
use super::rotator::Rotator;
use super::spool::Spooled;
use crate::model::error::Error;

/// Samples of silence handed over at a time.
const CHUNK: usize = 4096;

/// A gain, a ceiling for peaks if the gain takes them over it, and silence at the ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Treatment {
    /// In dB.
    pub gain_db: f64,
    /// The highest true peak, in dBTP.
    pub ceiling: Option<f64>,
    /// Samples of silence before the sound.
    pub lead: usize,
    /// Samples of silence after it.
    pub tail: usize,
}

impl Treatment {
    /// Whether its result is known without measuring.
    pub(super) fn is_only_gain(&self) -> bool {
        self.ceiling.is_none() && self.lead == 0 && self.tail == 0
    }

    /// Hands over these samples of a spool, treated; gives the most that the limiter took away, in dB.
    /// The silence is before the first sample of the spool and after the last.
    pub(super) fn apply(
        &self,
        spool: &mut Spooled,
        range: &Range<u64>,
        mut take: impl FnMut(&[f32]) -> Result<(), Error>,
    ) -> Result<f64, Error> {
        if range.start == 0 {
            silence(self.lead, &mut take)?;
        }
        let gain = libm::pow(10.0, self.gain_db / 20.0) as f32;
        let amplify = |sound: &mut [f32]| sound.iter_mut().for_each(|sample| *sample *= gain);
        let mut reduction_db = 0.0;
        if let Some(ceiling) = self.ceiling {
            let mut rotator = Rotator::new(spool.rate());
            let mut limiter = Limiter::new(spool.rate(), ceiling);
            // What comes out at first was never put in.
            let mut early = limiter.latency();
            spool.read(range, |sound| {
                amplify(sound);
                rotator.process(sound);
                limiter.process(sound);
                let skipped = early.min(sound.len());
                early -= skipped;
                take(&sound[skipped..])
            })?;
            let mut rest = vec![0.0; limiter.latency()];
            limiter.process(&mut rest);
            take(&rest[early..])?;
            reduction_db = limiter.reduction_db();
        } else {
            spool.read(range, |sound| {
                amplify(sound);
                take(sound)
            })?;
        }
        if range.end == spool.samples() {
            silence(self.tail, &mut take)?;
        }
        Ok(reduction_db)
    }
}

fn silence(
    samples: usize,
    take: &mut impl FnMut(&[f32]) -> Result<(), Error>,
) -> Result<(), Error> {
    let zeros = [0.0; CHUNK];
    let mut left = samples;
    while left > 0 {
        let count = left.min(CHUNK);
        take(&zeros[..count])?;
        left -= count;
    }
    Ok(())
}
