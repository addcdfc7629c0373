//! Piper voices: a tiny one that is made here, bad ones, and a real one where it is there.

mod bad;
mod command;
mod process;
mod real;
mod speech;

#[path = "../support/tiny_voice.rs"]
mod tiny_voice;

use docbao::model::units::Millis;
use docbao::model::voice_settings::VoiceSettings;
use docbao::voice::piper::{Clause, Line, Piper};

pub(crate) use tiny_voice::Tiny;

/// Nothing varies, so that every length is known.
#[must_use]
pub(crate) fn still() -> VoiceSettings {
    VoiceSettings { noise: Some(0.0), noise_width: Some(0.0), ..VoiceSettings::default() }
}

/// A line of clauses: words apart by spaces, the sign, and the pause behind it in milliseconds.
#[must_use]
pub(crate) fn line(clauses: &[(&str, Option<char>, f32)]) -> Line {
    let mut number = 0..;
    let clauses = clauses.iter().map(|(words, sign, pause)| Clause {
        words: words.split(' ').map(|word| (number.next().unwrap(), word.to_owned())).collect(),
        sign: *sign,
        pause: Millis(*pause),
    });
    Line { clauses: clauses.collect(), rate: 1.0 }
}

/// The tiny voice in a folder of its own.
#[must_use]
pub(crate) fn voice(tiny: &Tiny, settings: &VoiceSettings) -> Piper {
    let folder = tempfile::tempdir().unwrap();
    Piper::open(&tiny.write(folder.path(), "tiny", "vi"), settings, None).unwrap()
}
