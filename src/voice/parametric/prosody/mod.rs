//! The fifth stage: a [`Phrase`] becomes a [`Score`],
//! with a duration for each sound and a pitch for each moment.
//!
//! What belongs to the voice (how long its sounds last, how its tones run) is in the voice's
//! tables; what belongs to the language's phrases is in `tables/melody.tsv`.

mod durations;
mod melody;
mod pitch;
mod tones;

use self::durations::{Durations, Situation};
use self::melody::Melody;
use self::pitch::Contour;
use self::tones::Tones;
use crate::model::block::BlockKind;
use crate::model::error::Error;
use crate::model::manner::Delivery;
use crate::model::phrase::{Dialect, Intonation, Phrase, PhraseGroup, Syllable};
use crate::model::units::{Millis, Semitones};
use crate::voice::parametric::data::{Pitch, Voice};
use crate::voice::parametric::score::{Note, Score};

/// How a voice is asked to read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Speed as a factor of the voice's own, 0.25 to 4.
    pub rate: f32,
    /// How much higher than its own the voice speaks, within ±12 semitones.
    pub pitch_shift: Semitones,
    /// Whose tones it speaks with.
    pub dialect: Dialect,
}

impl Settings {
    /// A voice as it is: its own speed, pitch and dialect.
    #[must_use]
    pub fn of(voice: &Voice) -> Settings {
        Settings { rate: 1.0, pitch_shift: Semitones(0.0), dialect: voice.manifest.dialect }
    }
}

/// Scores phrases for one voice and one way of reading.
#[derive(Debug, Clone)]
pub struct Prosody {
    durations: Durations,
    tones: Tones,
    melody: Melody,
    pitch: Pitch,
    /// Speed, with that of the voice itself.
    rate: f32,
    /// That of the voice itself.
    usual_rate: f32,
}

/// The highest speed there is, as a factor of the voice's own: beyond it nothing is understood.
const FASTEST: f32 = 4.0;

/// By what factor the rate changes durations.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    vowel: f32,
    consonant: f32,
    pause: f32,
}

impl Stretch {
    /// At a rate beside that of the voice's durations, and beside the voice's usual one: pauses are as
    /// long as they are asked for at its usual one.
    fn at(rate: f32, beside_usual: f32, melody: &Melody) -> Stretch {
        Stretch {
            vowel: libm::powf(rate, -melody.rate_vowel),
            consonant: libm::powf(rate, -melody.rate_consonant),
            pause: libm::powf(beside_usual, -melody.rate_pause),
        }
    }
}

impl Prosody {
    /// Reads the voice's prosodic tables for one way of reading.
    ///
    /// # Errors
    /// Of kind `Table` if a table has a bad row or lacks one that is needed; of kind `Request` if
    /// a setting is out of its range.
    pub fn new(voice: &Voice, settings: Settings) -> Result<Prosody, Error> {
        if !(0.25..=4.0).contains(&settings.rate) {
            let rate = settings.rate;
            return Err(Error::request(format!("rate {rate} is not between 0.25 and 4")));
        }
        if !(-12.0..=12.0).contains(&settings.pitch_shift.0) {
            let shift = settings.pitch_shift.0;
            let reason = format!("pitch shift {shift} is not between -12 and 12 semitones");
            return Err(Error::request(reason));
        }
        let melody = Melody::built_in()?;
        let pitch = voice.manifest.pitch;
        Ok(Prosody {
            durations: Durations::parse(&voice.durations.name, &voice.durations.text)?,
            tones: Tones::parse(&voice.tones.name, &voice.tones.text, settings.dialect)?,
            melody,
            pitch: Pitch { base: pitch.base.shifted(settings.pitch_shift), ..pitch },
            rate: settings.rate * voice.manifest.rate,
            usual_rate: voice.manifest.rate,
        })
    }

    /// The notes of a phrase: one a syllable, in order.
    #[must_use]
    pub fn score(&self, phrase: &Phrase) -> Score {
        self.score_as(phrase, &Delivery::default())
    }

    /// The notes of a phrase that is delivered so: as fast and as high as that says, titles, headings and
    /// quotes set apart, and the end of a block lower and slower.
    #[must_use]
    pub fn score_as(&self, phrase: &Phrase, delivery: &Delivery) -> Score {
        let higher = Semitones(delivery.pitch + self.block_register(delivery));
        let pitch = Pitch { base: self.pitch.base.shifted(higher), ..self.pitch };
        let rate = (self.rate * delivery.rate).min(FASTEST.max(self.rate));
        let stretch = Stretch::at(rate, rate / self.usual_rate, &self.melody);
        let syllables = phrase.groups.iter().flat_map(|g| &g.words).map(|w| w.syllables.len());
        let mut notes = Vec::with_capacity(syllables.sum());
        for (index, group) in phrase.groups.iter().enumerate() {
            let from = notes.len();
            let last = index + 1 == phrase.groups.len() && !delivery.goes_on;
            let alone = phrase.groups.len() == 1;
            let ends_block = last && delivery.ends_block;
            self.time(group, &stretch, last, alone, &mut notes);
            if ends_block {
                self.slow(&mut notes[from..]);
            }
            let contour = Contour {
                melody: &self.melody,
                tones: &self.tones,
                pitch,
                intonation: phrase.intonation,
                group: index,
                last,
                ends_block,
                role: group.role,
            };
            contour.draw(&mut notes[from..]);
            self.weigh(phrase.intonation, &mut notes[from..]);
            self.emphasize(group, &mut notes[from..]);
            self.quote(group, &mut notes[from..]);
        }
        Score { notes }
    }

