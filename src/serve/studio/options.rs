//! `GET /v1/studio`: what the page offers.

use std::path::Path;
use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::serve::answer::JsonText;
use crate::serve::refusal::Refusal;
use crate::serve::state::Shared;
use crate::serve::voices;
use crate::sound::captions;
use crate::sound::formats::{self, FORMATS};
use crate::sound::master::PRESETS;
use crate::text::lexicon_file::LexiconFile;
use crate::text::readers;

/// What the page offers.
#[derive(Debug, Serialize)]
struct Options {
    voices: Vec<String>,
    /// The voice and the speed if no other is chosen.
    voice: String,
    rate: f32,
    /// The formats of sound that this program writes, the usual one first.
    audio: Vec<Offer>,
    captions: Vec<Offer>,
    loudness: Vec<&'static str>,
    /// The endings of the names of files that can be read.
    extensions: Vec<&'static str>,
    /// Whether articles are fetched from addresses.
    addresses: bool,
    /// The file in which readings are kept; `None` if the page keeps them.
    lexicon: Option<String>,
    /// The title of the show in which documents can be published.
    show: Option<String>,
    /// Whether renders are still there after the server was started again.
    keeps_renders: bool,
    /// The largest body of a request, in bytes.
    largest_body: usize,
}

/// A format.
#[derive(Debug, Serialize)]
struct Offer {
    name: &'static str,
    label: &'static str,
    content_type: &'static str,
}

/// `GET /v1/studio`.
pub(super) async fn options(State(shared): State<Arc<Shared>>) -> Result<JsonText, Refusal> {
    // It reads a folder.
    let for_names = Arc::clone(&shared);
    let voices = spawn_blocking(move || voices::names(&for_names.manner)).await.unwrap_or_default();
    let built = FORMATS.iter().filter(|format| format.check_built().is_ok());
    let mut audio: Vec<_> = built.copied().collect();
    audio.sort_by_key(|format| *format != formats::usual());
    let audio = audio.into_iter().map(|format| Offer {
        name: format.name(),
        label: format.label(),
        content_type: format.mime(),
    });
    let captions = captions::FORMATS.iter().map(|format| Offer {
        name: format.name(),
        label: format.about(),
        content_type: format.mime(),
    });
    let voice = &shared.manner.voice;
    // Where a file of the server's is, is nobody's business.
    let stem =
        || Path::new(&voice.name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let is_listed = voices.contains(&voice.name);
    let name = if is_listed { Some(voice.name.clone()) } else { stem() };
    JsonText::of(&Options {
        voices,
        voice: name.unwrap_or_default(),
        rate: voice.rate,
        audio: audio.collect(),
        captions: captions.collect(),
        loudness: PRESETS.iter().map(|preset| preset.name).collect(),
        extensions: readers::extensions().collect(),
        addresses: shared.addresses,
        lexicon: shared.lexicon.as_ref().map(LexiconFile::name),
        show: show(&shared),
        keeps_renders: shared.jobs.is_some(),
        largest_body: shared.largest,
    })
}

/// The title of the show.
fn show(shared: &Shared) -> Option<String> {
    #[cfg(feature = "podcast")]
    return shared.show.as_ref().map(|show| show.title().to_owned());
    #[cfg(not(feature = "podcast"))]
    {
        let _ = shared;
        None
    }
}
