//! Values that completions of shells know: lists of names, for options whose values are more than a list.

use std::error::Error;
use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};

use super::language::known;
use crate::model::phrase::Dialect;
use crate::model::spoken::Confidence;
use crate::sound::Medium;
use crate::sound::captions::{self, Captions};
use crate::sound::formats::{STREAM_FORMATS, StreamFormat};
use crate::sound::master::Preset;
use crate::voice;

/// A value that is read by a function, and the names that completions offer for it.
#[derive(Clone)]
pub(super) struct Choice<T> {
    read: fn(&str) -> Result<T, Box<dyn Error + Send + Sync>>,
    names: fn() -> Vec<PossibleValue>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Choice<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        self.read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter()))
    }
}

/// The name of a voice, or what else `--voice` takes. Completions know the voices inside the program and those
/// that are installed when the completions are made.
pub(super) fn voice() -> Choice<String> {
    let names = || {
        let own = voice::voice_names().into_iter().map(PossibleValue::new);
        let folder = voice::install::VoiceFolder::open();
        let installed = folder.and_then(|folder| folder.voices()).unwrap_or_default();
        own.chain(installed.into_iter().map(|voice| PossibleValue::new(voice.name))).collect()
    };
    Choice { read: |name| Ok(name.to_owned()), names }
}

/// What speech is written as.
pub(super) fn medium() -> Choice<Medium> {
    let names = || {
        let media = Medium::all();
        media.map(|it| PossibleValue::new(it.name()).help(known(it.about()))).collect()
    };
    Choice { read: |name| Ok(name.parse()?), names }
}

/// What speech is sent as.
pub(super) fn stream_format() -> Choice<StreamFormat> {
    let names = || STREAM_FORMATS.map(|it| PossibleValue::new(it.name)).into();
    Choice { read: |name| Ok(StreamFormat::of(name)?), names }
}

/// A format of captions.
pub(super) fn captions() -> Choice<Captions> {
    let names = || {
        let formats = captions::FORMATS.iter();
        formats.map(|it| PossibleValue::new(it.name()).help(known(it.about()))).collect()
    };
    Choice { read: |name| Ok(name.parse()?), names }
}

/// A preset of loudness.
pub(super) fn preset() -> Choice<Preset> {
    Choice {
        read: |name| Ok(name.parse()?),
        names: || Preset::names().map(PossibleValue::new).collect(),
    }
}

/// A dialect.
pub(super) fn dialect() -> Choice<Dialect> {
    let names = || Dialect::ALL.map(|it| PossibleValue::new(it.name())).into();
    Choice { read: |name| Ok(name.parse()?), names }
}

/// How sure a reading is.
pub(super) fn confidence() -> Choice<Confidence> {
    let names = || {
        let levels = [Confidence::Unknown, Confidence::Doubtful, Confidence::Likely];
        levels.map(|it| PossibleValue::new(it.name())).into()
    };
    Choice { read: |name| Ok(name.parse()?), names }
}