    /// Semitones by which a kind of block lies higher than others.
    fn block_register(&self, delivery: &Delivery) -> f32 {
        let is = |kind: BlockKind| delivery.parts.iter().any(|part| part == kind.name());
        if is(BlockKind::Title) || is(BlockKind::Heading) {
            self.melody.heading_register
        } else if is(BlockKind::Quote) {
            self.melody.quoted_register
        } else {
            0.0
        }
    }

    /// Makes a block's last group slower from its middle on.
    fn slow(&self, notes: &mut [Note]) {
        let last = notes.len().saturating_sub(1).max(1) as f32;
        for (index, note) in notes.iter_mut().enumerate() {
            let along = (2.0 * index as f32 / last - 1.0).max(0.0);
            let factor = 1.0 + (self.melody.block_length - 1.0) * along;
            for part in [&mut note.onset, &mut note.glide, &mut note.nucleus, &mut note.coda] {
                part.0 *= factor;
            }
        }
    }

    /// Adds a group's notes with their durations; their pitch is not yet drawn.
    fn time(
        &self,
        group: &PhraseGroup,
        stretch: &Stretch,
        last: bool,
        alone: bool,
        notes: &mut Vec<Note>,
    ) {
        let from = notes.len();
        let count: usize = group.words.iter().map(|word| word.syllables.len()).sum();
        // Where nothing is heard to end, as inside a sentence too long for one utterance, no
        // syllable is lengthened.
        let ends = last || group.pause.0 > 0.0;
        for word in &group.words {
            for (index, syllable) in word.syllables.iter().enumerate() {
                let after = count - (notes.len() - from) - 1;
                let situation = Situation {
                    final_in_group: ends && after == 0,
                    prefinal_in_group: ends && after == 1,
                    isolated: alone && count == 1,
                    index,
                    length: word.syllables.len(),
                };
                notes.push(self.note(word.word, *syllable, stretch, situation));
            }
        }
        if let Some(note) = notes.last_mut() {
            note.pause = Millis(group.pause.0.max(0.0) * stretch.pause);
        }
    }

    fn note(
        &self,
        word: usize,
        syllable: Syllable,
        stretch: &Stretch,
        situation: Situation,
    ) -> Note {
        let parts = self.durations.of(&syllable, situation);
        let coda = if syllable.is_stopped() { stretch.consonant } else { stretch.vowel };
        // A part that the syllable lacks stays without duration.
        let part = |milliseconds: f32, stretch: f32| match milliseconds {
            0.0 => Millis(0.0),
            _ => Millis((milliseconds * stretch).max(self.melody.shortest_part)),
        };
        Note {
            word,
            syllable,
            onset: part(parts.onset, stretch.consonant),
            glide: part(parts.glide, stretch.vowel),
            nucleus: part(parts.nucleus, stretch.vowel),
            coda: part(parts.coda, coda),
            f0: [self.pitch.base; crate::voice::parametric::score::PITCH_POINTS],
            creak: [0.0; crate::voice::parametric::score::PITCH_POINTS],
            gain: 1.0,
            pause: Millis(0.0),
        }
    }

    /// Makes the stressed words of a group longer, louder and higher.
    fn emphasize(&self, group: &PhraseGroup, notes: &mut [Note]) {
        let Melody { emphasis_length, emphasis_gain, emphasis_register, .. } = self.melody;
        let mut notes = notes.iter_mut();
        for word in &group.words {
            let notes = notes.by_ref().take(word.syllables.len());
            for note in notes.filter(|_| word.is_emphasized) {
                for part in [&mut note.glide, &mut note.nucleus] {
                    part.0 *= emphasis_length;
                }
                if !note.syllable.is_stopped() {
                    note.coda.0 *= emphasis_length;
                }
                note.gain *= emphasis_gain;
                for pitch in &mut note.f0 {
                    *pitch = pitch.shifted(Semitones(emphasis_register));
                }
            }
        }
    }

    /// Sets the words of a group that are between quotation marks apart.
    fn quote(&self, group: &PhraseGroup, notes: &mut [Note]) {
        let mut notes = notes.iter_mut();
        for word in &group.words {
            let notes = notes.by_ref().take(word.syllables.len());
            for pitch in notes.filter(|_| word.is_quoted).flat_map(|note| &mut note.f0) {
                *pitch = pitch.shifted(Semitones(self.melody.quoted_register));
            }
        }
    }

    /// Sets how loud each note of a group is: a little less towards its end.
    fn weigh(&self, intonation: Intonation, notes: &mut [Note]) {
        let level = match intonation {
            Intonation::Exclamation => self.melody.exclamation_gain,
            Intonation::Statement | Intonation::Question => 1.0,
        };
        let last = notes.len().saturating_sub(1).max(1) as f32;
        for (index, note) in notes.iter_mut().enumerate() {
            note.gain = level * (1.0 + (self.melody.group_fade - 1.0) * index as f32 / last);
        }
    }
}
