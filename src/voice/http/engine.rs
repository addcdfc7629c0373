//! The engine of voices that servers have.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::address::VoiceAddress;
use super::client::{Asked, Client, TOKEN};
use super::{assemble, words};
use crate::model::digest::Digest;
use crate::model::error::{Error, Hint};
use crate::model::message::{Message, message};
use crate::model::phrase::Dialect;
use crate::model::take::{Take, Times};
use crate::model::utterance::Utterance;
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::voice::engine::{Engine, EngineInfo};
use crate::voice::means::Means;

/// The generation of what is made of a server's sound: raised with every change that gives the same sound
/// another take.
const GENERATION: u32 = 1;

/// The speeds that OpenAI's interface has.
const SPEEDS: (f64, f64) = (0.25, 4.0);

/// Opens the voice that the settings name. The server is not asked yet, so what is in a cache needs none.
pub(in crate::voice) fn open(
    settings: &VoiceSettings,
    means: &Means,
) -> Result<Arc<dyn Engine>, Error> {
    let address = VoiceAddress::parse(&settings.name)?;
    refuse(&address.voice, settings)?;
    let VoiceAddress { base, voice, model, sample_rate, .. } = &address;
    let dialect = settings.dialect;
    let named = dialect.map_or("", Dialect::name);
    let info = EngineInfo {
        name: voice.clone(),
        sample_rate: *sample_rate,
        dialect: dialect.unwrap_or_default(),
        times: Times::Estimated,
        digest: EngineInfo::digest_of(&[
            b"http",
            &GENERATION.to_le_bytes(),
            base.as_bytes(),
            voice.as_bytes(),
            model.as_bytes(),
            &sample_rate.to_le_bytes(),
            named.as_bytes(),
        ]),
    };
    let client = Client::new(address, means.http)?;
    let is_told = AtomicBool::new(!client.shows_token());
    Ok(Arc::new(HttpEngine { client, rate: settings.rate, dialect, info, is_told }))
}

/// A voice of a server.
struct HttpEngine {
    client: Client,
    /// How many times as fast as the voice's own speed, by the settings.
    rate: f32,
    dialect: Option<Dialect>,
    info: EngineInfo,
    /// Whether it was told that the token can be read on its way, or it cannot.
    is_told: AtomicBool,
}

/// Nothing is asked for that a server cannot be asked.
fn refuse(voice: &str, settings: &VoiceSettings) -> Result<(), Error> {
    let VoiceSettings {
        name: _,
        dialect: _,
        rate: _,
        pitch,
        dry: _,
        speaker,
        noise,
        noise_width,
        ..
    } = settings;
    let asked = [
        ("pitch", pitch.0 != 0.0),
        ("speaker", speaker.is_some()),
        ("noise", noise.is_some()),
        ("noise_width", noise_width.is_some()),
        ("phonemizer", settings.phonemizer == PhonemesBy::Espeak),
    ];
    let asked: Vec<&str> = asked.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let message =
        message!("{voice} is the voice of a server, which cannot be asked for that", voice);
    Err(Error::request(message).with_hint(Hint::omit(&asked)))
}

impl HttpEngine {
    /// The speed that is asked for, in thousandths, so that it is written the same everywhere.
    fn speed(&self, utterance: &Utterance) -> f64 {
        let speed = f64::from(self.rate) * f64::from(utterance.delivery.rate);
        (speed.clamp(SPEEDS.0, SPEEDS.1) * 1000.0).round() / 1000.0
    }
}

impl Engine for HttpEngine {
    fn info(&self) -> &EngineInfo {
        &self.info
    }

    fn key(&self, utterance: &Utterance) -> Result<Digest, Error> {
        let (text, weights) = (words::text(utterance), words::weights(utterance));
        let breaths: Vec<_> = utterance.groups.iter().map(|group| group.words.end).collect();
        let pause = utterance.groups.last().map_or(0.0, |group| group.pause.0);
        let speed = self.speed(utterance);
        let content = format!("{text}\n{weights:?} {breaths:?} {speed} {pause}");
        Ok(self.info.key_of(utterance, content.as_bytes()))
    }

    fn speak(&self, utterance: &Utterance) -> Result<Take, Error> {
        let text = words::text(utterance);
        let asked = Asked { text: &text, speed: self.speed(utterance), dialect: self.dialect };
        let sound = self.client.speak(asked)?;
        Ok(assemble::take(&sound, &words::weights(utterance), &utterance.groups))
    }

    fn warnings(&self) -> Vec<Message> {
        if self.is_told.swap(true, Ordering::Relaxed) {
            return Vec::new();
        }
        let base = &self.client.address().base;
        vec![message!(
            "the token in {token} is sent to {base} without encryption",
            token = TOKEN,
            base
        )]
    }
}
