//! `GET /v1/studio/renders/{id}/waveform`: how loud a rendered sound is, to be drawn.

use std::path::Path as FilePath;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::decode::Decoder;
use crate::model::error::Error;
use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;

/// How many peaks a waveform has at most.
const MOST: usize = 1200;

/// The shape of a sound.
#[derive(Debug, Serialize)]
struct Waveform {
    seconds: f64,
    /// The largest deviation in stretches of equal length, in percent of what a file can hold.
    peaks: Vec<u8>,
}

/// `GET /v1/studio/renders/{id}/waveform`.
pub(super) async fn waveform(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<JsonText, Refusal> {
    let path = shared.renders.as_ref().and_then(|renders| renders.sound(&id));
    let none = || Refusal::of(StatusCode::NOT_FOUND, "there is no such sound, or not yet");
    let path = path.ok_or_else(none)?;
    let place = shared.place()?;
    let measured = spawn_blocking(move || {
        let _place = place;
        measure(&path)
    });
    JsonText::of(&measured.await.map_err(|_| Refusal::failed())??)
}

/// Decodes a file. Memory does not grow with its length: as it goes on, neighbouring stretches are joined.
fn measure(path: &FilePath) -> Result<Waveform, Error> {
    let mut decoder = Decoder::open(path)?;
    let (mut length, mut count) = (1u64, 0u64);
    let mut peaks: Vec<f32> = Vec::new();
    while let Some(samples) = decoder.read()? {
        for sample in samples {
            if count.is_multiple_of(length) {
                if peaks.len() == MOST {
                    peaks = peaks
                        .chunks(2)
                        .map(|two| two.iter().copied().fold(0.0, f32::max))
                        .collect();
                    length *= 2;
                }
                if count.is_multiple_of(length) {
                    peaks.push(0.0);
                }
            }
            if let Some(peak) = peaks.last_mut() {
                *peak = peak.max(sample.abs());
            }
            count += 1;
        }
    }
    let percent = |peak: f32| (peak.min(1.0) * 100.0).round() as u8;
    let seconds = count as f64 / f64::from(decoder.sample_rate());
    Ok(Waveform { seconds, peaks: peaks.into_iter().map(percent).collect() })
}
