//! Has voices say things, and knows when each sound of them is heard.

use std::sync::OnceLock;

use docbao::model::audio::Audio;
use docbao::model::diag::Span;
use docbao::model::manner::Delivery;
use docbao::model::phrase::{Dialect, Intonation};
use docbao::model::units::{Millis, Semitones};
use docbao::model::utterance::{BreathGroup, Utterance, UtteranceWord};
use docbao::sound::inspect::{PitchTrack, Search, pitch};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::phonemize::Phonemizer;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::voice::parametric::score::{Note, Score};
use docbao::voice::parametric::synthesize::{Builtin, Synthesizer};

/// Silence after what is said, in milliseconds.
pub(crate) const PAUSE: f32 = 150.0;

/// A built-in voice, ready to speak.
pub(crate) struct Speaker {
    pub name: &'static str,
    pub voice: Voice,
    engine: Builtin,
}

/// Every built-in voice.
pub(crate) fn speakers() -> &'static [Speaker] {
    static SPEAKERS: OnceLock<Vec<Speaker>> = OnceLock::new();
    SPEAKERS.get_or_init(|| {
        let speakers = Voice::list().into_iter().map(|name| {
            let voice = Voice::load(name).unwrap();
            let engine = Builtin::new(&voice).unwrap();
            Speaker { name, voice, engine }
        });
        speakers.collect()
    })
}

/// The dialects whose tones a voice has: its own at least.
pub(crate) fn dialects(speaker: &Speaker) -> Vec<Dialect> {
    let own = speaker.voice.manifest.dialect;
    let has = |dialect: &Dialect| {
        let settings = Settings { dialect: *dialect, ..Settings::of(&speaker.voice) };
        *dialect == own || Prosody::new(&speaker.voice, settings).is_ok()
    };
    Dialect::ALL.into_iter().filter(has).collect()
}

/// What a voice said, and where its sounds are.
pub(crate) struct Said {
    pub audio: Audio,
    pub track: PitchTrack,
    pub sounds: Vec<Sounds>,
}

/// Where the parts of a syllable are heard, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sounds {
    pub onset: f64,
    /// Start of the glide, or of the nucleus where there is none.
    pub rime: f64,
    pub nucleus: f64,
    pub coda: f64,
    pub end: f64,
    pub stopped: bool,
}

impl Sounds {
    fn of(note: &Note, start: f64) -> Sounds {
        let after = |from: f64, part: Millis| from + f64::from(part.0) / 1000.0;
        let rime = after(start, note.onset);
        let nucleus = after(rime, note.glide);
        let coda = after(nucleus, note.nucleus);
        let end = after(coda, note.coda);
        Sounds { onset: start, rime, nucleus, coda, end, stopped: note.syllable.is_stopped() }
    }

    /// Where voice ends: a final stop has none.
    pub(crate) fn voiced_end(&self) -> f64 {
        if self.stopped { self.coda } else { self.end }
    }
}

impl Said {
    /// The samples from a time up to another, in seconds.
    pub(crate) fn samples(&self, from: f64, to: f64) -> &[f32] {
        let index = |time: f64| {
            let sample = (time * f64::from(self.audio.sample_rate)).round().max(0.0) as usize;
            sample.min(self.audio.samples.len())
        };
        &self.audio.samples[index(from)..index(to)]
    }
}

/// Has a voice say words apart by spaces as one statement, with a short silence after it.
pub(crate) fn say(speaker: &Speaker, settings: Settings, text: &str) -> Said {
    let words: Vec<_> =
        text.split(' ').map(|word| UtteranceWord::new(word, Span::default())).collect();
    let groups =
        vec![BreathGroup { words: 0..words.len(), mark: None, pause: Millis(PAUSE), role: None }];
    let utterance = Utterance {
        sentence: 0,
        words,
        groups,
        intonation: Intonation::Statement,
        delivery: Delivery::default(),
    };
    let phrase = Phonemizer::new(settings.dialect).phonemize(&utterance);
    let score = Prosody::new(&speaker.voice, settings).unwrap().score(&phrase);
    sound(speaker, &score)
}

/// Has a voice say words in one of its dialects.
pub(crate) fn say_in(speaker: &Speaker, dialect: Dialect, text: &str) -> Said {
    say(speaker, Settings { dialect, ..Settings::of(&speaker.voice) }, text)
}

/// Has a voice say words in its own way but faster or higher.
pub(crate) fn say_at(speaker: &Speaker, rate: f32, pitch_shift: Semitones, text: &str) -> Said {
    say(speaker, Settings { rate, pitch_shift, ..Settings::of(&speaker.voice) }, text)
}

fn sound(speaker: &Speaker, score: &Score) -> Said {
    let samples = speaker.engine.synthesize(score).unwrap();
    let audio = Audio { sample_rate: speaker.engine.sample_rate(), samples };
    let track = pitch(&audio, Search::default());
    let mut time = 0.0;
    let sounds = score.notes.iter().map(|note| {
        let sounds = Sounds::of(note, time);
        time += f64::from(note.sounding().0 + note.pause.0) / 1000.0;
        sounds
    });
    let sounds = sounds.collect();
    Said { audio, track, sounds }
}
