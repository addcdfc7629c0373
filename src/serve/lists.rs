//! The voices and models as clients list them.

use std::sync::Arc;

use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::answer::Json;
use super::state::Shared;
use super::voices;

/// What the model is called. Clients that know OpenAI's names only may ask for those.
const MODELS: [&str; 4] = ["docbao", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"];

/// How voices are listed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shape {
    /// `names` for a list of names, as some clients want it.
    #[serde(default)]
    shape: String,
}

/// `GET /v1/audio/voices`: each with `id` and `name`, as Open WebUI reads them, or with `?shape=names` as
/// names alone.
pub(super) async fn list_voices(
    State(shared): State<Arc<Shared>>,
    Query(shape): Query<Shape>,
) -> Json {
    // It reads a folder.
    let names = spawn_blocking(move || voices::names(&shared.manner)).await.unwrap_or_default();
    let named = |name: &String| json!({"id": name, "name": name});
    let voices: Vec<Value> = match &*shape.shape {
        "names" => names.iter().map(|name| json!(name)).collect(),
        _ => names.iter().map(named).collect(),
    };
    Json(json!({ "voices": voices }))
}

/// `GET /v1/models`, as OpenAI has it.
pub(super) async fn list_models() -> Json {
    let model = |id: &str| json!({"id": id, "object": "model", "created": 0, "owned_by": "docbao"});
    Json(json!({"object": "list", "data": MODELS.map(model)}))
}

/// `GET /v1/audio/models`, as Open WebUI reads it.
pub(super) async fn list_audio_models() -> Json {
    Json(json!({"models": MODELS.map(|id| json!({"id": id, "name": id}))}))
}
