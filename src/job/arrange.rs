//! Where speech and music are heard: the times of the words in a mix, and the layout of the mix.

use std::ops::Range;
use std::path::Path;

use crate::job::times::{AllTimes, Times, TimesWriter};
use crate::model::article::{Article, BlockKind};
use crate::model::design::{BedUnder, MixSettings, Role};
use crate::model::error::Error;
use crate::model::utterance::Utterance;
use crate::sound::design::{BedStretch, Cue, Layout, Silence, Tracks};

/// The silence between a sting and the speech after it, in seconds.
const AFTER_STING: f64 = 0.4;

/// Pauses that are longer, in seconds, are those in which a bed comes up: longer than the usual one
/// between paragraphs, so that it does not come and go all the time.
const LONG_PAUSE: f64 = 1.5;

/// The shortest fade of a bed, in seconds: without any, it would click.
const SHORTEST_FADE: f64 = 0.02;

/// Goes through the utterances of a recording, and finds out where each is heard among music.
pub(super) struct Arranger<'a> {
    article: &'a Article,
    tracks: &'a Tracks,
    under: BedUnder,
    /// Samples per second of the recording, and of the mix.
    rates: (u32, u32),
    /// The settings in samples of the mix.
    crossfade: u64,
    overlap: u64,
    /// Samples of the recording so far.
    taken: u64,
    /// Silence that was put in so far. This and all that follows is in samples of the mix.
    shift: u64,
    /// Where the last word ends.
    heard: u64,
    /// The times of the last utterance: more may be heard after it.
    last: Option<Times>,
    times: TimesWriter,
    /// The part of the article that the last utterance is of.
    part: usize,
    /// What the first utterance is of, as long as the opening lasts.
    opening: Option<Opening>,
    /// A stretch with a bed that is not over; it ends with the last word so far.
    bed: Option<BedStretch>,
    layout: Layout,
}

/// What a recording opens with.
#[derive(Debug, Clone, Copy)]
enum Opening {
    /// The head of an article: title, dateline, opening paragraph.
    Head,
    /// A part that has no head.
    Part,
    /// The block of this number.
    Block(usize),
    /// It is over.
    Over,
}

