//! What a client asks of the speech interface, and what that means here.

use serde::Deserialize;

use super::refusal::Refusal;
use super::state::Shared;
use super::voices;
use crate::model::phrase::Dialect;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::request::{LexiconText, Request};
use crate::model::voice_settings::VoiceSettings;
use crate::sound::formats::StreamFormat;

/// The speeds that OpenAI's interface has. What a voice cannot do of these, it does as far as it can.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.25..=4.0;

/// What is asked for. Fields of other servers are ignored, for clients send them to all.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The text.
    input: String,
    #[serde(default)]
    voice: Option<VoiceName>,
    #[serde(default)]
    response_format: Option<String>,
    #[serde(default)]
    speed: Option<f32>,
    #[serde(default)]
    stream_format: Option<String>,
    /// Whose Vietnamese: north, central or south.
    #[serde(default)]
    dialect: Option<String>,
    /// Readings as in a lexicon file: tab-separated columns `written` and `said`.
    #[serde(default)]
    lexicon: Option<String>,
    /// Whether the text is an article, of which datelines, captions and what sites print around it are
    /// not read; otherwise all of it is read.
    #[serde(default)]
    article: bool,
}

/// A voice by its name, or as an object with it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum VoiceName {
    Name(String),
    Object { id: String },
}

/// What is asked for, understood.
pub(super) struct Order {
    pub text: String,
    pub manner: Manner,
    pub format: StreamFormat,
    /// Whether the sound is sent as events.
    pub events: bool,
}

/// How a client wants a text to be read and spoken.
pub(super) struct Manner {
    /// A request without a source of its own.
    pub request: Request,
    /// How many times as fast as the voice of the request.
    pub speed: f32,
    /// Whether it has readings that no other client has.
    pub own_lexicon: bool,
}

impl Manner {
    /// That of the server, in a voice of this name if one is given. The folder of voices may be read.
    ///
    /// # Errors
    /// If there is no such voice.
    pub(super) fn of(shared: &Shared, voice: Option<&str>) -> Result<Manner, Refusal> {
        let mut request = shared.manner.clone();
        if let Some(name) = voice {
            let name = voices::voice(&shared.manner, name)?;
            // What only one voice can do is not asked of another.
            if name != request.voice.name {
                let VoiceSettings { rate, dialect, .. } = request.voice;
                request.voice = VoiceSettings { rate, dialect, ..VoiceSettings::of(&name) };
            }
        }
        request.reading.parts = ReadingPolicy::all();
        Ok(Manner { request, speed: 1.0, own_lexicon: false })
    }
}

impl Asked {
    /// What it means; the folder of voices may be read.
    ///
    /// # Errors
    /// If a field is wrong.
    pub(super) fn order(self, shared: &Shared) -> Result<Order, Refusal> {
        let format = self.response_format.as_deref().unwrap_or("mp3");
        let format = StreamFormat::of(format)
            .map_err(|error| Refusal::field("response_format", error.message().to_string()))?;
        let events = match self.stream_format.as_deref() {
            None | Some("audio") => false,
            Some("sse") => true,
            Some(other) => {
                let message = format!("there is no stream format {other:?}: give audio or sse");
                return Err(Refusal::field("stream_format", message));
            }
        };
        let speed = self.speed.unwrap_or(1.0);
        if !SPEEDS.contains(&speed) {
            let (least, most) = SPEEDS.into_inner();
            let message = format!("speed is {speed}: it must be a number from {least} to {most}");
            return Err(Refusal::field("speed", message));
        }
        if self.input.trim().is_empty() {
            return Err(Refusal::field("input", "there is no text in it"));
        }
        let voice = self.voice.map(|(VoiceName::Name(name) | VoiceName::Object { id: name })| name);
        let mut manner = Manner::of(shared, voice.as_deref())?;
        let request = &mut manner.request;
        // Every rate of a voice would be another engine; so its utterances are asked for faster or slower.
        let (slowest, fastest) = VoiceSettings::RATE.into_inner();
        let rate = request.voice.rate;
        manner.speed = (rate * speed).clamp(slowest, fastest) / rate;
        if let Some(name) = self.dialect {
            let dialect: Result<Dialect, _> = name.parse();
            let dialect = dialect.map_err(|error| Refusal::field("dialect", error.to_string()))?;
            request.voice.dialect = Some(dialect);
        }
        if let Some(lexicon) = self.lexicon {
            request.reading.lexicons.push(LexiconText::new("lexicon", &lexicon));
            manner.own_lexicon = true;
        }
        if self.article {
            request.reading.parts = shared.manner.reading.parts;
        }
        Ok(Order { text: self.input, manner, format, events })
    }
}
