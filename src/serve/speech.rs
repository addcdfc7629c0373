//! `POST /v1/audio/speech`: speech while it is made, as OpenAI's interface has it.

use std::io::{self, Write};
use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::refusal::Refusal;
use super::state::Shared;
use super::voices;
use crate::job::read_text;
use crate::model::error::Error;
use crate::model::phrase::Dialect;
use crate::model::reading_policy::ReadingPolicy;
use crate::model::request::{LexiconText, Request};
use crate::model::take::from_pcm16;
use crate::model::utterance::Utterance;
use crate::model::voice_settings::VoiceSettings;
use crate::sound::at_rate;
use crate::sound::formats::{Stream, StreamFormat};

/// Pieces of sound that wait for a client: so much is made ahead of one that is slow.
const AHEAD: usize = 32;

/// A client that takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The speeds that OpenAI's interface has. What a voice cannot do of these, it does as far as it can.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.25..=4.0;

/// What is asked for. Fields of other servers are ignored, for clients send them to all.
#[derive(Debug, Deserialize)]
struct Asked {
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
struct Order {
    text: String,
    /// How it is read and spoken; it has no source of its own.
    request: Request,
    /// How many times as fast as the voice of the request.
    speed: f32,
    format: StreamFormat,
    /// Whether the sound is sent as events.
    events: bool,
}

impl Asked {
    fn order(self, shared: &Shared) -> Result<Order, Refusal> {
        let format = self.response_format.as_deref().unwrap_or("mp3");
        let format = StreamFormat::of(format)
            .map_err(|error| Refusal::field("response_format", error.message()))?;
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
        let mut request = shared.manner.clone();
        if let Some(VoiceName::Name(name) | VoiceName::Object { id: name }) = self.voice {
            let name = voices::voice(&name)?;
            // What only one voice can do is not asked of another.
            if name != request.voice.name {
                let VoiceSettings { rate, dialect, .. } = request.voice;
                request.voice = VoiceSettings { rate, dialect, ..VoiceSettings::of(&name) };
            }
        }
        // Every rate of a voice would be another engine; so its utterances are asked for faster or slower.
        let (slowest, fastest) = VoiceSettings::RATE.into_inner();
        let rate = request.voice.rate;
        let speed = (rate * speed).clamp(slowest, fastest) / rate;
        if let Some(name) = self.dialect {
            let dialect: Result<Dialect, _> = name.parse();
            let dialect = dialect.map_err(|error| Refusal::field("dialect", error.to_string()))?;
            request.voice.dialect = Some(dialect);
        }
        if let Some(lexicon) = self.lexicon {
            request.reading.lexicons.push(LexiconText::new("lexicon", &lexicon));
        }
        if !self.article {
            request.reading.parts = ReadingPolicy::all();
        }
        Ok(Order { text: self.input, request, speed, format, events })
    }
}

/// Answers a request for speech. What is wrong with it is told before any sound.
pub(super) async fn speech(
    State(shared): State<Arc<Shared>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let body = body.map_err(|rejection| Refusal::of(rejection.status(), rejection.body_text()))?;
    let asked: Asked = serde_json::from_slice(&body).map_err(|error| {
        Refusal::of(StatusCode::BAD_REQUEST, format!("the body is no request for speech: {error}"))
    })?;
    let order = asked.order(&shared)?;
    let place = Arc::clone(&shared.places).try_acquire_owned().map_err(|_| {
        let message = format!("{} requests are being spoken; ask again later", shared.most);
        Refusal::of(StatusCode::TOO_MANY_REQUESTS, message)
    })?;
    let content_type = if order.events { "text/event-stream" } else { order.format.mime };
    let (chunks, received) = mpsc::channel(AHEAD);
    let (ready, begun) = oneshot::channel();
    let is_whole = Arc::new(AtomicBool::new(false));
    let sink = Sink { chunks, events: order.events, handle: Handle::current() };
    let asked_at = Instant::now();
    let told = Arc::clone(&is_whole);
    let voice =
        Voicing { shared, order, ready: Some(ready), is_whole: told, asked_at, _place: place };
    tokio::task::spawn_blocking(move || voice.speak(sink));
    match begun.await {
        Ok(Ok(())) => {
            // A client must see that an answer was cut off: it ends with an error and not as if it were whole.
            let is_cut = move || !is_whole.swap(true, Ordering::Relaxed);
            let end = iter::from_fn(move || is_cut().then(|| Err(io::Error::other("cut off"))));
            let pieces = ReceiverStream::new(received).map(Ok).chain(tokio_stream::iter(end));
            let mut response = Body::from_stream(pieces).into_response();
            let content_type = HeaderValue::from_static(content_type);
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
            Ok(response)
        }
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Refusal::of(StatusCode::INTERNAL_SERVER_ERROR, "the speaking failed")),
    }
}

