//! Sounds to master and encode, and what comes back of them.

use std::path::Path;
use std::sync::OnceLock;

use docbao::decode::Decoder;
use docbao::files::AtomicFile;
use docbao::model::phrase::{
    GroupRole, Intonation, Phone, Phrase, PhraseGroup, PhraseWord, Syllable, Tone,
};
use docbao::model::tags::{Chapter, Tags};
use docbao::model::units::Millis;
use docbao::sound::formats::{self, Encoding, Format};
use docbao::sound::master::{self, Master, Mastered, Measured, Preset, Spool, Spooled};
use docbao::voice::parametric::data::Voice;
use docbao::voice::parametric::prosody::{Prosody, Settings};
use docbao::voice::parametric::synthesize::{Builtin, Synthesizer};

/// Samples a second of all sounds here, as of the built-in voices.
pub(crate) const RATE: u32 = 24_000;

/// Breath groups of so many syllables each, all sorts of onsets, rimes and tones among them, and the
/// pause after each in milliseconds.
pub(crate) fn phrase(groups: usize, syllables: usize, pause: f32) -> Phrase {
    let onsets = [Phone::T, Phone::M, Phone::S, Phone::D, Phone::K];
    let nuclei = [Phone::A, Phone::Ie, Phone::Oo, Phone::I];
    let codas = [None, Some(Phone::N), Some(Phone::J)];
    let word = |word: usize| PhraseWord {
        word,
        syllables: vec![Syllable {
            onset: onsets[word % onsets.len()],
            glide: false,
            nucleus: nuclei[word % nuclei.len()],
            coda: codas[word % codas.len()],
            tone: Tone::ALL[word % Tone::ALL.len()],
        }],
        is_emphasized: false,
        is_quoted: false,
    };
    let groups = (0..groups).map(|group| PhraseGroup {
        words: (syllables * group..syllables * (group + 1)).map(word).collect(),
        role: GroupRole::Plain,
        pause: Millis(pause),
    });
    Phrase { groups: groups.collect(), intonation: Intonation::Statement }
}

/// Some 8 s of the built-in voice.
pub(crate) fn speech() -> &'static [f32] {
    static SPEECH: OnceLock<Vec<f32>> = OnceLock::new();
    SPEECH.get_or_init(|| {
        let voice = Voice::load("bac").unwrap();
        let prosody = Prosody::new(&voice, Settings::of(&voice)).unwrap();
        let engine = Builtin::new(&voice).unwrap();
        assert_eq!(engine.sample_rate(), RATE);
        engine.synthesize(&prosody.score(&phrase(3, 12, 300.0))).unwrap()
    })
}

/// Noise that is always the same, between -1 and 1 (Knuth's linear congruential generator).
pub(crate) fn noise(samples: usize) -> Vec<f32> {
    let mut state = 1u64;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..samples).map(|_| next()).collect()
}

/// A spool with this sound, which came in stretches of odd lengths.
pub(crate) fn spooled(samples: &[f32]) -> Spooled {
    let mut spool = Spool::create(&std::env::temp_dir(), RATE).unwrap();
    samples.chunks(7919).for_each(|chunk| spool.write(chunk).unwrap());
    spool.finish().unwrap()
}

/// What mastering hands on.
pub(crate) fn mastered(samples: &[f32], preset: &Preset, rate: u32) -> (Vec<f32>, Mastered) {
    let mut out = Vec::new();
    let done = Master::new(spooled(samples)).finish(preset, rate, |samples| {
        out.extend_from_slice(samples);
        Ok(())
    });
    (out, done.unwrap())
}

/// The format of this name.
pub(crate) fn format(name: &str) -> Format {
    name.parse().unwrap()
}

/// The formats that this program was built to write.
pub(crate) fn formats() -> impl Iterator<Item = Format> {
    formats::FORMATS.iter().copied().filter(|format| format.check_built().is_ok())
}

/// Masters a sound into a file as a publisher does: again with more headroom if the encoder raised
/// its peaks too far. Gives what is heard of the file.
pub(crate) fn published(
    path: &Path,
    samples: &[f32],
    preset: &Preset,
    encoding: &Encoding,
    tags: &Tags,
    chapters: &[Chapter],
) -> Measured {
    let mut master = Master::new(spooled(samples));
    let rate = encoding.output_rate(RATE);
    let mut headroom = encoding.format().headroom_db();
    for _ in 0..3 {
        let mut file = AtomicFile::create(path).unwrap();
        let mut writer = formats::create(&mut file, encoding, RATE, tags, chapters).unwrap();
        let preset_below = preset.with_headroom(headroom);
        let done = master.finish(&preset_below, rate, |samples| {
            writer.write(samples).unwrap();
            Ok(())
        });
        done.unwrap();
        writer.finish().unwrap();
        let heard = master::verify(file.temporary_path()).unwrap();
        match preset.excess(&heard) {
            Some(excess) => headroom += excess + 0.1,
            None => {
                file.finish().unwrap();
                return heard;
            }
        }
    }
    panic!("{} keeps its peaks too high", path.display());
}

/// All samples of a file, and how many a second.
pub(crate) fn decoded(path: &Path) -> (Vec<f32>, u32) {
    let mut decoder = Decoder::open(path).unwrap();
    let mut samples = Vec::new();
    while let Some(next) = decoder.read().unwrap() {
        samples.extend_from_slice(next);
    }
    (samples, decoder.sample_rate())
}
