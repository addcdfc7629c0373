//! Speech and music become one sound.

use std::collections::BTreeMap;
use std::path::Path;

use super::bed::Bed;
use super::fade;
use super::layout::{Cue, Layout};
use super::track::Track;
use crate::model::design::{MixSettings, Role, SoundDesign};
use crate::model::error::Error;
use crate::sound::master::{Spool, Spooled};
use crate::sound::resampler::Resampler;

/// Samples of silence that are mixed at a time.
const CHUNK: usize = 16_384;

/// The music of a sound design, ready to be mixed.
pub struct Tracks {
    rate: u32,
    jingles: BTreeMap<Role, Track>,
    bed: Option<Bed>,
    mix: MixSettings,
}

impl Tracks {
    /// Samples per second of every mix, if the voice has not more: those of MP3 and AAC files, so that
    /// music keeps its heights.
    pub const RATE: u32 = 44_100;

    /// Opens the files of a design, for a mix of `rate` samples per second; they wait on the disk of
    /// `folder`.
    ///
    /// # Errors
    /// Of kind `Request` if a number of the design is not possible; of kind `Table` or `Input` if a file is
    /// missing, cannot be played, is too long or too short, or nothing is heard of it; of kind `Write` if
    /// the disk is full.
    pub fn open(design: &SoundDesign, rate: u32, folder: &Path) -> Result<Tracks, Error> {
        let mix = design.mix;
        mix.check().map_err(|(_, reason)| Error::request(reason))?;
        let mut tracks = Tracks { rate, jingles: BTreeMap::new(), bed: None, mix };
        for (role, music) in &design.music {
            let track = Track::open(*role, music, rate, folder)?;
            if *role == Role::Bed {
                tracks.bed = Some(Bed::new(track, music, &mix, rate)?);
            } else {
                tracks.jingles.insert(*role, track);
            }
        }
        Ok(tracks)
    }

    /// Samples per second of the mix.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// How long a jingle is, in samples of the mix, if there is one.
    #[must_use]
    pub fn jingle(&self, role: Role) -> Option<u64> {
        self.jingles.get(&role).map(Track::samples)
    }

    /// Whether there is a bed.
    #[must_use]
    pub fn has_bed(&self) -> bool {
        self.bed.is_some()
    }

    /// Mixes speech with the music in its places. What is made is kept on the disk of `folder`; `check` is
    /// called now and then, and may stop the work.
    ///
    /// # Errors
    /// Of kind `Read` and `Write` if the disk fails, and what `check` says.
    pub fn mix(
        &mut self,
        speech: &mut Spooled,
        layout: &Layout,
        folder: &Path,
        check: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<Spooled, Error> {
        let loudness = speech.measured().integrated_lufs;
        let mut resampler = Resampler::new(speech.rate(), self.rate);
        let spool = Spool::create(folder, self.rate)?;
        let mut mixdown = Mixdown { tracks: self, layout, loudness, spool, taken: 0, silence: 0 };
        let mut samples = Vec::new();
        let whole = 0..speech.samples();
        speech.read(&whole, |spoken| {
            check()?;
            samples.clear();
            resampler.process(spoken, &mut samples);
            mixdown.take(&mut samples)
        })?;
        samples.clear();
        resampler.flush(&mut samples);
        mixdown.take(&mut samples)?;
        let left = layout.length.saturating_sub(mixdown.spool.samples());
        mixdown.rest(left)?;
        mixdown.spool.finish()
    }
}

/// A mix that is being made.
struct Mixdown<'a> {
    tracks: &'a mut Tracks,
    layout: &'a Layout,
    /// How loud the speech is, in LUFS.
    loudness: f64,
    spool: Spool,
    /// Samples of the speech that were taken.
    taken: u64,
    /// Silences that were put into it.
    silence: usize,
}

impl Mixdown<'_> {
    /// Takes the next samples of the speech.
    fn take(&mut self, mut speech: &mut [f32]) -> Result<(), Error> {
        while !speech.is_empty() {
            let next = self.layout.silences.get(self.silence);
            let until = next.map_or(u64::MAX, |next| next.at.saturating_sub(self.taken));
            if let Some(silence) = next.filter(|_| until == 0) {
                self.silence += 1;
                self.rest(silence.samples)?;
                continue;
            }
            let (now, later) = speech.split_at_mut(until.min(speech.len() as u64) as usize);
            self.taken += now.len() as u64;
            self.add_music(now)?;
            speech = later;
        }
        Ok(())
    }

    /// Music without speech.
    fn rest(&mut self, samples: u64) -> Result<(), Error> {
        let mut chunk = vec![0.0; CHUNK];
        let mut left = samples;
        while left > 0 {
            let chunk = &mut chunk[..left.min(CHUNK as u64) as usize];
            chunk.fill(0.0);
            self.add_music(chunk)?;
            left -= chunk.len() as u64;
        }
        Ok(())
    }

    /// Adds the music to the next samples of the mix, and keeps them.
    fn add_music(&mut self, mix: &mut [f32]) -> Result<(), Error> {
        let (layout, at) = (self.layout, self.spool.samples());
        let level = f64::from(self.tracks.mix.jingle_level);
        for cue in &layout.cues {
            if let Some(track) = self.tracks.jingles.get_mut(&cue.role) {
                let gain = fade::gain(self.loudness + level - track.loudness());
                add_jingle(track, cue, gain, at, mix)?;
            }
        }
        if let Some(bed) = &mut self.tracks.bed {
            for stretch in &layout.bed {
                bed.add(stretch, &layout.pauses, self.loudness, at, mix)?;
            }
        }
        self.spool.write(mix)
    }
}

/// Adds what is heard of a jingle to the samples of a mix from `at` on.
fn add_jingle(
    track: &mut Track,
    cue: &Cue,
    gain: f32,
    at: u64,
    mix: &mut [f32],
) -> Result<(), Error> {
    let whole = track.samples();
    let start = cue.start.max(at);
    let end = (cue.start + whole).min(at + mix.len() as u64);
    if start >= end {
        return Ok(());
    }
    let mut mix = mix[(start - at) as usize..(end - at) as usize].iter_mut();
    let mut place = start - cue.start;
    track.read(place, end - start, |samples| {
        // A sample of the mix is only taken when there is one to add.
        for (sample, mix) in samples.iter().zip(mix.by_ref()) {
            *mix += sample * gain * faded(cue, place, whole);
            place += 1;
        }
    })
}

/// The gain of a jingle where it is under speech; `at` is the sample of it, `whole` how many it has.
fn faded(cue: &Cue, at: u64, whole: u64) -> f32 {
    let share = |samples: u64, of: u64| (samples as f64 + 0.5) / of as f64;
    let mut gain = 1.0;
    if at < cue.fade_in {
        gain *= fade::under_speech(share(at, cue.fade_in));
    }
    let left = whole - at - 1;
    if left < cue.fade_out {
        gain *= fade::under_speech(share(left, cue.fade_out));
    }
    gain
}