/// One request being spoken.
struct Voicing {
    shared: Arc<Shared>,
    order: Order,
    /// Is told once that there is sound, or why there is none.
    ready: Option<oneshot::Sender<Result<(), Error>>>,
    /// Is set once all was sent.
    is_whole: Arc<AtomicBool>,
    asked_at: Instant,
    _place: OwnedSemaphorePermit,
}

impl Voicing {
    /// Speaks, and sends what is spoken.
    fn speak(mut self, mut sink: Sink) {
        match (self.send(&mut sink), self.ready.take()) {
            (Ok(()), _) => self.is_whole.store(true, Ordering::Relaxed),
            // Nobody waits for it if the client has gone.
            (Err(error), Some(ready)) => drop(ready.send(Err(error))),
            (Err(error), None) => tracing::warn!(%error, "an answer was cut off"),
        }
    }

    fn send(&mut self, sink: &mut Sink) -> Result<(), Error> {
        let Voicing { shared, order: Order { text, request, speed, format, events }, .. } = &*self;
        let (shared, speed, format, events) = (Arc::clone(shared), *speed, *format, *events);
        let latest = self.asked_at + shared.longest;
        let article = read_text("text", text)?;
        let front_end = shared.context.front_end(&request.reading)?;
        let narrator = shared.context.narrator(request)?;
        let voice_rate = narrator.info().sample_rate;
        let rate = format.rate(voice_rate)?;
        let failed = |cause: io::Error| Error::write("the answer", cause);
        let mut characters = 0;
        let mut samples = Vec::new();
        let mut spoken = 0.0;
        {
            let mut out = Stream::new(sink);
            let mut writer = format
                .start(&mut out, voice_rate)
                .map_err(|fault| fault.in_file("the answer".as_ref()))?;
            let at_speed = |mut utterance: Utterance| {
                utterance.delivery.rate *= speed;
                utterance
            };
            let mut utterances = front_end.utterances(&article).map(at_speed);
            // The first words are heard soon, however long the first sentence is.
            let first = utterances.next().into_iter().flat_map(Utterance::parted);
            let first: Vec<_> = first.collect();
            narrator.narrate(first.into_iter().chain(utterances), |utterance, speech| {
                if Instant::now() > latest {
                    return Err(Error::request("it takes longer than a request may"));
                }
                if let Some(ready) = self.ready.take() {
                    shared.metrics.first_sound(self.asked_at.elapsed());
                    drop(ready.send(Ok(())));
                }
                characters += utterance
                    .words
                    .iter()
                    .map(|word| word.source.end - word.source.start)
                    .sum::<usize>();
                spoken += speech.take.seconds();
                let take = at_rate(speech.take, rate);
                samples.clear();
                samples.extend(take.samples.iter().copied().map(from_pcm16));
                writer.write(&samples).map_err(failed)
            })?;
            if self.ready.is_some() {
                return Err(Error::input("the text", "has nothing to read aloud"));
            }
            writer.finish().map_err(failed)?;
        }
        shared.metrics.spoken(spoken);
        if events {
            sink.event(&json!({
                "type": "speech.audio.done",
                "usage": {"input_tokens": characters, "output_tokens": 0, "total_tokens": characters},
            }))
            .map_err(failed)?;
        }
        Ok(())
    }
}

/// Where the bytes of an answer go.
struct Sink {
    chunks: mpsc::Sender<Bytes>,
    /// Whether they are sent as events.
    events: bool,
    handle: Handle,
}

impl Sink {
    fn event(&self, value: &serde_json::Value) -> io::Result<()> {
        self.send(Bytes::from(format!("data: {value}\n\n")))
    }

    fn send(&self, bytes: Bytes) -> io::Result<()> {
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.handle.block_on(self.chunks.send_timeout(bytes, PATIENCE)).map_err(gone)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.events {
            let audio = BASE64_STANDARD.encode(bytes);
            self.event(&json!({"type": "speech.audio.delta", "audio": audio}))?;
        } else {
            self.send(Bytes::copy_from_slice(bytes))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
