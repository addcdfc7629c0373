//! The voices that clients may ask for.

use std::sync::LazyLock;

use super::refusal::Refusal;
use crate::model::error::Error;
use crate::model::request::Request;
use crate::model::tables::{bad_row, rows};
use crate::voice::install::VoiceFolder;
use crate::voice::{remote_name, voice_names};

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

/// The voices of other servers that the operator of this one speaks with, each by the name that clients
/// have for it, with its address. Clients never name an address.
fn remote(manner: &Request) -> impl Iterator<Item = (String, &str)> {
    let voices = std::iter::once(&manner.voice).chain(manner.voices.values());
    voices.filter_map(|voice| Some((remote_name(&voice.name)?, &*voice.name)))
}

/// The names of the voices that can be asked for: those of the operator's, those inside the program, then
/// those installed.
pub(super) fn names(manner: &Request) -> Vec<String> {
    let own = voice_names().into_iter().map(str::to_owned);
    // Who has no folder for voices has those inside the program.
    let installed = VoiceFolder::open().and_then(|folder| folder.voices()).unwrap_or_default();
    let mut names: Vec<String> = remote(manner).map(|(name, _)| name).collect();
    for name in own.chain(installed.into_iter().map(|voice| voice.name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The voice of this name, or the one that speaks for it, where this is how the server speaks.
///
/// # Errors
/// If there is none; a path or an address is never one.
pub(super) fn voice(manner: &Request, name: &str) -> Result<String, Refusal> {
    if let Some((_, address)) = remote(manner).find(|(known, _)| known == name) {
        return Ok(address.to_owned());
    }
    if let Some((_, voice)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Ok((*voice).to_owned());
    }
    if voice_names().contains(&name) {
        return Ok(name.to_owned());
    }
    let names = names(manner);
    if names.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    let message = format!("there is no voice {name:?}: there are {}", names.join(", "));
    Err(Refusal::field("voice", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_voices_and_paths_and_addresses_are_not() {
        let mut manner = Request::text("");
        let voice = |name: &str| voice(&manner, name);
        for (name, expected) in
            [("bac", Some("bac")), ("alloy", Some("bac-nu")), ("onyx", Some("bac"))]
        {
            assert_eq!(voice(name).ok().as_deref(), expected, "{name}");
        }
        let address = "http://127.0.0.1:9/v1#lan&model=x";
        for name in
            ["", "nobody", "/tmp/voice.onnx", "../a", "voices/bac", "a.onnx", "lan", address]
        {
            assert!(voice(name).is_err(), "{name}");
        }
        manner.voice.name = address.to_owned();
        assert_eq!(super::voice(&manner, "lan").ok().as_deref(), Some(address));
        assert!(super::voice(&manner, address).is_err());
        assert_eq!(names(&manner)[..2], ["lan", "bac-nu-trong"]);
        let wrong = load("name\tvoice\nalloy\tnobody\n").unwrap_err().to_string();
        assert!(wrong.contains("line 2") || wrong.contains(":2"), "{wrong}");
    }
}
