//! One text being spoken: as a whole, or while it is still being written.

use std::sync::Arc;
use std::time::Instant;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::event;
use super::sentences::{Ready, Sentences};
use crate::model::error::Error;
use crate::model::take::Take;
use crate::serve::asked::Manner;
use crate::serve::pieces::Pieces;
use crate::serve::refusal::Refusal;
use crate::serve::speaker::Speaker;
use crate::serve::state::Shared;

/// Pieces of a text that wait to be looked at.
const AHEAD: usize = 16;

/// Samples of an event with sound.
const CHUNK: usize = 4096;

/// Who is asked to speak.
#[derive(Debug, Default, Deserialize)]
pub(super) struct VoiceAsked {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

impl VoiceAsked {
    /// What that means here; the folder of voices may be read.
    fn manner(&self, shared: &Shared) -> Result<Manner, Refusal> {
        let is_vietnamese = |tag: &String| tag.split(['-', '_']).next() == Some("vi");
        if let Some(other) = self.language.as_ref().filter(|tag| !is_vietnamese(tag)) {
            let message = format!("no voice speaks the language {other:?}: there is vi");
            return Err(Refusal::field("voice", message));
        }
        let mut manner = Manner::of(shared, self.name.as_deref())?;
        if self.speaker.is_some() {
            manner.request.voice.speaker.clone_from(&self.speaker);
        }
        Ok(manner)
    }
}

/// A text being spoken.
pub(super) struct Session {
    text: mpsc::Sender<String>,
    /// Bytes of text that may still come.
    left: usize,
    done: JoinHandle<Result<(), Refusal>>,
}

impl Session {
    /// Starts to speak. `is_streamed` says whether the text comes in pieces.
    ///
    /// # Errors
    /// If nobody else can be spoken to now.
    pub(super) fn start(
        shared: &Arc<Shared>,
        voice: VoiceAsked,
        is_streamed: bool,
        out: Pieces,
    ) -> Result<Session, Refusal> {
        let place = shared.place()?;
        let (text, received) = mpsc::channel(AHEAD);
        let asked_at = Instant::now();
        let shared = Arc::clone(shared);
        let left = shared.largest;
        let done = spawn_blocking(move || {
            let spoken = speak(&shared, &voice, received, is_streamed, &out, asked_at);
            let status = spoken.as_ref().map_or_else(Refusal::status, |()| 200);
            shared.metrics.answered("wyoming", status);
            let milliseconds = asked_at.elapsed().as_millis() as u64;
            tracing::info!(path = "wyoming", status, milliseconds, "answered");
            drop(place);
            spoken
        });
        Ok(Session { text, left, done })
    }

    /// Takes the next piece of the text.
    ///
    /// # Errors
    /// If the text is too long.
    pub(super) async fn add(&mut self, text: String) -> Result<(), Refusal> {
        self.left = self
            .left
            .checked_sub(text.len())
            .ok_or_else(|| Refusal::field("text", "the text is longer than a request may be"))?;
        // If it is no longer taken, the end says why.
        let _ = self.text.send(text).await;
        Ok(())
    }

    /// Whether it has ended before its text.
    pub(super) fn is_over(&self) -> bool {
        self.text.is_closed()
    }

    /// Ends the text, and waits until it is spoken.
    ///
    /// # Errors
    /// Why it was not.
    pub(super) async fn finish(self) -> Result<(), Refusal> {
        drop(self.text);
        self.done.await.unwrap_or_else(|_| Err(Refusal::failed()))
    }
}

/// Speaks a text as it comes, and sends the events of its sound.
fn speak(
    shared: &Shared,
    voice: &VoiceAsked,
    mut text: mpsc::Receiver<String>,
    is_streamed: bool,
    out: &Pieces,
    asked_at: Instant,
) -> Result<(), Refusal> {
    let manner = voice.manner(shared)?;
    let mut speaker = Speaker::new(shared, &manner, asked_at)?;
    let mut sentences = Sentences::new(speaker.front_end());
    let mut sound = Sound::new(out, speaker.sample_rate());
    let mut say = |ready: Option<Ready>, sound: &mut Sound| {
        if speaker.is_late() && speaker.has_begun() {
            return Err(Refusal::field("text", "it takes longer than a request may"));
        }
        let Some(Ready { article, utterances }) = ready else { return Ok(()) };
        let spoken = speaker.speak(&article, utterances.into_iter(), |take| sound.send(&take));
        let is_late = speaker.is_late() && !speaker.has_begun();
        spoken.map_err(|error| if is_late { Refusal::late() } else { error.into() })
    };
    while let Some(piece) = text.blocking_recv() {
        if is_streamed {
            say(sentences.add(&piece)?, &mut sound)?;
        } else {
            sentences.put(&piece);
        }
    }
    say(sentences.rest()?, &mut sound)?;
    sound.finish()?;
    if is_streamed {
        sound.event("synthesize-stopped", &Value::Null, b"")?;
    }
    Ok(())
}

/// The events of sound, in order.
struct Sound<'a> {
    out: &'a Pieces,
    rate: u32,
    samples: u64,
    has_begun: bool,
}

impl Sound<'_> {
    fn new(out: &Pieces, rate: u32) -> Sound<'_> {
        Sound { out, rate, samples: 0, has_begun: false }
    }

    /// Milliseconds that were sent.
    fn time(&self) -> u64 {
        self.samples * 1000 / u64::from(self.rate)
    }

    fn begin(&mut self) -> Result<(), Error> {
        if !std::mem::replace(&mut self.has_begun, true) {
            self.event("audio-start", &self.format(), b"")?;
        }
        Ok(())
    }

    /// The form of the sound, from this time.
    fn format(&self) -> Value {
        json!({"rate": self.rate, "width": 2, "channels": 1, "timestamp": self.time()})
    }

    fn send(&mut self, take: &Take) -> Result<(), Error> {
        self.begin()?;
        for samples in take.samples.chunks(CHUNK) {
            let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            self.event("audio-chunk", &self.format(), &bytes)?;
            self.samples += samples.len() as u64;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.begin()?;
        self.event("audio-stop", &json!({"timestamp": self.time()}), b"")
    }

    fn event(&self, kind: &str, data: &Value, payload: &[u8]) -> Result<(), Error> {
        let sent = self.out.send(event::bytes(kind, data, payload));
        sent.map_err(|cause| Error::write("the answer", cause))
    }
}