impl<'a> Arranger<'a> {
    /// For a recording of an article at `rate`; many times will be on the disk of `folder`.
    pub(super) fn new(
        article: &'a Article,
        tracks: &'a Tracks,
        mix: &MixSettings,
        rate: u32,
        folder: &Path,
    ) -> Arranger<'a> {
        let rates = (rate, tracks.rate());
        let samples = |seconds: f32| (f64::from(seconds) * f64::from(rates.1)).round() as u64;
        Arranger {
            article,
            tracks,
            under: mix.bed_under,
            rates,
            crossfade: samples(mix.crossfade),
            overlap: samples(mix.sting_overlap),
            taken: 0,
            shift: 0,
            heard: 0,
            last: None,
            times: TimesWriter::new(folder),
            part: 0,
            opening: None,
            bed: None,
            layout: Layout::default(),
        }
    }

    /// Takes the next utterance of the recording.
    ///
    /// # Errors
    /// Of kind `Write` if the disk is full.
    pub(super) fn take(&mut self, utterance: &Utterance, times: &Times) -> Result<(), Error> {
        let (start, end) = (self.scaled(0), self.scaled(times.samples));
        let words: Vec<Range<u64>> = {
            let words = times.words.iter();
            words.map(|word| self.scaled(word.start)..self.scaled(word.end)).collect()
        };
        let first = words.first().map_or(start, |word| word.start);
        let place = utterance.words.first().map_or(0, |word| word.source.start);
        let part = self.article.part_index(place).unwrap_or(0).max(self.part);
        let is_first = self.last.is_none();
        let sting = if !is_first && part > self.part { self.sting(start, first) } else { None };
        let silence = match sting {
            Some((silence, _)) => silence,
            None if is_first => self.intro(first),
            None => 0,
        };
        if silence > 0 {
            self.layout.silences.push(Silence { at: start, samples: silence });
        }
        let is_under = self.is_under(place, part);
        if let Some(end) = sting.map(|(_, at)| at).or((!is_under).then_some(u64::MAX)) {
            self.end_bed(end);
        }
        self.shift += silence;
        self.part = part;
        if is_under && self.bed.is_none() {
            self.begin_bed(first + self.shift, is_first, sting.is_some());
        }
        for (number, word) in words.iter().enumerate() {
            let (start, end) = (word.start + self.shift, word.end + self.shift);
            let is_pause = !is_first || number > 0;
            if is_pause && sting.is_none_or(|_| number > 0) && self.is_long(start) {
                self.layout.pauses.push(self.heard..start);
            }
            self.heard = self.heard.max(end);
        }
        if let Some(bed) = &mut self.bed {
            bed.range.end = self.heard.max(bed.range.start);
        }
        let before = |at: u64| at - start + silence;
        let words = words.into_iter().map(|word| before(word.start)..before(word.end));
        let times_here = Times { samples: end - start + silence, words: words.collect() };
        self.taken += times.samples;
        self.last.replace(times_here).map_or(Ok(()), |last| self.times.add(&last))
    }

    /// The layout of the mix, and the times of the words in it.
    ///
    /// # Errors
    /// Of kind `Write` if the disk is full.
    pub(super) fn finish(mut self) -> Result<(Layout, AllTimes), Error> {
        let spoken = self.scaled(0) + self.shift;
        let mut length = spoken;
        if let Some(outro) = self.tracks.jingle(Role::Outro) {
            let fade_in = self.crossfade.min(outro / 2).min(self.heard);
            let start = self.heard - fade_in;
            let role = Role::Outro;
            self.layout.cues.push(Cue { role, start, fade_in, fade_out: 0 });
            length = length.max(start + outro);
            self.end_bed(self.heard);
        } else {
            self.end_bed(u64::MAX);
        }
        length = self.layout.bed.last().map_or(length, |bed| length.max(bed.range.end));
        self.layout.length = length;
        if let Some(mut last) = self.last {
            last.samples += length - spoken;
            self.times.add(&last)?;
        }
        Ok((self.layout, self.times.finish()?))
    }

    /// A place in the next utterance of the recording, in samples of the mix.
    fn scaled(&self, sample: u64) -> u64 {
        let (from, to) = self.rates;
        (u128::from(self.taken + sample) * u128::from(to) / u128::from(from)) as u64
    }

    /// So many seconds in samples of the mix.
    fn samples(&self, seconds: f64) -> u64 {
        (seconds * f64::from(self.rates.1)).round() as u64
    }

    /// Places the intro, whose end is under the speech, before the first word, which is at `first`; gives
    /// the silence that the speech needs before it.
    fn intro(&mut self, first: u64) -> u64 {
        let Some(intro) = self.tracks.jingle(Role::Intro) else { return 0 };
        let fade_out = self.crossfade.min(intro / 2);
        let alone = intro - fade_out;
        let silence = alone.saturating_sub(first);
        let start = first + silence - alone;
        self.layout.cues.push(Cue { role: Role::Intro, start, fade_in: 0, fade_out });
        silence
    }

    /// Places a sting between the utterance before and the next, which begins at `start` of the speech and
    /// whose first word is at `first`; gives the silence that it needs, and where it begins.
    fn sting(&mut self, start: u64, first: u64) -> Option<(u64, u64)> {
        let sting = self.tracks.jingle(Role::Sting)?;
        let overlap = self.overlap.min(sting / 2);
        // After the pause that ends an article, or over its last words.
        let (at, until) = if overlap == 0 {
            let at = start + self.shift;
            (at, at + sting + self.samples(AFTER_STING))
        } else {
            let at = self.heard.saturating_sub(overlap);
            (at, at + sting - overlap)
        };
        let silence = until.saturating_sub(first + self.shift);
        let role = Role::Sting;
        self.layout.cues.push(Cue { role, start: at, fade_in: overlap, fade_out: overlap });
        Some((silence, at))
    }

    /// Whether there is a long pause between the last word and one that begins here.
    fn is_long(&self, start: u64) -> bool {
        self.tracks.has_bed() && start > self.heard + self.samples(LONG_PAUSE)
    }

    /// Whether the bed is under what is said of this place of the article, which is in this part.
    fn is_under(&mut self, place: usize, part: usize) -> bool {
        if !self.tracks.has_bed() {
            return false;
        }
        let blocks = &self.article.blocks;
        let block = blocks.partition_point(|block| block.span.start <= place).saturating_sub(1);
        let kind = blocks.get(block).map(|block| block.kind);
        match self.under {
            BedUnder::All => true,
            BedUnder::Headlines => kind == Some(BlockKind::Title),
            BedUnder::Opening => {
                let is_head =
                    matches!(kind, Some(BlockKind::Title | BlockKind::Dateline | BlockKind::Sapo));
                let opening = *self.opening.get_or_insert(match self.article.parts.len() {
                    _ if is_head => Opening::Head,
                    0 | 1 => Opening::Block(block),
                    _ => Opening::Part,
                });
                let lasts = match opening {
                    Opening::Head => is_head,
                    Opening::Part => true,
                    Opening::Block(first) => first == block,
                    Opening::Over => false,
                };
                let is_same = self.last.is_none() || part == self.part;
                if !(lasts && is_same) {
                    self.opening = Some(Opening::Over);
                }
                lasts && is_same
            }
        }
    }

    /// How long a bed comes in and goes.
    fn bed_fade(&self) -> u64 {
        self.crossfade.max(self.samples(SHORTEST_FADE))
    }

    /// Begins a stretch with a bed before a word that begins here.
    fn begin_bed(&mut self, first: u64, is_first: bool, is_after_sting: bool) {
        let fade_in = self.bed_fade();
        let has_intro = self.layout.cues.iter().any(|cue| cue.role == Role::Intro);
        let start = if is_first {
            // As the intro goes, the bed comes.
            if has_intro { first } else { 0 }
        } else if is_after_sting {
            first.saturating_sub(self.samples(AFTER_STING))
        } else {
            first.saturating_sub(fade_in).max(self.heard)
        };
        self.bed = Some(BedStretch { range: start..first, fade_in, fade_out: 0 });
    }

    /// Ends the stretch with a bed after the last word. It is gone when a jingle begins, at `jingle`, or
    /// with the last word, if that is later.
    fn end_bed(&mut self, jingle: u64) {
        let Some(BedStretch { range, fade_in, .. }) = self.bed.take() else { return };
        let (fade, shortest) = (self.bed_fade(), self.samples(SHORTEST_FADE));
        let last = range.end;
        // With an outro, or a sting over the last words, it goes under these.
        let (end, fade_out) = if jingle <= last + shortest {
            (last, fade.min(last - range.start))
        } else {
            let end = jingle.min(last + fade);
            (end, end - last)
        };
        match self.layout.bed.last_mut().filter(|before| range.start < before.range.end) {
            Some(before) => (before.range.end, before.fade_out) = (end, fade_out),
            None => {
                self.layout.bed.push(BedStretch { range: range.start..end, fade_in, fade_out });
            }
        }
    }
}
