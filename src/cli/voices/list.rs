//! The voices as they are listed.

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use crate::cli::args::size_text;
use crate::cli::language::{self, said, told};
use crate::cli::stdout;
use crate::model::error::Error;
use crate::model::message::Message;
use crate::model::phrase::Dialect;
use crate::model::shown::serialize_some_path;
use crate::voice;
use crate::voice::install::{Catalogue, Entry, Installed, VoiceFolder};
use crate::voice::parametric::data::Voice;

/// Where a voice is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    BuiltIn,
    Installed,
    Installable,
}

impl State {
    fn text(self) -> &'static str {
        match self {
            State::BuiltIn => "built in",
            State::Installed => "installed",
            State::Installable => "installable",
        }
    }
}

/// A voice, with what is known about it.
#[derive(Serialize)]
pub(super) struct Listed {
    pub name: String,
    state: State,
    description: Option<String>,
    dialect: Option<&'static str>,
    sex: Option<String>,
    speakers: Option<u32>,
    quality: Option<String>,
    language: Option<String>,
    sample_rate: Option<u32>,
    licence: Option<String>,
    card: Option<String>,
    /// Bytes of its model.
    bytes: Option<u64>,
    /// Where its model is, or came from.
    source: Option<String>,
    #[serde(serialize_with = "serialize_some_path")]
    path: Option<PathBuf>,
    fault: Option<Message>,
}

/// All voices: inside the program, installed, and known to the catalogue.
pub(super) fn all(catalogue: &Catalogue) -> Result<Vec<Listed>, Error> {
    let mut voices = Vec::new();
    for name in Voice::list() {
        voices.push(built_in(&Voice::load(name)?));
    }
    // Who has no folder for voices has the others all the same.
    let installed = VoiceFolder::open().map_or(Ok(Vec::new()), |shelf| shelf.voices())?;
    let is_installed = |entry: &&Entry| installed.iter().any(|voice| voice.name == entry.name);
    let installable = catalogue.entries().iter().filter(|entry| !is_installed(entry));
    let installable: Vec<_> = installable.map(|entry| known(entry, State::Installable)).collect();
    voices.extend(installed.iter().map(|voice| on_disk(voice, catalogue.entry(&voice.name))));
    voices.extend(installable);
    Ok(voices)
}

fn built_in(voice: &Voice) -> Listed {
    let manifest = &voice.manifest;
    Listed {
        name: manifest.name.clone(),
        state: State::BuiltIn,
        description: Some(manifest.description.clone()),
        dialect: Some(manifest.dialect.name()),
        sex: Some(manifest.range.clone()),
        speakers: Some(1),
        quality: None,
        language: Some(manifest.language.clone()),
        sample_rate: Some(manifest.sample_rate),
        licence: Some(manifest.licence.clone()),
        card: None,
        bytes: Some(voice.model.len() as u64),
        source: None,
        path: None,
        fault: None,
    }
}

fn known(entry: &Entry, state: State) -> Listed {
    Listed {
        name: entry.name.clone(),
        state,
        description: entry.about.clone(),
        dialect: entry.dialect.map(Dialect::name),
        sex: entry.sex.map(|sex| sex.name().to_owned()),
        speakers: entry.speakers,
        quality: entry.quality.clone(),
        language: None,
        sample_rate: entry.sample_rate,
        licence: Some(entry.licence.clone()),
        card: entry.card.clone(),
        bytes: entry.model.bytes,
        source: Some(entry.source.text()),
        path: None,
        fault: None,
    }
}

/// An installed voice: what its files say beats what the catalogue says.
fn on_disk(voice: &Installed, entry: Option<&Entry>) -> Listed {
    let nothing = Listed {
        name: voice.name.clone(),
        state: State::Installed,
        description: None,
        dialect: None,
        sex: None,
        speakers: None,
        quality: None,
        language: None,
        sample_rate: None,
        licence: None,
        card: None,
        bytes: None,
        source: None,
        path: None,
        fault: None,
    };
    let mut listed = entry.map_or(nothing, |entry| known(entry, State::Installed));
    listed.bytes = Some(voice.bytes);
    listed.path = Some(voice.model.clone());
    listed.source = voice.record.as_ref().map(|record| record.source.clone());
    match &voice.traits {
        Ok(traits) => {
            listed.sample_rate = Some(traits.sample_rate);
            listed.speakers = Some(traits.speakers);
            listed.quality = traits.quality.clone().or(listed.quality);
            listed.language.clone_from(&traits.language);
        }
        Err(reason) => listed.fault = Some(reason.clone()),
    }
    listed
}

/// Prints a table for people.
pub(super) fn print(voices: &[Listed]) -> io::Result<()> {
    let header = ["name", "state", "dialect", "sex", "rate", "size", "licence", "about"];
    let mut rows = vec![header.map(|column| language::known(column).to_owned())];
    rows.extend(voices.iter().map(Listed::row));
    let tone = told!("no speech: a plain tone for each syllable, to try out timing");
    let state = language::known(State::BuiltIn.text());
    rows.push([voice::TONE, state, "", "", "", "", "", &tone].map(str::to_owned));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 8] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut out = stdout();
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

impl Listed {
    /// What is wrong with it, or else what it is.
    fn about(&self) -> Option<String> {
        let description = self.description.as_deref();
        self.fault.as_ref().map(said).or_else(|| Some(language::known(description?).to_owned()))
    }

    fn row(&self) -> [String; 8] {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        [
            self.name.clone(),
            language::known(self.state.text()).to_owned(),
            self.dialect.unwrap_or("-").to_owned(),
            text(&self.sex),
            text(&self.sample_rate.map(|rate| format!("{rate} Hz"))),
            text(&self.bytes.map(size_text)),
            text(&self.licence),
            self.about().unwrap_or_default(),
        ]
    }

    /// Prints all that is known about it.
    pub(super) fn print(&self) -> io::Result<()> {
        let path = self.path.as_ref().map(|path| path.display().to_string());
        let fields = [
            ("state", Some(language::known(self.state.text()).to_owned())),
            ("about", self.description.as_deref().map(language::known).map(str::to_owned)),
            ("dialect", self.dialect.map(str::to_owned)),
            ("sex", self.sex.clone()),
            ("speakers", self.speakers.map(|speakers| speakers.to_string())),
            ("quality", self.quality.clone()),
            ("language", self.language.clone()),
            ("sample rate", self.sample_rate.map(|rate| format!("{rate} Hz"))),
            ("licence", self.licence.clone()),
            ("card", self.card.clone()),
            ("size", self.bytes.map(size_text)),
            ("source", self.source.clone()),
            ("path", path),
            ("fault", self.fault.as_ref().map(said)),
        ];
        let mut out = stdout();
        writeln!(out, "{:11}  {}", language::known("name"), self.name)?;
        for (field, value) in fields {
            if let Some(value) = value {
                writeln!(out, "{:11}  {value}", language::known(field))?;
            }
        }
        Ok(())
    }
}
