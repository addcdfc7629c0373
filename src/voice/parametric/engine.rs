//! The engine of voices that sound a score.

use std::ops::Range;

use super::data::Voice;
use super::phonemize::Phonemizer;
use super::prosody::{self, Prosody};
use super::score::{Note, Score};
use super::synthesize::{self, Builtin, InRoom, Synthesizer};
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::take::{Take, Times, to_pcm16};
use crate::model::units::Millis;
use crate::model::utterance::Utterance;
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::voice::engine::{Engine, EngineInfo, PhoneLength};

/// The symbol of the glide between onset and nucleus.
const GLIDE: &str = "w";

/// A voice with everything from words to samples.
pub(in crate::voice) struct Parametric {
    phonemizer: Phonemizer,
    prosody: Prosody,
    synthesizer: Box<dyn Synthesizer>,
    info: EngineInfo,
}

/// What sounds the scores of a voice.
pub(in crate::voice) struct Sound<'a> {
    /// What the voice is then called.
    pub name: &'a str,
    pub synthesizer: Box<dyn Synthesizer>,
    /// What distinguishes it from another that sounds the same voice.
    pub marks: &'a [u8],
}

impl Parametric {
    /// The voice that the settings name, sounded by its own model.
    ///
    /// # Errors
    /// As [`Engines::open`](crate::voice::Engines::open).
    pub(crate) fn open(settings: &VoiceSettings) -> Result<Parametric, Error> {
        let voice = Voice::load(&settings.name)?;
        let builtin = Builtin::new(&voice)?;
        let room = voice.manifest.room.filter(|_| !settings.dry);
        let (synthesizer, marks): (Box<dyn Synthesizer>, &[u8]) = match room {
            Some(room) => (Box::new(InRoom::new(builtin, &room)), b"room"),
            None => (Box::new(builtin), b"dry"),
        };
        Parametric::new(&voice, settings, Sound { name: &voice.manifest.name, synthesizer, marks })
    }

    /// A voice whose scores are sounded so.
    ///
    /// # Errors
    /// Of kind `Request` if the settings ask for what the voice cannot do; of kind `Table` if its
    /// tables are damaged.
    pub(crate) fn new(
        voice: &Voice,
        settings: &VoiceSettings,
        Sound { name, synthesizer, marks }: Sound,
    ) -> Result<Parametric, Error> {
        refuse_neural(name, settings)?;
        let dialect = settings.dialect.unwrap_or(voice.manifest.dialect);
        let how = prosody::Settings { rate: settings.rate, pitch_shift: settings.pitch, dialect };
        let digest = EngineInfo::digest_of(&[
            &synthesize::GENERATION.to_le_bytes(),
            marks,
            voice.digest().bytes(),
        ]);
        let info = EngineInfo {
            name: name.to_owned(),
            sample_rate: synthesizer.sample_rate(),
            dialect,
            times: Times::Exact,
            digest,
        };
        let (phonemizer, prosody) = (Phonemizer::new(dialect), Prosody::new(voice, how)?);
        Ok(Parametric { phonemizer, prosody, synthesizer, info })
    }

    fn score(&self, utterance: &Utterance) -> Score {
        self.prosody.score_as(&self.phonemizer.phonemize(utterance), &utterance.delivery)
    }
}

/// An error if the settings ask for what only Piper voices have.
fn refuse_neural(name: &str, settings: &VoiceSettings) -> Result<(), Error> {
    let given = [
        ("speaker", settings.speaker.is_some()),
        ("noise", settings.noise.is_some()),
        ("noise_width", settings.noise_width.is_some()),
        ("phonemizer", settings.phonemizer == PhonemesBy::Espeak),
    ];
    let given: Vec<&str> =
        given.iter().filter(|(_, is_given)| *is_given).map(|(setting, _)| *setting).collect();
    if given.is_empty() {
        return Ok(());
    }
    let message = message!(
        "speakers, noise and the choice of phonemes are for Piper voices, and {name} is none",
        name
    );
    Err(Error::request(message).with_hint(Hint::omit(&given)))
}

impl Engine for Parametric {
    fn info(&self) -> &EngineInfo {
        &self.info
    }

    fn key(&self, utterance: &Utterance) -> Result<Digest, Error> {
        // All that the sound depends on is in the score: what words say and settings count by what they
        // change in it.
        Ok(self.info.key_of(utterance, &self.score(utterance).content()))
    }

    fn speak(&self, utterance: &Utterance) -> Result<Take, Error> {
        let (score, sample_rate) = (self.score(utterance), self.info.sample_rate);
        let samples = self.synthesizer.synthesize(&score)?.into_iter().map(to_pcm16).collect();
        let words = word_times(&score, utterance.words.len(), sample_rate);
        Ok(Take::new(sample_rate, samples, words))
    }

    fn phones(&self, utterance: &Utterance) -> Vec<Vec<PhoneLength>> {
        let mut words = vec![Vec::new(); utterance.words.len()];
        for Note { word, syllable, onset, glide, nucleus, coda, .. } in self.score(utterance).notes
        {
            let glide = syllable.glide.then_some((GLIDE, glide));
            let coda = syllable.coda.map(|phone| (phone.symbol(), coda));
            let vowel = (syllable.nucleus.symbol(), nucleus);
            let sounds = [Some((syllable.onset.symbol(), onset)), glide, Some(vowel), coda];
            let heard = sounds.into_iter().flatten().filter(|(_, length)| length.0 > 0.0);
            let heard = heard.map(|(symbol, length)| PhoneLength { symbol, length });
            words
                .get_mut(word)
                .into_iter()
                .for_each(|phones: &mut Vec<_>| phones.extend(heard.clone()));
        }
        words
    }

    fn warnings(&self) -> Vec<Message> {
        Vec::new()
    }
}

/// The samples at which each word begins and ends in a score.
fn word_times(score: &Score, words: usize, sample_rate: u32) -> Vec<Range<u64>> {
    let sample = |at: Millis| (f64::from(at.0) * f64::from(sample_rate) / 1000.0).round() as u64;
    let mut times = vec![0..0; words];
    let mut seen = vec![false; words];
    let mut now = Millis(0.0);
    for note in &score.notes {
        let end = now + note.sounding();
        if let Some(time) = times.get_mut(note.word) {
            if !std::mem::replace(&mut seen[note.word], true) {
                time.start = sample(now);
            }
            time.end = sample(end);
        }
        now = end + note.pause;
    }
    times
}
