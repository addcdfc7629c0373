//! Draws the pitch of a breath group: tones, how they run into one another, and the melody they
//! ride on.

use super::melody::Melody;
use super::tones::{ToneShape, Tones};
use crate::model::phrase::{GroupRole, Intonation};
use crate::model::units::{Hertz, Semitones};
use crate::voice::parametric::data::Pitch;
use crate::voice::parametric::score::{Note, PITCH_POINTS};

/// What shapes the pitch of one breath group.
pub(super) struct Contour<'a> {
    pub melody: &'a Melody,
    pub tones: &'a Tones,
    pub pitch: Pitch,
    pub intonation: Intonation,
    /// Which group of the utterance it is, from 0.
    pub group: usize,
    /// Whether the utterance ends with it.
    pub last: bool,
    /// Whether a block of the text does.
    pub ends_block: bool,
    /// What it is in its sentence.
    pub role: GroupRole,
}

impl Contour<'_> {
    /// Sets pitch and creak of a group's notes, whose durations are known.
    pub(super) fn draw(&self, notes: &mut [Note]) {
        let whole: f32 = notes.iter().map(|note| note.sounding().0).sum();
        let count = notes.len();
        let mut before = 0.0;
        let mut last_end = None;
        for (index, note) in notes.iter_mut().enumerate() {
            let at_end = index + 1 == count;
            let ToneShape { semitones, creak } = *self.tones.of(&note.syllable, at_end);
            let mut tone = semitones.map(|s| s * self.range());
            if let Some(end) = last_end {
                self.carry_over(end, &mut tone);
            }
            last_end = Some(tone[PITCH_POINTS - 1]);
            let rime = note.sounding().0 - note.onset.0;
            // A stop's closure is silent: the tone has run its course before it.
            let voiced = if note.syllable.is_stopped() { rime - note.coda.0 } else { rime };
            let toned = (rime / voiced.max(1.0)).max(1.0);
            let points = note.f0.iter_mut().zip(&mut note.creak).enumerate();
            for (point, (f0, creaky)) in points {
                let along = point as f32 / (PITCH_POINTS - 1) as f32;
                let time = before + note.onset.0 + rime * along;
                let along = (along * toned).min(1.0);
                *creaky = at(&creak, along);
                let ending = if at_end { self.ending() * along } else { 0.0 };
                let sum = at(&tone, along) + ending + self.register();
                let sum = sum + self.declination(time, whole);
                let hertz = self.pitch.base.shifted(Semitones(sum)).0;
                *f0 = Hertz(hertz.clamp(self.pitch.lowest.0, self.pitch.highest.0));
            }
            before += note.sounding().0;
        }
    }

    /// Starts a tone nearer to where the last one ended.
    fn carry_over(&self, last_end: f32, tone: &mut [f32; PITCH_POINTS]) {
        let jump = (last_end - tone[0]) * self.melody.carry_over;
        for (point, value) in tone.iter_mut().enumerate() {
            let along = point as f32 / (PITCH_POINTS - 1) as f32;
            *value += jump * (1.0 - along / self.melody.carry_over_reach).max(0.0);
        }
    }

    /// Factor of the tones' range.
    fn range(&self) -> f32 {
        match self.intonation {
            Intonation::Exclamation => self.melody.exclamation_range,
            Intonation::Statement | Intonation::Question => 1.0,
        }
    }

    /// Semitones by which the whole group lies higher.
    fn register(&self) -> f32 {
        let step = (self.melody.group_step * self.group as f32).min(self.melody.group_floor);
        let raised = match self.intonation {
            Intonation::Statement => 0.0,
            Intonation::Question => self.melody.question_register,
            Intonation::Exclamation => self.melody.exclamation_register,
        };
        let contrasted = match self.role {
            GroupRole::Contrast => self.melody.contrast_register,
            GroupRole::Plain | GroupRole::Item => 0.0,
        };
        raised + contrasted - step
    }

    /// Semitones that the end of the group's last syllable is higher than its tone.
    fn ending(&self) -> f32 {
        match self.intonation {
            _ if self.role == GroupRole::Item => self.melody.item_rise,
            _ if !self.last => self.melody.continuation_rise,
            Intonation::Statement => -self.melody.statement_fall,
            Intonation::Question => self.melody.question_rise,
            Intonation::Exclamation => 0.0,
        }
    }

    /// Semitones above the group's mean at `time` of `whole` milliseconds.
    fn declination(&self, time: f32, whole: f32) -> f32 {
        let fall = self.melody.declination_rate * whole / 1000.0;
        let fall = fall.min(self.melody.declination_span);
        let along = time / whole.max(1.0);
        let end = if self.ends_block { self.melody.block_fall * along } else { 0.0 };
        fall * (0.5 - along) - end
    }
}

/// The value a part `along` (0 to 1) of the way through equally spaced points.
fn at(points: &[f32; PITCH_POINTS], along: f32) -> f32 {
    let place = along * (PITCH_POINTS - 1) as f32;
    let index = (place as usize).min(PITCH_POINTS - 2);
    let part = place - index as f32;
    points[index] + (points[index + 1] - points[index]) * part
}
