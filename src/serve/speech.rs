//! `POST /v1/audio/speech`: speech while it is made, as OpenAI's interface has it.

use std::io::{self, Write};
use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::task::spawn_blocking;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::asked::{Asked, Order};
use super::pieces::{self, Pieces};
use super::refusal::Refusal;
use super::speaker::Speaker;
use super::state::Shared;
use super::uploads;
use crate::job::read_text;
use crate::model::error::Error;
use crate::model::take::from_pcm16;
use crate::sound::at_rate;
use crate::sound::formats::Stream;

/// Answers a request for speech. What is wrong with it is told before any sound.
pub(super) async fn speech(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Refusal> {
    let asked_at = Instant::now();
    let upload = uploads::read(&shared, request).await?;
    let reader = Arc::clone(&shared);
    let order = spawn_blocking(move || {
        let asked: Asked = serde_json::from_slice(&upload.bytes).map_err(|error| {
            let message = format!("the body is no request for speech: {error}");
            Refusal::of(StatusCode::BAD_REQUEST, message)
        })?;
        asked.order(&reader)
    });
    let order = order.await.map_err(|_| Refusal::failed())??;
    let place = shared.place()?;
    let content_type = if order.events { "text/event-stream" } else { order.format.mime };
    let (pieces, received) = pieces::channel();
    let (ready, begun) = oneshot::channel();
    let is_whole = Arc::new(AtomicBool::new(false));
    let sink = Sink { pieces, events: order.events };
    let told = Arc::clone(&is_whole);
    let voicing =
        Voicing { shared, order, ready: Some(ready), is_whole: told, asked_at, _place: place };
    spawn_blocking(move || voicing.speak(sink));
    begun.await.map_err(|_| Refusal::failed())??;
    // A client must see that an answer was cut off: it ends with an error and not as if it were whole.
    let is_cut = move || !is_whole.swap(true, Ordering::Relaxed);
    let end = iter::from_fn(move || is_cut().then(|| Err(io::Error::other("cut off"))));
    let pieces = UnboundedReceiverStream::new(received).map(|piece| Ok(piece.bytes));
    let mut response = Body::from_stream(pieces.chain(tokio_stream::iter(end))).into_response();
    let content_type = HeaderValue::from_static(content_type);
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    Ok(response)
}

/// One request being spoken.
struct Voicing {
    shared: Arc<Shared>,
    order: Order,
    /// Is told once that there is sound, or why there is none.
    ready: Option<oneshot::Sender<Result<(), Refusal>>>,
    /// Is set once all was sent.
    is_whole: Arc<AtomicBool>,
    asked_at: Instant,
    _place: OwnedSemaphorePermit,
}

impl Voicing {
    /// Speaks, and sends what is spoken.
    fn speak(mut self, mut sink: Sink) {
        let result = self.send(&mut sink);
        let is_late = self.asked_at.elapsed() > self.shared.longest;
        match (result, self.ready.take()) {
            (Ok(()), _) => self.is_whole.store(true, Ordering::Relaxed),
            // Nobody waits for it if the client has gone.
            (Err(_), Some(ready)) if is_late => drop(ready.send(Err(Refusal::late()))),
            (Err(error), Some(ready)) => drop(ready.send(Err(error.into()))),
            (Err(error), None) => tracing::warn!(%error, "an answer was cut off"),
        }
    }

    fn send(&mut self, sink: &mut Sink) -> Result<(), Error> {
        let Order { text, manner, format, events } = &self.order;
        let article = read_text("text", text)?;
        let shared = Arc::clone(&self.shared);
        let mut speaker = Speaker::new(&shared, manner, self.asked_at)?;
        let voice_rate = speaker.sample_rate();
        let rate = format.rate(voice_rate)?;
        let failed = |cause: io::Error| Error::write("the answer", cause);
        let mut samples = Vec::new();
        {
            let mut out = Stream::new(sink);
            let mut writer = format
                .start(&mut out, voice_rate)
                .map_err(|fault| fault.in_file("the answer".as_ref()))?;
            let front_end = speaker.front_end();
            speaker.speak(&article, front_end.utterances(&article), |take| {
                if let Some(ready) = self.ready.take() {
                    let _ = ready.send(Ok(()));
                }
                samples.clear();
                samples.extend(at_rate(take, rate).samples.iter().copied().map(from_pcm16));
                writer.write(&samples).map_err(failed)?;
                writer.hand_on().map_err(failed)
            })?;
            if !speaker.has_begun() {
                return Err(Error::input("the text", "has nothing to read aloud"));
            }
            writer.finish().map_err(failed)?;
        }
        if *events {
            let count = speaker.characters();
            sink.event(&json!({
                "type": "speech.audio.done",
                "usage": {"input_tokens": count, "output_tokens": 0, "total_tokens": count},
            }))
            .map_err(failed)?;
        }
        Ok(())
    }
}

/// Where the bytes of an answer go.
struct Sink {
    pieces: Pieces,
    /// Whether they are sent as events.
    events: bool,
}

impl Sink {
    fn event(&self, value: &serde_json::Value) -> io::Result<()> {
        self.pieces.send(Bytes::from(format!("data: {value}\n\n")))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.events {
            let audio = BASE64_STANDARD.encode(bytes);
            self.event(&json!({"type": "speech.audio.delta", "audio": audio}))?;
        } else {
            self.pieces.send(Bytes::copy_from_slice(bytes))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
