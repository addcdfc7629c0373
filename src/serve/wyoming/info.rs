//! What a client is told of the voices.

use serde_json::{Value, json};

use crate::model::error::Error;
use crate::voice::install::{Installed, VoiceFolder};
use crate::voice::parametric::data::Voice;
use crate::voice::voice_names;

/// The data of `info`: one program for speech, with its voices. The folder of voices is read.
pub(super) fn info() -> Value {
    let own = voice_names().into_iter().filter_map(|name| of_own(name).ok());
    // Who has no folder for voices has those inside the program.
    let installed = VoiceFolder::open().and_then(|folder| folder.voices()).unwrap_or_default();
    let voices: Vec<Value> = own.chain(installed.iter().map(of_installed)).collect();
    json!({
        "asr": [], "handle": [], "intent": [], "wake": [], "mic": [], "snd": [],
        "tts": [{
            "name": "docbao",
            "description": "Reads Vietnamese texts aloud: numbers, dates and abbreviations become words",
            "attribution": {"name": "docbao", "url": ""},
            "installed": true,
            "version": env!("CARGO_PKG_VERSION"),
            "voices": voices,
            "supports_synthesize_streaming": true,
        }],
    })
}

fn of_own(name: &str) -> Result<Value, Error> {
    let manifest = Voice::load(name)?.manifest;
    Ok(json!({
        "name": name,
        "description": format!("{name}: {}", manifest.description),
        "attribution": {"name": manifest.attribution, "url": ""},
        "installed": true,
        "version": env!("CARGO_PKG_VERSION"),
        "languages": [manifest.language],
    }))
}

fn of_installed(voice: &Installed) -> Value {
    let source = voice.record.as_ref().map_or("", |record| &record.source);
    let licence = voice.record.as_ref().and_then(|record| record.licence.as_deref());
    let speakers = voice.traits.as_ref().map_or(1, |traits| traits.speakers);
    let speakers = (speakers > 1).then(|| {
        let speakers = (0..speakers).map(|number| json!({"name": number.to_string()}));
        speakers.collect::<Vec<_>>()
    });
    json!({
        "name": voice.name,
        "description": voice.name,
        "attribution": {"name": licence.unwrap_or("not known"), "url": source},
        "installed": true,
        "version": null,
        "languages": ["vi"],
        "speakers": speakers,
    })
}
