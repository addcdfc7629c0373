//! Music under speech: a track that begins anew without a seam, and is softer while somebody speaks.

use std::ops::Range;

use super::fade;
use super::layout::BedStretch;
use super::track::Track;
use crate::model::design::{MixSettings, Music, Role};
use crate::model::error::Error;
use crate::model::message::message;

/// Within this time before speech begins a bed goes down, in seconds, so that it is down with the first
/// word.
const ATTACK: f64 = 0.3;

/// Within this time after speech ends it comes up, in seconds.
const RELEASE: f64 = 1.0;

/// The shortest overlap with itself, in seconds: without any, it would click.
const SHORTEST_SEAM: f64 = 0.02;

/// A bed.
pub(super) struct Bed {
    track: Track,
    /// Its beginning, which overlaps with its end when it begins anew.
    head: Vec<f32>,
    /// Its levels under speech and in pauses, in LU above that of the speech.
    levels: (f64, f64),
    rate: f64,
}

impl Bed {
    /// A track as a bed, at this rate.
    ///
    /// # Errors
    /// As [`Music::error`], if it is shorter than it overlaps with itself, twice.
    pub(super) fn new(
        mut track: Track,
        music: &Music,
        mix: &MixSettings,
        rate: u32,
    ) -> Result<Bed, Error> {
        let seam = f64::from(mix.crossfade).max(SHORTEST_SEAM);
        let rate = f64::from(rate);
        let seconds = track.samples() as f64 / rate;
        if seconds < 2.0 * seam {
            let reason = message!(
                "is {seconds} s long, and a bed must be at least twice as long as `crossfade`, \
                 {seam} s: give a longer one or a shorter crossfade",
                seconds = format_args!("{seconds:.1}"),
                seam
            );
            return Err(music.error(Role::Bed, reason));
        }
        let mut head = Vec::new();
        track.read(0, (seam * rate).round() as u64, |samples| head.extend_from_slice(samples))?;
        let levels = (f64::from(mix.bed_level), f64::from(mix.bed_pause_level));
        Ok(Bed { track, head, levels, rate })
    }

    /// Adds what is heard of it in one of its stretches to the samples of a mix from `at` on; `speech` is
    /// the loudness of the speech in LUFS, `pauses` are those in which it comes up.
    ///
    /// # Errors
    /// Of kind `Read` if the disk fails.
    pub(super) fn add(
        &mut self,
        stretch: &BedStretch,
        pauses: &[Range<u64>],
        speech: f64,
        at: u64,
        mix: &mut [f32],
    ) -> Result<(), Error> {
        let start = stretch.range.start.max(at);
        let end = stretch.range.end.min(at + mix.len() as u64);
        if start >= end {
            return Ok(());
        }
        let mix = &mut mix[(start - at) as usize..(end - at) as usize];
        let mut sound = Vec::with_capacity(mix.len());
        self.looped(start - stretch.range.start, mix.len() as u64, &mut sound)?;
        let loudness = speech - self.track.loudness();
        let level = |share: f64| {
            let (under, up) = self.levels;
            fade::gain(loudness + under + (up - under) * share)
        };
        let (under, up) = (level(0.0), level(1.0));
        let mut next = pauses.partition_point(|pause| pause.end <= start);
        for ((mix, sound), at) in mix.iter_mut().zip(&sound).zip(start..) {
            while pauses.get(next).is_some_and(|pause| pause.end <= at) {
                next += 1;
            }
            let share = pauses.get(next).map_or(0.0, |pause| self.share_up(pause, at));
            let ducked = match share {
                0.0 => under,
                1.0 => up,
                share => level(share),
            };
            *mix += sound * ducked * edge(stretch, at);
        }
        Ok(())
    }

    /// How far up it is in a pause, from 0 to 1.
    fn share_up(&self, pause: &Range<u64>, at: u64) -> f64 {
        if at < pause.start {
            return 0.0;
        }
        let seconds = |samples: u64| samples as f64 / self.rate;
        let rise = seconds(at - pause.start) / RELEASE;
        rise.min(seconds(pause.end - at) / ATTACK).min(1.0)
    }

    /// Its samples as if it had no end, from one on.
    fn looped(&mut self, from: u64, count: u64, sound: &mut Vec<f32>) -> Result<(), Error> {
        let (length, seam) = (self.track.samples(), self.head.len() as u64);
        let mut from = from;
        let mut left = count;
        while left > 0 {
            // When it begins anew, its first samples were heard with its last.
            let place = if from < length { from } else { seam + (from - length) % (length - seam) };
            let run = left.min(length - place);
            let before = sound.len();
            self.track.read(place, run, |samples| sound.extend_from_slice(samples))?;
            for (sample, place) in sound[before..].iter_mut().zip(place..) {
                let Some(into) = place.checked_sub(length - seam) else { continue };
                let (comes, goes) = fade::seam((into as f64 + 0.5) / seam as f64);
                *sample = *sample * goes + self.head[into as usize] * comes;
            }
            from += run;
            left -= run;
        }
        Ok(())
    }
}

/// The gain of a stretch where it comes in and goes.
fn edge(BedStretch { range, fade_in, fade_out }: &BedStretch, at: u64) -> f32 {
    let share = |samples: u64, of: u64| if of == 0 { 1.0 } else { samples as f64 / of as f64 };
    let (comes, goes) = (share(at - range.start, *fade_in), share(range.end - at, *fade_out));
    if comes >= 1.0 && goes >= 1.0 { 1.0 } else { fade::rise(comes) * fade::rise(goes) }
}
