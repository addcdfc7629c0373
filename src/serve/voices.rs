//! The voices and models as clients list them.

use std::sync::LazyLock;

use axum::extract::Query;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::answer::Json;
use super::refusal::Refusal;
use crate::model::error::Error;
use crate::model::tables::{bad_row, rows};
use crate::voice::install::VoiceFolder;
use crate::voice::voice_names;

/// What the model is called. Clients that know OpenAI's names only may ask for those.
pub(super) const MODELS: [&str; 4] = ["docbao", "tts-1", "tts-1-hd", "gpt-4o-mini-tts"];

const FILE: &str = "src/serve/tables/voices.tsv";

/// The voices of OpenAI's interface, and the voice of ours that speaks for each.
static ALIASES: LazyLock<Vec<(&'static str, &'static str)>> =
    LazyLock::new(|| load(include_str!("tables/voices.tsv")).expect("the table is read in a test"));

fn load(text: &'static str) -> Result<Vec<(&'static str, &'static str)>, Error> {
    let rows = rows(FILE, text, &["name", "voice"])?.into_iter();
    rows.map(|(line, row)| {
        if !voice_names().contains(&row[1]) {
            return Err(bad_row(FILE, line, format!("there is no voice {}", row[1])));
        }
        Ok((row[0], row[1]))
    })
    .collect()
}

/// The names of the voices that can be asked for: those inside the program, then those installed.
fn names() -> Vec<String> {
    let own = voice_names().into_iter().map(str::to_owned);
    // Who has no folder for voices has those inside the program.
    let installed = VoiceFolder::open().and_then(|folder| folder.voices()).unwrap_or_default();
    own.chain(installed.into_iter().map(|voice| voice.name)).collect()
}

/// The voice of this name, or the one that speaks for it.
///
/// # Errors
/// If there is none; a path is never one.
pub(super) fn voice(name: &str) -> Result<String, Refusal> {
    if let Some((_, voice)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Ok((*voice).to_owned());
    }
    if voice_names().contains(&name) {
        return Ok(name.to_owned());
    }
    let names = names();
    if names.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    let message = format!("there is no voice {name:?}: there are {}", names.join(", "));
    Err(Refusal::field("voice", message))
}

/// How voices are listed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shape {
    /// `names` for a list of names, as some clients want it.
    #[serde(default)]
    shape: String,
}

/// `GET /v1/audio/voices`: each with `id` and `name`, as Open WebUI reads them, or with `?shape=names` as
/// names alone.
pub(super) async fn list_voices(Query(shape): Query<Shape>) -> Json {
    // It reads a folder.
    let names = spawn_blocking(names).await.unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_voices_and_paths_are_not() {
        for (name, expected) in
            [("bac", Some("bac")), ("alloy", Some("bac-nu")), ("onyx", Some("bac"))]
        {
            assert_eq!(voice(name).ok().as_deref(), expected, "{name}");
        }
        for name in ["", "nobody", "/tmp/voice.onnx", "../a", "voices/bac", "a.onnx"] {
            assert!(voice(name).is_err(), "{name}");
        }
        let wrong = load("name\tvoice\nalloy\tnobody\n").unwrap_err().to_string();
        assert!(wrong.contains("line 2") || wrong.contains(":2"), "{wrong}");
    }
}
