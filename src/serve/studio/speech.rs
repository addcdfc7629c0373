//! `POST /v1/studio/speech`: one sentence of a document is spoken.

use std::io::Cursor;
use std::sync::Arc;

use axum::extract::{Request, State};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::document::{Document, answered};
use crate::model::diag::Span;
use crate::model::error::Error;
use crate::model::tags::Tags;
use crate::model::take::from_pcm16;
use crate::model::utterance::{Utterance, UtteranceWord};
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::sound::formats::{self, Encoding, Format};
use crate::sound::marks::milliseconds;
use crate::text::sentences::{sentence_at, span_of};

/// A longer sentence is not spoken by itself: its sound, some minutes, would be in memory as a whole.
const MOST_SYLLABLES: usize = 1000;

/// A sentence of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    document: Document,
    /// A place of the article's text in it.
    at: usize,
}

/// A sentence as it was spoken.
#[derive(Debug, Serialize)]
struct Spoken {
    /// The sound with the silence after it, a WAV file in Base64. It has the voice's own level.
    audio: String,
    seconds: f64,
    /// From its first word to its last.
    span: Span,
    /// When the words are heard, in order.
    words: Vec<SpokenWord>,
}

/// When a word is heard.
#[derive(Debug, Serialize)]
struct SpokenWord {
    span: Span,
    start_ms: f64,
    end_ms: f64,
}

/// `POST /v1/studio/speech`.
pub(super) async fn speech(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<JsonText, Refusal> {
    let spoken = answered(shared, request, |shared, asked: Asked| {
        let _place = shared.place()?;
        spoken(shared, asked)
    });
    JsonText::of(&spoken.await?)
}

fn spoken(shared: &Shared, Asked { document, at }: Asked) -> Result<Spoken, Refusal> {
    let desk = document.open(shared)?;
    let (article, front_end) = (desk.article()?, desk.front_end()?);
    let utterances = sentence_at(front_end.utterances(&article), at);
    let Some(span) = span_of(&utterances) else {
        return Err(Refusal::field("at", format!("no sentence is read at {at}")));
    };
    let syllables: usize = words_of(&utterances).map(UtteranceWord::syllables).sum();
    if syllables > MOST_SYLLABLES {
        let reason = format!("the sentence has {syllables} syllables, more than {MOST_SYLLABLES}");
        return Err(Refusal::field("at", reason));
    }
    let narrator = shared.context.narrator(&desk.submission.request)?;
    let rate = narrator.info().sample_rate;
    let encoding = Encoding::new(Format::WAV, Some(rate), None)?;
    let failed = |cause| Error::write("the answer", cause);
    let mut file = Cursor::new(Vec::new());
    let (mut words, mut samples) = (Vec::new(), 0);
    {
        let writer = formats::create(&mut file, &encoding, rate, &Tags::default(), &[]);
        let mut writer = writer.map_err(|fault| fault.in_file("the answer".as_ref()))?;
        narrator.narrate(utterances, |utterance, speech| {
            let times = utterance.words.iter().zip(&speech.take.words);
            words.extend(times.map(|(word, heard)| SpokenWord {
                span: word.source,
                start_ms: milliseconds(samples + heard.start, rate),
                end_ms: milliseconds(samples + heard.end, rate),
            }));
            samples += speech.take.samples.len() as u64;
            let characters = utterance.words.iter().map(|word| word.said.chars().count()).sum();
            shared.metrics.spoken(speech.take.seconds(), characters);
            let heard: Vec<f32> = speech.take.samples.into_iter().map(from_pcm16).collect();
            writer.write(&heard).map_err(failed)
        })?;
        writer.finish().map_err(failed)?;
    }
    let audio = BASE64_STANDARD.encode(file.into_inner());
    Ok(Spoken { audio, seconds: milliseconds(samples, rate) / 1000.0, span, words })
}

fn words_of(utterances: &[Utterance]) -> impl Iterator<Item = &UtteranceWord> {
    utterances.iter().flat_map(|utterance| &utterance.words)
}
